"""A person's words for a platform or a group go in, the part of a store that all it tells rests on comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from graph import excerpt, named
from graph.store import Store
from ontology.gazetteer import fold_name
from output.choosing import SeveralFit, need_name, no_name
from output.messages import Messages

_HELD: Final = """
SELECT ?platform ?group ?name (COUNT(DISTINCT ?meeting) AS ?meetings) {
  ?meeting a cc:Meeting .
  OPTIONAL { ?meeting cc:platform ?platform }
  OPTIONAL { ?meeting cc:group ?group . { SELECT DISTINCT ?group ?name { ?group skos:prefLabel ?name } } }
} GROUP BY ?platform ?group ?name"""


@dataclass(frozen=True, slots=True)
class Part:
    """A store, or the part of it that one platform's minutes state.

    ``group`` is what the group that was asked for is called there; ``called`` is what a person calls all of it, ``notes`` say what it is.
    """

    store: Store
    group: str = ""
    called: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group, by IRI and name, or none (a platform's level, a lone meeting); its platform's name; how many meetings are loaded."""

    platform: str
    iri: str
    name: str
    meetings: int

    @property
    def block(self) -> str:
        """What ``excerpt.of_block`` knows all that its cases rest on by."""
        return self.platform or self.iri

    @property
    def full_name(self) -> str:
        """Its name behind its platform's."""
        return f"{self.platform} {self.name}" if self.platform else self.name


def list_groups(store: Store) -> tuple[Group, ...]:
    """All groups of a store, by platform and name, and for each platform the meetings of none."""
    rows = sorted(named.once(store, _HELD).rows)
    return tuple(Group(platform, iri, name, int(meetings)) for platform, iri, name, meetings in rows)


@contextmanager
def open_part(store: Store, platform: str, group: str, messages: Messages) -> Iterator[Part]:
    """The part of a store that a platform, or the platform of a group, makes, each named in anybody's words; all of it where neither is.

    A part is copied to memory, where everything asked of it costs what its size does. Raises CrossCityError where nothing of the store is
    meant, and SeveralFit where several things are.
    """
    if not platform and not group:
        yield Part(store)
        return
    listed = list_groups(store)
    wanted = need_name("platform", platform, (one.platform for one in listed), messages)
    among = [one for one in listed if wanted in ("", one.platform)]
    chosen = _choose(among, group, messages) if group else among[0]
    name, called = (chosen.name, chosen.full_name) if group else ("", chosen.platform)
    inside, every = sum(one.meetings for one in listed if one.block == chosen.block), sum(one.meetings for one in listed)
    if inside == every:
        yield Part(store, name, called)
        return
    note = messages("scope.part-of", part=chosen.platform or chosen.name, meetings=inside, all=every)
    with excerpt.of_block(store, chosen.block) as part, named.each_once(part):
        yield Part(part, name, called, (note,))


def _choose(listed: Sequence[Group], words: str, messages: Messages) -> Group:
    """The one group whose name, IRI, or platform and name these words are, else in whose platform and name all of them stand."""
    groups = [one for one in listed if one.name]
    wanted = fold_name(words)
    fitting = [one for one in groups if words == one.iri or wanted in (fold_name(one.name), fold_name(f"{one.platform}{one.name}"))]
    if not fitting:
        fitting = [one for one in groups if all(fold_name(word) in fold_name(f"{one.platform}{one.name}") for word in words.split())]
    if len(fitting) > 1:
        raise SeveralFit(
            messages("scope.several", key=words, count=len(fitting)),
            tuple(sorted(one.full_name if one.platform else one.iri for one in fitting)),
        )
    if not fitting:
        raise no_name("group", words, sorted({one.name for one in groups}), messages)
    return fitting[0]
