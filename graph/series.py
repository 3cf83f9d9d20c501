"""A store goes in, its series of meetings come out: a working group's, or a lone meeting; the unit that identity is worked out for."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from graph.facts import Held, meetings
from graph.judged import Judged
from graph.levels import level_of
from graph.store import Store
from ontology import terms


@dataclass(frozen=True, slots=True)
class Series:
    """The meetings of one working group, or of one level of a platform, by time, or one meeting of neither; ``iri`` tells which.

    ``corrected`` are the passages of its documents that were read otherwise than they stand, with the words that they were read as.
    """

    iri: str
    platform: str
    meetings: tuple[Held, ...]
    documents: tuple[str, ...]
    corrected: tuple[str, ...]

    def holds(self, meeting: Held) -> bool:
        """Whether a meeting is of this series."""
        return meeting.series == self.iri


@dataclass(frozen=True, slots=True)
class Platform:
    """The series that may share cases; those of bodies that name no platform share none, and stand alone."""

    name: str
    series: tuple[Series, ...]

    @property
    def block(self) -> str:
        """Its name, or the IRI of its one series where it has none."""
        return self.name or self.series[0].iri

    @property
    def meetings(self) -> tuple[Held, ...]:
        """All meetings by time."""
        return tuple(sorted((held for one in self.series for held in one.meetings), key=lambda held: held.when))


def platforms(store: Store) -> tuple[Platform, ...]:
    """All series of a store, by platform, sorted."""
    held: defaultdict[str, list[tuple[Held, tuple[str, ...]]]] = defaultdict(list)
    for meeting, documents in meetings(store):
        held[meeting.series].append((meeting, documents))
    found: defaultdict[tuple[str, str], list[Series]] = defaultdict(list)
    corrected: defaultdict[str, set[str]] = defaultdict(set)
    for document, passage, words in store.select(_CORRECTED).rows:
        corrected[document].add(f"{passage} {words}")
    for iri, together in sorted(held.items()):
        name = together[0][0].platform
        among = tuple(sorted({document for _, documents in together for document in documents}))
        words_of = tuple(sorted(words for document in among for words in corrected.get(document, ())))
        found[name, "" if name else iri].append(Series(iri, name, tuple(meeting for meeting, _ in together), among, words_of))
    return tuple(Platform(name, tuple(series)) for (name, _), series in sorted(found.items()))


def inputs(series: Series, platform: Platform, judged: Judged, rules_digest: str) -> str:
    """A digest of all that the identity of a series is worked out from, but for the other groups' cases.

    The levels' last meetings are among it: what was due there is awaited no longer.
    """
    levels = {level: f"{held.when}" for held in platform.meetings if (level := level_of(held.title))}
    of_meetings = _ends(judged, {held.iri for held in series.meetings})
    told = (rules_digest, identity_digest(), *series.documents, *series.corrected, str(sorted(levels.items())), *of_meetings)
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()


def _ends(judged: Judged, of: set[str]) -> tuple[str, ...]:
    """What is decided on the parts of some meetings."""
    return judged.concerning(iri for iri in judged.named if meeting_of(iri) in of)


def meeting_of(part: str) -> str:
    """The meeting of a case event or participation, all by IRI.

    >>> meeting_of("https://example.org/meeting/雙北/河川組/2020-1/event/照明")
    'https://example.org/meeting/雙北/河川組/2020-1'
    """
    return part.rsplit("/", 2)[0]


@cache
def identity_digest() -> str:
    """A digest of the program's own rules of identity: where it changes, all series are worked out anew."""
    digest = hashlib.sha256()
    for file in sorted(resources.files("graph").iterdir(), key=lambda file: file.name):
        if file.is_file() and file.name.endswith((".py", ".toml")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """What an identity graph of the store says of itself.

    ``inputs`` is a digest of what it was worked out from, ``seen`` one of who was seen in which role, where that is stated by a series.
    """

    platform: str
    inputs: str
    seen: str = ""


def kept_graphs(store: Store) -> dict[str, Kept]:
    """The identity graphs of a store, by IRI."""
    signed = f"?graph <{terms.PLATFORM}> ?platform ; <{terms.INPUTS_DIGEST}> ?inputs OPTIONAL {{ ?graph <{terms.SEEN_DIGEST}> ?seen }}"
    rows = store.select(f"SELECT ?graph ?platform ?inputs ?seen {{ GRAPH ?graph {{ {signed} }} }}").rows
    return {graph: Kept(platform, inputs, seen) for graph, platform, inputs, seen in rows}


_CORRECTED: Final = f"""
SELECT DISTINCT ?document ?passage ?words {{
  GRAPH ?document {{ ?correction a <{terms.CORRECTION}> ; cc:evidence ?passage ; <{terms.CORRECTED}> ?words }}
}}"""
