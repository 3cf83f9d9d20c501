"""A DOCX file's numbering and styles in, the automatic number in front of each paragraph out: 一、 (二) 3."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from loaders.formats.markup import child, children
from loaders.formats.numbers import write_number

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE: Final = f"{W}val"
BULLET: Final = "•"
_LEVELS: Final = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: first number, form of its digits, text with %1 … %9, and what stands behind."""

    start: int
    form: str
    text: str
    tail: str


class Numbering:
    """Counts a document's lists; ``take`` is asked once for each paragraph, in order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {
            one.get(f"{W}abstractNumId", ""): _levels(one) for one in children(numbering, f"{W}abstractNum")
        }
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        for one in children(numbering, f"{W}num"):
            self._take_list(one)
        self._of_style = {style.get(f"{W}styleId", ""): style for style in children(styles, f"{W}style")}
        self._counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)

    def _take_list(self, one: Element) -> None:
        key, abstract = one.get(f"{W}numId", ""), _value(child(one, f"{W}abstractNumId"))
        levels = dict(self._abstract.get(abstract, {}))
        restarts: dict[int, int] = {}
        for override in children(one, f"{W}lvlOverride"):
            place = _number(override.get(f"{W}ilvl"))
            levels |= _levels(override)
            if (start := child(override, f"{W}startOverride")) is not None:
                restarts[place] = _number(_value(start))
        self._lists[key] = (f"{abstract} {key}" if restarts else abstract, levels)
        self._restarts[key] = restarts

    def take(self, properties: Element | None) -> str:
        """The number of the paragraph with these properties, with what stands behind it, or an empty string."""
        key, place = self._list_of(properties)
        counter, levels = self._lists.get(key, ("", {}))
        level = levels.get(place)
        if level is None or level.form == "none":
            return ""
        counts = self._counts[counter]
        restart = self._restarts[key].get(place, level.start)
        counts[place] = counts[place] + 1 if counts[place] else max(restart, 1)
        counts[place + 1 :] = [0] * (_LEVELS - place - 1)
        if level.form == "bullet":
            return f"{BULLET} "
        return re.sub("%([1-9])", lambda found: _written(int(found[1]) - 1, levels, counts), level.text) + level.tail

    def _list_of(self, properties: Element | None) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style or of what that is based on."""
        stated = child(properties, f"{W}numPr")
        style = _value(child(properties, f"{W}pStyle"))
        key, place = _value(child(stated, f"{W}numId")), child(stated, f"{W}ilvl")
        for _ in range(_LEVELS):
            if key or style not in self._of_style:
                break
            held = self._of_style[style]
            stated = child(held, f"{W}pPr", f"{W}numPr")
            key = _value(child(stated, f"{W}numId"))
            place = place if place is not None else child(stated, f"{W}ilvl")
            style = _value(child(held, f"{W}basedOn"))
        return key, min(_number(_value(place)), _LEVELS - 1)


def _levels(parent: Element) -> dict[int, _Level]:
    return {min(_number(one.get(f"{W}ilvl")), _LEVELS - 1): _level(one) for one in children(parent, f"{W}lvl")}


def _level(one: Element) -> _Level:
    text = _value(child(one, f"{W}lvlText"))
    nothing = _value(child(one, f"{W}suff")) == "nothing" or text.endswith(("、", "）", "：", "．"))
    start = child(one, f"{W}start")
    return _Level(1 if start is None else _number(_value(start)), _value(child(one, f"{W}numFmt")), text, "" if nothing else " ")


def _written(place: int, levels: dict[int, _Level], counts: list[int]) -> str:
    level = levels.get(place)
    return write_number(max(counts[place], 1), level.form if level else "decimal")


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(VALUE, "")


def _number(words: str | None) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 6 else 0
