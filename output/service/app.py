"""Something that does tasks goes in, the web application around it comes out: the SPARQL protocol, pages, and the addresses of things."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from output import messages
from output.messages import CHINESE, ENGLISH, Language
from output.service import pages
from output.service.description import describe
from output.service.limits import Limits
from output.service.negotiation import HTML, TRIPLES, choose
from output.service.patience import Patience
from output.service.pool import RETRY_AFTER, Done, Engine
from output.service.protocol import Refusal, read_query
from output.service.tasks import Task
from output.service.things import iri_at

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]
_PART: Final = 256 * 1024  # bytes of a result that are sent at once
_OWN: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_BRINGS_ITS_OWN: Final = "frame-ancestors 'none'"  # a view names its scripts and styles by hash, in the page itself
_NOTHING: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"


def make_app(engine: Engine, base: str, limits: Limits, *, origin: str = "", lifespan: Lifespan | None = None) -> Starlette:
    """The application. ``base`` is what the store's IRIs start with; ``origin`` may ask from a browser, ``*`` for all (CORS)."""
    site = Site(engine, base, limits)
    routes = [
        Route("/", site.home),
        Route("/sparql", site.sparql, methods=["GET", "POST"]),
        Route("/view/{name}", partial(site.page, "view")),
        Route("/report/{name}", partial(site.page, "report")),
        Route("/id/{rest:path}", site.thing),
        Route("/health", site.health),
        Route("/assets/{name}", site.asset),
    ]
    middleware = [Middleware(Patience, seconds=limits.patience), Middleware(_Headers)]
    if origin:
        methods, headers = ["GET", "POST"], ["Accept", "Content-Type"]
        middleware.append(Middleware(CORSMiddleware, allow_origins=[origin], allow_methods=methods, allow_headers=headers))
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan, exception_handlers={Refusal: _refuse})


class Site:
    """The service's addresses."""

    def __init__(self, engine: Engine, base: str, limits: Limits) -> None:
        self._engine = engine
        self._base = base
        self._limits = limits

    async def home(self, request: Request) -> Response:
        """The query page."""
        return _own_page(pages.query_page(self._base, messages.load(language_of(request))))

    async def sparql(self, request: Request) -> Response:
        """A query's result, or the description of the service; the query page for a browser."""
        task = await read_query(request, self._limits.request)
        if task is not None:
            return await _send(await self._engine.run(task), _NOTHING)
        kind = choose(request.headers.get("accept", "*/*"), (*TRIPLES, HTML))
        if kind == HTML:
            return await self.home(request)
        if not kind:
            raise Refusal(406, f"the description comes as {', '.join(TRIPLES)}")
        here = str(request.url.replace(query="", fragment=""))
        return Response(describe(here, TRIPLES[kind]), media_type=kind, headers={"Vary": "Accept"})

    async def page(self, kind: str, request: Request) -> Response:
        """A view or a report."""
        key = request.query_params.get("key", "")
        task = Task("view" if kind == "view" else "report", request.path_params["name"], key=key, language=language_of(request))
        return await _send(await self._engine.run(task), _BRINGS_ITS_OWN if kind == "view" else _OWN)

    async def thing(self, request: Request) -> Response:
        """What is known of a thing, for people or machines."""
        raw = request.scope.get("raw_path") or request.url.path.encode()
        task = Task(
            "thing",
            iri_at(raw.decode("ascii", "replace"), self._base),
            accept=request.headers.get("accept", "*/*"),
            language=language_of(request),
        )
        answer = await _send(await self._engine.run(task), _OWN)
        answer.headers["Vary"] = "Accept, Accept-Language"
        return answer

    async def health(self, request: Request) -> Response:
        """Whether a query is answered."""
        done = await self._engine.run(Task("query", "ASK { ?s ?p ?o }", accept="application/sparql-results+json"))
        await run_in_threadpool(_drop, done)
        well = done.reply.status == 200
        return JSONResponse({"status": "ok" if well else done.reply.complaint}, status_code=200 if well else 503)

    async def asset(self, request: Request) -> Response:
        """A style or script of the pages."""
        name = request.path_params["name"]
        if name not in pages.ASSETS:
            raise Refusal(404, "there is nothing here")
        return Response(pages.asset(name), media_type=pages.ASSETS[name], headers={"Cache-Control": "max-age=300"})


def language_of(request: Request) -> Language:
    """The language that an address (``?lang=``) or a browser asks for."""
    wanted = request.query_params.get("lang") or request.headers.get("accept-language", "")
    first = wanted.split(",")[0].strip().lower()
    return CHINESE if first.startswith("zh") else ENGLISH


class _Headers:
    """Puts on each answer what keeps a browser from doing more with it than it should."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {name.lower() for name, _ in message.get("headers", ())}
                fixed = {
                    b"x-content-type-options": b"nosniff",
                    b"referrer-policy": b"no-referrer",
                    b"content-security-policy": _NOTHING.encode(),
                }
                added = [(name, value) for name, value in fixed.items() if name not in held]
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _own_page(text: str) -> Response:
    return HTMLResponse(text, headers={"Content-Security-Policy": _OWN, "Vary": "Accept-Language"})


async def _send(done: Done, policy: str) -> Response:
    """A task's result: at once where it is small, else part by part, so that a slow client holds no memory and no worker."""
    reply = done.reply
    if done.file is None or reply.status >= 400:
        await run_in_threadpool(_drop, done)
        headers = {"Retry-After": str(RETRY_AFTER)} if reply.status == 429 else {}
        return PlainTextResponse(f"{reply.complaint}\n", status_code=reply.status, headers=headers)
    headers = {"Content-Security-Policy": policy, "Vary": "Accept"}
    length = done.file.stat().st_size
    if length <= _PART:
        content = done.file.read_bytes()
        done.file.unlink()
        return Response(content, media_type=None, headers={**headers, "Content-Type": reply.media_type})
    return StreamingResponse(_parts(done.file), headers={**headers, "Content-Type": reply.media_type, "Content-Length": str(length)})


async def _parts(path: Path) -> AsyncIterator[bytes]:
    file = await run_in_threadpool(path.open, "rb")
    path.unlink()
    with file:
        while part := await run_in_threadpool(file.read, _PART):
            yield part


def _drop(done: Done) -> None:
    if done.file is not None:
        done.file.unlink(missing_ok=True)


async def _refuse(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return PlainTextResponse(f"{error.complaint}\n", status_code=error.status)
