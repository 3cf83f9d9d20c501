"""A store goes in, CSV files of nodes and relationships come out, headed as ``neo4j-admin database import`` wants them.

Each fact has the words that it rests on (``quote``) beside it. Neo4j's import takes an empty cell for no value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from graph import named
from graph.store import Store
from graph.tables import Table
from output.tables_text import as_csv

_Row: TypeAlias = Mapping[str, str]
README: Final = "README.md"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One file: the query that its rows come from, and how each of its columns is made of a row."""

    file: str
    query: str
    columns: Mapping[str, Callable[[_Row], str]]


def _cell(name: str) -> Callable[[_Row], str]:
    return lambda row: row[name]


def _always(words: str) -> Callable[[_Row], str]:
    return lambda row: words


_NODES: Final = (
    _Sheet(
        "agencies.csv",
        "involvement",
        {
            "path:ID(Agency)": _cell("agency"),
            "city": _cell("city"),
            "level": _cell("level"),
            "cases:int": _cell("cases"),
            "directives:int": _cell("directives"),
            ":LABEL": _always("Agency"),
        },
    ),
    _Sheet(
        "cases.csv",
        "cases",
        {
            "iri:ID(Case)": _cell("case"),
            "title": _cell("title"),
            "aliases:string[]": _cell("aliases"),
            "first:date": _cell("first"),
            "last:date": _cell("last"),
            "outcome": _cell("outcome"),
            ":LABEL": _always("Case"),
        },
    ),
    _Sheet(
        "meetings.csv",
        "meetings",
        {
            "iri:ID(Meeting)": _cell("meeting"),
            "title": _cell("title"),
            "date:date": _cell("date"),
            "group": _cell("group"),
            "host": _cell("host"),
            "source": _cell("source"),
            ":LABEL": _always("Meeting"),
        },
    ),
    _Sheet(
        "people.csv",
        "people",
        {
            "iri:ID(Person)": _cell("person"),
            "name": _cell("name"),
            "city": _cell("city"),
            ":LABEL": _always("Person"),
        },
    ),
    _Sheet(
        "directives.csv",
        "promises",
        {
            "iri:ID(Directive)": _cell("directive"),
            "due": _cell("due"),
            "state": _cell("state"),
            "quote": _cell("quote"),
            "report_quote": _cell("report_quote"),
            ":LABEL": _always("Directive"),
        },
    ),
)
_TIES: Final = (
    _Sheet(
        "works-with.csv",
        "collaboration",
        {
            ":START_ID(Agency)": _cell("agency_a"),
            ":END_ID(Agency)": _cell("agency_b"),
            "cases:int": _cell("cases"),
            "weight:float": _cell("weight"),
            "case_titles:string[]": _cell("case_titles"),
            ":TYPE": _always("WORKS_WITH"),
        },
    ),
    _Sheet(
        "involves.csv",
        "event-agencies",
        {
            ":START_ID(Case)": _cell("case"),
            ":END_ID(Agency)": _cell("agency"),
            ":TYPE": _always("INVOLVES"),
        },
    ),
    _Sheet(
        "treated-at.csv",
        "case-events",
        {
            ":START_ID(Case)": _cell("case"),
            ":END_ID(Meeting)": _cell("meeting"),
            "date:date": _cell("date"),
            "outcome": _cell("outcome"),
            "surface": _cell("surface"),
            "quote": _cell("quote"),
            ":TYPE": _always("TREATED_AT"),
        },
    ),
    _Sheet(
        "given-at.csv",
        "promises",
        {":START_ID(Directive)": _cell("directive"), ":END_ID(Meeting)": _cell("meeting"), ":TYPE": _always("GIVEN_AT")},
    ),
    _Sheet(
        "reported-at.csv",
        "promises",
        {
            ":START_ID(Directive)": _cell("directive"),
            ":END_ID(Meeting)": _cell("report_meeting"),
            "quote": _cell("report_quote"),
            ":TYPE": _always("REPORTED_AT"),
        },
    ),
    _Sheet(
        "took-part.csv",
        "people",
        {
            ":START_ID(Person)": _cell("person"),
            ":END_ID(Meeting)": _cell("meeting"),
            "role": _cell("role"),
            "title": _cell("title"),
            ":TYPE": _always("TOOK_PART_IN"),
        },
    ),
)
_OF_SEVERAL: Final = (
    ("of-case.csv", "directives", "case", ":END_ID(Case)", "OF_CASE"),
    ("asked-of.csv", "directives", "actors", ":END_ID(Agency)", "ASKED_OF"),
)


def write(store: Store) -> dict[str, bytes]:
    """The files by name: nodes under ``nodes/``, relationships under ``relationships/``, and a README with the command that imports them.

    Agencies are those that the minutes involve, ask or name as hosts; what a relationship would point at and is not among the nodes is
    left out.
    """
    files = {f"nodes/{sheet.file}": _one_each(sheet.columns, _made(sheet, store)) for sheet in _NODES}
    known = {row[0] for table in files.values() for row in table.rows}
    parts = ((path, path.rpartition("/")[0], "PART_OF") for path in known)
    files["relationships/part-of.csv"] = _distinct(
        (":START_ID(Agency)", ":END_ID(Agency)", ":TYPE"), (part for part in parts if part[1] in known)
    )
    for sheet in _TIES:
        made = (row for row in _made(sheet, store) if row[0] in known and row[1] in known)
        files[f"relationships/{sheet.file}"] = _distinct(sheet.columns, made)
    for file, query, column, end, kind in _OF_SEVERAL:
        rows = named.ask(store, query).records()
        pairs = ((row["directive"], part, kind) for row in rows for part in row[column].split(named.SEPARATOR) if part in known)
        files[f"relationships/{file}"] = _distinct((":START_ID(Directive)", end, ":TYPE"), pairs)
    written = {name: as_csv(table).encode("utf-8") for name, table in files.items()}
    return {README: _readme(written).encode("utf-8"), **written}


def _made(sheet: _Sheet, store: Store) -> Iterable[tuple[str, ...]]:
    return (tuple(make(row) for make in sheet.columns.values()) for row in named.ask(store, sheet.query).records())


def _distinct(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Table:
    return Table(tuple(columns), tuple(sorted(set(rows))))


def _one_each(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Table:
    """A row for each node, that with the most cells filled."""
    best: dict[str, tuple[str, ...]] = {}
    for row in sorted(rows, key=lambda row: (sum(map(bool, row)), row)):
        best[row[0]] = row
    return Table(tuple(columns), tuple(best[node] for node in sorted(best)))


def _readme(files: Iterable[str]) -> str:
    named_files = "".join(f" --{name.split('/')[0]}={name} \\\n" for name in sorted(files))
    return (
        "# Nodes and relationships for Neo4j\n\nIn this folder, with the database stopped:\n\n```\n"
        f"neo4j-admin database import full neo4j --array-delimiter='|' \\\n{named_files}".rstrip(" \\\n")
        + "\n```\n\n"
        "`quote` holds the words of the minutes that a fact rests on.\n"
    )
