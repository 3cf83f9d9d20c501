"""A store goes in, its collaboration network comes out as GraphML, GEXF or Cytoscape JSON: the same bytes for the same facts.

Bodies and ties carry what a tool can draw or filter by: counts, Newman's weight, measures, the time from the first to the last ruling on
a case, the cases by title, and where the rulings stand (``2019.txt#char=10,24``, RFC 5147).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from io import BytesIO
from typing import Final

import networkx as nx

from graph import collaboration, named
from graph.collaboration import Case
from graph.measures import measure
from graph.store import Store

_CLOCK: Final = re.compile(rb' lastmodifieddate="[^"]*"')
_DATED: Final = re.compile(r"\d{4}-\d\d-\d\d")


def write(store: Store, form: str) -> bytes:
    """The network in ``graphml``, ``gexf`` (1.2, with the time of each body and tie) or ``cytoscape`` (JSON), UTF-8."""
    network = describe(store)
    if form == "cytoscape":
        return json.dumps(nx.cytoscape_data(network), ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8") + b"\n"
    out = BytesIO()
    if form == "graphml":
        nx.write_graphml_xml(network, out)
    else:
        nx.write_gexf(network, out, version="1.2draft")
    return _CLOCK.sub(b"", out.getvalue()).rstrip(b"\n") + b"\n"


def describe(store: Store) -> nx.Graph[str]:
    """The collaboration network down to sections; all attributes are words, numbers or truth values.

    A node (a path) has ``label``, ``city``, ``depth``, ``cases``, ``start``, ``end`` and the measures of ``graph.measures``; an edge
    has ``weight``, ``cases``, ``case_titles``, ``bridge``, ``start``, ``end`` and ``sources``. Several stand in one cell as ``a|b``.
    """
    found = collaboration.collaboration_network(collaboration.involved(store), "section")
    known = {case.iri: case for case in collaboration.cases(store)}
    dates = {row["meeting"]: row["date"] for row in named.ask(store, "meetings").records()}
    measured = measure(found)
    network: nx.Graph[str] = nx.Graph()
    for path in sorted(found):
        held, of = found.nodes[path], measured.bodies[path]
        network.add_node(path, label=path.replace("/", ""), city=held["city"], depth=held["depth"], cases=len(held["cases"]))
        network.nodes[path].update(_time((known[case] for case in held["cases"]), dates))
        network.nodes[path].update(degree=of.degree, strength=of.strength, betweenness=of.betweenness, community=of.community, cuts=of.cuts)
    for a, b, tie in sorted(found.edges(data=True), key=lambda edge: edge[:2]):
        shared = [known[case] for case in tie["cases"]]
        network.add_edge(a, b, weight=tie["weight"], cases=len(shared), case_titles=_joined(case.title for case in shared))
        network.edges[a, b].update(bridge=(min(a, b), max(a, b)) in measured.bridges, sources=_sources(shared), **_time(shared, dates))
    return network


def _time(cases: Iterable[Case], dates: dict[str, str]) -> dict[str, str]:
    """The days of the first and the last ruling on some cases, where any is dated."""
    days = sorted(day for case in cases for ruled in case.treatments if _DATED.fullmatch(day := dates.get(ruled.meeting, "")))
    return {"start": days[0], "end": days[-1]} if days else {}


def _sources(cases: Iterable[Case]) -> str:
    said = (ruled.evidence for case in cases for ruled in case.treatments)
    return _joined(f"{evidence.source}#char={evidence.start},{evidence.end}" for evidence in said if evidence.source)


def _joined(words: Iterable[str]) -> str:
    return named.SEPARATOR.join(dict.fromkeys(words))
