"""What was worked out of one group's minutes goes in, the statements of its identity graph come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Final

from graph.cases import Case, Grounds, Possible
from graph.facts import Facts, Held
from graph.hosts import OFFICER_RULE, Host
from graph.lives import Life
from graph.people import Person
from graph.promises import Outcome
from graph.relations import Relation, surface
from graph.rhythm import quarters
from graph.statements import Statements
from graph.ties import Tie
from ontology import terms
from ontology.iris import Iris

AGENCY_OF = {
    terms.ACTOR_MENTION: terms.ASSIGNED_TO,
    terms.COUNTERPART_MENTION: terms.COUNTERPART,
    terms.PROPOSER_MENTION: terms.PROPOSED_BY,
    terms.INVOLVED_MENTION: terms.INVOLVES,
}


_KEEPING: Final = ("accepted", "tracked", "routine", "delist-requested")  # outcomes that keep a case on the list


def name_cases(cases: Iterable[Case], held: Mapping[str, Held], iris: Iris) -> list[str]:
    """The IRIs of one group's cases, in their order: a case is named by the meeting that first spoke of it and its words there."""
    taken: Counter[str] = Counter()
    names: list[str] = []
    for case in cases:
        first = case.events[0]
        name = iris.case(first.meeting, first.title or first.ruling)
        taken[name] += 1
        names.append(name if taken[name] == 1 else f"{name}~{taken[name]}")
    return names


def state_hosts(said: Statements, hosts: Mapping[str, Host], iris: Iris) -> None:
    """State the hosts that no minutes state."""
    for meeting, host in hosts.items():
        if host.basis == "inferred":
            said.link(meeting, terms.HOST, iris.agency(host.government))
            said.value(meeting, terms.HOST_BASIS, host.basis)
            said.value(meeting, terms.HOST_RULE, OFFICER_RULE)


def state_bodies(said: Statements, facts: Facts, bodies: Mapping[str, tuple[str, ...]], iris: Iris) -> None:
    """State the agencies that own-side words mean: of mentions and participations, and of the facts that use these mentions."""
    seen = {who.iri for who in facts.seen}
    for node, paths in bodies.items():
        for path in paths:
            said.link(node, terms.OF_AGENCY if node in seen else terms.REFERS_TO, iris.agency(path))
    for fact, term, mention in facts.mentioned:
        for path in bodies.get(mention, ()):
            said.link(fact, AGENCY_OF[term], iris.agency(path))


def state_life(said: Statements, life: Life, iris: Iris) -> None:
    """State a case and the steps from each of its events to the next; why each was made is stated by the group that made it."""
    said.link(life.iri, terms.TYPE, terms.CASE)
    said.link(life.iri, terms.TYPE, terms.PROCESS)
    said.value(life.iri, terms.TITLE, life.titles[0])
    for alias in life.titles[1:]:
        said.value(life.iri, terms.ALT_LABEL, alias)
    for group in life.groups:
        said.link(life.iri, terms.GROUP, group)
    for before, after in pairwise(life.events):
        step = _state_step(said, life.iri, (before.iri, after.iri), "continues", iris)
        said.link(after.iri, terms.WAS_REVISION_OF, before.iri)
        for event in (before, after):
            said.link(step, terms.EVIDENCE, surface(event))


def state_whole(said: Statements, life: Life, dates: Mapping[str, str]) -> None:
    """State what a case's events add up to, so that nobody need read them all for it; ``dates`` are those of the meetings, or empty."""
    latest = max(life.events, key=lambda event: (dates[event.meeting], event.order, event.outcome, event.meeting))
    said.value(life.iri, terms.EVENT_COUNT, str(len(life.events)), "integer")
    tracked = {event.meeting for event in life.events if event.outcome in _KEEPING}
    said.value(life.iri, terms.MEETINGS_TRACKED, str(len(tracked)), "integer")
    said.link(life.iri, terms.LATEST_EVENT, latest.iri)
    said.link(life.iri, terms.LATEST_OUTCOME, terms.OUTCOME_SCHEME + latest.outcome)
    when = sorted(filter(None, (dates[event.meeting] for event in life.events)))
    if when:
        said.value(life.iri, terms.FIRST_DATE, when[0], "date")
        said.value(life.iri, terms.LAST_DATE, when[-1], "date")


def state_joint(said: Statements, case: str, before: str, after: str, grounds: Grounds, iris: Iris) -> None:
    """State why the case went from one event to the next: by rule or as a person judged, and on what grounds."""
    step = step_of(case, before, after, iris)
    said.value(step, terms.BASIS, "judged" if "judged" in grounds.reasons else "rule")
    _state_grounds(said, step, grounds)


def state_relation(said: Statements, case: str, relation: Relation, iris: Iris) -> None:
    """State how a case is related to another, with the ruling that speaks of it and the words that name it."""
    step = _state_step(said, case, (relation.from_event, relation.to_event), relation.kind, iris)
    said.value(step, terms.BASIS, relation.basis)
    for passage in relation.evidence:
        said.link(step, terms.EVIDENCE, passage)


