"""A store goes in, the cases that were closed and yet treated later come out, with the ruling that closed each and those after it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from graph import named
from graph.store import Store

_CLOSED: Final = "delisted"


@dataclass(frozen=True, slots=True)
class Ruled:
    """One treatment of a case: by which meeting, with which outcome, in which words."""

    event: str
    meeting: str
    date: str
    outcome: str
    quote: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A case, the ruling that first closed it, and its treatments by later meetings: closed again, tracked again, or spoken of."""

    case: str
    title: str
    closing: Ruled
    later: tuple[Ruled, ...]


def contradictions(store: Store) -> tuple[Contradiction, ...]:
    """The cases that later meetings treat though one has closed them, by the date of closing.

    Only what is said as done closes a case (``delisted``); a request to delist doesn't. Meetings without a date are before or after
    none.
    """
    titles = {row["case"]: row["title"] for row in named.ask(store, "cases").records()}
    lives: defaultdict[str, list[Ruled]] = defaultdict(list)
    for row in named.ask(store, "case-events").records():
        if row["date"]:
            lives[row["case"]].append(Ruled(row["event"], row["meeting"], row["date"], row["outcome"], row["quote"]))
    found = []
    for case, life in lives.items():
        closing = next((ruled for ruled in life if ruled.outcome == _CLOSED), None)
        later = tuple(ruled for ruled in life if closing is not None and ruled.date > closing.date)
        if closing is not None and later:
            found.append(Contradiction(case, titles[case], closing, later))
    return tuple(sorted(found, key=lambda one: (one.closing.date, one.title, one.case)))
