"""What the writer writes conforms; each shape has a node to look at there, and refuses what it is meant to refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from loaders import triples
from ontology import records, terms
from ontology.gazetteer import CHINESE
from ontology.iris import Iris
from ontology.records import (
    Body,
    CaseEvent,
    Directive,
    Document,
    Escalation,
    HeaderField,
    Meeting,
    Mention,
    Minutes,
    Participation,
    Passage,
    Places,
    Reading,
    Reference,
    Sentence,
)

TURTLE = Path(terms.__file__).with_name("shapes.ttl")
SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPE = Namespace("https://w3id.org/crosscity/shapes#")
TEXT = """2031 雙湖合作「水岸組」第 2 次小組會議紀錄
時間：120 年 4 月 2 日上午 9 時至 10 時；地點：湖東市政府；確認第 1 次紀錄：備查。
主席：湖東市政府王主任一（代理）
「共用碼頭」案，湖東市政府提，本局及湖西市政府請於 120 年 6 月前提報市長層級會議同意，列入列管。
請參閱第 1 次紀錄。此句無人能讀。
"""


def _at(words: str) -> Passage:
    start = TEXT.index(words)
    return Passage(start, start + len(words), words)


@cache
def _reading() -> Reading:
    """Invented minutes in which every property that the writer knows has a value."""
    east = Mention(_at("湖東市政府提"), (Body("湖東市政府"),), "name")
    own = Mention(_at("本局"), (Body("水利局", own=True),), "own-bureau")
    west = Mention(_at("湖西市政府"), (Body("湖西市政府"),), "name")
    event = CaseEvent(
        surface=_at("「共用碼頭」"),
        title="共用碼頭",
        section="new-proposal",
        outcome="accepted",
        ruling=_at("列入列管"),
        rule="taken-on",
        item=1,
        proposers=(east,),
        involved=(east, own, west),
        escalations=(Escalation("市長層級會議", "approve", _at("市長層級會議")),),
    )
    directive = Directive(
        passage=_at("請於 120 年 6 月前提報"),
        action="提報市長層級會議",
        rule="please",
        actors=(own, east),
        counterparts=(west,),
        due="2031-06",
        due_text="120 年 6 月前",
        events=(0,),
    )
    minutes = Minutes(
        meeting=Meeting(
            title="2031 雙湖合作「水岸組」第 2 次小組會議紀錄",
            platform="雙湖",
            group="水岸組",
            year=2031,
            ordinal=2,
            date="2031-04-02",
            start="09:00",
            end="10:00",
            venue="湖東市政府",
            mode="in-person",
            host="湖東市",
            reviewed="2031-1",
            review_outcome="備查",
        ),
        passage=Passage(0, len(TEXT), TEXT),
        header=(HeaderField("date", _at("120 年 4 月 2 日")),),
        people=(
            Participation("chair", "王一", "主任", _at("湖東市政府王主任一"), Body("湖東市政府"), "代理"),
            Participation("recorder", "王一", "", _at("王主任一"), Body("水利局", own=True)),
        ),
        mentions=(east, own, west),
        events=(event,),
        directives=(directive,),
        references=(Reference("meeting", _at("第 1 次紀錄。"), "2031-1"),),
        sentences=(Sentence(_at("此句無人能讀。"), "unread"),),
    )
    return Reading(Document("水岸組.pdf", TEXT, "0123456789abcdef" * 4, places=Places("page", (0, 20))), (minutes,), ())


def _in_paragraphs(reading: Reading) -> Reading:
    """The same of another meeting, as a word processor's file tells it."""
    (minutes,) = reading.minutes
    document = replace(reading.document, sha256="fedcba9876543210" * 4, places=Places("paragraph", (0, 10)))
    return Reading(document, (replace(minutes, meeting=replace(minutes.meeting, ordinal=9)),), ())


def _graph(reading: Reading) -> Graph:
    """The written lines of a reading, and of the same in another form, as one graph without the documents' names."""
    written = (*triples.nquads(reading, Iris()), *triples.nquads(_in_paragraphs(reading), Iris()))
    lines = (line.rpartition(" <")[0] + " ." for line in written)
    return Graph().parse(data="\n".join(lines), format="nt")


@cache
def _shapes() -> Graph:
    return Graph().parse(TURTLE, format="turtle")


def _refusals(data: Graph) -> set[Node]:
    """The named shapes that refuse something in the data."""
    _, report, _ = validate(data, shacl_graph=_shapes(), advanced=False)
    assert isinstance(report, Graph)
    return {shape for shape in report.objects(None, SH.sourceShape) if isinstance(shape, URIRef)}


def _one(data: Graph, kind: str) -> Node:
    return min(data.subjects(RDF.type, URIRef(kind)))


