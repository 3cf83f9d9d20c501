"""A store's folder and limits go in, the service runs until it is stopped."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import uvicorn
from starlette.applications import Starlette

from output.service.app import make_app
from output.service.callers import Door
from output.service.limits import Limits
from output.service.patience import protocol
from output.service.pool import Pool

_MOST_CONNECTIONS = 512  # more are told 503 at once


def serve(location: str, base: str, listening: socket.socket, limits: Limits, door: Door, *, ready: Callable[[], None]) -> None:
    """Serve a store on a socket that listens, until the process is told to end (SIGINT, SIGTERM); ``ready`` is called once it answers.

    Raises OSError where the workers do not come up.
    """
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(Pool(location, limits), base, listening, limits, door, ready))


async def _serve(pool: Pool, base: str, listening: socket.socket, limits: Limits, door: Door, ready: Callable[[], None]) -> None:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        ready()
        try:
            yield
        finally:
            await pool.stop()

    try:
        await pool.start()
    except BaseException:
        await pool.stop()
        raise
    config = uvicorn.Config(
        make_app(pool, base, limits, door, lifespan=lifespan),
        http=protocol(limits.patience),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=5,
        limit_concurrency=_MOST_CONNECTIONS,
    )
    await uvicorn.Server(config).serve(sockets=[listening])
