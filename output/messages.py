"""A language goes in, the program's words in that language come out; the words themselves are in ``messages.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal, TypeAlias

from ontology.errors import CrossCityError

Language: TypeAlias = Literal["en", "zh-Hant-TW"]
ENGLISH: Final = "en"
CHINESE: Final = "zh-Hant-TW"
_ROOM: Final = re.compile(r"\{(\w+)\}")
LANGUAGES: Final[tuple[Language, ...]] = (CHINESE, ENGLISH)


@dataclass(frozen=True, slots=True)
class Messages:
    """The words of one language; call it with a key and what the words have room for.

    >>> load("en")("case.none", key="x")[:12]
    'no case fits'
    """

    language: Language
    words: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of a key. An unknown key is a KeyError."""
        return self.words[key].format(**values)

    def term(self, family: str, code: str) -> str:
        """The word for a code of a family (``outcome``, ``state``, ``column`` …), or the code itself where there is none.

        >>> load("zh-Hant-TW").term("outcome", "tracked")
        '持續列管'
        """
        return self.words.get(f"{family}.{code}", code)

    def listed(self, names: Sequence[str], between: str = "and", most: int = 20) -> str:
        """Some names in one line, and how many more there are; a dash where there is none.

        >>> load("en").listed(["a", "b", "c"], "or", most=2)
        'a or b … (1 more)'
        """
        said = self(f"list.{between}").join(names[:most]) or "—"
        return self("list.more", names=said, more=len(names) - most) if len(names) > most else said

    def localized(self, complaint: str) -> str:
        """A complaint of the other packages, which speak English, in this language; unknown ones stay as they are.

        One about a file may have the file's name in front.
        """
        if self.language == ENGLISH:
            return complaint
        file, colon, behind = complaint.partition(": ")
        for front, words in (("", complaint), (f"{file}：", behind)) if colon else (("", complaint),):
            for english, key in _complaints():
                if found := english.fullmatch(words):
                    return front + self(key, **found.groupdict())
        return complaint


@cache
def _complaints() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each complaint's English words as a pattern whose groups are the names that it has room for, and its key."""
    found = []
    for key, said in entries().items():
        if key.startswith("complaint."):
            parts = _ROOM.split(said[ENGLISH])
            pattern = "".join(_gap(part, parts[:place]) if place % 2 else re.escape(part) for place, part in enumerate(parts))
            found.append((re.compile(pattern, re.DOTALL), key))
    return tuple(found)


def _gap(name: str, before: list[str]) -> str:
    """Room for a name, which must be filled with the same words each time."""
    return f"(?P={name})" if name in before[1::2] else f"(?P<{name}>.*)"


@cache
def load(language: Language) -> Messages:
    """The words of a language."""
    return Messages(language, {key: said[language] for key, said in entries().items()})


@cache
def entries() -> Mapping[str, Mapping[str, str]]:
    """Every key with its words in each language."""
    text = (resources.files("output") / "messages.toml").read_text(encoding="utf-8")
    return dict(_leaves(tomllib.loads(text), ""))


def _leaves(table: Mapping[str, object], above: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for key, value in table.items():
        if not isinstance(value, dict):
            raise ValueError(f"messages.toml: {above}{key} has words but no language")
        if value and all(isinstance(words, str) for words in value.values()):
            yield f"{above}{key}", value
        else:
            yield from _leaves(value, f"{above}{key}.")


def choose_language(flag: str, environment: Mapping[str, str]) -> Language:
    """The language asked for, else that of the locale (LC_ALL, LC_MESSAGES, LANG): zh is Traditional Chinese, all else English.

    Raises CrossCityError for a flag that is no language we speak.

    >>> choose_language("", {"LC_ALL": "zh_TW.Big5", "LANG": "C"})
    'zh-Hant-TW'
    """
    if flag:
        wanted = flag.replace("_", "-").lower()
        if wanted.split("-")[0] in ("zh", "en"):
            return CHINESE if wanted.startswith("zh") else ENGLISH
        raise CrossCityError(f"{flag!r} is not a language of this program; use --lang {CHINESE} or --lang {ENGLISH}")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return CHINESE if value.lower().startswith("zh") else ENGLISH
    return ENGLISH


def take_language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The value of ``--lang``, or empty, and the other words.

    >>> take_language(["query", "--lang", "en", "cases"])
    ('en', ['query', 'cases'])
    """
    language, others = "", list(arguments)
    for place, word in enumerate(others):
        if word == "--":
            break
        if word.startswith("--lang="):
            return word.removeprefix("--lang="), others[:place] + others[place + 1 :]
        if word == "--lang" and place + 1 < len(others):
            return others[place + 1], others[:place] + others[place + 2 :]
    return language, others
