"""Cases go in, how they are related comes out: which grew out of another, went back into it, or shares a named thing with it.

The evidence is a run of rare characters of one case's title in the *ruling* on another case of the same group:

::

    酷課…  ──●──────────●──────────●──      ruling: 請研議圖書館電子書…          (splits-from: the meeting before)
               ╲                 ╱
    圖書館電子書   ●─── gone ────╯           ruling: …與圖書館介接…               (merges-into: after it is gone)

Where the ruling itself says so (併入「酷課…」案), the relation is stated; else it is a rule's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph.cases import Case
from graph.facts import Held, Treated
from graph.judged import Kind
from graph.resemblance import Profiler, rules, windows

Basis: TypeAlias = Literal["stated", "rule", "judged"]
_PART: Final = 3
_CLAUSE: Final = re.compile(r"[。;；\n]")


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """A tie between two cases (places in the list of cases): from an event of the one to an event of the other.

    ``evidence`` are passages by IRI: the ruling that speaks of the other case, and the words that name it.
    """

    case: int
    kind: Kind
    from_event: str
    to_event: str
    basis: Basis
    evidence: tuple[str, ...]


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
            said = set(_stated(cases, this, other, events, titles, profiler))
            found.update(said or _between(cases, this, other, events, place))
    return tuple(sorted(found))


def _places(meetings: Iterable[Held]) -> dict[str, tuple[str, int]]:
    """Each meeting's group, and which of its meetings it is."""
    counted: Counter[str] = Counter()
    places: dict[str, tuple[str, int]] = {}
    for meeting in meetings:
        places[meeting.iri] = (meeting.series, counted[meeting.series])
        counted[meeting.series] += 1
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


def _stated(
    cases: Sequence[Case],
    this: int,
    other: int,
    events: Sequence[tuple[Treated, int]],
    titles: Sequence[frozenset[str]],
    profiler: Profiler,
) -> Iterator[Relation]:
    """What the rulings on ``other`` themselves say of it and ``this``: that one went into the other, or came out of it.

    The title of ``this`` stands before the words that say so where it is the one that moves (「Y案併入本案」), behind them where
    ``other`` is (「本案併入Y案」); of splitting the other way round (「本案自Y案分出」, 「另立Y案」).
    """
    least, words = rules().thresholds["relation_parts"], rules().relations
    for event, shared in events:
        for clause in _CLAUSE.split(event.ruling) if shared >= least else ():
            for kind, pattern in words.items():
                for found in pattern.finditer(clause):
                    before, after = (
                        len(titles[this] & set(_parts(part, profiler))) for part in (clause[: found.start()], clause[found.end() :])
                    )
                    if max(before, after) >= least:
                        yield _relation(cases, kind, this, other, event, moves=before > after)


def _relation(cases: Sequence[Case], kind: Kind, this: int, other: int, event: Treated, *, moves: bool) -> Relation:
    """The relation that the ruling on ``other`` at ``event`` states; ``moves`` tells that ``this`` stands before the words."""
    nearest = _nearest(cases[this], event)
    evidence = (event.passage, surface(nearest))
    if kind == "merges-into":
        mover, ends = (this, (nearest, event)) if moves else (other, (event, nearest))
    else:
        mover, ends = (other, (nearest, event)) if moves else (this, (event, nearest))
    return Relation(mover, kind, ends[0].iri, ends[1].iri, "stated", evidence)


def _nearest(case: Case, event: Treated) -> Treated:
    """The case's event at the same meeting, else its last before, else its first; events of a case come by time."""
    same = [own for own in case.events if own.meeting == event.meeting]
    return same[0] if same else case.events[-1]


def surface(event: Treated) -> str:
    """The passage of the words that name the case, by IRI."""
    return f"{event.document}#char={event.start},{event.end}"


def _between(
    cases: Sequence[Case], this: int, other: int, events: Sequence[tuple[Treated, int]], place: Mapping[str, tuple[str, int]]
) -> Iterator[Relation]:
    """What the rulings on ``other`` that speak of ``this`` say of the two: split and merged, or related, or nothing."""
    least = rules().thresholds["relation_parts"]
    first, last = cases[this].events[0], cases[this].events[-1]
    begins, ends = place[first.meeting][1], place[last.meeting][1]
    before = [event for event, shared in events if shared >= least and place[event.meeting][1] == begins - 1]
    if before:
        yield _by_rule(this, "splits-from", (before[-1], first), before[-1])
        after = [event for event, _ in events if place[event.meeting][1] > ends]
        if after and cases[this].events[-1].outcome not in ("delisted", "delist-requested"):
            yield _by_rule(this, "merges-into", (last, after[0]), after[0])
        return
    strong = [event for event, shared in events if shared >= least and place[event.meeting][1] <= begins]
    if strong:
        yield _by_rule(this, "related", (strong[-1], first), strong[-1])


def _by_rule(case: int, kind: Kind, ends: tuple[Treated, Treated], speaks: Treated) -> Relation:
    """A relation that rests on the ruling at one of its ends and the words that name the case at the other."""
    named = next(end for end in ends if end is not speaks)
    return Relation(case, kind, ends[0].iri, ends[1].iri, "rule", (speaks.passage, surface(named)))
