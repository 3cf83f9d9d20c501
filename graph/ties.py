"""Lives of cases that one series of meetings treats go in, how it ties each pair of bodies together comes out.

What the series of a store tell of a pair adds up to all of it: each case counts where it began, each meeting in its own series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from graph.lives import Life


@dataclass(frozen=True, slots=True)
class Tie:
    """Two bodies (paths, in order) that work on the same cases.

    ``cases`` (IRIs) are those that began in the series, ``weight`` is the sum of their shares by Newman's rule, ``meetings`` is how many of
    the series' own meetings treated any case of the two, wherever it began.
    """

    bodies: tuple[str, str]
    cases: tuple[str, ...]
    weight: Fraction
    meetings: int


@dataclass(slots=True)
class _Shared:
    cases: list[str] = field(default_factory=list)
    weight: Fraction = Fraction(0)
    meetings: set[str] = field(default_factory=set)


def find_ties(lives: Iterable[Life], series: str, meetings: Iterable[str]) -> Iterator[Tie]:
    """The ties of a series, by bodies; ``lives`` are those of all cases that its meetings (IRIs) treat."""
    own = frozenset(meetings)
    shared: defaultdict[tuple[str, str], _Shared] = defaultdict(_Shared)
    for life in sorted(lives, key=lambda life: life.iri):
        held = own & {event.meeting for event in life.events}
        for pair in _pairs(life.bodies):
            shared[pair].meetings |= held
            if life.home == series:
                shared[pair].cases.append(life.iri)
                shared[pair].weight += Fraction(1, len(life.bodies) - 1)
    for pair, found in sorted(shared.items()):
        yield Tie(pair, tuple(found.cases), found.weight, len(found.meetings))


def _pairs(bodies: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of bodies; a body and the one it belongs to are none."""
    return ((a, b) for a, b in combinations(sorted(bodies), 2) if not b.startswith(f"{a}/"))


def standing(paths: Iterable[str]) -> tuple[str, ...]:
    """The bodies that stand for a case: of those it names, all but governments that it names a body of.

    >>> standing(["甲市政府", "甲市政府/教育局", "甲市政府/教育局/某科", "乙市政府"])
    ('乙市政府', '甲市政府/教育局', '甲市政府/教育局/某科')
    """
    named = sorted(set(paths))
    governing = {path.partition("/")[0] for path in named if "/" in path}
    return tuple(path for path in named if path not in governing)
