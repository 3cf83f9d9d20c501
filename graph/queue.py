"""A store goes in, the pairs that wait for a person's decision come out, the likeliest first, with the evidence of both ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.decisions import End, Judgement, Kind
from graph.passages import around
from graph.settling import match, places
from graph.store import Store
from ontology import terms
from ontology.errors import CrossCityError


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a pair: a treatment of a case by a meeting, or a person's role there.

    ``title`` is the case's title or the person's name, ``words`` name it verbatim, in the file of SHA-256 ``document``. ``ruling`` and
    ``outcome`` are empty for a person, ``role`` and ``office`` for a case. ``before`` and ``after`` stand around the ruling, or the words,
    in their paragraph; ``line`` counts from 1.
    """

    iri: str
    meeting: str
    meeting_title: str
    date: str
    title: str
    words: str
    ruling: str
    outcome: str
    role: str
    office: str
    agencies: tuple[str, ...]
    before: str
    after: str
    document: str
    file: str
    line: int

    @property
    def end(self) -> End:
        """How a judgement names this side."""
        return End(self.meeting, self.words, self.document)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two sides that may be one; ``likeness`` is from 0 to 1, or None; ``shared`` are words in common, ``reasons`` codes of cc:reason."""

    kind: Kind
    first: Side
    second: Side
    likeness: float | None
    shared: tuple[str, ...]
    reasons: tuple[str, ...]


def waiting(store: Store, judgements: Iterable[Judgement] = ()) -> tuple[Candidate, ...]:
    """The candidates of the store by falling likeness, those without one last, then by IRIs.

    Pairs on which the judgements say something, be it ``unsure``, are left out. Raises CrossCityError where a candidate's end is not in the
    store.
    """
    decided = {frozenset(pair[:2]) for pair in match(judgements, places(store))[0]}
    rows = [row for row in sorted(set(store.select(_CANDIDATES).rows)) if frozenset(row[2:4]) not in decided]
    words = {term: _gather(store, term) for term in (terms.SHARED, terms.REASON)}
    sides = _sides(store, {end for row in rows for end in row[2:4]})
    found = [
        Candidate(
            "person" if row[1] == "person" else "case",
            sides[row[2]],
            sides[row[3]],
            float(row[4]) if row[4] else None,
            tuple(words[terms.SHARED].get(row[0], ())),
            tuple(words[terms.REASON].get(row[0], ())),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=_rank))


def _rank(candidate: Candidate) -> tuple[float, str, str]:
    return (1.0 if candidate.likeness is None else -candidate.likeness, candidate.first.iri, candidate.second.iri)


def _gather(store: Store, term: str) -> Mapping[str, list[str]]:
    """The sorted values of a property of candidates."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for candidate, value in sorted(set(store.select(_WORDS.format(term=term)).rows)):
        found[candidate].append(value)
    return found


def sides_of(store: Store, ends: Iterable[str]) -> tuple[Side, ...]:
    """The evidence of some case events and participations (IRIs), in the order given; raises CrossCityError for any other IRI."""
    wanted = tuple(ends)
    sides = _sides(store, wanted)
    return tuple(sides[end] for end in wanted)


def _sides(store: Store, ends: Iterable[str]) -> dict[str, Side]:
    """The side of each case event or participation, by its IRI; of one that two documents state, the first."""
    wanted = sorted(set(ends))
    if not wanted:
        return {}
    nodes = " ".join(f"<{end}>" for end in wanted)
    agencies: defaultdict[str, set[str]] = defaultdict(set)
    for end, path in store.select(_AGENCIES.format(ends=nodes)).rows:
        agencies[end].add(path)
    rows = sorted(row for query in (_EVENTS, _ROLES) for row in store.select(query.format(ends=nodes)).rows)
    texts = _texts(store, {row[1] for row in rows})
    found: dict[str, Side] = {}
    for end, document, meeting, held_as, date, title, words, ruling, outcome, role, office, start, stop in rows:
        if end not in found:
            sha, file, text = texts[document]
            opens, closes = int(start), int(stop)
            before, after = around(text, opens, closes)
            line = text.count("\n", 0, opens) + 1
            standing = (outcome.removeprefix(terms.OUTCOME_SCHEME), role, office, tuple(sorted(agencies[end])))
            found[end] = Side(end, meeting, held_as, date, title, words, ruling, *standing, before, after, sha, file, line)
    if missing := [end for end in wanted if end not in found]:
        raise CrossCityError(f"{missing[0]}: no case event or participation of this store; name one that 'crosscity query evidence' lists")
    return found


def _texts(store: Store, documents: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Each document's SHA-256, file name and text, by its IRI."""
    nodes = " ".join(f"<{document}>" for document in sorted(documents))
    return {row[0]: (row[1], row[2], row[3]) for row in sorted(store.select(_DOCUMENTS.format(documents=nodes)).rows, reverse=True)}


_CANDIDATES: Final = """
SELECT ?candidate ?kind ?first ?second ?likeness {
  ?candidate a cc:Candidate ; cc:kind ?kind ; cc:first ?first ; cc:second ?second .
  OPTIONAL { ?candidate cc:likeness ?likeness }
}"""
_WORDS: Final = "SELECT ?candidate ?value {{ ?candidate a cc:Candidate ; <{term}> ?value }}"
_EVENTS: Final = """
SELECT DISTINCT ?end ?document ?meeting ?held_as ?date ?title ?words ?ruling ?outcome ("" AS ?role) ("" AS ?office) ?start ?stop {{
  VALUES ?end {{ {ends} }}
  GRAPH ?document {{
    ?end a cc:CaseEvent ; cc:meeting ?meeting ; dct:title ?title ; cc:surface ?words ; eli-dl:decision_outcome ?outcome ;
      cc:evidence/oa:hasSelector ?position , ?quote .
    ?position oa:start ?start ; oa:end ?stop .
    ?quote oa:exact ?ruling .
    OPTIONAL {{ ?meeting dct:title ?held_as }}
    OPTIONAL {{ ?meeting eli-dl:activity_date ?date }}
  }}
}}"""
_ROLES: Final = """
SELECT DISTINCT ?end ?document ?meeting ?held_as ?date ?title ?words ("" AS ?ruling) ("" AS ?outcome) ?role ?office ?start ?stop {{
  VALUES ?end {{ {ends} }}
  GRAPH ?document {{
    ?end a cc:Participation ; cc:meeting ?meeting ; foaf:name ?title ; cc:role ?role ; cc:evidence/oa:hasSelector ?position , ?quote .
    ?position oa:start ?start ; oa:end ?stop .
    ?quote oa:exact ?words .
    OPTIONAL {{ ?end cc:office ?office }}
    OPTIONAL {{ ?meeting dct:title ?held_as }}
    OPTIONAL {{ ?meeting eli-dl:activity_date ?date }}
  }}
}}"""
_AGENCIES: Final = """
SELECT DISTINCT ?end ?path {{
  VALUES ?end {{ {ends} }}
  {{ ?end cc:proposedBy|cc:involves|cc:agency ?agency }} UNION {{ ?asked cc:event ?end ; a cc:Directive ; cc:assignedTo ?agency }}
  ?agency cc:path ?path .
}}"""
_DOCUMENTS: Final = """
SELECT ?document ?sha ?file ?text {{
  VALUES ?document {{ {documents} }}
  ?document cc:sha256 ?sha ; cc:fileName ?file ; cc:text ?text .
}}"""
