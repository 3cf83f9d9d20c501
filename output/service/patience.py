"""An application goes in, one that gives up on slow clients comes out; and a protocol that does so before a request is whole."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class ClientTooSlowError(Exception):
    """A client took too long to take the next part of a result."""


class Patience:
    """Ends a request whose client is silent for so many seconds while its body, or its taking of the answer, is awaited."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        whole = False

        async def receive_soon() -> Message:
            nonlocal whole
            if whole:  # what comes now is the end of the connection, and may be long in coming
                return await receive()
            message = await asyncio.wait_for(receive(), self._seconds)
            whole = not message.get("more_body", False)
            return message

        async def send_soon(message: Message) -> None:
            try:
                await asyncio.wait_for(send(message), self._seconds)
            except TimeoutError as error:
                raise ClientTooSlowError from error

        try:
            await self._app(scope, receive_soon, send_soon)
        except ClientTooSlowError:  # the server closes the connection of a response that is not whole
            return


def protocol(seconds: float) -> type[H11Protocol]:
    """uvicorn's protocol, which drops a connection that has not brought the head of a request after so many seconds."""

    class Hurried(H11Protocol):
        _waits: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._waits = self.loop.call_later(seconds, transport.close)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            awaited = self.conn.their_state is h11.IDLE
            if self._waits is not None and not awaited:
                self._waits.cancel()
                self._waits = None
            elif self._waits is None and awaited and not self.transport.is_closing():
                self._waits = self.loop.call_later(seconds, self.transport.close)

        def connection_lost(self, exc: Exception | None) -> None:
            if self._waits is not None:
                self._waits.cancel()
            super().connection_lost(exc)

    return Hurried
