"""A store goes in, the reports of who works with whom come out: the pairs, how the network of them holds together, and what it hangs on."""

from __future__ import annotations

import networkx as nx

from graph import named
from graph.collaboration import Level, collaboration_network, involved
from graph.cut_points import cut_points
from graph.measures import LEAST, measure
from graph.store import Store
from graph.tables import Table
from output.messages import Messages
from output.report import Part, Report, make_report
from output.scope import ALL, Scope, body_in, cases_in, cities_by_agency

_PAIRS = ("agency_a", "agency_b", "cases", "meetings", "weight", "case_titles")


def report_collaboration(
    store: Store, messages: Messages, scope: Scope = ALL, *, level: Level = "section", measures: bool = False
) -> Report:
    """The pairs of bodies that work on cases together, the closest first; with ``measures`` how each body stands in their network.

    ``level`` is what bodies are folded to: section, bureau or government.
    """
    network = network_in(store, scope, level)
    if measures:
        return _report_measures(store, messages, scope, network)
    pairs = pairs_in(store, scope, network)
    note = messages("collaboration.note", pairs=len(pairs.rows), bodies=sum(degree > 0 for _, degree in network.degree))
    few = ("agency_a", "agency_b", "cases", "meetings", "weight")
    parts: tuple[Part, ...] = ()
    return make_report("collaboration", store, messages, pairs, note, scope=scope, few=few, parts=parts)


def network_in(store: Store, scope: Scope, level: Level) -> nx.Graph[str]:
    """The network of the cases that groups, years and outcomes of a scope treat; agency and city choose among its pairs."""
    cases = cases_in(store, Scope(group=scope.group, year=scope.year, outcome=scope.outcome))
    return collaboration_network((fact for fact in involved(store) if fact.case in cases), level)


def pairs_in(store: Store, scope: Scope, network: nx.Graph[str]) -> Table:
    """The pairs of a network, the heaviest first, with the cases that they share; those with a body of the scope."""
    cities = cities_by_agency(store)
    titles = {row["case"]: row["title"] for row in named.ask(store, "cases").records()}
    meetings: dict[str, set[str]] = {}
    for row in named.ask(store, "case-events").records():
        meetings.setdefault(row["case"], set()).add(row["meeting"])
    rows: list[tuple[str, ...]] = []
    for a, b, tie in network.edges(data=True):
        if body_in(a, scope, cities) or body_in(b, scope, cities):
            held = {meeting for case in tie["cases"] for meeting in meetings[case]}
            shared = named.SEPARATOR.join(sorted(titles[case] for case in tie["cases"]))
            rows.append((min(a, b), max(a, b), str(len(tie["cases"])), str(len(held)), f"{tie['weight']:.4g}", shared))
    rows.sort(key=lambda row: (-float(row[4]), row[0], row[1]))
    return Table(_PAIRS, tuple(rows))


def _report_measures(store: Store, messages: Messages, scope: Scope, network: nx.Graph[str]) -> Report:
    columns = ("agency", "degree", "strength", "betweenness", "community", "cuts")
    found, cities = measure(network), cities_by_agency(store)
    rows = [
        (path, str(body.degree), f"{body.strength:.4g}", f"{body.betweenness:.3f}", str(body.community), "true" if body.cuts else "false")
        for path, body in found.bodies.items()
        if body_in(path, scope, cities)
    ]
    rows.sort(key=lambda row: (-float(row[3]), -float(row[2]), row[0]))
    notes = [_say_size(network, messages), messages("measures.note")]
    return make_report("measures", store, messages, Table(columns, tuple(rows)), *notes, scope=scope)


def report_bridges(store: Store, messages: Messages, scope: Scope = ALL, *, level: Level = "section") -> Report:
    """The bodies and the pairs without which the network of collaboration would fall into more pieces."""
    columns = ("kind", "agency", "counterparts", "parts", "agencies_cut_off")
    network, cities = network_in(store, scope, level), cities_by_agency(store)
    rows = []
    pairs = Table(("a", "b"), tuple(sorted((min(pair), max(pair)) for pair in network.edges)))
    for agency, parts, _, cut_off in cut_points(pairs).rows:
        neighbours = named.SEPARATOR.join(sorted(network[agency]))
        rows.append(("body", agency, neighbours, parts, cut_off))
    for a, b in sorted(measure(network).bridges):
        rows.append(("tie", a, b, "2", named.SEPARATOR.join(_cut_off(network, a, b))))
    wanted = tuple(row for row in rows if any(body_in(path, scope, cities) for path in (row[1], *row[2].split(named.SEPARATOR))))
    notes = (_say_size(network, messages), messages("bridges.note"))
    few = ("kind", "agency", "parts", "agencies_cut_off")
    return make_report("bridges", store, messages, Table(columns, wanted), *notes, scope=scope, few=few)


def _cut_off(network: nx.Graph[str], a: str, b: str) -> list[str]:
    """The smaller of the two pieces that a network without one of its bridges has there."""
    without: nx.Graph[str] = nx.Graph(network)
    without.remove_edge(a, b)
    sides = [sorted(nx.node_connected_component(without, end)) for end in (a, b)]
    return min(sides, key=lambda side: (len(side), side))


def _say_size(network: nx.Graph[str], messages: Messages) -> str:
    """How large the network is, and whether that is enough for centrality to mean anything."""
    tied = sum(degree > 0 for _, degree in network.degree)
    small = messages("measures.small", least=LEAST) if tied < LEAST else messages("measures.large")
    return messages("measures.size", bodies=tied, ties=network.number_of_edges(), words=small)
