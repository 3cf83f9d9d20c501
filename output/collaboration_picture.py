"""Who works on which case goes in, a static picture comes out: the mirror of two cities (a ring for more), and what its signs mean."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Final

import networkx as nx

from graph import collaboration as ties
from graph import mirror
from graph.lineage import Column
from ontology import gazetteer
from output import looks, network
from output.looks import word
from output.shapes import Form, Line, Part, Picture, Point, Words, moved, width_of, wrapped

_MOST: Final = 150  # bodies: more are folded to bureaus or governments
_LETTERS: Final = 17
_NAME: Final = 14 * _LETTERS  # pixels that a name may take before it goes on in a second line
_SIDES: Final = 140
_HEAD: Final = 110
_LEGEND: Final = 300


def fitting_level(networks: dict[ties.Level, nx.Graph[str]]) -> ties.Level:
    """The most detailed level with few enough bodies to be read; governments where there is none."""
    return next((level for level in reversed(ties.LEVELS) if len(networks[level]) <= _MOST), "government")


def draw_collaboration(facts: tuple[ties.Involved, ...], columns: tuple[Column, ...], language: str, called: str = "") -> Picture:
    """The picture of all bodies of some cases, on light paper; above 150 bodies folded to bureaus, then to governments.

    ``called`` is the name of the part of a store that it shows.
    """
    networks = {level: ties.collaboration_network(facts, level) for level in ties.LEVELS}
    level = fitting_level(networks)
    net, cities = networks[level], mirror.city_order(fact.city for fact in facts)
    sides = {path: mirror.side(path, net.nodes[path]["city"], cities) for path in net}
    at = mirror.place(net, cities)
    left, right = min((x for x, _ in at.values()), default=0) - _SIDES, max((x for x, _ in at.values()), default=400) + _SIDES
    top, bottom = min((y for _, y in at.values()), default=0), max((y for _, y in at.values()), default=0)
    places: dict[str, Point] = {path: (x - left, y - top + _HEAD + 50) for path, (x, y) in at.items()}
    width, below = right - left, bottom - top + _HEAD + 140
    parts: list[Part] = [*_title(columns, net, level, width, language, called), *_lines(net, places)]
    parts += [part for path in sorted(net) for part in _body(net, path, sides[path], places[path], language)]
    signs = tuple(_signs(sorted(set(sides.values()), key=lambda side: side % (len(cities) + 1)), cities, language))
    across = max(1, int(width // _LEGEND))
    for place, (sign, words) in enumerate(signs):
        x, y = 8 + place % across * _LEGEND, below + place // across * 24
        parts.append(moved(sign, x, y))
        parts.append(Words((x + 46, y + 5), wrapped(words, 12, _LEGEND - 52, 1)[0], 12, looks.load().light["soft"]))
    height = below + 20 + 24 * -(-len(signs) // across)
    return Picture(word("collaboration-title", language), width, height, looks.load().light["paper"], tuple(parts))


def _title(columns: tuple[Column, ...], net: nx.Graph[str], level: ties.Level, width: float, language: str, called: str) -> Iterator[Part]:
    """The question, what the answer rests on, and how far it is folded."""
    colours = looks.load().light
    dates = sorted(column.date for column in columns if column.date)
    yield Words((8, 28), word("collaboration-title", language), 20, colours["ink"], bold=True)
    if not net:
        yield Words((8, 56), wrapped(word("empty", language), 13, width - 16, 1)[0], 13, colours["ink"])
        return
    fold = f"{word('level', language)}: {word(f'level-{level}', language)}"
    span = [word("coverage", language, len(columns), dates[0], dates[-1])] if dates else []
    yield Words((8, 50), " · ".join(filter(None, (called, *span, fold))), 13, colours["soft"])
    if len(net) == 1:
        yield Words((8, 74), word("alone", language), 13, colours["ink"])


def _lines(net: nx.Graph[str], places: dict[str, Point]) -> Iterator[Part]:
    """The hierarchy as dotted lines, then the ties, as wide as they weigh; those within a column bowed towards the middle."""
    grey = looks.load().light["tie"]
    for below, above in ties.hierarchy(net):
        yield Line(places[below], places[above], grey, 1, dashes=(2, 5), opacity=0.6)
    middle = sum(x for x, _ in places.values()) / max(1, len(places))
    for a, b, tie in sorted(net.edges(data=True), key=lambda edge: edge[:2]):
        (x1, y1), (x2, y2) = places[a], places[b]
        bow = abs(y2 - y1) * 0.18 * (1 if x1 < middle else -1)
        over = ((x1 + x2) / 2 + bow, (y1 + y2) / 2) if x1 == x2 else None
        yield Line((x1, y1), (x2, y2), grey, network.EDGE_SCALE[0] + network.EDGE_SCALE[1] * sqrt(tie["weight"]), over=over, opacity=0.6)


def _body(net: nx.Graph[str], path: str, side: int, at: Point, language: str) -> Iterator[Part]:
    """A body as large as its cases are many, a government with a bold outline, its name below."""
    look, colours = looks.load(), looks.load().light
    size = network.NODE_SCALE[0] + network.NODE_SCALE[1] * sqrt(len(net.nodes[path]["cases"]))
    itself = "/" not in path and side >= 0
    yield Form(look.form(side), at, size, look.colour(side), colours["ink"] if itself else look.colour(side), 4 if itself else 1)
    name = _name(path, language)
    for line, words in enumerate(wrapped(name, _LETTERS, max(_NAME, width_of(name, _LETTERS) / 2 + _LETTERS), 2)):
        yield Words((at[0], at[1] + size + 20 + line * 20), words, _LETTERS, colours["ink"], "middle", halo=colours["paper"])


def _name(path: str, language: str) -> str:
    """What a body is called in a picture; in English where the gazetteer knows a name."""
    known = gazetteer.load().agency(path) if language == "en" else None
    return known.label_en.partition(",")[0] if known and known.label_en else network.label(path)


def _signs(sides: list[int], cities: tuple[str, ...], language: str) -> Iterator[tuple[Line | Form, str]]:
    """Each line of the legend: its sign around the origin, and its words."""
    look = looks.load()
    grey, ink = look.light["tie"], look.light["ink"]
    for side in sides:
        name = word("side-other", language) if side < 0 else _name(f"{cities[side]}政府", language)
        yield Form(look.form(side), (20, 0), 8, look.colour(side), look.colour(side), 1), name
    yield Form("circle", (20, 0), 7, grey, grey, 1), word("legend-size", language)
    yield Line((2, 0), (38, 0), grey, 6, opacity=0.6), word("legend-width", language)
    yield Line((2, 0), (38, 0), grey, 1, dashes=(2, 5)), word("legend-belongs", language)
    yield Form("circle", (20, 0), 7, grey, ink, 3), word("legend-government", language)
