"""Directives and what came after go in, what the later minutes loaded say of each comes out: never more than they say.

``reported``: a later ruling on the case tells it as done, or what was asked for was put forward. ``partly``: it tells of a part or a
beginning. ``superseded``: a later ruling asks for the same anew. Where none does: ``elsewhere`` if the answer is due at a level of which
no later minutes are loaded, ``undated`` without a date, ``unreported`` once the date is past by the minutes loaded, else ``not-yet-due``.

What a table tells again of an earlier meeting (Asked.recited) is answered by the report in its row too; it and what that meeting's own
minutes ask are one promise, told twice: both get the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph.facts import Asked, Held, Treated
from graph.levels import level_of
from graph.reporting import Answer, Answers, Told, asks_to_propose, put_forward
from graph.resemblance import Profiler

State: TypeAlias = Told | Literal["unreported", "not-yet-due", "elsewhere", "undated"]

_OPEN: Final = ("unreported", "partly", "not-yet-due")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a directive, by the minutes loaded; ``report`` is the later case event that speaks of it."""

    directive: str
    state: State
    report: Treated | None = None


def follow(
    asked: Sequence[Asked],
    treated: Sequence[Treated],
    meetings: Sequence[Held],
    life: Mapping[str, Sequence[Treated]],
    profiler: Profiler,
) -> tuple[Outcome, ...]:
    """The state of each directive; ``life`` are all events of the case that an event belongs to, by the event's IRI, in time.

    ``treated`` are all case events: their rulings, and what was asked, tell which words are rare.
    """
    ledger = _Ledger(meetings, asked, treated, life, Answers(asked, treated, profiler))
    return tuple(ledger.outcome(directive) for directive in asked)


def overdue(state: str, due: str, asked_on: str, as_of: str) -> bool:
    """Whether something was due before a date and is not reported. What is due elsewhere, or asked anew, is not said to be.

    >>> overdue("not-yet-due", "2022", "2021-12-30", "2023-01-01"), overdue("undated", "", "2021-12-30", "2023-01-01")
    (True, False)
    """
    if state not in _OPEN or not due:
        return False
    if due == "next-meeting":
        return state != "not-yet-due"
    date = _date(due, asked_on)
    return date[:4].isdecimal() and as_of[: len(date)] > date


def _date(due: str, asked_on: str) -> str:
    """A due date as ISO date, month or year; a level stays its name."""
    return f"{asked_on[:4]}-12" if due == "year-end" else due


class _Ledger:
    """The meetings of each group in time, and what was treated and asked at them."""

    def __init__(
        self,
        meetings: Sequence[Held],
        asked: Iterable[Asked],
        treated: Iterable[Treated],
        life: Mapping[str, Sequence[Treated]],
        answers: Answers,
    ) -> None:
        self._held = {meeting.iri: meeting for meeting in meetings}
        self._place = {meeting.iri: at for at, meeting in enumerate(meetings)}
        self._life, self._answers = life, answers
        self._after: dict[str, list[Held]] = {}
        together: defaultdict[str, list[Held]] = defaultdict(list)
        for meeting in meetings:
            together[meeting.series].append(meeting)
        for group in together.values():
            self._after.update((meeting.iri, group[at + 1 :]) for at, meeting in enumerate(group))
        self._last_of_level = {(meeting.platform, level_of(meeting.title)): at for at, meeting in enumerate(meetings)}
        self._treated: defaultdict[str, list[Treated]] = defaultdict(list)
        for event in treated:
            self._treated[event.meeting].append(event)

        self._recited: defaultdict[str, list[Asked]] = defaultdict(list)
        self._asked: defaultdict[str, list[Asked]] = defaultdict(list)
        for directive in asked:
            for own in directive.events:
                (self._recited if directive.recited else self._asked)[own].append(directive)

    def outcome(self, asked: Asked) -> Outcome:
        first, *again = self._tellings(asked)
        answers = [answer for one in (first, *again) if (answer := self._answer(one))]
        answer = next((one for one in answers if one.told == "reported"), None) or next(iter(answers), None)
        if answer:
            return Outcome(asked.iri, answer.told, answer.event)
        return Outcome(asked.iri, self._silence(first))

    def _answer(self, asked: Asked) -> Answer | None:
        place, life = self._place[asked.meeting], self._life_of(asked)
        after = [event for event in life if self._place[event.meeting] > place]
        beside = [event for event in life if asked.recited and event.meeting == asked.meeting and event.section == "report"]
        return self._answers.find(asked, {event.title for event in life}, after, beside) or self._proposal(asked)

    def _tellings(self, asked: Asked) -> list[Asked]:
        """A directive as it was asked, if that is loaded, and each time that a table tells it again; itself among them."""
        place, life = self._place[asked.meeting], self._life_of(asked)
        original = asked
        if asked.recited:
            earlier = [one for event in life if self._place[event.meeting] < place for one in self._asked.get(event.iri, ())]
            original = next((one for one in reversed(earlier) if self._answers.same(asked, one)), asked)
        recited = [one for event in life for one in self._recited.get(event.iri, ())]
        later = [one for one in recited if self._place[one.meeting] > self._place[original.meeting] and self._answers.same(original, one)]
        return [original, *(one for one in later if one != original)]

    def _life_of(self, asked: Asked) -> list[Treated]:
        return [event for own in asked.events for event in self._life.get(own, ())]

    def _proposal(self, asked: Asked) -> Answer | None:
        """What was put forward in answer to a call for proposals; while its month or year lasts, that is a part."""
        if not asks_to_propose(asked.action):
            return None
        later = self._after[asked.meeting]
        if asked.due == "next-meeting":
            event = put_forward(event for meeting in later[:1] for event in self._treated[meeting.iri])
            return Answer("reported", event) if event else None
        date = _date(asked.due, self._asked_on(asked))
        if not date[:4].isdecimal():
            return None
        event = put_forward(event for meeting in later if meeting.date[: len(date)] <= date for event in self._treated[meeting.iri])
        return Answer("reported" if self._past(asked, date) else "partly", event) if event else None

    def _silence(self, asked: Asked) -> State:
        """The state where no later words speak of it."""
        if level := level_of(asked.due) or (asked.due and level_of(asked.action)):
            met = self._last_of_level.get((self._held[asked.meeting].platform, level), -1)
            return "unreported" if met > self._place[asked.meeting] else "elsewhere"
        if not asked.due:
            return "undated"
        if asked.due == "next-meeting":
            return "unreported" if asked.recited or self._after[asked.meeting] else "not-yet-due"
        date = _date(asked.due, self._asked_on(asked))
        if not date[:4].isdecimal():
            return "elsewhere"
        return "unreported" if self._past(asked, date) else "not-yet-due"

    def _past(self, asked: Asked, date: str) -> bool:
        """Whether a date, or the whole of a month or year, was over when the group last met."""
        return any(meeting.date[: len(date)] > date for meeting in self._after[asked.meeting])

    def _asked_on(self, asked: Asked) -> str:
        meeting = self._held[asked.meeting]
        return meeting.date or meeting.year
