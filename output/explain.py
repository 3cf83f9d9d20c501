"""An IRI or a person's words for a thing go in, the sentences behind it come out: verbatim, with file, line, characters and rule."""

from __future__ import annotations

import re
from typing import Final

from graph import named
from graph.store import Store
from graph.tables import Table
from ontology.errors import CrossCityError
from ontology.gazetteer import fold_name
from output.choosing import MOST_OFFERED, SeveralFit, find_agency, find_case
from output.meetings import say_coverage, stated_meetings
from output.messages import Messages
from output.places import Place, find_places
from output.report import Block, Report

COLUMNS: Final = ("kind", "file", "line", "column", "start_char", "end_char", "rule", "quote", "fact")
_KINDS: Final = """
  VALUES (?class ?kind) {
    (cc:HeaderStatement "header") (cc:Mention "mention") (cc:Participation "participation") (cc:CaseEvent "case-event")
    (cc:Directive "directive") (cc:Escalation "escalation") (cc:Reference "reference") (cc:UnreadSentence "unread")
  }"""
_ITSELF: Final = "SELECT DISTINCT ?kind {" + _KINDS + " <%s> a ?class ; cc:evidence ?passage }"
_POINTING: Final = (
    "SELECT DISTINCT ?fact ?kind {" + _KINDS + " { ?fact ?link <%s> } UNION { <%s> cc:fromEvent|cc:toEvent ?fact }"
    " UNION { <%s> cc:sharedCase ?case ; cc:bodyA|cc:bodyB ?body . ?fact cc:case ?case ; cc:involves|cc:proposedBy ?body }"
    " ?fact a ?class ; cc:evidence ?passage }"
)
_OF_MEETING: Final = 'SELECT DISTINCT ?fact ("header" AS ?kind) { ?fact cc:meeting <%s> ; a cc:HeaderStatement . <%s> a cc:Meeting }'
_NOT_IN_AN_IRI: Final = re.compile(r'[\s<>"{}|\\^`]')


def explain(store: Store, key: str, messages: Messages) -> Report:
    """The evidence of what a key means: an IRI, a meeting (2019-1 or its date), an agency, a person, or a case by part of its title.

    Raises CrossCityError where it means nothing, or several cases.
    """
    iri, title = _find(store, key, messages)
    facts = _facts(store, iri)
    if not facts:
        raise CrossCityError(messages("explain.none", key=key))
    places = find_places(store, facts, later=True)
    found = sorted((place, kind, fact) for fact, kind in facts.items() for place in places[fact])
    blocks = tuple(_block(place, kind, messages) for place, kind, _ in found)
    rows = tuple(
        (kind, place.file, str(place.line), str(place.column), str(place.start), str(place.end), place.rule, place.quote, fact)
        for place, kind, fact in found
    )
    count = messages("explain.count", passages=len(rows), facts=len(facts))
    return Report("explain", title, (*say_coverage(store, messages), count), Table(COLUMNS, rows), blocks)


def _find(store: Store, key: str, messages: Messages) -> tuple[str, str]:
    """The IRI that a key means, and what to call it."""
    if "://" in key:
        if _NOT_IN_AN_IRI.search(key):
            raise CrossCityError(messages("explain.none", key=key))
        return key, key
    meetings = {one.iri: one.title or one.date for one in stated_meetings(store) if key in (one.number, one.date, one.title)}
    if meetings:
        return _one(meetings, key, messages)
    if agency := find_agency(store, key, messages):
        return agency
    people = {row["person"]: row["name"] for row in named.ask(store, "people").records() if fold_name(key) == fold_name(row["name"])}
    if people:
        return _one(people, key, messages)
    case = find_case(store, key, messages)
    return case.iri, case.title


def _one(found: dict[str, str], key: str, messages: Messages) -> tuple[str, str]:
    """The one thing (an IRI and its name) that was found. Raises SeveralFit, with the IRIs to choose from, where there are several."""
    if len(found) > 1:
        raise SeveralFit(messages("explain.several-things", key=key, count=len(found)), tuple(sorted(found)[:MOST_OFFERED]))
    return next(iter(found.items()))


def _facts(store: Store, iri: str) -> dict[str, str]:
    """The facts that an IRI names or that rest on it, each with its kind."""
    itself = store.select(_ITSELF % iri).rows
    if itself:
        return {iri: itself[0][0]}
    header = store.select(_OF_MEETING % (iri, iri)).rows
    return {row[0]: row[1] for row in header or store.select(_POINTING % (iri, iri, iri)).rows}


def _block(place: Place, kind: str, messages: Messages) -> Block:
    pairs = [(messages("case.source"), messages("place", place=place, start=place.start, end=place.end))]
    if place.rule:
        pairs.append((messages("explain.rule"), place.rule))
    return Block(messages.term("kind", kind), tuple(pairs), place.quote)
