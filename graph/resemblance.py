"""Case titles go in, how alike two of them are comes out: pairs of characters weighted by rarity, and stated differences.

Short Chinese titles defeat word lists and edit distance: 共同推動河岸自行車道夜間照明改善 and 河岸自行車道照明 are one case, though most of
their characters differ.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from typing import Final, Literal

from ontology.gazetteer import Gazetteer, fold_name

_RUN: Final = re.compile(r"[a-z]+|\d+|[^\W\da-z_]+")
_NUMBER: Final = re.compile(r"(\d+)([^\W\da-z_])?")
_COUNTED: Final = re.compile(r"第([一二三四五六七八九十]+)([^\W\da-z_])")
_NAMED_THING: Final = 4  # characters


@dataclass(frozen=True, slots=True)
class Rules:
    """What ``identity.toml`` says."""

    genre: tuple[str, ...]
    joints: str
    weights: Mapping[str, float]
    thresholds: Mapping[str, float]
    keys: int
    reach: int
    tries: int
    relations: Mapping[Literal["merges-into", "splits-from"], re.Pattern[str]]
    differences: Mapping[str, tuple[tuple[str, str], ...]]  # (table, its line's first word) by word


@cache
def rules() -> Rules:
    """The words, weights and thresholds that ship with the program, read once a process."""
    data = tomllib.loads((resources.files("graph") / "identity.toml").read_text(encoding="utf-8"))
    words, search = data["words"], data["search"]
    return Rules(
        tuple(words["genre"]),
        words["joints"],
        data["weights"],
        data["thresholds"],
        search["keys"],
        search["reach"],
        search["tries"],
        {"merges-into": re.compile(words["merged"]), "splits-from": re.compile(words["split"])},
        _differences(data["differences"]),
    )


def _differences(tables: Mapping[str, list[list[str]]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """What each telling word tells: the tables and lines that it stands in."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, lines in tables.items():
        for line in lines:
            for word in line:
                found[fold_name(word)].append((table, line[0]))
    return {word: tuple(told) for word, told in found.items()}


@dataclass(frozen=True, slots=True)
class Profile:
    """A title as it is compared: ``grams`` are pairs of characters, Latin words and numbers, ``things`` runs of four characters, ``signs``
    its characters, Latin words and numbers one by one.

    ``numbers`` are (unit, number) pairs, and (kind, word) pairs of other words that tell cases apart (school, 國小); ``cities`` the cities
    named, in order.
    """

    title: str
    grams: frozenset[str]
    things: frozenset[str]
    signs: frozenset[str]
    numbers: frozenset[tuple[str, str]]
    cities: tuple[str, ...]


class Profiler:
    """Makes profiles of titles, each once; knows the words that tell nothing and the cities' names."""

    __slots__ = ("_breaks", "_cities", "_city", "_made", "_telling")

    def __init__(self, gazetteer: Gazetteer) -> None:
        by_name = {fold_name(name): city for city, names in gazetteer.cities.items() for name in (city, *names)}
        self._made: dict[str, Profile] = {}  # by title: a case is called the same at many meetings
        self._cities = by_name
        self._city = re.compile("|".join(sorted(map(re.escape, by_name), key=lambda name: (-len(name), name))))
        platforms = {fold_name(name) for platform in gazetteer.platforms for name in (platform.name, *platform.names)}
        silent = {*rules().genre, *platforms, *by_name}
        longest = sorted(map(re.escape, silent), key=lambda word: (-len(word), word))
        self._telling = re.compile("|".join(sorted(map(re.escape, rules().differences), key=lambda word: (-len(word), word))))
        self._breaks = re.compile("|".join([*longest, f"[{re.escape(rules().joints)}]"]))

    def profile(self, title: str) -> Profile:
        """The profile of a title."""
        if title not in self._made:
            self._made[title] = self._make(title)
        return self._made[title]

    def _make(self, title: str) -> Profile:
        folded = fold_name(title).casefold()
        plain = "".join(character for character in folded if character.isalnum())
        runs = self.runs(title)
        grams = {gram for run in runs for gram in ([run] if run.isascii() else windows(run, 2))}
        things = {thing for run in runs if not run.isascii() for thing in windows(run, _NAMED_THING)}
        cities = tuple(dict.fromkeys(self._cities[name] for name in self._city.findall(folded)))
        telling = {told for word in self._telling.findall(folded) for told in rules().differences[word]}
        signs = {sign for run in runs for sign in ([run] if run.isascii() else run)}
        return Profile(plain, frozenset(grams), frozenset(things), frozenset(signs), frozenset({*_numbers(folded), *telling}), cities)

    def runs(self, words: str) -> list[str]:
        """The telling runs of some words, folded: Chinese characters, Latin letters or digits, without what any case says."""
        return _RUN.findall(self._breaks.sub(" ", fold_name(words).casefold()))


def windows(run: str, length: int) -> list[str]:
    """Every part of a run that has so many characters.

    >>> windows("河濱公園", 2)
    ['河濱', '濱公', '公園']
    """
    return [run[at : at + length] for at in range(len(run) - length + 1)]


