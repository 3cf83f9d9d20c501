"""What invented minutes state, known by construction: one record a meeting, which ``truth.jsonl`` holds as one line."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

DEPUTIES = "副市長層級會議"


@dataclass(frozen=True, slots=True)
class Event:
    """One treatment of a case. ``title`` and ``quote`` (the ruling) are verbatim.

    The case is ``about`` a name, an object, an aspect, a city, a year and a stage (empty: none).
    ``title_kinds`` say how the title differs from the one that the case was put forward under, and whether it has a sibling that differs
    from it in one thing; ``slips`` what else is odd about the words.
    """

    case: str
    about: tuple[str, ...]
    title: str
    item: int | None
    section: str
    outcome: str
    routine: bool
    quote: str
    title_kinds: tuple[str, ...]
    slips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Directive:
    """One thing asked. ``case`` is empty where it belongs to none; ``actors`` are full paths; ``due`` is as the fact tables write it."""

    id: str
    case: str
    actors: tuple[str, ...]
    due: str
    due_text: str
    action: str
    quote: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a later ruling says of a directive: reported, partly or superseded; ``quote`` is verbatim."""

    directive: str
    told: str
    quote: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What one meeting's minutes state; ``host`` is a city whether the minutes state it or not (a video meeting's do not)."""

    platform: str
    group: str
    year: int
    ordinal: int
    date: str
    start: str
    end: str
    venue: str
    mode: str
    host: str
    chair: str
    chair_title: str
    recorder: str
    layout: str
    slips: tuple[str, ...]
    events: tuple[Event, ...]
    directives: tuple[Directive, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Invented:
    """One file of invented minutes: its name, its text, and what it states."""

    name: str
    text: str
    truth: Truth


def line(invented: Invented) -> str:
    """The line of ``truth.jsonl``: the file's name and all facts."""
    return json.dumps({"file": invented.name, **asdict(invented.truth)}, ensure_ascii=False)
