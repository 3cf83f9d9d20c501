"""An OpenDocument file's list styles in, the automatic number in front of each list item out: 一、 (二) 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from loaders.formats.numbers import write_number

TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_BULLET: Final = "• "
_OUTLINE: Final = " outline"
_LEVELS: Final = 10


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: first number, form (empty: none), how many levels are shown, what stands around."""

    start: int
    form: str
    shown: int
    prefix: str
    suffix: str
    bullet: bool


class ListStyles:
    """Counts a document's lists; ``begin`` is told of each list, ``take`` of each item, in order."""

    def __init__(self, parts: Iterable[Element | None]) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        for part in parts:
            for style in () if part is None else part.iter():
                if style.tag == f"{TEXT}list-style":
                    self._levels.setdefault(style.get(f"{STYLE}name", ""), _levels(style))
                elif style.tag == f"{TEXT}outline-style":
                    self._levels.setdefault(_OUTLINE, _levels(style))
        self._counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)

    def begin(self, style: str, element: Element) -> None:
        """A list begins; its numbers begin anew unless it says that it goes on with another."""
        if element.get(f"{TEXT}continue-numbering") != "true" and not element.get(f"{TEXT}continue-list"):
            self._counts[style] = [0] * _LEVELS

    def take(self, style: str, place: int, item: Element) -> str:
        """The number of an item, with what stands around it, or an empty string."""
        levels = self._levels.get(style, {})
        level = levels.get(place)
        if level is None or (not level.form and not level.bullet):
            return ""
        counts = self._counts[style]
        stated = _number(item.get(f"{TEXT}start-value"))
        counts[place] = stated or (counts[place] + 1 if counts[place] else level.start)
        counts[place + 1 :] = [0] * (_LEVELS - place - 1)
        if level.bullet:
            return _BULLET
        shown = range(max(0, place - level.shown + 1), place + 1)
        number = ".".join(write_number(max(counts[one], 1), levels[one].form) for one in shown if one in levels)
        return f"{level.prefix}{number}{level.suffix}" + ("" if level.suffix.endswith(("、", "）", "：", "．")) else " ")

    def of_heading(self, element: Element) -> str:
        """The number of a heading, where headings are numbered; empty for any other paragraph."""
        if element.tag != f"{TEXT}h" or element.get(f"{TEXT}is-list-header") == "true":
            return ""
        return self.take(_OUTLINE, min(max(_number(element.get(f"{TEXT}outline-level")), 1), _LEVELS) - 1, element)


def _levels(style: Element) -> dict[int, _Level]:
    return {min(_number(one.get(f"{TEXT}level")), _LEVELS) - 1: _level(one) for one in style if one.get(f"{TEXT}level")}


def _level(one: Element) -> _Level:
    return _Level(
        start=max(_number(one.get(f"{TEXT}start-value")), 1),
        form=one.get(f"{STYLE}num-format", ""),
        shown=max(_number(one.get(f"{TEXT}display-levels")), 1),
        prefix=one.get(f"{STYLE}num-prefix", ""),
        suffix=one.get(f"{STYLE}num-suffix", ""),
        bullet=one.tag.endswith("bullet"),
    )


def _number(words: str | None) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 6 else 0
