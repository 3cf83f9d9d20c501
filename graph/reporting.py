"""What was asked and later rulings go in, the ruling that answers it comes out: told as done, as begun, put forward, or asked anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal, TypeAlias

from graph.facts import Asked, Treated
from graph.levels import level_of
from graph.resemblance import Profiler, rarity, windows

Told: TypeAlias = Literal["reported", "partly", "superseded"]

# Words by which a ruling says that something has happened, and not that it shall.
_DONE: Final = re.compile(
    r"業已|已經|均已|皆已|也已|[、,，。;；\s]已|^已|已(?!知)|完成|完畢|辦竣|竣事|獲(?!得)|達成|確立|經確認|感謝|致謝|謝意"
)
# And that it has only begun. 「…案部分，已於…完成」 speaks of a case, not of a part done.
_BEGUN: Final = re.compile(r"部分(?:完成|已|業已)|已部分|階段性|初步|陸續|辦理中|進行中|施作中|刻正|其餘|尚餘")
# A clause that asks for completion, or speaks of it as to come, reports nothing.
_TO_COME: Final = re.compile(r"請|俟|如|若|後再|前完成|應|須|需|將|擬|待|預計|希望|未|尚(?!餘)|可否|是否")
_CLAUSE: Final = re.compile(r"[。;；\n]")
_PART: Final = re.compile(r"[,，]")
_TELLING: Final = 3  # characters in a row that an action and its report share: a word, not a chance
_RARE: Final = 0.7  # and how rare they must be among all actions and rulings (see Rarity)
# What an action is on may stand before it: 「至於競賽場館一節，請教育局協助」.
_TOPIC: Final = re.compile(r"(?:有關|關於|至於|針對)([^，,。；;]{4,40}?)(?:一節|部分|方面)?[，,]")
_TOPIC_SHARE: Final = 0.5  # of the topic that a report names: 全國運動會競賽場館, and not just any 運動會
_SAME_PAIRS, _SAME_SHARE = 4, 0.6  # of characters, of the longer action: enough to say that the one asks for what the other did

_DELISTING: Final = re.compile(r"解除列管|解列")
_ROUTINE: Final = re.compile(r"常態|例行")
# 請提出議題: answered by what is put forward. An invitation to do so (邀請文化局…) is another matter.
_PROPOSE: Final = re.compile(r"提案|(?:提出|研提|提報)[^，,。；]{0,20}(?:合作的?新?方案|議題|議案|新案)")
_INVITE: Final = re.compile(r"邀")
_FRESH: Final = ("new-proposal", "extempore")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a later event answers what was asked."""

    told: Told
    event: Treated


def asks_to_propose(action: str) -> bool:
    """Whether what is asked for is a proposal.

    >>> asks_to_propose("於下次會議提出可合作的議題"), asks_to_propose("邀請文化局研提合作方案")
    (True, False)
    """
    return bool(_PROPOSE.search(action)) and not _INVITE.search(action)


def put_forward(events: Iterable[Treated]) -> Treated | None:
    """The first event that is a proposal."""
    return next((event for event in events if event.section in _FRESH), None)


