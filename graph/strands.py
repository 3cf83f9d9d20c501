"""A store goes in, the strands of its cases come out: what each group's minutes tell of a case, as they were worked out before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from graph.reporting import level_of
from graph.series import Platform
from graph.store import Store
from ontology.iris import Iris

Time: TypeAlias = tuple[tuple[str, int, str], int, str]  # of its meeting, place there, IRI


@dataclass(frozen=True, slots=True)
class Strand:
    """One group's treatments of one case: the part of the case's life that this group's minutes tell.

    ``events`` are IRIs in the order of time, ``times`` say when each was, for sorting, ``dates`` those of the first and last. ``level`` is
    the group's own (副市長) or empty,
    ``passed_to`` are levels that its rulings pass the case to or that it came from, ``bureaus`` the agencies involved, by path, cut
    after the second level.
    """

    series: str
    events: tuple[str, ...]
    times: tuple[Time, ...]
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
    wanted = {one.iri: one for one in platform.series if one.iri in set(series)}
    if not wanted:
        return []
    held = {meeting.iri: (one.iri, meeting) for one in wanted.values() for meeting in one.meetings}
    told = {row[0]: row for row in sorted(store.select(_EVENTS).rows, reverse=True) if row[1] in held}  # the least row of each event
    treated: defaultdict[tuple[str, str], list[tuple[str, str, str, str, str]]] = defaultdict(list)
    for event, meeting, order, title, case in told.values():
        treated[held[meeting][0], case].append((event, meeting, order, title, case))
    paths = _several(store, _AGENCIES)
    levels = _several(store, _LEVELS)
    found: list[Kept] = []
    for (of, case), rows in treated.items():
        rows.sort(key=lambda row: (held[row[1]][1].when, int(row[2]), row[0]))
        events = tuple(row[0] for row in rows)
        times = tuple((held[row[1]][1].when, int(row[2]), row[0]) for row in rows)
        strand = Strand(
            of,
            events,
            times,
            tuple(sorted({row[3] for row in rows})),
            (held[rows[0][1]][1].date, held[rows[-1][1]][1].date),
            level_of(wanted[of].meetings[0].title),
            frozenset(level_of(level) for event in events for level in levels[event]),
            bureaus(iris.agency_path(agency) for event in events for agency in paths[event]),
        )
        found.append(Kept(strand, case))
    return found


def _several(store: Store, sparql: str) -> defaultdict[str, set[str]]:
    """The second column's values by the first's."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for subject, value in store.select(sparql).rows:
        found[subject].add(value)
    return found


def digests(store: Store, graph: str) -> dict[tuple[str, str], str]:
    """The case of each strand that an identity graph states, by the strand's first event and the digest of what it tells."""
    table = store.select(f"SELECT ?event ?digest ?case {{ GRAPH <{graph}> {{ ?event cc:strandDigest ?digest ; cc:case ?case }} }}")
    return {(event, digest): case for event, digest, case in table.rows}


_EVENTS: Final = """
SELECT DISTINCT ?e ?m ?order ?title ?case { ?e a cc:CaseEvent ; cc:meeting ?m ; cc:order ?order ; dct:title ?title ; cc:case ?case }"""
_AGENCIES: Final = "SELECT DISTINCT ?e ?agency { ?e a cc:CaseEvent ; cc:involves|cc:proposedBy ?agency }"
_LEVELS: Final = "SELECT DISTINCT ?e ?level { ?part a cc:Escalation ; cc:event ?e ; cc:escalatedTo ?level }"
