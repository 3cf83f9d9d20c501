"""Work goes in, the same work that tells how far it is comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

Progress: TypeAlias = Callable[[int, int, str], None]

T = TypeVar("T")


def telling(items: Iterable[T], every: int, progress: Progress | None, name: Callable[[T], str]) -> Iterator[T]:
    """The items, ``every`` in all; ``progress`` is told (done, all, name) of each when it is done with: the next is asked for.

    >>> list(telling("ab", 2, print, str.upper))
    1 2 A
    2 2 B
    ['a', 'b']
    """
    for done, item in enumerate(items, 1):
        yield item
        if progress is not None:
            progress(done, every, name(item))