class Answers:
    """Finds the ruling by which a case's later life answers what was asked."""

    __slots__ = ("_at_event", "_counts", "_pairs_of", "_profiler", "_rulings", "_telling_of", "_texts")

    def __init__(self, asked: Sequence[Asked], treated: Sequence[Treated], profiler: Profiler) -> None:
        self._profiler = profiler
        self._telling_of: dict[str, frozenset[str]] = {}  # by text: one is asked of every later event of its case
        self._pairs_of: dict[str, frozenset[str]] = {}
        texts = [*(directive.action for directive in asked), *(event.ruling for event in treated)]
        self._counts = Counter(words for text in texts for words in self._telling(text))
        self._texts = len(texts)
        self._rulings = {event.iri: event.ruling for event in treated}
        self._at_event: dict[str, list[Asked]] = {}
        for directive in asked:
            if directive.recited:  # nobody asks anew by telling what was asked
                continue
            for event in directive.events:
                self._at_event.setdefault(event, []).append(directive)

    def find(self, asked: Asked, titles: Iterable[str], after: Sequence[Treated], beside: Sequence[Treated] = ()) -> Answer | None:
        """The answer among the later events of its case: done before begun, begun before asked anew; the first of each.

        ``beside`` are reports that stand in one row of a table with what was asked: one word in common ties them, rare or not.
        """
        first: Answer | None = None
        for answer in chain(self._told_beside(asked, titles, beside), self._told(asked, titles, after)):
            if answer.told == "reported":
                return answer
            first = first or answer
        return first or self._renewed(asked, after)

    def _told(self, asked: Asked, titles: Iterable[str], after: Sequence[Treated]) -> Iterator[Answer]:
        if not after:
            return
        aside = frozenset[str]().union(*map(self._telling, titles))
        words = {words for words in self._telling(asked.action) - aside if rarity(self._counts[words], self._texts) >= _RARE}
        topic = self._telling(self._topic(asked)) - aside
        enough = max(1, _TOPIC_SHARE * len(topic))
        for event in after:
            if told := _listed(asked.action, event) or self._in_clauses(event, words, topic, enough):
                yield Answer(told, event)

    def _in_clauses(self, event: Treated, words: Set[str], topic: Set[str], enough: float) -> Told | None:
        """What the first clause of a ruling that is on an action says: one with a word of it, or enough of its topic."""
        for clause in _CLAUSE.split(event.ruling):
            held = self._telling(clause)
            if (not held.isdisjoint(words) or len(topic & held) >= enough) and (state := _says(clause)):
                return state
        return None

    def _told_beside(self, asked: Asked, titles: Iterable[str], beside: Sequence[Treated]) -> Iterator[Answer]:
        for event in beside:
            words = self._pairs(asked.action).difference(*map(self._pairs, titles))
            said = (_says(clause) for clause in _CLAUSE.split(event.ruling) if not words.isdisjoint(self._pairs(clause)))
            if told := _listed(asked.action, event) or next(filter(None, said), None):
                yield Answer(told, event)

    def same(self, first: Asked, second: Asked) -> bool:
        """Whether two directives ask for much the same."""
        pairs, others = self._pairs(first.action), self._pairs(second.action)
        shared = len(pairs & others)
        return shared >= _SAME_PAIRS and shared >= _SAME_SHARE * max(len(pairs), len(others))

    def _renewed(self, asked: Asked, after: Sequence[Treated]) -> Answer | None:
        for event in after:
            if any(self.same(asked, later) for later in self._at_event.get(event.iri, ())):
                return Answer("superseded", event)
        return None

    def _topic(self, asked: Asked) -> str:
        """What the ruling says, before the action and in the same sentence, that it is on."""
        for event in asked.events:
            before, found, _ = self._rulings.get(event, "").partition(asked.action)
            topics = _TOPIC.findall(_CLAUSE.split(before)[-1]) if found else []
            if topics:
                return str(topics[-1])
        return ""

    def _telling(self, text: str) -> frozenset[str]:
        if text not in self._telling_of:
            self._telling_of[text] = frozenset(words for run in self._runs(text) for words in windows(run, _TELLING))
        return self._telling_of[text]

    def _pairs(self, text: str) -> frozenset[str]:
        if text not in self._pairs_of:
            self._pairs_of[text] = frozenset(pair for run in self._runs(text) for pair in windows(run, 2))
        return self._pairs_of[text]

    def _runs(self, text: str) -> list[str]:
        return [run for run in self._profiler.runs(text) if not run.isascii()]


def _listed(action: str, event: Treated) -> Told | None:
    """Whether a case was made routine or put up for delisting as asked; what a higher level is asked is answered there."""
    if level_of(action):
        return None
    asked = [
        bool(_ROUTINE.search(event.ruling)) if _ROUTINE.search(action) else None,
        event.outcome in ("delist-requested", "delisted") if _DELISTING.search(action) else None,
    ]
    told = [answer for answer in asked if answer is not None]
    if not any(told):
        return None
    return "reported" if all(told) else "partly"


def _says(clause: str) -> Told | None:
    """Whether a clause tells that something is done, or begun, in a part that doesn't speak of what is to come.

    >>> _says("網站已於上月上線，請繼續辦理"), _says("標誌已陸續設置"), _says("請於下月前完成網站"), _says("俟完成後再議")
    ('reported', 'partly', None, None)
    """
    parts = [part for part in _PART.split(clause) if not _TO_COME.search(part)]
    if any(_BEGUN.search(part) for part in parts):
        return "partly"
    return "reported" if any(_DONE.search(part) for part in parts) else None
