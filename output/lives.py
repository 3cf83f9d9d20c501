"""A case of a store goes in, its whole life comes out, each ruling and directive with the place it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph import named
from graph.levels import own_name
from graph.store import Store
from graph.tables import Table
from output.choosing import Named
from output.meetings import Held, meetings_by_iri, say_coverage
from output.messages import Messages
from output.places import Place, find_places
from output.report import Block, Report
from output.wording import say_cell, say_list

COLUMNS = ("date", "meeting", "part", "outcome", "routine", "actors", "due", "state", "quote", "file", "line", "start_char", "end_char")
_ASKED_AT = "SELECT ?directive ?event {{ ?directive a cc:Directive ; cc:case <{case}> ; cc:event ?event . ?event cc:case <{case}> }}"
_PASSED = """
SELECT DISTINCT ?event ?level ?purpose {{
  ?part a cc:Escalation ; cc:event ?event ; cc:escalatedTo ?concept ; cc:purpose ?purpose . ?event cc:case <{case}> .
  BIND (STRAFTER(STR(?concept), "/level/") AS ?level)
}} ORDER BY ?event ?level ?purpose"""


_JOINED = """
SELECT DISTINCT ?event ?likeness ?words ?reason {{
  ?step a cc:Step ; cc:case <{case}> ; cc:toEvent ?event ; cc:relation "continues" ; cc:likeness ?likeness ; cc:reason ?reason .
  OPTIONAL {{ ?step cc:shared ?words }}
}}"""
_RELATED = """
SELECT DISTINCT ?relation ?basis ?this ?title {{
  ?step a cc:Step ; cc:case ?this ; cc:relation ?relation ; cc:basis ?basis ; cc:fromEvent|cc:toEvent ?event , ?end .
  FILTER (?relation != "continues")
  ?event cc:case <{case}> . ?end cc:case ?other . FILTER (?other != <{case}>) ?other dct:title ?title
}}"""
_TO_IT = {"splits-from": "split-off", "merges-into": "taken-in", "related": "related"}  # how a relation reads from its other end


@dataclass(frozen=True, slots=True)
class Joined:
    """Why an event is of its case: how alike its title is (0 to 1), the words in common, and codes of ``cc:reason``."""

    likeness: str
    words: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A directive of a case, and what later minutes say of it."""

    actors: str
    due: str
    due_text: str
    state: str
    report_meeting: str
    report_quote: str
    place: Place


@dataclass(frozen=True, slots=True)
class Treated:
    """One treatment of a case by a meeting, with what was asked then."""

    meeting: str
    date: str
    outcome: str
    routine: bool
    section: str
    item: str
    surface: str
    proposers: str
    passed: tuple[tuple[str, str], ...]
    place: Place
    asked: tuple[Asked, ...]
    joined: Joined | None


def read_life(store: Store, case: Named) -> tuple[Treated, ...]:
    """The treatments of a case in the order of the meetings."""
    events = named.of_case(store, "case-events", case.iri).records()
    asked_at: dict[str, list[str]] = {}
    for directive, event in store.select(_ASKED_AT.format(case=case.iri)).rows:
        asked_at.setdefault(event, []).append(directive)
    promises = {row["directive"]: row for row in named.of_case(store, "promises", case.iri).records()}
    due_texts = {row["directive"]: row["due_text"] for row in named.of_case(store, "directives", case.iri).records()}
    passed: dict[str, list[tuple[str, str]]] = {}
    for event, level, purpose in store.select(_PASSED.format(case=case.iri)).rows:
        passed.setdefault(event, []).append((level, purpose))
    joined = _read_joined(store, case.iri)
    places = find_places(store, [*(row["event"] for row in events), *(one for many in asked_at.values() for one in many)])

    def asked(directive: str) -> Asked:
        row = promises[directive]
        place = places[directive][0]
        return Asked(
            row["actors"], row["due"], due_texts.get(directive, ""), row["state"], row["report_meeting"], row["report_quote"], place
        )

    return tuple(
        Treated(
            row["meeting"],
            row["date"],
            row["outcome"],
            row["routine"] == "true",
            row["section"],
            row["item"],
            row["surface"],
            row["proposers"],
            tuple(passed.get(row["event"], ())),
            _ruling(places[row["event"]], row["quote"]),
            tuple(sorted(map(asked, asked_at.get(row["event"], ())), key=lambda one: one.place)),
            joined.get(row["event"]),
        )
        for row in events
    )


def _read_joined(store: Store, case: str) -> dict[str, Joined]:
    """Why each event but the first is of a case."""
    told: dict[str, list[tuple[str, ...]]] = {}
    for event, *grounds in store.select(_JOINED.format(case=case)).rows:
        told.setdefault(event, []).append(tuple(grounds))
    return {
        event: Joined(
            grounds[0][0], tuple(sorted({words for _, words, _ in grounds} - {""})), tuple(sorted({reason for *_, reason in grounds}))
        )
        for event, grounds in told.items()
    }


