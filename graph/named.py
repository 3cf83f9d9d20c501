"""A query's name goes in, its text or a store's answer comes out: the fact tables with fixed columns, and thirty questions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Final
from weakref import WeakKeyDictionary

from graph.store import Store
from graph.tables import Table
from ontology.errors import CrossCityError

SEPARATOR: Final = "|"
_SEVERAL: Final = re.compile(r"^# Several:(.*)$", re.MULTILINE)
_OF_CASE: Final = re.compile(r"^# Of one case: (.*)$", re.MULTILINE)
_NETWORK: Final = re.compile(r"^# Network: cut-points$", re.MULTILINE)
_KEPT: Final = WeakKeyDictionary[Store, dict[str, Table]]()


@cache
def names() -> tuple[str, ...]:
    """The names of the fact tables, sorted.

    >>> "case-events" in names()
    True
    """
    return _names_in("graph.queries")


@cache
def questions() -> tuple[str, ...]:
    """The names of the questions that docs/questions.md lists, sorted.

    >>> "silent-directives" in questions()
    True
    """
    return _names_in("graph.questions")


def _names_in(package: str) -> tuple[str, ...]:
    files = resources.files(package).iterdir()
    return tuple(sorted(file.name.removesuffix(".rq") for file in files if file.name.endswith(".rq")))


@cache
def text(name: str) -> str:
    """A named query's SPARQL, as any endpoint that holds the same data would take it.

    An unknown name raises CrossCityError that tells the nearest ones.
    """
    if name in questions():
        return (resources.files("graph.questions") / f"{name}.rq").read_text(encoding="utf-8")
    if name not in names():
        near = difflib.get_close_matches(name, (*names(), *questions()), n=3, cutoff=0.5)
        offer = f"did you mean {' or '.join(near)}?" if near else f"choose one of {', '.join(names())}"
        raise CrossCityError(f"there is no query called {name!r}; {offer}")
    return (resources.files("graph.queries") / f"{name}.rq").read_text(encoding="utf-8")


@contextmanager
def each_once(store: Store) -> Iterator[None]:
    """Within the block what ``ask`` and ``once`` ask a store is answered once, and kept: nothing may be written to it meanwhile."""
    _KEPT[store] = {}
    try:
        yield
    finally:
        del _KEPT[store]


def ask(store: Store, name: str) -> Table:
    """The store's answer to a named query; the parts of cells with several values (``a|b``) are sorted.

    The one question that SPARQL cannot answer asks for pairs, and networkx answers. An unknown name raises CrossCityError.
    """
    return _once(store, name, lambda: _answer(store, name, text(name)))


def once(store: Store, sparql: str) -> Table:
    """The store's answer to a SELECT query, kept as that to a named one is."""
    return _once(store, sparql, lambda: store.select(sparql))


def of_case(store: Store, name: str, case: str) -> Table:
    """The rows that a named query has on one case (an IRI), without reading the others.

    Raises ValueError where the query does not say, in a line ``# Of one case:``, by which pattern it finds them.
    """
    sparql = text(name)
    found = _OF_CASE.search(sparql)
    if found is None:
        raise ValueError(f"{name} does not say how its rows on one case are found")
    return _answer(store, name, sparql.replace("WHERE {", f"WHERE {{ {found[1].replace('$case', f'<{case}>')}", 1))


def _once(store: Store, key: str, answer: Callable[[], Table]) -> Table:
    kept = _KEPT.get(store)
    if kept is None:
        return answer()
    if key not in kept:
        kept[key] = answer()
    return kept[key]


def _answer(store: Store, name: str, sparql: str) -> Table:
    found = _SEVERAL.search(sparql)
    several = frozenset(found[1].split()) if found else frozenset()
    table = store.select(sparql)
    if of_a_network(name):
        from graph.cut_points import cut_points  # with networkx behind it, which no other query needs

        return cut_points(table)
    if not several:
        return table
    places = tuple(at for at, column in enumerate(table.columns) if column in several)
    return Table(table.columns, tuple([_in_order(row, places) for row in table.rows]))


def of_a_network(name: str) -> bool:
    """Whether a query's rows are the pairs of a network that has the answer."""
    return _NETWORK.search(text(name)) is not None


def _in_order(row: tuple[str, ...], places: tuple[int, ...]) -> tuple[str, ...]:
    """A row with the parts of its cells at some places sorted."""
    if not any(SEPARATOR in row[at] for at in places):
        return row
    return tuple(SEPARATOR.join(sorted(cell.split(SEPARATOR))) if at in places else cell for at, cell in enumerate(row))
