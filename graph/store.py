"""A place goes in (a folder, memory, or a SPARQL server's URL), a store comes out that can be asked, and replaced a graph at a time."""

from __future__ import annotations

import errno
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph

from graph.tables import Table
from ontology.errors import CrossCityError
from ontology.iris import Iris

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.query import Result

MEMORY: Final = ":memory:"
_NAMED: Final = frozenset({pyoxigraph.NamedNode, pyoxigraph.Literal})  # terms whose words alone are a cell
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
REMOTE: Final = ("sparql+http://", "sparql+https://")


def is_remote(location: str | Path) -> bool:
    """Whether a place is a SPARQL server's URL.

    >>> is_remote("sparql+https://kg.example.org/"), is_remote("kg")
    (True, False)
    """
    return str(location).startswith(REMOTE)


class Store(ABC):
    """Quads that can be asked and replaced a graph at a time; a context manager.

    What was written counts when the store is closed: in a folder others see all of it then or, where the block was left by an error,
    nothing; on a server each replaced graph counts at once.

    >>> with Store.open(":memory:") as store:
    ...     store.replace("http://example.org/g", ['<http://example.org/a> <http://example.org/p> "x" <http://example.org/g> .'])
    ...     store.select("SELECT ?o { ?s ?p ?o }").rows
    (('x',),)
    """

    base: str
    location: str

    @staticmethod
    def open(location: str | Path, *, create: bool = False, read_only: bool = False, base: str | None = None) -> Store:
        """Open the store in a folder, a new one in memory (``:memory:``), or one on a SPARQL 1.1 server (``sparql+http://…``).

        ``create`` makes the store where there is none; ``base`` is what a new store's IRIs start with, and must agree with an existing
        one's. A place that is not a store, is missing, cannot be used or is being written to by another raises CrossCityError; nothing
        in it is touched then. Readers are never kept out: they see what the last finished build wrote.
        """
        if is_remote(location):
            from graph.remote import open_remote  # with an HTTP client behind it, which no local store needs

            return open_remote(str(location), create=create, read_only=read_only, base=base)
        from graph.embedded import open_embedded

        return open_embedded(str(location), create=create, read_only=read_only, base=base)

    @property
    def iris(self) -> Iris:
        """The names of things in this store."""
        return Iris(self.base)

    @abstractmethod
    def select(self, sparql: str) -> Table:
        """Answer a SELECT query: cells hold IRIs and lexical forms, an unbound one is empty.

        Raises CrossCityError where the query doesn't parse, isn't a SELECT, changes data or reaches out.
        """

    @abstractmethod
    def query(self, sparql: str) -> Result:
        """Answer a query of any form (SELECT, ASK, CONSTRUCT, DESCRIBE) as an rdflib result.

        The default graph is the union of all named graphs, unless the query has a dataset clause (FROM). Raises CrossCityError as
        ``select`` does.
        """

    @abstractmethod
    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""

    @abstractmethod
    def replace(self, graph_iri: str, lines: Iterable[str]) -> None:
        """Make a graph hold exactly these N-Quads lines, all at once or not at all; no lines removes the graph."""

    def replace_all(self, graphs: Iterable[tuple[str, bytes]]) -> None:
        """Make many graphs hold exactly the N-Quads lines, each ended, that come with each; as ``replace``, though not all at once."""
        for graph_iri, content in graphs:
            self.replace(graph_iri, lines_of(content))

    def best_order(self, graph_iris: Iterable[str]) -> list[str]:
        """Different graphs, in the order in which replacing all of them costs least."""
        return list(graph_iris)

    @abstractmethod
    def lines(self, graph_iri: str) -> list[str]:
        """One graph as N-Triples lines, sorted."""

    def copy(self, graphs: Iterable[str]) -> Store:
        """A new store in memory that holds some of the graphs; one that isn't there is empty."""
        copied = Store.open(MEMORY, base=self.base)
        for graph in graphs:
            copied.replace(graph, [f"{line.removesuffix(' .')} <{graph}> ." for line in self.lines(graph)])
        return copied

    @abstractmethod
    def nquads(self, *, without: Iterable[str] = ()) -> list[str]:
        """All quads as N-Quads lines, sorted: the same bytes for the same facts. ``without`` leaves graphs out."""

    @abstractmethod
    def dataset(self) -> Dataset:
        """The same quads as an rdflib dataset, whose default graph is the union of the named ones."""

    @abstractmethod
    def flush(self) -> None:
        """Bring what was written to the disk: commits alone do not."""

    @abstractmethod
    def close(self) -> None:
        """Make what was written the store's contents, and let others write."""

    @abstractmethod
    def abandon(self) -> None:
        """Close without making what was written the store's contents, as far as the kind of store allows."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


def as_table(answer: object) -> Table:
    """The rows of a SELECT query's answer; raises CrossCityError for the answer of another form of query."""
    if not isinstance(answer, pyoxigraph.QuerySolutions):
        raise CrossCityError("a table needs a SELECT query; ask this one with a graph format such as ttl")
    columns = tuple(variable.value for variable in answer.variables)
    return Table(
        columns,
        tuple(
            [  # a list is quicker than a generator, and the cells are most of what an answer costs here
                tuple(["" if term is None else term.value if type(term) in _NAMED else str(term) for term in row]) for row in answer
            ]
        ),
    )


