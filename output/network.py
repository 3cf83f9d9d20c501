"""A networkx network and its places go in, pyvis nodes and edges come out; the only module that knows pyvis.

Of pyvis only ``add_node``, the list of edges (``add_edge`` compares each new edge with every other), options as a dictionary,
``generate_html`` with a template environment of our own, and the vis-network script it bundles are used. Its own template, menus,
headings, CDN links and ``write_html`` are not: they load from other hosts, take script from data, or write in the locale's encoding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from importlib import resources
from math import sqrt
from typing import Final, TypeAlias

import jinja2
import networkx as nx
from pyvis.network import Network

from ontology.errors import CrossCityError
from output import looks

Drawing: TypeAlias = Network
VIS_NETWORK: Final = "lib/vis-9.1.2/vis-network.min.js"
VIS_NETWORK_SHA256: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
NODE_SCALE: Final = (11, 6)  # pixels, and pixels for the square root of the cases
EDGE_SCALE: Final = (1.5, 4)  # pixels, and pixels for the square root of the weight
OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "navigationButtons": False, "keyboard": False, "multiselect": False},
    "nodes": {"borderWidth": 2, "font": {"size": 17, "vadjust": 2}},
    "edges": {"smooth": False, "selectionWidth": 2, "hoverWidth": 1},
}


def vis_network_script() -> str:
    """The vis-network script that the installed pyvis bundles.

    Raises CrossCityError where it is not the one this program was tested with.
    """
    script = (resources.files("pyvis") / VIS_NETWORK).read_bytes()
    if hashlib.sha256(script).hexdigest() != VIS_NETWORK_SHA256:
        raise CrossCityError("the installed pyvis bundles another vis-network than was tested; install pyvis 0.3.2 again")
    return script.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def drawing(
    network: nx.Graph[str], places: Mapping[str, tuple[int, int]], sides: Mapping[str, int], hierarchy: Iterable[tuple[str, str]]
) -> Drawing:
    """A pyvis drawing of a network: each body a node at its place, each pair an edge as wide as its weight, the hierarchy thin lines.

    ``sides`` numbers each body's city, -1 for joint and other bodies. A body's size grows with the square root of its cases. Ties
    between two bodies of one column are bowed, so that they don't run through those between.
    """
    drawn, forms = Network(directed=True), looks.load()
    for path in network:
        x, y = places[path]
        size = round(NODE_SCALE[0] + NODE_SCALE[1] * sqrt(len(network.nodes[path]["cases"])), 2)
        shape = forms.form(sides[path]).replace("circle", "dot")  # vis-network's circle is a box around the label
        drawn.add_node(path, label=label(path), shape=shape, x=x, y=y, size=size)
    for a, b, tie in network.edges(data=True):
        width = round(EDGE_SCALE[0] + EDGE_SCALE[1] * sqrt(tie["weight"]), 2)
        drawn.edges.append({"id": tie_id(a, b), "from": a, "to": b, "width": width, "smooth": _bow(places[a], places[b])})
    for below, above in hierarchy:
        drawn.edges.append({"id": f"{below}>{above}", "from": below, "to": above, "width": 1, "dashes": [2, 5]})
    drawn.options = dict(OPTIONS)
    return drawn


def tie_id(a: str, b: str) -> str:
    """The name of the edge between two bodies, whichever comes first."""
    return "|".join(sorted((a, b)))


def _bow(a: tuple[int, int], b: tuple[int, int]) -> dict[str, object] | bool:
    """Straight, or for two places of one column bowed towards the middle."""
    if a[0] != b[0]:
        return False
    inwards = (a[1] < b[1]) == (a[0] < 0)
    return {"enabled": True, "type": "curvedCW" if inwards else "curvedCCW", "roundness": 0.18}


def label(path: str) -> str:
    """What a body is called in a picture: bureaus and institutions with their city, sections without.

    >>> label("臺北市政府/教育局"), label("臺北市政府/教育局/資訊教育科"), label("臺北市政府")
    ('臺北市教育局', '資訊教育科', '臺北市政府')
    """
    parts = path.split("/")
    if len(parts) == 2 and parts[0].endswith("政府"):
        return parts[0].removesuffix("政府") + parts[1]
    return parts[-1]


def render(drawn: Drawing, environment: jinja2.Environment, template: str) -> str:
    """The page that pyvis makes of a drawing with a template of our own, which brings its own data."""
    drawn.templateEnv = environment
    drawn.path = template
    html: str = drawn.generate_html(name="page.html")
    return html
