"""Two stores go in, the facts that the later one gained, lost or altered come out, in the words of the minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph import named
from graph.store import Store
from graph.tables import Table
from output.meetings import meetings_by_iri
from output.messages import Messages
from output.report import EMPTY, Block, Report
from output.wording import say_cell

COLUMNS: Final = ("change", "kind", "meeting", "what", "field", "before", "after")
_SIGNS: Final = {"gained": "+", "lost": "-", "altered": "~"}
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: the query that lists it, the columns that tell one from another, what to call it, and what may alter."""

    name: str
    query: str
    key: tuple[str, ...]
    called: str
    compared: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A fact gained, lost or altered; ``fields`` holds (column, before, after) of an altered one."""

    kind: str
    meeting: str
    what: str
    change: str
    fields: tuple[tuple[str, str, str], ...] = ()


KINDS: Final = (
    Kind("meeting", "meetings", ("meeting",), "title", ("date", "start", "end", "venue", "mode", "host", "chair", "recorder", "reviewed")),
    Kind("participation", "people", ("meeting", "role", "name"), "name", ("title", "city")),
    Kind("mention", "mentions", ("meeting", "surface"), "surface", ("agency",)),
    Kind("case", "cases", ("case",), "title", ("aliases", "outcome")),
    Kind("case-event", "case-events", ("event",), "surface", ("outcome", "routine", "item", "section", "proposers", "case_title")),
    Kind("directive", "directives", ("directive",), "quote", ("actors", "counterparts", "due")),
    Kind("promise", "promises", ("directive",), "quote", ("state",)),
    Kind("escalation", "escalations", ("case", "meeting", "level"), "quote", ("purpose",)),
    Kind("reference", "references", ("meeting", "kind", "surface"), "surface", ("target",)),
)


def compare(before: Store, after: Store) -> tuple[Change, ...]:
    """Every change from one store to the other, by kind and meeting. Offsets are no facts: text that only moved has not changed."""
    found: list[Change] = []
    for kind in KINDS:
        old, new = _facts(before, kind), _facts(after, kind)
        for key in sorted(old.keys() | new.keys()):
            found += _change(kind, old.get(key), new.get(key))
    order = [kind.name for kind in KINDS]
    return tuple(sorted(found, key=lambda change: (order.index(change.kind), change)))


def _change(kind: Kind, old: Row | None, new: Row | None) -> Iterable[Change]:
    row = new or old
    if row is None or (kind.name == "promise" and not (old and new)):
        return
    meeting, what = row.get("meeting", ""), row[kind.called]
    if old is None or new is None:
        yield Change(kind.name, meeting, what, "gained" if old is None else "lost")
        return
    fields = tuple((column, old[column], new[column]) for column in kind.compared if old[column] != new[column])
    if fields:
        yield Change(kind.name, meeting, what, "altered", fields)


def _facts(store: Store, kind: Kind) -> dict[tuple[str, ...], Row]:
    """The facts of a kind by their key without the store's base, and by which one it is of several with the same key."""
    found: dict[tuple[str, ...], Row] = {}
    taken: Counter[tuple[str, ...]] = Counter()
    rows = _joined(named.ask(store, kind.query).records()) if kind.name == "mention" else named.ask(store, kind.query).records()
    for row in rows:
        local = {column: cell.removeprefix(store.base) for column, cell in row.items()}
        key = tuple(local[column] for column in kind.key)
        taken[key] += 1
        found[(*key, f"{taken[key]:06}")] = local
    return found


def _joined(rows: Iterable[Row]) -> Iterable[Row]:
    """Mentions with all the bodies that each means in one row, in the order of the text."""
    bodies: dict[tuple[str, int, str], list[Row]] = {}
    for row in rows:
        bodies.setdefault((row["meeting"], int(row["start_char"]), row["surface"]), []).append(row)
    for _, group in sorted(bodies.items()):
        yield {**group[0], "agency": named.SEPARATOR.join(sorted(row["agency"] for row in group))}


def report_changes(before: Store, after: Store, messages: Messages) -> Report:
    """The changes as a report."""
    changes = compare(before, after)
    names = {iri.removeprefix(store.base): held.name for store in (before, after) for iri, held in meetings_by_iri(store, messages).items()}
    counts = Counter(change.change for change in changes)
    coverage = (
        messages("diff.stores", before=before.location, after=after.location),
        messages("diff.counts", **{change: counts[change] for change in _SIGNS}),
    )
    rows = []
    for change in changes:
        for column, old, new in change.fields or (("", "", ""),):
            rows.append((change.change, change.kind, names.get(change.meeting, ""), change.what, column, old, new))
    say = _teller(names, messages)
    return Report("diff", messages("diff.title"), coverage, Table(COLUMNS, tuple(rows)), tuple(map(say, changes)))


def _teller(names: Mapping[str, str], messages: Messages) -> Callable[[Change], Block]:
    def say(change: Change) -> Block:
        parts = (_SIGNS[change.change], messages.term("kind", change.kind), names.get(change.meeting, ""))
        pairs = tuple(
            (messages.term("column", column), f"{_words(column, old, messages)} → {_words(column, new, messages)}")
            for column, old, new in change.fields
        )
        return Block(" ".join(filter(None, parts)), pairs, change.what)

    return say


def _words(column: str, cell: str, messages: Messages) -> str:
    return say_cell(column, cell, messages) or EMPTY
