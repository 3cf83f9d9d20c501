"""Shapes in SHACL go in, one SPARQL query each comes out that finds all of a store's nodes that break it.

Of SHACL it knows what ``ontology/shapes.ttl`` uses, and refuses the rest, so that no constraint is left out in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from ontology import terms
from ontology.records import Severity

SHACL: Final = "http://www.w3.org/ns/shacl#"
Node: TypeAlias = NamedNode | BlankNode | Literal | Triple
_FIRST: Final = terms.RDF + "first"
_REST: Final = terms.RDF + "rest"
_NO_FORM: Final = {terms.XSD + "string", terms.RDF + "langString"}  # any words are a value of these
SEVERITIES: Final[Mapping[str, Severity]] = {SHACL + "Violation": "error", SHACL + "Warning": "warning", SHACL + "Info": "note"}
_SAID_ASIDE: Final = {
    "path",
    "property",
    "message",
    "severity",
    "targetClass",
    "targetSubjectsOf",
    "prefixes",
    "sparql",
    "qualifiedValueShape",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule for nodes: ``sparql`` selects the nodes (``?this``) that break it; ``messages`` are by language tag."""

    name: str
    severity: Severity
    messages: Mapping[str, str]
    sparql: str


@cache
def shapes() -> tuple[Shape, ...]:
    """The shapes of what a build writes, by name.

    >>> [shape.name for shape in shapes()][:2]
    ['Mention', 'action']
    """
    return read_shapes((resources.files("ontology") / "shapes.ttl").read_bytes())


def read_shapes(turtle: bytes) -> tuple[Shape, ...]:
    """The shapes of a Turtle text, by name. Raises ValueError where they use what is not known here."""
    return tuple(sorted(_Reader(turtle).shapes(), key=lambda shape: shape.name))


class _Reader:
    """Shapes as a graph of terms, asked one at a time."""

    def __init__(self, turtle: bytes) -> None:
        self._values: dict[Node, dict[str, list[Node]]] = {}
        for quad in parse(turtle, format=RdfFormat.TURTLE):
            self._values.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)

    def shapes(self) -> Iterator[Shape]:
        """Each shape that says something of its nodes, with the nodes of all classes that name it."""
        targets: defaultdict[Node, list[str]] = defaultdict(list)
        for shape in self._values:
            target = self._target(shape)
            if not target:
                continue
            targets[shape].append(target)
            for part in (*self._all(shape, "property"), *self._all(shape, "sparql")):
                targets[part].append(target)
        for shape, found in targets.items():
            focus = "{ " + " } UNION { ".join(sorted(found)) + " }"
            breaks = list(self._breaks(shape))
            if breaks:
                union = " UNION ".join(f"{{ {focus} {pattern} }}" for pattern in breaks)
                yield Shape(self._name(shape), self._severity(shape), self._messages(shape), f"SELECT DISTINCT ?this {{ {union} }}")

    def _target(self, shape: Node) -> str:
        parts = [f"?this a {kind}" for kind in self._all(shape, "targetClass")]
        parts += [f"?this {term} ?any" for term in self._all(shape, "targetSubjectsOf")]
        return " } UNION { ".join(sorted(parts))

    def _breaks(self, shape: Node) -> Iterator[str]:
        """A graph pattern for each constraint, that matches where ``?this`` breaks it."""
        path = self._path(self._one(shape, "path")) if self._all(shape, "path") else ""
        for term in sorted(self._values[shape]):
            constraint = term.removeprefix(SHACL)
            if not term.startswith(SHACL) or constraint in _SAID_ASIDE:
                continue
            for value in self._values[shape][term]:
                yield self._break(shape, constraint, value, path)

    def _break(self, shape: Node, constraint: str, value: Node, path: str) -> str:
        if constraint == "select":
            return f"{{ {_words(value).replace('$this', '?this')} }}"
        if constraint in _OF_VALUES:
            return f"?this {path} ?value . FILTER ({_OF_VALUES[constraint](value)})"
        if constraint in _OF_NODES:
            return _OF_NODES[constraint](path, value)
        if constraint == "in":
            listed = " || ".join(f"sameTerm(?value, {item})" for item in self._list(value))
            return f"?this {path} ?value . FILTER (!({listed}))"
        if constraint == "or":
            holds = " || ".join(f"({self._holds(item)})" for item in self._list(value))
            return f"?this {path} ?value . FILTER (!({holds}))" if path else f"FILTER (!({holds}))"
        if constraint == "qualifiedMaxCount":
            holds = self._holds(self._one(shape, "qualifiedValueShape"))
            return _more_than(f"?this {path} ?value . FILTER ({holds})", value)
        raise ValueError(f"{shape}: sh:{constraint} is not known here")

    def _holds(self, alternative: Node) -> str:
        """Whether ``?value``, or ``?this`` by a path, is as an alternative wants it, as an expression."""
        given = {term.removeprefix(SHACL): values[0] for term, values in self._values[alternative].items()}
        if given.keys() == {"datatype"}:
            return f"!({_another_datatype(given['datatype'])})"
        if given.keys() == {"class"}:
            return f"EXISTS {{ ?value a {given['class']} }}"
        if given.keys() == {"path", "minCount"} and _words(given["minCount"]) == "1":
            return f"EXISTS {{ ?this {self._path(given['path'])} ?some }}"
        if given.keys() == {"path", "hasValue"}:
            return f"EXISTS {{ ?this {self._path(given['path'])} {given['hasValue']} }}"
        raise ValueError(f"an alternative with {', '.join(sorted(given))} is not known here")

    def _path(self, path: Node) -> str:
        if isinstance(path, NamedNode):
            return str(path)
        given = self._values[path]
        if _FIRST in given:
            return "/".join(self._path(step) for step in self._list(path))
        if SHACL + "inversePath" in given:
            return f"^{self._path(self._one(path, 'inversePath'))}"
        if SHACL + "alternativePath" in given:
            return "(" + "|".join(self._path(way) for way in self._list(self._one(path, "alternativePath"))) + ")"
        raise ValueError(f"a path of {', '.join(sorted(given))} is not known here")

    def _list(self, node: Node) -> list[Node]:
        items: list[Node] = []
        while _FIRST in self._values.get(node, {}):
            items.append(self._values[node][_FIRST][0])
            node = self._values[node][_REST][0]
        return items

    def _all(self, node: Node, term: str) -> list[Node]:
        return self._values.get(node, {}).get(SHACL + term, [])

    def _one(self, node: Node, term: str) -> Node:
        (value,) = self._all(node, term)
        return value

    def _name(self, shape: Node) -> str:
        if not isinstance(shape, NamedNode):
            raise ValueError("a shape that is to be reported must have a name")
        return shape.value.rpartition("#")[2]

    def _severity(self, shape: Node) -> Severity:
        stated = self._all(shape, "severity")
        return SEVERITIES[stated[0].value] if stated and isinstance(stated[0], NamedNode) else "error"

    def _messages(self, shape: Node) -> Mapping[str, str]:
        return {said.language or "": said.value for said in self._all(shape, "message") if isinstance(said, Literal)}


