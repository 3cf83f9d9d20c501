"""A store goes in, a calendar of what was asked by when comes out (iCalendar, RFC 5545): a VTODO for each dated directive.

A month is due on its last day, a year on its last; the next meeting is due on its day where it is loaded, else without one. What has no
date, or is due at a level whose meetings have none, is left out.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import quote

from graph import named
from graph.passages import Evidence, evidence_of
from graph.store import Store
from ontology import terms
from ontology.errors import CrossCityError
from output.messages import Messages

_DUE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_STATUS: Final = {"reported": "COMPLETED", "partly": "IN-PROCESS", "superseded": "CANCELLED"}
_NEXT: Final = "next-meeting"
_YEAR_END: Final = "year-end"


def write(store: Store, spoken: Messages) -> bytes:
    """The calendar, UTF-8, by date of the meeting. Raises CrossCityError where the library that writes it is missing."""
    try:
        from icalendar import Calendar, Todo
    except ImportError as error:
        raise CrossCityError(spoken("export.no-calendar")) from error
    meetings = {row["meeting"]: row for row in named.ask(store, "meetings").records()}
    titles = {row["case"]: row["title"] for row in named.ask(store, "cases").records()}
    actions = {row["directive"]: row["action"] for row in named.ask(store, "directives").records()}
    said = evidence_of(store, [terms.DIRECTIVE])
    held = Calendar()
    held.add("prodid", "-//crosscity//directives//ZH")
    held.add("version", "2.0")
    for row in named.ask(store, "promises").records():
        meeting = meetings[row["meeting"]]
        due = due_day(row["due"], meeting, meetings.values())
        if due is None and row["due"] != _NEXT:
            continue
        todo = Todo()
        todo.add("uid", row["directive"])
        todo.add("dtstamp", _stamp(row["date"]))
        todo.add("summary", actions[row["directive"]])
        todo.add("description", _words(row, meeting, titles, spoken, said.get(row["directive"])))
        todo.add("status", _STATUS.get(row["state"], "NEEDS-ACTION"))
        todo.add("url", quote(row["directive"], safe=":/#?=&%"))
        if due is not None:
            todo.add("due", due)
        if row["actors"]:
            todo.add("categories", row["actors"].split(named.SEPARATOR))
        held.add_component(todo)
    content: bytes = held.to_ical(sorted=True)
    return content


def due_day(due: str, meeting: Mapping[str, str], meetings: Iterable[Mapping[str, str]]) -> date | None:
    """The last day on which something is due that a meeting asked for; None where there is no such day.

    >>> due_day("2020-02", {"meeting": "…/教育文化組/2019-4", "date": "2019-11-13"}, ())
    datetime.date(2020, 2, 29)
    """
    if due == _NEXT:
        series = meeting["meeting"].rpartition("/")[0]
        after = [each["date"] for each in meetings if each["meeting"].rpartition("/")[0] == series and each["date"] > meeting["date"]]
        return date.fromisoformat(min(after)) if after and meeting["date"] else None
    found = _DUE.fullmatch(f"{meeting['date'][:4]}-12-31" if due == _YEAR_END else due)
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    return date(year, month, int(found[3] or calendar.monthrange(year, month)[1]))


def _stamp(day: str) -> datetime:
    return datetime.fromisoformat(day or "1970-01-01").replace(tzinfo=UTC)


def _words(row: Mapping[str, str], meeting: Mapping[str, str], titles: Mapping[str, str], spoken: Messages, said: Evidence | None) -> str:
    """The sentence, the meeting, where the sentence stands (``2019.txt#char=10,24``), the cases, and what was reported."""
    lines = [f"「{row['quote']}」", f"{meeting['date']} {meeting['title']}".strip()]
    if said and said.source:
        lines.append(f"{said.source}#char={said.start},{said.end}")
    lines += [titles[case] for case in row["case"].split(named.SEPARATOR) if case in titles]
    lines.append(spoken.term("state", row["state"]))
    if row["report_quote"]:
        lines.append(f"「{row['report_quote']}」")
    return "\n".join(lines)
