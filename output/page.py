"""A store goes in, one self-contained HTML file comes out: the collaboration of agencies, or the lineage of cases.

The lineage page is drawn as SVG by its own script, not by vis-network: swim lanes need no layout engine, and SVG prints sharply, takes
the keyboard's focus mark by mark, and is what a screen reader can follow. The collaboration page is a network that pyvis draws.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Final

import jinja2
import networkx as nx
from markupsafe import Markup

from graph import collaboration as ties
from graph import mirror
from graph.levels import LEVELS, own_name
from graph.lineage import Column, Lineage, lineage
from graph.store import Store
from ontology import gazetteer
from output import looks, network
from output.collaboration_picture import fitting_level
from output.islands import island
from output.looks import template
from output.messages import LANGUAGES
from output.network import Drawing

_SCRIPTS: Final = ("shared.js", "saving.js", "structure.js")


def collaboration_page(store: Store, language: str, group: str = "", called: str = "") -> str:
    """The page that shows which agencies work together, and on what; with a group's name on the cases that it treats.

    ``called`` is the name of the part of a store that it shows.
    """
    told = ties.collaboration(store, group)
    return collaboration_html(told.facts, told.cases, told.columns, language, called)


def lineage_page(store: Store, language: str, group: str = "", called: str = "") -> str:
    """The page that shows how each case fared, meeting by meeting; with a group's name that of each case that it treats.

    ``called`` is the name of the part of a store that it shows.
    """
    return lineage_html(lineage(store, group), language, called)


def collaboration_html(
    facts: tuple[ties.Involved, ...], cases: tuple[ties.Case, ...], columns: tuple[Column, ...], language: str, called: str = ""
) -> str:
    """The collaboration page of some cases, all of whose bodies are among the facts and all of whose meetings are among the columns."""
    number = {case.iri: place for place, case in enumerate(cases)}
    cities = mirror.city_order(fact.city for fact in facts)
    networks = {level: ties.collaboration_network(facts, level) for level in ties.LEVELS}
    drawings = {level: _drawing(net, cities) for level, net in networks.items()}
    page = {
        "options": network.OPTIONS,
        "scale": {"node": network.NODE_SCALE, "edge": network.EDGE_SCALE},
        "cities": cities,
        "first": fitting_level(networks),
        "levels": {level: _level(net, drawings[level], cities, number) for level, net in networks.items()},
        "cases": _cases(cases, {column.iri: place for place, column in enumerate(columns)}),
        "meetings": [asdict(column) for column in columns],
        "english": _english(networks["section"]),
    }
    environment = _environment(language, "collaboration", page, called, network.vis_network_script())
    return network.render(drawings["section"], environment, "collaboration.html")


def lineage_html(told: Lineage, language: str, called: str = "") -> str:
    """The lineage page of some cases."""
    page = {**asdict(told), "english": _english({agency for lane in told.lanes for agency in lane.agencies})}
    return _environment(language, "lineage", page, called).get_template("lineage.html").render()


def _drawing(net: nx.Graph[str], cities: tuple[str, ...]) -> Drawing:
    sides = {body: mirror.side(body, net.nodes[body]["city"], cities) for body in net}
    return network.drawing(net, mirror.place(net, cities), sides, ties.hierarchy(net))


def _level(net: nx.Graph[str], drawn: Drawing, cities: tuple[str, ...], number: Mapping[str, int]) -> dict[str, object]:
    """What the page's script knows of a fold level, bodies and cases by their number: large networks hold few names twice."""
    place = {node["id"]: at for at, node in enumerate(drawn.nodes)}
    bow = {edge["id"]: edge.get("smooth") or 0 for edge in drawn.edges}
    return {
        "nodes": drawn.nodes,
        "sides": [mirror.side(node["id"], net.nodes[node["id"]]["city"], cities) for node in drawn.nodes],
        "cases": [[number[case] for case in net.nodes[node["id"]]["cases"]] for node in drawn.nodes],
        "ties": [
            (place[a], place[b], *_shared(tie, number), bow[network.tie_id(a, b)]) for a, b, tie in sorted(net.edges(data=True), key=_ends)
        ],
        "above": [(place[edge["from"]], place[edge["to"]]) for edge in drawn.edges if "dashes" in edge],
    }


def _ends(edge: tuple[str, str, object]) -> tuple[str, str]:
    return edge[:2]


def _shared(tie: Mapping[str, Iterable[str]], number: Mapping[str, int]) -> tuple[list[int], list[float]]:
    """The cases of a tie by their number, and what each gives to its weight."""
    return [number[case] for case in tie["cases"]], [round(float(share), 6) for share in tie["shares"]]


def _cases(cases: tuple[ties.Case, ...], meeting_number: Mapping[str, int]) -> list[dict[str, object]]:
    """What the page's script knows of each case; meetings by their number."""
    return [
        {
            "title": case.title,
            "outcome": case.outcome,
            "events": [{**asdict(event), "meeting": meeting_number[event.meeting]} for event in case.treatments],
        }
        for case in cases
    ]


def _english(paths: Iterable[str]) -> dict[str, str]:
    """The English names that the gazetteer knows, by path."""
    bodies = gazetteer.load()
    known = {path: bodies.agency(path) for path in sorted(paths)}
    return {path: agency.label_en for path, agency in known.items() if agency and agency.label_en}


def _environment(language: str, name: str, page: Mapping[str, object], called: str, library: str = "") -> jinja2.Environment:
    """A template environment with autoescape, and with the page's styles, scripts and data, the scripts known by hash to its policy."""
    words = {**looks.words(), **_level_words()}
    shown = language if language in LANGUAGES else "zh-Hant-TW"
    script = "\n".join(template(part) for part in (*_SCRIPTS, f"{name}.js", f"{name}_panels.js"))
    style = looks.load().css() + template("page.css")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(template), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        lang=shown,
        page_name=name,
        called=called,
        words={key: text[shown] for key, text in words.items()},
        policy=_policy([text for text in (library, script) if text], style),
        style=Markup(style),
        script=Markup(script),
        library=Markup(library),
        data=island({**page, "looks": {name: value for name, value in asdict(looks.load()).items() if name not in ("light", "dark")}}),
        all_words=island(words),
    )
    return environment


def _level_words() -> dict[str, dict[str, str]]:
    """The names of levels that the profile in use has of its own, which need no translation."""
    own = {level: own_name(level) for level in LEVELS}
    return {f"at-{level}": dict.fromkeys(LANGUAGES, name) for level, name in own.items() if name != level}


def _policy(scripts: list[str], style: str) -> str:
    """A content security policy under which only these scripts and this style run, and nothing is fetched."""
    hashes = " ".join(_hash(text) for text in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
