"""A store goes in, a part of it comes out in memory: what a build of some meetings' minutes alone would have made of them.

A part is as quick to ask as it is small, whatever the size of the store. What the documents of a platform tell together is taken over
where all its meetings are in the part; of other platforms it is worked out anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

import pyoxigraph

from graph import identity, registry
from graph.facts import Held, meetings
from graph.run import last_rules, note_run
from graph.store import Store
from graph.verdicts import in_force
from ontology import gazetteer, terms


def until(store: Store, day: str) -> Store:
    """The part of meetings held until an ISO date: everything as it stood then.

    A meeting without a date counts where its year had begun, or where no year is stated. What people decided holds as it does now.
    """
    return excerpt(store, lambda held: (held.date or held.year) <= day)


def of_block(store: Store, block: str) -> Store:
    """The part of one platform, by its name, or of one group or meeting that names none, by its IRI: all that its cases rest on."""
    return excerpt(store, lambda held: held.block == block, _documents(store, block))


def excerpt(store: Store, wanted: Callable[[Held], bool], documents: Iterable[str] | None = None) -> Store:
    """The part of the wanted meetings of some documents (IRIs), or of all; people's decisions hold as they do in the store."""
    inside: list[Held] = []
    holding: set[str] = set()
    cut: set[str] = set()  # blocks of which a meeting is left out
    left: defaultdict[str, set[str]] = defaultdict(set)
    for meeting, stated_in in meetings(store, documents):
        if wanted(meeting):
            inside.append(meeting)
            holding.update(stated_in)
        else:
            cut.add(meeting.block)
            for document in stated_in:
                left[document].add(meeting.iri)
    iris = store.iris
    whole = [meeting for meeting in inside if meeting.block not in cut]
    together = {iris.identity_of(meeting.series) for meeting in whole}
    together |= {iris.across(meeting.platform) for meeting in whole if meeting.platform}
    part = store.copy(sorted(holding | together))
    for document in sorted(holding & left.keys()):
        part.replace(document, _without(part.lines(document), document, left[document]))
    run = last_rules(store, iris)
    identity.bring_up_to_date(part, run.rules, in_force(store), settled={meeting.block for meeting in whole})
    part.replace(iris.registry, registry.state(part, gazetteer.load(), iris))
    note_run(part, replace(run, judgements="", corrections=""), iris)
    return part


def _documents(store: Store, block: str) -> list[str]:
    """The documents (IRIs) that state meetings of a block."""
    of_series = f"?m a cc:Meeting ; cc:statedIn ?document . FILTER (?m = <{block}> || EXISTS {{ ?m cc:group <{block}> }})"
    of_platform = f"?m cc:platform {pyoxigraph.Literal(block)} ; a cc:Meeting ; cc:statedIn ?document"
    among = of_series if block.startswith(store.base) else of_platform
    return [row[0] for row in store.select(f"SELECT DISTINCT ?document {{ GRAPH ?document {{ {among} }} }}").rows]


def _without(lines: Iterable[str], graph: str, left: set[str]) -> list[str]:
    """The N-Triples of a graph, as N-Quads, but for those about some meetings, their parts, and what only these speak of (passages)."""
    triples = [(subject, rest) for subject, _, rest in (line.removesuffix(" .").partition(" ") for line in lines)]
    ends = tuple(f"<{terms.AT_MEETING}> <{meeting}>" for meeting in left)
    gone = {subject for subject, rest in triples if rest.endswith(ends)} | {f"<{meeting}>" for meeting in left}
    spoken_of_by: defaultdict[str, set[str]] = defaultdict(set)
    for subject, rest in triples:
        spoken_of_by[rest.partition(" ")[2]].add(subject)
    subjects = {subject for subject, _ in triples}
    while more := {subject for subject in subjects - gone if subject in spoken_of_by and spoken_of_by[subject] <= gone}:
        gone |= more
    return [f"{subject} {rest} <{graph}> ." for subject, rest in triples if subject not in gone]
