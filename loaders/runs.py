"""Runs of a text in, quick answers out: whether any of them touches, or covers, another run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Runs:
    """Half-open runs of characters, merged where they overlap; each question costs the logarithm of their number.

    >>> runs = Runs([(2, 4), (8, 10)])
    >>> runs.touch(3, 9), runs.touch(4, 8), runs.cover(2, 3), runs.cover(3, 5)
    (True, False, True, False)
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, runs: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(runs):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether any run shares a character with ``start`` to ``end``."""
        place = bisect_right(self._ends, start)
        return place < len(self._starts) and self._starts[place] < end

    def cover(self, start: int, end: int) -> bool:
        """Whether one run holds all of ``start`` to ``end``."""
        place = bisect_right(self._starts, start) - 1
        return place >= 0 and end <= self._ends[place]
