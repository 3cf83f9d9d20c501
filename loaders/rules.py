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


def read_rules(content: str) -> Rules:
    """Rules from the text of a rules file.

    >>> read_rules('[[rule]]\\nid = "a.b"\\npattern = "x{N}"\\nreason = "r"\\n[fragments]\\nN = "[0-9]"').rules[0].pattern.pattern
    'x[0-9]'
    """
    data = tomllib.loads(content)
    words = {name: tuple(listed) for name, listed in data.get("words", {}).items()}
    fragments = {name: f"(?:{'|'.join(sorted(map(re.escape, listed), key=_longest))})" for name, listed in words.items()}
    for name, pattern in data.get("fragments", {}).items():
        fragments[name] = _expand(pattern, fragments)
    rules = tuple(_rules(data, fragments))
    owners = {city: tuple(listed) for city, listed in data.get("owners", {}).items()}
    return Rules(rules, owners, hashlib.sha256(content.encode()).hexdigest())


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


@cache
def load() -> Rules:
    """The rules that ship with the program."""
    return read_rules((files("loaders") / "rules.toml").read_text("utf-8"))


@cache
def pattern(rule_id: str) -> re.Pattern[str]:
    """The compiled pattern of one shipped rule."""
    return load().rule(rule_id).pattern


@cache
def family(name: str) -> tuple[Rule, ...]:
    """A family of shipped rules, in order of precedence."""
    return load().family(name)


@cache
def _any_of(name: str) -> re.Pattern[str]:
    """A family of shipped rules as one pattern, a group a rule, so that one look tells which matches first in their order."""
    parts = (_NAMED_GROUP.sub("(?:", rule.pattern.pattern) for rule in family(name))
    return re.compile("|".join(f"(?P<rule_{place}>{part})" for place, part in enumerate(parts)))


def match_family(name: str, words: str) -> tuple[Rule, int] | None:
    """The first rule of a family that matches at the start of some words, and where its match ends."""
    found = _any_of(name).match(words)
    if found is None or found.lastgroup is None:
        return None
    return family(name)[int(found.lastgroup.removeprefix("rule_"))], found.end()