def _lose(kind: str, term: str) -> Callable[[Graph], None]:
    """One node of a class loses all values of a property."""

    def change(data: Graph) -> None:
        assert (_one(data, kind), URIRef(term), None) in data
        data.remove((_one(data, kind), URIRef(term), None))

    return change


def _gain(kind: str, term: str, value: Node) -> Callable[[Graph], None]:
    """One node of a class gains a value beside those it has."""
    return lambda data: data.add((_one(data, kind), URIRef(term), value)) and None


def _turn(kind: str, term: str, value: Node) -> Callable[[Graph], None]:
    """One node of a class has another value instead."""

    def change(data: Graph) -> None:
        _lose(kind, term)(data)
        data.add((_one(data, kind), URIRef(term), value))

    return change


EMPTY, WORDS, NOWHERE = Literal(""), Literal("湖"), URIRef("https://example.org/nowhere")
MANY = Literal(99)
M, E, D, P = terms.MEETING, terms.CASE_EVENT, terms.DIRECTIVE, terms.PARTICIPATION
REFUSED: list[tuple[str, Callable[[Graph], object]]] = [
    ("evidence", _lose(D, terms.EVIDENCE)),
    ("evidence", _turn(D, terms.EVIDENCE, NOWHERE)),
    ("quote", _lose(terms.TEXT_QUOTE_SELECTOR, terms.EXACT)),
    ("at-meeting", _lose(E, terms.AT_MEETING)),
    ("at-meeting", _gain(E, terms.AT_MEETING, NOWHERE)),
    ("surface", _turn(terms.MENTION, terms.SURFACE, EMPTY)),
    ("rule", _lose(terms.MENTION, terms.RULE)),
    ("order", _turn(E, terms.ORDER, Literal(0))),
    ("title", _lose(M, terms.TITLE)),
    ("file-name", _lose(terms.EXPRESSION, terms.FILE_NAME)),
    ("sha256", _turn(terms.EXPRESSION, terms.SHA256, Literal("abc"))),
    ("format", _turn(terms.EXPRESSION, terms.FORMAT, Literal("text"))),
    ("encoding", _lose(terms.EXPRESSION, terms.ENCODING)),
    ("text", _lose(terms.EXPRESSION, terms.TEXT)),
    ("places", _turn(terms.EXPRESSION, terms.PLACES, EMPTY)),
    ("page", _gain(terms.SPECIFIC_RESOURCE, terms.PAGE, Literal(0))),
    ("paragraph", _gain(terms.SPECIFIC_RESOURCE, terms.PARAGRAPH, Literal(0))),
    ("has-source", _turn(terms.SPECIFIC_RESOURCE, terms.HAS_SOURCE, NOWHERE)),
    ("has-selector", _lose(terms.SPECIFIC_RESOURCE, terms.HAS_SELECTOR)),
    ("start", _turn(terms.TEXT_POSITION_SELECTOR, terms.START, Literal(10_000))),
    ("start", _turn(terms.TEXT_POSITION_SELECTOR, terms.START, Literal(-1))),
    ("end", _turn(terms.TEXT_POSITION_SELECTOR, terms.END, Literal("10"))),
    ("exact", _turn(terms.TEXT_QUOTE_SELECTOR, terms.EXACT, EMPTY)),
    ("stated-in", _lose(M, terms.STATED_IN)),
    ("platform", _turn(M, terms.PLATFORM, EMPTY)),
    ("group", _gain(M, terms.GROUP, NOWHERE)),
    ("year", _turn(M, terms.YEAR, Literal(2031))),
    ("ordinal", _turn(M, terms.ORDINAL, Literal(0))),
    ("activity-date", _turn(M, terms.ACTIVITY_DATE, Literal("2031-04", datatype=URIRef(terms.XSD + "gYearMonth")))),
    ("dated", _lose(M, terms.ACTIVITY_DATE)),
    ("start-time", _turn(M, terms.START_TIME, Literal("09:00"))),
    ("times-in-order", _turn(M, terms.START_TIME, Literal("11:00:00", datatype=URIRef(terms.XSD + "time")))),
    ("end-time", _turn(M, terms.END_TIME, Literal("10:00"))),
    ("venue", _turn(M, terms.VENUE, EMPTY)),
    ("mode", _turn(M, terms.MODE, Literal("by post"))),
    ("host", _gain(M, terms.HOST, NOWHERE)),
    ("host-basis", _turn(M, terms.HOST_BASIS, Literal("guessed"))),
    ("reviews", _turn(M, terms.REVIEWS, WORDS)),
    ("reviewed", _turn(M, terms.REVIEWED, WORDS)),
    ("review-outcome", _turn(M, terms.REVIEW_OUTCOME, EMPTY)),
    ("sentences", _lose(M, terms.SENTENCES)),
    ("formulas", _turn(M, terms.FORMULAS, Literal(-1))),
    ("unread", _lose(M, terms.UNREAD)),
    ("had-participation", _gain(M, terms.HAD_PARTICIPATION, NOWHERE)),
    ("field", _turn(terms.HEADER_STATEMENT, terms.FIELD, WORDS)),
    ("role", _turn(P, terms.ROLE, Literal("guest"))),
    ("name", _lose(P, terms.FOAF_NAME)),
    ("office", _gain(P, terms.OFFICE, WORDS)),
    ("note", _gain(P, terms.NOTE, WORDS)),
    ("agency", _gain(P, terms.OF_AGENCY, NOWHERE)),
    ("own-side", _gain(P, terms.OWN_SIDE, NOWHERE)),
    ("refers-to", _gain(terms.MENTION, terms.REFERS_TO, WORDS)),
    ("section", _turn(E, terms.SECTION, WORDS)),
    ("outcome", _turn(E, terms.DECISION_OUTCOME, URIRef(terms.OUTCOME_SCHEME + "forgotten"))),
    ("outcome", _lose(E, terms.DECISION_OUTCOME)),
    ("surface-evidence", _lose(E, terms.SURFACE_EVIDENCE)),
    ("routine", _turn(E, terms.ROUTINE, Literal("no"))),
    ("item", _gain(E, terms.ITEM, MANY)),
    ("proposer-mention", _gain(E, terms.PROPOSER_MENTION, NOWHERE)),
    ("proposed-by", _gain(E, terms.PROPOSED_BY, WORDS)),
    ("involved-mention", _gain(E, terms.INVOLVED_MENTION, NOWHERE)),
    ("involves", _gain(E, terms.INVOLVES, WORDS)),
    ("of-event", _lose(terms.ESCALATION, terms.AT_EVENT)),
    ("escalated-to", _turn(terms.ESCALATION, terms.ESCALATED_TO, NOWHERE)),
    ("purpose", _turn(terms.ESCALATION, terms.PURPOSE, WORDS)),
    ("action", _turn(D, terms.ACTION, EMPTY)),
    ("events", _gain(D, terms.AT_EVENT, NOWHERE)),
    ("actor-mention", _gain(D, terms.ACTOR_MENTION, NOWHERE)),
    ("assigned-to", _gain(D, terms.ASSIGNED_TO, WORDS)),
    ("counterpart-mention", _gain(D, terms.COUNTERPART_MENTION, NOWHERE)),
    ("counterpart", _gain(D, terms.COUNTERPART, WORDS)),
    ("due", _turn(D, terms.DUE, EMPTY)),
    ("due-date", _turn(D, terms.DUE_DATE, Literal("2031-06"))),
    ("due-text", _gain(D, terms.DUE_TEXT, WORDS)),
    ("kind", _turn(terms.REFERENCE, terms.KIND, WORDS)),
    ("target", _turn(terms.REFERENCE, terms.TARGET, WORDS)),
    ("Mention", _lose(terms.MENTION, terms.REFERS_TO)),
]


