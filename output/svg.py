"""A static picture goes in, an SVG file comes out: no script, nothing fetched, the same bytes each time."""

from __future__ import annotations

from html import escape
from typing import Final

from output.looks import FONTS
from output.shapes import Band, Form, Line, Part, Picture, Point, Words, outline, visible

_FAMILY: Final = escape(", ".join([*(f"'{name}'" for name in FONTS), "sans-serif"]))


def as_svg(picture: Picture) -> str:
    """The picture as SVG.

    >>> as_svg(Picture("圖", 10, 10, "#fff", (Words((1, 9), "a<b", 8, "#000"),))).splitlines()[-2]
    '<text x="1" y="9" font-size="8" fill="#000">a&lt;b</text>'
    """
    width, height = _number(picture.width), _number(picture.height)
    title = escape(visible(picture.title))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' font-family="{_FAMILY}">\n<title>{title}</title>\n<rect width="{width}" height="{height}" fill="{picture.paper}"/>\n'
    )
    return head + "".join(f"{_part(part)}\n" for part in picture.parts) + "</svg>\n"


def _part(part: Part) -> str:
    match part:
        case Line():
            return _line(part)
        case Form():
            return _form(part)
        case Band(at=(x, y), width=width, height=height, fill=fill):
            return f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}" fill="{fill}"/>'
        case Words():
            return _words(part)


def _line(line: Line) -> str:
    middle = f"Q{_place(line.over)} " if line.over else "L"
    dashes = f' stroke-dasharray="{" ".join(map(_number, line.dashes))}"' if line.dashes else ""
    opacity = f' stroke-opacity="{_number(line.opacity)}"' if line.opacity < 1 else ""
    drawn = (
        f'<path d="M{_place(line.start)} {middle}{_place(line.end)}" fill="none" stroke="{line.ink}" '
        f'stroke-width="{_number(line.width)}"{dashes}{opacity}/>'
    )
    if not line.arrow:
        return drawn
    corners = " ".join(_place(corner) for corner in arrow_head(line))
    return f'{drawn}<polygon points="{corners}" fill="{line.ink}"/>'


def arrow_head(line: Line) -> tuple[Point, ...]:
    """The corners of the head at a line's end, seven pixels long, pointing where the line goes."""
    (x, y), (from_x, from_y) = line.end, line.over or line.start
    length = ((x - from_x) ** 2 + (y - from_y) ** 2) ** 0.5 or 1
    along, across = ((x - from_x) / length * 7, (y - from_y) / length * 7), (-(y - from_y) / length * 3.5, (x - from_x) / length * 3.5)
    return (
        (x, y),
        (round(x - along[0] + across[0], 1), round(y - along[1] + across[1], 1)),
        (round(x - along[0] - across[0], 1), round(y - along[1] - across[1], 1)),
    )


def _form(form: Form) -> str:
    look = f'fill="{form.fill}" stroke="{form.ink}" stroke-width="{_number(form.width)}" stroke-linejoin="round"'
    if corners := outline(form):
        return f'<polygon points="{" ".join(_place(corner) for corner in corners)}" {look}/>'
    x, y = form.at
    return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(form.size * 0.95)}" {look}/>'


def _words(words: Words) -> str:
    x, y = words.at
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    bold = ' font-weight="700"' if words.bold else ""
    halo = f' stroke="{words.halo}" stroke-width="4" paint-order="stroke"' if words.halo else ""
    return (
        f'<text x="{_number(x)}" y="{_number(y)}" font-size="{_number(words.size)}" fill="{words.ink}"{anchor}{bold}{halo}>'
        f"{escape(visible(words.text))}</text>"
    )


def _place(point: Point) -> str:
    return f"{_number(point[0])},{_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
