"""Participations go in, persons come out: who was seen in several roles and meetings, never told by the name alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from graph.facts import Seen
from graph.judged import UNJUDGED, Judged
from ontology.iris import Iris

# How high an office stands, by the words that end it: one is not promoted over several steps between two meetings.
_RANKS: Final = (
    ("副市長", 8), ("市長", 9), ("副秘書長", 7), ("秘書長", 8), ("副局長", 6), ("副處長", 6), ("局長", 7), ("處長", 7), ("委員", 6),
    ("主任秘書", 5), ("專門委員", 4), ("參議", 4), ("技正", 4), ("督學", 4), ("副主任", 3), ("主任", 4), ("副科長", 3), ("科長", 4),
    ("秘書", 3), ("股長", 3), ("專員", 2), ("視察", 3), ("科員", 1), ("組員", 1), ("辦事員", 1), ("助理員", 1), ("約聘", 1), ("約僱", 1),
)  # fmt: skip
_FARTHEST: Final = 3


@dataclass(frozen=True, slots=True)
class Person:
    """One person: a name on one side of a platform; ``city`` is empty where the side isn't known, ``possibly`` are IRIs of namesakes."""

    iri: str
    name: str
    city: str
    seen: tuple[Seen, ...]
    possibly: tuple[str, ...] = ()


def identify(
    seen: Iterable[Seen], platforms: Mapping[str, str], cities: Mapping[str, str], iris: Iris, judged: Judged = UNJUDGED
) -> tuple[Person, ...]:
    """The persons behind participations, which come in the order of time.

    ``platforms`` are names by meeting, ``cities`` by participation, where known. One name on one side of a platform is one person unless
    its offices cannot be one person's, or people decided so; a name of an unknown side stands for one meeting only. Only what people
    decided joins two names, or two sides.
    """
    namesakes: defaultdict[tuple[str, str, str, str], list[Seen]] = defaultdict(list)
    for who in seen:
        city = cities.get(who.iri, "")
        namesakes[platforms[who.meeting], city, who.name, "" if city else who.meeting].append(who)
    persons: list[Person] = []
    for (platform, city, name, meeting), sightings in namesakes.items():
        parts = _split(sightings, judged)
        tails = _distinct([_tail(part, meeting, alone=len(parts) == 1) for part in parts])
        names = [iris.person(platform, city, name, tail) for tail in tails]
        for at, part in enumerate(parts):
            persons.append(Person(names[at], name, city, tuple(part), tuple(sorted(set(names) - {names[at]}))))
    return tuple(sorted(_with_unknown(_united(persons, judged), judged), key=lambda person: person.iri))


def _united(persons: list[Person], judged: Judged) -> list[Person]:
    """Those whom people decided to be one person are one, under the name and IRI of the least."""
    at = {who.iri: place for place, person in enumerate(persons) for who in person.seen}
    groups = [{place} for place in range(len(persons))]
    for iri, place in at.items():
        for other in sorted(judged.same_as(iri) & at.keys()):
            if groups[place] is not groups[at[other]]:
                groups[place] |= groups[at[other]]
                for member in groups[at[other]]:
                    groups[member] = groups[place]
    united: list[Person] = []
    for place, group in enumerate(groups):
        together = sorted((persons[member] for member in group), key=lambda person: (not person.city, person.iri))
        if persons[place] is together[0]:
            seen = tuple(who for person in together for who in person.seen)
            others = {other for person in together for other in person.possibly} - {person.iri for person in together}
            united.append(replace(together[0], seen=seen, possibly=tuple(sorted(others))))
    kept = {person.iri for person in united}
    return [replace(person, possibly=tuple(other for other in person.possibly if other in kept)) for person in united]


def _tail(sightings: list[Seen], meeting: str, *, alone: bool) -> str:
    """What tells a namesake apart: the meeting where the side is unknown, the first office where offices cannot be one person's."""
    if meeting:
        key = meeting.rpartition("/")[2]
        return key if alone else f"{key}-{sightings[0].office}"
    return "" if alone else next((who.office for who in sightings if who.office), sightings[0].meeting.rpartition("/")[2])


def _distinct(tails: list[str]) -> list[str]:
    """The same words, numbered where they repeat."""
    return [tail if tail not in tails[:at] else f"{tail}-{at + 1}" for at, tail in enumerate(tails)]


def _split(sightings: list[Seen], judged: Judged) -> list[list[Seen]]:
    """Parts whose offices are compatible, each sighting with the first part that it fits.

    It is compared with one sighting of each office and agency, and with those of its own meeting: the others tell nothing more.
    """
    parts: list[list[Seen]] = []
    telling: list[dict[str, dict[tuple[str, str], Seen]]] = []
    for who in sightings:
        apart = judged.apart_from(who.iri)
        fitting = (at for at, seen in enumerate(telling) if not (apart and any(one.iri in apart for one in parts[at])) and _fits(who, seen))
        at = next(fitting, len(parts))
        if at == len(parts):
            parts.append([])
            telling.append({})
        parts[at].append(who)
        for meeting in ("", who.meeting):
            telling[at].setdefault(meeting, {}).setdefault((who.office, who.agency), who)
    return parts


def _fits(who: Seen, seen: Mapping[str, Mapping[tuple[str, str], Seen]]) -> bool:
    return all(compatible(who, other) for meeting in ("", who.meeting) for other in seen.get(meeting, {}).values())


def compatible(one: Seen, other: Seen) -> bool:
    """Whether one person can have been seen twice so: offices of near rank, one office at one meeting, in one first-level agency.

    >>> chair = Seen("p1", "m1", "chair", "王小明", "主任秘書", "")
    >>> compatible(chair, Seen("p2", "m2", "chair", "王小明", "參議代理主任秘書", ""))
    True
    >>> compatible(chair, Seen("p3", "m2", "attendee", "王小明", "科員", ""))
    False
    """
    if one.agency and other.agency and _bureau(one.agency) != _bureau(other.agency):
        return False
    if not one.office or not other.office:
        return True
    if one.meeting == other.meeting and one.office not in other.office and other.office not in one.office:
        return False
    first, second = _rank(one.office), _rank(other.office)
    return first is None or second is None or abs(first - second) < _FARTHEST


def _bureau(agency: str) -> str:
    """The first two levels of an agency's path: the government and its bureau."""
    head, _, path = agency.rpartition("/agency/")
    return head + "/".join(path.split("/")[:2])


def _rank(office: str) -> int | None:
    ranks = [(len(words), rank) for words, rank in _RANKS if office.endswith(words)]
    return max(ranks)[1] if ranks else None


def _with_unknown(persons: list[Person], judged: Judged) -> Iterable[Person]:
    """Namesakes of an unknown side may be any of the known ones: for a person to decide, where nobody has."""
    known: defaultdict[str, list[Person]] = defaultdict(list)
    for person in persons:
        if person.city:
            known[person.name].append(person)
    for person in persons:
        others = {*person.possibly} if person.city else {*person.possibly, *(other.iri for other in known[person.name])}
        apart = frozenset[str]().union(*(judged.apart_from(who.iri) for who in person.seen))
        others -= {other.iri for other in persons if apart and any(who.iri in apart for who in other.seen)}
        yield replace(person, possibly=tuple(sorted(others)))