def _say_related(store: Store, case: str, messages: Messages) -> list[str]:
    """A line for each relation to another case, read from this one."""
    said: list[str] = []
    for relation, basis, this, title in sorted(store.select(_RELATED.format(case=case)).rows):
        key = relation if this == case else _TO_IT[relation]
        said.append(messages(f"case.{key}", other=title, basis=messages.term("basis", basis)))
    return said


def _say_joined(joined: Joined, messages: Messages) -> str:
    parts = [messages("review.likeness", likeness=f"{float(joined.likeness):.2f}")]
    if joined.words:
        parts.append(messages("review.shared", words=messages("list.and").join(joined.words)))
    parts.append(messages("list.and").join(messages.term("reason", reason) for reason in joined.reasons))
    return messages("review.dash").join(parts)


def _ruling(places: tuple[Place, ...], quote: str) -> Place:
    return next((place for place in places if place.quote == quote), places[0])


def report_case(store: Store, case: Named, messages: Messages) -> Report:
    """The whole life of one case."""
    life = read_life(store, case)
    names = meetings_by_iri(store, messages)
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for treated in life:
        held = names[treated.meeting]
        blocks.append(_treated_block(treated, held, messages))
        rows.append(_row(treated.date, held.name, "event", treated.outcome, treated.routine, "", "", "", treated.place))
        for asked in treated.asked:
            blocks.append(_asked_block(asked, names, messages))
            rows.append(_row(treated.date, held.name, "directive", "", None, asked.actors, asked.due, asked.state, asked.place))
    aliases = [title for title in case.titles if title != case.title]
    notes = [messages("case.aliases", titles=messages("list.and").join(aliases))] if aliases else []
    proposers = sorted({one for treated in life for one in treated.proposers.split(named.SEPARATOR) if one})
    if proposers:
        notes.append(messages("case.proposers", agencies=messages("list.and").join(proposers)))
    notes += _say_related(store, case.iri, messages)
    coverage = (*say_coverage(store, messages), *notes)
    return Report("case", case.title, coverage, Table(COLUMNS, tuple(rows)), tuple(blocks), messages("asks.case"))


def _row(
    date: str, meeting: str, part: str, outcome: str, routine: bool | None, actors: str, due: str, state: str, place: Place
) -> tuple[str, ...]:
    said = "" if routine is None else "true" if routine else "false"
    where = (place.quote, place.file, str(place.line), str(place.start), str(place.end))
    return (date, meeting, part, outcome, said, actors, due, state, *where)


def _treated_block(treated: Treated, held: Held, messages: Messages) -> Block:
    words = messages.term("outcome", treated.outcome)
    if treated.routine and treated.outcome != "routine":
        words = messages("case.also-routine", outcome=words)
    where = [messages.term("section", treated.section)]
    if treated.item:
        where.append(messages("case.item", item=treated.item))
    pairs = [(messages("case.treated-as"), messages("list.and").join(where)), (messages("case.called"), treated.surface)]
    if treated.joined is not None:
        pairs.append((messages("case.joined"), _say_joined(treated.joined, messages)))
    for level, purpose in treated.passed:
        pairs.append((messages("case.passed"), messages("case.level", level=own_name(level), purpose=messages.term("purpose", purpose))))
    pairs.append((messages("case.source"), _source(treated.place, messages)))
    heading = messages("case.heading", date=treated.date or messages("coverage.undated"), meeting=held.name, outcome=words)
    return Block(heading, tuple(pairs), treated.place.quote)


def _asked_block(asked: Asked, names: Mapping[str, Held], messages: Messages) -> Block:
    pairs = [(messages("case.actors"), say_list(asked.actors, messages) or messages("case.no-actor"))]
    if asked.due or asked.due_text:
        due = say_cell("due", asked.due, messages) if asked.due else ""
        pairs.append((messages("case.due"), messages("case.due-text", due=due, words=asked.due_text) if asked.due_text else due))
    pairs.append((messages("case.state"), messages.term("state", asked.state)))
    if asked.report_meeting:
        label = messages("case.renewed" if asked.state == "superseded" else "case.reported")
        pairs.append((label, f"{names[asked.report_meeting].name}: {asked.report_quote}"))
    pairs.append((messages("case.source"), _source(asked.place, messages)))
    return Block(messages("case.asked"), tuple(pairs), asked.place.quote, depth=1)


def _source(place: Place, messages: Messages) -> str:
    return messages("place", place=place, start=place.start, end=place.end)
