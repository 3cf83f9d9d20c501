"""Cases go in, how they are related comes out: which grew out of another, went back into it, or shares a named thing with it.

The evidence is a run of rare characters of one case's title in the *ruling* on another case of the same group:

::

    酷課…  ──●──────────●──────────●──      ruling: 請研議圖書館電子書…          (splits-from: the meeting before)
               ╲                 ╱
    圖書館電子書   ●─── gone ────╯           ruling: …與圖書館介接…               (merges-into: after it is gone)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from graph.cases import Case
from graph.facts import Held, Treated
from graph.resemblance import Profiler, rules, windows

Kind: TypeAlias = Literal["splits-from", "merges-into", "related"]
_PART = 3


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """A tie between two cases (places in the list of cases): from an event of the one to an event of the other."""

    case: int
    kind: Kind
    from_event: str
    to_event: str


def relate(cases: Sequence[Case], meetings: Sequence[Held], profiler: Profiler) -> tuple[Relation, ...]:
    """The relations of all cases, sorted. ``meetings`` come in the order of time; only cases of one group are related.

    The cost is linear in the length of titles and rulings.
    """
    place = _places(meetings)
    titles = [frozenset(part for title in case.titles for part in _parts(title, profiler)) for case in cases]
    holders = _holders(titles)
    spoken = _spoken(cases, titles, holders, profiler)
    found: set[Relation] = set()
    for (this, other), events in sorted(spoken.items()):
        if place[cases[this].events[0].meeting][0] == place[cases[other].events[0].meeting][0]:
            found.update(_between(cases, this, other, events, place))
    return tuple(sorted(found))


def _places(meetings: Iterable[Held]) -> dict[str, tuple[str, int]]:
    """Each meeting's group, and which of its meetings it is."""
    counted: Counter[str] = Counter()
    places: dict[str, tuple[str, int]] = {}
    for meeting in meetings:
        places[meeting.iri] = (meeting.group, counted[meeting.group])
        counted[meeting.group] += 1
    return places


def _parts(words: str, profiler: Profiler) -> Iterator[str]:
    """All parts of three characters within the runs of some words that tell what they are about."""
    for run in profiler.runs(words):
        if not run.isascii():
            yield from windows(run, _PART)


def _holders(titles: Sequence[frozenset[str]]) -> dict[str, tuple[int, ...]]:
    """The cases whose titles hold each part; one that many cases share tells none of them from the others and is left out."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for case, parts in enumerate(titles):
        for part in sorted(parts):
            holders[part].append(case)
    most = rules().thresholds["relation_holders"]
    return {part: tuple(held) for part, held in holders.items() if len(held) <= most}


def _spoken(
    cases: Sequence[Case], titles: Sequence[frozenset[str]], holders: Mapping[str, tuple[int, ...]], profiler: Profiler
) -> dict[tuple[int, int], list[tuple[Treated, int]]]:
    """By (case spoken of, case whose ruling speaks): the events that do, each with the number of parts shared."""
    spoken: defaultdict[tuple[int, int], list[tuple[Treated, int]]] = defaultdict(list)
    for other, case in enumerate(cases):
        for event in case.events:
            counted: Counter[int] = Counter()
            for part in set(_parts(event.ruling, profiler)) - titles[other]:
                counted.update(this for this in holders.get(part, ()) if this != other)
            for this, shared in counted.items():
                spoken[this, other].append((event, shared))
    return spoken


def _between(
    cases: Sequence[Case], this: int, other: int, events: Sequence[tuple[Treated, int]], place: Mapping[str, tuple[str, int]]
) -> Iterator[Relation]:
    """What the rulings on ``other`` that speak of ``this`` say of the two: split and merged, or related, or nothing."""
    least = rules().thresholds["relation_parts"]
    first, last = cases[this].events[0], cases[this].events[-1]
    begins, ends = place[first.meeting][1], place[last.meeting][1]
    before = [event for event, shared in events if shared >= least and place[event.meeting][1] == begins - 1]
    if before:
        yield Relation(this, "splits-from", before[-1].iri, first.iri)
        after = [event for event, _ in events if place[event.meeting][1] > ends]
        if after and cases[this].events[-1].outcome not in ("delisted", "delist-requested"):
            yield Relation(this, "merges-into", last.iri, after[0].iri)
        return
    strong = [event for event, shared in events if shared >= least and place[event.meeting][1] <= begins]
    if strong:
        yield Relation(this, "related", strong[-1].iri, first.iri)
