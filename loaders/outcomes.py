"""The words of a ruling in, what becomes of the case out: outcome, whether it is made routine, and the levels it is passed to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import cast

from loaders import rules
from loaders.cases import quotations
from loaders.folding import Text
from loaders.runs import Runs
from loaders.wording import Wording
from ontology.records import Escalation, Outcome, Purpose, Section

_DEFAULTS: dict[Section, Outcome] = {
    "continuing": "tracked",
    "new-proposal": "proposed",
    "extempore": "proposed",
    "report": "reported",
    "other": "tracked",
}
_SENTENCE_END = re.compile("[。;!?]")
_NEW: tuple[Section, ...] = ("new-proposal", "extempore")


def decide(words: str, section: Section) -> tuple[Outcome, bool, str]:
    """Outcome, routine, and the rule that decided, from a ruling's folded words without the titles of cases.

    A delisting put off (俟…後再提請解除列管) leaves a tracked case tracked, and takes a new one on.

    >>> decide("後續列為例行合作。請於市長層級會議提請解除列管。", "continuing")
    ('delist-requested', True, 'outcome.delist-requested')
    """
    routine = rules.pattern("routine.word").search(rules.pattern("routine.put-off").sub("", words)) is not None
    put_off = ""
    for rule in rules.family("outcome"):
        if rule.value == "conditional":
            without = rule.pattern.sub("", words)
            put_off, words = (rule.id if without != words else ""), without
        elif rule.pattern.search(words):
            return cast(Outcome, rule.value), routine, rule.id
    if put_off:
        return ("accepted" if section in _NEW else "tracked"), routine, put_off
    if routine:
        return "routine", True, "routine.word"
    return _DEFAULTS[section], False, f"outcome.by-section.{section}"


def find_escalations(text: Text, wording: Wording) -> Iterator[Escalation]:
    """Each passing of the case to a level, sentence by sentence; a level that is only spoken of is none."""
    for start, end in sentences(text.text):
        words = text.text[start:end]
        passings = _Passings(words)
        for rule in rules.family("level"):
            for found in rule.pattern.finditer(words):
                if told := passings.purpose(*found.span()):
                    yield Escalation(rule.value, told, text.passage(wording, start, end))


class _Passings:
    """The words of a sentence that pass a case on, and what for."""

    def __init__(self, words: str) -> None:
        def runs(rule_id: str) -> Runs:
            return Runs(found.span() for found in rules.pattern(rule_id).finditer(words))

        self._origin, self._up, self._approve = runs("passing.origin"), runs("passing.up"), runs("passing.approve")
        self._last_delisting = max((found.start() for found in rules.pattern("outcome.delisted").finditer(words)), default=-1)

    def purpose(self, start: int, end: int) -> Purpose | None:
        """What the case is passed for to the level named from ``start`` to ``end``; None where the level is only spoken of."""
        if self._origin.cover(start, end) and not self._up.cover(start, end):
            return "origin"
        approves = self._approve.cover(start, end)
        if not approves and not self._up.cover(start, end):
            return None
        if self._last_delisting >= end:
            return "delist"
        return "approve" if approves else "report"


def sentences(words: str, breaks: Collection[int] = ()) -> Iterator[tuple[int, int]]:
    """Where each sentence of a folded text starts and ends; a sentence ends with 。 ; ! or ?, at a break, or with the text.

    A mark inside quotation marks ends none: 「趴趴 GO!」.

    >>> list(sentences("甲。乙;丙「丁!」戊", {5}))
    [(0, 2), (2, 4), (4, 5), (5, 10)]
    """
    quoted = list(quotations(words))
    ends = (
        {found.end() for found in _SENTENCE_END.finditer(words) if not any(start <= found.start() < end for start, end in quoted)}
        | {place for place in breaks if place <= len(words)}
        | {len(words)}
    )
    start = 0
    for end in sorted(ends):
        if end > start:
            yield start, end
            start = end
