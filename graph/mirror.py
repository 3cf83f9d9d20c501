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
_BLOCK = 520  # where rows are many, they stand in several blocks beside one another
_BETWEEN = 300
_MOST_ROWS = 30
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
    sides = {path: side(path, network.nodes[path]["city"], cities) for path in network}
    below: defaultdict[str, list[str]] = defaultdict(list)
    for path in network:
        if sides[path] >= 0 and "/" in path:
            below[stem(path)].append(path)
    names = sorted(below, key=lambda name: (-sum(len(network.nodes[path]["cases"]) for path in below[name]), name))
    counterparts = [_counterparts(network, below[name], sides) for name in names]
    tops = [path for path in network if sides[path] >= 0 and "/" not in path]
    total = sum(rows for rows, _ in counterparts)
    most = total if total <= _MOST_ROWS else math.ceil(math.sqrt(8 * total))
    first = row = 1 if below and tops else 0
    block = 0
    places: Places = {}
    for rows, spots in counterparts:
        if row > first and row + rows > first + most:
            block, row = block + 1, first
        for path, (column, own_row) in spots.items():
            places[path] = (_signed(sides[path]) * (column + block * _BLOCK), (row + own_row) * _ROW)
        row += rows
    for path in tops:
        places[path] = (_signed(sides[path]) * (_COLUMNS[1] + block * _BLOCK if below else _COLUMNS[3]), 0)
    _place_between(network, [path for path in network if sides[path] < 0], places, max(most, _MOST_ROWS))
    return places


def _signed(side: int) -> int:
    return 1 if side else -1


def _counterparts(network: nx.Graph[str], paths: Iterable[str], sides: Mapping[str, int]) -> tuple[int, Places]:
    """The rows that bureaus of one name and their sections take, and the column and row of each: a bureau above its sections."""
    taken = {0: 0, 1: 0}
    spots: Places = {}
    for depth in (2, 3):
        for path in sorted((p for p in paths if min(p.count("/") + 1, 3) == depth), key=lambda p: (-len(network.nodes[p]["cases"]), p)):
            spots[path] = (_COLUMNS[depth], taken[sides[path]])
            taken[sides[path]] += 1
    return max(taken.values()), spots


def _place_between(network: nx.Graph[str], middle: list[str], places: Places, most: int) -> None:
    """Places bodies of neither city between the two, halfway between rows, each near those it works with, none over another.

    More than ``most`` of them take several columns, and push the cities outwards.
    """
    wanted = []
    for path in middle:
        near = [places[other][1] for other in network[path] if other in places]
        wanted.append((round(sum(near) / len(near) / _ROW) if near else most, path))
    columns = max(1, math.ceil(len(middle) / most))
    row = -1
    for place, (near_row, path) in enumerate(sorted(wanted)):
        row = max(near_row, row + 1) if columns == 1 else place // columns
        x = round((place % columns - (columns - 1) / 2) * _BETWEEN)
        places[path] = (x, row * _ROW + _ROW // 2)
    for path in set(places) - set(middle):
        x, y = places[path]
        places[path] = (x + (columns - 1) * _BETWEEN // 2 * (1 if x > 0 else -1), y)


def _ring(network: nx.Graph[str], cities: tuple[str, ...]) -> Places:
    """A ring on which the bodies of one city follow one another, those of none last."""
    paths = sorted(network, key=lambda path: (side(path, network.nodes[path]["city"], cities) % (len(cities) + 1), path))
    radius = max(180, len(paths) * 30)
    turn = 2 * math.pi / max(1, len(paths))
    return {path: (round(radius * math.sin(i * turn)), round(-radius * math.cos(i * turn))) for i, path in enumerate(paths)}