def _numbers(title: str) -> Iterable[tuple[str, str]]:
    """The numbers of a title by unit; years of the Republic become years of the common era.

    >>> sorted(_numbers("109年度第二期18歲以下2025東亞運"))
    [('年', '2020'), ('年', '2025'), ('期', '二'), ('歲', '18')]
    """
    for digits, unit in _NUMBER.findall(title):
        number = int(digits)
        if len(digits) == 4 and 1900 <= number <= 2199:
            yield "年", digits
        elif unit == "年" and number < 200:
            yield "年", str(number + 1911)
        elif unit:
            yield unit, str(number)
    for numeral, unit in _COUNTED.findall(title):
        yield unit, numeral


def differ(one: Profile, other: Profile) -> bool:
    """Whether two titles state a difference: another number of the same unit (2018, 2019), another word of the same kind (國小, 國中), or
    another city as the one meant.
    """
    units = {unit for unit, _ in one.numbers} & {unit for unit, _ in other.numbers}
    for unit in units:
        if not {number for at, number in one.numbers if at == unit} & {number for at, number in other.numbers if at == unit}:
            return True
    if len(one.cities) == len(other.cities) == 1:
        return one.cities != other.cities
    return len(one.cities) > 1 and one.cities == tuple(reversed(other.cities))


def rarity(count: int, texts: int) -> float:
    """1 for what few of the texts have, falling with the logarithm of how many do.

    >>> rarity(2, 1000), round(rarity(100, 1000), 2)
    (1.0, 0.43)
    """
    ordinary = rules().weights["ordinary"]
    if count <= ordinary:
        return 1.0
    return math.log1p(texts / count) / math.log1p(texts / ordinary)


class Rarity:
    """How much each pair of characters tells, from how many of the corpus's titles have it."""

    __slots__ = ("_counts", "_ordinary", "_titles", "_weights", "_wholes")

    def __init__(self, profiles: Iterable[Profile]) -> None:
        distinct = {profile.title: profile for profile in profiles}
        self._titles = len(distinct)
        self._counts = Counter(gram for profile in distinct.values() for gram in (*profile.grams, *profile.things))
        rare = {gram: self.rarity(gram) for gram in self._counts}
        self._weights = {gram: told * _kind(gram) for gram, told in rare.items()}
        self._ordinary = frozenset(gram for gram, told in rare.items() if told < 1.0)
        self._wholes = {title: self.weight(profile.grams) for title, profile in distinct.items()}

    def count(self, gram: str) -> int:
        """In how many titles it stands."""
        return self._counts[gram]

    def rarity(self, gram: str) -> float:
        """How much a part of a title tells."""
        return rarity(self._counts[gram], self._titles)

    def is_any_rare(self, grams: frozenset[str]) -> bool:
        """Whether few titles have one of these parts."""
        return not grams <= self._ordinary

    def weight(self, grams: Iterable[str]) -> float:
        """The weight of some grams together; summed without rounding, so that it is the same number in any order."""
        return math.fsum(self._weights[gram] for gram in grams)

    def whole(self, profile: Profile) -> float:
        """The weight of all grams of a title."""
        return self._wholes[profile.title]


def _kind(gram: str) -> float:
    if gram[0].isdecimal():
        return rules().weights["digits"]
    return rules().weights["latin"] if gram.isascii() else 1.0


def shared_words(one: Profile, other: Profile) -> tuple[str, ...]:
    """The words, of two characters and more, that two titles have in common, in their order.

    >>> from ontology.gazetteer import load
    >>> profile = Profiler(load()).profile
    >>> shared_words(profile("改善河岸自行車道夜間照明"), profile("河岸自行車道照明"))
    ('河岸自行車道', '照明')
    """
    blocks = SequenceMatcher(None, one.title, other.title, autojunk=False).get_matching_blocks()
    return tuple(one.title[block.a : block.a + block.size] for block in blocks if block.size > 1)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two titles are, 0 to 1 (more with a named thing in common), and the weight that they share.

    ``apart`` counts the characters (and Latin words) that each has and the other hasn't, the lesser of both counts: 0 where one title is
    the other's short form, more where each names something of its own (…圖書館開館時間, …圖書館閱覽席次).
    """

    score: float
    shared: float
    apart: int


def compare(one: Profile, other: Profile, rarity: Rarity) -> Likeness:
    """The likeness of two titles; the same title is 1 whatever it weighs."""
    common = rarity.weight(one.grams & other.grams)
    if one.title == other.title:
        return Likeness(1.0, common, 0)
    if not common:
        return Likeness(0.0, 0.0, 0)
    weights = rules().weights
    first, second = rarity.whole(one), rarity.whole(other)
    contained = common / max(min(first, second), weights["floor"])
    even = 2 * common / (first + second)
    score = weights["containment"] * contained + (1 - weights["containment"]) * even
    if rarity.is_any_rare(one.things & other.things):
        score += weights["named_thing"]
    apart = min(len(one.signs - other.signs), len(other.signs - one.signs))
    return Likeness(min(score, 1.0), common, apart)
