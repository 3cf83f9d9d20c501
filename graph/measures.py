"""A collaboration network goes in, how it holds together comes out: measures of each body and each pair, by networkx.

Distance is the inverse of Newman's weight, so that who works together much is near. Communities are found by Louvain's method with a fixed
seed (V. D. Blondel et al., J. Stat. Mech. P10008, 2008): the same network gives the same ones each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import networkx as nx

LEAST: Final = 10  # bodies with ties: with fewer, centrality and communities say nothing that the list of pairs does not
_SEED: Final = 1
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class BodyMeasures:
    """Of one body: ``degree`` counts those it works with, ``strength`` sums the weights of its ties, ``betweenness`` (0 to 1) is the share
    of shortest ways between others that lead over it, ``community`` counts from 1, the largest first, ``cuts`` says that the network would
    fall into more pieces without it.
    """

    degree: int
    strength: float
    betweenness: float
    community: int
    cuts: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """Of a whole network: ``bridges`` are the pairs (in order of names) without whose tie it would fall into more pieces."""

    bodies: Mapping[str, BodyMeasures]
    bridges: frozenset[tuple[str, str]]

    @property
    def meaningful(self) -> bool:
        """Whether enough bodies have ties for centrality and communities to mean something."""
        return sum(body.degree > 0 for body in self.bodies.values()) >= LEAST


def measure(network: nx.Graph[str]) -> Measures:
    """The measures of a network whose edges have ``weight``.

    >>> network = nx.Graph([("甲", "乙", {"weight": 1.0}), ("乙", "丙", {"weight": 0.5})])
    >>> measure(network).bodies["乙"]
    BodyMeasures(degree=2, strength=1.5, betweenness=1.0, community=1, cuts=True)
    >>> measure(network).meaningful
    False
    """
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(network))
    for a, b, tie in sorted(network.edges(data=True), key=lambda edge: sorted(edge[:2])):
        ordered.add_edge(a, b, weight=tie["weight"], distance=1 / tie["weight"])
    between = nx.betweenness_centrality(ordered, weight="distance")
    strength = dict(ordered.degree(weight="weight"))
    cuts = frozenset(nx.articulation_points(ordered))
    community = _communities(ordered)
    return Measures(
        {
            body: BodyMeasures(
                ordered.degree[body],
                round(float(strength[body]), _DIGITS),
                round(float(between[body]), _DIGITS),
                community[body],
                body in cuts,
            )
            for body in ordered
        },
        frozenset((min(pair), max(pair)) for pair in nx.bridges(ordered)),
    )


def _communities(network: nx.Graph[str]) -> dict[str, int]:
    """Each body's community, by number: the largest first, then by the first name in it."""
    found = nx.community.louvain_communities(network, weight="weight", seed=_SEED) if network else []
    ranked = sorted(found, key=lambda members: (-len(members), min(members)))
    return {body: number for number, members in enumerate(ranked, 1) for body in members}
