"""A collaboration network goes in, a place for each body comes out: one city left, the other right, counterparts on one row.

::

    government   section   bureau      joint      bureau   section   government
       -700        -560      -380         0          380      560         700

Arithmetic only: the same network gets the same places. More or fewer than two cities stand on a ring.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

import networkx as nx

_ROW = 86
_COLUMNS = {1: 700, 2: 380, 3: 560}
Places = dict[str, tuple[int, int]]


def place(network: nx.Graph[str]) -> Places:
    """Where each body of a network stands, in pixels from the middle of the first row."""
    cities = sorted({network.nodes[path]["city"] for path in network} - {""}, key=lambda city: (city != "臺北市", city))
    return _mirror(network, cities) if len(cities) == 2 else _ring(network)


def stem(path: str) -> str:
    """What counterparts share: the bureau's name without 局, 處 or the city's own 立.

    >>> stem("臺北市政府/體育局"), stem("新北市政府/體育處"), stem("臺北市政府")
    ('體育', '體育', '')
    """
    parts = path.split("/")
    return parts[1].removeprefix("市立").rstrip("局處會") if len(parts) > 1 else ""


def _mirror(network: nx.Graph[str], cities: list[str]) -> Places:
    places: Places = {}
    below: defaultdict[str, list[str]] = defaultdict(list)
    middle = [path for path in network if network.nodes[path]["city"] not in cities or not path.split("/")[0].endswith("政府")]
    for path in network:
        if path not in middle and "/" in path:
            below[stem(path)].append(path)
    for path in network:
        if path not in middle and "/" not in path:
            places[path] = (_side(network, path, cities) * (_COLUMNS[1] if below else _COLUMNS[2]), 0)
    row = 1 if below and places else 0
    for name in sorted(below, key=lambda name: (-sum(len(network.nodes[path]["cases"]) for path in below[name]), name)):
        row += _place_counterparts(network, below[name], cities, row, places)
    _place_between(network, middle, places, row)
    return places


def _side(network: nx.Graph[str], path: str, cities: list[str]) -> int:
    return -1 if network.nodes[path]["city"] == cities[0] else 1


def _place_counterparts(network: nx.Graph[str], paths: Iterable[str], cities: list[str], row: int, places: Places) -> int:
    """Places bureaus of one name on one row and their sections on rows below; gives the number of rows taken."""
    taken = {-1: 0, 1: 0}
    for depth in (2, 3):
        for path in sorted((p for p in paths if min(p.count("/") + 1, 3) == depth), key=lambda p: (-len(network.nodes[p]["cases"]), p)):
            side = _side(network, path, cities)
            places[path] = (side * _COLUMNS[depth], (row + taken[side]) * _ROW)
            taken[side] += 1
    return max(taken.values())


def _place_between(network: nx.Graph[str], middle: list[str], places: Places, rows: int) -> None:
    """Places bodies of neither city between the two, each near those it works with, none over another."""
    wanted = []
    for path in middle:
        near = [places[other][1] for other in network[path] if other in places]
        wanted.append((sum(near) / len(near) if near else rows * _ROW, path))
    least = -math.inf
    for height, path in sorted(wanted):
        least = max(height, least + _ROW)
        places[path] = (0, round(least) + _ROW // 2)


def _ring(network: nx.Graph[str]) -> Places:
    paths = sorted(network, key=lambda path: (network.nodes[path]["city"], path))
    radius = max(180, len(paths) * 30)
    turn = 2 * math.pi / max(1, len(paths))
    return {path: (round(radius * math.sin(i * turn)), round(-radius * math.cos(i * turn))) for i, path in enumerate(paths)}
