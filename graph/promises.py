"""Directives and what came after go in, what the later minutes loaded say of each comes out: never more than they say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from graph.facts import Asked, Held, Treated
from graph.resemblance import Profiler, rules

State: TypeAlias = Literal["reported", "unreported", "not-yet-due", "elsewhere", "undated"]

# Words by which a ruling says that something has happened, and not that it shall.
_DONE: Final = re.compile(r"業已|已經|均已|皆已|也已|[、,，。;；\s]已|^已|已(?!知)|完成|完畢|辦竣|竣事|獲(?!得)|達成|確立|經確認")
# A clause that asks for completion, or speaks of it as to come, reports nothing.
_TO_COME: Final = re.compile(r"請|俟|如|若|後再|前完成|應|須|需|將|擬|待|預計|希望|未|尚|可否|是否")
_CLAUSE: Final = re.compile(r"[。;；\n]")
_SHARED: Final = 2.0  # two pairs of characters that the case's titles do not already have: a word, not a chance


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a directive, by the minutes loaded; ``report`` is the later case event that speaks of it."""

    directive: str
    state: State
    report: Treated | None = None


def follow(
    asked: Iterable[Asked],
    meetings: Sequence[Held],
    life: Mapping[str, Sequence[Treated]],
    profiler: Profiler,
) -> tuple[Outcome, ...]:
    """The state of each directive; ``life`` are all events of the case that an event belongs to, by the event's IRI, in time."""
    held = {meeting.iri: meeting for meeting in meetings}
    later = _later(meetings)
    place = {meeting.iri: at for at, meeting in enumerate(meetings)}
    return tuple(_outcome(directive, held, later, place, life, profiler) for directive in asked)


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
    profiler: Profiler,
) -> Outcome:
    after = [event for own in directive.events for event in life.get(own, ()) if place[event.meeting] > place[directive.meeting]]
    titles = frozenset[str]().union(*(profiler.profile(event.title).grams for own in directive.events for event in life.get(own, ())))
    if report := _report(directive, after, titles, profiler):
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


def _report(directive: Asked, after: Iterable[Treated], titles: frozenset[str], profiler: Profiler) -> Treated | None:
    """The first later event of the case with a clause that says something done and shares rare words with what was asked."""
    words = _telling(directive.action, profiler) - titles
    for event in after:
        for clause in _CLAUSE.split(event.ruling):
            if _says_done(clause) and sum(_weigh(gram) for gram in sorted(_telling(clause, profiler) & words)) >= _SHARED:
                return event
    return None


def _says_done(clause: str) -> bool:
    """Whether one of a clause's parts speaks of completion and not of what is to come.

    >>> _says_done("網站已於上月上線，請繼續辦理"), _says_done("請於下月前完成網站"), _says_done("俟完成後再議")
    (True, False, False)
    """
    return any(_DONE.search(part) and not _TO_COME.search(part) for part in re.split(r"[,，]", clause))


def _telling(words: str, profiler: Profiler) -> frozenset[str]:
    return profiler.profile(words).grams


def _weigh(gram: str) -> float:
    return rules().weights["digits"] if gram[0].isdecimal() else 1.0
