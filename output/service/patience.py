"""Seconds go in, a protocol of uvicorn's comes out that drops clients slower than that: in sending a request, or taking an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Patience:
    """Ends a request whose client is silent for so many seconds while the rest of its body is awaited (TimeoutError within it)."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        whole = False

        async def receive_soon() -> Message:
            nonlocal whole
            if whole:  # what comes now is the end of the connection, and may be long in coming
                return await receive()
            message = await asyncio.wait_for(receive(), self._seconds)
            whole = not message.get("more_body", False)
            return message

        await self._app(scope, receive_soon if scope["type"] == "http" else receive, send)


def protocol(seconds: float) -> type[H11Protocol]:
    """The protocol; ``seconds`` is how long a head may be in coming, and how long a full buffer of an answer may wait to be taken."""

    class Hurried(H11Protocol):
        _waits: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:
                self._wait_no_more()
            elif self._waits is None and not self.transport.is_closing():
                self._wait()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._wait()

        def resume_writing(self) -> None:
            super().resume_writing()
            self._wait_no_more()

        def connection_lost(self, exc: Exception | None) -> None:
            self._wait_no_more()
            super().connection_lost(exc)

        def _wait(self) -> None:
            self._wait_no_more()
            self._waits = self.loop.call_later(seconds, self.transport.abort)

        def _wait_no_more(self) -> None:
            if self._waits is not None:
                self._waits.cancel()
                self._waits = None

    return Hurried
