"""The vocabulary says what each constant of terms.py means; every term of others exists where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import namespace
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN
from turtle_form import canonical

from ontology import records, terms
from ontology.gazetteer import LEVELS

FOLDER = Path(terms.__file__).parent
ELI_TERMS = FOLDER.parents[1] / "shared" / "vocabularies" / "eli-terms.tsv"
LANGUAGES = {"zh-hant-tw", "en"}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property}
CLOSED = tuple(
    getattr(namespace, name)
    for name in ("DCAT", "DCTERMS", "FOAF", "ORG", "OWL", "PROV", "QB", "RDF", "RDFS", "SDO", "SKOS", "TIME", "VANN", "VOID", "XSD")
)
# Web Annotation is not among rdflib's namespaces; https://www.w3.org/TR/annotation-vocab/
WEB_ANNOTATION = {
    terms.OA + name
    for name in (
        *("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "hasBody", "hasTarget"),
        *("hasSource", "hasSelector", "exact", "prefix", "suffix", "start", "end"),
    )
}
# What we use of ELI and ELI-DL, so that a typing error is found where the list of all their terms is not at hand.
ELI_USED = {
    *(terms.ELI + name for name in ("Expression",)),
    *(terms.ELI_DL + name for name in ("Activity", "Decision", "DecisionOutcome", "ForeseenActivity", "Participation", "Process")),
    *(terms.ELI_DL + name for name in ("activity_date", "had_participation", "decision_outcome", "forms_part_of", "was_executed_in")),
    *(terms.ELI_DL + name for name in ("participation_role", "participation_in_name_of", "had_participant_person")),
    *(terms.ELI_DL + name for name in ("had_participant_organization", "appointed_participant")),
    terms.ELI_DL + "DecisionOutcome-Adopted",
}
# What we use of vocabularies that rdflib does not know: Besluit (https://data.vlaanderen.be/ns/besluit), OParl 1.1 (https://schema.oparl.org),
# Popolo (https://www.popoloproject.com/specs/).
OTHERS_USED = {
    *(f"http://data.vlaanderen.be/ns/besluit#{name}" for name in ("BehandelingVanAgendapunt", "Bestuursorgaan", "Zitting")),
    *(f"https://schema.oparl.org/1.1/{name}" for name in ("AgendaItem", "Consultation", "File", "Meeting", "Organization", "Paper")),
    "http://www.w3.org/ns/opengov#Motion",
}
OTHERS = ("http://data.vlaanderen.be/ns/", "https://schema.oparl.org/", "http://www.w3.org/ns/opengov#")
OWN = (terms.CC, "https://w3id.org/crosscity/")


def _quads(name: str) -> list[Quad]:
    return list(parse((FOLDER / name).read_bytes(), format=RdfFormat.TURTLE))


def _constants() -> dict[str, str]:
    """The terms of terms.py; namespaces and schemes, which end in / or #, are none."""
    return {name: value for name, value in vars(terms).items() if name.isupper() and isinstance(value, str) and value[-1] not in "/#"}


def _described(name: str) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = {}
    for quad in _quads(name):
        assert isinstance(quad.subject, NamedNode)
        found.setdefault(quad.subject.value, []).append(quad)
    return found


def _languages(quads: list[Quad], predicate: str) -> list[str]:
    return sorted(
        q.object.language or ""
        for q in quads
        if q.predicate.value == predicate and isinstance(q.object, Literal) and q.object.value == q.object.value.strip() != ""
    )


def _foreign() -> Iterator[str]:
    for value in _constants().values():
        if not value.startswith(OWN):
            yield value
    for name in ("vocabulary.ttl", "status.ttl", "agencies.ttl", "shapes.ttl"):
        for quad in _quads(name):
            for node in (quad.predicate, quad.object):
                if isinstance(node, NamedNode) and not node.value.startswith(OWN) and "w3.org/ns/shacl#" not in node.value:
                    yield node.value


def test_terms_and_vocabulary_agree_both_ways() -> None:
    constants = {value for value in _constants().values() if value.startswith(terms.CC)}
    described = {subject for subject in _described("vocabulary.ttl") if subject.startswith(terms.CC)}
    assert (sorted(constants - described), sorted(described - constants)) == ([], [])
    assert len(constants) == 128


def test_constants_are_named_after_their_terms() -> None:
    own = [value for name, value in _constants().items() if value.startswith(terms.CC)]
    assert len(set(own)) == len(own)


def test_every_term_has_labels_and_definitions_in_both_languages() -> None:
    for subject, quads in _described("vocabulary.ttl").items():
        if not subject.startswith(terms.CC):
            continue
        assert _languages(quads, str(RDFS.label)) == ["en", "zh-hant-tw"], subject
        assert _languages(quads, str(SKOS.definition)) == ["en", "zh-hant-tw"], subject
        kinds = {rdflib.URIRef(q.object.value) for q in quads if q.predicate.value == terms.TYPE}
        assert len(kinds) == 1 and kinds <= KINDS, subject
        name = subject.removeprefix(terms.CC)
        assert (kinds == {OWL.Class}) == name[0].isupper(), subject
        assert str(RDFS.isDefinedBy) in {q.predicate.value for q in quads}, subject


def test_labels_are_told_apart() -> None:
    for language in LANGUAGES:
        labels = [
            (quad.object.value, any(q.object.value == str(OWL.Class) for q in quads))
            for subject, quads in _described("vocabulary.ttl").items()
            for quad in quads
            if quad.predicate.value == str(RDFS.label) and quad.object.language == language
        ]
        assert sorted(labels) == sorted(set(labels))


