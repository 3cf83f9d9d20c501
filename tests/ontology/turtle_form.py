"""Turtle in, the same statements in canonical Turtle out: subjects, properties and values in a fixed order, comments at the head kept.

``python tests/ontology/turtle_form.py FILE…`` rewrites files.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

_HEAD = re.compile(r"(?:(?:#|@).*\n|\n)*")
_BASE = re.compile(r"^@base <([^>]*)> *\.", re.MULTILINE)
_PREFIX = re.compile(r"^@prefix ([\w-]*): <([^>]*)> *\.", re.MULTILINE)
_LOCAL = re.compile(r"\w[\w-]*")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_FIRST = ("skos:prefLabel", "rdfs:label", "dct:title", "sh:path")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


def canonical(turtle: str) -> str:
    """The same head, and the same statements in canonical order; raises ValueError on a blank node."""
    head = _HEAD.match(turtle)
    kept = head[0].strip() if head else ""
    base = _BASE.search(kept)
    prefixes = {namespace: prefix for prefix, namespace in _PREFIX.findall(kept)}

    def name(node: NamedNode) -> str:
        for namespace in sorted(prefixes, key=len, reverse=True):
            local = node.value.removeprefix(namespace)
            if local != node.value and _LOCAL.fullmatch(local):
                return f"{prefixes[namespace]}:{local}"
        return f"<{node.value.removeprefix(base[1]) if base else node.value}>"

    def value(term: object) -> str:
        if isinstance(term, NamedNode):
            return name(term)
        if not isinstance(term, Literal):
            raise ValueError(f"a blank node or quoted triple has no name to sort by: {term}")
        words = f'"{term.value.translate(_ESCAPES)}"'
        if term.language:
            return f"{words}@{term.language}"
        kind = term.datatype.value.removeprefix(_XSD)
        if kind in ("integer", "boolean"):
            return term.value
        return words if kind == "string" else f"{words}^^{name(term.datatype)}"

    blocks: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in parse(turtle, format=RdfFormat.TURTLE):
        predicate = "a" if quad.predicate.value == _TYPE else name(quad.predicate)
        blocks[value(quad.subject)][predicate].add(value(quad.object))
    return "\n\n".join([kept, *(_block(subject, blocks[subject]) for subject in sorted(blocks))]) + "\n"


def _block(subject: str, properties: dict[str, set[str]]) -> str:
    order = sorted(properties, key=lambda term: (term != "a", term not in _FIRST, term))
    return subject + " " + " ;\n    ".join(f"{term} {', '.join(sorted(properties[term]))}" for term in order) + " ."


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        file = Path(argument)
        file.write_text(canonical(file.read_text("utf-8")), "utf-8")
