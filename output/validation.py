"""A store goes in, what in it breaks a shape comes out as findings, at the place in the minutes that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.checks import check
from graph.shapes import shapes
from graph.store import Store
from ontology.records import Finding, Severity
from output.messages import Messages
from output.places import find_places

_NEAR: Final = """
SELECT DISTINCT ?node ?fact {{
  VALUES ?node {{ {nodes} }}
  {{ ?fact cc:evidence|cc:surfaceEvidence ?node }}
  UNION {{ ?fact (cc:evidence|cc:surfaceEvidence)/oa:hasSelector ?node }}
  UNION {{ ?fact ^cc:first|^cc:second ?node }}
  UNION {{ ?fact cc:statedIn|cc:case|cc:person|cc:refersTo|cc:agency|cc:group ?node }}
}}"""
_FILES: Final = "SELECT ?node (MIN(?name) AS ?file) {{ VALUES ?node {{ {nodes} }} ?node cc:fileName ?name }} GROUP BY ?node"
_AT_ONCE: Final = 500  # nodes a query


@dataclass(frozen=True, slots=True)
class Told:
    """A node (an IRI), the code of what is wrong with it, and the words for that."""

    node: str
    level: Severity
    code: str
    message: str


def validate(store: Store, spoken: Messages) -> tuple[Finding, ...]:
    """What breaks the program's own shapes, in the order of files and lines."""
    return at_places(
        store, (Told(found.node, found.shape.severity, found.shape.name, in_tongue(found.shape.messages, spoken)) for found in check(store))
    )


def say_validated(findings: tuple[Finding, ...], extra: int, spoken: Messages) -> str:
    """How many shapes were asked, ``extra`` of them the user's, and how many findings there are."""
    return spoken("validate.done", shapes=len(shapes()) + extra, findings=len(findings))


def in_tongue(messages: Mapping[str, str], spoken: Messages) -> str:
    """The message of a shape in the language spoken, else in any.

    >>> from output.messages import load
    >>> in_tongue({"en": "There must be a title.", "zh-hant-tw": "須有標題。"}, load("zh-Hant-TW"))
    '須有標題。'
    """
    return messages.get(spoken.language.lower()) or messages.get("en") or next((messages[key] for key in sorted(messages)), "")


def at_places(store: Store, told: Iterable[Told]) -> tuple[Finding, ...]:
    """Each as a finding: where its node, or what is nearest to it, rests on words, else in the node's file, else in the store."""
    told = tuple(told)
    nodes = sorted({one.node for one in told})
    at: dict[str, tuple[str, int, int]] = {}
    for start in range(0, len(nodes), _AT_ONCE):
        at |= _locate(store, nodes[start : start + _AT_ONCE])
    findings = (Finding(*at.get(one.node, (store.location, 1, 1)), one.level, one.code, f"{one.message} <{one.node}>") for one in told)
    return tuple(sorted(set(findings), key=lambda found: (found.file, found.line, found.column, found.code, found.message)))


def _locate(store: Store, nodes: list[str]) -> dict[str, tuple[str, int, int]]:
    """File, line and column of the nodes that have any."""
    listed = " ".join(f"<{node}>" for node in nodes)
    near: dict[str, set[str]] = {node: {node} for node in nodes}
    for node, fact in store.select(_NEAR.format(nodes=listed)).rows:
        near[node].add(fact)
    places = find_places(store, {fact for facts in near.values() for fact in facts})
    found = {file[0]: (file[1], 1, 1) for file in store.select(_FILES.format(nodes=listed)).rows}
    for node, facts in near.items():
        own = places[node] or tuple(place for fact in facts for place in places[fact])
        if own and node not in found:
            first = min(own)
            found[node] = (first.file, first.line, first.column)
    return found
