"""A store goes in, what there is to say after a build comes out: what it holds, and findings that only all documents together give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.platform_work import Ambiguous
from graph.store import Store
from ontology import terms
from ontology.records import Document, Finding, Passage, Places


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read, and what the store holds after it.

    ``read`` counts documents read anew, of which ``replaced`` took the place of an older text of the same file; ``unchanged`` ones were
    in the store already; ``skipped`` are files in which no meeting was found. The rest counts the whole store: ``facts`` are the things
    that rest on a passage (meetings, header fields, mentions, people, case events, directives …), ``sentences`` those of all meetings.
    ``judgements`` are people's decisions that were applied. ``findings`` are of the documents read now, of the groups worked out anew, and
    of decisions.
    """

    read: int
    unchanged: int
    replaced: int
    skipped: tuple[str, ...]
    documents: int
    meetings: int
    cases: int
    agencies: int
    people: int
    facts: int
    sentences: int
    unread: int
    judgements: int
    findings: tuple[Finding, ...]


def summarize(
    store: Store, *, read: int, unchanged: int, replaced: int, skipped: tuple[str, ...], findings: tuple[Finding, ...]
) -> Summary:
    """What a build read, and what the store holds after it."""

    def count(pattern: str) -> int:
        return int(store.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}").rows[0][0])

    def total(term: str) -> int:
        each = f"SELECT ?m (MAX(?each) AS ?n) {{ ?m <{term}> ?each }} GROUP BY ?m"
        return int(store.select(f"SELECT (SUM(?n) AS ?all) {{ {each} }}").rows[0][0])

    return Summary(
        read=read,
        unchanged=unchanged,
        replaced=replaced,
        skipped=skipped,
        documents=count("?x a eli:Expression"),
        meetings=count("?x a cc:Meeting"),
        cases=count("?x a cc:Case"),
        agencies=count("?x cc:path ?path"),
        people=count("?x a foaf:Person"),
        facts=count("?x cc:evidence ?passage"),
        sentences=total(terms.SENTENCES),
        unread=total(terms.UNREAD),
        judgements=count("?x a cc:Judgement ; cc:first ?end"),
        findings=findings,
    )


def ambiguous(store: Store, found: Iterable[Ambiguous]) -> Iterator[Finding]:
    """A warning at each own-side word that can mean several bodies."""
    for own, paths in found:
        document = document_of(store, own.document)
        yield _finding(document, own.start, own.end, "ambiguous-agency", f"can be {' or '.join(paths)}; not resolved")


def duplicates(store: Store) -> list[Finding]:
    """A warning at each further statement of a meeting that an earlier document, by name, states already."""
    shared = "SELECT ?m (COUNT(DISTINCT ?d) AS ?n) { ?m a cc:Meeting ; cc:statedIn ?d } GROUP BY ?m HAVING (COUNT(DISTINCT ?d) > 1)"
    table = store.select(
        f"SELECT DISTINCT ?m ?name ?sha ?start ?end ?text {{ {{ {shared} }} ?m cc:evidence ?p . ?p oa:hasSource ?d ; oa:hasSelector ?at ."
        " ?d cc:fileName ?name ; cc:sha256 ?sha ; cc:text ?text . ?at oa:start ?start ; oa:end ?end }"
    )
    first: dict[str, str] = {}
    found: list[Finding] = []
    for meeting, name, sha, start, end, text in sorted(table.rows):
        if meeting not in first:
            first[meeting] = name
            continue
        document = Document(name, text, sha)
        message = f"this meeting stands in {first[meeting]} too; remove one of the two files and build again"
        found.append(_finding(document, int(start), int(end), "duplicate-meeting", message))
    return found


def _finding(document: Document, start: int, end: int, code: str, message: str) -> Finding:
    before = document.text[:start]
    line, column = before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1
    return Finding(document.name, line, column, "warning", code, message, Passage(start, end, document.text[start:end]))


def document_of(store: Store, iri: str) -> Document:
    """A document of the store, by its IRI."""
    pattern = "cc:fileName ?name ; cc:text ?text ; cc:sha256 ?sha ; dct:format ?type ; cc:encoding ?encoding"
    places = f"OPTIONAL {{ <{iri}> cc:places ?places }}"
    table = store.select(f"SELECT ?name ?text ?sha ?type ?encoding ?places {{ GRAPH <{iri}> {{ <{iri}> {pattern} {places} }} }}")
    name, text, sha, media_type, encoding, places = table.rows[0]
    return Document(name, text, sha, media_type, encoding, Places.parse(places))
