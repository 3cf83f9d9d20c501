"""A store's fact tables go in, the lineage of every case comes out: a lane a case, a column a meeting, a mark a treatment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from graph import named
from graph.passages import Evidence, evidence_of
from graph.store import Store
from ontology import terms


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
    """One thing somebody was asked to do, and what later minutes say of it; one directive may belong to several cases."""

    directive: str
    quote: str
    actors: tuple[str, ...]
    due: str
    state: str
    report_date: str
    report_quote: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One treatment of a case by the meeting of column ``column``.

    ``missed`` counts the meetings of the same group since the case's mark before that leave the case out; ``passed`` are levels and
    purposes.
    """

    event: str
    column: int
    missed: int
    outcome: str
    routine: bool
    section: str
    evidence: Evidence
    passed: tuple[tuple[str, str], ...]
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One case over its life; ``cities`` are those of the agencies it involves.

    ``left_out`` counts the later meetings of its group that leave it out though its last ruling keeps it open; 0 where it is closed.
    """

    iri: str
    title: str
    aliases: tuple[str, ...]
    group: str
    outcome: str
    left_out: int
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


def lineage(store: Store, group: str = "") -> Lineage:
    """The lineage of all cases of a store, or of those that groups of one name treat."""
    columns = meeting_columns(named.ask(store, "meetings").records())
    cases = named.ask(store, "cases").records()
    marks = _marks(store, {column.iri: place for place, column in enumerate(columns)}, columns)
    left_out = {row["case"]: int(row["later_meetings"]) for row in named.ask(store, "vanished").records()}
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
            group=columns[marks[row["case"]][0].column].group,
            outcome=row["outcome"],
            left_out=left_out.get(row["case"], 0),
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
    told = Lineage(columns, tuple(lanes), tuple(relations))
    return _within(told, group) if group else told


def _within(told: Lineage, group: str) -> Lineage:
    """The lanes that a group treats, over its meetings and those at which others treat the same cases."""
    own = {place for place, column in enumerate(told.columns) if column.group == group}
    lanes = [lane for lane in told.lanes if any(mark.column in own for mark in lane.marks)]
    kept = sorted(own.union(mark.column for lane in lanes for mark in lane.marks))
    place = {column: at for at, column in enumerate(kept)}
    moved = [replace(lane, marks=tuple(replace(mark, column=place[mark.column]) for mark in lane.marks)) for lane in lanes]
    events = {mark.event for lane in lanes for mark in lane.marks}
    relations = tuple(one for one in told.relations if one.from_event in events and one.to_event in events)
    return Lineage(tuple(told.columns[column] for column in kept), tuple(moved), relations)


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


def _marks(store: Store, place_of: dict[str, int], columns: tuple[Column, ...]) -> defaultdict[str, list[Mark]]:
    """The marks of each case, by column."""
    passages = evidence_of(store, (terms.CASE_EVENT,))
    passed: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in named.ask(store, "escalations").records():
        passed[row["case"], row["meeting"]].append((row["level"], row["purpose"]))
    promises: defaultdict[tuple[str, str], list[Promise]] = defaultdict(list)
    for row in named.ask(store, "promises").records():
        reported = columns[place_of[row["report_meeting"]]].date if row["report_meeting"] in place_of else ""
        promise = Promise(row["directive"], row["quote"], split(row["actors"]), row["due"], row["state"], reported, row["report_quote"])
        for case in split(row["case"]):
            promises[case, row["meeting"]].append(promise)
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for row in named.ask(store, "case-events").records():
        key = (row["case"], row["meeting"])
        marks[row["case"]].append(
            Mark(
                event=row["event"],
                column=place_of[row["meeting"]],
                missed=0,
                outcome=row["outcome"],
                routine=row["routine"] == "true",
                section=row["section"],
                evidence=passages.get(row["event"], Evidence(row["quote"])),
                passed=tuple(passed[key]),
                promises=tuple(promises[key]),
            )
        )
    for case, held in marks.items():
        marks[case] = _count_missed(sorted(held, key=lambda mark: mark.column), columns)
    return marks


def _count_missed(marks: list[Mark], columns: tuple[Column, ...]) -> list[Mark]:
    """The marks of one case, each knowing how many meetings of its group the case was left out of since the mark before."""
    counted = marks[:1]
    for before, mark in pairwise(marks):
        between = columns[before.column + 1 : mark.column]
        counted.append(replace(mark, missed=sum(column.group == columns[mark.column].group for column in between)))
    return counted
