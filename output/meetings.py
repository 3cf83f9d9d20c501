"""A store goes in, short names of its meetings and what a report's counts rest on come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph import named
from graph.levels import level_of, own_name
from graph.store import Store
from output.messages import Messages


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as reports name it; ``name`` is its group and number, else its date or title."""

    iri: str
    name: str
    group: str
    date: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A meeting as its minutes state it; ``year`` is that of its date, else the one in its title."""

    iri: str
    date: str
    title: str
    group: str
    year: str
    number: str


_STATED: Final = """
SELECT ?meeting (STR(MAX(?on)) AS ?date) (STR(MAX(?called)) AS ?title) (STR(MAX(?name)) AS ?group) (STR(MAX(?of)) AS ?year)
  (STR(MAX(?number)) AS ?ordinal) {
  ?meeting a cc:Meeting .
  OPTIONAL { ?meeting eli-dl:activity_date ?on }
  OPTIONAL { ?meeting dct:title ?called }
  OPTIONAL { ?meeting cc:group ?in . { SELECT DISTINCT ?in ?name { ?in skos:prefLabel ?name } } }
  OPTIONAL { ?meeting cc:year ?of }
  OPTIONAL { ?meeting cc:ordinal ?number }
} GROUP BY ?meeting ORDER BY ?date ?meeting"""
_LEVELS: Final = """
SELECT DISTINCT ?level { ?escalation a cc:Escalation ; cc:escalatedTo ?concept . BIND (STRAFTER(STR(?concept), "/level/") AS ?level) }"""


def stated_meetings(store: Store) -> tuple[Stated, ...]:
    """All meetings in the order of their dates: of the fact table of meetings what tells them apart, for a seventh of its price."""
    rows = named.once(store, _STATED).rows
    return tuple(
        Stated(iri, date, title, group, date[:4] or year, f"{year}-{ordinal}" if year and ordinal else "")
        for iri, date, title, group, year, ordinal in rows
    )


def meetings_by_iri(store: Store, messages: Messages) -> Mapping[str, Held]:
    """Each meeting's short name, by its IRI, in the order of their dates."""
    found = {}
    for one in stated_meetings(store):
        year, _, ordinal = one.number.partition("-")
        number = messages("meeting.number", year=year, ordinal=ordinal) if one.number else ""
        name = " ".join(part for part in (one.group, number or one.date or one.title) if part)
        found[one.iri] = Held(one.iri, name, one.group, one.date)
    return found


def say_coverage(store: Store, messages: Messages) -> tuple[str, ...]:
    """What any count of this store rests on: meetings, groups, dates, files, and the share of sentences that was read."""
    meetings = stated_meetings(store)
    dates = sorted(held.date for held in meetings if held.date)
    groups = sorted({held.group for held in meetings if held.group})
    files, sentences, unread = _counts(store)
    share = f"{100 * (sentences - unread) / sentences:.1f}%" if sentences else "—"
    span = messages("coverage.span", first=dates[0], last=dates[-1]) if dates else messages("coverage.undated")
    return (
        messages("coverage.meetings", meetings=len(meetings), span=span, files=files),
        messages("coverage.groups", groups=messages.listed(groups)),
        *_say_absent(store, {level_of(held.title) for held in meetings}, messages),
        messages("coverage.read", sentences=sentences, share=share, unread=unread),
    )


def _say_absent(store: Store, loaded: set[str], messages: Messages) -> tuple[str, ...]:
    """A line on the levels that the minutes pass matters to and that no meeting loaded is of, or none."""
    named_levels = {level for (level,) in named.once(store, _LEVELS).rows}
    absent = sorted(level for level in named_levels if level_of(level) not in loaded)
    return (messages("coverage.absent", levels=messages("list.and").join(map(own_name, absent))),) if absent else ()


def _counts(store: Store) -> tuple[int, int, int]:
    files = store.select("SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a eli:Expression }").rows[0][0]
    total = store.select(
        "SELECT (SUM(?all) AS ?a) (SUM(?open) AS ?u) {"
        " SELECT ?m (MAX(?s) AS ?all) (MAX(COALESCE(?left, 0)) AS ?open) { ?m a cc:Meeting ; cc:sentences ?s ."
        " OPTIONAL { ?m cc:unread ?left } } GROUP BY ?m }"
    ).rows[0]
    return int(files), int(total[0] or 0), int(total[1] or 0)


def name_meeting(iri: str, names: Mapping[str, Held]) -> str:
    """A meeting's short name with its date, as a table shows it; empty where it is not known."""
    held = names.get(iri)
    return "" if held is None else f"{held.name} ({held.date})" if held.date else held.name
