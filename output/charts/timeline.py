"""A store goes in, a chart of the cases that are not closed comes out: a row a case, a form a treatment, by the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from graph import named
from graph.store import Store
from output import looks
from output.charts.frame import PLAIN, SMALL, Key, frame, nothing
from output.messages import Messages
from output.scope import Scope, cases_in, meetings_in
from output.shapes import Band, Form, Line, Part, Picture, Words, wrapped

_NOT_CLOSED: Final = ("proposed", "accepted", "tracked", "delist-requested")
_LEFT: Final = 330.0
_WIDE: Final = 640.0
_ROW: Final = 40.0
_MOST: Final = 60


def draw_cases(store: Store, messages: Messages, scope: Scope) -> Picture:
    """The open cases and those that wait to be delisted, the oldest first; dashes run on from the last treatment to the last meeting."""
    title, wanted = messages("plot.cases"), cases_in(store, scope)
    rows = [row for row in named.ask(store, "cases").records() if row["case"] in wanted and row["outcome"] in _NOT_CLOSED and row["first"]]
    meetings = meetings_in(store, Scope(group=scope.group))
    dates = sorted(row["date"] for row in named.ask(store, "meetings").records() if row["date"] and row["meeting"] in meetings)
    if not rows:
        return nothing(title, store, messages, scope)
    shown, light = rows[:_MOST], looks.load().light
    start, end = int(dates[0][:4]), int(dates[-1][:4]) + 1
    first, days = date(start, 1, 1), (date(end, 1, 1) - date(start, 1, 1)).days

    def across(day: str) -> float:
        return _LEFT + (date.fromisoformat(day) - first).days / days * _WIDE

    height = 24 + len(shown) * _ROW
    parts: list[Part] = []
    for year in range(start, end + 1):
        x = across(f"{year}-01-01")
        parts.append(Line((x, 18), (x, height), light["line"], 1))
        if year < end:
            parts.append(Words((x + 4, 13), str(year), SMALL, light["soft"]))
    lives: dict[str, list[tuple[str, str]]] = {}
    for event in named.ask(store, "case-events").records():
        if event["date"]:
            lives.setdefault(event["case"], []).append((event["date"], event["outcome"]))
    seen: set[str] = set()
    for place, row in enumerate(shown):
        y = 24 + place * _ROW + _ROW / 2
        if place % 2 == 0:
            parts.insert(0, Band((0, y - _ROW / 2), _LEFT + _WIDE, _ROW, light["shade"]))
        lines = wrapped(row["title"], PLAIN, _LEFT - 30, 2)
        base = y + 4.5 - (len(lines) - 1) * 8
        parts += [Words((6, base + 16 * number), line, PLAIN, light["ink"]) for number, line in enumerate(lines)]
        parts += _life(lives[row["case"]], dates[-1], y, across)
        seen |= {outcome for _, outcome in lives[row["case"]]}
    keys = [
        Key(messages.term("outcome", look.name), look.light, look.form, look.is_open) for look in looks.load().outcomes if look.name in seen
    ]
    note = messages("plot.few", shown=len(shown), all=len(rows)) if len(shown) < len(rows) else ""
    return frame(title, store, messages, scope, keys, parts, _LEFT + _WIDE, height, note)


def _life(life: list[tuple[str, str]], last: str, y: float, across: Callable[[str], float]) -> list[Part]:
    """The line of one case from its first treatment to its last, on in dashes to the last meeting, with a form a treatment."""
    held = looks.load()
    begin, end, stop = across(life[0][0]), across(life[-1][0]), across(last)
    parts: list[Part] = [Line((begin, y), (end, y), held.light["tie"], 2)]
    if stop > end:
        parts.append(Line((end, y), (stop, y), held.light["tie"], 1.5, dashes=(3, 4)))
    for day, outcome in life:
        look = held.outcome(outcome)
        parts.append(Form(look.form, (round(across(day), 1), y), 7, held.light["paper"] if look.is_open else look.light, look.light, 2))
    return parts
