"""What a case is about goes in, the titles that minutes give it come out: long and short ones, contained, reworded.

An idea is made of a name (a place or programme, ``""`` for three in ten), an object, an aspect, and, for some, a city or a number that
alone tells it from its sibling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from invention.chance import Chance
from invention.words import Theme, words

FORMS = ("first", "short", "contained", "long", "verb", "reworded")
_NUMERALS = "一二三四五六七"


@dataclass(frozen=True, slots=True)
class Idea:
    """What makes a case this one. ``ask`` opens the title with a request to ``city``; ``year`` and ``stage`` are its numbers."""

    name: str
    object: tuple[str, str]
    aspect: tuple[str, str]
    verb: str
    tail: str
    ask: str = ""
    city: str = ""
    year: int = 0
    stage: int = 0

    @property
    def about(self) -> tuple[str, str, str, str, str, str]:
        """Name, object, aspect, city, year and stage: what no other case of a group shares in full."""
        return (self.name, self.object[0], self.aspect[0], self.city, str(self.year or ""), str(self.stage or ""))

    def title(self, form: str, chance: Chance) -> str:
        """A title in one of the forms; what tells the idea from its siblings stands in all of them."""
        lead = self.ask.format(city=self.city) if self.ask else ""
        year = f"{self.year}年" if self.year else ""
        stage = f"第{_NUMERALS[self.stage - 1]}期" if self.stage else ""
        longer, other = self.object
        aspect, reworded = self.aspect
        verb = lead or self.verb
        if form == "short" and self.name:
            return f"{lead}{year}{self.name}{other}{aspect}{stage}"
        if form in ("contained", "short"):
            return f"{lead}{year}{self.name}{longer}{aspect}{stage}"
        if form == "long":
            whole = f"{verb}{year}{self.name}{longer}{aspect}{stage}{self.tail}"
            if chance.hits(0.5):
                return f"為{chance.pick(words().purposes)}，{whole}"
            return f"{whole}，以{chance.pick(words().benefits)}"
        if form == "verb":
            other_verb = chance.pick([each for each in words().verbs if each != self.verb])
            return f"{lead or other_verb}{year}{self.name}{longer}{aspect}{stage}{chance.pick(words().tails)}"
        if form == "reworded":
            other = other if self.name else longer  # one telling word is kept: the name, else the object
            return f"{lead or chance.pick(words().verbs)}{year}{self.name}{other}{reworded}{stage}{chance.pick(words().tails)}"
        return f"{verb}{year}{self.name}{longer}{aspect}{stage}{self.tail}"


def think(chance: Chance, themes: Sequence[Theme], cities: Sequence[str], year: int) -> Idea:
    """An idea of one of some themes, of no kinship to others but what chance brings."""
    theme = chance.pick(themes)
    kind = chance.below(10)
    name = chance.pick(_places(cities) if kind < 4 else words().programmes) if kind < 7 else ""
    idea = Idea(name, chance.pick(theme.objects), chance.pick(theme.aspects), chance.pick(words().verbs), chance.pick(words().tails))
    if chance.hits(0.12):
        return replace(idea, ask=chance.pick(("協請{city}支援", "開放{city}居民使用", "邀請{city}參加")), city=chance.pick(cities))
    if chance.hits(0.1):
        return replace(idea, year=year)
    return replace(idea, stage=1) if chance.hits(0.05) else idea


def sibling(idea: Idea, kind: str, chance: Chance, themes: Sequence[Theme], cities: Sequence[str]) -> Idea:
    """Another idea that differs from one in a single thing: year, stage, city, place, or aspect."""
    theme = next(theme for theme in themes if idea.object in theme.objects)
    if kind == "year":
        return replace(idea, year=idea.year + 1)
    if kind == "stage":
        return replace(idea, stage=idea.stage % 7 + 1)
    if kind == "city":
        return replace(idea, city=chance.pick([city for city in cities if city != idea.city]))
    if kind == "place":
        return replace(idea, name=chance.pick([name for name in _places(cities) if name != idea.name]))
    return replace(idea, aspect=chance.pick([aspect for aspect in theme.aspects if aspect != idea.aspect]))


def kinships(idea: Idea) -> tuple[str, ...]:
    """The kinds of siblings that an idea can have."""
    number = ("year", "year") if idea.year else ("stage", "stage") if idea.stage else ()
    return (
        *number,
        *(("city", "city") if idea.city else ()),
        *(("place",) if idea.name in words().places + words().districts else ()),
        "aspect",
    )


def _places(cities: Sequence[str]) -> tuple[str, ...]:
    return words().places + (words().districts if {"臺北市", "新北市"} <= set(cities) else ())
