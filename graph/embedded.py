"""A folder on disk, or memory, goes in, a store of Oxigraph's comes out; rdflib is how others see it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph

from graph import guard
from graph.folder import Folder, Held
from graph.store import (
    MEMORY,
    Store,
    as_table,
    belonging,
    check_base,
    count_belonging,
    does_not_parse,
    lines_of,
    unanswerable,
    unusable,
)
from graph.tables import Table
from ontology import terms
from ontology.errors import CrossCityError
from ontology.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from oxrdflib import OxigraphStore
    from rdflib import Dataset
    from rdflib.query import Result

_BULK: Final = 5_000  # lines from which a bulk load, all or nothing too, is the faster one
_HANDFUL: Final = 300_000  # lines of new graphs that are loaded together: some 300 MB while they are
_MANY: Final = 500  # new graphs from which their order is worth asking for
_UNION: Final = "__UNION__"  # how rdflib names the union of all graphs to a store
_AS_STATED: Final = ""  # the query's own dataset clause holds


class EmbeddedStore(Store):
    """Quads that Oxigraph keeps, in a folder or in memory."""

    def __init__(self, database: pyoxigraph.Store, base: str, *, location: str, held: Held | None) -> None:
        self._database: pyoxigraph.Store | None = database
        self._kept_rdf: OxigraphStore | None = None
        self._held = held
        self._written = False
        self.base = base
        self.location = location

    @property
    def database(self) -> pyoxigraph.Store:
        """Oxigraph's own object, for what only it can do. Raises ValueError where the store is closed."""
        if self._database is None:
            raise ValueError("the store is closed")
        return self._database

    def select(self, sparql: str) -> Table:
        guard.refuse(sparql)
        union = not guard.names_dataset(sparql)
        try:
            return as_table(self.database.query(sparql, prefixes=terms.PREFIXES, use_default_graph_as_union=union))
        except SyntaxError as error:
            raise does_not_parse(error) from error
        except RuntimeError as error:
            raise unanswerable(error) from error

    def query(self, sparql: str) -> Result:
        guard.refuse(sparql)
        over = _AS_STATED if guard.names_dataset(sparql) else _UNION
        try:
            result: Result = self._rdf.query(sparql, initNs=dict(terms.PREFIXES), initBindings={}, queryGraph=over)
            if result.type == "SELECT":  # what is unbound is named too, as None, which rdflib's writers do not take
                result.bindings = [{name: term for name, term in row.items() if term is not None} for row in result.bindings]
        except SyntaxError as error:
            raise does_not_parse(error) from error
        except RuntimeError as error:
            raise unanswerable(error) from error
        if result.graph is not None:
            for prefix, namespace in terms.PREFIXES.items():
                result.graph.bind(prefix, namespace)
        return result

    def graphs(self) -> tuple[str, ...]:
        return tuple(sorted(name.value for name in self.database.named_graphs()))

    def replace(self, graph_iri: str, lines: Iterable[str]) -> None:
        """Make a graph hold exactly these N-Quads lines, all at once or not at all; no lines removes the graph.

        What already stands is left alone, so that replacing a graph by itself writes nothing.
        """
        database, graph, listed = self.database, pyoxigraph.NamedNode(graph_iri), belonging(graph_iri, lines)
        old = set(database.quads_for_pattern(None, None, None, graph))
        if not old and not listed:
            return
        if not listed:
            database.remove_graph(graph)
        elif not old:
            self._load(BytesIO("\n".join(listed).encode()), len(listed))
        else:
            new = set(pyoxigraph.parse("\n".join(listed), pyoxigraph.RdfFormat.N_QUADS))
            if new == old:
                return
            if gone := old - new:
                database.update(f"DELETE DATA {{ {_block(gone, graph)} }} ; INSERT DATA {{ {_block(new - old, graph)} }}")
            else:
                database.extend(new - old)
        self._written = True

    def replace_all(self, graphs: Iterable[tuple[str, bytes]]) -> None:
        """Make many graphs hold exactly the N-Quads lines that come with each; new ones are loaded by the handful, which is far quicker."""
        waiting, lines, names = BytesIO(), 0, set[str]()
        for graph_iri, content in graphs:
            if lines > _HANDFUL or graph_iri in names:
                self._load(waiting, lines)
                waiting, lines, names = BytesIO(), 0, set()
            if self._holds(graph_iri):
                self.replace(graph_iri, lines_of(content))
            else:
                lines += count_belonging(graph_iri, content)
                waiting.write(content)
                names.add(graph_iri)
        self._load(waiting, lines)

    def best_order(self, graph_iris: Iterable[str]) -> list[str]:
        """Graphs in the order in which Oxigraph keeps them on the disk, as a store of their names alone tells.

        What one handful adds then stands apart from what others do, in three of six orders of a quad, and is never sorted in with it.
        """
        listed = list(graph_iris)
        if self._held is None or len(listed) < _MANY:
            return listed
        try:
            with tempfile.TemporaryDirectory(prefix="crosscity-order-") as folder:
                names = pyoxigraph.Store(folder)
                names.bulk_load("".join(f"<{name}> <{name}> <{name}> <{name}> .\n" for name in listed), pyoxigraph.RdfFormat.N_QUADS)
                return [name.value for name in names.named_graphs()]
        except OSError:  # no room to ask: any order will do
            return listed

    def _holds(self, graph_iri: str) -> bool:
        return next(self.database.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph_iri)), None) is not None

    def _load(self, content: BytesIO, lines: int) -> None:
        """Add so many N-Quads lines of graphs that are new."""
        if lines:
            load = self.database.bulk_load if lines > _BULK else self.database.load
            content.seek(0)
            load(content, pyoxigraph.RdfFormat.N_QUADS)
            self._written = True

    def lines(self, graph_iri: str) -> list[str]:
        dumped = self.database.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.NamedNode(graph_iri)) or b""
        return sorted(line for line in dumped.decode("utf-8").split("\n") if line)

    def copy(self, graphs: Iterable[str]) -> EmbeddedStore:
        quads = (self.database.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph)) for graph in graphs)
        copied = pyoxigraph.Store()
        copied.bulk_extend(chain.from_iterable(quads))
        return EmbeddedStore(copied, self.base, location=MEMORY, held=None)

    def nquads(self, *, without: Iterable[str] = ()) -> list[str]:
        left_out = tuple(f" <{graph}> ." for graph in without)
        dumped = self.database.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
        return sorted(line for line in dumped.decode("utf-8").split("\n") if line and not line.endswith(left_out))

    def dataset(self) -> Dataset:
        from rdflib import Dataset

        view = Dataset(store=self._rdf, default_union=True)
        for prefix, namespace in terms.PREFIXES.items():
            view.bind(prefix, namespace)
        return view

    def optimize(self) -> None:
        """Put the facts in order on the disk, so that asking reads less."""
        self.database.optimize()
        self._written = True

    def flush(self) -> None:
        if self._held is not None and self._held.writable:
            self.database.flush()

    def close(self) -> None:
        self._end(keep=True)

    def abandon(self) -> None:
        self._end(keep=False)

    def _end(self, *, keep: bool) -> None:
        if self._database is None:
            return
        held, keep = self._held, keep and (self._written or self._held is None or not self._held.taken_over)
        try:
            if keep:
                self.flush()
        except BaseException:
            keep = False
            raise
        finally:
            self._database = None
            if self._kept_rdf is not None:
                self._kept_rdf.close()
                self._kept_rdf = None
            if held is not None:
                held.release(keep=keep)

    @property
    def _rdf(self) -> OxigraphStore:
        """The quads as rdflib sees them; made, and rdflib read in, when first asked for: a build needs neither."""
        from oxrdflib import OxigraphStore

        if self._kept_rdf is None:
            self._kept_rdf = OxigraphStore(store=self.database)
        return self._kept_rdf


