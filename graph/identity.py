"""A store goes in, what only all its documents together tell comes out: hosts, bodies, cases, people, promises, rhythm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.cases import Case, resolve
from graph.facts import Facts, Held, OwnWords, Treated, gather
from graph.hosts import OFFICER_RULE, Host, Resolved, infer_hosts, resolve_own
from graph.people import Person, identify
from graph.promises import Outcome, follow
from graph.registry import city_of
from graph.relations import Relation, relate
from graph.resemblance import Profiler
from graph.rhythm import quarters
from graph.statements import Statements
from graph.store import Store
from ontology import terms
from ontology.gazetteer import Gazetteer
from ontology.iris import Iris

_AGENCY_OF = {
    terms.ACTOR_MENTION: terms.ASSIGNED_TO,
    terms.COUNTERPART_MENTION: terms.COUNTERPART,
    terms.PROPOSER_MENTION: terms.PROPOSED_BY,
    terms.INVOLVED_MENTION: terms.INVOLVES,
}


@dataclass(frozen=True, slots=True)
class Identified:
    """The identity graph's lines, and the own-side words that can mean several bodies, with those bodies' paths."""

    lines: tuple[str, ...]
    ambiguous: tuple[tuple[OwnWords, tuple[str, ...]], ...]


def state(store: Store, gazetteer: Gazetteer, iris: Iris) -> Identified:
    """Work out the identity graph of all documents in the store, from nothing; cost grows with the facts, near linearly."""
    facts = gather(store)
    said = Statements(iris.identity)
    hosts = infer_hosts(facts, iris)
    _state_hosts(said, hosts, iris)
    titled = _within_titles(facts)
    plain = [own for own in facts.own if own.iri not in titled]
    spoken = resolve_own(plain, {own.iri: hosts[own.meeting].government for own in plain if own.meeting in hosts}, gazetteer)
    profiler = Profiler(gazetteer)
    cases = resolve(facts.meetings, facts.treated, profiler)
    sides = _sides_of_titles(facts, cases, spoken, titled, iris)
    quoted = resolve_own([own for own in facts.own if own.iri in titled], sides, gazetteer)
    bodies = {**spoken.bodies, **quoted.bodies}
    _state_bodies(said, facts, bodies, iris)
    _state_cases(said, facts, cases, relate(cases, facts.meetings, profiler), iris)
    _state_people(said, _people(facts, hosts, bodies, gazetteer, iris))
    _state_promises(said, follow(facts.asked, facts.treated, facts.meetings, _lives(cases), profiler))
    for quarter in quarters(facts.meetings):
        node = iris.part(quarter.group, "quarter", quarter.name)
        said.link(node, terms.TYPE, terms.QUARTER)
        said.link(node, terms.GROUP, quarter.group)
        said.value(node, terms.QUARTER_NAME, quarter.name)
        said.value(node, terms.MEETINGS_HELD, str(quarter.meetings), "integer")
    return Identified(tuple(said.lines()), (*spoken.ambiguous, *quoted.ambiguous))


def _state_hosts(said: Statements, hosts: Mapping[str, Host], iris: Iris) -> None:
    for meeting, host in hosts.items():
        if host.basis == "inferred":
            said.link(meeting, terms.HOST, iris.agency(host.government))
            said.value(meeting, terms.HOST_BASIS, host.basis)
            said.value(meeting, terms.HOST_RULE, OFFICER_RULE)


def _within_titles(facts: Facts) -> dict[str, str]:
    """The case event in whose naming words each own-side mention stands: there 本市 is the proposer's, whoever keeps the minutes."""
    surfaces: dict[tuple[str, str], list[Treated]] = {}
    for event in facts.treated:
        surfaces.setdefault((event.document, event.meeting), []).append(event)
    return {
        own.iri: event.iri
        for own in facts.own
        for event in surfaces.get((own.document, own.meeting), ())
        if event.start <= own.start and own.end <= event.end
    }


def _sides_of_titles(facts: Facts, cases: Iterable[Case], spoken: Resolved, titled: Mapping[str, str], iris: Iris) -> dict[str, str]:
    """The government whose side a title's own words speak for: the proposer's, where all proposals of the case come from one."""
    proposers: dict[str, set[str]] = {}
    for event, agency in facts.proposals:
        proposers.setdefault(event, set()).add(_government(iris.agency_path(agency)))
    for fact, term, mention in facts.mentioned:
        if term == terms.PROPOSER_MENTION:
            proposers.setdefault(fact, set()).update(_government(path) for path in spoken.bodies.get(mention, ()))
    side: dict[str, str] = {}
    for case in cases:
        events = [treated.iri for treated in case.events]
        governments = {government for event in events for government in proposers.get(event, ())}
        if len(governments) == 1:
            side.update(dict.fromkeys(events, governments.pop()))
    return {mention: side[event] for mention, event in titled.items() if event in side}


