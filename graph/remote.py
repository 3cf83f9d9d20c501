"""A SPARQL 1.1 server's URL goes in, a store on it comes out: asked by query, replaced a graph at a time by the Graph Store Protocol."""

from __future__ import annotations

import itertools
import os
import socket
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

from graph import guard
from graph.processes import is_running
from graph.server import Answer, Server
from graph.store import Store, as_table, belonging, check_base
from graph.tables import Table
from ontology import terms
from ontology.errors import CrossCityError
from ontology.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.query import Result

KEEPING: Final = "https://w3id.org/crosscity/store#"  # the graph in which a server keeps what a folder's marker says, and its terms
STORE_VERSION: Final = 2
_NUMBERS: Final = itertools.count(1)  # of the stores that this process writes to
_PREFIXES: Final = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in terms.PREFIXES.items())
_JSON: Final = "application/sparql-results+json"
_NT: Final = "application/n-triples"


class RemoteStore(Store):
    """Quads on a server, below one base: graphs whose IRIs start otherwise are not this store's."""

    def __init__(self, server: Server, base: str, writer: str) -> None:
        self._server: Server | None = server
        self._writer = writer
        self.base = base
        self.location = server.location

    def select(self, sparql: str) -> Table:
        guard.refuse(sparql)
        if guard.gives_triples(sparql):
            return as_table(None)
        found = self._open_server.ask(f"{_PREFIXES} {sparql}", _JSON)
        return as_table(pyoxigraph.parse_query_results(found.content, format=QueryResultsFormat.JSON))

    def query(self, sparql: str) -> Result:
        guard.refuse(sparql)
        accept = _NT if guard.gives_triples(sparql) else _JSON  # one alone: Virtuoso gives triples as rows, where it may
        return _as_result(self._open_server.ask(f"{_PREFIXES} {sparql}", accept))

    def graphs(self) -> tuple[str, ...]:
        rows = self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
        return tuple(sorted(graph for (graph,) in rows if graph.startswith(self.base)))

    def replace(self, graph_iri: str, lines: Iterable[str]) -> None:
        """Make a graph hold exactly these N-Quads lines: one Graph Store PUT; no lines removes the graph. Counts at once."""
        if not self._writer:
            raise ValueError("the store was opened to be read only")
        tail = f" <{graph_iri}> ."
        triples = [f"{line.removesuffix(tail)} ." for line in belonging(graph_iri, lines)]
        text = "\n".join(triples) + "\n"
        for _ in pyoxigraph.parse(text, RdfFormat.N_TRIPLES):  # a server may take a part of what it cannot read
            pass
        if triples:
            self._open_server.put(graph_iri, text.encode("utf-8"), _NT)
        else:
            self._open_server.delete(graph_iri)

    def lines(self, graph_iri: str) -> list[str]:
        """One graph as N-Triples lines, sorted, in the form that a folder's store writes."""
        found = self._open_server.get(graph_iri, _NT)
        return sorted({f"{quad.triple} ." for quad in pyoxigraph.parse(found, RdfFormat.TURTLE)})

    def nquads(self, *, without: Iterable[str] = ()) -> list[str]:
        left_out = frozenset(without)
        graphs = (graph for graph in self.graphs() if graph not in left_out)
        return sorted(f"{line.removesuffix(' .')} <{graph}> ." for graph in graphs for line in self.lines(graph))

    def dataset(self) -> Dataset:
        """The same quads as an rdflib dataset that asks the server; whose default graph is the server's, the union of all."""
        from rdflib import Dataset
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        server = self._open_server
        store = SPARQLStore(server.query_url, returnFormat="json", method="POST_FORM", headers=server.headers())
        view = Dataset(store=store, default_union=True)
        for prefix, namespace in terms.PREFIXES.items():
            view.bind(prefix, namespace)
        return view

    def flush(self) -> None:
        """Nothing: a server keeps what it has taken."""

    def close(self) -> None:
        """Let others write."""
        server, self._server = self._server, None
        if server is None:
            return
        if self._writer:
            server.update(_drop_writer(self._writer))
        server.close()

    def abandon(self) -> None:
        """Let others write; what was replaced stays replaced. A server that is gone is left as it is."""
        with suppress(CrossCityError):
            self.close()

    @property
    def _open_server(self) -> Server:
        if self._server is None:
            raise ValueError("the store is closed")
        return self._server


