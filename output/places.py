"""Facts of a store go in, the places they were read from come out: file, line, characters, and the words themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.store import Store

_OF_FACTS = """
SELECT DISTINCT ?fact ?document ?file ?start ?end ?quote (COALESCE(?by, "") AS ?rule) {{
  VALUES ?fact {{ {facts} }}
  ?fact {links} ?passage .
  ?passage oa:hasSource ?document ; oa:hasSelector ?position , ?words .
  ?position oa:start ?start ; oa:end ?end .
  ?words oa:exact ?quote .
  ?document cc:fileName ?file .
  OPTIONAL {{ ?fact cc:rule ?by }}
}}"""
_TEXTS = "SELECT ?document ?text {{ VALUES ?document {{ {documents} }} ?document cc:text ?text }}"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where words stand: ``line`` and ``column`` count from 1, ``start`` and ``end`` are characters of the file's text, half-open."""

    file: str
    start: int
    end: int
    line: int
    column: int
    quote: str
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


def find_places(store: Store, facts: Iterable[str], *, later: bool = False) -> Mapping[str, tuple[Place, ...]]:
    """The places that each fact (an IRI) rests on, in the order of the text; a fact without evidence has none.

    ``later`` adds the places where later minutes report on a directive.
    """
    links = "cc:evidence|cc:surfaceEvidence" + ("|cc:reportEvidence" if later else "")
    wanted = sorted(set(facts))
    rows = store.select(_OF_FACTS.format(links=links, facts=_nodes(wanted))).rows if wanted else ()
    texts = store.select(_TEXTS.format(documents=_nodes({row[1] for row in rows}))).rows if rows else ()
    starts = {document: line_starts(text) for document, text in texts}
    found: dict[str, set[Place]] = {fact: set() for fact in wanted}
    for fact, document, file, start, end, quote, rule in rows:
        line, column = line_and_column(starts[document], int(start))
        found[fact].add(Place(file, int(start), int(end), line, column, quote, rule))
    return {fact: tuple(sorted(places)) for fact, places in found.items()}


def _nodes(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in sorted(iris))


def line_starts(text: str) -> list[int]:
    return [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n")]


def line_and_column(starts: list[int], offset: int) -> tuple[int, int]:
    """The line and column, from 1, of a character offset.

    >>> line_and_column([0, 4], 5)
    (2, 2)
    """
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
