"""What a build writes conforms; each shape has a node to look at, refuses what it is meant to refuse, and finds the same by SPARQL."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from broken import REFUSED
from good_store import as_graph, good
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph import decisions, promises, relations
from graph.build import build
from graph.checks import check
from graph.shapes import read_shapes, shapes
from graph.store import Store
from ontology import gazetteer, records, terms
from ontology.gazetteer import CHINESE

TURTLE = Path(terms.__file__).with_name("shapes.ttl")
EXAMPLES = Path(__file__).parents[2] / "examples"
SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPE = Namespace("https://w3id.org/crosscity/shapes#")
NO_EXAMPLE = {terms.CORRECTION, terms.JUDGEMENT, terms.CANDIDATE, terms.UNREAD_SENTENCE}  # of these only the invented store has any


@cache
def _shapes() -> Graph:
    return Graph().parse(TURTLE, format="turtle")


@cache
def _in_sparql() -> frozenset[str]:
    return frozenset(str(shape).rpartition("#")[2] for shape in _shapes().subjects(RDF.type, SH.SPARQLConstraint))


@cache
def _core() -> Graph:
    """The shapes without those in SPARQL, which pySHACL parses anew for each node: ten times slower."""
    core = Graph()
    for triple in _shapes().triples((None, None, None)):
        if triple[1] != SH.sparql:
            core.add(triple)
    return core


def _refusals(data: Graph, by: Graph) -> set[tuple[str, str]]:
    """Which shape refuses which node, by pySHACL."""
    _, report, _ = validate(data, shacl_graph=by, advanced=False)
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
        found.add((str(source).rpartition("#")[2], str(report.value(result, SH.focusNode))))
    return found


def _breaches(data: Graph) -> set[tuple[str, str]]:
    """Which shape refuses which node, by the checks in SPARQL."""
    with Store.open(":memory:") as store:
        lines = data.serialize(format="nt").splitlines()
        store.replace("urn:g", [f"{line.removesuffix(' .')} <urn:g> ." for line in lines if line])
        return {(found.shape.name, found.node) for found in check(store)}


def test_what_a_build_writes_conforms() -> None:
    assert _refusals(good(), _shapes()) == _breaches(good()) == set()


@pytest.mark.parametrize(("shape", "change"), REFUSED, ids=[f"{number}-{shape}" for number, (shape, _) in enumerate(REFUSED)])
def test_each_shape_refuses_its_bad_example_in_shacl_as_in_sparql(shape: str, change: Callable[[Graph], object]) -> None:
    data = good()
    change(data)
    in_sparql = shape in _in_sparql()
    refused = _refusals(data, _shapes() if in_sparql else _core())
    assert shape in {name for name, _ in refused}
    assert refused == {(name, node) for name, node in _breaches(data) if in_sparql or name not in _in_sparql()}


def test_each_shape_has_a_bad_example() -> None:
    constrained = set(_shapes().subjects(RDF.type, SH.PropertyShape)) | set(_shapes().subjects(SH["or"], None))
    constrained |= set(_shapes().subjects(RDF.type, SH.SPARQLConstraint))
    named = {shape for shape in constrained if isinstance(shape, URIRef) and (shape, RDF.type, None) in _shapes()}
    assert {SHAPE[shape] for shape, _ in REFUSED} == named
    assert {SHAPE[shape.name] for shape in shapes()} == named
    assert len(named) == 143


def test_a_shape_that_sparql_does_not_know_is_refused() -> None:
    turtle = TURTLE.read_text("utf-8").replace("sh:uniqueLang true", "sh:xone ( )")
    with pytest.raises(ValueError, match="sh:xone is not known here"):
        read_shapes(turtle.encode())


@cache
def _examples() -> Graph:
    with Store.open(":memory:") as store:
        build([EXAMPLES], store, iris=store.iris)
        return as_graph(store)


def _step(data: Graph, nodes: set[Node], path: Node) -> set[Node]:
    """What a path of SHACL leads to."""
    shapes = _shapes()
    if (path, RDF.first, None) in shapes:
        for part in Collection(shapes, path):
            nodes = _step(data, nodes, part)
        return nodes
    if (back := shapes.value(path, SH.inversePath)) is not None:
        return {value for node in nodes for value in data.subjects(back, node)}
    if (ways := shapes.value(path, SH.alternativePath)) is not None:
        return {value for way in Collection(shapes, ways) for value in _step(data, nodes, way)}
    return {value for node in nodes for value in data.objects(node, path)}


def test_each_shape_has_a_node_to_look_at_in_a_store_of_the_examples() -> None:
    shapes = _shapes()
    examples = _examples()
    data = examples + good()
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        kinds = set(shapes.objects(shape, SH.targetClass))
        noted = {node for term in shapes.objects(shape, SH.targetSubjectsOf) for node in examples.subjects(term)}
        for kind in kinds:
            assert ((None, RDF.type, kind) in examples) == (str(kind) not in NO_EXAMPLE), kind
        focus = noted | {node for kind in kinds for node in data.subjects(RDF.type, kind)}
        assert focus, shape
        for part in shapes.objects(shape, SH.property):
            assert _step(data, focus, next(shapes.objects(part, SH.path))), (shape, part)


def test_each_class_that_is_written_has_a_shape() -> None:
    written = set((_examples() + good()).objects(None, RDF.type))
    shaped = set(_shapes().objects(None, SH.targetClass))
    alongside = {terms.ACTIVITY, terms.EVENT, terms.DECISION, terms.FORESEEN_ACTIVITY, terms.ELI_DL_PARTICIPATION, terms.PROCESS}
    assert written - shaped == {URIRef(kind) for kind in alongside}
    assert shaped <= written


def test_each_shape_speaks_both_languages() -> None:
    for shape, _ in REFUSED:
        languages = {message.language for message in _shapes().objects(SHAPE[shape], SH.message) if isinstance(message, Literal)}
        assert languages == {CHINESE, "en"}, shape


def test_lists_hold_the_values_of_the_records_and_schemes() -> None:
    listed = {shape: {str(value) for value in Collection(_shapes(), values)} for shape, values in _shapes().subject_objects(SH["in"])}
    status = Graph().parse(TURTLE.with_name("status.ttl"), format="turtle")
    concepts = {str(concept) for concept in status.subjects(RDF.type, URIRef(terms.SKOS + "Concept"))}
    assert listed[SHAPE["outcome"]] | listed[SHAPE["escalated-to"]] == concepts
    for name, values in (
        ("section", records.Section),
        ("purpose", records.Purpose),
        ("role", records.Role),
        ("kind", records.ReferenceKind),
    ):
        assert listed[SHAPE[name]] == set(values.__args__), name
    assert listed[SHAPE["mode"]] == set(records.Mode.__args__)
    assert listed[SHAPE["verdict"]] == set(get_args(decisions.Verdict))
    assert listed[SHAPE["candidate-kind"]] == set(get_args(decisions.Kind))
    assert listed[SHAPE["state"]] == {state for part in get_args(promises.State) for state in (get_args(part) or (part,))}
    assert listed[SHAPE["step-basis"]] == set(get_args(relations.Basis))
    assert listed[SHAPE["relation"]] == {*get_args(relations.Kind), "continues"}
    assert listed[SHAPE["level"]] == set(get_args(gazetteer.AgencyLevel))
