"""Seconds go in, a protocol of uvicorn's comes out that drops clients slower than that, and clients that break off into nonsense."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Patience:
    """Ends a request whose body is not there after so many seconds, however it drips in (TimeoutError within it)."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        whole = False
        until = asyncio.get_running_loop().time() + self._seconds

        async def receive_soon() -> Message:
            nonlocal whole
            if whole:  # what comes now is the end of the connection, and may be long in coming
                return await receive()
            async with asyncio.timeout_at(until):
                message = await receive()
            whole = not message.get("more_body", False)
            return message

        await self._app(scope, receive_soon if scope["type"] == "http" else receive, send)


def protocol(seconds: float) -> type[H11Protocol]:
    """The protocol; ``seconds`` is how long a head may be in coming, and how long a full buffer of an answer may wait to be taken."""

    class Hurried(H11Protocol):
        _head: asyncio.TimerHandle | None = None  # runs while a request's head is awaited
        _taking: asyncio.TimerHandle | None = None  # runs while the client takes nothing, whatever it sends meanwhile

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if (connection := transport.get_extra_info("socket")) is not None:  # asyncio does so only where the socket names its protocol
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._head = self._end_soon()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:
                _stop(self._head)
                self._head = None
            elif self._head is None and not self.transport.is_closing():
                self._head = self._end_soon()

        def send_400_response(self, msg: str) -> None:
            """Answer what isn't HTTP. Whoever works on an earlier request of the connection is told that nobody waits any more."""
            if self.cycle is not None and not self.cycle.response_complete:
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
                super().send_400_response(msg)
            else:  # an answer has begun, or is out
                self.transport.close()

        def pause_writing(self) -> None:
            super().pause_writing()
            _stop(self._taking)
            self._taking = self._end_soon()

        def resume_writing(self) -> None:
            super().resume_writing()
            _stop(self._taking)

        def connection_lost(self, exc: Exception | None) -> None:
            _stop(self._head)
            _stop(self._taking)
            super().connection_lost(exc)

        def _end_soon(self) -> asyncio.TimerHandle:
            return self.loop.call_later(seconds, self.transport.abort)

    return Hurried


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
