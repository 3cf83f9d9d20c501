"""A reasoner (OWL 2 RL) finds the vocabulary and a built store consistent, and one that contradicts the vocabulary not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from good_store import as_graph
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from graph.build import build
from graph.store import Store
from ontology import terms

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")


@cache
def _lines() -> str:
    """The vocabulary and what a store of two files of examples says, without the long texts."""
    with Store.open(":memory:") as store:
        build([ROOT / "examples" / "2020.txt", ROOT / "examples" / "2022-1.txt"], store, iris=store.iris)
        data = as_graph(store)
    data.remove((None, URIRef(terms.TEXT), None))
    for name in ("vocabulary.ttl", "status.ttl"):
        data.parse(ROOT / "ontology" / name, format="turtle")
    return data.serialize(format="nt")


def _graph() -> Graph:
    return Graph().parse(data=_lines(), format="nt")


def _some(data: Graph, kind: str) -> Node:
    return min(data.subjects(RDF.type, URIRef(kind)))


def _errors(data: Graph) -> set[Node]:
    DeductiveClosure(OWLRL_Semantics).expand(data)
    return set(data.subjects(RDF.type, ERROR))


def test_the_vocabulary_and_a_built_store_are_consistent() -> None:
    data = _graph()
    assert _errors(data) == set()
    assert (_some(data, terms.MEETING), RDF.type, URIRef(terms.ACTIVITY)) in data
    assert (_some(data, terms.CASE), RDF.type, URIRef(terms.PROCESS)) in data


@pytest.mark.parametrize(("one", "other"), [(terms.CASE, terms.CASE_EVENT), (terms.MEETING, terms.DIRECTIVE)])
def test_a_thing_of_two_classes_that_share_none_is_caught(one: str, other: str) -> None:
    data = _graph()
    data.add((_some(data, one), RDF.type, URIRef(other)))
    assert _errors(data)


def test_a_value_that_its_property_does_not_have_is_caught_by_what_follows_from_it() -> None:
    data = _graph()
    event = _some(data, terms.CASE_EVENT)
    data.set((event, URIRef(terms.OF_CASE), data.value(event, URIRef(terms.AT_MEETING)) or event))
    assert _errors(data)