def open_embedded(location: str, *, create: bool = False, read_only: bool = False, base: str | None = None) -> EmbeddedStore:
    """Open the store in a folder, or a new one in memory; arguments and errors are those of ``Store.open``."""
    if location == MEMORY:
        return EmbeddedStore(pyoxigraph.Store(), base or DEFAULT_BASE, location=MEMORY, held=None)
    folder = Folder(Path(location))
    try:
        if create and not folder.is_store():
            folder.make(base or DEFAULT_BASE)
        kept = folder.marker().base
        check_base(folder.path, kept, base)
        held = folder.hold_for_reading() if read_only else folder.hold_for_writing()
        try:
            database = _database(held)
        except BaseException:
            held.release(keep=False)
            raise
    except OSError as error:
        raise unusable(location, error) from error
    except RuntimeError as error:
        raise CrossCityError(f"{location}: is damaged ({' '.join(str(error).split())}); move it away and build it anew") from error
    return EmbeddedStore(database, kept, location=location, held=held)


def _database(held: Held) -> pyoxigraph.Store:
    return pyoxigraph.Store(str(held.place)) if held.writable else pyoxigraph.Store.read_only(str(held.place))


def _block(quads: Iterable[pyoxigraph.Quad], graph: pyoxigraph.NamedNode) -> str:
    return f"GRAPH {graph} {{ " + "\n".join(f"{quad.triple} ." for quad in quads) + " }"
