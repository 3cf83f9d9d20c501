"""The title, coverage, legend and notes of a chart go in, the parts that all charts share come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.store import Store
from output import looks
from output.meetings import say_coverage
from output.messages import Messages
from output.scope import Scope, say_scope
from output.shapes import Band, Form, Part, Picture, Words, moved, width_of, wrapped

MARGIN: Final = 24.0
SMALL: Final = 12.0
PLAIN: Final = 13.0
_LARGE: Final = 19.0
_LINE: Final = 18.0
_GAP: Final = 18.0
_LINES_OF_COVERAGE: Final = 3


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a word, its colour, and the form that stands for it (a square for a bar); an open form is an outline."""

    word: str
    ink: str
    form: str = "square"
    is_open: bool = False


def frame(
    title: str,
    store: Store,
    messages: Messages,
    scope: Scope,
    keys: Iterable[Key],
    body: Iterable[Part],
    width: float,
    height: float,
    note: str = "",
) -> Picture:
    """A chart whose body of a width and height (in pixels) is drawn from (0, 0): title, what it rests on and legend above it."""
    light = looks.load().light
    whole = max(width, 560.0) + 2 * MARGIN
    parts: list[Part] = [Words((MARGIN, MARGIN + _LARGE), title, _LARGE, light["ink"], bold=True)]
    y = MARGIN + _LARGE + 8
    for line in (*say_coverage(store, messages)[:1], *say_scope(store, scope, messages), *filter(None, [note])):
        for piece in wrapped(line, SMALL, whole - 2 * MARGIN, _LINES_OF_COVERAGE):
            y += _LINE
            parts.append(Words((MARGIN, y), piece, SMALL, light["soft"]))
    x, y = MARGIN, y + _LINE + 6
    for key in keys:
        needed = _GAP + width_of(key.word, PLAIN) + _GAP
        if x + needed > whole - MARGIN:
            x, y = MARGIN, y + _LINE + 4
        parts.append(Form(key.form, (x + 6, y - 4.5), 6, light["paper"] if key.is_open else key.ink, key.ink, 1.5))
        parts.append(Words((x + _GAP, y), key.word, PLAIN, light["ink"]))
        x += needed
    y += 16
    parts += [moved(part, MARGIN, y) for part in body]
    return Picture(title, whole, y + height + MARGIN, light["paper"], tuple(parts))


def nothing(title: str, store: Store, messages: Messages, scope: Scope) -> Picture:
    """The picture of a chart that has no data: it says so."""
    words = Words((0, 20), messages("plot.empty"), PLAIN, looks.load().light["ink"])
    return frame(title, store, messages, scope, (), (words,), 300, 30)


def bar(at: tuple[float, float], width: float, height: float, count: int, fill: str) -> list[Part]:
    """A piece of a bar with its count in it, where it is large enough for that."""
    parts: list[Part] = [Band(at, width, height, fill)]
    if width >= width_of(str(count), SMALL) + 2 and height >= SMALL + 1:
        middle = (at[0] + width / 2, at[1] + height / 2 + SMALL * 0.36)
        parts.append(Words(middle, str(count), SMALL, _readable_on(fill), "middle"))
    return parts


def _readable_on(fill: str) -> str:
    """Black or white, whichever is easier to read on a colour (``#rgb`` or ``#rrggbb``)."""
    digits = fill.lstrip("#")
    wide = "".join(sign * 2 for sign in digits) if len(digits) == 3 else digits
    red, green, blue = (int(wide[place : place + 2], 16) for place in (0, 2, 4))
    return "#1b2430" if 0.299 * red + 0.587 * green + 0.114 * blue > 150 else "#ffffff"
