"""The lineage of cases goes in, a static picture comes out: a lane a case, a column a meeting, and below them what the signs mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graph.lineage import Lane, Lineage, Mark, Relation
from output import looks
from output.looks import word
from output.shapes import Band, Form, Line, Part, Picture, Point, Words, moved, wrapped

_ROW: Final = 46
_NAMES: Final = 320
_COLUMN: Final = 88
_HEAD: Final = 118
_LEGEND: Final = 340  # pixels a sign and its words take
_SIZE: Final = 9
_TICKS_END: Final = 23  # below a mark's middle
_EDGE: Final = 24
_TICKS: Final = {"reported": "done", "partly": "partly", "superseded": "superseded", "unreported": "silent"}
_MOST_TICKS: Final = 5


def draw_lineage(told: Lineage, language: str, called: str = "") -> Picture:
    """The picture of all lanes in the order of their first meetings, on light paper, at most five promises a mark shown.

    ``called`` is the name of the part of a store that it shows.
    """
    colours = looks.load().light
    spots = _spots(told)
    signs = tuple(_signs())
    across = max(1, int((_NAMES + len(told.columns) * _COLUMN) // _LEGEND))
    width = max(_NAMES + len(told.columns) * _COLUMN + _EDGE, 2 * _LEGEND + _EDGE)
    below = _HEAD + len(told.lanes) * _ROW
    parts: list[Part] = [*_titles(told, width, language, called), *_frame(told, width)]
    for lane in told.lanes:
        parts += [*_segments(lane, spots), *_tail(lane, spots, width)]
    parts += [arrow for relation in told.relations for arrow in _arrow(relation, spots)]
    for lane in told.lanes:
        for mark in lane.marks:
            parts += _mark(mark, spots[mark.event])
    for place, (key, drawn) in enumerate(signs):
        x, y = 8 + place % across * _LEGEND, below + 34 + place // across * 24
        parts += [moved(part, x, y) for part in drawn]
        parts.append(Words((x + 46, y + 5), wrapped(word(key, language), 12, _LEGEND - 52, 1)[0], 12, colours["soft"]))
    height = below + 44 + 24 * -(-len(signs) // across)
    return Picture(word("lineage-title", language), width, height, colours["paper"], tuple(parts))


def _spots(told: Lineage) -> Mapping[str, Point]:
    """Where each mark stands; several of one meeting stand side by side."""
    spots = {}
    for row, lane in enumerate(told.lanes):
        for mark in lane.marks:
            beside = [other.event for other in lane.marks if other.column == mark.column]
            apart = min(26, (_COLUMN - 20) / len(beside)) * (beside.index(mark.event) - (len(beside) - 1) / 2)
            spots[mark.event] = (_NAMES + mark.column * _COLUMN + _COLUMN / 2 + apart, _HEAD + row * _ROW + _ROW / 2 - 2)
    return spots


def _titles(told: Lineage, width: float, language: str, called: str) -> Iterator[Part]:
    """The question, what the answer rests on, the head of each column, and the name and last outcome of each lane."""
    colours = looks.load().light
    dates = sorted(column.date for column in told.columns if column.date)
    yield Words((8, 28), word("lineage-title", language), 20, colours["ink"], bold=True)
    span = [word("coverage", language, len(told.columns), dates[0], dates[-1])] if dates else []
    yield Words((8, 50), " · ".join(filter(None, (called, *span))), 13, colours["soft"])
    if not told.lanes:
        yield Words((8, 80), wrapped(word("empty", language), 13, width - 16, 1)[0], 13, colours["ink"])
    for place, column in enumerate(told.columns):
        x = _NAMES + place * _COLUMN + _COLUMN / 2
        for line, name in enumerate(wrapped(column.name, 13, _COLUMN - 8, 2)):
            yield Words((x, _HEAD - 38 + line * 16), name, 13, colours["ink"], "middle", bold=True)
        yield Words((x, _HEAD - 8), column.date, 11, colours["soft"], "middle")
    for row, lane in enumerate(told.lanes):
        y = _HEAD + row * _ROW
        for line, title in enumerate(wrapped(lane.title, 13, _NAMES - 120, 2)):
            yield Words((8, y + 19 + line * 17), title, 13, colours["ink"])
        last = word("left-out", language, lane.left_out) if lane.left_out else word(f"outcome-{lane.outcome}", language)
        for line, words in enumerate(wrapped(last, 11, 96, 2)):
            yield Words((_NAMES - 10, y + 19 + line * 14), words, 11, colours["bridge" if lane.left_out else "soft"], "end")


def _frame(told: Lineage, width: float) -> Iterator[Part]:
    """Every second lane shaded, a thin line a meeting, a thick one where a year begins; below the words, so it goes first."""
    colours = looks.load().light
    bottom = _HEAD + len(told.lanes) * _ROW
    for row in range(0, len(told.lanes), 2):
        yield Band((_NAMES, _HEAD + row * _ROW), width - _NAMES - _EDGE, _ROW, colours["shade"])
    for place, column in enumerate(told.columns):
        x = _NAMES + place * _COLUMN
        yield Line((x + _COLUMN / 2, _HEAD), (x + _COLUMN / 2, bottom), colours["line"], 0.6)
        if place and column.date[:4] != told.columns[place - 1].date[:4]:
            yield Line((x, _HEAD - 52), (x, bottom), colours["line"], 2.5)


def _segments(lane: Lane, spots: Mapping[str, Point]) -> Iterator[Part]:
    for before, mark in zip(lane.marks, lane.marks[1:], strict=False):
        ink = looks.load().outcome(before.outcome).light
        yield Line(spots[before.event], spots[mark.event], ink, 4, dashes=(3, 6) if mark.missed else (), opacity=0.75)


def _tail(lane: Lane, spots: Mapping[str, Point], width: float) -> Iterator[Part]:
    """An open case that later meetings leave out ends in dots and a question mark."""
    if not lane.left_out:
        return
    (x, y), ink = spots[lane.marks[-1].event], looks.load().light["bridge"]
    end = min(width - 12, x + _COLUMN * 0.75)
    yield Line((x, y), (end - 8, y), ink, 2.5, dashes=(2.5, 4))
    yield Words((end, y + 6), "?", 17, ink, "middle", bold=True)


def _arrow(relation: Relation, spots: Mapping[str, Point]) -> Iterator[Part]:
    if relation.from_event not in spots or relation.to_event not in spots:
        return
    (x1, y1), (x2, y2) = spots[relation.from_event], spots[relation.to_event]
    y1, y2 = (y1 + _TICKS_END, y2 - _SIZE - 3) if y2 > y1 else (y1 - _SIZE, y2 + _TICKS_END)
    over = ((x1 + x2) / 2 + 26, (y1 + y2) / 2)
    ink = looks.load().light["bridge"]
    yield Line((x1, y1), (x2, y2), ink, 1.6, over=over, dashes=(4, 3), arrow=True)


def _mark(mark: Mark, at: Point) -> Iterator[Part]:
    colours, look = looks.load().light, looks.load().outcome(mark.outcome)
    x, y = at
    yield Form(look.form, at, _SIZE, colours["paper"] if look.is_open else look.light, look.light)
    if mark.routine and mark.outcome != "routine":
        yield Form("circle", at, 3, colours["paper"], colours["paper"], 0)
    purposes = {purpose for _, purpose in mark.passed}
    if purposes - {"origin"}:
        yield Form("triangle", (x + 15.5, y - 12), 5, colours["soft"], colours["soft"], 0)
    if "origin" in purposes:
        yield Form("triangleDown", (x - 15.5, y - 12), 5, colours["soft"], colours["soft"], 0)
    ticks = mark.promises[:_MOST_TICKS]
    for place, promise in enumerate(ticks):
        tick_at = (x + (place - (len(ticks) - 1) / 2) * 8, y + 17)
        yield from (moved(part, *tick_at) for part in _tick(_TICKS.get(promise.state, "open")))


def _tick(kind: str) -> tuple[Part, ...]:
    """What became of a promise, around the origin: see the legend."""
    colours = looks.load().light
    ink, red = colours["soft"], colours["bridge"]
    match kind:
        case "silent":
            return Line((-2.5, -2.5), (2.5, 2.5), red, 1.8), Line((2.5, -2.5), (-2.5, 2.5), red, 1.8)
        case "superseded":
            return Line((-3, 0), (3, 0), ink, 1.4), Line((0.5, -2.5), (3, 0), ink, 1.4), Line((0.5, 2.5), (3, 0), ink, 1.4)
        case "partly":
            return Form("circle", (0, 0), 2.7, colours["paper"], ink, 1.2), Band((-2.2, -2), 2.2, 4, ink)
    return (Form("circle", (0, 0), 2.7, ink if kind == "done" else colours["paper"], ink, 1.2),)


def _signs() -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Each line of the legend: the key of its words, and the sign around the origin, forty pixels wide."""
    colours = looks.load().light
    red = colours["bridge"]
    for look in looks.load().outcomes:
        yield f"outcome-{look.name}", (Form(look.form, (20, 0), 8, colours["paper"] if look.is_open else look.light, look.light),)
    yield "legend-up", (Form("triangle", (20, 0), 5, colours["soft"], colours["soft"], 0),)
    yield "legend-down", (Form("triangleDown", (20, 0), 5, colours["soft"], colours["soft"], 0),)
    asked = looks.load().outcome("delist-requested").light
    yield "legend-routine", (Form("diamond", (20, 0), 8, asked, asked), Form("circle", (20, 0), 3, colours["paper"], colours["paper"], 0))
    yield "legend-gap", (Line((2, 0), (38, 0), looks.load().outcome("tracked").light, 4, dashes=(3, 6), opacity=0.75),)
    yield "legend-lost", (Line((2, 0), (28, 0), red, 2.5, dashes=(2.5, 4)), Words((34, 6), "?", 17, red, "middle", bold=True))
    yield "legend-relation", (Line((2, 0), (38, 0), red, 1.6, dashes=(4, 3), arrow=True),)
    for kind in ("done", "partly", "superseded", "silent", "open"):
        yield f"tick-{kind}", tuple(moved(part, 20, 0) for part in _tick(kind))
