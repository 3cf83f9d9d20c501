"""A store goes in, its meetings, officers, case events and directives come out as records, in the order of time.

Only document graphs are read: what identity itself has stated before never feeds back into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.store import Store
from ontology import terms


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as its minutes state it; ``group`` is an IRI or empty, ``host`` the IRI of a government or empty."""

    iri: str
    platform: str
    group: str
    group_name: str
    date: str
    year: str
    ordinal: int
    host: str
    title: str

    @property
    def key(self) -> str:
        """What tells the meeting apart in its group: the last step of its IRI."""
        return self.iri.rpartition("/")[2]

    @property
    def when(self) -> tuple[str, int, str]:
        """Sorts meetings by time."""
        return (self.date or self.year, self.ordinal, self.iri)


@dataclass(frozen=True, slots=True)
class Seen:
    """A participation: somebody in a role at a meeting; ``agency`` is an IRI, or empty."""

    iri: str
    meeting: str
    role: str
    name: str
    office: str
    agency: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words of a mention or participation that mean a body below the government of the side that keeps the minutes."""

    iri: str
    meeting: str
    words: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Treated:
    """A case event; ``ruling`` are the words that rule, ``passage`` their IRI; the surface's place is in ``document``."""

    iri: str
    meeting: str
    order: int
    item: str
    title: str
    section: str
    outcome: str
    ruling: str
    passage: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A directive and the case events that it belongs to."""

    iri: str
    meeting: str
    action: str
    due: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What identity is worked out from: meetings by time, then the parts of each by their place in it.

    ``mentioned`` are (fact, property, mention) for mentions that have own-side words; ``proposals`` are (event, agency).
    """

    meetings: tuple[Held, ...]
    seen: tuple[Seen, ...]
    own: tuple[OwnWords, ...]
    treated: tuple[Treated, ...]
    asked: tuple[Asked, ...]
    mentioned: tuple[tuple[str, str, str], ...]
    proposals: tuple[tuple[str, str], ...]


def gather(store: Store) -> Facts:
    """Read the facts of all documents."""
    meetings = tuple(sorted(_meetings(store), key=lambda held: held.when))
    place = {held.iri: at for at, held in enumerate(meetings)}
    treated = sorted(_treated(store), key=lambda event: (place[event.meeting], event.order, event.iri))
    asked = sorted(_asked(store), key=lambda pair: (place[pair[1].meeting], pair[0], pair[1].iri))
    seen = sorted(_seen(store), key=lambda who: (place[who.meeting], who.iri))
    return Facts(
        meetings,
        tuple(seen),
        tuple(_own(store)),
        tuple(treated),
        tuple(directive for _, directive in asked),
        tuple((row[0], row[1], row[2]) for row in store.select(_MENTIONED).rows),
        tuple((row[0], row[1]) for row in store.select(_PROPOSALS).rows),
    )


def _first(store: Store, sparql: str) -> Iterator[dict[str, str]]:
    """The least row of each subject (first column): a thing that two documents state is taken once."""
    table = store.select(sparql)
    last = ""
    for row in sorted(table.rows):
        if row[0] != last:
            yield dict(zip(table.columns, row, strict=True))
        last = row[0]


def _meetings(store: Store) -> Iterator[Held]:
    for row in _first(store, _MEETINGS):
        ordinal = int(row["ordinal"] or 0)
        yield Held(row["m"], row["platform"], row["group"], row["name"], row["date"], row["year"], ordinal, row["host"], row["title"])


def _seen(store: Store) -> Iterator[Seen]:
    for row in _first(store, _SEEN):
        yield Seen(row["p"], row["m"], row["role"], row["name"], row["office"], row["agency"])


def _own(store: Store) -> Iterator[OwnWords]:
    for row in sorted(store.select(_OWN).rows):
        yield OwnWords(row[0], row[1], row[2], row[3], int(row[4]), int(row[5]))


def _treated(store: Store) -> Iterator[Treated]:
    for row in _first(store, _TREATED):
        outcome = row["outcome"].removeprefix(terms.OUTCOME_SCHEME)
        texts = (row["item"], row["title"], row["section"], outcome, row["ruling"], row["passage"], row["document"])
        yield Treated(row["e"], row["m"], int(row["order"]), *texts, int(row["start"]), int(row["end"]))


def _asked(store: Store) -> Iterator[tuple[int, Asked]]:
    events: dict[str, list[str]] = {}
    for directive, event in sorted(store.select(_EVENTS_OF).rows):
        events.setdefault(directive, []).append(event)
    for row in _first(store, _ASKED):
        yield int(row["order"]), Asked(row["d"], row["m"], row["action"], row["due"], tuple(events.get(row["d"], ())))


_MEETINGS = """
SELECT DISTINCT ?m ?platform ?group ?name ?date ?year ?ordinal ?host ?title {
  GRAPH ?document {
    ?m a cc:Meeting ; cc:statedIn ?document .
    OPTIONAL { ?m cc:platform ?platform }
    OPTIONAL { ?m cc:group ?group . ?group skos:prefLabel ?name }
    OPTIONAL { ?m eli-dl:activity_date ?date }
    OPTIONAL { ?m cc:year ?year }
    OPTIONAL { ?m cc:ordinal ?ordinal }
    OPTIONAL { ?m cc:host ?host }
    OPTIONAL { ?m dct:title ?title }
  }
}"""
_SEEN = """
SELECT DISTINCT ?p ?m ?role ?name ?office ?agency {
  GRAPH ?document {
    ?p a cc:Participation ; cc:meeting ?m ; cc:role ?role ; foaf:name ?name .
    OPTIONAL { ?p cc:office ?office }
    OPTIONAL { ?p cc:agency ?agency }
  }
}"""
_OWN = """
SELECT DISTINCT ?node ?m ?words ?document ?start ?end {
  ?node cc:ownSide ?words ; cc:meeting ?m ; cc:evidence ?passage .
  ?passage oa:hasSource ?document ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
}"""
_TREATED = """
SELECT DISTINCT ?e ?m ?order ?item ?title ?section ?outcome ?ruling ?passage ?document ?start ?end {
  GRAPH ?document {
    ?e a cc:CaseEvent ; cc:meeting ?m ; cc:order ?order ; dct:title ?title ; cc:section ?section ;
      eli-dl:decision_outcome ?outcome ; cc:evidence ?passage ; cc:surfaceEvidence/oa:hasSelector ?position .
    ?passage oa:hasSelector/oa:exact ?ruling .
    ?position oa:start ?start ; oa:end ?end .
    OPTIONAL { ?e cc:item ?item }
  }
}"""
_ASKED = """
SELECT DISTINCT ?d ?m ?order ?action ?due {
  GRAPH ?document {
    ?d a cc:Directive ; cc:meeting ?m ; cc:order ?order ; cc:action ?action .
    OPTIONAL { ?d cc:due ?due }
  }
}"""
_EVENTS_OF = "SELECT DISTINCT ?d ?e { ?d a cc:Directive ; cc:event ?e }"
_MENTIONED = """
SELECT DISTINCT ?fact ?property ?mention {
  VALUES ?property { cc:actorMention cc:counterpartMention cc:proposerMention cc:involvedMention }
  ?fact ?property ?mention .
  FILTER EXISTS { ?mention cc:ownSide ?words }
}"""
_PROPOSALS = "SELECT DISTINCT ?event ?agency { GRAPH ?document { ?event a cc:CaseEvent ; cc:proposedBy ?agency } }"
