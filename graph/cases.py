"""Case events of one group go in, cases come out: which events of which meetings are treatments of one case, and which may be.

Meetings are taken in the order of time. Each event goes to the case that its title is most like, if it is like enough; a meeting's
events never share a case unless their titles are equal, for listing two is the minutes' own way of saying that they differ. What
people decided comes before all that.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from graph.facts import Treated
from graph.judged import UNJUDGED, Judged
from graph.resemblance import Profile, Profiler, Rarity, compare, differ, rules, shared_words

_FRESH: Final = ("new-proposal", "extempore")
_CLOSED: Final = "delisted"
_CERTAIN: Final = 2.0  # more than any likeness


@dataclass(frozen=True, slots=True, order=True)
class Grounds:
    """Why two case events are, or may be, of one case: how alike their titles are (0 to 1), the words shared, and what else speaks for it.

    ``reasons`` are title, same-group, meeting-before, same-item; of two groups escalated, same-bureau, near-in-time; or judged.
    """

    likeness: float
    shared: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """Two case events (IRIs, the earlier first) whose cases may be one, for a person to decide."""

    first: str
    second: str
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its events in the order of time, and its titles, the best first.

    ``grounds`` tell for each event after the first why it is of this case.
    """

    events: tuple[Treated, ...]
    titles: tuple[str, ...]
    grounds: Mapping[str, Grounds]

    def digest(self, dates: Mapping[str, str], bodies: Iterable[str]) -> str:
        """A digest of all that the group's minutes tell of the case; ``dates`` are those of their meetings, ``bodies`` those involved."""
        on = [dates[event.meeting] for event in self.events]
        told = f"{self.events}\0{sorted(self.grounds.items())}\0{on}\0{sorted(bodies)}"
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(slots=True)
class _Growing:
    """A case while events are added to it."""

    events: list[Treated] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)
    grounds: dict[str, Grounds] = field(default_factory=dict)
    last: int = -1  # which of the group's meetings treated it last

    @property
    def open(self) -> bool:
        return self.events[-1].outcome != _CLOSED


class _Match(NamedTuple):
    score: float
    at: int  # the event's place in its meeting
    case: int
    same: bool  # the title is one of the case's own, or a person decided so
    likeness: float
    known: Profile  # the title of the case that it is most like
    reasons: tuple[str, ...]
    fits: bool  # the titles do not each name something of their own

    def grounds(self, profile: Profile) -> Grounds:
        return Grounds(self.likeness, shared_words(profile, self.known), self.reasons)


def resolve(events: Iterable[Treated], profiler: Profiler, judged: Judged = UNJUDGED) -> tuple[tuple[Case, ...], tuple[Possible, ...]]:
    """The cases that one group's events treat, in the order of their first events, and those that may be one.

    ``events`` come in the order of time. How rare a word is, is told by the group's own titles.
    """
    listed = tuple(events)
    profiles = {event.iri: profiler.profile(event.title) for event in listed}
    resolver = _Resolver(Rarity(profiles.values()), profiles, judged)
    grown = resolver.run(listed)
    cases = tuple(Case(tuple(case.events), order_titles(case.events, profiler), case.grounds) for case in grown)
    return cases, tuple(resolver.possible)


def order_titles(events: Sequence[Treated], profiler: Profiler) -> tuple[str, ...]:
    """The titles of a case, those that differ in punctuation only once: the one used most leads, of those the longest, the first."""
    counts = Counter(event.title for event in events)
    ranked = sorted(counts, key=lambda title: (-counts[title], -len(title)))  # stable: a Counter keeps the order of time
    return tuple({profiler.profile(title).title: title for title in reversed(ranked)}.values())[::-1]


