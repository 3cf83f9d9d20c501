"""A store goes in, a report comes out: what it rests on, then a table or the blocks of a case's life; never an IRI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from graph import named, promises
from graph.contradictions import contradictions
from graph.store import Store
from graph.tables import Table
from ontology.errors import CrossCityError
from output import choosing
from output.meetings import Held, meetings_by_iri, say_coverage
from output.messages import Messages

EMPTY: Final = "—"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, and labels with what stands under them; ``quote`` is verbatim text of the minutes."""

    heading: str
    pairs: tuple[tuple[str, str], ...]
    quote: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A report: ``coverage`` says what its counts rest on, ``table`` holds codes, ``blocks`` (if any) are what a person reads instead."""

    name: str
    title: str
    coverage: tuple[str, ...]
    table: Table
    blocks: tuple[Block, ...] = ()


def report_agencies(store: Store, messages: Messages) -> Report:
    """How far each agency is involved, the most involved first."""
    columns = ("agency", "meetings", "cases", "proposed", "directives", "hosted", "first", "last")
    rows = _pick(named.ask(store, "involvement"), columns)
    rows.sort(key=lambda row: (-int(row[2]), -int(row[1]), row[0]))
    return _report("agencies", store, messages, Table(columns, tuple(rows)))


def report_cases(store: Store, messages: Messages) -> Report:
    """What became of each case over all its meetings, the oldest first."""
    columns = ("title", "first", "last", "events", "outcome")
    rows = _pick(named.ask(store, "cases"), columns)
    counts = Counter(row[4] for row in rows)
    return _report("cases", store, messages, Table(columns, tuple(rows)), _tally(counts, "outcome", messages))


def report_people(store: Store, messages: Messages) -> Report:
    """Who took part, for which city, in which role and office, at how many meetings."""
    columns = ("name", "city", "roles", "meetings", "first", "last")
    seen: dict[str, list[dict[str, str]]] = {}
    for row in named.ask(store, "people").records():
        seen.setdefault(row["person"], []).append(row)
    rows = []
    for held in seen.values():
        roles = sorted({_role(row, messages) for row in held})
        dates = sorted(row["date"] for row in held if row["date"])
        meetings = len({row["meeting"] for row in held})
        first, last = (dates[0], dates[-1]) if dates else ("", "")
        rows.append((held[0]["name"], held[0]["city"], named.SEPARATOR.join(roles), str(meetings), first, last))
    rows.sort(key=lambda row: (row[1], -int(row[3]), row[0]))
    return _report("people", store, messages, Table(columns, tuple(rows)))


def _role(row: Mapping[str, str], messages: Messages) -> str:
    role = messages.term("role", row["role"])
    return messages("people.role", role=role, title=row["title"]) if row["title"] else role


def report_meetings(store: Store, messages: Messages) -> Report:
    """Each meeting with its host and chair, and how much was read from it."""
    columns = ("date", "meeting", "host", "chair", "cases", "directives", "sentences", "unread")
    names = meetings_by_iri(store, messages)
    cases, directives = (_count_by_meeting(store, kind) for kind in ("cc:CaseEvent", "cc:Directive"))
    read = {row[0]: row[1:] for row in store.select(_READ).rows}
    rows = tuple(
        (
            row["date"],
            names[row["meeting"]].name,
            row["host"],
            row["chair"],
            cases.get(row["meeting"], "0"),
            directives.get(row["meeting"], "0"),
            *read.get(row["meeting"], ("", "")),
        )
        for row in named.ask(store, "meetings").records()
    )
    return _report("meetings", store, messages, Table(columns, rows))


def _count_by_meeting(store: Store, kind: str) -> dict[str, str]:
    """How many things of a class each meeting has that has any; counted by the store."""
    counted = f"SELECT ?meeting (COUNT(DISTINCT ?thing) AS ?n) {{ ?thing a {kind} ; cc:meeting ?meeting }} GROUP BY ?meeting"
    return {meeting: count for meeting, count in store.select(counted).rows}


_READ: Final = """
SELECT ?meeting (MAX(?all) AS ?sentences) (MAX(COALESCE(?open, 0)) AS ?unread) {
  ?meeting a cc:Meeting ; cc:sentences ?all . OPTIONAL { ?meeting cc:unread ?open }
} GROUP BY ?meeting"""


def report_promises(store: Store, messages: Messages, *, agency: str = "", overdue: bool = False, day: str = "") -> Report:
    """Each thing that somebody was asked to do, and what the later minutes loaded say of it.

    ``agency`` leaves what was asked of it and of what is below it, in any words that mean it; ``overdue`` what was due before a day (an
    ISO date, or else that of the last meeting loaded) and is not reported. Raises CrossCityError where no agency is meant.
    """
    columns = ("date", "actors", "quote", "due", "state")
    rows, notes = named.ask(store, "promises").records(), []
    if agency:
        path = _agency(store, agency, messages)
        rows = [row for row in rows if any(f"{actor}/".startswith(f"{path}/") for actor in row["actors"].split(named.SEPARATOR))]
        notes.append(messages("promises.agency", agency=path))
    if overdue:
        by = day or max((held.date for held in meetings_by_iri(store, messages).values()), default="")
        rows = [row for row in rows if promises.overdue(row["state"], row["due"], row["date"], by)]
        notes.append(messages("promises.overdue", date=by))
    counts = _tally(Counter(row["state"] for row in rows), "state", messages)
    shown = Table(columns, tuple(tuple(row[column] for column in columns) for row in rows))
    return _report("promises", store, messages, shown, *notes, counts, messages("promises.note"))


def _agency(store: Store, key: str, messages: Messages) -> str:
    """The path of the agency that a key means."""
    found = choosing.find_agency(store, key, messages)
    if found is None:
        raise CrossCityError(messages("promises.no-agency", key=key))
    return found[1]


def report_contradictions(store: Store, messages: Messages) -> Report:
    """Cases that were closed more than once, or spoken of after they were closed, with the words at both ends."""
    columns = ("title", "closed", "closing_quote", "meeting", "outcome", "quote")
    names = meetings_by_iri(store, messages)
    rows: list[tuple[str, ...]] = []
    blocks: list[Block] = []
    for found in contradictions(store):
        closed = _meeting(found.closing.meeting, names)
        blocks.append(Block(found.title, ((messages("contradictions.closed"), closed),), found.closing.quote))
        for ruled in found.later:
            later, outcome = _meeting(ruled.meeting, names), messages.term("outcome", ruled.outcome)
            heading = messages(
                "contradictions.again" if ruled.outcome == found.closing.outcome else "contradictions.later", outcome=outcome
            )
            blocks.append(Block(f"{later}: {heading}", (), ruled.quote, depth=1))
            rows.append((found.title, closed, found.closing.quote, later, ruled.outcome, ruled.quote))
    report = _report("contradictions", store, messages, Table(columns, tuple(rows)), messages("contradictions.note"))
    return replace(report, blocks=tuple(blocks))


def report_vanished(store: Store, messages: Messages) -> Report:
    """Cases that were still open when the minutes last spoke of them, with later meetings loaded."""
    columns = ("title", "last_meeting", "last_outcome", "later_meetings")
    names = meetings_by_iri(store, messages)
    rows = [(row[0], _meeting(row[1], names), row[2], row[3]) for row in _pick(named.ask(store, "vanished"), columns)]
    rows.sort(key=lambda row: (-int(row[3]), row[0]))
    return _report("vanished", store, messages, Table(columns, tuple(rows)), messages("vanished.note"))


def report_rhythm(store: Store, messages: Messages) -> Report:
    """How often each group met, quarter by quarter, the empty quarters too."""
    columns = ("group", "quarter", "meetings")
    rows = tuple(_pick(named.ask(store, "rhythm"), columns))
    empty = sum(row[2] == "0" for row in rows)
    return _report("rhythm", store, messages, Table(columns, rows), messages("rhythm.note", quarters=len(rows), empty=empty))


REPORTS: Final[Mapping[str, Callable[[Store, Messages], Report]]] = {
    "agencies": report_agencies,
    "cases": report_cases,
    "people": report_people,
    "meetings": report_meetings,
    "promises": report_promises,
    "contradictions": report_contradictions,
    "vanished": report_vanished,
    "rhythm": report_rhythm,
}


def _report(name: str, store: Store, messages: Messages, table: Table, *notes: str) -> Report:
    coverage = (*say_coverage(store, messages), *filter(None, notes))
    return Report(name, messages(f"report.{name}"), coverage, table)


def _tally(counts: Mapping[str, int], family: str, messages: Messages) -> str:
    """How often each code stands in the table, in words."""
    parts = [messages("list.count", what=messages.term(family, code), count=count) for code, count in sorted(counts.items())]
    return messages("list.and").join(parts)


def _meeting(iri: str, names: Mapping[str, Held]) -> str:
    held = names.get(iri)
    return "" if held is None else f"{held.name} ({held.date})" if held.date else held.name


def _pick(table: Table, columns: Iterable[str]) -> list[tuple[str, ...]]:
    """The rows with only these columns."""
    places = [table.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in table.rows]