def _words(value: Node) -> str:
    if not isinstance(value, Literal):
        raise ValueError(f"{value} is no literal")
    return value.value


def _another_datatype(wanted: Node) -> str:
    """Whether ``?value`` is of another datatype, or not written as a value of it is."""
    other = f"COALESCE(DATATYPE(?value) != {wanted}, true)"
    ill_formed = f" || !COALESCE(BOUND(?value) && STRLEN(STR({wanted}(STR(?value)))) > 0, false)"
    return other if isinstance(wanted, NamedNode) and wanted.value in _NO_FORM else other + ill_formed


def _more_than(pattern: str, most: Node) -> str:
    return f"{{ SELECT ?this {{ {pattern} }} GROUP BY ?this HAVING (COUNT(DISTINCT ?value) > {_words(most)}) }}"


def _fewer_than(path: str, least: Node) -> str:
    if _words(least) == "1":
        return f"MINUS {{ ?this {path} ?value }}"  # NOT EXISTS of a long path is 60 times slower in Oxigraph
    counted = f"{{ SELECT ?this (COUNT(DISTINCT ?value) AS ?count) {{ ?this {path} ?value }} GROUP BY ?this }}"
    return f"OPTIONAL {counted} FILTER (COALESCE(?count, 0) < {_words(least)})"


def _at_most(path: str, most: Node) -> str:
    if _words(most) == "1":
        return f"?this {path} ?value , ?other . FILTER (!sameTerm(?value, ?other))"
    return _more_than(f"?this {path} ?value", most)


def _same_language(path: str, _: Node) -> str:
    same = "LANG(?value) != '' && LANG(?value) = LANG(?other)"
    return f"?this {path} ?value , ?other . FILTER (!sameTerm(?value, ?other) && {same})"


def _beside(operator: str) -> Callable[[str, Node], str]:
    """Each value is so to each value of another property."""
    return lambda path, other: f"?this {path} ?value ; {other} ?other . FILTER (!COALESCE(?value {operator} ?other, false))"


_OF_VALUES: Final[Mapping[str, Callable[[Node], str]]] = {
    "datatype": _another_datatype,
    "nodeKind": lambda kind: {SHACL + "IRI": "!isIRI(?value)"}[str(kind)[1:-1]],
    "class": lambda kind: f"NOT EXISTS {{ ?value a {kind} }}",
    "pattern": lambda words: f"!REGEX(STR(?value), {words})",
    "minLength": lambda least: f"STRLEN(STR(?value)) < {_words(least)}",
    "minInclusive": lambda least: f"!COALESCE(?value >= {_words(least)}, false)",
    "maxInclusive": lambda most: f"!COALESCE(?value <= {_words(most)}, false)",
}
_OF_NODES: Final[Mapping[str, Callable[[str, Node], str]]] = {
    "minCount": _fewer_than,
    "maxCount": _at_most,
    "uniqueLang": _same_language,
    "lessThan": _beside("<"),
    "lessThanOrEquals": _beside("<="),
    "disjoint": lambda path, other: f"?this {path} ?value ; {other} ?value .",
}
