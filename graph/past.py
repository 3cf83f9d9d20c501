"""A store and a day go in, a store of the minutes of all meetings until that day comes out: everything as it stood then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph import identity, registry
from graph.facts import meetings
from graph.judged import UNJUDGED, Judged
from graph.store import MEMORY, Store
from ontology import terms
from ontology.gazetteer import Gazetteer


def as_it_stood(store: Store, day: str, gazetteer: Gazetteer, judged: Judged = UNJUDGED) -> Store:
    """The store in memory that a build of the minutes of meetings held until an ISO date would have made.

    A meeting without a date counts where its year had begun, or where no year is stated. What people decided holds as it does now.
    """
    late: defaultdict[str, set[str]] = defaultdict(set)
    held: set[str] = set()
    for meeting, documents in meetings(store):
        for document in documents:
            if (meeting.date or meeting.year) > day:
                late[document].add(meeting.iri)
            else:
                held.add(document)
    past = Store.open(MEMORY, base=store.base)
    for document in sorted(held):
        lines = store.lines(document)
        kept = _without(lines, late[document]) if late[document] else lines
        past.replace(document, [f"{line.removesuffix(' .')} <{document}> ." for line in kept])
    identity.bring_up_to_date(past, "", judged)
    past.replace(store.iris.registry, registry.state(past, gazetteer, store.iris))
    return past


def _without(lines: Iterable[str], late: set[str]) -> list[str]:
    """The N-Triples of a document but for those about some of its meetings and their parts."""
    ends = tuple(f" <{terms.AT_MEETING}> <{meeting}> ." for meeting in late)
    listed = list(lines)
    dropped = {line.partition(" ")[0] for line in listed if line.endswith(ends)} | {f"<{meeting}>" for meeting in late}
    return [line for line in listed if line.partition(" ")[0] not in dropped]
