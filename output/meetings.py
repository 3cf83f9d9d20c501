"""A store goes in, short names of its meetings and what a report's counts rest on come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


def meetings_by_iri(store: Store, messages: Messages) -> Mapping[str, Held]:
    """Each meeting's short name, by its IRI, in the order of their dates."""
    found = {}
    for row in named.ask(store, "meetings").records():
        number = messages("meeting.number", year=row["year"], ordinal=row["ordinal"]) if row["year"] and row["ordinal"] else ""
        name = " ".join(part for part in (row["group"], number or row["date"] or row["title"]) if part)
        found[row["meeting"]] = Held(row["meeting"], name, row["group"], row["date"])
    return found


def say_coverage(store: Store, messages: Messages) -> tuple[str, ...]:
    """What any count of this store rests on: meetings, groups, dates, files, and the share of sentences that was read."""
    meetings = meetings_by_iri(store, messages).values()
    dates = sorted(held.date for held in meetings if held.date)
    groups = sorted({held.group for held in meetings if held.group})
    files, sentences, unread = _counts(store)
    share = f"{100 * (sentences - unread) / sentences:.1f}%" if sentences else "—"
    span = messages("coverage.span", first=dates[0], last=dates[-1]) if dates else messages("coverage.undated")
    return (
        messages("coverage.meetings", meetings=len(meetings), span=span, files=files),
        messages("coverage.groups", groups=messages.listed(groups)),
        *_say_absent(store, messages),
        messages("coverage.read", sentences=sentences, share=share, unread=unread),
    )


def _say_absent(store: Store, messages: Messages) -> tuple[str, ...]:
    """A line on the levels that the minutes pass matters to and that no meeting loaded is of, or none."""
    named_levels = {row["level"] for row in named.ask(store, "escalations").records()}
    loaded = {level_of(row["title"]) for row in named.ask(store, "meetings").records()}
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
