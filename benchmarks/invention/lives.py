"""A platform goes in, what its meetings decide comes out, by date: cases that are put forward, tracked, passed up, sent back, closed, lost.

Only the open cases and some ideas of late are kept, so that memory does not grow with the number of meetings.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from invention.asking import Ask, asks, due
from invention.bodies import Group, Officer, Platform, Side
from invention.chance import Chance
from invention.ideas import Idea, kinships, sibling, think
from invention.truth import DEPUTIES
from invention.words import Theme

_LEVELS: Final = (DEPUTIES, DEPUTIES, DEPUTIES, "市長層級會議", "府層級會議")
_LATE: Final = 24  # ideas that a new case may be a sibling of
_LONGEST_LIST: Final = 9


@dataclass(slots=True)
class Case:
    """One case while it lives. ``waits`` is the level that it was passed to; ``closed`` counts how often it was said to be closed."""

    id: str
    idea: Idea
    first: str
    kind: str
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    age: int = 0
    waits: str = ""
    closed: int = 0
    asked: list[Ask] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """What a ruling says of an earlier ask."""

    ask: Ask
    told: str


@dataclass(frozen=True, slots=True)
class Treatment:
    """One treatment of a case, still without the words of its outcome. ``level`` is passed to, or followed."""

    case: str
    about: tuple[str, ...]
    title: str
    title_kinds: tuple[str, ...]
    section: str
    outcome: str
    routine: bool
    level: str = ""
    group: str = ""
    proposer: str = ""
    asks: tuple[Ask, ...] = ()
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One meeting: its header, and what it treats in the order of the text; ``loose`` asks belong to no case."""

    platform: Platform
    group: Group
    host: Side
    year: int
    ordinal: int
    date: datetime.date
    video: bool
    chair: Officer
    recorder: str
    treatments: tuple[Treatment, ...]
    loose: tuple[Ask, ...]
    before: tuple[int, int] | None


class _Life:
    """One group's list of cases from meeting to meeting."""

    def __init__(self, chance: Chance, platform: Platform, group: Group, code: str) -> None:
        self.chance, self.platform, self.group, self._code = chance, platform, group, code
        self.open: list[Case] = []
        self._late: list[Idea] = []
        self._known: set[tuple[str, ...]] = set()
        self._objects: set[tuple[str, str]] = set()  # those that cases are on already, until hardly any is left
        self._count = 0
        self.up: list[Case] = []  # passed to the deputies and not yet treated there
        self.back: list[Case] = []  # sent back by them, or made by them
        self.before: tuple[int, int] | None = None

    def new(self, year: int) -> Case:
        """A case not put forward before, in one of eight times a sibling of a late one."""
        chance, themes, cities = self.chance, self.group.themes, self.platform.cities
        while True:
            kind = ""
            if self._late and chance.hits(0.125):
                older = chance.pick(self._late)
                kind = chance.pick(kinships(older))
                idea = sibling(older, kind, chance, themes, cities)
            else:
                idea = think(chance, themes, cities, year)
                if idea.object in self._objects:
                    continue
            if idea.about not in self._known:
                break
        self._known.add(idea.about)
        self._objects = {*self._objects, idea.object} if len(self._objects) < _objects(themes) - 3 else {idea.object}
        self._late = [*self._late[-_LATE:], idea]
        self._count += 1
        first = idea.title(chance.pick(("first", "first", "first", "long")), chance)
        return Case(f"{self._code}-{self._count}", idea, first, f"sibling:{kind}" if kind else "")

    def title(self, case: Case, side: str) -> tuple[str, tuple[str, ...]]:
        """What a side calls a case, and how that differs from its first title: each side has a habit, and changes it now and then."""
        chance = self.chance
        if case.age and (side not in case.titles or chance.hits(0.06)):
            form = chance.pick(("first",) * 12 + ("short", "contained", "contained", "long", "verb", "reworded"))
            case.titles[side] = (form, case.first if form == "first" else case.idea.title(form, chance))
        form, title = case.titles.get(side, ("first", case.first))
        return title, (*((form,) if title != case.first else ("first",)), *((case.kind,) if case.kind else ()))


def _objects(themes: tuple[Theme, ...]) -> int:
    return sum(len(theme.objects) for theme in themes)


