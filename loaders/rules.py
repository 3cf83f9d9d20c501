"""Patterns as data: `rules.toml` in, compiled rules out, each with its id, its reason, and examples that a test runs.

Patterns match *folded, compact* text (see ``loaders.folding``): no white space, ASCII punctuation, 臺 for 台.
``{NAME}`` in a pattern stands for a named fragment of the same file.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology import profiles
from ontology.profiles import LEVELS, OUTCOMES, Profile

_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_FRAGMENT = re.compile(r"\{([A-Z_]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: ``id`` is ``family.name``; ``value`` is what a match means, where the family gives it one."""

    id: str
    pattern: re.Pattern[str]
    value: str
    reason: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules in the order of the file, which is their order of precedence within a family.

    ``owners`` are the programmes known as one city's own, by city.
    """

    rules: tuple[Rule, ...]
    owners: dict[str, tuple[str, ...]]
    digest: str

    def family(self, name: str) -> tuple[Rule, ...]:
        """The rules whose id starts with ``name.``, in order of precedence."""
        return tuple(rule for rule in self.rules if rule.id.startswith(f"{name}."))

    def rule(self, rule_id: str) -> Rule:
        """One rule by its id."""
        return next(rule for rule in self.rules if rule.id == rule_id)


def read_rules(content: str, profile: Profile | None = None) -> Rules:
    """Rules from the text of a rules file, with the words that a profile adds.

    >>> read_rules('[[rule]]\\nid = "a.b"\\npattern = "x{N}"\\nreason = "r"\\n[fragments]\\nN = "[0-9]"').rules[0].pattern.pattern
    'x[0-9]'
    """
    data = tomllib.loads(content)
    words = {name: tuple(listed) for name, listed in data.get("words", {}).items()}
    for name, more in _of_profile(profile) if profile is not None else ():
        words[name] = (*words.get(name, ()), *more)
    fragments = {name: _any_word(listed) for name, listed in words.items()}
    for name, pattern in data.get("fragments", {}).items():
        fragments[name] = _expand(pattern, fragments)
    rules = tuple(_rules(data, fragments))
    owners = dict(profile.programmes) if profile is not None else {}
    return Rules(rules, owners, hashlib.sha256(content.encode()).hexdigest())


def _of_profile(profile: Profile) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists of a rules file that a profile adds words to."""
    yield "PLATFORM_WORD", profile.platform
    yield "BOTH_WORD", profile.both
    yield "OWN_WORD", profile.own
    for level in LEVELS:
        yield f"{level.upper()}_WORD", profile.level(level)
    for outcome in OUTCOMES:
        yield f"{outcome.upper().replace('-', '_')}_WORD", profile.outcome(outcome)


def _any_word(words: tuple[str, ...]) -> str:
    """A pattern for any of some words, the longest first; for none of them one that never matches."""
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=_longest))})" if words else "(?!)"


def _rules(data: dict[str, list[dict[str, str]]], fragments: dict[str, str]) -> Iterator[Rule]:
    for entry in data["rule"]:
        yield Rule(
            entry["id"],
            re.compile(_expand(entry["pattern"], fragments)),
            entry.get("value", entry["id"].partition(".")[2]),
            entry["reason"],
            tuple(entry.get("examples", ())),
            tuple(entry.get("counter_examples", ())),
        )


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def _expand(pattern: str, fragments: dict[str, str]) -> str:
    return _FRAGMENT.sub(lambda found: fragments[found[1]], pattern)


def load() -> Rules:
    """The rules that ship with the program, with the words of the profile in use."""
    return _load(profiles.current())


@cache
def _load(profile: Profile) -> Rules:
    return read_rules((files("loaders") / "rules.toml").read_text("utf-8"), profile)


def pattern(rule_id: str) -> re.Pattern[str]:
    """The compiled pattern of one shipped rule."""
    return _pattern(rule_id, profiles.current())


@cache
def _pattern(rule_id: str, profile: Profile) -> re.Pattern[str]:
    return _load(profile).rule(rule_id).pattern


def family(name: str) -> tuple[Rule, ...]:
    """A family of shipped rules, in order of precedence."""
    return _family(name, profiles.current())


@cache
def _family(name: str, profile: Profile) -> tuple[Rule, ...]:
    return _load(profile).family(name)


@cache
def _any_of(name: str, profile: Profile) -> re.Pattern[str]:
    """A family of shipped rules as one pattern, a group a rule, so that one look tells which matches first in their order."""
    parts = (_NAMED_GROUP.sub("(?:", rule.pattern.pattern) for rule in _family(name, profile))
    return re.compile("|".join(f"(?P<rule_{place}>{part})" for place, part in enumerate(parts)))


def match_family(name: str, words: str) -> tuple[Rule, int] | None:
    """The first rule of a family that matches at the start of some words, and where its match ends."""
    profile = profiles.current()
    found = _any_of(name, profile).match(words)
    if found is None or found.lastgroup is None:
        return None
    return _family(name, profile)[int(found.lastgroup.removeprefix("rule_"))], found.end()
