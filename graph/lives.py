"""A case over all the groups that treat it, as one thing: what its strands make together."""

from __future__ import annotations

from dataclasses import dataclass

from graph.facts import Treated


@dataclass(frozen=True, slots=True)
class Life:
    """A case over all groups that treat it: its events in the order of time, and its titles, best first.

    ``home`` is the series that first treats it: its identity graph states the life. ``bodies`` (paths) are those that stand for the case.
    """

    iri: str
    home: str
    events: tuple[Treated, ...]
    titles: tuple[str, ...]
    groups: tuple[str, ...]
    bodies: tuple[str, ...]
