"""A store and a file of a user's own shapes in SHACL go in, what breaks them comes out as findings: the one module that knows pySHACL."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

import pyoxigraph

from graph import guard
from graph.shapes import SEVERITIES, SHACL
from graph.store import Store
from ontology.errors import CrossCityError
from ontology.records import Finding
from output.messages import Messages
from output.validation import Told, at_places, in_tongue

_ASKED: Final = frozenset(SHACL + term for term in ("select", "ask", "construct", "update"))
_SHAPES: Final = frozenset(SHACL + term for term in ("NodeShape", "PropertyShape"))


def validate_by(store: Store, file: Path, spoken: Messages) -> tuple[int, tuple[Finding, ...]]:
    """How many named shapes the file has, and what breaks them.

    Raises CrossCityError where pySHACL is missing, or the file cannot be read, is no Turtle, reaches out or is no SHACL.
    """
    try:
        from pyshacl import validate
    except ImportError as error:
        raise CrossCityError(spoken("validate.no-pyshacl")) from error
    turtle, named = _read(file, spoken)
    from pyparsing import ParseException
    from rdflib import Graph

    lines = {line.rpartition(" <")[0] + " ." for line in store.nquads()}
    data = Graph().parse(data="\n".join(sorted(lines)), format="nt")
    try:
        _, report, text = validate(data, shacl_graph=Graph().parse(data=turtle, format="turtle"))
    except (RuntimeError, TypeError, ValueError, AttributeError, LookupError, re.error, ParseException) as error:  # pySHACL: as it comes
        raise CrossCityError(spoken("validate.not-shacl", file=file, reason=" ".join(str(error).split()))) from error
    if not isinstance(report, Graph):
        raise CrossCityError(spoken("validate.not-shacl", file=file, reason=" ".join(text.split())))
    return named, at_places(store, _told(report.serialize(format="nt"), spoken))


def _read(file: Path, spoken: Messages) -> tuple[str, int]:
    """The file's Turtle, and how many shapes in it have a name."""
    try:
        turtle = file.read_text(encoding="utf-8")
        statements = list(pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TURTLE))
    except OSError as error:
        raise CrossCityError(spoken("validate.unreadable", file=file, reason=error.strerror or str(error))) from error
    except (SyntaxError, UnicodeDecodeError) as error:
        raise CrossCityError(spoken("validate.not-turtle", file=file, reason=" ".join(str(error).split()))) from error
    for statement in statements:
        if statement.predicate.value in _ASKED and isinstance(statement.object, pyoxigraph.Literal):
            guard.refuse(statement.object.value)
    kinds = {statement.subject for statement in statements if getattr(statement.object, "value", "") in _SHAPES}
    return turtle, sum(isinstance(kind, pyoxigraph.NamedNode) for kind in kinds)


def _told(report: str, spoken: Messages) -> list[Told]:
    """The results of a validation report, which N-Triples write."""
    results: defaultdict[object, defaultdict[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in pyoxigraph.parse(report, pyoxigraph.RdfFormat.N_TRIPLES):
        if isinstance(triple.object, pyoxigraph.NamedNode | pyoxigraph.Literal):
            results[triple.subject][triple.predicate.value.removeprefix(SHACL)].append(triple.object)
    told = []
    for result in results.values():
        if "focusNode" not in result:
            continue
        (source,) = result["sourceShape"] or result["sourceConstraintComponent"]
        messages = {said.language or "": said.value for said in result["resultMessage"] if isinstance(said, pyoxigraph.Literal)}
        level = SEVERITIES[result["resultSeverity"][0].value]
        code = source.value.rpartition("#")[2].rpartition("/")[2]
        told.append(Told(result["focusNode"][0].value, level, code, in_tongue(messages, spoken)))
    return told
