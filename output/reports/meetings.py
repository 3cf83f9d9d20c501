"""A store goes in, the reports of its meetings come out: each one, how often groups met, who came, and which papers are referred to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph import named
from graph.store import Store
from graph.tables import Table
from ontology.gazetteer import fold_name
from output.meetings import meetings_by_iri, name_meeting, stated_meetings
from output.messages import Messages
from output.report import Report, make_report
from output.scope import ALL, Scope, meetings_in


def report_meetings(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """Each meeting with its host and chair, and how much was read from it."""
    columns = ("iri", "date", "meeting", "host", "chair", "cases", "directives", "sentences", "unread")
    names, wanted = meetings_by_iri(store, messages), meetings_in(store, scope)
    cases, directives = (_count_by_meeting(store, kind) for kind in ("cc:CaseEvent", "cc:Directive"))
    read = {row[0]: row[1:] for row in store.select(_READ).rows}
    rows = tuple(
        (
            row["meeting"],
            row["date"],
            names[row["meeting"]].name,
            row["host"],
            row["chair"],
            cases.get(row["meeting"], "0"),
            directives.get(row["meeting"], "0"),
            *read.get(row["meeting"], ("", "")),
        )
        for row in named.ask(store, "meetings").records()
        if row["meeting"] in wanted and scope.city in ("", row["host"])
    )
    return make_report("meetings", store, messages, Table(columns, rows), scope=scope)


def _count_by_meeting(store: Store, kind: str) -> dict[str, str]:
    """How many things of a class each meeting has that has any; counted by the store."""
    counted = f"SELECT ?meeting (COUNT(DISTINCT ?thing) AS ?n) {{ ?thing a {kind} ; cc:meeting ?meeting }} GROUP BY ?meeting"
    return {meeting: count for meeting, count in store.select(counted).rows}


_READ: Final = """
SELECT ?meeting (MAX(?all) AS ?sentences) (MAX(COALESCE(?open, 0)) AS ?unread) {
  ?meeting a cc:Meeting ; cc:sentences ?all . OPTIONAL { ?meeting cc:unread ?open }
} GROUP BY ?meeting"""


def report_people(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """Who took part, for which city, in which role and office, at how many meetings."""
    columns = ("iri", "name", "city", "roles", "meetings", "first", "last")
    seen: dict[str, list[dict[str, str]]] = {}
    wanted = meetings_in(store, scope)
    for row in named.ask(store, "people").records():
        if row["meeting"] in wanted and scope.city in ("", row["city"]):
            seen.setdefault(row["person"], []).append(row)
    rows = []
    for person, held in seen.items():
        roles = sorted({_role(row, messages) for row in held})
        dates = sorted(row["date"] for row in held if row["date"])
        meetings = len({row["meeting"] for row in held})
        first, last = (dates[0], dates[-1]) if dates else ("", "")
        rows.append((person, held[0]["name"], held[0]["city"], named.SEPARATOR.join(roles), str(meetings), first, last))
    rows.sort(key=lambda row: (row[2], -int(row[4]), row[1], row[0]))
    return make_report("people", store, messages, Table(columns, tuple(rows)), scope=scope)


def _role(row: Mapping[str, str], messages: Messages) -> str:
    role = messages.term("role", row["role"])
    return messages("people.role", role=role, title=row["title"]) if row["title"] else role


def report_rhythm(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """How often each group met, quarter by quarter, the empty quarters too."""
    columns = ("group", "quarter", "meetings")
    rows = tuple(
        tuple(row[column] for column in columns)
        for row in named.ask(store, "rhythm").records()
        if scope.group in ("", row["group"]) and row["quarter"].startswith(scope.year)
    )
    empty = sum(row[2] == "0" for row in rows)
    note = messages("rhythm.note", quarters=len(rows), empty=empty)
    return make_report("rhythm", store, messages, Table(columns, rows), note, scope=scope)


def report_documents(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """The papers and meetings that the minutes refer to and that are not loaded, those named most often first.

    A meeting counts as loaded where one of its group has the year and number, or the day, that the words give; words that give neither
    (下次會議) tell of no paper and are left out.
    """
    columns = ("kind", "surface", "events", "first", "last", "last_meeting", "quote")
    names, wanted = meetings_by_iri(store, messages), meetings_in(store, scope)
    held = {known for one in stated_meetings(store) for known in (one.date, one.number)}
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in named.ask(store, "references").records():
        lacking = row["kind"] == "document" or (row["kind"] == "meeting" and row["target"] and row["target"] not in held)
        if lacking and row["meeting"] in wanted:
            found.setdefault((row["kind"], fold_name(row["surface"])), []).append(row)
    rows = []
    for (kind, _), told in found.items():
        told.sort(key=lambda row: (row["date"], row["meeting"]))
        first, last = told[0], told[-1]
        surface = min(row["surface"] for row in told)
        times = str(len({row["meeting"] for row in told}))
        rows.append((kind, surface, times, first["date"], last["date"], name_meeting(last["meeting"], names), last["quote"]))
    rows.sort(key=lambda row: (row[0], -int(row[2]), row[1]))
    few = ("kind", "surface", "events", "first", "last")
    return make_report("documents", store, messages, Table(columns, tuple(rows)), messages("documents.note"), scope=scope, few=few)
