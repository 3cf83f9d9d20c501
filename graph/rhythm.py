"""Meetings go in, quarters of each group come out: how many meetings each held, the empty ones too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.facts import Held


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year in a group's life; ``name`` is like 2019-Q1."""

    group: str
    name: str
    meetings: int


def quarters(meetings: Iterable[Held]) -> tuple[Quarter, ...]:
    """Every quarter from each group's first to its last dated meeting."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for meeting in meetings:
        if meeting.group and len(meeting.date) >= 7:
            counts[meeting.group][_number(meeting.date)] += 1
    return tuple(
        Quarter(group, _name(number), held[number]) for group, held in sorted(counts.items()) for number in range(min(held), max(held) + 1)
    )


def _number(date: str) -> int:
    """Quarters since the year 0.

    >>> _name(_number("2019-12-31")), _name(_number("2019-12-31") + 1)
    ('2019-Q4', '2020-Q1')
    """
    return int(date[:4]) * 4 + (int(date[5:7]) - 1) // 3


def _name(number: int) -> str:
    return f"{number // 4}-Q{number % 4 + 1}"
