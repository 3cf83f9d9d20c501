"""A source text and runs of it that people corrected in, the words to read out, with the way back to the raw source.

::

    raw      時間：112年9月5日      corrected: 112 → 113; only what differs is replaced
    words    時間：113年9月5日
                 └─┘ the passage of 113, or of any part of it, is the raw 112
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from ontology.records import Passage


class Wording:
    """The words of a document as they are read; places count code points of ``text``, passages those of ``raw``.

    ``replaced`` are raw passages, none empty and no two sharing a character, with the words to read instead, which may be none. Without
    any, ``text`` is ``raw``.

    >>> wording = Wording("本市教育局", [(Passage(2, 4, "教育"), "文化")])
    >>> wording.text, wording.passage(3, 5)
    ('本市文化局', Passage(start=2, end=5, quote='教育局'))
    """

    __slots__ = ("_ends", "_runs", "_starts", "raw", "text")

    def __init__(self, raw: str, replaced: Iterable[tuple[Passage, str]] = ()) -> None:
        self.raw = raw
        ordered = sorted(replaced)
        self._runs = [run for run, _ in ordered]
        self._starts: list[int] = []
        self._ends: list[int] = []
        parts: list[str] = []
        place = length = 0
        for run, words in ordered:
            length += run.start - place
            self._starts.append(length)
            length += len(words)
            self._ends.append(length)
            parts += (raw[place : run.start], words)
            place = run.end
        self.text = "".join((*parts, raw[place:])) if parts else raw

    def passage(self, start: int, end: int) -> Passage:
        """The raw passage that characters ``start`` to ``end`` stand for, at least one; a run that they touch is in it as a whole."""
        if self._runs:
            start, end = self._raw(start)[0], self._raw(end - 1)[1]
        return Passage(start, end, self.raw[start:end])

    def _raw(self, place: int) -> tuple[int, int]:
        """Where the raw words that a character stands for start and end."""
        before = bisect_right(self._ends, place)
        if before < len(self._runs) and self._starts[before] <= place:
            return self._runs[before].start, self._runs[before].end
        raw = place + (self._runs[before - 1].end - self._ends[before - 1] if before else 0)
        return raw, raw + 1
