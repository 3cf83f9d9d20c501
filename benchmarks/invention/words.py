"""``words.toml`` goes in, the words that minutes are made of come out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Theme:
    """A field that groups are of: its bureau in a city and in a county, sections, and what cases are about, each as (longer, other)."""

    name: str
    city: str
    county: str
    units: tuple[str, ...]
    objects: tuple[tuple[str, str], ...]
    aspects: tuple[tuple[str, str], ...]

    def bureau(self, city: str) -> str:
        """The bureau's name in a city or county."""
        return self.city if city.endswith("市") else self.county


@dataclass(frozen=True, slots=True)
class Words:
    """All words."""

    surnames: str
    given: str
    places: tuple[str, ...]
    districts: tuple[str, ...]
    programmes: tuple[str, ...]
    verbs: tuple[str, ...]
    tails: tuple[str, ...]
    purposes: tuple[str, ...]
    benefits: tuple[str, ...]
    offices: tuple[str, ...]
    themes: tuple[Theme, ...]


@cache
def words() -> Words:
    """The words, read once."""
    told = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    themes = tuple(
        Theme(each["name"], each["city"], each["county"], tuple(each["units"]), _pairs(each["objects"]), _pairs(each["aspects"]))
        for each in told["theme"]
    )
    lists = {name: tuple(told[name]) for name in ("verbs", "tails", "purposes", "benefits", "offices")}
    for name in ("places", "districts", "programmes"):
        lists[name] = tuple(told[name].split())
    return Words(surnames=told["surnames"], given=told["given"], **lists, themes=themes)


def _pairs(entries: list[str]) -> tuple[tuple[str, str], ...]:
    split = [entry.split("|") for entry in entries]
    return tuple((longer, other) for longer, other in split)