def step_of(case: str, before: str, after: str, iris: Iris) -> str:
    """The IRI of the step of a case from one of its events to the next."""
    return iris.clause(case, "step", f"{before} {after}")


def _state_step(said: Statements, case: str, events: tuple[str, str], relation: str, iris: Iris) -> str:
    """A step of a case from one event to the next, or to or from an event of another case; its IRI."""
    before, after = events
    step = step_of(case, before, after, iris) if relation == "continues" else iris.clause(case, "step", f"{before} {after} {relation}")
    said.link(step, terms.TYPE, terms.STEP)
    said.link(step, terms.OF_CASE, case)
    said.link(step, terms.FROM_EVENT, before)
    said.link(step, terms.TO_EVENT, after)
    said.value(step, terms.RELATION, relation)
    return step


def state_possible(said: Statements, possible: Possible, case_of: Mapping[str, str], iris: Iris) -> None:
    """State that two cases may be one, and put the two events before a person."""
    said.link(case_of[possible.second], terms.POSSIBLY_SAME, case_of[possible.first])
    state_candidate(said, "case", (possible.first, possible.second), possible.grounds, iris)


def state_candidate(said: Statements, kind: str, pair: tuple[str, str], grounds: Grounds, iris: Iris) -> None:
    """Put two case events, or two participations, before a person, with what speaks for their being one."""
    node = iris.clause(pair[1], "candidate", pair[0])
    said.link(node, terms.TYPE, terms.CANDIDATE)
    said.value(node, terms.KIND, kind)
    said.link(node, terms.FIRST, pair[0])
    said.link(node, terms.SECOND, pair[1])
    _state_grounds(said, node, grounds)


def _state_grounds(said: Statements, node: str, grounds: Grounds) -> None:
    said.value(node, terms.LIKENESS, f"{grounds.likeness:.2f}".rstrip("0").rstrip("."), "decimal")  # as engines write it
    for words in grounds.shared:
        said.value(node, terms.SHARED, words)
    for reason in grounds.reasons:
        said.value(node, terms.REASON, reason)


def state_promises(said: Statements, outcomes: Iterable[Outcome]) -> None:
    """State what became of each directive, by the minutes loaded."""
    for outcome in outcomes:
        said.value(outcome.directive, terms.STATE, outcome.state)
        if outcome.report is not None:
            said.link(outcome.directive, terms.REPORTED_AT, outcome.report.meeting)
            said.link(outcome.directive, terms.REPORT_EVIDENCE, outcome.report.passage)


def state_quarters(said: Statements, meetings: Iterable[Held], iris: Iris) -> None:
    """State how many meetings each quarter held."""
    for quarter in quarters(meetings):
        node = iris.part(quarter.group, "quarter", quarter.name)
        said.link(node, terms.TYPE, terms.QUARTER)
        said.link(node, terms.GROUP, quarter.group)
        said.value(node, terms.QUARTER_NAME, quarter.name)
        said.value(node, terms.MEETINGS_HELD, str(quarter.meetings), "integer")


def state_ties(said: Statements, ties: Iterable[Tie], series: str, iris: Iris) -> None:
    """State how a series ties each pair of bodies together."""
    for tie in ties:
        node = iris.clause(series, "tie", " ".join(tie.bodies))
        said.link(node, terms.TYPE, terms.TIE)
        for term, path in zip((terms.BODY_A, terms.BODY_B), tie.bodies, strict=True):
            said.link(node, term, iris.agency(path))
        for case in tie.cases:
            said.link(node, terms.SHARED_CASE, case)
        said.value(node, terms.WEIGHT, decimal(tie.weight), "decimal")
        said.value(node, terms.MEETING_COUNT, str(tie.meetings), "integer")


def decimal(number: Fraction) -> str:
    """A number to twelve places, as engines write a decimal.

    >>> decimal(Fraction(1, 3)), decimal(Fraction(4, 2)), decimal(Fraction(0))
    ('0.333333333333', '2', '0')
    """
    return f"{float(number):.12f}".rstrip("0").rstrip(".")


def state_people(said: Statements, people: Iterable[Person], iris: Iris) -> None:
    """State persons, in which participations each was seen, and who may be the same."""
    listed = {person.iri: person for person in people}
    for person in listed.values():
        said.link(person.iri, terms.TYPE, terms.FOAF_PERSON)
        said.value(person.iri, terms.FOAF_NAME, person.name)
        if person.city:
            said.value(person.iri, terms.CITY, person.city)
        for who in person.seen:
            said.link(who.iri, terms.PERSON, person.iri)
        for other in person.possibly:
            said.link(person.iri, terms.POSSIBLY_SAME, other)
            pair = (person.seen[-1].iri, listed[other].seen[-1].iri)
            if person.iri < other or person.iri not in listed[other].possibly:
                state_candidate(said, "person", pair, Grounds(1.0, (person.name,), ("name",)), iris)
