"""The vocabulary goes in, a picture of its classes and the properties between them comes out as SVG: ``docs/ontology.svg``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

# Where each class stands: column and row. The properties between them are the vocabulary's.
PLACES: Final[Mapping[str, tuple[float, float]]] = {
    "cc:WorkingGroup": (0, 0),
    "cc:Meeting": (1, 0),
    "cc:Participation": (2, 0),
    "foaf:Person": (3, 0),
    "cc:Case": (0, 1),
    "cc:CaseEvent": (1, 1),
    "cc:Escalation": (2, 1),
    "skos:Concept": (3, 1),
    "cc:Step": (0, 2),
    "cc:Directive": (1.75, 2),
    "cc:Mention": (2.4, 2.8),
    "org:Organization": (3, 2),
}
WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 150, 46, 250, 150, 30
_HEAD = (
    "<style>text{font:13px sans-serif}.name{font-weight:600}.property{font-size:11px;fill:#444}"
    "rect.class{fill:#eef3f8;stroke:#3b5b7a}rect.other{fill:#fff;stroke:#888}path{fill:none;stroke:#777}</style>"
    '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse">'
    '<path d="M0,0 L8,4 L0,8 z" style="fill:#777;stroke:none"/></marker></defs>'
)


def draw(ties: Mapping[tuple[str, str], tuple[str, ...]], labels: Mapping[str, str]) -> str:
    """The picture. ``ties`` are the properties from one class to another, ``labels`` the classes' names in Chinese."""
    columns, rows = (max(place[axis] for place in PLACES.values()) for axis in (0, 1))
    wide = int(2 * MARGIN + columns * ACROSS + WIDTH)
    high = int(2 * MARGIN + rows * DOWN + HEIGHT)
    body = [*_ties(ties), *_classes(labels)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">'
        f"<title>Classes and the properties between them</title>{_HEAD}\n" + "\n".join(body) + "\n</svg>\n"
    )


def _corner(name: str) -> tuple[float, float]:
    column, row = PLACES[name]
    return MARGIN + column * ACROSS, MARGIN + row * DOWN


def _classes(labels: Mapping[str, str]) -> Iterator[str]:
    for name in PLACES:
        x, y = _corner(name)
        kind = "class" if name.startswith("cc:") else "other"
        yield f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        label = labels.get(name, "")
        yield f'<text class="name" x="{x + WIDTH / 2:g}" y="{y + (20 if label else 28):g}" text-anchor="middle">{escape(name)}</text>'
        if label:
            yield f'<text x="{x + WIDTH / 2:g}" y="{y + 37:g}" text-anchor="middle">{escape(label)}</text>'


def _ties(ties: Mapping[tuple[str, str], tuple[str, ...]]) -> Iterator[str]:
    for (one, other), names in sorted(ties.items()):
        if one in PLACES and other in PLACES and one != other:
            (x1, y1), (x2, y2) = _border(one, other), _border(other, one)
            yield f'<path d="M{x1:g},{y1:g} L{x2:g},{y2:g}" marker-end="url(#head)"/>'
            # near the start of the line, so that names of lines that cross stay apart
            near = 0.5 if _neighbours(one, other) else 0.3
            x, y = x1 + (x2 - x1) * near, y1 + (y2 - y1) * near - 12 * (len(names) - 1) / 2
            for at, name in enumerate(names):
                style = 'text-anchor="middle" paint-order="stroke" stroke="#fff" stroke-width="4"'
                yield f'<text class="property" x="{x:g}" y="{y + 12 * at + 4:g}" {style}>{escape(name)}</text>'


def _neighbours(one: str, other: str) -> bool:
    (a, b), (c, d) = PLACES[one], PLACES[other]
    return abs(a - c) + abs(b - d) == 1


def _border(name: str, towards: str) -> tuple[float, float]:
    """Where the line from the middle of a class to that of another leaves the first one's box."""
    (x, y), (a, b) = _corner(name), _corner(towards)
    across, down = a - x, b - y
    scale = min(WIDTH / 2 / abs(across) if across else 9.0, HEIGHT / 2 / abs(down) if down else 9.0)
    return x + WIDTH / 2 + across * scale, y + HEIGHT / 2 + down * scale
