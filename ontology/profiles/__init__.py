"""A profile's name or file goes in, what is particular to some cooperating cities comes out: their names, bodies, levels and words.

Rules and gazetteer are for the genre. A profile (TOML) adds to them, and the one in use holds for a whole run: ``using`` sets it.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeAlias

from ontology.errors import CrossCityError

USUAL: Final = "taipei"
LEVELS: Final = ("mayors", "deputies", "governments")
OUTCOMES: Final = ("proposed", "accepted", "tracked", "routine", "delist-requested", "delisted")
_TOP: Final = frozenset({"name", "platform", "cities", "levels", "outcomes"})
_OF_PLATFORM: Final = frozenset({"names", "both", "own"})
_OF_CITY: Final = frozenset({"name", "names", "programmes", "bodies"})
_OF_BODY: Final = frozenset({"path", "names", "short", "en"})

Toml: TypeAlias = "str | int | float | bool | list[Toml] | dict[str, Toml]"
Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a city: ``path`` below its government (工務處/道路科), other full names, short forms, and its name in English."""

    path: str
    names: Words
    short: Words
    label_en: str


@dataclass(frozen=True, slots=True)
class City:
    """A city or county: its name, what else it is called, the programmes that are known as its own, and its bodies."""

    name: str
    names: Words
    programmes: Words
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is particular to some cooperating cities.

    ``platform`` are the names that they go by together, the one in IRIs first; ``both`` the words that mean all their governments, ``own``
    further words for the side that keeps the minutes. ``levels`` are words for the meetings of mayors, deputies and governments,
    ``outcomes`` words for the outcomes of a case, where they are not those of the genre. ``text`` is the profile as written.
    """

    name: str
    platform: Words
    both: Words
    own: Words
    cities: tuple[City, ...]
    levels: tuple[tuple[str, Words], ...]
    outcomes: tuple[tuple[str, Words], ...]
    text: str = field(repr=False)

    @property
    def programmes(self) -> Mapping[str, Words]:
        """The programmes known as one city's own, by city."""
        return {city.name: city.programmes for city in self.cities if city.programmes}

    def level(self, name: str) -> Words:
        """The words for the meetings of a level (``mayors``, ``deputies``, ``governments``), folded."""
        return dict(self.levels).get(name, ())

    def outcome(self, name: str) -> Words:
        """The words for an outcome (``tracked``, ``delisted`` …), folded."""
        return dict(self.outcomes).get(name, ())


def shipped() -> tuple[str, ...]:
    """The names of the profiles that ship with the program.

    >>> shipped()
    ('taipei',)
    """
    return tuple(sorted(file.name.removesuffix(".toml") for file in files("ontology.profiles").iterdir() if file.name.endswith(".toml")))


