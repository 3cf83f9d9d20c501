"""The parts of a static picture: lines, forms, bands and words with their places in pixels; SVG and PNG are both made from them."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

Point: TypeAlias = tuple[float, float]
Anchor: TypeAlias = Literal["start", "middle", "end"]

_WIDE: Final = ("W", "F", "A")
_NARROW_SHARE: Final = 0.56  # of the size, what a letter that is not Chinese takes
_UNSEEN: Final = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn")


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one place to another, bowed towards ``over`` where that is given, with an arrow's head where asked for."""

    start: Point
    end: Point
    ink: str
    width: float
    over: Point | None = None
    dashes: tuple[float, ...] = ()
    opacity: float = 1
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form by name around a place, ``size`` from its middle to its edge."""

    kind: str
    at: Point
    size: float
    fill: str
    ink: str
    width: float = 2


@dataclass(frozen=True, slots=True)
class Band:
    """A filled rectangle: its upper left corner, its width and height."""

    at: Point
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text on a base line; with ``halo``, a rim of that colour keeps it apart from what is below."""

    at: Point
    text: str
    size: float
    ink: str
    anchor: Anchor = "start"
    bold: bool = False
    halo: str = ""


Part: TypeAlias = Line | Form | Band | Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of some pixels: what it is called, the paper's colour, and its parts, the lowest first."""

    title: str
    width: float
    height: float
    paper: str
    parts: tuple[Part, ...]


def outline(form: Form) -> tuple[Point, ...]:
    """The corners of a form, rounded to a tenth of a pixel; a circle has none.

    >>> outline(Form("diamond", (0, 0), 10, "#fff", "#000"))
    ((0, -11.0), (11.0, 0), (0, 11.0), (-11.0, 0))
    >>> outline(Form("circle", (0, 0), 10, "#fff", "#000"))
    ()
    """
    x, y = form.at
    return tuple((round(x + a * form.size, 1), round(y + b * form.size, 1)) for a, b in _CORNERS.get(form.kind, ()))


def _around(corners: int, turn: float, inner: float, outer: float) -> tuple[Point, ...]:
    angles = [turn + 2 * math.pi * i / corners for i in range(corners)]
    radii = [inner if i % 2 else outer for i in range(corners)]
    return tuple((r * math.sin(angle), -r * math.cos(angle)) for r, angle in zip(radii, angles, strict=True))


_CORNERS: Final = {
    "triangle": ((0, -1), (0.95, 0.8), (-0.95, 0.8)),
    "triangleDown": ((0, 1), (0.95, -0.8), (-0.95, -0.8)),
    "diamond": ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)),
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "hexagon": _around(6, math.pi / 6, 1, 1),
    "star": _around(10, 0, 0.5, 1.2),
}


def moved(part: Part, x: float, y: float) -> Part:
    """A part so many pixels further right and down.

    >>> moved(Line((0, 0), (1, 0), "#000", 1), 5, 5).end
    (6, 5)
    """
    if not isinstance(part, Line):
        return replace(part, at=(part.at[0] + x, part.at[1] + y))
    over = (part.over[0] + x, part.over[1] + y) if part.over else None
    return replace(part, start=(part.start[0] + x, part.start[1] + y), end=(part.end[0] + x, part.end[1] + y), over=over)


def visible(text: str) -> str:
    """Text with those characters that hide, turn or break it shown by their numbers.

    >>> visible("a\u202eb\u2028c")
    'a⟨U+202E⟩b⟨U+2028⟩c'
    """
    return "".join(f"⟨U+{ord(sign):04X}⟩" if unicodedata.category(sign) in _UNSEEN else sign for sign in text)


def width_of(text: str, size: float) -> float:
    """About how many pixels a text takes at a size: a Chinese character a whole one, others somewhat more than half.

    >>> width_of("案A", 10)
    15.6
    """
    return round(sum(size if unicodedata.east_asian_width(sign) in _WIDE else size * _NARROW_SHARE for sign in text), 2)


def wrapped(text: str, size: float, most: float, lines: int) -> tuple[str, ...]:
    """A text in at most so many lines of at most so many pixels; what finds no room is cut off, and the cut is shown.

    >>> wrapped("酷課雲開放新北", 10, 40, 2), wrapped("酷課雲開放新北登入", 10, 40, 2), wrapped("Taipei City Library", 10, 70, 3)
    (('酷課雲開', '放新北'), ('酷課雲開', '放新北…'), ('Taipei City', 'Library'))
    """
    done: list[str] = []
    rest = visible(text).strip()
    while rest and len(done) < lines:
        end = _break(rest, size, most)
        done.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest:
        while done[-1] and width_of(done[-1] + "…", size) > most:
            done[-1] = done[-1][:-1]
        done[-1] += "…"
    return tuple(done)


def _break(text: str, size: float, most: float) -> int:
    """How many characters go on a line: up to the last space that fits, in Chinese up to the last character that fits."""
    end = 1
    while end < len(text) and width_of(text[: end + 1], size) <= most:
        end += 1
    if end == len(text) or text[end] == " " or not (text[end - 1].isascii() and text[end].isascii()):
        return end
    space = text.rfind(" ", 0, end)
    return space if space > 0 else end
