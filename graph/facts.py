"""Documents of a store go in, their meetings, officers, case events and directives come out as records, in the order of time.

Only document graphs are read: what identity itself has stated before never feeds back into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.levels import level_of
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
    def series(self) -> str:
        """The IRI of the series that it belongs to: its group's, or its platform's level's, which meets as a group does, or its own."""
        if self.group:
            return self.group
        level = level_of(self.title) if self.platform else ""
        return f"{self.iri.rpartition('/')[0]}/{level}" if level else self.iri

    @property
    def block(self) -> str:
        """What cases, people and promises never cross: its platform by name, or its series by IRI where the minutes name no platform."""
        return self.platform or self.series

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
    """A directive and the case events that it belongs to; ``recited`` if an earlier meeting asked it and a table tells it again."""

    iri: str
    meeting: str
    action: str
    due: str
    events: tuple[str, ...]
    recited: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What identity is worked out from: meetings by time, then the parts of each by their place in it.

    ``mentioned`` are (fact, property, mention) for mentions that have own-side words; ``proposals`` and ``involved`` are (event, agency);
    ``escalated`` are (event, level, purpose).
    """

    meetings: tuple[Held, ...]
    seen: tuple[Seen, ...]
    own: tuple[OwnWords, ...]
    treated: tuple[Treated, ...]
    asked: tuple[Asked, ...]
    mentioned: tuple[tuple[str, str, str], ...]
    proposals: tuple[tuple[str, str], ...]
    involved: tuple[tuple[str, str], ...]
    escalated: tuple[tuple[str, str, str], ...]


def gather(store: Store, documents: Iterable[str], wanted: Callable[[Held], bool] = lambda held: True) -> Facts:
    """Read what some documents (IRIs of their graphs) state of the meetings that are wanted."""
    told = _Told(store, documents)
    meetings = tuple(sorted(filter(wanted, told.meetings()), key=lambda held: held.when))
    place = {held.iri: at for at, held in enumerate(meetings)}
    treated = [event for event in told.treated() if event.meeting in place]
    asked = [pair for pair in told.asked() if pair[1].meeting in place]
    seen = [who for who in told.seen() if who.meeting in place]
    events = {event.iri for event in treated}
    facts = events | {directive.iri for _, directive in asked}
    return Facts(
        meetings,
        tuple(sorted(seen, key=lambda who: (place[who.meeting], who.iri))),
        tuple(own for own in told.own() if own.meeting in place),
        tuple(sorted(treated, key=lambda event: (place[event.meeting], event.order, event.iri))),
        tuple(asked_for for _, asked_for in sorted(asked, key=lambda pair: (place[pair[1].meeting], pair[0], pair[1].iri))),
        tuple((row[0], row[1], row[2]) for row in told.rows(_MENTIONED) if row[0] in facts),
        tuple((row[0], row[1]) for row in told.rows(_PROPOSALS) if row[0] in events),
        tuple((row[0], row[1]) for row in told.rows(_INVOLVED) if row[0] in events),
        tuple((row[0], row[1], row[2]) for row in told.rows(_ESCALATED) if row[0] in events),
    )


def treated(store: Store, documents: Iterable[str]) -> tuple[Treated, ...]:
    """The case events that some documents (IRIs of their graphs) state."""
    return tuple(_Told(store, documents).treated())


def meetings(store: Store, documents: Iterable[str] | None = None) -> tuple[tuple[Held, tuple[str, ...]], ...]:
    """The meetings of some documents (IRIs of their graphs), or of all, in the order of time, each with those that state it."""
    told = _Told(store, documents)
    stated_in: dict[str, list[str]] = {}
    for meeting, document in told.rows(_STATED_IN):
        stated_in.setdefault(meeting, []).append(document)
    return tuple((held, tuple(stated_in[held.iri])) for held in sorted(told.meetings(), key=lambda held: held.when))


def sightings(store: Store, meetings: Iterable[Held]) -> tuple[Seen, ...]:
    """All participations, in the order of their meetings' time; ``meetings`` are all there are."""
    when = {held.iri: held.when for held in meetings}
    return tuple(sorted(_Told(store, None).seen(), key=lambda who: (when[who.meeting], who.iri)))