def load(name: str) -> Profile:
    """A profile that ships with the program, by name, or one in a file.

    Raises CrossCityError where it is neither, or ill written.
    """
    if name in shipped():
        return _shipped(name)
    file = Path(name)
    if not file.is_file():
        raise CrossCityError(f"{name}: there is no such profile; name a file, or one of {', '.join(shipped())}")
    try:
        return parse(file.read_text(encoding="utf-8-sig"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise CrossCityError(f"{name}: cannot be read as a profile; it must be a text file in UTF-8") from error


@cache
def _shipped(name: str) -> Profile:
    return parse((files("ontology.profiles") / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


@cache
def parse(text: str, file: str) -> Profile:
    """A profile from its text; ``file`` is what complaints call it. Raises CrossCityError where it is ill written.

    >>> cities = '[[cities]]\\nname = "青山縣"\\n[[cities]]\\nname = "碧海縣"'
    >>> parse(f'name = "a"\\n[platform]\\nnames = ["山海"]\\n{cities}', "a.toml").platform
    ('山海',)
    """
    try:
        said: dict[str, Toml] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CrossCityError(f"{file}: is not TOML ({error}); correct it there") from error
    reader = _Reader(file)
    reader.known(said, _TOP, "")
    platform = reader.table(said, "platform")
    reader.known(platform, _OF_PLATFORM, "platform.")
    levels, outcomes = reader.table(said, "levels", ()), reader.table(said, "outcomes", ())
    reader.known(levels, frozenset(LEVELS), "levels.")
    reader.known(outcomes, frozenset(OUTCOMES), "outcomes.")
    cities = tuple(reader.city(each) for each in reader.tables(said, "cities"))
    if len(cities) < 2:
        raise reader.complaint("cities", "there must be two or more")
    names = reader.words(platform, "names", "platform.")
    if not names:
        raise reader.complaint("platform.names", "there must be the name that the cities go by together")
    return Profile(
        reader.word(said, "name"),
        names,
        _folded(reader.words(platform, "both", "platform.")),
        _folded(reader.words(platform, "own", "platform.")),
        cities,
        tuple((name, _folded(reader.words(levels, name, "levels."))) for name in LEVELS),
        tuple((name, _folded(reader.words(outcomes, name, "outcomes."))) for name in OUTCOMES),
        text,
    )


_CURRENT: ContextVar[Profile | None] = ContextVar("profile", default=None)


def current() -> Profile:
    """The profile in use: the usual one, where ``using`` did not say otherwise."""
    return _CURRENT.get() or _shipped(USUAL)


def use(profile: Profile) -> None:
    """Have a profile in use from now on."""
    _CURRENT.set(profile)


@contextmanager
def using(profile: Profile) -> Iterator[Profile]:
    """Have a profile in use within a block."""
    token = _CURRENT.set(profile)
    try:
        yield profile
    finally:
        _CURRENT.reset(token)


def _folded(words: Words) -> Words:
    """Words as rules match them: NFKC, 臺 for 台, no spaces."""
    return tuple("".join(unicodedata.normalize("NFKC", word).replace("台", "臺").split()) for word in words)


class _Reader:
    """Values of a TOML file, each with what is wrong with it."""

    def __init__(self, file: str) -> None:
        self._file = file

    def complaint(self, key: str, wrong: str) -> CrossCityError:
        """The error for a key."""
        return CrossCityError(f"{self._file}: {key}: {wrong}; see docs/profiles.md")

    def known(self, said: Mapping[str, Toml], keys: frozenset[str], above: str) -> None:
        """Refuse keys that mean nothing: a slip in a key would be lost in silence."""
        for key in said:
            if key not in keys:
                raise self.complaint(f"{above}{key}", f"is not known; write one of {', '.join(sorted(keys))}")

    def table(self, said: Mapping[str, Toml], key: str, default: tuple[()] | None = None) -> dict[str, Toml]:
        """The table at a key; without a default it must be there."""
        found = said.get(key, {} if default is not None else None)
        if not isinstance(found, dict):
            raise self.complaint(key, "must be a table")
        return found

    def tables(self, said: Mapping[str, Toml], key: str) -> list[dict[str, Toml]]:
        """The tables of an array, none where the key is missing."""
        found = said.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise self.complaint(key, "must be an array of tables")
        return [each for each in found if isinstance(each, dict)]

    def word(self, said: Mapping[str, Toml], key: str, default: str | None = None) -> str:
        """The words at a key, not empty; without a default they must be there."""
        found = said.get(key, default)
        if not isinstance(found, str) or (not found.strip() and found != default):
            raise self.complaint(key, "must be words in quotation marks")
        return found

    def words(self, said: Mapping[str, Toml], key: str, above: str = "cities.") -> Words:
        """The list of words at a key, empty where it is missing; ``above`` is where the key stands."""
        found = said.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, str) and each.strip() for each in found):
            raise self.complaint(f"{above}{key}", "must be a list of words in quotation marks")
        return tuple(each for each in found if isinstance(each, str))

    def city(self, said: Mapping[str, Toml]) -> City:
        """One city."""
        self.known(said, _OF_CITY, "cities.")
        bodies = tuple(self._body(each) for each in self.tables(said, "bodies"))
        return City(self.word(said, "name"), self.words(said, "names"), self.words(said, "programmes"), bodies)

    def _body(self, said: Mapping[str, Toml]) -> Body:
        self.known(said, _OF_BODY, "cities.bodies.")
        path = self.word(said, "path")
        if path.startswith("/") or path.endswith("/") or "政府" in path:
            raise self.complaint("cities.bodies.path", f"{path!r} must stand below its government, such as 工務處/道路科")
        return Body(path, self.words(said, "names"), self.words(said, "short"), self.word(said, "en", ""))
