"""A number goes in, a platform of cities comes out, with its groups and the people who chair and record for each side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from invention.chance import Chance
from invention.truth import DEPUTIES
from invention.words import Theme, words

# Platforms that the gazetteer knows, the one most minutes are of first.
KNOWN: Final = (
    ("雙北", ("臺北市", "新北市")),
    ("高屏", ("高雄市", "屏東縣")),
    ("北北基桃", ("臺北市", "新北市", "基隆市", "桃園市")),
    ("中彰投", ("臺中市", "彰化縣", "南投縣")),
    ("雲嘉南", ("雲林縣", "嘉義市", "嘉義縣", "臺南市")),
    ("桃竹苗", ("桃園市", "新竹市", "新竹縣", "苗栗縣")),
)
# For all others, cities that are told apart by one character, of which a platform's name is made.
_INITIALS: Final = {
    "北": "臺北市", "新": "新北市", "基": "基隆市", "桃": "桃園市", "竹": "新竹市", "苗": "苗栗縣", "中": "臺中市", "彰": "彰化縣",
    "投": "南投縣", "雲": "雲林縣", "嘉": "嘉義市", "南": "臺南市", "高": "高雄市", "屏": "屏東縣", "宜": "宜蘭縣", "花": "花蓮縣",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Officer:
    """Who chairs or records, and their office."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Side:
    """One city's part in a group: its officers, the room it meets in, and how it writes minutes."""

    city: str
    chairs: tuple[Officer, ...]
    recorders: tuple[str, ...]
    room: str
    layout: str
    spaced: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A working group, or the deputy mayors (``level``), with its themes and sides."""

    name: str
    themes: tuple[Theme, ...]
    sides: tuple[Side, ...]
    level: bool = False


@dataclass(frozen=True, slots=True)
class Platform:
    """Cities that cooperate; ``known`` where the gazetteer lists it, so that 雙方 can be understood."""

    name: str
    cities: tuple[str, ...]
    known: bool
    groups: tuple[Group, ...]
    deputies: Group


def _named() -> Iterator[tuple[str, tuple[str, ...]]]:
    taken = {name for name, _ in KNOWN} | {"北北基", "中彰投苗", "高屏澎", "宜花東", "竹竹苗", "南高屏", "花東", "北北桃", "桃竹苗"}
    for length in (3, 4):
        for letters in permutations(_INITIALS, length):
            if (name := "".join(letters)) not in taken:
                yield name, tuple(_INITIALS[letter] for letter in letters)


def platforms(seed: int) -> Iterator[Platform]:
    """Platforms without end (some forty thousand), the known ones first."""
    names = ((name, cities, True) for name, cities in KNOWN)
    rest = ((name, cities, False) for name, cities in _named())
    for run in (names, rest):
        for name, cities, known in run:
            yield _platform(Chance(seed, "platform", name), name, cities, known)


def _platform(chance: Chance, name: str, cities: tuple[str, ...], known: bool) -> Platform:
    themes = chance.order(words().themes)
    groups: list[Group] = []
    for _ in range(chance.between(3, 5)):
        own = tuple(themes.pop() for _ in range(1 if chance.hits(0.3) or len(themes) < 2 else 2)) if themes else ()
        if own:
            called = "".join(theme.name for theme in own) + "組"
            groups.append(Group(called, own, tuple(_side(chance, city, own[0]) for city in cities)))
    deputies = tuple(_side(chance, city, None) for city in cities)
    return Platform(name, cities, known, tuple(groups), Group(DEPUTIES, (), deputies, level=True))


def _side(chance: Chance, city: str, theme: Theme | None) -> Side:
    """``theme`` leads the group; without it these are the deputies."""
    deputy = ("副市長" if city.endswith("市") else "副縣長",)
    chairs = tuple(Officer(_name(chance), chance.pick(words().offices if theme else deputy)) for _ in range(chance.between(2, 4)))
    recorders = tuple(_name(chance) for _ in range(chance.between(2, 5)))
    bureau = theme.bureau(city) if theme and chance.hits(0.4) else ""
    room = f"{city}政府{bureau} {chance.between(2, 28)} 樓第 {chance.between(1, 6)} 會議室"
    return Side(city, chairs, recorders, room, chance.pick(("list", "agenda", "agenda", "terse")), chance.hits(0.5))


def _name(chance: Chance) -> str:
    given = "".join(chance.pick(words().given) for _ in range(1 if chance.hits(0.08) else 2))
    return chance.pick(words().surnames) + given