class _Told:
    """Asks a store what some of its documents, or (``None``) all, state, and nothing else."""

    def __init__(self, store: Store, documents: Iterable[str] | None) -> None:
        self._store = store
        self._documents = None if documents is None else sorted(set(documents))

    def rows(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """The rows of a query whose patterns stand in GRAPH ?document; sorted."""
        if self._documents is None:
            yield from sorted(self._store.select(sparql).rows)
        elif self._documents:
            head, _, pattern = sparql.partition("{")
            among = " ".join(f"FROM NAMED <{document}>" for document in self._documents)
            yield from sorted(self._store.select(f"{head}{among} WHERE {{{pattern}").rows)

    def _first(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """The least row of each subject (first column): a thing that two documents state is taken once."""
        last = ""
        for row in self.rows(sparql):
            if row[0] != last:
                yield row
            last = row[0]

    def meetings(self) -> Iterator[Held]:
        for meeting, platform, group, name, date, year, ordinal, host, title in self._first(_MEETINGS):
            yield Held(meeting, platform, group, name, date, year, int(ordinal or 0), host, title)

    def seen(self) -> Iterator[Seen]:
        for row in self._first(_SEEN):
            yield Seen(*row)

    def own(self) -> Iterator[OwnWords]:
        for node, meeting, words, document, start, end in self.rows(_OWN):
            yield OwnWords(node, meeting, words, document, int(start), int(end))

    def treated(self) -> Iterator[Treated]:
        for event, meeting, order, item, title, section, outcome, ruling, passage, document, start, end in self._first(_TREATED):
            texts = (item, title, section, outcome.removeprefix(terms.OUTCOME_SCHEME), ruling, passage, document)
            yield Treated(event, meeting, int(order), *texts, int(start), int(end))

    def asked(self) -> Iterator[tuple[int, Asked]]:
        events: dict[str, list[str]] = {}
        for directive, event in self.rows(_EVENTS_OF):
            events.setdefault(directive, []).append(event)
        for directive, meeting, order, action, due, recited in self._first(_ASKED):
            yield int(order), Asked(directive, meeting, action, due, tuple(events.get(directive, ())), recited == "true")


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
_STATED_IN = "SELECT DISTINCT ?m ?document { GRAPH ?document { ?m a cc:Meeting ; cc:statedIn ?document } }"
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
  GRAPH ?document {
    ?node cc:ownSide ?words ; cc:meeting ?m ; cc:evidence ?passage .
    ?passage oa:hasSelector ?position .
    ?position oa:start ?start ; oa:end ?end .
  }
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
SELECT DISTINCT ?d ?m ?order ?action ?due ?recited {
  GRAPH ?document {
    ?d a cc:Directive ; cc:meeting ?m ; cc:order ?order ; cc:action ?action .
    OPTIONAL { ?d cc:due ?due }
    OPTIONAL { ?d cc:recited ?recited }
  }
}"""
_EVENTS_OF = "SELECT DISTINCT ?d ?e { GRAPH ?document { ?d a cc:Directive ; cc:event ?e } }"
_MENTIONED = """
SELECT DISTINCT ?fact ?property ?mention {
  GRAPH ?document {
    ?mention cc:ownSide ?words .
    ?fact ?property ?mention .
    FILTER (?property IN (cc:actorMention, cc:counterpartMention, cc:proposerMention, cc:involvedMention))
  }
}"""
_PROPOSALS = "SELECT DISTINCT ?event ?agency { GRAPH ?document { ?event a cc:CaseEvent ; cc:proposedBy ?agency } }"
_INVOLVED = "SELECT DISTINCT ?event ?agency { GRAPH ?document { ?event a cc:CaseEvent ; cc:involves ?agency } }"
_ESCALATED = """
SELECT DISTINCT ?event ?level ?purpose {
  GRAPH ?document { ?escalation a cc:Escalation ; cc:event ?event ; cc:escalatedTo ?level ; cc:purpose ?purpose }
}"""
QUESTIONS: Final = (_MEETINGS, _STATED_IN, _SEEN, _OWN, _TREATED, _ASKED, _EVENTS_OF, _MENTIONED, _PROPOSALS, _INVOLVED, _ESCALATED)
