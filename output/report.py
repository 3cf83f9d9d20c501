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
    """A table under a heading of its own, as a report of several matters has; ``words`` say how to read it, ``name`` is its code."""

    name: str
    heading: str
    table: Table
    words: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: ``coverage`` says what its counts rest on, ``table`` holds codes, ``question`` is what it answers.

    ``blocks`` or ``parts`` (if any) are what a person reads instead of the table; ``few`` are the columns for a terminal that is too
    narrow for all of them.
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
        parts = tuple(Part(part.name, part.heading, part.table.without("iri"), part.words) for part in parts)
    return Report(name, title or messages(f"report.{name}"), coverage, table, blocks, messages(f"asks.{name}"), parts, few)


def make_part(name: str, table: Table, messages: Messages, words: str = "") -> Part:
    """A part by its code, headed by the code's words and the number of rows."""
    return Part(name, messages("list.count", what=messages(f"part.{name}"), count=len(table.rows)), table, words)


def flatten(parts: tuple[Part, ...]) -> Table:
    """The rows of several tables in one, each with its part's code in front; columns that a part has not are empty.

    >>> a, b = Part("a", "A", Table(("x",), (("1",),))), Part("b", "B", Table(("y",), (("2",),)))
    >>> flatten((a, b)).rows
    (('a', '1', ''), ('b', '', '2'))
    """
    columns = tuple(dict.fromkeys(column for part in parts for column in part.table.columns))
    rows = tuple((part.name, *(record.get(column, "") for column in columns)) for part in parts for record in part.table.records())
    return Table(("part", *columns), rows)
