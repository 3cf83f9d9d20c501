"""A function and many arguments go in, its results come out in their order: of one process, or of several where that pays."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Final, Protocol, TypeVar

from ontology import profiles

_WORTH: Final = 64  # tasks a process: with fewer, starting it takes longer than it saves
_AT_ONCE: Final = 8  # tasks that are handed over together

Result = TypeVar("Result")


class Mapped(Protocol):
    """What ``map`` does: each call's result, in the order of the arguments."""

    def __call__(self, function: Callable[..., Result], /, *arguments: Iterable[object]) -> Iterable[Result]:
        """The results."""


def in_turn(function: Callable[..., Result], /, *arguments: Iterable[object]) -> Iterable[Result]:
    """Each call's result, made when it is asked for."""
    return map(function, *arguments)


@contextmanager
def workers(jobs: int, tasks: int) -> Iterator[Mapped]:
    """A ``map`` that uses up to ``jobs`` processes for about so many tasks, under the profile in use.

    What it is given must be picklable where ``jobs`` is above 1. Processes are started anew (spawned), for the store has threads.

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

    def mapped(function: Callable[..., Result], /, *arguments: Iterable[object]) -> Iterable[Result]:
        return started.map(function, *arguments, chunksize=_AT_ONCE)

    with started:
        yield mapped


def _begin(profile: str) -> None:
    """Have the profile of the process that began this one in use."""
    profiles.use(profiles.parse(profile, profiles.USUAL))