class _Resolver:
    def __init__(self, rarity: Rarity, profiles: Mapping[str, Profile], judged: Judged) -> None:
        self._rarity = rarity
        self._profiles = profiles
        self._judged = judged
        self._cases: list[_Growing] = []
        self._case_of: dict[str, int] = {}
        self._by_gram: defaultdict[str, list[int]] = defaultdict(list)
        self._by_title: defaultdict[str, list[int]] = defaultdict(list)
        self.possible: list[Possible] = []

    def run(self, events: Sequence[Treated]) -> list[_Growing]:
        for number, (_, together) in enumerate(groupby(events, key=lambda event: event.meeting)):
            self._meeting(number, list(together))
        return self._cases

    def _meeting(self, number: int, events: list[Treated]) -> None:
        """Give each event of one meeting its case; ``number`` counts the group's meetings that treat cases."""
        matches = sorted(
            (match for at, event in enumerate(events) for match in self._matches(event, at, number)),
            key=lambda match: (not match.same, -match.score, match.at, match.case),
        )
        best: dict[int, list[_Match]] = defaultdict(list)
        for match in matches:
            best[match.at].append(match)
        chosen: dict[int, _Match] = {}
        title_of: dict[int, str] = {}
        for match in matches:
            title = self._profiles[events[match.at].iri].title
            decided = match.score == _CERTAIN
            if match.at in chosen or (title_of.get(match.case, title) != title and not decided):
                continue
            if decided or (match.fits and match.score >= _threshold(events[match.at]) and not _rivals(match, best[match.at], title_of)):
                chosen[match.at] = match
                title_of[match.case] = title
        fresh: dict[str, int] = {}
        for at, event in enumerate(events):
            title = self._profiles[event.iri].title
            if (taken := chosen.get(at)) is not None:
                self._cases[taken.case].grounds[event.iri] = taken.grounds(self._profiles[event.iri])
                self._add(event, taken.case, number)
                continue
            case = self._decided(event) if title not in fresh else fresh[title] if title else None
            if case is None or self._apart(event, self._cases[case]):
                case = len(self._cases)
                self._cases.append(_Growing())
                self._ask(event, [match for match in best[at] if match.case not in title_of])
                fresh[title] = case
            else:
                self._cases[case].grounds[event.iri] = Grounds(1.0, (event.title,), ("title", "same-group"))
            self._add(event, case, number)

    def _ask(self, event: Treated, matches: Iterable[_Match]) -> None:
        for match in matches:
            grounds = match.grounds(self._profiles[event.iri])
            self.possible.append(Possible(self._cases[match.case].events[-1].iri, event.iri, grounds))

    def _decided(self, event: Treated) -> int | None:
        """The case that a person put the event into."""
        return min((self._case_of[other] for other in self._judged.same_as(event.iri) if other in self._case_of), default=None)

    def _apart(self, event: Treated, case: _Growing) -> bool:
        apart = self._judged.apart_from(event.iri)
        return bool(apart) and any(known.iri in apart for known in case.events)

    def _matches(self, event: Treated, at: int, number: int) -> Iterator[_Match]:
        """The earlier cases that an event may treat, with how well each fits."""
        profile = self._profiles[event.iri]
        decided = self._decided(event)
        for place in self._candidates(profile) if decided is None else [decided]:
            case = self._cases[place]
            if self._apart(event, case):
                continue
            if decided is None and any(differ(profile, other) for other in case.profiles.values()):
                continue
            compared = ((compare(profile, known, self._rarity), known) for known in case.profiles.values())
            likeness, known = max(compared, key=lambda found: found[0].score)
            if decided is not None:
                yield _Match(_CERTAIN, at, place, True, likeness.score, known, ("judged",), True)
                continue
            if likeness.score < 1.0 and likeness.shared < rules().thresholds["shared"]:
                continue
            bonus, continuity = self._continuity(event, case, number)
            if (score := likeness.score + bonus) >= rules().thresholds["queue"]:
                reasons = ("title", "same-group", *continuity)
                apart = rules().thresholds["apart_open" if continuity else "apart"]
                yield _Match(score, at, place, profile.title in case.profiles, likeness.score, known, reasons, likeness.apart <= apart)

    def _candidates(self, profile: Profile) -> list[int]:
        """Cases with the same title or one of the title's rarest pairs; common pairs lead to too many to help."""
        found = Counter[int]()
        shared = sorted((self._rarity.count(gram), gram) for gram in profile.grams if self._by_gram.get(gram))
        keys = [gram for _, gram in shared[: rules().keys] if len(self._by_gram[gram]) <= rules().reach]
        for gram in keys:
            found.update(self._by_gram[gram])
        if profile.title:
            found.update(dict.fromkeys(self._by_title[profile.title], len(keys) + 1))
        fit = sorted((-hits, -place) for place, hits in found.items())
        return [-place for _, place in fit[: rules().tries]]

    def _continuity(self, event: Treated, case: _Growing, number: int) -> tuple[float, tuple[str, ...]]:
        """What it adds that the case was open on the list of the meeting before, and why."""
        if case.last != number - 1 or not case.open or event.section in _FRESH:
            return 0.0, ()
        weights = rules().weights
        if event.item and event.item == case.events[-1].item:
            return weights["continuing"] + weights["same_item"], ("meeting-before", "same-item")
        return weights["continuing"], ("meeting-before",)

    def _add(self, event: Treated, place: int, number: int) -> None:
        case, profile = self._cases[place], self._profiles[event.iri]
        case.events.append(event)
        case.last = number
        self._case_of[event.iri] = place
        if profile.title in case.profiles:
            return
        known = set().union(*(other.grams for other in case.profiles.values()))
        for gram in profile.grams - known:
            self._by_gram[gram].append(place)
        self._by_title[profile.title].append(place)
        case.profiles[profile.title] = profile


def _threshold(event: Treated) -> float:
    return rules().thresholds["merge_new" if event.section in _FRESH else "merge"]


def _rivals(match: _Match, others: Iterable[_Match], taken: Mapping[int, str]) -> bool:
    """Whether another case fits the same event almost as well, so that a person must choose; a case that is taken is no rival."""
    if match.same:
        return False
    near = match.score - rules().thresholds["margin"]
    return any(other.case != match.case and other.case not in taken and near < other.score for other in others)
