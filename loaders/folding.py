"""Source text in, folded text out: one form for every spelling of a character, with the way back to the source.

Folding is NFKC a character at a time (full-width forms, compatibility ideographs such as U+F98E 年, circled numbers), then the
variants that Taiwan's minutes mix: 台/臺, 参/參, 紀錄/記錄. Punctuation ends up in its ASCII form where there is one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from loaders.wording import Wording
from ontology.records import Passage

_VARIANTS = {
    "台": "臺",
    "参": "參",
    "説": "說",
    "爲": "為",
    "峯": "峰",
    "︰": ":",
    "﹕": ":",
    "∶": ":",
    "○": "〇",
    "◯": "〇",
    "\u200b": "",
    "\ufeff": "",
}
_SPACE = re.compile(r"\s+")
_LETTER = re.compile(r"[A-Za-z0-9]")
_PLAIN = re.compile(r"[\u4e00-\u9fff\u3001\u3002\u300a-\u300f\x20-\x7e\n]*")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in _VARIANTS:
        return _VARIANTS[character]
    if character == "\n":
        return character
    if character.isspace() or unicodedata.category(character) in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    folded = unicodedata.normalize("NFKC", character)
    return "".join(_VARIANTS.get(c, c) for c in folded).replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Text:
    """Folded text; ``offsets[i]`` is the place of its ``i``-th character in the wording it was folded from, in code points."""

    text: str
    offsets: array[int]

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __getitem__(self, part: slice) -> Text:
        return Text(self.text[part], self.offsets[part])

    def passage(self, wording: Wording, start: int = 0, end: int | None = None) -> Passage:
        """The raw passage that characters ``start`` to ``end`` of this text stand for; the run must not be empty.

        >>> fold("臺北 市").compact().passage(Wording("臺北 市"), 1, 3)
        Passage(start=1, end=4, quote='北 市')
        """
        last = len(self.text) if end is None else end
        return wording.passage(self.offsets[start], self.offsets[last - 1] + 1)

    def words(self, wording: Wording, start: int = 0, end: int | None = None) -> str:
        """The same characters as they are written, and corrected: what a value is made of. A quote is ``passage(…).quote``.

        >>> fold("台北 市").compact().words(Wording("台北 市"), 0, 2)
        '台北'
        """
        last = len(self.text) if end is None else end
        return wording.text[self.offsets[start] : self.offsets[last - 1] + 1]

    def corrected(self, wording: Wording, start: int = 0, end: int | None = None) -> str:
        """The words as corrected, or empty where they stand in the source so."""
        if wording.text is wording.raw:
            return ""
        words = self.words(wording, start, end)
        return "" if words == self.passage(wording, start, end).quote else words

    def strip(self, characters: str | None = None) -> Text:
        """Without white space, or the given characters, at both ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        right = max(left, len(self.text.rstrip(characters)))
        return self if right - left == len(self.text) else self[left:right]

    def compact(self) -> Text:
        """Without white space, save a single one between two Latin letters or digits.

        >>> fold("第 1 次，新北 Open ID").compact().text
        '第1次,新北Open ID'
        """
        if not _SPACE.search(self.text):
            return self
        words: list[str] = []
        offsets = array("I")
        start = 0
        for gap in _SPACE.finditer(self.text):
            words.append(self.text[start : gap.start()])
            offsets.extend(self.offsets[start : gap.start()])
            start = gap.end()
            before, after = self.text[gap.start() - 1 : gap.start()], self.text[start : start + 1]
            if "\n" not in gap[0] and _LETTER.match(before) and _LETTER.match(after):
                words.append(" ")
                offsets.append(self.offsets[gap.start()])
        words.append(self.text[start:])
        offsets.extend(self.offsets[start:])
        return Text("".join(words), offsets)

    def lines(self) -> list[Text]:
        """The lines, without their ends."""
        found: list[Text] = []
        start = 0
        for line in self.text.split("\n"):
            found.append(self[start : start + len(line)])
            start += len(line) + 1
        return found


EMPTY = Text("", array("I"))


def join(parts: Iterable[Text]) -> Text:
    """Texts one after the other, as one text."""
    held = tuple(parts)
    if len(held) == 1:
        return held[0]
    words: list[str] = []
    offsets = array("I")
    for part in held:
        words.append(part.text)
        offsets.extend(part.offsets)
    return Text("".join(words), offsets)


def fold(source: str) -> Text:
    """The folded form of a source text.

    >>> fold("台北㈠").text, list(fold("台北㈠").offsets)
    ('臺北(一)', [0, 1, 2, 2, 2])
    """
    folded: list[str] = []
    offsets = array("I")
    place = 0
    while place < len(source):
        plain = _PLAIN.match(source, place)
        end = plain.end() if plain else place
        if end > place:
            folded.append(
                source[place:end].replace("台", "臺").replace("参", "參").replace("説", "說").replace("爲", "為").replace("峯", "峰")
            )
            offsets.extend(range(place, end))
            place = end
            continue
        character = _fold_character(source[place])
        folded.append(character)
        offsets.extend([place] * len(character))
        place += 1
    return Text("".join(folded), offsets)


def fold_words(words: str) -> str:
    """Folded words without white space, where offsets don't matter: for comparing names and titles.

    >>> fold_words("台北 酷課雲！")
    '臺北酷課雲!'
    """
    return fold(words).compact().text
