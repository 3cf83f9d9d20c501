"""For each shape, ways to spoil the good store so that the shape refuses it."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import terms


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
C, J, S, U, K = terms.CASE, terms.JUDGEMENT, terms.STEP, terms.ORGANIZATIONAL_UNIT, terms.CANDIDATE
G, R, Q, F = terms.WORKING_GROUP, terms.CORRECTION, terms.QUARTER, terms.SOURCE_FILE


def _unsay(term: str) -> Callable[[Graph], object]:
    """Nothing has any value of a property any more."""
    return lambda data: data.remove((None, URIRef(term), None))


def _date(value: str) -> Literal:
    return Literal(value, datatype=URIRef(terms.XSD + "date"))


def _report_early(data: Graph) -> None:
    """A directive of the first meeting is reported on at a meeting before."""
    meeting = URIRef("https://example.org/before")
    data.add((meeting, RDF.type, URIRef(M)))
    data.add((meeting, URIRef(terms.ACTIVITY_DATE), _date("2030-01-01")))
    data.add((_one(data, D), URIRef(terms.REPORTED_AT), meeting))


def _go_back(data: Graph) -> None:
    """A case goes on to a meeting that was before."""
    step = _one(data, S)
    before, after = (data.value(step, URIRef(term)) for term in (terms.FROM_EVENT, terms.TO_EVENT))
    assert before is not None
    assert after is not None
    data.set((step, URIRef(terms.FROM_EVENT), after))
    data.set((step, URIRef(terms.TO_EVENT), before))


def _below_itself(data: Graph) -> None:
    data.add((_one(data, U), URIRef(terms.UNIT_OF), _one(data, U)))


def _two_in_english(data: Graph) -> None:
    for words in ("a", "b"):
        data.add((_one(data, U), URIRef(terms.PREF_LABEL), Literal(words, "en")))


def _to_itself(kind: str, first: str, second: str) -> Callable[[Graph], object]:
    """A node's second end is its first."""
    return lambda data: data.set((_one(data, kind), URIRef(second), data.value(_one(data, kind), URIRef(first))))  # type: ignore[arg-type]


