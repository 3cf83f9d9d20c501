"""A folder on disk, or memory, holds the quads: Oxigraph keeps and asks them, rdflib is how others see them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final, Self

import pyoxigraph

from graph import guard
from graph.tables import Table
from ontology import terms
from ontology.errors import CrossCityError
from ontology.iris import DEFAULT_BASE, Iris

if TYPE_CHECKING:
    from oxrdflib import OxigraphStore
    from rdflib import Dataset
    from rdflib.query import Result

STORE_VERSION: Final = 1
MARKER: Final = "crosscity.json"
DATABASE: Final = "oxigraph"
MEMORY: Final = ":memory:"
_BULK: Final = 5_000  # lines from which a bulk load, all or nothing too, is the faster one; killed, it leaves files that nothing reads
_UNION: Final = "__UNION__"  # how rdflib names the union of all graphs to a store
_AS_STATED: Final = ""  # the query's own dataset clause holds


class Store:
    """Quads that can be asked and replaced a graph at a time; a context manager.

    >>> with Store.open(":memory:") as store:
    ...     store.replace("http://example.org/g", ['<http://example.org/a> <http://example.org/p> "x" <http://example.org/g> .'])
    ...     store.select("SELECT ?o { ?s ?p ?o }").rows
    (('x',),)
    """

    def __init__(self, database: pyoxigraph.Store, base: str, *, location: str, writable: bool, lock: IO[bytes] | None) -> None:
        self._database: pyoxigraph.Store | None = database
        self._kept_rdf: OxigraphStore | None = None
        self._lock = lock
        self._writable = writable
        self.base = base
        self.location = location

    @classmethod
    def open(cls, location: str | Path, *, create: bool = False, read_only: bool = False, base: str | None = None) -> Self:
        """Open the store in a folder, or a new one in memory (``:memory:``).

        ``create`` makes the folder where there is none; ``base`` is what a new store's IRIs start with, and must agree with an
        existing one's. A folder that is not a store, is missing, cannot be used or is in use raises CrossCityError; nothing in
        it is touched then.
        """
        if str(location) == MEMORY:
            return cls(pyoxigraph.Store(), base or DEFAULT_BASE, location=MEMORY, writable=True, lock=None)
        folder = Path(location)
        try:
            if create and not _is_store(folder):
                _make(folder, base or DEFAULT_BASE)
            kept = _read_marker(folder)
            if base is not None and base != kept:
                raise CrossCityError(f"{folder}: its IRIs start with {kept}, not {base}; leave --base out, or build into another folder")
            lock = _take_lock(folder, shared=read_only)
            database = _database(folder, read_only=read_only)
        except OSError as error:
            raise CrossCityError(f"{folder}: cannot be used as a store ({_reason(error)}); name a folder that you may write to") from error
        return cls(database, kept, location=str(folder), writable=not read_only, lock=lock)

    @property
    def iris(self) -> Iris:
        """The names of things in this store."""
        return Iris(self.base)

    def select(self, sparql: str) -> Table:
        """Answer a SELECT query: cells hold IRIs and lexical forms, an unbound one is empty.

        Raises CrossCityError where the query doesn't parse, isn't a SELECT, changes data or reaches out.
        """
        guard.refuse(sparql)
        union = not guard.names_dataset(sparql)
        try:
            answer = self._open_database.query(sparql, prefixes=terms.PREFIXES, use_default_graph_as_union=union)
        except SyntaxError as error:
            raise _does_not_parse(error) from error
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            raise CrossCityError("a table needs a SELECT query; ask this one with a graph format such as ttl")
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns, tuple(tuple(_cell(row[name]) for name in columns) for row in answer))

    def query(self, sparql: str) -> Result:
        """Answer a query of any form (SELECT, ASK, CONSTRUCT, DESCRIBE) as an rdflib result.

        The default graph is the union of all named graphs, unless the query has a dataset clause (FROM). Raises CrossCityError as
        ``select`` does.
        """
        guard.refuse(sparql)
        over = _AS_STATED if guard.names_dataset(sparql) else _UNION
        try:
            result: Result = self._rdf.query(sparql, initNs=dict(terms.PREFIXES), initBindings={}, queryGraph=over)
        except SyntaxError as error:
            raise _does_not_parse(error) from error
        if result.graph is not None:
            for prefix, namespace in terms.PREFIXES.items():
                result.graph.bind(prefix, namespace)
        return result

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        return tuple(sorted(name.value for name in self._open_database.named_graphs()))

    def replace(self, graph_iri: str, lines: Iterable[str]) -> None:
        """Make a graph hold exactly these N-Quads lines, all at once or not at all; no lines removes the graph.

        What already stands is left alone, so that replacing a graph by itself writes nothing.
        """
        database, graph, listed = self._open_database, pyoxigraph.NamedNode(graph_iri), list(lines)
        if not all(line.endswith(f" {graph} .") for line in listed):
            raise ValueError(f"a line belongs to another graph than {graph_iri}")
        text = "\n".join(listed)
        old = set(database.quads_for_pattern(None, None, None, graph))
        if not listed:
            database.remove_graph(graph)
        elif not old and len(listed) > _BULK:
            database.bulk_load(text, pyoxigraph.RdfFormat.N_QUADS)
        elif not old:
            database.load(text, pyoxigraph.RdfFormat.N_QUADS)
        else:
            new = set(pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS))
            if gone := old - new:
                database.update(f"DELETE DATA {{ {_block(gone, graph)} }} ; INSERT DATA {{ {_block(new - old, graph)} }}")
            else:
                database.extend(new - old)

    def nquads(self, *, without: Iterable[str] = ()) -> list[str]:
        """All quads as N-Quads lines, sorted: the same bytes for the same facts. ``without`` leaves graphs out."""
        left_out = tuple(f" <{graph}> ." for graph in without)
        dumped = self._open_database.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
        return sorted(line for line in dumped.decode("utf-8").split("\n") if line and not line.endswith(left_out))

    def lines(self, graph_iri: str) -> list[str]:
        """One graph as N-Triples lines, sorted."""
        dumped = self._open_database.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.NamedNode(graph_iri)) or b""
        return sorted(line for line in dumped.decode("utf-8").split("\n") if line)

    def dataset(self) -> Dataset:
        """The same quads as an rdflib dataset, whose default graph is the union of the named ones."""
        from rdflib import Dataset

        view = Dataset(store=self._rdf, default_union=True)
        for prefix, namespace in terms.PREFIXES.items():
            view.bind(prefix, namespace)
        return view

    def flush(self) -> None:
        """Bring what was written to the disk: commits alone do not."""
        if self._writable and self.location != MEMORY:
            self._open_database.flush()

    def close(self) -> None:
        """Flush, and let others open the store."""
        if self._database is None:
            return
        self.flush()
        self._database = None
        if self._kept_rdf is not None:
            self._kept_rdf.close()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def _rdf(self) -> OxigraphStore:
        """The quads as rdflib sees them; made, and rdflib read in, when first asked for: a build needs neither."""
        from oxrdflib import OxigraphStore

        if self._kept_rdf is None:
            self._kept_rdf = OxigraphStore(store=self._open_database)
        return self._kept_rdf

    @property
    def _open_database(self) -> pyoxigraph.Store:
        if self._database is None:
            raise ValueError("the store is closed")
        return self._database


def _is_store(folder: Path) -> bool:
    return (folder / MARKER).is_file()


def _make(folder: Path, base: str) -> None:
    """Make an empty store in a folder that is missing or empty."""
    if folder.exists() and not folder.is_dir():
        raise CrossCityError(f"{folder}: is a file, and a store is a folder; name another folder with --store")
    if folder.is_dir() and any(folder.iterdir()):
        raise _foreign(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"store": STORE_VERSION, "base": base}, indent=2)
    (folder / MARKER).write_text(text + "\n", encoding="utf-8")


def _read_marker(folder: Path) -> str:
    """The base IRI that the store in a folder was made with."""
    if not folder.exists():
        raise CrossCityError(f"{folder}: there is no store; make one with 'crosscity build PATH --store {folder}'")
    if not _is_store(folder):
        raise _foreign(folder)
    try:
        kept = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        version, base = int(kept["store"]), str(kept["base"])
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign(folder) from error
    if version > STORE_VERSION:
        raise CrossCityError(f"{folder}: written by a newer crosscity (store version {version}); upgrade, or build into another folder")
    return base


def _foreign(folder: Path) -> CrossCityError:
    return CrossCityError(f"{folder}: a foreign store or other files, not one of crosscity's; name an empty or new folder with --store")


def _take_lock(folder: Path, *, shared: bool) -> IO[bytes] | None:
    """Hold the store against a second writer, or a reader beside a writer (Oxigraph leaves that undefined)."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = (folder / MARKER).open("rb")
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.close()
        raise _in_use(folder) from error
    except OSError:  # a file system without locks: Oxigraph's own lock still keeps a second writer out
        pass
    return handle


def _database(folder: Path, *, read_only: bool) -> pyoxigraph.Store:
    place = folder / DATABASE
    if read_only and not (place / "CURRENT").exists():
        raise CrossCityError(f"{folder}: holds no facts yet; run 'crosscity build PATH --store {folder}'")
    try:
        return pyoxigraph.Store.read_only(str(place)) if read_only else pyoxigraph.Store(str(place))
    except OSError as error:
        if "lock" in str(error).lower():
            raise _in_use(folder) from error
        raise
    except RuntimeError as error:
        raise CrossCityError(f"{folder}: is damaged ({_reason(error)}); move it away and build it anew") from error


def _in_use(folder: Path) -> CrossCityError:
    return CrossCityError(f"{folder}: another crosscity is using this store; wait until it ends, then try again")


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split())


def _does_not_parse(error: SyntaxError) -> CrossCityError:
    return CrossCityError(f"the query does not parse ({' '.join(str(error).split())}); correct it at that line and column")


def _block(quads: Iterable[pyoxigraph.Quad], graph: pyoxigraph.NamedNode) -> str:
    return f"GRAPH {graph} {{ " + "\n".join(f"{quad.triple} ." for quad in quads) + " }"


def _cell(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal):
        return term.value
    return str(term)
