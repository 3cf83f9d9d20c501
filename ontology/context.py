"""The vocabulary goes in, the JSON-LD context of the data comes out: a short word for each term, and what its values are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, TypeAlias

import pyoxigraph
from pyoxigraph import RdfFormat

from ontology import terms

Definition: TypeAlias = str | Mapping[str, str]

_OWL: Final = "http://www.w3.org/2002/07/owl#"
_RANGES: Final = (terms.RDFS + "range", terms.SCHEMA + "rangeIncludes")
_OWN_DATATYPES: Final = frozenset(terms.XSD + name for name in ("string", "integer", "boolean"))  # those that JSON has itself
_LINKS: Final = frozenset(
    (
        *(terms.HAS_SOURCE, terms.HAS_SELECTOR, terms.HAD_PARTICIPATION, terms.DECISION_OUTCOME, terms.HAS_MEMBER),
        *(terms.SUB_ORGANIZATION_OF, terms.UNIT_OF, terms.ORIGINAL_ORGANIZATION, terms.RESULTING_ORGANIZATION),
        *(terms.WAS_REVISION_OF, terms.WAS_ASSOCIATED_WITH, terms.WAS_GENERATED_BY, terms.WAS_DERIVED_FROM, terms.SPATIAL),
        *(terms.TEMPORAL, terms.LICENSE),
    )
)
_TYPED: Final = {terms.ACTIVITY_DATE: "xsd:date"}
_BROADER: Final = ("void", "dcat")  # the prefixes whose terms keep them: their words would be taken for ours


@cache
def context() -> Mapping[str, Definition]:
    """What each short word of the data's JSON-LD stands for.

    >>> context()["actorMention"], context()["dueText"], context()["activity_date"]
    ({'@id': 'cc:actorMention', '@type': '@id'}, 'cc:dueText', {'@id': 'eli-dl:activity_date', '@type': 'xsd:date'})
    """
    words: dict[str, Definition] = dict(terms.PREFIXES)
    ranges = _ranges()
    foreign = (value for name, value in sorted(vars(terms).items()) if name.isupper() and isinstance(value, str))
    for iri in (*sorted(ranges), *foreign):
        prefix, local = _split(iri)
        word = local if prefix not in _BROADER else ""
        if not local or not word or word in words or iri == terms.TYPE:
            continue
        words[word] = _definition(iri, f"{prefix}:{local}", ranges.get(iri, ""))
    return words


def _definition(iri: str, short: str, kind: str) -> Definition:
    if iri in _LINKS or kind == "@id":
        return {"@id": short, "@type": "@id"}
    typed = _TYPED.get(iri, kind)
    return {"@id": short, "@type": typed} if typed else short


def _ranges() -> Mapping[str, str]:
    """Each own term, and the datatype of its values, ``@id`` for links, or empty."""
    found: dict[str, str] = {}
    several: set[str] = set()
    for quad in pyoxigraph.parse((resources.files("ontology") / "vocabulary.ttl").read_bytes(), format=RdfFormat.TURTLE):
        subject = quad.subject.value if isinstance(quad.subject, pyoxigraph.NamedNode) else ""
        if not subject.startswith(terms.CC) or not isinstance(quad.object, pyoxigraph.NamedNode):
            continue
        found.setdefault(subject, "")
        value = quad.object.value
        if quad.predicate.value == terms.TYPE and value == _OWL + "ObjectProperty":
            found[subject] = "@id"
        elif quad.predicate.value in _RANGES and value.startswith(terms.XSD) and value not in _OWN_DATATYPES:
            several |= {subject} if found[subject] else set()
            found[subject] = "xsd:" + value.removeprefix(terms.XSD)
    return {term: "" if term in several else kind for term, kind in found.items()}


def _split(iri: str) -> tuple[str, str]:
    """The prefix and local name of a term, or two empty words."""
    for prefix, namespace in terms.PREFIXES.items():
        if iri.startswith(namespace):
            return prefix, iri.removeprefix(namespace)
    return "", ""