def _on_the_run(term: str) -> Callable[[Graph], object]:
    """What the run notes by a property is empty."""

    def change(data: Graph) -> None:
        run = next(data.subjects(URIRef(terms.RULES_DIGEST)))
        data.set((run, URIRef(term), EMPTY))

    return change


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
    ("recited", _gain(D, terms.RECITED, WORDS)),
    ("kind", _turn(terms.REFERENCE, terms.KIND, WORDS)),
    ("target", _turn(terms.REFERENCE, terms.TARGET, WORDS)),
    ("Mention", _lose(terms.MENTION, terms.REFERS_TO)),
    ("quote-in-document", _turn(terms.TEXT_QUOTE_SELECTOR, terms.EXACT, WORDS)),
    ("report-after-asking", _report_early),
    ("steps-in-order", _go_back),
    ("agencies-form-a-tree", _below_itself),
    ("alt-label", _gain(C, terms.ALT_LABEL, EMPTY)),
    ("asked-in-case", _gain(D, terms.OF_CASE, NOWHERE)),
    ("basis", _turn(U, terms.BASIS, WORDS)),
    ("below-one", _gain(U, terms.UNIT_OF, NOWHERE)),
    ("below-one", _turn(U, terms.SUB_ORGANIZATION_OF, NOWHERE)),
    ("candidate-kind", _turn(J, terms.KIND, WORDS)),
    ("city", _gain(terms.FOAF_PERSON, terms.CITY, EMPTY)),
    ("corrected", _turn(R, terms.CORRECTED, EMPTY)),
    ("corrections-digest", _on_the_run(terms.CORRECTIONS_DIGEST)),
    ("corrections-from", _on_the_run(terms.CORRECTIONS_FROM)),
    ("expected", _lose(R, terms.EXPECTED)),
    ("first", _lose(K, terms.FIRST)),
    ("from-event", _turn(S, terms.FROM_EVENT, NOWHERE)),
    ("has-a-body-above", _lose(U, terms.SUB_ORGANIZATION_OF)),
    ("has-member", _gain(G, terms.HAS_MEMBER, NOWHERE)),
    ("host-rule", _gain(M, terms.HOST_RULE, EMPTY)),
    ("in-group", _turn(C, terms.GROUP, WORDS)),
    ("judged-first", _gain(J, terms.FIRST, WORDS)),
    ("judged-second", _gain(J, terms.SECOND, WORDS)),
    ("judged-by", _lose(R, terms.JUDGED_BY)),
    ("judged-on", _turn(J, terms.JUDGED_ON, Literal("2031-10-01"))),
    ("judged-on", _turn(J, terms.JUDGED_ON, _date("2031-13-01"))),
    ("judgements-from", _on_the_run(terms.JUDGEMENTS_FROM)),
    ("level", _turn(U, terms.LEVEL, WORDS)),
    ("likeness", _turn(S, terms.LIKENESS, Literal("1.5", datatype=URIRef(terms.XSD + "decimal")))),
    ("meetings-held", _turn(Q, terms.MEETINGS_HELD, Literal(-1))),
    ("of-case", _gain(E, terms.OF_CASE, NOWHERE)),
    ("of-case", _lose(E, terms.OF_CASE)),
    ("of-group", _lose(Q, terms.GROUP)),
    ("path", _lose(U, terms.PATH)),
    ("person", _gain(P, terms.PERSON, NOWHERE)),
    ("possibly-same", _gain(C, terms.POSSIBLY_SAME, WORDS)),
    ("pref-label", _lose(U, terms.PREF_LABEL)),
    ("pref-label", _gain(U, terms.PREF_LABEL, WORDS)),
    ("pref-label", _gain(G, terms.PREF_LABEL, MANY)),
    ("pref-label", _two_in_english),
    ("profile", _on_the_run(terms.PROFILE)),
    ("program", _lose(terms.PROV_ACTIVITY, terms.WAS_ASSOCIATED_WITH)),
    ("program-version", _turn(terms.SOFTWARE_AGENT, terms.SOFTWARE_VERSION, EMPTY)),
    ("quarter", _turn(Q, terms.QUARTER_NAME, Literal("2031-Q5"))),
    ("read-from", _lose(F, terms.READ_FROM)),
    ("reason", _turn(K, terms.REASON, EMPTY)),
    ("registered", _gain(M, terms.HOST, NOWHERE)),
    ("relation", _turn(S, terms.RELATION, WORDS)),
    ("report-evidence", _gain(D, terms.REPORT_EVIDENCE, NOWHERE)),
    ("reported-at", _gain(D, terms.REPORTED_AT, NOWHERE)),
    ("revises", _gain(E, terms.WAS_REVISION_OF, NOWHERE)),
    ("rules-digest", _on_the_run(terms.RULES_DIGEST)),
    ("second", _lose(K, terms.SECOND)),
    ("seen", _unsay(terms.PERSON)),
    ("shared", _turn(K, terms.SHARED, EMPTY)),
    ("state", _turn(D, terms.STATE, WORDS)),
    ("step-basis", _turn(S, terms.BASIS, WORDS)),
    ("to-event", _turn(S, terms.TO_EVENT, NOWHERE)),
    ("treated", _unsay(terms.OF_CASE)),
    ("event-count", _turn(terms.CASE, terms.EVENT_COUNT, Literal(0))),
    ("event-count", _lose(terms.CASE, terms.EVENT_COUNT)),
    ("meetings-tracked", _turn(terms.CASE, terms.MEETINGS_TRACKED, Literal(-1))),
    ("first-date", _turn(terms.CASE, terms.FIRST_DATE, _date("2999-01-01"))),
    ("last-date", _turn(terms.CASE, terms.LAST_DATE, Literal("2031-10-01"))),
    ("latest-event", _lose(terms.CASE, terms.LATEST_EVENT)),
    ("latest-outcome", _turn(terms.CASE, terms.LATEST_OUTCOME, URIRef(terms.OUTCOME_SCHEME + "forgotten"))),
    ("body-a", _turn(terms.TIE, terms.BODY_A, NOWHERE)),
    ("body-b", _lose(terms.TIE, terms.BODY_B)),
    ("two-bodies", _to_itself(terms.TIE, terms.BODY_A, terms.BODY_B)),
    ("shared-case", _gain(terms.TIE, terms.SHARED_CASE, NOWHERE)),
    ("weight", _turn(terms.TIE, terms.WEIGHT, Literal("1"))),
    ("meeting-count", _turn(terms.TIE, terms.MEETING_COUNT, Literal(0))),
    ("two-ends", _to_itself(K, terms.FIRST, terms.SECOND)),
    ("two-events", _to_itself(S, terms.FROM_EVENT, terms.TO_EVENT)),
    ("verdict", _turn(J, terms.VERDICT, WORDS)),
    ("why", _gain(J, terms.WHY, EMPTY)),
]
