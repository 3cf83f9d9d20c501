"""An item of a ruling in, what somebody is asked to do out: clause by clause, with who, toward whom, and by when.

::

    請臺北市提供名單，並於下次會議前確認，本案持續列管。
    └ask┘└actor┘      └goes on: own time, same actor┘ └only rules: ends it
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from loaders import dates, rules
from loaders.agenda import Item
from loaders.cases import quotations
from loaders.due import find_due
from loaders.folding import Text
from loaders.mentions import Placed
from loaders.outcomes import sentences
from loaders.wording import Wording
from ontology.records import Directive, Meeting, Mention

_HIDDEN = "□"
_NUMBER_IN_FRONT = re.compile(r"\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)")
_LONGEST_DAY = 30
_PLANNED_WITHIN = 184  # days: a day without a year that lies further ahead is rather one that has passed
_STRONG = ("ask.please", "ask.suggest", "ask.hope", "ask.by", "ask.group", "ask.submit")


@dataclass(slots=True)
class _Open:
    """A directive that is still being read: its run of the text, who is asked, and the rule that began it."""

    start: int
    end: int
    told: int
    rule: str
    actors: list[Placed] = field(default_factory=list)


class _Item:
    """Reads one item; ``words`` has the titles and other quotations hidden, so that nothing in them asks."""

    def __init__(
        self, text: Text, breaks: Collection[int], placed: Sequence[Placed], meeting: Meeting, titles: Sequence[tuple[int, int]]
    ) -> None:
        self._breaks = breaks
        self._placed = [p for p in placed if not p.mention.title]
        self._starts = [p.start for p in self._placed]
        self._meeting = meeting
        self.words = _hide(text.text, titles)
        self.found: list[_Open] = []

    def read(self) -> None:
        asked = False
        for start, end in sentences(self.words, self._breaks):
            current: _Open | None = None
            condition: int | None = None
            clauses = list(_clauses(self.words, start, end))
            for first, last in clauses:
                begun = self._begin(first, last, clauses, current, asked)
                if begun:
                    if condition is not None:
                        begun.start = min(begun.start, condition)
                    self.found.append(begun)
                    current, asked, condition = begun, True, None
                elif self._ends(first, last):
                    current, condition = None, None
                elif self._is_condition(first, last):
                    condition = first
                elif current:
                    current.end = last

    def between(self, start: int, end: int) -> Sequence[Placed]:
        """The mentions outside titles that begin in a run of the text."""
        return self._placed[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _is_condition(self, first: int, last: int) -> bool:
        """Whether a clause is a condition of what is asked behind it (倘需增派人力), not of what becomes of the case."""
        clause = self.words[first:last]
        ruling = rules.pattern("outcome.delisted").search(clause) or rules.pattern("ask.may").search(clause)
        return ruling is None and rules.pattern("clause.condition").match(clause) is not None

    def _begin(self, first: int, last: int, clauses: list[tuple[int, int]], current: _Open | None, asked: bool) -> _Open | None:
        """A directive that begins with this clause, or None."""
        clause = self.words[first:last]
        without_formulas = rules.pattern("ask.not").sub(lambda found: _HIDDEN * len(found[0]), clause)
        asks = [(rule, found) for rule in rules.family("ask") if rule.id != "ask.not" for found in rule.pattern.finditer(without_formulas)]
        asks = [(rule, found) for rule, found in asks if rule.id != "ask.hope" or self._listed(first + found.end(), last)]
        strong = [pair for pair in asks if pair[0].id in _STRONG]
        if planned := self._planned(first, last, clauses):
            return planned
        if not asks:
            goes_on = rules.pattern("clause.goes-on").match(clause) and not rules.pattern("clause.told").match(clause)
            due = find_due(clause, self._meeting) if goes_on and asked and not self._ends(first, last) else None
            if due is None:
                return None
            return _Open(first, last, first, "clause.goes-on", self._inherited(clause, current))
        if current and not strong and not rules.pattern("clause.goes-on").match(clause):
            return None
        if rules.pattern("clause.told").match(clause) and not strong:
            return None
        return self._asked(first, last, clauses, asks, current)

    def _asked(
        self, first: int, last: int, clauses: list[tuple[int, int]], asks: list[tuple[rules.Rule, re.Match[str]]], current: _Open | None
    ) -> _Open:
        """The directive of a clause that asks, with its actors: behind the ask, before it, at the head of the sentence, or inherited."""
        asks = sorted(asks, key=lambda pair: pair[1].start())
        rule, found = asks[0]
        begun = _Open(first, last, first + (found.end() if rule.id in _STRONG else found.start()), rule.id)
        for rule, found in asks:
            if rule.id in ("ask.must", "ask.may"):
                continue
            at = first + (found.start() if rule.id == "ask.group" else found.end())
            if actors := self._listed(at, last):
                begun.actors, begun.told = actors, actors[-1].end
                return begun
        subject = self._subject(first, first + asks[0][1].start())
        if subject:
            begun.actors = subject
        elif inherited := self._inherited(self.words[first:last], current):
            begun.actors = inherited
        else:
            self._take_subject_before(begun, clauses, current)
        return begun

    def _take_subject_before(self, begun: _Open, clauses: list[tuple[int, int]], current: _Open | None) -> None:
        """新北市如辦理研習,可邀請…: the subject stands in an earlier clause of the sentence, which then belongs to the directive."""
        before = [clause for clause in clauses if clause[1] <= begun.start and (current is None or clause[0] >= current.end)]
        for first, last in reversed(before):
            for placed in self._placed:
                if (
                    first <= placed.start <= first + 1
                    and placed.end < last
                    and rules.pattern("actor.subject").match(self.words[placed.end : last])
                ):
                    begun.actors, begun.start = [placed], first
                    return
            if re.match("因應.*召開", self.words[first:last]):
                begun.start = first

    def _listed(self, at: int, last: int) -> list[Placed]:
        """The mentions that stand one by one from a place on, small words allowed before the first."""
        listed: list[Placed] = []
        for placed in self.between(at, last):
            between = self.words[at : placed.start]
            fits = re.fullmatch("[與及和、]|以及", between) if listed else rules.pattern("actor.between").match(between)
            if not fits:
                break
            listed.append(placed)
            at = placed.end
        return listed

    def _subject(self, first: int, ask: int) -> list[Placed]:
        """The mention in front of 應, 可 or 請 in the same clause, when nothing but small words stands between."""
        subject: list[Placed] = []
        for placed in reversed([p for p in self.between(first, ask) if p.end <= ask]):
            between = self.words[placed.end : subject[0].start if subject else ask]
            if not (rules.pattern("mention.list-joint").match(between) if subject else len(between) <= 2):
                break
            subject.insert(0, placed)
        return subject if subject and subject[0].start - first <= 3 else []

    def _planned(self, first: int, last: int, clauses: list[tuple[int, int]]) -> _Open | None:
        """A step of a plan: its day, and behind it or before it the bodies that take it (5月2日,某局提出試算;某局於5月2日前提出試算)."""
        if not self._meeting.date:
            return None
        start = max(clauses[0][0], self.words.rfind(",", max(0, first - _LONGEST_DAY), max(0, first - 1)) + 1)
        if start == first or first - start > _LONGEST_DAY or rules.pattern("plan.day").fullmatch(self.words[start : first - 1]) is None:
            start = first
        day = rules.pattern("plan.day").match(self.words[start:last])
        behind = start + day.end() if day else first
        at = bisect_left(self._starts, behind)
        if at == len(self._starts) or self._starts[at] != behind:
            return None
        actors = self._listed(behind, last)
        told = actors[-1].end
        if day is None and (day := rules.pattern("plan.by-day").match(self.words[told:last])) is None:
            return None
        due = find_due(day[0], self._meeting)
        soon = due is not None and self._meeting.date <= due[0] <= dates.days_after(self._meeting.date, _PLANNED_WITHIN)
        if not soon or not rules.pattern("plan.step").match(self.words[told:last]):
            return None
        return _Open(start, last, told, "plan.day", actors)

    def _inherited(self, clause: str, current: _Open | None) -> list[Placed]:
        return list(current.actors) if current and rules.pattern("clause.inherits").match(clause) else []

    def _ends(self, first: int, last: int) -> bool:
        """Whether a clause says only what becomes of the case, or tells instead of asking."""
        clause = self.words[first:last]
        return rules.pattern("clause.only-rules").match(clause) is not None or rules.pattern("case.pointed-at").match(clause) is not None


def find_directives(
    item: Item,
    wording: Wording,
    placed: Sequence[Placed],
    meeting: Meeting,
    events: tuple[int, ...],
    titles: Sequence[tuple[int, int]] = (),
) -> Iterator[Directive]:
    """The directives of one item; ``placed`` are its mentions, ``events`` the places of its case events in the meeting.

    ``titles`` are the runs of titles without quotation marks: 協請某市支援人力一案 asks nobody.
    """
    text = item.whole
    read = _Item(text, item.breaks, placed, meeting, titles)
    read.read()
    for begun in read.found:
        end = len(text.text[: begun.end].rstrip("。;,:!?"))
        due = find_due(read.words[begun.start : end], meeting)
        due_text = text.words(wording, begun.start + due[1], begun.start + due[2]) if due else ""
        told = text[begun.told : end] if begun.told < end else text[begun.start : end]
        actors = tuple(dict.fromkeys(p.mention for p in begun.actors))
        yield Directive(
            passage=text.passage(wording, begun.start, end),
            action=tidy(told.words(wording)),
            rule=begun.rule,
            actors=actors,
            counterparts=tuple(_counterparts(read, begun, end)),
            due=due[0] if due else "",
            due_text=tidy(due_text),
            events=events,
        )


def _counterparts(item: _Item, begun: _Open, end: int) -> Iterator[Mention]:
    """The bodies that an act is toward or with, and those listed with them (發文給甲部、乙會及丙部)."""
    acting = {body for p in begun.actors for body in p.mention.bodies}
    listed = -1
    for p in item.between(begun.start, end):
        if p in begun.actors:
            continue
        before = item.words[max(begun.start, p.start - 4) : p.start]
        joined = rules.pattern("counterpart.before").search(before) is not None or item.words[p.end : p.end + 2] == "配合"
        goes_on = listed >= 0 and rules.pattern("mention.list-joint").match(item.words[listed : p.start]) is not None
        listed = p.end if joined or goes_on else -1
        if listed >= 0 and not acting & set(p.mention.bodies):
            yield p.mention


def tidy(words: str) -> str:
    """Words from the source on one line: line breaks, and white space next to a Chinese character, gone.

    >>> tidy("請某局 於會後\\n回復 Open ID")
    '請某局於會後回復Open ID'
    """
    return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", words.strip())


def _hide(words: str, titles: Sequence[tuple[int, int]]) -> str:
    hidden = list(words)
    for start, end in (*quotations(words), *titles):
        hidden[start:end] = _HIDDEN * (end - start)
    return "".join(hidden)


def _clauses(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence, each without the comma that ends it."""
    for found in re.compile("[^,]+").finditer(words, start, end):
        numbered = _NUMBER_IN_FRONT.match(words, found.start()) if found.start() == start else None
        yield numbered.end() if numbered else found.start(), found.end()
