"""What a report is: what it rests on and the question it answers, then a table, tables under headings, or the blocks of a case's life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.store import Store
from graph.tables import Table
from output.meetings import say_coverage
from output.messages import Messages
from output.scope import ALL, Scope, say_scope

EMPTY: Final = "—"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, and labels with what stands under them; ``quote`` is verbatim text of the minutes."""

    heading: str
    pairs: tuple[tuple[str, str], ...]
    quote: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A table under a heading of its own, as a report of several matters has; ``words`` say how to read it."""

    heading: str
    table: Table
    words: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: ``coverage`` says what its counts rest on, ``table`` holds codes, ``question`` is what it answers.

    ``blocks`` or ``parts`` (if any) are what a person reads instead of the table; ``few`` are the columns for a terminal too narrow for all.
    """

    name: str
    title: str
    coverage: tuple[str, ...]
    table: Table
    blocks: tuple[Block, ...] = ()
    question: str = ""
    parts: tuple[Part, ...] = ()
    few: tuple[str, ...] = ()


def make_report(
    name: str,
    store: Store,
    messages: Messages,
    table: Table,
    *notes: str,
    scope: Scope = ALL,
    title: str = "",
    blocks: tuple[Block, ...] = (),
    parts: tuple[Part, ...] = (),
    few: tuple[str, ...] = (),
) -> Report:
    """A report by name: its title and question in words, what it rests on, what it was narrowed to, then ``notes``.

    A column ``iri`` is left out unless the scope asks for it.
    """
    coverage = (*say_coverage(store, messages), *say_scope(store, scope, messages), *filter(None, notes))
    if not scope.iris:
        table = table.without("iri")
        parts = tuple(Part(part.heading, part.table.without("iri"), part.words) for part in parts)
    return Report(name, title or messages(f"report.{name}"), coverage, table, blocks, messages(f"asks.{name}"), parts, few)
