"""A store goes in, the strands of its cases come out: what each group's minutes tell of a case, as they were worked out before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.reporting import level_of
from graph.series import Platform
from graph.store import Store
from loaders.triples import literal
from ontology.iris import Iris


@dataclass(frozen=True, slots=True)
class Strand:
    """One group's treatments of one case: the part of the case's life that this group's minutes tell.

    ``events`` are IRIs in the order of time, ``dates`` those of the first and last. ``level`` is the group's own (副市長) or empty,
    ``passed_to`` are levels that its rulings pass the case to or that it came from, ``bureaus`` the agencies involved, by path, cut
    after the second level.
    """

    series: str
    events: tuple[str, ...]
    titles: tuple[str, ...]
    dates: tuple[str, str]
    level: str
    passed_to: frozenset[str]
    bureaus: frozenset[str]

    @property
    def begins(self) -> tuple[str, str]:
        """Sorts strands by time."""
        return (self.dates[0], self.events[0])


@dataclass(frozen=True, slots=True)
class Kept:
    """A strand, and the case (IRI) that the store has it in; empty where that has to be worked out anew."""

    strand: Strand
    case: str


def bureaus(paths: Iterable[str]) -> frozenset[str]:
    """The bodies, below a government or of no city, that some agencies are or belong to.

    >>> sorted(bureaus(["臺北市政府", "臺北市政府/教育局/體衛科"]))
    ['臺北市政府/教育局']
    """
    return frozenset("/".join(path.split("/")[:2]) for path in paths if "/" in path)


def cases_in(store: Store, graph: str) -> frozenset[str]:
    """The cases that the events of an identity graph belong to."""
    return frozenset(row[0] for row in store.select(f"SELECT DISTINCT ?case {{ GRAPH <{graph}> {{ ?e cc:case ?case }} }}").rows)


def read_strands(store: Store, platform: Platform, series: Iterable[str], iris: Iris) -> list[Kept]:
    """The strands of some series (IRIs) of a platform, as the store has them."""
    wanted = set(series)
    if not wanted:
        return []
    of = {held.iri: (at, held) for at, held in enumerate(platform.meetings)}
    meeting_of: dict[str, str] = {}
    treated: defaultdict[tuple[str, str], set[tuple[int, int, str]]] = defaultdict(set)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for event, meeting, order, title, case in _of_platform(store, platform, _EVENTS):
        at, held = of[meeting]
        iri = held.group or held.iri
        if iri in wanted:
            meeting_of[event] = meeting
            treated[iri, case].add((at, int(order), event))
            titles[event].add(title)
    paths: defaultdict[str, set[str]] = defaultdict(set)
    for event, agency in _of_platform(store, platform, _AGENCIES):
        paths[event].add(iris.agency_path(agency))
    levels: defaultdict[str, set[str]] = defaultdict(set)
    for event, level in _of_platform(store, platform, _LEVELS):
        levels[event].add(level_of(level))
    own_level = {one.iri: level_of(one.meetings[0].title) for one in platform.series}
    found: list[Kept] = []
    for (iri, case), placed in treated.items():
        events = tuple(dict.fromkeys(event for _, _, event in sorted(placed)))
        strand = Strand(
            iri,
            events,
            tuple(sorted({min(titles[event]) for event in events})),
            (of[meeting_of[events[0]]][1].date, of[meeting_of[events[-1]]][1].date),
            own_level[iri],
            frozenset(each for event in events for each in levels[event]),
            bureaus(path for event in events for path in paths[event]),
        )
        found.append(Kept(strand, case))
    return found


def _of_platform(store: Store, platform: Platform, pattern: str) -> tuple[tuple[str, ...], ...]:
    return store.select(pattern.replace("$PLATFORM", literal(platform.name))).rows


_EVENTS: Final = """
SELECT DISTINCT ?e ?m ?order ?title ?case {
  ?m cc:platform $PLATFORM . ?e cc:meeting ?m ; a cc:CaseEvent ; cc:order ?order ; dct:title ?title ; cc:case ?case
}"""
_AGENCIES: Final = """
SELECT DISTINCT ?e ?agency { ?m cc:platform $PLATFORM . ?e cc:meeting ?m ; a cc:CaseEvent ; cc:involves|cc:proposedBy ?agency }"""
_LEVELS: Final = """
SELECT DISTINCT ?e ?level { ?m cc:platform $PLATFORM . ?part cc:meeting ?m ; a cc:Escalation ; cc:event ?e ; cc:escalatedTo ?level }"""
