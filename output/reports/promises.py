"""A store goes in, the reports of what was asked come out: each directive and what came of it, and how many fall to each city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph import named, promises
from graph.involvement import REPORTED
from graph.store import Store
from graph.tables import Table
from output.meetings import meetings_by_iri
from output.messages import Messages
from output.report import Report, make_report
from output.scope import ALL, Scope, actors_in, cases_in, cities_by_agency, meetings_in
from output.wording import tally


def promises_in(store: Store, scope: Scope) -> list[dict[str, str]]:
    """The records of the directives that meetings of the scope gave to bodies of it, in cases of its outcome."""
    meetings, cities = meetings_in(store, scope), cities_by_agency(store)
    cases = cases_in(store, Scope(outcome=scope.outcome)) if scope.outcome else None
    return [
        row
        for row in named.ask(store, "promises").records()
        if row["meeting"] in meetings and actors_in(row["actors"], scope, cities) and (cases is None or row["case"] in cases)
    ]


def overdue_by(store: Store, messages: Messages, day: str = "") -> str:
    """The day (an ISO date) that tells what is overdue: the one given, else that of the last meeting loaded."""
    return day or max((held.date for held in meetings_by_iri(store, messages).values()), default="")


def report_promises(store: Store, messages: Messages, scope: Scope = ALL, *, overdue: bool = False, day: str = "") -> Report:
    """Each thing that somebody was asked to do, and what the later minutes loaded say of it.

    ``overdue`` leaves what was due before a day (an ISO date, or else that of the last meeting loaded) and is not reported.
    """
    columns = ("iri", "date", "actors", "quote", "due", "state")
    rows, notes = promises_in(store, scope), []
    if scope.agency:
        notes.append(messages("promises.agency", agency=scope.agency))
    if overdue:
        by = overdue_by(store, messages, day)
        rows = [row for row in rows if promises.overdue(row["state"], row["due"], row["date"], by)]
        notes.append(messages("promises.overdue", date=by))
    notes += [tally(Counter(row["state"] for row in rows), "state", messages), messages("promises.note")]
    shown = tuple((row["directive"], *(row[column] for column in columns[1:])) for row in rows)
    return make_report("promises", store, messages, Table(columns, shown), *notes, scope=scope)


@dataclass(slots=True)
class _Load:
    asked: int = 0
    counterpart: int = 0
    states: Counter[str] = field(default_factory=Counter)


def report_burden(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """How many directives fall to each city's bodies as doers, and name them as the other side.

    One that names bodies of both cities counts for both; one that names nobody, and one given to a body of no one city, have rows of
    their own.
    """
    cities = cities_by_agency(store)
    others = {row["directive"]: row["counterparts"] for row in named.ask(store, "directives").records()}
    loads: dict[str, _Load] = {}
    rows = promises_in(store, scope)
    for row in rows:
        for city in _sides(row["actors"], cities) or {"nobody"}:
            load = loads.setdefault(city, _Load())
            load.asked += 1
            load.states[row["state"]] += 1
        for city in _sides(others[row["directive"]], cities):
            loads.setdefault(city, _Load()).counterpart += 1
    both = sum(len(_sides(row["actors"], cities) - {"other"}) > 1 for row in rows)
    columns = ("side", "directives", "reported", "unreported", "counterpart")
    shown = tuple(
        (
            city,
            str(load.asked),
            str(sum(load.states[state] for state in REPORTED)),
            str(load.states["unreported"]),
            str(load.counterpart),
        )
        for city, load in sorted(loads.items(), key=lambda one: (one[0] in ("nobody", "other"), one[0]))
    )
    note = messages("burden.note", directives=len(rows), both=both)
    return make_report("burden", store, messages, Table(columns, shown), note, messages("promises.note"), scope=scope)


def _sides(bodies: str, cities: Mapping[str, str]) -> set[str]:
    """The cities of some bodies (paths joined by ``|``); ``other`` stands for a body of no one city."""
    return {cities.get(path, "") or "other" for path in bodies.split(named.SEPARATOR) if path}
