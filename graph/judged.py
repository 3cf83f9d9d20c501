"""Pairs that people decided on go in; which things are one, and which must never be, comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["splits-from", "merges-into", "related"]


class Judged:
    """Pairs of case events, or of participations, by IRI, that are one case or person, and pairs that are not.

    ``relations`` are (kind, event of the case that is related, event of the other case).

    What is not the same as one thing is not the same as all that is one with it: a "not same" blocks a merge even through a third.

    >>> judged = Judged([("a", "b")], [("b", "c")])
    >>> sorted(judged.same_as("a")), sorted(judged.apart_from("c")), sorted(judged.apart_from("d"))
    (['b'], ['a', 'b'], [])
    """

    __slots__ = ("_apart", "_classes", "relations")

    @property
    def named(self) -> frozenset[str]:
        """All things that something was decided on."""
        return frozenset(self._classes.keys() | self._apart.keys() | {one for _, one, _ in self.relations})

    def __init__(
        self,
        same: Iterable[tuple[str, str]] = (),
        apart: Iterable[tuple[str, str]] = (),
        relations: Iterable[tuple[Kind, str, str]] = (),
    ) -> None:
        self.relations = tuple(relations)
        self._classes: dict[str, frozenset[str]] = {}
        for one, other in same:
            together = self._together(one) | self._together(other)
            self._classes.update(dict.fromkeys(together, together))
        between: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            for member in self._together(one):
                between[member] |= self._together(other)
            for member in self._together(other):
                between[member] |= self._together(one)
        self._apart = {iri: frozenset(others) for iri, others in between.items()}

    def _together(self, iri: str) -> frozenset[str]:
        return self._classes.get(iri, frozenset((iri,)))

    def same_as(self, iri: str) -> frozenset[str]:
        """What people said is one with this, itself left out."""
        return self._together(iri) - {iri}

    def apart_from(self, iri: str) -> frozenset[str]:
        """What people said is not one with this."""
        return self._apart.get(iri, frozenset())

    def concerning(self, iris: Iterable[str]) -> tuple[str, ...]:
        """All that is said of some things, as sorted lines."""
        listed = sorted(set(iris) & self.named)
        pairs = [f"{iri} = {sorted(self.same_as(iri))} not {sorted(self.apart_from(iri))}" for iri in listed]
        return (*pairs, *sorted(" ".join(related) for related in self.relations if related[1] in listed))


UNJUDGED: Final = Judged()
