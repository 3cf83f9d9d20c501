"""A store goes in, a chart of who works with whom comes out: a square a pair, the darker the heavier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.store import Store
from output import looks
from output.charts.frame import PLAIN, SMALL, Key, frame, nothing
from output.messages import Messages
from output.reports.collaboration import network_in
from output.scope import Scope, body_in, cities_by_agency
from output.shapes import Band, Line, Part, Picture, Words, width_of

_MOST: Final = 25
_CELL: Final = 34.0


def draw_collaboration(store: Store, messages: Messages, scope: Scope) -> Picture:
    """The bodies that work with others, city by city; each is named at its row, and by number above its column."""
    title, cities = messages("plot.collaboration"), cities_by_agency(store)
    network = network_in(store, scope, "section")
    chosen = {path for a, b in network.edges if body_in(a, scope, cities) or body_in(b, scope, cities) for path in (a, b)}
    if not chosen:
        return nothing(title, store, messages, scope)
    strength = dict(network.degree(weight="weight"))
    shown = sorted(chosen, key=lambda path: (-strength[path], path))[:_MOST]
    shown.sort(key=lambda path: (cities.get(path) or "~", path))
    light, weights = looks.load().light, {}
    for a, b, tie in network.edges(data=True):
        weights[a, b] = weights[b, a] = float(tie["weight"])
    heaviest = max(weights.values())
    left = max(width_of(f"{len(shown)} {path}", PLAIN) for path in shown) + 14
    parts: list[Part] = []
    for row, a in enumerate(shown):
        y = 22 + row * _CELL
        parts.append(Words((left - 8, y + _CELL / 2 + 4.5), f"{a} {row + 1}", PLAIN, light["ink"], "end"))
        parts.append(Words((left + (row + 0.5) * _CELL, 14), str(row + 1), SMALL, light["soft"], "middle"))
        for column, b in enumerate(shown):
            weight = 0.0 if a == b else weights.get((a, b), 0.0)
            at = (left + column * _CELL, y)
            parts.append(Band(at, _CELL - 1, _CELL - 1, light["line"] if a == b else _shade(weight / heaviest)))
            if weight:
                ink = "#ffffff" if weight / heaviest > 0.45 else light["ink"]
                parts.append(Words((at[0] + _CELL / 2, y + _CELL / 2 + 4), f"{weight:.2g}", 11, ink, "middle"))
    parts += _between_cities(shown, cities, left)
    keys = [Key(f"{heaviest * share:.2g}", _shade(share)) for share in (0.25, 0.5, 0.75, 1.0)]
    note = messages("plot.few", shown=len(shown), all=len(chosen)) if len(shown) < len(chosen) else ""
    return frame(title, store, messages, scope, keys, parts, left + len(shown) * _CELL, 24 + len(shown) * _CELL, note)


def _between_cities(shown: list[str], cities: Mapping[str, str], left: float) -> list[Part]:
    """Lines where the bodies of one city end and those of the next begin."""
    ink, end = looks.load().light["ink"], len(shown) * _CELL
    parts: list[Part] = []
    for place in range(1, len(shown)):
        if cities.get(shown[place - 1], "") != cities.get(shown[place], ""):
            at = place * _CELL - 0.5
            parts.append(Line((left, 22 + at), (left + end, 22 + at), ink, 1.5))
            parts.append(Line((left + at, 22), (left + at, 22 + end), ink, 1.5))
    return parts


def _shade(share: float) -> str:
    """A blue between paper (0) and dark (1)."""
    if share <= 0:
        return looks.load().light["shade"]
    light, dark = (219, 232, 250), (19, 62, 122)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(light, dark, strict=True))
