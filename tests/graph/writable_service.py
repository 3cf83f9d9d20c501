"""The program's own service with updates switched on: its query endpoint, and beside it SPARQL Update and the Graph Store Protocol."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph
import uvicorn
from pyoxigraph import NamedNode, RdfFormat
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graph.embedded import EmbeddedStore
from graph.store import MEMORY, Store
from output.service.answering import perform
from output.service.app import make_app
from output.service.kept import Kept
from output.service.limits import Limits
from output.service.pool import Done
from output.service.tasks import Task


class Direct:
    """An engine that does tasks in this process, over a store that others write to."""

    def __init__(self, store: EmbeddedStore, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._count = 0

    async def run(self, task: Task) -> Done:
        """Do one task."""
        self._count += 1
        file = self._folder / str(self._count)
        with file.open("wb") as out:
            reply = await run_in_threadpool(perform, self._store, task, out, 64, Kept(0))  # others write: nothing is kept
        return Done(reply, file)


class Writing:
    """The endpoints that write; ``busy`` is how many of the next requests are told to come back, ``token`` what each must bring."""

    def __init__(self, database: pyoxigraph.Store) -> None:
        self._database = database
        self.busy = 0
        self.token = ""
        self.requests: list[str] = []

    def turned_away(self, request: Request) -> Response | None:
        self.requests.append(f"{request.method} {request.url.path}")
        if self.token and request.headers.get("authorization") != self.token:
            return PlainTextResponse("who are you?", status_code=401, headers={"WWW-Authenticate": "Basic realm=x"})
        if self.busy:
            self.busy -= 1
            return PlainTextResponse("busy", status_code=503, headers={"Retry-After": "0"})
        return None

    async def update(self, request: Request) -> Response:
        """SPARQL Update, sent in a form."""
        body = await request.body()
        if (refusal := self.turned_away(request)) is not None:
            return refusal
        await run_in_threadpool(self._database.update, parse_qs(body.decode())["update"][0])
        return Response(status_code=204)

    async def graphs(self, request: Request) -> Response:
        """The Graph Store Protocol: GET, PUT and DELETE of a named graph."""
        body = await request.body()
        if (refusal := self.turned_away(request)) is not None:
            return refusal
        graph = NamedNode(request.query_params["graph"])
        if request.method == "GET":
            return Response(self._database.dump(format=RdfFormat.N_TRIPLES, from_graph=graph), media_type="application/n-triples")
        if request.method == "DELETE" and not self._database.contains_named_graph(graph):
            return Response(status_code=404)
        self._database.remove_graph(graph)
        if request.method == "PUT":
            self._database.load(body, RdfFormat.N_TRIPLES, to_graph=graph)
        return Response(status_code=204)


@contextlib.contextmanager
def writable_service(folder: Path) -> Iterator[tuple[str, Writing]]:
    """Its address as a store's, and its writing endpoints."""
    with Store.open(MEMORY) as store, socket.create_server(("127.0.0.1", 0)) as listening:
        assert isinstance(store, EmbeddedStore)
        writing = Writing(store.database)
        app = make_app(Direct(store, folder), store.base, Limits())
        app.router.routes[:0] = [
            Route("/update", writing.update, methods=["POST"]),
            Route("/store", writing.graphs, methods=["GET", "PUT", "DELETE"]),
        ]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"sparql+http://127.0.0.1:{listening.getsockname()[1]}/?query=sparql", writing
        finally:
            server.should_exit = True
            thread.join()
