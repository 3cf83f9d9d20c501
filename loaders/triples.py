"""A document's reading as sorted N-Quads: a pure function of the reading and the base IRI.

Each document is one named graph. What only all documents together tell (which events are one case, who hosts a video meeting, what
became of a directive) is stated by ``graph.identity`` in a graph of its own; here a mention of the own side without a known host keeps
its words below that government (``cc:ownSide``) instead of an agency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ontology import terms
from ontology.iris import Iris
from ontology.records import AppliedCorrection, Body, CaseEvent, Directive, Document, Meeting, Mention, Minutes, Passage, Reading

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def nquads(reading: Reading, iris: Iris) -> list[str]:
    """The reading's statements as N-Quads lines, sorted, each once."""
    return sorted(set(_Writer(reading.document, iris).lines(reading)))


def iri(value: str) -> str:
    """An IRI as N-Quads writes it."""
    return f"<{value}>"


def literal(value: str, datatype: str = "") -> str:
    """A literal as N-Quads writes it; lone surrogates, which RDF cannot hold, become U+FFFD.

    >>> print(literal("2019-01-25", "date"))
    "2019-01-25"^^<http://www.w3.org/2001/XMLSchema#date>
    """
    held = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return f'"{held.translate(_ESCAPES)}"' + (f"^^<{terms.XSD}{datatype}>" if datatype else "")


def meeting_key(minutes: Minutes, document: Document) -> str:
    """What tells a meeting apart within its group: year-ordinal, else date, else the document and where in it the meeting stands.

    Where no group is named, the date and the title do: two bodies may well meet on one day.
    """
    meeting = minutes.meeting
    if not meeting.group and meeting.date and meeting.title:
        return f"{meeting.date} {meeting.title}"
    if meeting.year is not None and meeting.ordinal is not None:
        return f"{meeting.year}-{meeting.ordinal}"
    if meeting.ordinal is not None and meeting.date:
        return f"{meeting.date}-{meeting.ordinal}"
    return meeting.date or f"{document.sha256[:8]}-{minutes.passage.start}"


def meeting_iri(minutes: Minutes, document: Document, iris: Iris) -> str:
    """The IRI of a meeting."""
    meeting = minutes.meeting
    return iris.meeting(_circle(meeting), meeting.group, meeting_key(minutes, document))


def _circle(meeting: Meeting) -> str:
    """Those whose groups' names tell one from the other: the platform, else the cities named."""
    return meeting.platform or "、".join(meeting.among)


