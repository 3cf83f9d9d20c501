"""A store goes in, two charts of stacked bars come out: outcomes by year, and what became of each agency's directives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from graph import named
from graph.store import Store
from output import looks
from output.charts.frame import PLAIN, SMALL, Key, bar, frame, nothing
from output.messages import Messages
from output.reports.cases import report_outcomes
from output.reports.promises import promises_in
from output.scope import Scope, body_in, cities_by_agency
from output.shapes import Line, Part, Picture, Words, width_of

_MOST: Final = 20
_BAR: Final = 20.0
_ROW: Final = 28.0
_LONG: Final = 420.0
_PALE: Final = 0.45
_TALL: Final = 300.0


def draw_outcomes(store: Store, messages: Messages, scope: Scope) -> Picture:
    """A bar a year, stacked by outcome in the order of a case's life."""
    rows, held = report_outcomes(store, messages, scope).table.records(), looks.load()
    title = messages("plot.outcomes")
    if not rows:
        return nothing(title, store, messages, scope)
    counts = {(row["year"], row["outcome"]): int(row["events"]) for row in rows}
    years = [str(year) for year in range(int(rows[0]["year"]), int(rows[-1]["year"]) + 1)]
    outcomes = [look for look in held.outcomes if any(row["outcome"] == look.name for row in rows)]
    totals = {year: sum(counts.get((year, look.name), 0) for look in outcomes) for year in years}
    scale, step = _TALL / max(totals.values()), 92.0
    parts: list[Part] = []
    for place, year in enumerate(years):
        x, y = 20 + place * step, 20 + _TALL
        for look in outcomes:
            if count := counts.get((year, look.name), 0):
                y -= count * scale
                parts += bar((x, y), 56, count * scale - 1, count, _fill(look))
        parts.append(Words((x + 28, y - 6), str(totals[year]), PLAIN, held.light["ink"], "middle", bold=True))
        parts.append(Words((x + 28, 20 + _TALL + 20), year, PLAIN, held.light["ink"], "middle"))
    width = 20 + len(years) * step
    parts.append(Line((0, 20 + _TALL), (width, 20 + _TALL), held.light["soft"], 1))
    keys = [Key(messages.term("outcome", look.name), _fill(look)) for look in outcomes]
    return frame(title, store, messages, scope, keys, parts, width, _TALL + 50)


def _fill(look: looks.OutcomeLook) -> str:
    """The colour of a piece: that of an outcome drawn as an outline is paler, to tell it from the filled one of its colour."""
    if not look.is_open:
        return look.light
    parts = (int(look.light[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _PALE):02x}" for part in parts)


def draw_agencies(store: Store, messages: Messages, scope: Scope) -> Picture:
    """A bar an agency, stacked by what later minutes say of what it was asked; those asked most, at the top."""
    title, cities = messages("plot.agencies"), cities_by_agency(store)
    counts: dict[str, Counter[str]] = {}
    for row in promises_in(store, scope):
        for actor in row["actors"].split(named.SEPARATOR):
            if body_in(actor, scope, cities):
                counts.setdefault(actor, Counter())[row["state"]] += 1
    if not counts:
        return nothing(title, store, messages, scope)
    ranked = sorted(counts, key=lambda actor: (-sum(counts[actor].values()), actor))
    shown = ranked[:_MOST]
    states = [state for state in looks.load().states if any(counts[actor][state] for actor in shown)]
    keys = [Key(messages.term("state", state), looks.load().states[state]) for state in states]
    names = {actor: actor or messages("plot.nobody") for actor in shown}
    parts, width = _rows([(names[actor], counts[actor]) for actor in shown], states)
    note = messages("plot.few", shown=len(shown), all=len(ranked)) if len(shown) < len(ranked) else ""
    return frame(title, store, messages, scope, keys, parts, width, len(shown) * _ROW, note)


def _rows(rows: Sequence[tuple[str, Mapping[str, int]]], states: Sequence[str]) -> tuple[list[Part], float]:
    """The bars with their names at the left, and the width of all."""
    held = looks.load()
    left = max(width_of(name, PLAIN) for name, _ in rows) + 12
    scale = _LONG / max(sum(counts.values()) for _, counts in rows)
    parts: list[Part] = []
    for place, (name, counts) in enumerate(rows):
        x, y = left, place * _ROW + 4
        parts.append(Words((left - 10, y + _BAR / 2 + PLAIN * 0.36), name, PLAIN, held.light["ink"], "end"))
        for state in states:
            if count := counts.get(state, 0):
                parts += bar((x, y), count * scale - 1, _BAR, count, held.states[state])
                x += count * scale
        total = str(sum(counts.values()))
        parts.append(Words((x + 6, y + _BAR / 2 + SMALL * 0.36), total, PLAIN, held.light["ink"], bold=True))
    return parts, left + _LONG + 40
