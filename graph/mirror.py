"""A collaboration network goes in, a place for each body comes out: one city left, the other right, counterparts on one row.

::

    government   section   bureau      joint      bureau   section   government
       -700        -560      -380         0          380      560         700

Arithmetic only: the same network gets the same places. More or fewer than two cities stand on a ring.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

import networkx as nx

from ontology import gazetteer

_ROW = 86
_COLUMNS = {1: 700, 2: 380, 3: 560}
Places = dict[str, tuple[int, int]]


def city_order(cities: Iterable[str]) -> tuple[str, ...]:
    """Cities as their platform lists them, then those of no platform by name; empty names are left out.

    >>> city_order(["新北市", "", "臺北市"])
    ('臺北市', '新北市')
    """
    listed = {city: place for platform in reversed(gazetteer.load().platforms) for place, city in enumerate(platform.cities)}
    return tuple(sorted(set(cities) - {""}, key=lambda city: (listed.get(city, len(listed)), city)))


def side(path: str, city: str, cities: tuple[str, ...]) -> int:
    """Which city's government a body is or belongs to, as a place in ``cities``; -1 for joint and other bodies.

    >>> side("新北市政府/體育處", "新北市", ("臺北市", "新北市")), side("教育部", "", ("臺北市", "新北市"))
    (1, -1)
    """
    return cities.index(city) if city in cities and path.split("/")[0].endswith("政府") else -1


def place(network: nx.Graph[str], cities: tuple[str, ...]) -> Places:
    """Where each body of a network stands, in pixels from the middle of the first row; two cities face each other."""
    return _mirror(network, cities) if len(cities) == 2 else _ring(network, cities)


def stem(path: str) -> str:
    """What counterparts share: the bureau's name without 局, 處 or the city's own 立.

    >>> stem("臺北市政府/體育局"), stem("新北市政府/體育處"), stem("臺北市政府")
    ('體育', '體育', '')
    """
    parts = path.split("/")
    return parts[1].removeprefix("市立").rstrip("局處會") if len(parts) > 1 else ""


def _mirror(network: nx.Graph[str], cities: tuple[str, ...]) -> Places:
    places: Places = {}
    below: defaultdict[str, list[str]] = defaultdict(list)
    sides = {path: side(path, network.nodes[path]["city"], cities) for path in network}
    for path in network:
        if sides[path] >= 0 and "/" in path:
            below[stem(path)].append(path)
    for path in network:
        if sides[path] >= 0 and "/" not in path:
            places[path] = (_signed(sides[path]) * (_COLUMNS[1] if below else _COLUMNS[2]), 0)
    row = 1 if below and places else 0
    for name in sorted(below, key=lambda name: (-sum(len(network.nodes[path]["cases"]) for path in below[name]), name)):
        row += _place_counterparts(network, below[name], sides, row, places)
    _place_between(network, [path for path in network if sides[path] < 0], places, row)
    return places


def _signed(side: int) -> int:
    return 1 if side else -1


def _place_counterparts(network: nx.Graph[str], paths: Iterable[str], sides: Mapping[str, int], row: int, places: Places) -> int:
    """Places bureaus of one name on one row and their sections on rows below; gives the number of rows taken."""
    taken = {-1: 0, 1: 0}
    for depth in (2, 3):
        for path in sorted((p for p in paths if min(p.count("/") + 1, 3) == depth), key=lambda p: (-len(network.nodes[p]["cases"]), p)):
            sign = _signed(sides[path])
            places[path] = (sign * _COLUMNS[depth], (row + taken[sign]) * _ROW)
            taken[sign] += 1
    return max(taken.values())


def _place_between(network: nx.Graph[str], middle: list[str], places: Places, rows: int) -> None:
    """Places bodies of neither city between the two, halfway between rows, each near those it works with, none over another."""
    wanted = []
    for path in middle:
        near = [places[other][1] for other in network[path] if other in places]
        wanted.append((round(sum(near) / len(near) / _ROW) if near else rows, path))
    row = -1
    for near_row, path in sorted(wanted):
        row = max(near_row, row + 1)
        places[path] = (0, row * _ROW + _ROW // 2)


def _ring(network: nx.Graph[str], cities: tuple[str, ...]) -> Places:
    """A ring on which the bodies of one city follow one another, those of none last."""
    paths = sorted(network, key=lambda path: (side(path, network.nodes[path]["city"], cities) % (len(cities) + 1), path))
    radius = max(180, len(paths) * 30)
    turn = 2 * math.pi / max(1, len(paths))
    return {path: (round(radius * math.sin(i * turn)), round(-radius * math.cos(i * turn))) for i, path in enumerate(paths)}
