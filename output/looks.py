"""``templates/looks.toml`` goes in, the colours, the shapes and the words of both pages and of static pictures come out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

FONTS: Final = ("Noto Sans TC", "Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei")


@dataclass(frozen=True, slots=True)
class OutcomeLook:
    """How an outcome is drawn: a form, filled or (``open``) an outline, and its colour on light and on dark paper."""

    name: str
    shape: str
    light: str
    dark: str

    @property
    def form(self) -> str:
        """The form without whether it is an outline."""
        return self.shape.partition("-")[0]

    @property
    def is_open(self) -> bool:
        """Whether only the outline is drawn."""
        return self.shape.endswith("-open")


@dataclass(frozen=True, slots=True)
class Looks:
    """All colours by name, for light and for dark paper; the forms of cities in their order, and that of joint and other bodies; the colour
    of each state of a directive on light paper."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    outcomes: tuple[OutcomeLook, ...]
    forms: tuple[str, ...]
    other: str
    states: Mapping[str, str]

    def outcome(self, name: str) -> OutcomeLook:
        """The look of an outcome; one that is not known looks like the last, a mere mention.

        >>> load().outcome("delisted").form, load().outcome("?").name
        ('square', 'reported')
        """
        return next((look for look in self.outcomes if look.name == name), self.outcomes[-1])

    def form(self, side: int) -> str:
        """The form of a side, by its number; of joint and other bodies where it is negative."""
        return self.other if side < 0 else self.forms[side % len(self.forms)]

    def colour(self, side: int) -> str:
        """The colour of a side on light paper, by its number."""
        return self.light["other" if side < 0 else f"side-{side % len(self.forms)}"]

    def css(self) -> str:
        """The colours as CSS variables, light ones first.

        >>> load().css().splitlines()[1][:47]
        ':root[data-theme="dark"] { color-scheme: dark; '
        """
        lines = []
        for selector, theme, colours in ((":root", "light", self.light), (':root[data-theme="dark"]', "dark", self.dark)):
            lines.append(f"{selector} {{ color-scheme: {theme}; {' '.join(f'--{name}: {ink};' for name, ink in colours.items())} }}\n")
        return "".join(lines)


@cache
def load() -> Looks:
    """The looks that come with the program."""
    held = tomllib.loads(template("looks.toml"))
    outcomes = tuple(OutcomeLook(name, **look) for name, look in held["outcomes"].items())
    return Looks(held["light"], held["dark"], outcomes, tuple(held["forms"]), held["other"], held["states"])


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Every word of both pages: by key, then by language."""
    return tomllib.loads(template("words.toml"))


def word(key: str, language: str, *values: object) -> str:
    """One word in a language, ``{0}`` and so on filled in; a key that has no word stands for itself.

    >>> word("cases-of", "en", 3), word("?", "en")
    ('cases: 3', '?')
    """
    text = words().get(key, {}).get(language, key)
    for place, value in enumerate(values):
        text = text.replace(f"{{{place}}}", str(value))
    return text


def template(name: str) -> str:
    """The text of one file of the templates, lines ended by a line feed."""
    return (resources.files("output.templates") / name).read_text(encoding="utf-8").replace("\r\n", "\n")
