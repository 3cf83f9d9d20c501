"""The straight lines drawn on a page in, its ruled tables out: which cell a point lies in, and the cells row by row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

_NEAR: Final = 3.0
_SHORTEST: Final = 6.0
_MOST_DRAWN: Final = 6_000
_MOST_RULES: Final = 600
_MOST_FIELDS: Final = 5_000  # a page of a real table has hundreds
Cell: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line from lower left to upper right, in points; one of its extents is next to nothing."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: where its columns and rows may begin and end, from left and from the top, and the cell of each such field.

    ``xs`` ascend, ``ys`` descend; ``cells[row][column]`` is the row and column that the cell covering that field begins at.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell a point lies in, None outside the table."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right([-one for one in self.ys], -y) - 1
        return self.cells[row][column] if 0 <= row < len(self.cells) and 0 <= column < len(self.xs) - 1 else None


def find_tables(rules: Iterable[Rule]) -> tuple[Table, ...]:
    """The tables of two or more cells that lines on a page enclose, from the top.

    >>> lines = [Rule(0, y, 100, y) for y in (0, 20, 40)] + [Rule(x, 0, x, 40) for x in (0, 50, 100)]
    >>> table, = find_tables(lines)
    >>> table.cell_at(75, 30), table.cell_at(10, 5), table.cell_at(200, 5)
    ((0, 1), (1, 0), None)
    """
    held = list(rules)[:_MOST_DRAWN]
    flat = _merge([(r.y0 + r.y1) / 2, r.x0, r.x1] for r in held if r.y1 - r.y0 <= _NEAR and r.x1 - r.x0 > _SHORTEST)
    upright = _merge([(r.x0 + r.x1) / 2, r.y0, r.y1] for r in held if r.x1 - r.x0 <= _NEAR and r.y1 - r.y0 > _SHORTEST)
    found = [table for part in _connected(flat[:_MOST_RULES], upright[:_MOST_RULES]) if (table := _table(*part)) is not None]
    return tuple(sorted(found, key=lambda table: -table.ys[0]))


def _merge(runs: Iterable[list[float]]) -> list[list[float]]:
    """Lines (place, from, to) with those that lie on one another, end to end, made one."""
    merged: list[list[float]] = []
    for place, start, end in sorted(runs):
        for other in reversed(merged):
            if place - other[0] > _NEAR:
                merged.append([place, start, end])
                break
            if start <= other[2] + _NEAR and end >= other[1] - _NEAR:
                other[1], other[2] = min(other[1], start), max(other[2], end)
                break
        else:
            merged.append([place, start, end])
    return merged


def _crosses(flat: Sequence[float], upright: Sequence[float]) -> bool:
    y, left, right = flat
    x, bottom, top = upright
    return left - _NEAR <= x <= right + _NEAR and bottom - _NEAR <= y <= top + _NEAR


def _connected(flat: list[list[float]], upright: list[list[float]]) -> Iterator[tuple[list[list[float]], list[list[float]]]]:
    """The lines that cross one another, set by set."""
    flats, uprights = list(flat), list(upright)
    while flats:
        part, crossing, open_flats = [flats.pop()], list[list[float]](), True
        while open_flats:
            taken = [one for one in uprights if any(_crosses(line, one) for line in part)]
            uprights = [one for one in uprights if one not in taken]
            crossing += taken
            reached = [line for line in flats if any(_crosses(line, one) for one in taken)]
            flats = [line for line in flats if line not in reached]
            part += reached
            open_flats = bool(reached)
        yield part, crossing


def _table(flat: list[list[float]], upright: list[list[float]]) -> Table | None:
    xs = _distinct(line[0] for line in upright)
    ys = _distinct(line[0] for line in flat)[::-1]
    if len(xs) < 2 or len(ys) < 2 or (len(xs) == 2 and len(ys) == 2) or len(xs) * len(ys) > _MOST_FIELDS:
        return None
    cells: list[list[Cell]] = []
    for row in range(len(ys) - 1):
        cells.append([])
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            above = row > 0 and not any(abs(line[0] - ys[row]) <= _NEAR and line[1] <= x <= line[2] for line in flat)
            beside = column > 0 and not any(abs(line[0] - xs[column]) <= _NEAR and line[1] <= y <= line[2] for line in upright)
            cells[row].append(cells[row - 1][column] if above else cells[row][column - 1] if beside else (row, column))
    return Table(tuple(xs), tuple(ys), tuple(tuple(line) for line in cells))


def _distinct(places: Iterable[float]) -> list[float]:
    """Places in order, those next to one another once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept
