"""A done task goes in, an HTTP response comes out: at once where it is small, else part by part; complaints in one line."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from output import messages
from output.messages import Language
from output.service.frame import framed
from output.service.negotiation import HTML, choose
from output.service.pool import BUSY, RETRY_AFTER, Done

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
BRINGS_ITS_OWN: Final = "frame-ancestors 'none'"  # a view names its scripts and styles by hash, in the page itself
NOTHING: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
CACHED: Final = "Accept, Accept-Language, Cookie"
_PART: Final = 256 * 1024  # bytes of a result that are sent at once
_COOKIE: Final = "lang"
_YEAR: Final = 365 * 24 * 3600  # seconds


def language_of(request: Request) -> Language:
    """The language that an address (``?lang=``), a reader's earlier choice, or a browser asks for."""
    wanted = request.query_params.get("lang") or request.cookies.get(_COOKIE) or request.headers.get("accept-language", "")
    first = wanted.split(",")[0].strip().lower()
    return messages.CHINESE if first.startswith("zh") else messages.ENGLISH


def remember_language(request: Request, response: Response) -> Response:
    """The response, which has a browser keep the language that the address names."""
    if request.query_params.get("lang"):
        response.set_cookie(_COOKIE, language_of(request), max_age=_YEAR, samesite="lax", httponly=True)
    return response


class Sender:
    """Makes responses of results. Those that clients take slowly wait in files, which together may have ``most`` bytes."""

    def __init__(self, most: int) -> None:
        self._left = most

    async def send(self, request: Request, done: Done, policy: str) -> Response:
        """A task's result; its file is removed. A slow client holds no memory and no worker."""
        reply = done.reply
        if done.file is None or reply.status >= 400:
            await run_in_threadpool(drop, done)
            return complain(request, reply.status, reply.complaint)
        file, length = await run_in_threadpool(_open, done.file)
        vary = "Accept" if policy == NOTHING else CACHED
        headers = {"Content-Security-Policy": policy, "Vary": vary, "Content-Type": reply.media_type, "Content-Length": str(length)}
        if length <= _PART or request.method == "HEAD":
            with file:
                return remember_language(request, Response(file.read(_PART), headers=headers))
        if length > self._left:
            file.close()
            return complain(request, BUSY.status, BUSY.complaint)
        self._left -= length
        return remember_language(request, _Parts(file, headers, partial(self._give_back, length)))

    def _give_back(self, length: int) -> None:
        self._left += length


class _Parts(StreamingResponse):
    """A file's contents, part by part; the file is closed and ``ended`` called however that ends."""

    def __init__(self, file: IO[bytes], headers: dict[str, str], ended: Callable[[], None]) -> None:
        super().__init__(self._read(), headers=headers)
        self._file = file
        self._ended = ended

    async def _read(self) -> AsyncIterator[bytes]:
        while part := await run_in_threadpool(self._file.read, _PART):
            yield part

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()
            self._ended()


def _open(path: Path) -> tuple[IO[bytes], int]:
    """A file that has no name any more, and how many bytes it has."""
    file = path.open("rb")
    path.unlink()
    return file, os.fstat(file.fileno()).st_size


def drop(done: Done) -> None:
    """Remove a task's file, if it has one."""
    if done.file is not None:
        done.file.unlink(missing_ok=True)


def complain(request: Request, status: int, complaint: str) -> Response:
    """What went wrong in one line, in the reader's language; within a page where a browser opens one."""
    spoken = messages.load(language_of(request))
    words = spoken.localized(complaint)
    headers = {"Vary": CACHED, **({"Retry-After": str(RETRY_AFTER)} if status == 429 else {})}
    if request.url.path != "/sparql" and choose(request.headers.get("accept", "*/*"), ("text/plain", HTML)) == HTML:
        page = framed("service_complaint.html", spoken, title=str(status), words=words)
        return HTMLResponse(page, status_code=status, headers={**headers, "Content-Security-Policy": OWN})
    return PlainTextResponse(f"{words}\n", status_code=status, headers=headers)


class SafeHeaders:
    """Puts on each answer what keeps a browser from doing more with it than it should."""

    def __init__(self, app: ASGIApp, *, others: bool) -> None:
        self._app = app
        self._fixed = {
            b"x-content-type-options": b"nosniff",
            b"referrer-policy": b"no-referrer",
            b"content-security-policy": NOTHING.encode(),
            b"cross-origin-resource-policy": b"cross-origin" if others else b"same-origin",
            b"cross-origin-opener-policy": b"same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {name.lower() for name, _ in message.get("headers", ())}
                added = [(name, value) for name, value in self._fixed.items() if name not in held]
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