def test_what_the_writer_writes_conforms() -> None:
    assert _refusals(_graph(_reading())) == set()


@pytest.mark.parametrize(("shape", "change"), REFUSED, ids=[f"{number}-{shape}" for number, (shape, _) in enumerate(REFUSED)])
def test_each_shape_refuses_its_bad_example(shape: str, change: Callable[[Graph], object]) -> None:
    data = _graph(_reading())
    change(data)
    assert SHAPE[shape] in _refusals(data)


def test_each_shape_has_a_bad_example() -> None:
    constrained = set(_shapes().subjects(RDF.type, SH.PropertyShape)) | set(_shapes().subjects(SH["or"], None))
    named = {shape for shape in constrained if isinstance(shape, URIRef) and (shape, RDF.type, None) in _shapes()}
    assert {SHAPE[shape] for shape, _ in REFUSED} == named
    assert len(named) == 73


def _path(node: Node) -> list[Node]:
    return list(Collection(_shapes(), node)) if (node, RDF.first, None) in _shapes() else [node]


def test_each_shape_has_a_node_to_look_at_in_the_good_example() -> None:
    data, shapes = _graph(_reading()), _shapes()
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        for kind in shapes.objects(shape, SH.targetClass):
            focus = set(data.subjects(RDF.type, kind))
            assert focus, shape
            for part in shapes.objects(shape, SH.property):
                reached = focus
                for step in _path(next(shapes.objects(part, SH.path))):
                    reached = {value for node in reached for value in data.objects(node, step)}
                assert reached, (shape, part)


def test_each_class_that_is_written_has_a_shape() -> None:
    written = {kind for kind in _graph(_reading()).objects(None, RDF.type)}
    shaped = set(_shapes().objects(None, SH.targetClass))
    alongside = {terms.ACTIVITY, terms.EVENT, terms.DECISION, terms.FORESEEN_ACTIVITY, terms.ELI_DL_PARTICIPATION}
    assert written - shaped == {URIRef(kind) for kind in alongside}


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