def _government(path: str) -> str:
    return path.partition("/")[0]


def _state_bodies(said: Statements, facts: Facts, bodies: Mapping[str, tuple[str, ...]], iris: Iris) -> None:
    seen = {who.iri for who in facts.seen}
    for node, paths in bodies.items():
        for path in paths:
            said.link(node, terms.OF_AGENCY if node in seen else terms.REFERS_TO, iris.agency(path))
    for fact, term, mention in facts.mentioned:
        for path in bodies.get(mention, ()):
            said.link(fact, _AGENCY_OF[term], iris.agency(path))


def _people(
    facts: Facts, hosts: Mapping[str, Host], bodies: Mapping[str, tuple[str, ...]], gazetteer: Gazetteer, iris: Iris
) -> tuple[Person, ...]:
    """Persons; a chair or recorder is of the host's city, anybody else of their agency's."""
    cities: dict[str, str] = {}
    for who in facts.seen:
        path = next(iter(bodies.get(who.iri, ())), "") or (iris.agency_path(who.agency) if who.agency else "")
        if not path and who.role in ("chair", "recorder") and who.meeting in hosts:
            path = hosts[who.meeting].government
        if path:
            cities[who.iri] = city_of(path, gazetteer)
    return identify(facts.seen, {held.iri: held.platform for held in facts.meetings}, cities, iris)


def _state_people(said: Statements, people: Iterable[Person]) -> None:
    for person in people:
        said.link(person.iri, terms.TYPE, terms.FOAF_PERSON)
        said.value(person.iri, terms.FOAF_NAME, person.name)
        if person.city:
            said.value(person.iri, terms.CITY, person.city)
        for who in person.seen:
            said.link(who.iri, terms.PERSON, person.iri)
        for other in person.possibly:
            said.link(person.iri, terms.POSSIBLY_SAME, other)


def _state_cases(said: Statements, facts: Facts, cases: tuple[Case, ...], relations: Iterable[Relation], iris: Iris) -> None:
    held = {meeting.iri: meeting for meeting in facts.meetings}
    names = _case_iris(cases, held, iris)
    case_of: dict[str, str] = {}
    for case, name in zip(cases, names, strict=True):
        said.link(name, terms.TYPE, terms.CASE)
        said.link(name, terms.TYPE, terms.PROCESS)
        said.value(name, terms.TITLE, case.titles[0])
        for alias in case.titles[1:]:
            said.value(name, terms.ALT_LABEL, alias)
        for group in sorted({held[event.meeting].group for event in case.events} - {""}):
            said.link(name, terms.GROUP, group)
        for other in case.possibly:
            said.link(name, terms.POSSIBLY_SAME, names[other])
        for event in case.events:
            said.link(event.iri, terms.OF_CASE, name)
            case_of[event.iri] = name
        for before, after in zip(case.events, case.events[1:], strict=False):
            _state_step(said, name, (before.iri, after.iri), "continues", iris)
            said.link(after.iri, terms.WAS_REVISION_OF, before.iri)
    for relation in relations:
        _state_step(said, names[relation.case], (relation.from_event, relation.to_event), relation.kind, iris)
    for directive in facts.asked:
        for treatment in directive.events:
            said.link(directive.iri, terms.OF_CASE, case_of[treatment])


def _case_iris(cases: Iterable[Case], held: Mapping[str, Held], iris: Iris) -> list[str]:
    """A case is named by the meeting that first spoke of it and its words there."""
    taken: Counter[str] = Counter()
    names: list[str] = []
    for case in cases:
        first, meeting = case.events[0], held[case.events[0].meeting]
        name = iris.case(meeting.platform, meeting.group_name, meeting.key, first.title or first.ruling)
        taken[name] += 1
        names.append(name if taken[name] == 1 else f"{name}~{taken[name]}")
    return names


def _state_step(said: Statements, case: str, events: tuple[str, str], relation: str, iris: Iris) -> None:
    """A step of a case from one event to the next, or to or from an event of another case."""
    before, after = events
    step = iris.clause(case, "step", f"{before} {after}" if relation == "continues" else f"{before} {after} {relation}")
    said.link(step, terms.TYPE, terms.STEP)
    said.link(step, terms.OF_CASE, case)
    said.link(step, terms.FROM_EVENT, before)
    said.link(step, terms.TO_EVENT, after)
    said.value(step, terms.RELATION, relation)
    said.value(step, terms.BASIS, "rule")


def _lives(cases: Iterable[Case]) -> dict[str, tuple[Treated, ...]]:
    return {event.iri: case.events for case in cases for event in case.events}


def _state_promises(said: Statements, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        said.value(outcome.directive, terms.STATE, outcome.state)
        if outcome.report is not None:
            said.link(outcome.directive, terms.REPORTED_AT, outcome.report.meeting)
            said.link(outcome.directive, terms.REPORT_EVIDENCE, outcome.report.passage)
