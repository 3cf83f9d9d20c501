"""A function and many items go in, its results come out in their order: of one process, or of several where that pays."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import Final, Protocol, TypeVar

from ontology import profiles
from ontology.errors import CrossCityError

_WORTH: Final = 64  # tasks a process: with fewer, starting it takes longer than it saves
_AHEAD: Final = 4  # such handfuls for each process that are under way or wait to be taken, however many tasks there are

Item = TypeVar("Item")
Result = TypeVar("Result")


class Mapped(Protocol):
    """What ``map`` does: each item's result, in their order."""

    def __call__(self, function: Callable[[Item], Result], items: Iterable[Item], /, *, at_once: int = 8) -> Iterator[Result]:
        """The results; ``at_once`` tasks are handed over together: one where each takes long."""


def in_turn(function: Callable[[Item], Result], items: Iterable[Item], /, *, at_once: int = 8) -> Iterator[Result]:
    """Each item's result, made when it is asked for."""
    return map(function, items)


@contextmanager
def workers(jobs: int, tasks: int) -> Iterator[Mapped]:
    """A ``map`` that uses up to ``jobs`` processes for about so many tasks, under the profile in use.

    Items are asked for as results are taken, so that no more than a few are in memory at a time. What it is given must be picklable where
    ``jobs`` is above 1. Processes are started anew (spawned), for the store has threads. Raises CrossCityError where one of them is killed.

    >>> with workers(1, 3) as mapped:
    ...     list(mapped(len, ["a", "bb"]))
    [1, 2]
    """
    processes = min(jobs, tasks // _WORTH)
    if processes < 2:
        yield in_turn
        return
    context = multiprocessing.get_context("spawn")
    started = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(profiles.current().text,))

    def mapped(function: Callable[[Item], Result], items: Iterable[Item], /, *, at_once: int = 8) -> Iterator[Result]:
        source, waiting = iter(items), deque[Future[list[Result]]]()
        try:
            while handful := tuple(islice(source, at_once)):
                waiting.append(started.submit(_each, function, handful))
                if len(waiting) >= processes * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise CrossCityError("a process that read minutes was killed, for want of memory perhaps; try again with --jobs 1") from error

    with started:
        try:
            yield mapped
        except BaseException:
            started.shutdown(cancel_futures=True)
            raise


def _begin(profile: str) -> None:
    """Have the profile of the process that began this one in use."""
    profiles.use(profiles.parse(profile, profiles.USUAL))


def _each(function: Callable[[Item], Result], items: tuple[Item, ...]) -> list[Result]:
    return list(map(function, items))