def belonging(graph_iri: str, lines: Iterable[str]) -> list[str]:
    """The N-Quads lines of a graph; raises ValueError where one is of another."""
    listed = list(lines)
    if not all(line.endswith(f" <{graph_iri}> .") for line in listed):
        raise ValueError(f"a line belongs to another graph than {graph_iri}")
    return listed


def count_belonging(graph_iri: str, content: bytes) -> int:
    """How many N-Quads lines of a graph, each ended, there are; raises ValueError where one is of another graph."""
    lines = content.count(b"\n")
    if content.count(f" <{graph_iri}> .\n".encode()) != lines or (content and not content.endswith(b"\n")):
        raise ValueError(f"a line belongs to another graph than {graph_iri}")
    return lines


def lines_of(content: bytes) -> list[str]:
    """Lines, each ended, one by one; words hold line breaks of other kinds.

    >>> lines_of("一\u2028二\\n三\\n".encode())
    ['一\\u2028二', '三']
    """
    return content.decode().removesuffix("\n").split("\n") if content else []


def in_use(location: object) -> CrossCityError:
    """The complaint that another process is writing to a store."""
    return CrossCityError(f"{location}: another crosscity is using this store; wait until it ends, then try again")


def is_full(error: OSError) -> bool:
    """Whether an error is that of a full disk: by its number, or by its words where Oxigraph gives no number."""
    return error.errno in _FULL or "No space left" in str(error)


def unusable(location: object, error: OSError) -> CrossCityError:
    """The complaint that a folder cannot be made, read or written as a store."""
    if is_full(error):
        return CrossCityError(f"{location}: the disk is full; make room and try again; what the store held is as it was")
    words = " ".join((error.strerror or str(error)).split())
    return CrossCityError(f"{location}: cannot be used as a store ({words}); name a folder that you may write to")


def check_base(location: object, kept: str, wanted: str | None) -> None:
    """Raise CrossCityError where a store's IRIs start otherwise than wanted."""
    if wanted is not None and wanted != kept:
        raise CrossCityError(f"{location}: its IRIs start with {kept}, not {wanted}; leave --base out, or build into another folder")


def does_not_parse(reason: object) -> CrossCityError:
    """The complaint that a query does not parse."""
    return CrossCityError(f"the query does not parse ({' '.join(str(reason).split())}); correct it at that line and column")


def unanswerable(reason: object) -> CrossCityError:
    """The complaint that a query parses, and yet asks for what the engine does not have: a function of another name."""
    return CrossCityError(f"the query cannot be answered ({' '.join(str(reason).split())}); take that out of it")
