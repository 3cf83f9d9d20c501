"""Something that does tasks goes in, the web application around it comes out: the SPARQL protocol, pages, and the addresses of things."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from output import messages
from output.service import frame, pages
from output.service.callers import Callers, Door
from output.service.description import describe
from output.service.limits import MIB, Limits
from output.service.negotiation import HTML, SHORT, TRIPLES, choose
from output.service.patience import Patience
from output.service.pool import Done, Engine
from output.service.protocol import DIRECT, FORM, Refusal, read_query
from output.service.sending import BRINGS_ITS_OWN, CACHED, NOTHING, OWN, SafeHeaders, Sender, complain, drop, language_of, remember_language
from output.service.tasks import Kind, Reply, Task
from output.service.things import iri_at

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]
_RESULTS: Final = 16  # of the largest size, that may wait for their clients at once
_LINGER: Final = 1.0  # seconds
_GONE: Final = Done(Reply(499, complaint="the client is gone"))
_ALLOWED: Final = {"Allow": "GET, HEAD, POST, OPTIONS", "Accept-Post": f"{DIRECT}, {FORM}"}


def make_app(engine: Engine, base: str, limits: Limits, door: Door | None = None, *, lifespan: Lifespan | None = None) -> Starlette:
    """The application. ``base`` is what the store's IRIs start with; ``door`` says who may ask."""
    site, door = Site(engine, base, limits), door or Door()
    routes = [
        Route("/", partial(site.page, "start")),
        Route("/query", site.query),
        Route("/sparql", site.sparql, methods=["GET", "POST", "OPTIONS"]),
        *(Route(f"/{kind}/{{name}}", partial(site.page, kind)) for kind in ("view", "report", "question")),
        Route("/id/{rest:path}", site.thing),
        Route("/health", site.health),
        Route("/assets/{name}", site.asset),
    ]
    middleware = [
        Middleware(SafeHeaders, others=bool(door.origin)),
        Middleware(Callers, door),
        *([Middleware(CORSMiddleware, allow_origins=[door.origin], allow_methods=["GET", "POST"])] if door.origin else ()),
        Middleware(Patience, seconds=limits.patience),
    ]
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan, exception_handlers={Refusal: _refuse, HTTPException: _refuse})


class Site:
    """The service's addresses."""

    def __init__(self, engine: Engine, base: str, limits: Limits) -> None:
        self._engine = engine
        self._base = base
        self._limits = limits
        self._send = Sender(_RESULTS * limits.answer * MIB).send

    async def query(self, request: Request) -> Response:
        """The query page."""
        page = pages.query_page(self._base, messages.load(language_of(request)))
        return remember_language(request, HTMLResponse(page, headers={"Content-Security-Policy": OWN, "Vary": CACHED}))

    async def sparql(self, request: Request) -> Response:
        """A query's result, or the description of the service; the query page for a browser."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_ALLOWED)
        task = await read_query(request, self._limits.request)
        if task is not None:
            return await self._send(request, await self._do(request, task), NOTHING)
        kind = choose(_accepted(request), (*TRIPLES, HTML))
        if kind == HTML:
            return await self.query(request)
        if not kind:
            raise Refusal(406, f"the description comes as {', '.join(TRIPLES)}")
        here = str(request.url.replace(query="", fragment=""))
        return Response(describe(here, TRIPLES[kind]), media_type=kind, headers={"Vary": "Accept"})

    async def page(self, kind: Kind, request: Request) -> Response:
        """The start page, a view, a report, or a question's answer."""
        task = Task(
            kind,
            request.path_params.get("name", ""),
            key=request.query_params.get("key", ""),
            platform=request.query_params.get("platform", ""),
            group=request.query_params.get("group", ""),
            accept=_accepted(request),
            language=language_of(request),
        )
        own = kind == "view" and not task.words.endswith(".svg")  # a picture brings nothing
        return await self._send(request, await self._do(request, task), BRINGS_ITS_OWN if own else OWN)

    async def thing(self, request: Request) -> Response:
        """What is known of a thing, for people or machines."""
        raw = request.scope.get("raw_path") or request.url.path.encode()
        iri = iri_at(raw.decode("ascii", "replace"), self._base)
        task = Task("thing", iri, accept=_accepted(request), language=language_of(request))
        return await self._send(request, await self._do(request, task), OWN)

    async def health(self, request: Request) -> Response:
        """Whether a query is answered."""
        done = await self._engine.run(Task("query", "ASK { ?s ?p ?o }", accept="application/sparql-results+json"))
        await run_in_threadpool(drop, done)
        well = done.reply.status == HTTPStatus.OK
        return JSONResponse({"status": "ok" if well else done.reply.complaint}, status_code=200 if well else 503)

    async def asset(self, request: Request) -> Response:
        """A style or script of the pages."""
        name = request.path_params["name"]
        if name not in frame.ASSETS:
            raise Refusal(404, "there is nothing here")
        return Response(frame.asset(name), media_type=frame.ASSETS[name], headers={"Cache-Control": "max-age=300"})

    async def _do(self, request: Request, task: Task) -> Done:
        """A task's end; one whose client has gone is stopped, and its worker freed.

        A short one is let end, for a worker is dearer than its last second: else clients that come and go would cost a worker each.
        """
        asked = asyncio.ensure_future(self._engine.run(task))
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                await asyncio.wait({asked}, timeout=_LINGER)
            if asked.done():
                return asked.result()
            asked.cancel()
            with suppress(asyncio.CancelledError):
                await run_in_threadpool(drop, await asked)
            return _GONE
        finally:
            gone.cancel()
            asked.cancel()


async def _gone(request: Request) -> None:
    """Return when the client has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _accepted(request: Request) -> str:
    """What the client takes: an Accept header's words, or those of ``?format=`` in a link."""
    return SHORT.get(request.query_params.get("format", ""), request.headers.get("accept", "*/*"))


async def _refuse(request: Request, error: Exception) -> Response:
    if isinstance(error, Refusal):
        return complain(request, error.status, error.complaint)
    if not isinstance(error, HTTPException):
        raise error
    wrong_method = error.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    response = complain(request, error.status_code, "this address is not asked so" if wrong_method else "there is nothing here")
    response.headers.update(error.headers or {})
    return response
