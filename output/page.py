"""A store goes in, one self-contained HTML file comes out: the collaboration of agencies, or the lineage of cases.

The lineage page is drawn as SVG by its own script, not by vis-network: swim lanes need no layout engine, and SVG prints sharply, takes
the keyboard's focus mark by mark, and is what a screen reader can follow. The collaboration page is a network that pyvis draws.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Final, Literal, TypeAlias

import jinja2
from markupsafe import Markup

from graph import collaboration as ties
from graph import mirror, named
from graph.lineage import Evidence, evidence_of, lineage, meeting_columns
from graph.store import Store
from output import network

Language: TypeAlias = Literal["zh-Hant-TW", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh-Hant-TW", "en")
_RISKY: Final = re.compile("[<>&\u2028\u2029]")


def write_collaboration(store: Store, path: Path, *, language: str = "zh-Hant-TW") -> None:
    """Write the page that shows which agencies work together, and on what, as UTF-8."""
    facts = ties.involved(store)
    levels: dict[str, object] = {}
    drawn = None
    for level in ties.LEVELS:
        net = ties.collaboration_network(facts, level)
        sides = {body: _side(body, net.nodes[body]["city"]) for body in net}
        drawn = network.drawing(net, mirror.place(net), sides, ties.hierarchy(net))
        levels[level] = {
            "nodes": drawn.nodes,
            "edges": drawn.edges,
            "sides": sides,
            "cases": {body: net.nodes[body]["cases"] for body in net},
            "ties": [{"a": a, "b": b, "weight": tie["weight"], "cases": tie["cases"]} for a, b, tie in sorted(net.edges(data=True))],
            "bridges": [f"{a}|{b}" for a, b in ties.bridges(net)],
        }
    assert drawn is not None
    page = {"options": network.OPTIONS, "levels": levels, "cases": _cases(store), "meetings": _meetings(store)}
    environment = _environment(language, "collaboration", page, network.vis_network_script())
    path.write_text(network.render(drawn, environment, "collaboration.html"), encoding="utf-8")


def write_lineage(store: Store, path: Path, *, language: str = "zh-Hant-TW") -> None:
    """Write the page that shows how each case fared, meeting by meeting, as UTF-8."""
    environment = _environment(language, "lineage", asdict(lineage(store)))
    path.write_text(environment.get_template("lineage.html").render(), encoding="utf-8")


def _side(body: str, city: str) -> str:
    """Which side of the picture a body is on: that of its city's government, or neither."""
    top = body.split("/")[0]
    if not top.endswith("政府") or not city:
        return "other"
    return "left" if city == "臺北市" else "right"


def _cases(store: Store) -> dict[str, object]:
    """Each case by IRI with its events: date, outcome, agencies, and the verbatim ruling with its place."""
    passages = evidence_of(store, ("case-event",))
    agencies: dict[str, list[str]] = {}
    for row in named.ask(store, "event-agencies").records():
        agencies.setdefault(row["event"], []).append(row["agency"])
    cases: dict[str, dict[str, object]] = {}
    events: dict[str, list[dict[str, object]]] = {}
    for row in named.ask(store, "case-events").records():
        events.setdefault(row["case"], []).append(
            {
                "meeting": row["meeting"],
                "date": row["date"],
                "outcome": row["outcome"],
                "agencies": agencies.get(row["event"], []),
                "evidence": asdict(passages.get(row["event"], Evidence(row["quote"]))),
            }
        )
    for row in named.ask(store, "cases").records():
        cases[row["case"]] = {"title": row["title"], "outcome": row["outcome"], "events": events.get(row["case"], [])}
    return dict(cases)


def _meetings(store: Store) -> dict[str, object]:
    return {column.iri: asdict(column) for column in meeting_columns(named.ask(store, "meetings").records())}


def _environment(language: str, name: str, page: Mapping[str, object], library: str = "") -> jinja2.Environment:
    """A template environment with autoescape, and with the page's styles, scripts and data, the scripts known by hash to its policy."""
    words = tomllib.loads(_file("words.toml"))
    shown = language if language in LANGUAGES else "zh-Hant-TW"
    script = _file("shared.js") + "\n" + _file(f"{name}.js")
    style = _file("page.css")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_file), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        lang=shown,
        page_name=name,
        words={key: text[shown] for key, text in words.items()},
        policy=_policy([text for text in (library, script) if text], style),
        style=Markup(style),
        script=Markup(script),
        library=Markup(library),
        data=island(page),
        all_words=island(words),
    )
    return environment


def island(value: object) -> Markup:
    """JSON that can stand inside a ``<script>`` element: nothing in it can end the element or be taken for a tag.

    >>> island("</script>")
    Markup('"\\\\u003c/script\\\\u003e"')
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(_RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _policy(scripts: list[str], style: str) -> str:
    """A content security policy under which only these scripts and this style run, and nothing is fetched."""
    hashes = " ".join(_hash(text) for text in scripts)
    return f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _file(name: str) -> str:
    return (resources.files("output.templates") / name).read_text(encoding="utf-8").replace("\r\n", "\n")