def live(platform: Platform, seed: int, code: str) -> Iterator[Plan]:
    """The meetings of a platform by date; ``code`` begins the ids of its cases."""
    lives = [_Life(Chance(seed, code, group.name), platform, group, f"{code}-{at}") for at, group in enumerate(platform.groups)]
    chance = Chance(seed, code, "calendar")
    first_year = chance.between(2015, 2018)  # 桃園 is a city since 2014
    calendar: list[tuple[datetime.date, int, int, int]] = []
    lengths = [chance.between(20, 60) for _ in lives]
    for at, length in enumerate(lengths):
        starts = chance.between(0, 8)
        calendar += [(date, at, year, ordinal) for year, ordinal, date in _quarters(chance, first_year, starts, length)]
    deputies = _Life(Chance(seed, code, DEPUTIES), platform, platform.deputies, f"{code}-d")
    for half in range(min(max(lengths) // 2 + 4, 32)):
        date = _weekday(chance, first_year + half // 2, 6 if half % 2 == 0 else 12, chance.between(14, 27))
        calendar.append((date, len(lives), date.year, half % 2 + 1))
    for date, at, year, ordinal in sorted(calendar):
        if at < len(lives):
            yield _hold(lives[at], year, ordinal, date)
        elif (plan := _decide(deputies, lives, year, date)) is not None:
            yield plan


def _quarters(chance: Chance, first_year: int, starts: int, length: int) -> Iterator[tuple[int, int, datetime.date]]:
    ordinal, last = 0, 0
    for quarter in range(starts, starts + length):
        if chance.hits(0.04):
            continue  # a quarter without a meeting
        year = first_year + quarter // 4
        ordinal, last = (ordinal + 1 if year == last else 1), year
        yield year, ordinal, _weekday(chance, year, quarter % 4 * 3 + chance.between(1, 3), chance.between(1, 28))


def _weekday(chance: Chance, year: int, month: int, day: int) -> datetime.date:
    date = datetime.date(year, month, day)
    return date.replace(day=day - 2 if day > 7 else day + 2) if date.weekday() > 4 else date


def _hold(life: _Life, year: int, ordinal: int, date: datetime.date) -> Plan:
    """A working group's meeting."""
    chance = life.chance
    host = life.group.sides[(year * 4 + ordinal) % len(life.group.sides)]
    fresh = ["new-proposal" for _ in range(chance.pick((0, 1, 1, 1, 2, 2, 3))) if len(life.open) < _LONGEST_LIST]
    if chance.hits(0.12):
        fresh.append("extempore")
    treatments = [*_continuing(life, host, date, year), *(_propose(life, host, date, section) for section in fresh)]
    loose = tuple(asks(chance, f"{life._code}-{date}-l", life.platform, life.group, host, date, ""))
    return _plan(life, host, year, ordinal, date, treatments, loose if chance.hits(0.5) else ())


def _plan(
    life: _Life, host: Side, year: int, ordinal: int, date: datetime.date, treatments: list[Treatment], loose: tuple[Ask, ...]
) -> Plan:
    chance, before = life.chance, life.before
    life.before = (year, ordinal)
    turn = year - 2009
    chair = host.chairs[(turn // 3 + chance.hits(0.1)) % len(host.chairs)]
    recorder = host.recorders[(turn // 2 + chance.hits(0.2)) % len(host.recorders)]
    video = chance.hits(0.6 if date.year in (2021, 2022) else 0.04)
    return Plan(life.platform, life.group, host, year, ordinal, date, video, chair, recorder, tuple(treatments), loose, before)


def _continuing(life: _Life, host: Side, date: datetime.date, year: int) -> Iterator[Treatment]:
    """The list: what is open, in its old order but for a move now and then, and what came back from above."""
    chance = life.chance
    life.open += life.back
    life.back = []
    if len(life.open) > 1 and chance.hits(0.1):
        life.open.insert(0, life.open.pop())
    kept: list[Case] = []
    for case in life.open:
        if chance.hits(0.025):
            continue  # nobody speaks of it again
        if chance.hits(0.04):
            kept.append(case)  # left out once
            continue
        yield _go_on(life, case, host, date)
        if case.closed == 0 or (case.closed < 3 and chance.hits(0.12)):
            kept.append(case)
        if case.waits == DEPUTIES and not case.closed and case not in life.up:
            life.up.append(case)
            if chance.hits(0.7):
                kept.remove(case)
    life.open = kept


def _go_on(life: _Life, case: Case, host: Side, date: datetime.date) -> Treatment:
    chance = life.chance
    case.age += 1
    title, kinds = life.title(case, host.city)
    told, again = _tell(life, case, date)
    routine, level, outcome = False, "", "tracked"
    if case.closed:
        outcome = "delisted" if chance.hits(0.6) else "reported"
        case.closed += 1
    elif case.waits:
        level, outcome = case.waits, "delisted" if case.waits != DEPUTIES and chance.hits(0.7) else "delist-requested"
        case.closed = outcome == "delisted"
    elif case.age > 2 and chance.hits(0.2):
        kind = chance.below(10)
        routine = chance.hits(0.35)
        if kind < 5:
            outcome, level = "delist-requested", chance.pick(_LEVELS)
            case.waits = level
        elif kind < 9:
            outcome, case.closed = "delisted", 1
        else:
            outcome, routine = "routine", True
    wanted: tuple[Ask, ...] = ()
    if outcome in ("tracked", "routine", "delisted", "delist-requested") and case.closed < 2:
        rate = 1.0 if outcome == "tracked" else 0.3
        prefix = f"{case.id}.{case.age}"
        if again:
            wanted = again
        elif chance.hits(rate):
            wanted = tuple(asks(chance, prefix, life.platform, life.group, host, date, case.idea.object[1]))
    case.asked = list(wanted)
    return Treatment(case.id, case.idea.about, title, kinds, "continuing", outcome, routine, level, asks=wanted, told=told)


def _tell(life: _Life, case: Case, date: datetime.date) -> tuple[tuple[Told, ...], tuple[Ask, ...]]:
    """What is told of the first thing asked the last time: done, begun, or asked anew."""
    chance = life.chance
    if not case.asked or not case.asked[0].actor.kind.endswith(("city", "bureau", "section")) or case.asked[0].actor.kind.startswith("own"):
        return (), ()
    before = case.asked[0]
    kind = chance.below(10)
    if kind < 4:
        return (Told(before, "reported"),), ()
    if kind < 5:
        return (Told(before, "partly"),), ()
    if kind < 6:
        ask = Ask(f"{case.id}.{case.age}.1", "仍請", before.actor, due(chance, date), before.act)
        return (Told(before, "superseded"),), (ask,)
    return (), ()


def _propose(life: _Life, host: Side, date: datetime.date, section: str) -> Treatment:
    chance = life.chance
    case = life.new(date.year)
    outcome = chance.pick(("accepted", "accepted", "accepted", "proposed", "accepted", "proposed"))
    city = chance.pick([each for each in life.platform.cities if each != case.idea.city])
    theme = chance.pick(life.group.themes)
    proposer = f"{city}政府{theme.bureau(city)}"
    wanted = tuple(asks(chance, f"{case.id}.0", life.platform, life.group, host, date, case.idea.object[1]))
    case.asked = list(wanted)
    life.open.append(case)
    kinds = ("first", *((case.kind,) if case.kind else ()))
    return Treatment(case.id, case.idea.about, case.first, kinds, section, outcome, False, proposer=proposer, asks=wanted)


def _decide(deputies: _Life, lives: list[_Life], year: int, date: datetime.date) -> Plan | None:
    """The deputies' meeting, if there is anything to decide: what was passed up is closed or sent back, a group is given a case."""
    chance = deputies.chance
    ordinal = deputies.before[1] + 1 if deputies.before and deputies.before[0] == year else 1
    host = deputies.group.sides[(year * 2 + ordinal) % len(deputies.group.sides)]
    treatments: list[Treatment] = []
    for life in lives:
        for case in life.up:
            title, kinds = life.title(case, f"deputies {host.city}")
            closes = chance.hits(0.75)
            listed = case in life.open
            outcome = "delisted" if closes else "tracked"
            treatments.append(
                Treatment(case.id, case.idea.about, title, (*kinds, "at-level"), "continuing", outcome, False, group=life.group.name)
            )
            case.waits, case.closed, case.asked = "", int(closes), []
            if not closes and not listed:
                life.back.append(case)
            if closes and listed and chance.hits(0.7):
                life.open.remove(case)
        life.up = []
    if chance.hits(0.25):
        life = chance.pick(lives)
        case = life.new(date.year)
        case.kind = case.kind or "from-level"
        treatments.append(
            Treatment(case.id, case.idea.about, case.first, ("first", "at-level"), "extempore", "accepted", False, group=life.group.name)
        )
        life.back.append(case)
    return _plan(deputies, host, year, ordinal, date, treatments, ()) if treatments else None
