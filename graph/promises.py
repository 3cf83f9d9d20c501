"""Directives and what came after go in, what the later minutes loaded say of each comes out: never more than they say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph.facts import Asked, Held, Treated
from graph.resemblance import Profiler, rarity, windows

State: TypeAlias = Literal["reported", "unreported", "not-yet-due", "elsewhere", "undated"]

# Words by which a ruling says that something has happened, and not that it shall.
_DONE: Final = re.compile(r"業已|已經|均已|皆已|也已|[、,，。;；\s]已|^已|已(?!知)|完成|完畢|辦竣|竣事|獲(?!得)|達成|確立|經確認")
# A clause that asks for completion, or speaks of it as to come, reports nothing.
_TO_COME: Final = re.compile(r"請|俟|如|若|後再|前完成|應|須|需|將|擬|待|預計|希望|未|尚|可否|是否")
_CLAUSE: Final = re.compile(r"[。;；\n]")
_TELLING: Final = 3  # characters in a row that an action and its report share: a word, not a chance
_RARE: Final = 0.7  # and how rare they must be among all actions and rulings (see Rarity)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a directive, by the minutes loaded; ``report`` is the later case event that speaks of it."""

    directive: str
    state: State
    report: Treated | None = None


def follow(
    asked: Sequence[Asked],
    treated: Iterable[Treated],
    meetings: Sequence[Held],
    life: Mapping[str, Sequence[Treated]],
    profiler: Profiler,
) -> tuple[Outcome, ...]:
    """The state of each directive; ``life`` are all events of the case that an event belongs to, by the event's IRI, in time.

    ``treated`` are all case events: their rulings, and what was asked, tell which words are rare.
    """
    reports = _Reports((*(directive.action for directive in asked), *(event.ruling for event in treated)), profiler)
    held = {meeting.iri: meeting for meeting in meetings}
    later = _later(meetings)
    place = {meeting.iri: at for at, meeting in enumerate(meetings)}
    return tuple(_outcome(directive, held, later, place, life, reports) for directive in asked)


def _later(meetings: Sequence[Held]) -> dict[str, tuple[int, str]]:
    """For each meeting, how many later ones of its group are loaded, and the date of the last."""
    groups: defaultdict[str, list[Held]] = defaultdict(list)
    for meeting in meetings:
        groups[meeting.group or meeting.iri].append(meeting)
    return {
        meeting.iri: (len(together) - at - 1, max(other.date for other in together))
        for together in groups.values()
        for at, meeting in enumerate(together)
    }


def _outcome(
    directive: Asked,
    held: Mapping[str, Held],
    later: Mapping[str, tuple[int, str]],
    place: Mapping[str, int],
    life: Mapping[str, Sequence[Treated]],
    reports: _Reports,
) -> Outcome:
    after = [event for own in directive.events for event in life.get(own, ()) if place[event.meeting] > place[directive.meeting]]
    titles = {event.title for own in directive.events for event in life.get(own, ())}
    if report := reports.first(directive.action, titles, after):
        return Outcome(directive.iri, "reported", report)
    number, last = later[directive.meeting]
    return Outcome(directive.iri, _unreported(directive.due, held[directive.meeting], number, last))


def _unreported(due: str, meeting: Held, later: int, last: str) -> State:
    """The state where no later words speak of it.

    A partial date is over when its month or year is.
    """
    if not due:
        return "undated"
    if due == "next-meeting":
        return "unreported" if later else "not-yet-due"
    date = f"{(meeting.date or meeting.year)[:4]}-12" if due == "year-end" else due
    if not date[:4].isdecimal():
        return "elsewhere"
    return "unreported" if later and last[: len(date)] > date else "not-yet-due"


class _Reports:
    """Finds the words by which later rulings report what was asked."""

    def __init__(self, texts: Iterable[str], profiler: Profiler) -> None:
        self._profiler = profiler
        listed = list(texts)
        self._counts = Counter(words for text in listed for words in self._telling(text))
        self._texts = len(listed)

    def first(self, action: str, titles: Iterable[str], after: Iterable[Treated]) -> Treated | None:
        """The first event with a clause that says something done and shares rare words with the action, the case's titles aside."""
        told = {words for title in titles for words in self._telling(title)}
        words = {words for words in self._telling(action) - told if rarity(self._counts[words], self._texts) >= _RARE}
        for event in after:
            for clause in _CLAUSE.split(event.ruling):
                if _says_done(clause) and words & self._telling(clause):
                    return event
        return None

    def _telling(self, text: str) -> frozenset[str]:
        runs = (run for run in self._profiler.runs(text) if not run.isascii())
        return frozenset(words for run in runs for words in windows(run, _TELLING))


def _says_done(clause: str) -> bool:
    """Whether one of a clause's parts speaks of completion and not of what is to come.

    >>> _says_done("網站已於上月上線，請繼續辦理"), _says_done("請於下月前完成網站"), _says_done("俟完成後再議")
    (True, False, False)
    """
    return any(_DONE.search(part) and not _TO_COME.search(part) for part in re.split(r"[,，]", clause))
