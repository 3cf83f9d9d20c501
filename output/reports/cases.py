"""A store goes in, the reports of its cases come out: what became of each, which were closed twice, which fell silent, outcomes by year."""

from __future__ import annotations

from collections import Counter
from typing import Final

from graph import named
from graph.contradictions import contradictions
from graph.store import Store
from graph.tables import Table
from output.meetings import meetings_by_iri, name_meeting
from output.messages import Messages
from output.report import Block, Report, make_report
from output.scope import ALL, Scope, cases_in, meetings_in
from output.wording import tally

CLOSED: Final = ("delisted", "routine", "reported")


def report_cases(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """What became of each case over all its meetings, the oldest first."""
    columns = ("iri", "title", "first", "last", "events", "outcome")
    wanted = cases_in(store, scope)
    rows = tuple(
        (row["case"], *(row[column] for column in columns[1:])) for row in named.ask(store, "cases").records() if row["case"] in wanted
    )
    counts = Counter(row[-1] for row in rows)
    return make_report("cases", store, messages, Table(columns, rows), tally(counts, "outcome", messages), scope=scope)


def report_contradictions(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """Cases that were closed more than once, or spoken of after they were closed, with the words at both ends."""
    columns = ("iri", "title", "closed", "closing_quote", "meeting", "outcome", "quote")
    names, wanted = meetings_by_iri(store, messages), cases_in(store, scope)
    rows: list[tuple[str, ...]] = []
    blocks: list[Block] = []
    for found in contradictions(store):
        if found.case not in wanted:
            continue
        closed = name_meeting(found.closing.meeting, names)
        blocks.append(Block(found.title, ((messages("contradictions.closed"), closed),), found.closing.quote))
        for ruled in found.later:
            later, outcome = name_meeting(ruled.meeting, names), messages.term("outcome", ruled.outcome)
            again = "contradictions.again" if ruled.outcome == found.closing.outcome else "contradictions.later"
            blocks.append(Block(f"{later}: {messages(again, outcome=outcome)}", (), ruled.quote, depth=1))
            rows.append((found.case, found.title, closed, found.closing.quote, later, ruled.outcome, ruled.quote))
    note = messages("contradictions.note")
    return make_report("contradictions", store, messages, Table(columns, tuple(rows)), note, scope=scope, blocks=tuple(blocks))


def report_vanished(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """Cases that were still open when the minutes last spoke of them, with later meetings loaded, the longest silent first."""
    columns = ("iri", "title", "last_meeting", "last_outcome", "later_meetings")
    names, wanted = meetings_by_iri(store, messages), cases_in(store, scope)
    rows = [
        (row["case"], row["title"], name_meeting(row["last_meeting"], names), row["last_outcome"], row["later_meetings"])
        for row in named.ask(store, "vanished").records()
        if row["case"] in wanted
    ]
    rows.sort(key=lambda row: (-int(row[4]), row[1]))
    return make_report("vanished", store, messages, Table(columns, tuple(rows)), messages("vanished.note"), scope=scope)


def report_outcomes(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """How often each outcome was ruled in each year, by the treatments of cases at meetings with a date."""
    counts: Counter[tuple[str, str]] = Counter()
    cases, meetings = cases_in(store, Scope(scope.city, scope.agency, scope.group)), meetings_in(store, scope)
    for row in named.ask(store, "case-events").records():
        if row["date"] and row["case"] in cases and row["meeting"] in meetings and scope.outcome in ("", row["outcome"]):
            counts[row["date"][:4], row["outcome"]] += 1
    rows = tuple((year, outcome, str(count)) for (year, outcome), count in sorted(counts.items()))
    note = messages("outcomes.note", events=sum(counts.values()))
    return make_report("outcomes", store, messages, Table(("year", "outcome", "events"), rows), note, scope=scope)
