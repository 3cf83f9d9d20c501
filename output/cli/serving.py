"""The command that serves a store: serve."""

from __future__ import annotations

import os
import socket
from typing import Annotated

import typer

from graph.store import Store
from ontology.errors import CrossCityError
from output import stores, terminal
from output.cli.options import StorePlace, spoken_in
from output.messages import Messages
from output.service.limits import Limits

_USUAL = Limits()


def serve(
    context: typer.Context,
    store: StorePlace,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8000,
    timeout: Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1)] = _USUAL.timeout,
    queries: Annotated[int, typer.Option("--queries", metavar="NUMBER", min=1)] = _USUAL.workers,
    memory: Annotated[int, typer.Option("--memory", metavar="MIB", min=64)] = _USUAL.memory,
    result: Annotated[int, typer.Option("--result", metavar="MIB", min=1)] = _USUAL.answer,
    origin: Annotated[str, typer.Option("--allow-origin", metavar="ORIGIN", show_default=False)] = "",
    allow_host: Annotated[list[str] | None, typer.Option("--allow-host", metavar="NAME", show_default=False)] = None,
) -> None:
    """Answer SPARQL queries over HTTP, and show pages, until stopped."""
    spoken = spoken_in(context)
    try:
        from output.service import server
        from output.service.callers import Door
    except ModuleNotFoundError as error:
        raise CrossCityError(spoken("serve.needs")) from error
    if not stores.in_folder(store):
        raise CrossCityError(spoken("serve.folder-only", store=store))
    with Store.open(store, read_only=True) as opened:
        base = opened.base
    limits = Limits(timeout=timeout, workers=queries, memory=memory, answer=result)
    with _listen(host, port, spoken) as listening:
        address, number = listening.getsockname()[:2]
        url = f"http://[{address}]:{number}/" if ":" in address else f"http://{address}:{number}/"
        door = Door((*(allow_host or ()), host, socket.gethostname()), origin)
        try:
            server.serve(
                store, base, listening, limits, door, ready=lambda: terminal.complain([spoken("serve.ready", store=store, url=url)])
            )
        except OSError as error:
            raise CrossCityError(spoken("serve.no-worker", store=store, reason=error)) from error


def _listen(host: str, port: int, spoken: Messages) -> socket.socket:
    """A socket that listens at an address. Raises CrossCityError where that cannot be."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error
        raise CrossCityError(spoken("serve.no-port", host=host, port=port, reason=reason)) from error
