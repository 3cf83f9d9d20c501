"""A seed goes in, the same draws come out on any machine: all rest on ``random()``, whose numbers no version of Python changes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A run of draws, told apart from others by words."""

    __slots__ = ("_next",)

    def __init__(self, *words: object) -> None:
        self._next = random.Random("/".join(map(str, words))).random

    def below(self, end: int) -> int:
        """A whole number from 0 to before ``end``."""
        return int(self._next() * end)

    def between(self, first: int, last: int) -> int:
        """A whole number from ``first`` to ``last``."""
        return first + int(self._next() * (last - first + 1))

    def pick(self, of: Sequence[T]) -> T:
        """One of several."""
        return of[int(self._next() * len(of))]

    def hits(self, share: float) -> bool:
        """Whether something that happens in this share of all draws happens now."""
        return self._next() < share

    def order(self, of: Sequence[T]) -> list[T]:
        """All of several, in any order."""
        mixed = list(of)
        for at in range(len(mixed) - 1, 0, -1):
            other = self.below(at + 1)
            mixed[at], mixed[other] = mixed[other], mixed[at]
        return mixed