def test_domains_and_ranges_are_classes_or_datatypes() -> None:
    classes = {s for s, quads in _described("vocabulary.ttl").items() if any(q.object == NamedNode(str(OWL.Class)) for q in quads)}
    for quad in _quads("vocabulary.ttl"):
        if quad.predicate.value in {str(RDFS.domain), str(RDFS.range), terms.SCHEMA + "domainIncludes", terms.SCHEMA + "rangeIncludes"}:
            value = quad.object.value
            assert value in classes or not value.startswith(terms.CC), quad
            assert value.removeprefix(terms.XSD) != value or value[0].isupper() or re.search(r"[#/]([A-Z]\w*|langString)$", value), quad


def test_the_alignments_of_the_design_stand() -> None:
    stated = {(q.subject.value, q.object.value) for q in _quads("vocabulary.ttl") if q.predicate.value == str(RDFS.subClassOf)}
    assert {
        (terms.MEETING, terms.ACTIVITY),
        (terms.MEETING, terms.EVENT),
        (terms.CASE, terms.PROCESS),
        (terms.CASE_EVENT, terms.DECISION),
        (terms.DIRECTIVE, terms.FORESEEN_ACTIVITY),
        (terms.PARTICIPATION, terms.ELI_DL_PARTICIPATION),
        (terms.WORKING_GROUP, terms.ORGANIZATIONAL_COLLABORATION),
    } <= stated


def test_the_header_names_licence_version_creator_and_prefix() -> None:
    header = _described("vocabulary.ttl")["https://w3id.org/crosscity/ns"]
    assert {str(OWL.versionIRI), str(DCTERMS.license), str(DCTERMS.creator), str(DCTERMS.title)} <= {q.predicate.value for q in header}
    assert [q.object.value for q in header if q.predicate.value == str(VANN.preferredNamespacePrefix)] == ["cc"]
    assert [q.object.value for q in header if q.predicate.value == str(VANN.preferredNamespaceUri)] == [terms.CC]


def test_every_term_of_others_exists() -> None:
    eli = (terms.ELI, terms.ELI_DL)
    unknown = set()
    for value in set(_foreign()):
        if value.startswith(("http://www.wikidata.org/entity/Q", "http://www.apache.org/licenses/")):
            continue
        if value.startswith(eli):
            known = value in ELI_USED
        elif value.startswith(terms.OA):
            known = value in WEB_ANNOTATION
        elif value.startswith(OTHERS):
            known = value in OTHERS_USED
        else:
            known = any(value.startswith(str(space)) and rdflib.URIRef(value) in space for space in CLOSED)
        if not known:
            unknown.add(value)
    assert unknown == set()


@pytest.mark.shared
@pytest.mark.skipif(not ELI_TERMS.exists(), reason="the list of ELI terms does not stand beside the project (../shared)")
def test_the_terms_of_eli_exist() -> None:
    published = {line.split("\t")[0] for line in ELI_TERMS.read_text("utf-8").splitlines()[1:]}
    assert published >= ELI_USED


@pytest.mark.parametrize(
    ("scheme", "notations"),
    [
        (terms.OUTCOME_SCHEME, set(get_args(records.Outcome))),
        (terms.LEVEL_SCHEME, {"小組會議", "府層級會議", "副市長層級會議", "市長層級會議"}),
    ],
)
def test_schemes_hold_the_notations_of_the_records(scheme: str, notations: set[str]) -> None:
    concepts = {s: quads for s, quads in _described("status.ttl").items() if s.startswith(scheme) and s != scheme}
    assert {concept.removeprefix(scheme) for concept in concepts} == notations
    for concept, quads in concepts.items():
        said = {(q.predicate.value, q.object.value) for q in quads}
        assert (str(SKOS.notation), concept.removeprefix(scheme)) in said
        assert (str(SKOS.inScheme), scheme) in said
        assert _languages(quads, terms.PREF_LABEL) == _languages(quads, str(SKOS.definition)) == ["en", "zh-hant-tw"], concept


def test_levels_of_agencies_stand_in_the_definition() -> None:
    definition = next(
        quad.object.value
        for quad in _quads("vocabulary.ttl")
        if (quad.subject.value, quad.predicate.value) == (terms.LEVEL, str(SKOS.definition)) and quad.object.language == "en"
    )
    assert re.findall(r"[a-z]+", definition.replace(" or", "")) == list(LEVELS)


@pytest.mark.parametrize("name", ["vocabulary.ttl", "status.ttl"])
def test_files_are_in_canonical_form(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    assert canonical(text) == text, f"run: python tests/ontology/turtle_form.py ontology/{name}"


def test_every_term_has_an_example_and_every_property_says_of_what() -> None:
    described = {subject: quads for subject, quads in _described("vocabulary.ttl").items() if subject.startswith(terms.CC)}
    said = {subject: {quad.predicate.value for quad in quads} for subject, quads in described.items()}
    assert [subject for subject, predicates in said.items() if str(SKOS.example) not in predicates] == []
    properties = {subject for subject in described if subject.removeprefix(terms.CC)[0].islower()}
    ranged = {str(RDFS.range), "https://schema.org/rangeIncludes"}
    assert [subject for subject in sorted(properties) if not said[subject] & ranged] == []


def test_classes_are_tied_to_those_of_others() -> None:
    tied = {str(RDFS.subClassOf), str(SKOS.closeMatch)}
    described = _described("vocabulary.ttl")
    classes = [subject for subject in described if subject.startswith(terms.CC) and subject.removeprefix(terms.CC)[0].isupper()]
    assert [subject for subject in classes if not tied & {quad.predicate.value for quad in described[subject]}] == []
