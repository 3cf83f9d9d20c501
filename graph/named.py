"""A query's name goes in, its text or a store's answer comes out: the fact tables with fixed columns."""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib import resources
from typing import Final

from graph.store import Store
from graph.tables import Table
from ontology.errors import CrossCityError

SEPARATOR: Final = "|"
_SEVERAL: Final = re.compile(r"^# Several:(.*)$", re.MULTILINE)


@cache
def names() -> tuple[str, ...]:
    """The names of all queries, sorted.

    >>> "case-events" in names()
    True
    """
    files = resources.files("graph.queries").iterdir()
    return tuple(sorted(file.name.removesuffix(".rq") for file in files if file.name.endswith(".rq")))


@cache
def text(name: str) -> str:
    """A named query's SPARQL, as any endpoint that holds the same data would take it.

    An unknown name raises CrossCityError that tells the nearest ones.
    """
    if name not in names():
        near = difflib.get_close_matches(name, names(), n=3, cutoff=0.5)
        offer = f"did you mean {' or '.join(near)}?" if near else f"choose one of {', '.join(names())}"
        raise CrossCityError(f"there is no query called {name!r}; {offer}")
    return (resources.files("graph.queries") / f"{name}.rq").read_text(encoding="utf-8")


def ask(store: Store, name: str) -> Table:
    """The store's answer to a named query; the parts of cells with several values (``a|b``) are sorted.

    An unknown name raises CrossCityError.
    """
    sparql = text(name)
    found = _SEVERAL.search(sparql)
    several = frozenset(found[1].split()) if found else frozenset()
    table = store.select(sparql)
    sorts = tuple(column in several for column in table.columns)
    return Table(
        table.columns,
        tuple(tuple(_sorted_parts(cell) if sort else cell for cell, sort in zip(row, sorts, strict=True)) for row in table.rows),
    )


def _sorted_parts(cell: str) -> str:
    return SEPARATOR.join(sorted(cell.split(SEPARATOR)))
