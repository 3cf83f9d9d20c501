"""The vocabulary goes in, what a person calls each of its terms comes out, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from ontology import terms
from output.messages import Language

_LABEL: Final = terms.RDFS + "label"
_DEFINITION: Final = terms.SKOS + "definition"
_STARTS: Final = {"zh": "zh-Hant-TW", "en": "en"}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property: its name with a prefix, what a person calls it, and its definition; the last two may be empty."""

    name: str
    label: str = ""
    definition: str = ""


def shorten(iri: str) -> str:
    """An IRI with a prefix where it has one: ``cc:Case``."""
    for prefix, namespace in terms.PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def term(iri: str, language: Language) -> Term:
    """A class or property in the words of a language.

    >>> term("https://w3id.org/crosscity/ns#Case", "en").label
    'case'
    """
    said = _said()
    return Term(shorten(iri), said.get((iri, _LABEL, language), ""), said.get((iri, _DEFINITION, language), ""))


@cache
def completions(language: Language) -> tuple[Term, ...]:
    """Every term that the program writes or asks for, sorted by name."""
    iris = {value for name, value in vars(terms).items() if name.isupper() and isinstance(value, str)}
    used = {iri for iri in iris if shorten(iri) != iri and iri not in terms.PREFIXES.values()}
    return tuple(sorted((term(iri, language) for iri in used), key=lambda one: one.name))


@cache
def _said() -> Mapping[tuple[str, str, str], str]:
    """Words by term, kind of words, and language."""
    file = resources.files("ontology") / "vocabulary.ttl"
    said = {}
    for quad in pyoxigraph.parse(file.read_bytes(), RdfFormat.TURTLE):
        about, words = quad.subject, quad.object
        if isinstance(about, NamedNode) and isinstance(words, Literal) and quad.predicate.value in (_LABEL, _DEFINITION):
            language = _STARTS.get((words.language or "").partition("-")[0], "")
            said[about.value, quad.predicate.value, language] = words.value
    return said
