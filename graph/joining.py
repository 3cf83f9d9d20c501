"""Cases of the groups of one platform go in, which of them are one case treated by several groups comes out, and why.

A case goes from a working group up to the deputy mayors and comes back. The title alone never joins: the one group must have passed the
case on to the other's level, or both involve the same bureau, or treat it near in time. A group's own cases are never joined through
another's, for it keeps them apart itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.cases import Grounds, Possible
from graph.judged import UNJUDGED, Judged
from graph.resemblance import Likeness, Profile, Profiler, Rarity, compare, differ, rules, shared_words
from graph.strands import Besides, Strand


@dataclass(frozen=True, slots=True)
class _Pair:
    score: float
    one: int
    other: int
    grounds: Grounds
    judged: bool
    fits: bool  # the titles do not each name something of their own


def join(
    strands: Sequence[Strand], profiler: Profiler, besides: Callable[[Strand], Besides], judged: Judged = UNJUDGED
) -> tuple[tuple[tuple[int, ...], ...], dict[str, Grounds], tuple[Possible, ...]]:
    """Places of the strands that are one case, each case's by time; the grounds by the later strand's first event; and what may be one.

    ``besides`` says what else than its titles a strand tells. Only strands of different groups that share a rare pair of characters in
    their titles are compared.
    """
    profiles = [[profiler.profile(title) for title in strand.titles] for strand in strands]
    rarity = Rarity(profile for each in profiles for profile in each)
    pairs = sorted(
        (*_judged_pairs(strands, profiles, rarity, judged), *_alike(strands, profiles, rarity, besides)),
        key=lambda pair: (not pair.judged, -pair.score, strands[pair.one].begins, strands[pair.other].begins),
    )
    cases: dict[int, tuple[int, ...]] = {at: (at,) for at in range(len(strands))}
    grounds: dict[str, Grounds] = {}
    possible: list[Possible] = []
    for pair in pairs:
        if cases[pair.one] == cases[pair.other]:
            continue
        places = tuple(sorted({*cases[pair.one], *cases[pair.other]}, key=lambda at: strands[at].begins))
        together = [strands[at] for at in places]
        first, second = sorted((strands[pair.one], strands[pair.other]), key=lambda strand: strand.begins)
        one_case = pair.judged or (_enough(pair) and _may_be_one(together, [profiles[at] for at in places]))
        if one_case and not _kept_apart(together, judged):
            cases.update(dict.fromkeys(places, places))
            grounds[second.events[0]] = pair.grounds
        elif not _kept_apart([first, second], judged):
            possible.append(Possible(first.events[-1], second.events[0], pair.grounds))
    return tuple(sorted(set(cases.values()))), grounds, tuple(possible)


def _enough(pair: _Pair) -> bool:
    return pair.fits and pair.score >= rules().thresholds["merge_across"] and len(pair.grounds.reasons) > 1


def _may_be_one(together: Sequence[Strand], profiles: Sequence[Sequence[Profile]]) -> bool:
    """Whether all are of different groups, and no title of one states a difference from another's."""
    if len({strand.series for strand in together}) < len(together):
        return False
    listed = [(at, profile) for at, each in enumerate(profiles) for profile in each]
    return not any(differ(one, other) for at, one in listed for place, other in listed if at < place)


def _kept_apart(together: Sequence[Strand], judged: Judged) -> bool:
    events = {event for strand in together for event in strand.events}
    return any(not judged.apart_from(event).isdisjoint(events) for event in events)


def _judged_pairs(strands: Sequence[Strand], profiles: Sequence[Sequence[Profile]], rarity: Rarity, judged: Judged) -> Iterator[_Pair]:
    place = {event: at for at, strand in enumerate(strands) for event in strand.events}
    for event, at in place.items():
        for other in sorted(judged.same_as(event)):
            if other in place and place[other] > at:
                likeness, mine, theirs = _most_alike(profiles[at], profiles[place[other]], rarity)
                grounds = Grounds(likeness.score, shared_words(mine, theirs), ("judged",))
                yield _Pair(likeness.score, at, place[other], grounds, judged=True, fits=True)


def _alike(
    strands: Sequence[Strand], profiles: Sequence[Sequence[Profile]], rarity: Rarity, besides: Callable[[Strand], Besides]
) -> Iterator[_Pair]:
    """Strands of different groups that are alike enough to be joined or put before a person."""
    thresholds = rules().thresholds
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, strand in enumerate(strands):
        grams = frozenset[str]().union(*(profile.grams for profile in profiles[at]))
        for other in _candidates(grams, holders, rarity):
            if strands[other].series == strand.series or _may_not_be_one(profiles[at], profiles[other]):
                continue
            likeness, mine, theirs = _most_alike(profiles[at], profiles[other], rarity)
            score = likeness.score
            if score >= thresholds["queue_across"]:
                reasons = ("title", *_evidence(strands[other], strand, besides))
                fits = likeness.apart <= thresholds["apart"]
                yield _Pair(score, other, at, Grounds(score, shared_words(mine, theirs), reasons), judged=False, fits=fits)
        for gram in grams:
            holders[gram].append(at)


def _candidates(grams: Iterable[str], holders: defaultdict[str, list[int]], rarity: Rarity) -> list[int]:
    """The strands before that have most of the rarest pairs of characters."""
    known = sorted((rarity.count(gram), gram) for gram in grams if gram in holders)
    keys = [gram for _, gram in known[: rules().keys] if len(holders[gram]) <= rules().reach]
    found = Counter(at for gram in keys for at in holders[gram])
    fit = sorted((-hits, -at) for at, hits in found.items() if hits * 2 >= len(keys))
    return [-at for _, at in fit[: rules().tries]]


def _may_not_be_one(one: Iterable[Profile], other: Sequence[Profile]) -> bool:
    return any(differ(mine, theirs) for mine in one for theirs in other)


def _most_alike(one: Iterable[Profile], other: Sequence[Profile], rarity: Rarity) -> tuple[Likeness, Profile, Profile]:
    """How alike the two most alike titles are, not at all where they share too little, and the two."""
    pairs = ((_likeness(mine, theirs, rarity), mine, theirs) for mine in one for theirs in other)
    return max(pairs, key=lambda found: (found[0].score, -found[0].apart))


def _likeness(one: Profile, other: Profile, rarity: Rarity) -> Likeness:
    found = compare(one, other, rarity)
    return found if found.shared >= rules().thresholds["shared"] else Likeness(0.0, found.shared, found.apart)


def _evidence(one: Strand, other: Strand, besides: Callable[[Strand], Besides]) -> Iterator[str]:
    """What speaks for one case besides the title."""
    mine, theirs = besides(one), besides(other)
    if one.level in theirs.levels or other.level in mine.levels:
        yield "escalated"
    if not mine.bureaus.isdisjoint(theirs.bureaus):
        yield "same-bureau"
    if _days_between(one, other) <= rules().thresholds["days_across"]:
        yield "near-in-time"


def _days_between(one: Strand, other: Strand) -> float:
    """Days from the end of the one that ends first to the other's beginning; 0 where they overlap, endless where a date isn't known."""
    first, second = sorted((one, other), key=lambda strand: strand.dates)
    if len(first.dates[1]) < 10 or len(second.dates[0]) < 10:
        return float("inf")
    return max(0, (date.fromisoformat(second.dates[0]) - date.fromisoformat(first.dates[1])).days)
