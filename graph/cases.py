"""Case events go in, cases come out: which events of which meetings are treatments of one case, and which may be.

Meetings are taken in the order of time. Each event goes to the case that its title is most like, if it is like enough; a meeting's
events never share a case unless their titles are equal, for listing two is the minutes' own way of saying that they differ.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from graph.facts import Held, Treated
from graph.resemblance import Profile, Profiler, Rarity, compare, differ, rules

_FRESH = ("new-proposal", "extempore")
_CLOSED = "delisted"


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its events in the order of time, and its titles, the best first.

    ``possibly`` are places, in the list of cases, of those that it may be the same as and was not merged with.
    """

    events: tuple[Treated, ...]
    titles: tuple[str, ...]
    possibly: tuple[int, ...]


@dataclass(slots=True)
class _Growing:
    """A case while events are added to it."""

    platform: str
    group: str
    events: list[Treated] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)
    possibly: set[int] = field(default_factory=set)
    last: int = -1  # which of its group's meetings treated it last

    @property
    def open(self) -> bool:
        return self.events[-1].outcome != _CLOSED


class _Match(NamedTuple):
    score: float
    at: int  # the event's place in its meeting
    case: int
    same: bool  # the title is one of the case's own


def resolve(meetings: Sequence[Held], events: Iterable[Treated], profiler: Profiler) -> tuple[Case, ...]:
    """The cases that the events treat, in the order of their first events. ``meetings`` and ``events`` come in the order of time."""
    listed = tuple(events)
    profiles = {event.iri: profiler.profile(event.title) for event in listed}
    grown = _Resolver(Rarity(profiles.values()), profiles).run({held.iri: held for held in meetings}, listed)
    return tuple(Case(tuple(case.events), _titles(case.events, profiles), tuple(sorted(case.possibly))) for case in grown)


def _titles(events: Sequence[Treated], profiles: Mapping[str, Profile]) -> tuple[str, ...]:
    """The titles of a case, those that differ in punctuation only once: the one used most leads, of those the longest, the first."""
    counts = Counter(event.title for event in events)
    ranked = sorted(counts, key=lambda title: (-counts[title], -len(title)))  # stable: a Counter keeps the order of time
    plain = {event.title: profiles[event.iri].title for event in events}
    return tuple({plain[title]: title for title in reversed(ranked)}.values())[::-1]


