"""The names of governments, bureaus, sections and institutions (``agencies.ttl``) go in; look-ups from words to bodies come out."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, TypeAlias, cast, get_args

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, RdfFormat, parse

from ontology import profiles, terms
from ontology.iris import DEFAULT_BASE, Iris
from ontology.profiles import City, Profile

AgencyLevel: TypeAlias = Literal["government", "bureau", "section", "institution", "joint", "ministry", "other"]
LEVELS: tuple[AgencyLevel, ...] = get_args(AgencyLevel)
PLACE = f"{DEFAULT_BASE}place/"
PLATFORM = f"{DEFAULT_BASE}platform/"
CHINESE = "zh-hant-tw"


@dataclass(frozen=True, slots=True, order=True)
class Agency:
    """A body by its full path, levels joined by ``/``.

    ``names`` are full names, the official one first; ``short_forms`` are said of it below its government (資教科), or outright where
    it stands below none (衛福部). ``city`` is empty for bodies of no one city, ``parent`` for bodies at the top. ``valid_from`` and
    ``valid_until`` (the last day) are whole or partial ISO dates, empty where not known; ``successors`` are paths.
    """

    path: str
    city: str
    level: AgencyLevel
    names: tuple[str, ...]
    short_forms: tuple[str, ...] = ()
    label_en: str = ""
    parent: str = ""
    valid_from: str = ""
    valid_until: str = ""
    successors: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Platform:
    """Cities that cooperate under one name: 雙北 is 臺北市 and 新北市."""

    name: str
    cities: tuple[str, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=65536)
def fold_name(words: str) -> str:
    """Words as look-ups compare them: NFKC, 臺 for 台, no spaces.

    >>> fold_name("台北市 政府")
    '臺北市政府'
    """
    return "".join(unicodedata.normalize("NFKC", words).replace("台", "臺").split())


class Gazetteer:
    """The bodies that are known by name. Every look-up folds its words with ``fold_name``; those of paths take them as they are."""

    __slots__ = ("_below", "_by_path", "_children", "_surfaces", "agencies", "cities", "platforms")

    agencies: tuple[Agency, ...]
    cities: Mapping[str, tuple[str, ...]]
    platforms: tuple[Platform, ...]

    def __init__(self, agencies: Iterable[Agency], cities: Mapping[str, tuple[str, ...]], platforms: Iterable[Platform]) -> None:
        self.agencies = tuple(sorted(agencies))
        self.cities = MappingProxyType(dict(cities))
        self.platforms = tuple(platforms)
        self._by_path = {agency.path: agency for agency in self.agencies}
        children: defaultdict[str, list[Agency]] = defaultdict(list)
        for agency in self.agencies:
            children[agency.parent].append(agency)
        self._children = {parent: tuple(below) for parent, below in children.items()}
        tops = self._children.get("", ())
        self._below = {top.path: _gather(self._relative(top.path, ("",))) for top in tops}
        self._surfaces = self._outright(tops)

    def agency(self, path: str) -> Agency | None:
        """The body at a full path, or None.

        >>> load().agency("臺北市政府/教育局/資訊教育科").short_forms
        ('資教科',)
        """
        return self._by_path.get(path)

    def children(self, path: str) -> tuple[Agency, ...]:
        """The bodies directly below a path, by path; the top ones below the empty path."""
        return self._children.get(path, ())

    def below(self, government_path: str, words: str) -> tuple[str, ...]:
        """The full paths that official, short or slashed words can mean below a government: one is certain, several are ambiguous.

        >>> load().below("臺北市政府", "教育局資教科")
        ('臺北市政府/教育局/資訊教育科',)
        >>> load().below("新北市政府", "資教科")
        ()
        """
        return self._below.get(government_path, {}).get(fold_name(words).replace("/", ""), ())

    def surfaces(self) -> tuple[tuple[str, str], ...]:
        """Each folded surface that names one body outright, and the body's path; longest first, ambiguous ones left out."""
        return self._surfaces

    def _relative(self, path: str, prefixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """What each body below a path is called there, with and without the names of those between."""
        for child in self.children(path):
            own = _forms(child)
            yield from ((prefix + form, child.path) for prefix in prefixes for form in own)
            yield from ((fold_name(name), child.path) for name in child.names)
            yield from self._relative(child.path, ("", *own))

    def _outright(self, tops: tuple[Agency, ...]) -> tuple[tuple[str, str], ...]:
        """The surfaces; a short form that a government's own body shares (原民會) says nothing outright."""
        local: set[str] = set()
        found: list[tuple[str, str]] = []
        for top in tops:
            found += [(fold_name(name), top.path) for name in top.names]
            found += [(form, top.path) for form in _forms(top)]
            for agency in self._descendants(top.path):
                found += [(fold_name(name), agency.path) for name in agency.names]
            prefixes = _forms(top)
            if top.level == "government":
                local.update(self._below[top.path])
                prefixes = (*prefixes, *map(fold_name, self.cities.get(top.city, ())))
            else:
                prefixes = ("", *prefixes)
            found += [(prefix + form, path) for form, paths in self._below[top.path].items() for prefix in prefixes for path in paths]
        full = {fold_name(name) for agency in self.agencies for name in agency.names}
        single = {form: paths[0] for form, paths in _gather(found).items() if len(paths) == 1 and (form in full or form not in local)}
        return tuple(sorted(single.items(), key=lambda pair: (-len(pair[0]), pair)))

    def _descendants(self, path: str) -> Iterator[Agency]:
        for child in self.children(path):
            yield child
            yield from self._descendants(child.path)


def _forms(agency: Agency) -> tuple[str, ...]:
    """What a body is called below the one it belongs to: the last step of its path, and its short forms."""
    return tuple(dict.fromkeys(map(fold_name, (agency.path.rpartition("/")[2], *agency.short_forms))))


def _gather(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for words, path in pairs:
        found[words].add(path)
    return {words: tuple(sorted(paths)) for words, paths in found.items()}


def load() -> Gazetteer:
    """The gazetteer that ships with the program, and what the profile in use adds to it; read once a process and profile."""
    return _load(profiles.current())


@cache
def _load(profile: Profile) -> Gazetteer:
    listed = _shipped()
    cities, agencies = dict(listed.cities), {agency.path: agency for agency in listed.agencies}
    for city in profile.cities:
        cities[city.name] = tuple(dict.fromkeys((city.name, *cities.get(city.name, ()), *city.names)))
        for agency in _bodies(city, profile.name):
            agencies.setdefault(agency.path, agency)
    own = Platform(profile.platform[0], tuple(city.name for city in profile.cities), profile.platform)
    others = (platform for platform in listed.platforms if platform.name != own.name)
    return Gazetteer(agencies.values(), cities, (own, *others))


def _bodies(city: City, source: str) -> Iterator[Agency]:
    """A city's government, and the bodies that a profile lists below it."""
    government = f"{city.name}政府"
    yield Agency(government, city.name, "government", (government,), source=source)
    for body in city.bodies:
        path = f"{government}/{body.path}"
        level: AgencyLevel = "section" if "/" in body.path else "bureau"
        names = (path.replace("/", ""), *body.names)
        yield Agency(path, city.name, level, names, body.short, body.label_en, path.rpartition("/")[0], source=source)


@cache
def _shipped() -> Gazetteer:
    return _read(files("ontology").joinpath("agencies.ttl").read_bytes())


class _Statements:
    """The values of each subject and property."""

    def __init__(self, turtle: bytes) -> None:
        self._values: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        self._subjects: dict[str, None] = {}
        for quad in parse(turtle, format=RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | RdfLiteral):
                language = value.language or "" if isinstance(value, RdfLiteral) else ""
                self._values[subject.value, quad.predicate.value].append((value.value, language))
                self._subjects[subject.value] = None

    def subjects(self, prefix: str) -> list[str]:
        return sorted(subject for subject in self._subjects if subject.startswith(prefix))

    def all(self, subject: str, term: str, language: str = "") -> tuple[str, ...]:
        return tuple(sorted(value for value, tag in self._values.get((subject, term), ()) if tag == language))

    def one(self, subject: str, term: str, language: str = "") -> str:
        return next(iter(self.all(subject, term, language)), "")


def _read(turtle: bytes) -> Gazetteer:
    said, iris = _Statements(turtle), Iris()
    places = sorted(said.subjects(PLACE), key=lambda place: int(said.one(place, terms.ORDER)))
    cities = {place.removeprefix(PLACE): _names(said, place) for place in places}
    successors: defaultdict[str, list[str]] = defaultdict(list)
    for event in said.subjects(f"{DEFAULT_BASE}change/"):
        for before in said.all(event, terms.ORIGINAL_ORGANIZATION):
            successors[before] += map(iris.agency_path, said.all(event, terms.RESULTING_ORGANIZATION))
    agencies = (_agency(said, node, tuple(successors[node])) for node in said.subjects(iris.agency("")))
    return Gazetteer(agencies, cities, (_platform(said, node, tuple(cities)) for node in said.subjects(PLATFORM)))


def _names(said: _Statements, node: str) -> tuple[str, ...]:
    return said.all(node, terms.PREF_LABEL, CHINESE) + said.all(node, terms.ALT_LABEL, CHINESE)


def _agency(said: _Statements, node: str, successors: tuple[str, ...]) -> Agency:
    path_of = Iris().agency_path
    top = node
    while above := said.one(top, terms.SUB_ORGANIZATION_OF) or said.one(top, terms.UNIT_OF):
        top = above
    return Agency(
        path=path_of(node),
        city=said.one(top, terms.SPATIAL).removeprefix(PLACE),
        level=cast(AgencyLevel, said.one(node, terms.LEVEL)),
        names=_names(said, node),
        short_forms=said.all(node, terms.SHORT_FORM, CHINESE),
        label_en=said.one(node, terms.PREF_LABEL, "en"),
        parent=path_of(said.one(node, terms.SUB_ORGANIZATION_OF) or said.one(node, terms.UNIT_OF)),
        valid_from=said.one(node, terms.VALID_FROM),
        valid_until=said.one(node, terms.VALID_UNTIL),
        successors=successors,
        source=said.one(node, terms.SOURCE, CHINESE),
    )


def _platform(said: _Statements, node: str, order: tuple[str, ...]) -> Platform:
    members = {said.one(member, terms.SPATIAL).removeprefix(PLACE) for member in said.all(node, terms.HAS_MEMBER)}
    return Platform(node.removeprefix(PLATFORM), tuple(city for city in order if city in members), _names(said, node))
