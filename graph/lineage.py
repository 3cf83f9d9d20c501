"""A store's fact tables go in, the lineage of every case comes out: a lane a case, a column a meeting, a mark a treatment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph import named
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and where it stands: file, and code points of its text."""

    quote: str
    source: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One meeting, in the order of dates."""

    iri: str
    date: str
    name: str
    group: str
    host: str
    mode: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing somebody was asked to do, and what later minutes say of it."""

    quote: str
    actors: tuple[str, ...]
    due: str
    state: str
    report_date: str
    report_quote: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One treatment of a case by the meeting of column ``column``; ``passed`` are levels and purposes."""

    event: str
    column: int
    outcome: str
    routine: bool
    section: str
    evidence: Evidence
    passed: tuple[tuple[str, str], ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One case over its life; ``cities`` are those of the agencies it involves, ``vanished`` says that later meetings left it out."""

    iri: str
    title: str
    aliases: tuple[str, ...]
    outcome: str
    vanished: bool
    cities: tuple[str, ...]
    agencies: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie between two lanes, from a mark of one to a mark of the other."""

    from_event: str
    to_event: str
    kind: str
    basis: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """All lanes, by their first meeting, over all columns."""

    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    relations: tuple[Relation, ...]


Rows = list[dict[str, str]]


def lineage(store: Store) -> Lineage:
    """The lineage of all cases of a store."""
    columns = meeting_columns(named.ask(store, "meetings").records())
    cases = named.ask(store, "cases").records()
    marks = _marks(store, {column.iri: place for place, column in enumerate(columns)}, columns)
    vanished = {row["case"] for row in named.ask(store, "vanished").records()}
    agencies: defaultdict[str, set[str]] = defaultdict(set)
    cities: defaultdict[str, set[str]] = defaultdict(set)
    for row in named.ask(store, "event-agencies").records():
        agencies[row["case"]].add(row["agency"])
        cities[row["case"]] |= {row["city"]} - {""}
    lanes = [
        Lane(
            iri=row["case"],
            title=row["title"],
            aliases=split(row["aliases"]),
            outcome=row["outcome"],
            vanished=row["case"] in vanished,
            cities=tuple(sorted(cities[row["case"]])),
            agencies=tuple(sorted(agencies[row["case"]])),
            marks=tuple(marks[row["case"]]),
        )
        for row in cases
        if marks[row["case"]]
    ]
    lanes.sort(key=lambda lane: (lane.marks[0].column, lane.title))
    steps = named.ask(store, "lineage").records()
    relations = [Relation(s["from_event"], s["to_event"], s["relation"], s["basis"]) for s in steps if s["relation"] != "continues"]
    return Lineage(columns, tuple(lanes), tuple(relations))


def meeting_columns(rows: Rows) -> tuple[Column, ...]:
    """The meetings as columns, by date; one without a date comes last."""
    columns = [
        Column(
            iri=row["meeting"],
            date=row["date"],
            name=f"{row['year']}-{row['ordinal']}" if row["year"] and row["ordinal"] else row["date"] or row["title"],
            group=row["group"],
            host=row["host"],
            mode=row["mode"],
        )
        for row in rows
    ]
    return tuple(sorted(columns, key=lambda column: (column.date or "9999", column.iri)))


def split(cell: str) -> tuple[str, ...]:
    """The parts of a cell with several values."""
    return tuple(part for part in cell.split(named.SEPARATOR) if part)


def evidence_of(store: Store, kinds: Iterable[str]) -> dict[str, Evidence]:
    """The passage of each fact of some kinds, by the fact's IRI; the longest, where a fact has several."""
    wanted = frozenset(kinds)
    found: dict[str, Evidence] = {}
    for row in named.ask(store, "evidence").records():
        passage = Evidence(row["quote"], row["source"], int(row["start_char"]), int(row["end_char"]))
        if row["kind"] in wanted and (
            row["fact"] not in found or passage.end - passage.start > found[row["fact"]].end - found[row["fact"]].start
        ):
            found[row["fact"]] = passage
    return found


def _marks(store: Store, place_of: dict[str, int], columns: tuple[Column, ...]) -> defaultdict[str, list[Mark]]:
    """The marks of each case, by column."""
    passages = evidence_of(store, ("case-event",))
    passed: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in named.ask(store, "escalations").records():
        passed[row["case"], row["meeting"]].append((row["level"], row["purpose"]))
    promises: defaultdict[tuple[str, str], list[Promise]] = defaultdict(list)
    for row in named.ask(store, "promises").records():
        reported = columns[place_of[row["report_meeting"]]].date if row["report_meeting"] in place_of else ""
        promise = Promise(row["quote"], split(row["actors"]), row["due"], row["state"], reported, row["report_quote"])
        for case in split(row["case"]):
            promises[case, row["meeting"]].append(promise)
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for row in named.ask(store, "case-events").records():
        key = (row["case"], row["meeting"])
        marks[row["case"]].append(
            Mark(
                event=row["event"],
                column=place_of[row["meeting"]],
                outcome=row["outcome"],
                routine=row["routine"] == "true",
                section=row["section"],
                evidence=passages.get(row["event"], Evidence(row["quote"])),
                passed=tuple(passed[key]),
                promises=tuple(promises[key]),
            )
        )
    for held in marks.values():
        held.sort(key=lambda mark: mark.column)
    return marks
