"""Pairs go in, those that hold the network of the pairs together come out."""

from __future__ import annotations

import networkx as nx

from graph.tables import Table


def cut_points(pairs: Table) -> Table:
    """Each node without which a part of the network falls into pieces: how many, and how many nodes all but the largest would hold.

    ``pairs`` has two columns; a part that is cut off already stays out of the count. Tarjan's articulation points, linear in the pairs.

    >>> cut_points(Table(("a", "b"), (("x", "y"), ("y", "z"), ("u", "v")))).rows
    (('y', '2', '1', 'z'),)
    """
    network: nx.Graph[str] = nx.Graph()
    network.add_edges_from((row[0], row[1]) for row in pairs.rows)
    found: list[tuple[str, int, int, str]] = []
    for agency in nx.articulation_points(network):
        part = network.subgraph(nx.node_connected_component(network, agency) - {agency})
        pieces = sorted((sorted(piece) for piece in nx.connected_components(part)), key=lambda piece: (-len(piece), piece))
        cut_off = sorted(node for piece in pieces[1:] for node in piece)
        found.append((agency, len(pieces), len(cut_off), "|".join(cut_off)))
    found.sort(key=lambda row: (-row[2], -row[1], row[0]))
    return Table(("agency", "parts", "cut_off", "agencies_cut_off"), tuple((a, str(parts), str(n), names) for a, parts, n, names in found))