def open_remote(location: str, *, create: bool = False, read_only: bool = False, base: str | None = None) -> RemoteStore:
    """Open the store on a server; arguments and errors are those of ``Store.open``."""
    server = Server(location)
    kept = _marker(server)
    if not kept and not create:
        raise CrossCityError(f"{location}: there is no store; make one with 'crosscity build PATH --store {location}'")
    if not kept:
        _make(server, base or DEFAULT_BASE)
        kept = _marker(server)
    found_base, version = kept.get("base", ""), kept.get("version", "")
    if not found_base or not version.isdigit() or int(version) > STORE_VERSION:
        raise CrossCityError(f"{location}: written by a newer crosscity (store version {version}); upgrade, or build into another place")
    check_base(location, found_base, base)
    _check_union(server)
    return RemoteStore(server, found_base, "" if read_only else _take(server))


def unlock(location: str) -> str:
    """Let others write to a server's store whose writer was killed; the name of that writer, empty where there was none."""
    server = Server(location)
    writer = _marker(server).get("writer", "")
    if writer:
        server.update(_drop_writer(writer))
    server.close()
    return writer


def _marker(server: Server) -> dict[str, str]:
    """What the server keeps of the store itself: ``base``, ``version``, and ``writer`` while one writes."""
    found = server.ask(f"SELECT ?property ?value {{ GRAPH <{KEEPING}> {{ <{KEEPING}> ?property ?value }} }}", _JSON)
    rows = as_table(pyoxigraph.parse_query_results(found.content, format=QueryResultsFormat.JSON)).rows
    return {name.removeprefix(KEEPING): value for name, value in sorted(rows)}


def _make(server: Server, base: str) -> None:
    said = (f'<{KEEPING}> <{KEEPING}{name}> "{value}" .\n' for name, value in (("base", base), ("version", STORE_VERSION)))
    server.put(KEEPING, "".join(said).encode("utf-8"), _NT)


def _check_union(server: Server) -> None:
    found = server.ask(f"ASK {{ <{KEEPING}> <{KEEPING}base> ?base }}", _JSON)
    if not _as_result(found).askAnswer:
        raise CrossCityError(
            f"{server.location}: a query without GRAPH sees no named graph there; have the server take the union of all graphs as its"
            " default graph (oxigraph: --union-default-graph)"
        )


def _take(server: Server) -> str:
    """Become the store's one writer, in the place of a dead one of this machine too; the name to write under."""
    here = socket.gethostname()
    own = f"{here}:{os.getpid()}:{next(_NUMBERS)}"
    for _ in range(3):
        server.update(
            f'INSERT {{ GRAPH <{KEEPING}> {{ <{KEEPING}> <{KEEPING}writer> "{own}" }} }}'
            f" WHERE {{ FILTER NOT EXISTS {{ GRAPH <{KEEPING}> {{ <{KEEPING}> <{KEEPING}writer> ?other }} }} }}"
        )
        writer = _marker(server).get("writer", "")
        if writer == own:
            return own
        host, process, *_ = (*writer.split(":"), "")
        if host != here or not process.isdigit() or is_running(int(process)):
            break
        server.update(_drop_writer(writer))
    raise CrossCityError(
        f"{server.location}: {writer or 'another crosscity'} is writing to this store; wait until it ends or, where it was killed,"
        f" run 'crosscity store unlock --store {server.location}'"
    )


def _drop_writer(writer: str) -> str:
    return f'DELETE DATA {{ GRAPH <{KEEPING}> {{ <{KEEPING}> <{KEEPING}writer> "{writer}" }} }}'


def _as_result(found: Answer) -> Result:
    """A server's answer as rdflib has it."""
    from rdflib import Graph
    from rdflib.query import Result

    if found.media_type == _JSON:
        return Result.parse(BytesIO(found.content), content_type=_JSON)
    result = Result("CONSTRUCT")
    result.graph = Graph().parse(data=found.content, format="turtle")
    for prefix, namespace in terms.PREFIXES.items():
        result.graph.bind(prefix, namespace)
    return result
