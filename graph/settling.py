"""Judgements and the places of a store go in, what they decide comes out: pairs that are one, pairs that are not, relations.

The last decision on a pair counts. Nothing is dropped: a judgement whose words are not found is told as orphaned, one that speaks against
others as a conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from graph.decisions import RELATIONS, End, Judgement, Kind, fold_quote
from graph.store import Store

Pair: TypeAlias = tuple[str, str, Judgement]


@dataclass(frozen=True, slots=True)
class Place:
    """A case event or participation (``iri``) as it stands in the store: its meeting's IRI, its document's SHA-256, its words."""

    iri: str
    meeting: str
    document: str
    words: str
    kind: Kind = "case"


@dataclass(frozen=True, slots=True)
class Settled:
    """What judgements decide: pairs of IRIs of case events or participations, first and second as judged, in the order of the file.

    A relation holds between two cases only, so its pairs stand in ``apart`` too. ``orphaned`` have an end that nothing in the store fits.
    ``conflicts`` say ``same`` of what others keep apart, perhaps through a third, and are not applied.
    """

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    unsure: tuple[Pair, ...] = ()
    relations: tuple[Pair, ...] = ()
    orphaned: tuple[Judgement, ...] = ()
    conflicts: tuple[Judgement, ...] = ()


def places(store: Store) -> tuple[Place, ...]:
    """Every case event and participation of a store, once for each document that states it."""
    cases = (Place(row[0], row[1], row[2], row[3], "case") for row in store.select(_EVENTS).rows)
    people = (Place(row[0], row[1], row[2], row[3], "person") for row in store.select(_PARTICIPATIONS).rows)
    return tuple(sorted((*cases, *people), key=lambda place: (place.iri, place.document, place.words)))


def settle(judgements: Iterable[Judgement], places: Iterable[Place]) -> Settled:
    """Find what the judgements point at, and decide; cost is linear in both, but for sorting."""
    pairs, orphaned = match(judgements, places)
    apart = [pair for pair in pairs if pair[2].verdict == "not-same" or pair[2].verdict in RELATIONS]
    same, conflicts = _consistent([pair for pair in pairs if pair[2].verdict == "same"], apart)
    return Settled(
        same,
        tuple(apart),
        tuple(pair for pair in pairs if pair[2].verdict == "unsure"),
        tuple(pair for pair in pairs if pair[2].verdict in RELATIONS),
        orphaned,
        conflicts,
    )


def match(judgements: Iterable[Judgement], places: Iterable[Place]) -> tuple[tuple[Pair, ...], tuple[Judgement, ...]]:
    """Each pair of the store that was judged, with the last judgement on it, in the order of these; and the orphaned judgements."""
    index = _Index(places)
    last: dict[tuple[str, str], Pair] = {}
    orphaned: list[Judgement] = []
    for judgement in judgements:
        firsts, seconds = index.find(judgement.first, judgement.kind), index.find(judgement.second, judgement.kind)
        found = [(first, second) for first in firsts for second in seconds if first != second]
        if not found:
            orphaned.append(judgement)
        for first, second in found:
            key = (first, second) if first < second else (second, first)
            if key in last and last[key][2] is judgement:
                continue  # the same two places by each of the ends
            last.pop(key, None)
            last[key] = (first, second, judgement)
    return tuple(last.values()), tuple(orphaned)


class _Index:
    """Places by what an end may name them by."""

    __slots__ = ("_anywhere", "_in_document", "_in_meeting", "_meetings")

    def __init__(self, places: Iterable[Place]) -> None:
        self._meetings: set[str] = set()
        self._in_meeting: defaultdict[tuple[Kind, str, str], set[str]] = defaultdict(set)
        self._in_document: defaultdict[tuple[Kind, str, str], set[str]] = defaultdict(set)
        self._anywhere: defaultdict[tuple[Kind, str], set[str]] = defaultdict(set)
        for place in places:
            words = fold_quote(place.words)
            self._meetings.add(place.meeting)
            self._in_meeting[place.kind, place.meeting, words].add(place.iri)
            self._in_document[place.kind, place.document, words].add(place.iri)
            self._anywhere[place.kind, words].add(place.iri)

    def find(self, end: End, kind: Kind) -> list[str]:
        """The meeting's places with these words; else, where the meeting is gone, the document's; else the only one anywhere."""
        words = fold_quote(end.quote)
        found = self._in_meeting.get((kind, end.meeting, words))
        if not found and end.document and end.meeting not in self._meetings:
            found = self._in_document.get((kind, end.document, words))
        if not found:
            anywhere = self._anywhere.get((kind, words), set())
            found = anywhere if len(anywhere) == 1 else set()
        return sorted(found)


def _consistent(same: list[Pair], apart: list[Pair]) -> tuple[tuple[Pair, ...], tuple[Judgement, ...]]:
    """The pairs that can all be one while those apart stay two, the earlier first; and the judgements of those left out."""
    groups = _Groups(apart)
    kept: list[Pair] = []
    conflicts: dict[int, Judgement] = {}
    for first, second, judgement in same:
        if groups.join(first, second):
            kept.append((first, second, judgement))
        else:
            conflicts[id(judgement)] = judgement
    return tuple(kept), tuple(conflicts.values())


class _Groups:
    """Union-find that knows which groups must stay apart."""

    __slots__ = ("_above", "_foes")

    def __init__(self, apart: Iterable[Pair]) -> None:
        self._above: dict[str, str] = {}
        self._foes: defaultdict[str, set[str]] = defaultdict(set)
        for first, second, _ in apart:
            self._foes[first].add(second)
            self._foes[second].add(first)

    def join(self, first: str, second: str) -> bool:
        """Make the groups of both one; False where they must stay apart."""
        one, other = self._root(first), self._root(second)
        if one == other:
            return True
        if len(self._foes[one]) < len(self._foes[other]):
            one, other = other, one
        if any(self._root(foe) == one for foe in self._foes[other]):
            return False
        self._foes[one] |= self._foes.pop(other)
        self._above[other] = one
        return True

    def _root(self, node: str) -> str:
        while (above := self._above.get(node)) is not None:
            higher = self._above.get(above)
            if higher is not None:
                self._above[node] = higher
            node = above
        return node


_EVENTS: Final = """
SELECT DISTINCT ?place ?meeting ?sha ?words {
  GRAPH ?document {
    ?place a cc:CaseEvent ; cc:meeting ?meeting ; cc:surface|cc:surfaceEvidence/oa:hasSelector/oa:exact ?words .
    ?document cc:sha256 ?sha
  }
}"""
_PARTICIPATIONS: Final = """
SELECT DISTINCT ?place ?meeting ?sha ?words {
  GRAPH ?document {
    ?place a cc:Participation ; cc:meeting ?meeting ; cc:evidence/oa:hasSelector/oa:exact ?words . ?document cc:sha256 ?sha
  }
}"""
