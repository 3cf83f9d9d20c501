"""A store's folder and limits go in, the service runs until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

from output.service.app import make_app
from output.service.limits import Limits
from output.service.patience import protocol
from output.service.pool import Pool

_MOST_CONNECTIONS = 512  # more are told 503 at once


def serve(location: str, base: str, listening: socket.socket, limits: Limits, *, origin: str = "", ready: Callable[[], None]) -> None:
    """Serve a store on a socket that listens, until the process is told to end (SIGINT, SIGTERM); ``ready`` is called once it answers."""
    pool = Pool(location, limits)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        ready()
        try:
            yield
        finally:
            await pool.stop()

    app = make_app(pool, base, limits, origin=origin, lifespan=lifespan)
    config = uvicorn.Config(
        app,
        http=protocol(limits.patience),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=5,
        limit_concurrency=_MOST_CONNECTIONS,
    )
    uvicorn.Server(config).run(sockets=[listening])
