"""One platform's series go in, their identity graphs come out: hosts and bodies first, then cases, then promises."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from graph.cases import Case, Grounds, Possible, order_titles, resolve
from graph.facts import Facts, OwnWords, Treated, gather, treated
from graph.hosts import Host, infer_hosts, resolve_own, sides_of_titles, within_titles
from graph.joining import join
from graph.judged import Judged
from graph.levels import level_of
from graph.lives import Life
from graph.promises import follow
from graph.relations import Relation, relate, surface
from graph.resemblance import Profiler
from graph.series import Platform, Series
from graph.statements import Statements
from graph.stating import (
    name_cases,
    state_bodies,
    state_hosts,
    state_joint,
    state_life,
    state_possible,
    state_promises,
    state_quarters,
    state_relation,
    state_ties,
    state_whole,
)
from graph.store import Store
from graph.strands import Besides, Kept, Strand, cases_in, digests, read_besides, read_strands
from graph.ties import find_ties, standing
from ontology import terms
from ontology.gazetteer import Gazetteer
from ontology.iris import Iris

Ambiguous: TypeAlias = tuple[OwnWords, tuple[str, ...]]
Graph: TypeAlias = tuple[str, bytes]  # its IRI and its N-Quads lines


@dataclass(frozen=True, slots=True)
class _Worked:
    """What one series tells by itself."""

    facts: Facts
    hosts: Mapping[str, Host]
    bodies: Mapping[str, tuple[str, ...]]
    ambiguous: tuple[Ambiguous, ...]
    cases: tuple[Case, ...]
    possible: tuple[Possible, ...]
    names: tuple[str, ...]
    by_first: Mapping[str, int]
    involved: Mapping[str, frozenset[str]]  # bodies (paths) by event
    levels: Mapping[str, frozenset[str]]  # that each event passes its case to, or says it came from


class PlatformWork:
    """Works out the identity of one platform's series."""

    def __init__(self, store: Store, platform: Platform, gazetteer: Gazetteer, iris: Iris, judged: Judged, profiler: Profiler) -> None:
        self._store = store
        self._platform = platform
        self._gazetteer = gazetteer
        self._iris = iris
        self._judged = judged
        self._profiler = profiler
        self._series = {one.iri: one for one in platform.series}
        self._read: dict[str, Mapping[str, Treated]] = {}
        self._told: dict[str, Besides] = {}
        self._dates = {held.iri: held.date for held in platform.meetings}
        self._groups = {held.group for held in platform.meetings if held.group}
        self._worked: dict[str, _Worked] = {}
        self.ambiguous: list[Ambiguous] = []

    def restated(self, stale: set[str], due: Mapping[str, str], left: frozenset[str]) -> Iterator[Graph]:
        """The identity graphs of the stale series (IRIs), and before them of those that share, or shared, a case with them.

        ``due`` are the digests of what each series is worked out from, ``left`` the cases of series that are gone. ``ambiguous`` holds the
        own-side words of all these series that can mean several bodies, when all graphs were taken.
        """
        kept, former = self._anew(stale)
        former |= left
        kept += read_strands(self._store, (one for one in self._platform.series if one.iri not in stale), self._iris)
        kept.sort(key=lambda one: one.strand.begins)
        strands = [one.strand for one in kept]
        joined, grounds, possible = join(strands, self._profiler, self._besides, self._judged)
        names = {together: self._name(kept[together[0]]) for together in joined}
        touched = stale | _touched(kept, joined, names, former)
        lives = self._lives(strands, joined, names, touched)
        cases = [([strands[at] for at in together], names[together]) for together in joined]
        if self._platform.name:
            yield self._across(cases, grounds, possible, due)
        for iri in [*sorted(touched - stale), *sorted(stale)]:
            yield self._iris.identity_of(iri), self._state(iri, lives, due[iri])
            self.ambiguous += self._work(iri).ambiguous

    def _anew(self, stale: set[str]) -> tuple[list[Kept], frozenset[str]]:
        """The strands of the stale series, those that tell what they told with the case they had; and the cases of the others before."""
        kept: list[Kept] = []
        former: set[str] = set()
        for iri in sorted(stale):
            graph, cases = self._iris.identity_of(iri), self._work(iri).cases
            before = digests(self._store, graph)
            together = zip(self._strands(iri), cases, strict=True)
            own = [Kept(one, before.get((one.events[0], self._digest(case, one)), "")) for one, case in together]
            kept += own
            former |= cases_in(self._store, graph) - {one.case for one in own}
        return kept, frozenset(former)

    def _digest(self, case: Case, strand: Strand) -> str:
        return case.digest(self._dates, self._besides(strand).bodies)

    def _work(self, iri: str) -> _Worked:
        if iri not in self._worked:
            self._worked[iri] = self._work_out(self._series[iri])
        return self._worked[iri]

    def _work_out(self, series: Series) -> _Worked:
        facts = gather(self._store, series.documents, series.holds)
        hosts = infer_hosts(facts, self._iris)
        titled = within_titles(facts)
        plain = [own for own in facts.own if own.iri not in titled]
        sides = {own.iri: hosts[own.meeting].government for own in plain if own.meeting in hosts}
        spoken = resolve_own(plain, sides, self._gazetteer)
        cases, possible = resolve(facts.treated, self._profiler, self._judged)
        of_titles = sides_of_titles(facts, ((event.iri for event in case.events) for case in cases), spoken, titled, self._iris)
        quoted = resolve_own([own for own in facts.own if own.iri in titled], of_titles, self._gazetteer)
        held = {meeting.iri: meeting for meeting in facts.meetings}
        bodies = {**spoken.bodies, **quoted.bodies}
        return _Worked(
            facts,
            hosts,
            bodies,
            (*spoken.ambiguous, *quoted.ambiguous),
            cases,
            possible,
            tuple(name_cases(cases, held, self._iris)),
            {case.events[0].iri: at for at, case in enumerate(cases)},
            self._involved(facts, bodies),
            _gathered((event, level_of(level)) for event, level, _ in facts.escalated),
        )

    def _involved(self, facts: Facts, bodies: Mapping[str, tuple[str, ...]]) -> Mapping[str, frozenset[str]]:
        """The bodies that each event involves or that proposed it, own-side words included."""
        named = ((event, self._iris.agency_path(agency)) for event, agency in (*facts.involved, *facts.proposals))
        own = ((fact, path) for fact, _, mention in facts.mentioned for path in bodies.get(mention, ()))
        return _gathered((*named, *own))

    def _strands(self, iri: str) -> list[Strand]:
        """The strands of a series that is worked out anew."""
        worked = self._work(iri)
        held = {meeting.iri: meeting for meeting in worked.facts.meetings}
        return [
            Strand(
                iri,
                tuple(event.iri for event in case.events),
                tuple((held[event.meeting].when, event.order, event.iri) for event in case.events),
                tuple(sorted({event.title for event in case.events})),
                (held[case.events[0].meeting].date, held[case.events[-1].meeting].date),
                level_of(worked.facts.meetings[0].title),
            )
            for case in worked.cases
        ]

    def _besides(self, strand: Strand) -> Besides:
        """What a strand tells besides its titles: from what was worked out anew, else from the store."""
        if strand.events[0] not in self._told:
            worked = self._worked.get(strand.series)
            self._told[strand.events[0]] = (
                read_besides(self._store, strand, self._iris) if worked is None else self._besides_of(strand, worked)
            )
        return self._told[strand.events[0]]

    def _besides_of(self, strand: Strand, worked: _Worked) -> Besides:
        levels = (level for event in strand.events for level in worked.levels.get(event, ()))
        return Besides(frozenset(levels), frozenset().union(*(worked.involved.get(event, ()) for event in strand.events)))

    def _name(self, kept: Kept) -> str:
        """The IRI of the case that begins with a strand: the one that its own group gave it."""
        own = f"{self._iris.base}case/{kept.strand.series.removeprefix(f'{self._iris.base}group/')}/"
        if kept.case.startswith(own):
            return kept.case
        worked = self._work(kept.strand.series)
        return worked.names[worked.by_first[kept.strand.events[0]]]

    def _lives(
        self,
        strands: Sequence[Strand],
        joined: Iterable[tuple[int, ...]],
        names: Mapping[tuple[int, ...], str],
        touched: set[str],
    ) -> dict[str, Life]:
        """The lives, by each of their events, of all that the touched series treat, over all groups."""
        lives: dict[str, Life] = {}
        for together in joined:
            parts = [strands[at] for at in together]
            if touched.isdisjoint(strand.series for strand in parts):
                continue
            times = sorted((time, strand.series) for strand in parts for time in strand.times)
            events = [self._treated(series)[event] for (_, _, event), series in times]
            groups = {strand.series for strand in parts} & self._groups
            titles = order_titles(events, self._profiler)
            bodies = standing(body for strand in parts for body in self._besides(strand).bodies)
            life = Life(names[together], parts[0].series, tuple(events), titles, tuple(sorted(groups)), bodies)
            lives.update(dict.fromkeys((event.iri for event in events), life))
        return lives

    def _treated(self, iri: str) -> Mapping[str, Treated]:
        """The events of a series by IRI; it need not be worked out for them."""
        if iri not in self._read:
            worked = self._worked.get(iri)
            events = treated(self._store, self._series[iri].documents) if worked is None else worked.facts.treated
            self._read[iri] = {event.iri: event for event in events}
        return self._read[iri]

    def _state(self, iri: str, lives: Mapping[str, Life], digest: str) -> bytes:
        """The lines of a series' identity graph."""
        graph, worked = self._iris.identity_of(iri), self._work(iri)
        said = Statements(graph)
        sign(said, graph, self._platform.name, digest)
        said.value(graph, terms.SEEN_DIGEST, _seen_digest(worked))
        state_hosts(said, worked.hosts, self._iris)
        state_bodies(said, worked.facts, worked.bodies, self._iris)
        case_of = {event.iri: lives[event.iri].iri for event in worked.facts.treated}
        for event, name in case_of.items():
            said.link(event, terms.OF_CASE, name)
        for directive in worked.facts.asked:
            for event in directive.events:
                said.link(directive.iri, terms.OF_CASE, case_of[event])
        for case, strand in zip(worked.cases, self._strands(iri), strict=True):
            said.value(case.events[0].iri, terms.STRAND_DIGEST, self._digest(case, strand))
            if (life := lives[case.events[0].iri]).home == iri:
                state_life(said, life, self._iris)
                state_whole(said, life, self._dates)
            for before, after in pairwise(life.events):
                if after.iri in case.grounds:
                    state_joint(said, life.iri, before.iri, after.iri, case.grounds[after.iri], self._iris)
        for relation in self._relations(worked):
            state_relation(said, case_of[worked.cases[relation.case].events[0].iri], relation, self._iris)
        for possible in worked.possible:
            state_possible(said, possible, case_of, self._iris)
        told = {event.iri: lives[event.iri].events for event in worked.facts.treated}
        state_promises(said, follow(worked.facts.asked, worked.facts.treated, self._platform.meetings, told, self._profiler))
        state_quarters(said, worked.facts.meetings, self._iris)
        of_series = {life.iri: life for life in (lives[event] for event in case_of)}
        ties = find_ties(of_series.values(), iri, (held.iri for held in worked.facts.meetings))
        state_ties(said, ties, iri, self._iris)
        return said.content()

    def _relations(self, worked: _Worked) -> Iterable[Relation]:
        """How the cases of a group are related, by rule and as people decided."""
        yield from relate(worked.cases, worked.facts.meetings, self._profiler)
        place = {event.iri: (at, event) for at, case in enumerate(worked.cases) for event in case.events}
        for kind, one, other in self._judged.relations:
            if one in place and other in place:
                (case, mine), (_, theirs) = place[one], place[other]
                ends = (theirs.iri, mine.iri) if kind == "splits-from" else (mine.iri, theirs.iri)
                yield Relation(case, kind, *ends, "judged", (surface(mine), surface(theirs)))

    def _across(
        self,
        cases: Sequence[tuple[Sequence[Strand], str]],
        grounds: Mapping[str, Grounds],
        possible: Iterable[Possible],
        due: Mapping[str, str],
    ) -> Graph:
        """What may be one case treated by several groups, and why those are one that were joined: this rests on all the titles."""
        case_of = {event: case for parts, case in cases for strand in parts for event in strand.events}
        graph = self._iris.across(self._platform.name)
        said = Statements(graph)
        sign(said, graph, self._platform.name, hashlib.sha256("\0".join(sorted(due.values())).encode()).hexdigest())
        for one in possible:
            state_possible(said, one, case_of, self._iris)
        for parts, case in cases:
            times = sorted(time for strand in parts for time in strand.times)
            for (_, _, before), (_, _, event) in pairwise(times):
                if event in grounds:
                    state_joint(said, case, before, event, grounds[event], self._iris)
        return graph, said.content()


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _touched(
    kept: Sequence[Kept], joined: Iterable[tuple[int, ...]], names: Mapping[tuple[int, ...], str], former: frozenset[str]
) -> set[str]:
    """The series with a case whose strands are not those that the store has it made of, or one of whose strands is worked out anew."""
    stored: defaultdict[str, set[int]] = defaultdict(set)
    for at, one in enumerate(kept):
        stored[one.case].add(at)
    touched: set[str] = set()
    for together in joined:
        before = {kept[at].case for at in together}
        if before == {names[together]} and stored[names[together]] == set(together) and former.isdisjoint(before):
            continue
        changed = set(together).union(*(stored[case] for case in before if case))
        touched.update(kept[at].strand.series for at in changed)
    return touched


def _seen_digest(worked: _Worked) -> str:
    """A digest of who was seen in which role, of which body, and of who hosted: all that persons are told by."""
    when = {held.iri: held.when for held in worked.facts.meetings}
    seen = [(who, when[who.meeting], worked.bodies.get(who.iri, ()), worked.hosts.get(who.meeting)) for who in worked.facts.seen]
    return hashlib.sha256(repr(seen).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sign(said: Statements, graph: str, platform: str, digest: str) -> None:
    """Say of an identity graph which platform it belongs to, and what it was worked out from."""
    said.value(graph, terms.PLATFORM, platform)
    said.value(graph, terms.INPUTS_DIGEST, digest)
