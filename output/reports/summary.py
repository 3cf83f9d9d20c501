"""A store goes in, a briefing of a page or two comes out: what an official prints before the next meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph import named, promises
from graph.store import Store
from graph.tables import Table
from output.meetings import Held, meetings_by_iri, name_meeting
from output.messages import Messages
from output.report import Report, flatten, make_part, make_report
from output.reports.promises import overdue_by, promises_in
from output.scope import ALL, Scope, cases_in, meetings_in

OPEN = ("proposed", "accepted", "tracked")
_LAST: Final = "SELECT ?case (MAX(STR(?meeting)) AS ?last) { ?case a cc:Case ; cc:latestEvent/cc:meeting ?meeting } GROUP BY ?case"


def report_summary(store: Store, messages: Messages, scope: Scope = ALL, *, day: str = "") -> Report:
    """The cases still open, those that wait for a higher level, promises due or overdue by a day (ISO), what came down from above.

    The day is that of the last meeting loaded where none is given.
    """
    names = meetings_by_iri(store, messages)
    wanted = meetings_in(store, scope)
    by = overdue_by(store, messages, day)
    parts = (
        make_part("open", _open_cases(store, scope, names), messages),
        make_part("due", _due(store, scope, by), messages, messages("promises.note")),
        make_part("waiting", _waiting(store, scope, names), messages, messages("summary.waiting-words")),
        make_part("above", _from_above(store, scope, names), messages, messages("summary.above-words")),
    )
    held = [names[iri] for iri in names if iri in wanted]
    last = _last_of_groups(held)
    said = messages.listed([name_meeting(one.iri, names) for one in last])
    notes = (messages("summary.last", meetings=said), messages("summary.day", date=by)) if last else ()
    return make_report("summary", store, messages, flatten(parts), *notes, scope=scope, parts=parts)


def _last_of_groups(held: list[Held]) -> list[Held]:
    """The latest meeting of each group, by the group's name."""
    last: dict[str, Held] = {}
    for one in held:
        if one.date >= last.get(one.group, one).date:
            last[one.group] = one
    return [last[group] for group in sorted(last)]


def _open_cases(store: Store, scope: Scope, names: Mapping[str, Held]) -> Table:
    """Cases whose last word is that they are proposed, accepted or tracked; with how many later meetings of the group were silent."""
    wanted = cases_in(store, scope)
    silent = {row["case"]: row["later_meetings"] for row in named.ask(store, "vanished").records()}
    last = dict(_last_meetings(store))
    rows = tuple(
        (
            row["case"],
            row["title"],
            row["first"],
            row["events"],
            row["outcome"],
            name_meeting(last[row["case"]], names),
            silent.get(row["case"], "0"),
        )
        for row in named.ask(store, "cases").records()
        if row["case"] in wanted and row["outcome"] in OPEN
    )
    return Table(("iri", "title", "first", "events", "outcome", "last_meeting", "later_meetings"), rows)


def _last_meetings(store: Store) -> Iterator[tuple[str, str]]:
    """Each case with the meeting that treated it last (both by IRI), as the build states it."""
    return ((case, meeting) for case, meeting in named.once(store, _LAST).rows)


def _due(store: Store, scope: Scope, day: str) -> Table:
    """Directives due at the next meeting, or due before the day and not, or only partly, reported."""
    columns = ("date", "actors", "quote", "due", "state")
    rows = [
        row
        for row in promises_in(store, scope)
        if row["state"] == "not-yet-due" or promises.overdue(row["state"], row["due"], row["date"], day)
    ]
    rows.sort(key=lambda row: (row["state"] != "not-yet-due", row["date"]))
    return Table(("iri", *columns), tuple((row["directive"], *(row[column] for column in columns)) for row in rows))


def _waiting(store: Store, scope: Scope, names: Mapping[str, Held]) -> Table:
    """Cases that a meeting asked a higher level to delist, with nothing later on them; where to, and since when."""
    wanted = cases_in(store, scope)
    levels: dict[tuple[str, str], set[str]] = {}
    for row in named.ask(store, "escalations").records():
        if row["purpose"] == "delist":
            levels.setdefault((row["case"], row["meeting"]), set()).add(row["level"])
    last = dict(_last_meetings(store))
    rows = []
    for row in named.ask(store, "cases").records():
        if row["case"] in wanted and row["outcome"] == "delist-requested":
            meeting = last[row["case"]]
            to = named.SEPARATOR.join(sorted(levels.get((row["case"], meeting), ())))
            rows.append((row["case"], row["title"], name_meeting(meeting, names), to))
    return Table(("iri", "title", "last_meeting", "passed"), tuple(rows))


def _from_above(store: Store, scope: Scope, names: Mapping[str, Held]) -> Table:
    """Cases that came down from a higher level, in the words that say so."""
    wanted, meetings = cases_in(store, scope), meetings_in(store, scope)
    titles = {row["case"]: row["title"] for row in named.ask(store, "cases").records()}
    rows = tuple(
        (row["case"], titles[row["case"]], name_meeting(row["meeting"], names), row["level"], row["quote"])
        for row in named.ask(store, "escalations").records()
        if row["purpose"] == "origin" and row["case"] in wanted and row["meeting"] in meetings
    )
    return Table(("iri", "title", "meeting", "passed", "quote"), rows)