class _Writer:
    """Writes one document's graph."""

    def __init__(self, document: Document, iris: Iris) -> None:
        self._document = document
        self._iris = iris
        self._graph = iris.document(document.sha256)

    def lines(self, reading: Reading) -> Iterator[str]:
        document = self._document
        yield self._link(self._graph, terms.TYPE, terms.EXPRESSION)
        yield self._value(self._graph, terms.FILE_NAME, document.name)
        yield self._value(self._graph, terms.SHA256, document.sha256)
        yield self._value(self._graph, terms.FORMAT, document.media_type)
        yield self._value(self._graph, terms.ENCODING, document.encoding)
        yield self._value(self._graph, terms.TEXT, document.text)
        if document.places.kind:
            yield self._value(self._graph, terms.PLACES, str(document.places))
        taken: Counter[str] = Counter()
        for applied in reading.corrections:
            yield from self._correction(applied)
        for minutes in reading.minutes:
            yield from self._minutes(minutes, _unused(meeting_iri(minutes, document, self._iris), taken))

    def _minutes(self, minutes: Minutes, meeting: str) -> Iterator[str]:
        yield from self._meeting(minutes, meeting)
        for mention in minutes.mentions:
            yield from self._mention(mention, meeting)
        yield from self._people(minutes, meeting)
        taken: Counter[str] = Counter()
        events = [_unused(self._iris.part(meeting, "event", event.title), taken) for event in minutes.events]
        for order, (event, node) in enumerate(zip(minutes.events, events, strict=True), 1):
            yield from self._event(event, node, meeting, order)
        for order, directive in enumerate(minutes.directives, 1):
            node = _unused(self._iris.clause(meeting, "directive", directive.passage.quote), taken)
            yield from self._directive(directive, node, meeting, order, [events[i] for i in directive.events])
        for reference in minutes.references:
            node = _unused(self._iris.part(meeting, "reference", reference.passage.quote), taken)
            yield from self._fact(node, terms.REFERENCE, meeting, reference.passage)
            yield self._value(node, terms.KIND, reference.kind)
            yield self._value(node, terms.SURFACE, reference.surface)
            if reference.target:
                yield self._value(node, terms.TARGET, reference.target)
        for sentence in minutes.sentences:
            if sentence.read_as == "unread":
                node = _unused(self._iris.clause(meeting, "unread", sentence.passage.quote), taken)
                yield from self._fact(node, terms.UNREAD_SENTENCE, meeting, sentence.passage)

    def _correction(self, applied: AppliedCorrection) -> Iterator[str]:
        """What a person corrected here; the raw words stay the evidence."""
        node, correction = self._iris.correction(self._graph, applied.passage), applied.correction
        yield self._link(node, terms.TYPE, terms.CORRECTION)
        yield from self._evidence(node, applied.passage)
        yield self._value(node, terms.EXPECTED, correction.expected)
        yield self._value(node, terms.CORRECTED, correction.corrected)
        yield self._value(node, terms.JUDGED_BY, correction.by)
        yield self._value(node, terms.JUDGED_ON, correction.on, "date")
        if correction.why:
            yield self._value(node, terms.WHY, correction.why)

    def _meeting(self, minutes: Minutes, node: str) -> Iterator[str]:
        meeting = minutes.meeting
        for kind in (terms.MEETING, terms.ACTIVITY, terms.EVENT):
            yield self._link(node, terms.TYPE, kind)
        yield self._link(node, terms.STATED_IN, self._graph)
        yield from self._evidence(node, minutes.passage)
        if meeting.group:
            group = self._iris.group(_circle(meeting), meeting.group)
            yield self._link(node, terms.GROUP, group)
            yield self._value(group, terms.PREF_LABEL, meeting.group)
        if meeting.host:
            yield self._link(node, terms.HOST, self._iris.agency(f"{meeting.host}政府"))
            yield self._value(node, terms.HOST_BASIS, "stated")
        if meeting.reviewed:
            yield self._link(node, terms.REVIEWS, self._iris.meeting(_circle(meeting), meeting.group, meeting.reviewed))
        read_as = Counter(sentence.read_as for sentence in minutes.sentences)
        values = (
            (terms.TITLE, meeting.title, ""),
            (terms.PLATFORM, meeting.platform, ""),
            (terms.YEAR, "" if meeting.year is None else str(meeting.year), "gYear"),
            (terms.ORDINAL, "" if meeting.ordinal is None else str(meeting.ordinal), "integer"),
            (terms.ACTIVITY_DATE, meeting.date, "date"),
            (terms.START_TIME, meeting.start and f"{meeting.start}:00", "time"),
            (terms.END_TIME, meeting.end and f"{meeting.end}:00", "time"),
            (terms.VENUE, meeting.venue, ""),
            (terms.MODE, meeting.mode, ""),
            (terms.REVIEWED, meeting.reviewed, ""),
            (terms.REVIEW_OUTCOME, meeting.review_outcome, ""),
            (terms.SENTENCES, str(len(minutes.sentences)), "integer"),
            (terms.FORMULAS, str(read_as["formula"]), "integer"),
            (terms.UNREAD, str(read_as["unread"]), "integer"),
        )
        for term, value, datatype in values:
            if value:
                yield self._value(node, term, value, datatype)
        for field in minutes.header:
            statement = f"{node}/header/{field.field}"
            yield from self._fact(statement, terms.HEADER_STATEMENT, node, field.passage)
            yield self._value(statement, terms.FIELD, field.field)

    def _people(self, minutes: Minutes, meeting: str) -> Iterator[str]:
        taken: Counter[str] = Counter()
        for person in minutes.people:
            node = _unused(self._iris.part(meeting, person.role, person.name), taken)
            yield from self._fact(node, terms.PARTICIPATION, meeting, person.passage)
            yield self._link(node, terms.TYPE, terms.ELI_DL_PARTICIPATION)
            yield self._link(meeting, terms.HAD_PARTICIPATION, node)
            yield self._value(node, terms.ROLE, person.role)
            yield self._value(node, terms.FOAF_NAME, person.name)
            if person.title:
                yield self._value(node, terms.OFFICE, person.title)
            if person.note:
                yield self._value(node, terms.NOTE, person.note)
            if person.agency is not None:
                yield self._body(node, terms.OF_AGENCY, person.agency)

    def _mention(self, mention: Mention, meeting: str) -> Iterator[str]:
        node = self._mention_iri(mention)
        yield from self._fact(node, terms.MENTION, meeting, mention.passage)
        yield self._value(node, terms.SURFACE, mention.surface)
        yield self._value(node, terms.RULE, mention.rule)
        for body in mention.bodies:
            yield self._body(node, terms.REFERS_TO, body)

    def _event(self, event: CaseEvent, node: str, meeting: str, order: int) -> Iterator[str]:
        yield from self._fact(node, terms.CASE_EVENT, meeting, event.ruling)
        yield self._link(node, terms.TYPE, terms.DECISION)
        yield self._link(node, terms.SURFACE_EVIDENCE, self._passage_iri(event.surface))
        yield from self._passage(event.surface)
        yield self._value(node, terms.SURFACE, event.surface_words)
        yield self._value(node, terms.TITLE, event.title)
        yield self._value(node, terms.ORDER, str(order), "integer")
        yield self._value(node, terms.SECTION, event.section)
        yield self._link(node, terms.DECISION_OUTCOME, terms.OUTCOME_SCHEME + event.outcome)
        yield self._value(node, terms.ROUTINE, "true" if event.routine else "false", "boolean")
        yield self._value(node, terms.RULE, event.rule)
        if event.item is not None:
            yield self._value(node, terms.ITEM, str(event.item), "integer")
        yield from self._bodies(node, terms.PROPOSER_MENTION, terms.PROPOSED_BY, event.proposers)
        yield from self._bodies(node, terms.INVOLVED_MENTION, terms.INVOLVES, event.involved)
        for number, escalation in enumerate(event.escalations, 1):
            part = f"{node}/escalation/{number}"
            yield from self._fact(part, terms.ESCALATION, meeting, escalation.passage)
            yield self._link(part, terms.AT_EVENT, node)
            yield self._link(part, terms.ESCALATED_TO, terms.LEVEL_SCHEME + escalation.level)
            yield self._value(part, terms.PURPOSE, escalation.purpose)

    def _directive(self, directive: Directive, node: str, meeting: str, order: int, events: Iterable[str]) -> Iterator[str]:
        yield from self._fact(node, terms.DIRECTIVE, meeting, directive.passage)
        yield self._link(node, terms.TYPE, terms.FORESEEN_ACTIVITY)
        yield self._value(node, terms.ACTION, directive.action)
        yield self._value(node, terms.ORDER, str(order), "integer")
        yield self._value(node, terms.RULE, directive.rule)
        for event in events:
            yield self._link(node, terms.AT_EVENT, event)
        yield from self._bodies(node, terms.ACTOR_MENTION, terms.ASSIGNED_TO, directive.actors)
        yield from self._bodies(node, terms.COUNTERPART_MENTION, terms.COUNTERPART, directive.counterparts)
        if directive.due:
            yield self._value(node, terms.DUE, directive.due)
        if datatype := date_type(directive.due):
            yield self._value(node, terms.DUE_DATE, directive.due, datatype)
        if directive.due_text:
            yield self._value(node, terms.DUE_TEXT, directive.due_text)
        if directive.recited:
            yield self._value(node, terms.RECITED, "true", "boolean")

    def _bodies(self, node: str, mention_term: str, agency_term: str, mentions: Iterable[Mention]) -> Iterator[str]:
        """A link to each mention, and to each agency that is already known; the rest is added with the meeting's host."""
        for mention in mentions:
            yield self._link(node, mention_term, self._mention_iri(mention))
            for body in mention.bodies:
                if not body.own:
                    yield self._link(node, agency_term, self._iris.agency(body.path))

    def _body(self, node: str, term: str, body: Body) -> str:
        if body.own:
            return self._value(node, terms.OWN_SIDE, body.path)
        return self._link(node, term, self._iris.agency(body.path))

    def _fact(self, node: str, kind: str, meeting: str, passage: Passage) -> Iterator[str]:
        yield self._link(node, terms.TYPE, kind)
        yield self._link(node, terms.AT_MEETING, meeting)
        yield from self._evidence(node, passage)

    def _evidence(self, node: str, passage: Passage) -> Iterator[str]:
        yield self._link(node, terms.EVIDENCE, self._passage_iri(passage))
        yield from self._passage(passage)

    def _mention_iri(self, mention: Mention) -> str:
        return self._iris.mention(self._graph, mention.passage, mention.corrected)

    def _passage_iri(self, passage: Passage) -> str:
        return self._iris.passage(self._graph, passage)

    def _passage(self, passage: Passage) -> Iterator[str]:
        """A passage and its two selectors."""
        node = self._passage_iri(passage)
        position, quote = f"{node};position", f"{node};quote"
        yield self._link(node, terms.TYPE, terms.SPECIFIC_RESOURCE)
        yield self._link(node, terms.HAS_SOURCE, self._graph)
        yield self._link(node, terms.HAS_SELECTOR, position)
        yield self._link(node, terms.HAS_SELECTOR, quote)
        yield self._link(position, terms.TYPE, terms.TEXT_POSITION_SELECTOR)
        yield self._value(position, terms.START, str(passage.start), "integer")
        yield self._value(position, terms.END, str(passage.end), "integer")
        yield self._link(quote, terms.TYPE, terms.TEXT_QUOTE_SELECTOR)
        yield self._value(quote, terms.EXACT, passage.quote)
        places = self._document.places
        if places.kind and (number := places.number(passage.start)):
            yield self._value(node, terms.PAGE if places.kind == "page" else terms.PARAGRAPH, str(number), "integer")

    def _link(self, subject: str, predicate: str, value: str) -> str:
        return f"<{subject}> <{predicate}> <{value}> <{self._graph}> ."

    def _value(self, subject: str, predicate: str, value: str, datatype: str = "") -> str:
        return f"<{subject}> <{predicate}> {literal(value, datatype)} <{self._graph}> ."


def date_type(due: str) -> str:
    """The XML Schema type of a whole or partial ISO date, or empty for other words.

    >>> [date_type(due) for due in ("2019-07", "2021-03-23", "2021", "next-meeting")]
    ['gYearMonth', 'date', 'gYear', '']
    """
    if not due[:4].isdecimal():
        return ""
    return {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(due), "")


def _unused(name: str, taken: Counter[str]) -> str:
    """``name``, or with ``~2``, ``~3`` … when it was given before."""
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}~{taken[name]}"