class _Resolver:
    def __init__(self, rarity: Rarity, profiles: Mapping[str, Profile]) -> None:
        self._rarity = rarity
        self._profiles = profiles
        self._cases: list[_Growing] = []
        self._by_gram: defaultdict[str, list[int]] = defaultdict(list)
        self._by_title: defaultdict[str, list[int]] = defaultdict(list)

    def run(self, meetings: Mapping[str, Held], events: Sequence[Treated]) -> list[_Growing]:
        held_so_far: Counter[str] = Counter()
        for iri, together in groupby(events, key=lambda event: event.meeting):
            held = meetings[iri]
            self._meeting(held, held_so_far[held.group], list(together))
            held_so_far[held.group] += 1
        return self._cases

    def _meeting(self, held: Held, number: int, events: list[Treated]) -> None:
        """Give each event of one meeting its case; ``number`` counts the group's meetings that treat cases."""
        matches = sorted(
            (match for at, event in enumerate(events) for match in self._matches(event, at, held, number)),
            key=lambda match: (not match.same, -match.score, match.at, match.case),
        )
        best: dict[int, list[_Match]] = defaultdict(list)
        for match in matches:
            best[match.at].append(match)
        chosen: dict[int, int] = {}
        title_of: dict[int, str] = {}
        for match in matches:
            title = self._profiles[events[match.at].iri].title
            if match.at in chosen or title_of.get(match.case, title) != title:
                continue
            if match.score >= self._threshold(events[match.at], held, match) and not _rivals(match, best[match.at], title_of):
                chosen[match.at] = match.case
                title_of[match.case] = title
        fresh: dict[str, int] = {}
        for at, event in enumerate(events):
            title = self._profiles[event.iri].title
            case = chosen.get(at, fresh.get(title) if title else None)
            if case is None:
                case = len(self._cases)
                self._cases.append(_Growing(held.platform, held.group))
                self._cases[case].possibly.update(match.case for match in best[at] if match.case not in title_of)
                fresh[title] = case
            self._add(event, case, number)

    def _matches(self, event: Treated, at: int, held: Held, number: int) -> Iterator[_Match]:
        """The earlier cases of the platform that an event may treat, with how well each fits."""
        profile = self._profiles[event.iri]
        for number_of_case in self._candidates(profile, held):
            case = self._cases[number_of_case]
            if any(differ(profile, known) for known in case.profiles.values()):
                continue
            likeness = max((compare(profile, known, self._rarity) for known in case.profiles.values()), key=lambda like: like.score)
            if likeness.score < 1.0 and likeness.shared < rules().thresholds["shared"]:
                continue
            score = likeness.score + self._continuity(event, case, held, number)
            if score >= rules().thresholds["queue"]:
                yield _Match(score, at, number_of_case, profile.title in case.profiles)

    def _candidates(self, profile: Profile, held: Held) -> list[int]:
        """Cases of the platform with the same title or one of the title's rarest pairs; common pairs lead to too many to help.

        A case of another group must have half of those pairs, for only much the same title speaks for it; bodies that name no platform
        share nothing.
        """
        found = Counter[int]()
        shared = sorted((self._rarity.count(gram), gram) for gram in profile.grams if self._by_gram.get(gram))
        keys = [gram for _, gram in shared[: rules().keys] if len(self._by_gram[gram]) <= rules().reach]
        for gram in keys:
            found.update(self._by_gram[gram])
        if profile.title:
            found.update(dict.fromkeys(self._by_title[profile.title], len(keys) + 1))
        fit = [(-hits, -number) for number, hits in found.items() if self._may_share(self._cases[number], held, hits, len(keys))]
        return [-number for _, number in sorted(fit)[: rules().tries]]

    def _may_share(self, case: _Growing, held: Held, hits: int, keys: int) -> bool:
        """Whether a meeting may treat the case: one of its own group, or one of its platform whose title is much the same."""
        if held.group and case.group == held.group:
            return True
        return held.platform != "" and case.platform == held.platform and hits * 2 >= keys

    def _continuity(self, event: Treated, case: _Growing, held: Held, number: int) -> float:
        if not held.group or case.group != held.group or case.last != number - 1 or not case.open or event.section in _FRESH:
            return 0.0
        weights = rules().weights
        same_item = event.item != "" and event.item == case.events[-1].item
        return weights["continuing"] + (weights["same_item"] if same_item else 0.0)

    def _threshold(self, event: Treated, held: Held, match: _Match) -> float:
        thresholds = rules().thresholds
        if self._cases[match.case].group != held.group or not held.group:
            return thresholds["merge_across"]
        return thresholds["merge_new"] if event.section in _FRESH else thresholds["merge"]

    def _add(self, event: Treated, number_of_case: int, number: int) -> None:
        case, profile = self._cases[number_of_case], self._profiles[event.iri]
        case.events.append(event)
        case.last = number
        if profile.title in case.profiles:
            return
        known = set().union(*(other.grams for other in case.profiles.values()))
        for gram in profile.grams - known:
            self._by_gram[gram].append(number_of_case)
        self._by_title[profile.title].append(number_of_case)
        case.profiles[profile.title] = profile


def _rivals(match: _Match, others: Iterable[_Match], taken: Mapping[int, str]) -> bool:
    """Whether another case fits the same event almost as well, so that a person must choose; a case that is taken is no rival."""
    if match.same:
        return False
    near = match.score - rules().thresholds["margin"]
    return any(other.case != match.case and other.case not in taken and near < other.score for other in others)
