"""Facts go in; the hosts of meetings that state none come out, and the bodies that own-side words (本局) mean below a host's government."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph.facts import Facts, OwnWords, Treated
from ontology import terms
from ontology.gazetteer import Gazetteer
from ontology.iris import Iris

Basis: TypeAlias = Literal["stated", "inferred"]
OFFICER_RULE: Final = "officer-at-stated-host"
_OFFICERS: Final = ("chair", "recorder")
# The last character of the names of bodies: 資訊教育科, 家庭教育中心, 警察局, 研考會, 消防大隊, 國小
_OFFICIAL: Final = re.compile(r"[\w/]*(?:局|處|科|室|課|股|組|中心|會|大隊|隊|所|館|署|公司|區公所|學校|國小|國中|高中|大學)$")


@dataclass(frozen=True, slots=True)
class Host:
    """The government that hosts a meeting, by path, and how that is known."""

    government: str
    basis: Basis


def infer_hosts(facts: Facts, iris: Iris) -> dict[str, Host]:
    """The host of each meeting, by the meeting's IRI; a meeting whose host nothing tells is left out.

    A meeting without a stated host is hosted by the side whose officer chairs or records it: the one government at whose meetings its
    chair and its recorder were seen in these roles, in the same group. Where sightings disagree, or there are none, nothing is inferred.
    """
    stated = {held.iri: Host(iris.agency_path(held.host), "stated") for held in facts.meetings if held.host}
    group_of = {held.iri: (held.platform, held.group) for held in facts.meetings}
    sightings: defaultdict[tuple[tuple[str, str], str], set[str]] = defaultdict(set)
    officers: defaultdict[str, set[str]] = defaultdict(set)
    for who in facts.seen:
        if who.role not in _OFFICERS:
            continue
        officers[who.meeting].add(who.name)
        if who.meeting in stated:
            sightings[group_of[who.meeting], who.name].add(stated[who.meeting].government)
    hosts = dict(stated)
    for held in facts.meetings:
        if held.iri in hosts or not held.group:
            continue
        seen = {side for name in officers[held.iri] for side in sightings[group_of[held.iri], name]}
        if len(seen) == 1:
            hosts[held.iri] = Host(seen.pop(), "inferred")
    return hosts


@dataclass(frozen=True, slots=True)
class Resolved:
    """The bodies by path that each mention or participation means, and those whose words can mean several bodies."""

    bodies: Mapping[str, tuple[str, ...]]
    ambiguous: tuple[tuple[OwnWords, tuple[str, ...]], ...]


def resolve_own(words: Iterable[OwnWords], governments: Mapping[str, str], gazetteer: Gazetteer) -> Resolved:
    """Own-side words below the government of their side; ``governments`` are paths by the IRI of mention or participation.

    One body of the gazetteer is the answer; several are ambiguous; words that name a body it does not list (職業安全衛生科) make a
    body of their own; other words stay unknown.
    """
    bodies: defaultdict[str, set[str]] = defaultdict(set)
    ambiguous: list[tuple[OwnWords, tuple[str, ...]]] = []
    for own in words:
        government = governments.get(own.iri, "")
        if not government:
            continue
        found = meanings(government, own.words, gazetteer)
        if len(found) == 1:
            bodies[own.iri].add(found[0])
        elif found:
            ambiguous.append((own, found))
    return Resolved({iri: tuple(sorted(paths)) for iri, paths in bodies.items()}, tuple(ambiguous))


def meanings(government: str, words: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The full paths that words below a government can mean.

    >>> from ontology.gazetteer import load
    >>> meanings("臺北市政府", "教育局/資教科", load()), meanings("臺北市政府", "", load())
    (('臺北市政府/教育局/資訊教育科',), ('臺北市政府',))
    """
    if not words:
        return (government,)
    if known := gazetteer.below(government, words):
        return known
    above, _, last = words.rpartition("/")
    if not _OFFICIAL.fullmatch(last) or len(last) < 2:
        return ()
    parents = meanings(government, above, gazetteer)
    return tuple(f"{parent}/{last}" for parent in parents)


def within_titles(facts: Facts) -> dict[str, str]:
    """The case event in whose naming words each own-side mention stands: there 本市 is the proposer's, whoever keeps the minutes."""
    surfaces: defaultdict[tuple[str, str], list[Treated]] = defaultdict(list)
    for event in facts.treated:
        surfaces[event.document, event.meeting].append(event)
    return {
        own.iri: event.iri
        for own in facts.own
        for event in surfaces.get((own.document, own.meeting), ())
        if event.start <= own.start and own.end <= event.end
    }


def sides_of_titles(
    facts: Facts, cases: Iterable[Iterable[str]], spoken: Resolved, titled: Mapping[str, str], iris: Iris
) -> dict[str, str]:
    """The government whose side a title's own words speak for: the proposer's, where all proposals of the case come from one.

    ``cases`` are the events (IRIs) of each case, ``titled`` what ``within_titles`` tells.
    """
    proposers: defaultdict[str, set[str]] = defaultdict(set)
    for event, agency in facts.proposals:
        proposers[event].add(_government(iris.agency_path(agency)))
    for fact, term, mention in facts.mentioned:
        if term == terms.PROPOSER_MENTION:
            proposers[fact].update(_government(path) for path in spoken.bodies.get(mention, ()))
    side: dict[str, str] = {}
    for case in cases:
        events = tuple(case)
        governments = {government for event in events for government in proposers.get(event, ())}
        if len(governments) == 1:
            side.update(dict.fromkeys(events, governments.pop()))
    return {mention: side[event] for mention, event in titled.items() if event in side}


def _government(path: str) -> str:
    return path.partition("/")[0]
