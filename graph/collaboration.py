"""Who works on which case goes in, networks of agencies come out: one for governments, one for bureaus, one for sections.

An edge weighs what Newman's rule gives it: each case shares 1/(n-1) to each pair of its n bodies (M. E. J. Newman, Phys. Rev. E 64,
016132, 2001). A side is represented by the most specific bodies that a case names of it: its government stands in for it only where
the case names no other body of that side, so that 兩市 in a title does not tie everybody to everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal, TypeAlias

import networkx as nx

from graph import named
from graph.lineage import Column, meeting_columns
from graph.passages import Evidence, evidence_of
from graph.store import Store
from ontology import terms

Level: TypeAlias = Literal["government", "bureau", "section"]
LEVELS: Final[tuple[Level, ...]] = ("government", "bureau", "section")
_DEPTH: Final[Mapping[Level, int]] = {"government": 1, "bureau": 2, "section": 9}


@dataclass(frozen=True, slots=True)
class Involved:
    """One body that one case involves."""

    case: str
    agency: str
    city: str


@dataclass(frozen=True, slots=True)
class Treatment:
    """What one meeting (its IRI) ruled on a case, and the bodies named there."""

    meeting: str
    outcome: str
    agencies: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Case:
    """A case with all its treatments, by date; ``outcome`` is that of the latest."""

    iri: str
    title: str
    outcome: str
    treatments: tuple[Treatment, ...]


@dataclass(frozen=True, slots=True)
class Collaboration:
    """Cases, the bodies that each involves, and the meetings that treat them, as columns."""

    facts: tuple[Involved, ...]
    cases: tuple[Case, ...]
    columns: tuple[Column, ...]


def collaboration(store: Store, group: str = "") -> Collaboration:
    """The collaboration on all cases of a store, or on those that groups of one name treat: then over the meetings that matter to these."""
    told = Collaboration(involved(store), cases(store), meeting_columns(named.ask(store, "meetings").records()))
    if not group:
        return told
    own = {column.iri for column in told.columns if column.group == group}
    treated = tuple(case for case in told.cases if any(event.meeting in own for event in case.treatments))
    among, held = {case.iri for case in treated}, own.union(event.meeting for case in treated for event in case.treatments)
    facts = tuple(fact for fact in told.facts if fact.case in among)
    return Collaboration(facts, treated, tuple(column for column in told.columns if column.iri in held))


def involved(store: Store) -> tuple[Involved, ...]:
    """All bodies of all cases of a store, by case and path."""
    rows = named.ask(store, "event-agencies").records()
    return tuple(sorted({Involved(row["case"], row["agency"], row["city"]) for row in rows}, key=lambda i: (i.case, i.agency)))


def cases(store: Store) -> tuple[Case, ...]:
    """All cases of a store with the words of each ruling, by first meeting."""
    passages = evidence_of(store, (terms.CASE_EVENT,))
    agencies: defaultdict[str, list[str]] = defaultdict(list)
    for row in named.ask(store, "event-agencies").records():
        agencies[row["event"]].append(row["agency"])
    told: defaultdict[str, list[Treatment]] = defaultdict(list)
    for row in named.ask(store, "case-events").records():
        evidence = passages.get(row["event"], Evidence(row["quote"]))
        told[row["case"]].append(Treatment(row["meeting"], row["outcome"], tuple(agencies[row["event"]]), evidence))
    rows = named.ask(store, "cases").records()
    return tuple(Case(row["case"], row["title"], row["outcome"], tuple(told[row["case"]])) for row in rows)


def collaboration_network(facts: Iterable[Involved], level: Level) -> nx.Graph[str]:
    """The network of the bodies of some cases, folded to a level.

    A node (a path) has ``city``, ``depth`` (1 government, 2 bureau, 3 section) and ``cases``; an edge has ``cases``, the ``shares`` that
    each of them gives it, and their sum, Newman's ``weight``. A body and the one it belongs to are no pair.

    >>> facts = [Involved("c", "甲市政府/教育局", "甲市"), Involved("c", "乙市政府/教育局", "乙市"), Involved("c", "丙", "")]
    >>> collaboration_network(facts, "bureau").edges["甲市政府/教育局", "乙市政府/教育局"]["weight"]
    0.5
    """
    bodies, cities = _bodies_by_case(facts, level)
    network: nx.Graph[str] = nx.Graph()
    for path in sorted(cities):
        network.add_node(path, city=cities[path], depth=path.count("/") + 1, cases=())
    shared: defaultdict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    worked: defaultdict[str, list[str]] = defaultdict(list)
    for case in sorted(bodies):
        for body in sorted(bodies[case]):
            worked[body].append(case)
        for a, b in combinations(sorted(bodies[case]), 2):
            if not _belongs(a, b):
                shared[a, b][case] = 1 / (len(bodies[case]) - 1)
    for path, cases in worked.items():
        network.nodes[path]["cases"] = tuple(cases)
    for (a, b), shares in sorted(shared.items()):
        network.add_edge(a, b, weight=round(sum(shares.values()), 6), cases=tuple(shares), shares=tuple(shares.values()))
    return network


def hierarchy(network: nx.Graph[str]) -> tuple[tuple[str, str], ...]:
    """The pairs (body, the nearest body in the network that it belongs to)."""
    pairs = []
    for path in sorted(network):
        above = path.rpartition("/")[0]
        while above and above not in network:
            above = above.rpartition("/")[0]
        if above:
            pairs.append((path, above))
    return tuple(pairs)


def _bodies_by_case(facts: Iterable[Involved], level: Level) -> tuple[dict[str, set[str]], dict[str, str]]:
    """The bodies that stand for each case at a level, and each one's city; parents of folded bodies are known too."""
    bodies: defaultdict[str, set[str]] = defaultdict(set)
    cities: dict[str, str] = {}
    for fact in facts:
        path = "/".join(fact.agency.split("/")[: _DEPTH[level]])
        bodies[fact.case].add(path)
        cities[path] = fact.city
        if fact.city:
            cities.setdefault(path.split("/")[0], fact.city)
    for case, held in bodies.items():
        bodies[case] = {path for path in held if not any(other.startswith(f"{path}/") for other in held) or "/" in path}
    return bodies, cities


def _belongs(a: str, b: str) -> bool:
    return a.startswith(f"{b}/") or b.startswith(f"{a}/")
