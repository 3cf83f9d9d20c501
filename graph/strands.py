"""A store goes in, the strands of its cases come out: what each group's minutes tell of a case, as they were worked out before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from graph.levels import level_of
from graph.series import Series
from graph.store import Store
from ontology.iris import Iris

Time: TypeAlias = tuple[tuple[str, int, str], int, str]  # of its meeting, place there, IRI


@dataclass(frozen=True, slots=True)
class Strand:
    """One group's treatments of one case: the part of the case's life that this group's minutes tell.

    ``events`` are IRIs in the order of time, ``times`` say when each was, for sorting, ``dates`` those of the first and last. ``level`` is
    the group's own (副市長) or empty.
    """

    series: str
    events: tuple[str, ...]
    times: tuple[Time, ...]
    titles: tuple[str, ...]
    dates: tuple[str, str]
    level: str

    @property
    def begins(self) -> tuple[str, str]:
        """Sorts strands by time."""
        return (self.dates[0], self.events[0])


@dataclass(frozen=True, slots=True)
class Kept:
    """A strand, and the case (IRI) that the store has it in; empty where that has to be worked out anew."""

    strand: Strand
    case: str


@dataclass(frozen=True, slots=True)
class Besides:
    """What a strand tells besides its titles: the levels its rulings pass the case to or that it came from, and the bodies involved."""

    levels: frozenset[str]
    bodies: frozenset[str]

    @property
    def bureaus(self) -> frozenset[str]:
        """The bureaus that the bodies are or belong to."""
        return bureaus(self.bodies)


def bureaus(paths: Iterable[str]) -> frozenset[str]:
    """The bodies, below a government or of no city, that some agencies are or belong to.

    >>> sorted(bureaus(["臺北市政府", "臺北市政府/教育局/體衛科"]))
    ['臺北市政府/教育局']
    """
    return frozenset("/".join(path.split("/")[:2]) for path in paths if "/" in path)


def cases_in(store: Store, graph: str) -> frozenset[str]:
    """The cases that the events of an identity graph belong to."""
    return frozenset(row[0] for row in store.select(f"SELECT DISTINCT ?case {{ GRAPH <{graph}> {{ ?e cc:case ?case }} }}").rows)


def read_strands(store: Store, series: Iterable[Series], iris: Iris) -> list[Kept]:
    """The strands of some series, as the store has them."""
    wanted = {one.iri: one for one in series}
    if not wanted:
        return []
    held = {meeting.iri: (one.iri, meeting) for one in wanted.values() for meeting in one.meetings}
    events = _select(store, _EVENTS, (document for one in wanted.values() for document in one.documents))
    told = {row[0]: row for row in sorted(events, reverse=True) if row[1] in held}  # the least row of each event
    case_of = {row[0]: row[1] for row in _select(store, _CASES, (iris.identity_of(iri) for iri in wanted))}
    treated: defaultdict[tuple[str, str], list[tuple[Time, str, str]]] = defaultdict(list)
    for event, meeting, order, title in told.values():
        of, at = held[meeting]
        treated[of, case_of[event]].append(((at.when, int(order), event), at.date, title))
    found: list[Kept] = []
    for (of, case), rows in treated.items():
        rows.sort()
        times = tuple(time for time, _, _ in rows)
        titles = tuple(sorted({title for *_, title in rows}))
        level = level_of(wanted[of].meetings[0].title)
        found.append(Kept(Strand(of, tuple(event for *_, event in times), times, titles, (rows[0][1], rows[-1][1]), level), case))
    return found


def _select(store: Store, sparql: str, graphs: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The answer of some graphs alone to a query whose pattern stands in GRAPH ?graph."""
    head, _, pattern = sparql.partition("{")
    among = " ".join(f"FROM NAMED <{graph}>" for graph in sorted(set(graphs)))
    return store.select(f"{head}{among} WHERE {{{pattern}").rows


def read_besides(store: Store, strand: Strand, iris: Iris) -> Besides:
    """What a strand tells besides its titles, as the store has it."""
    events = " ".join(f"<{event}>" for event in strand.events)
    levels = store.select(
        f"SELECT DISTINCT ?level {{ VALUES ?e {{ {events} }} ?part cc:event ?e ; a cc:Escalation ; cc:escalatedTo ?level }}"
    )
    agencies = store.select(f"SELECT DISTINCT ?agency {{ VALUES ?e {{ {events} }} ?e cc:involves|cc:proposedBy ?agency }}")
    return Besides(frozenset(level_of(row[0]) for row in levels.rows), frozenset(iris.agency_path(row[0]) for row in agencies.rows))


def digests(store: Store, graph: str) -> dict[tuple[str, str], str]:
    """The case of each strand that an identity graph states, by the strand's first event and the digest of what it tells."""
    table = store.select(f"SELECT ?event ?digest ?case {{ GRAPH <{graph}> {{ ?event cc:strandDigest ?digest ; cc:case ?case }} }}")
    return {(event, digest): case for event, digest, case in table.rows}


_EVENTS: Final = """
SELECT DISTINCT ?e ?m ?order ?title { GRAPH ?graph { ?e a cc:CaseEvent ; cc:meeting ?m ; cc:order ?order ; dct:title ?title } }"""
_CASES: Final = "SELECT DISTINCT ?e ?case { GRAPH ?graph { ?e cc:case ?case } }"
