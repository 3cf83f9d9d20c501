"""A store goes in, what only all its documents together tell is brought up to date in it: hosts, bodies, cases, people, promises.

Identity is worked out series by series (a working group's meetings), each into a graph of its own that says what it was worked out from;
only series whose documents, decisions or rules changed are worked out anew, and those that share a case with them.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from graph.facts import sightings
from graph.judged import UNJUDGED, Judged
from graph.people import identify
from graph.platform_tasks import Due, Fresh, work_out_all
from graph.platform_work import Ambiguous, Graph, sign
from graph.progress import Progress, telling
from graph.registry import city_of
from graph.series import Kept, Platform, identity_digest, inputs, kept_graphs, platforms
from graph.statements import Statements
from graph.stating import state_people
from graph.store import Store
from graph.strands import cases_in
from ontology import gazetteer

_VARIABLE: Final = re.compile(r"\?\w+")


def bring_up_to_date(
    store: Store,
    rules_digest: str,
    judged: Judged = UNJUDGED,
    *,
    settled: Collection[str] = (),
    fresh: Fresh | None = None,
    progress: Progress | None = None,
) -> tuple[Ambiguous, ...]:
    """Restate the identity of all series that something changed for; the own-side words there that can mean several bodies.

    The result is the same whatever was in the store before. The cost is that of the series touched, and of listing all meetings. What is
    stale is written last, so that a build that was stopped is taken up by the next. The platforms of ``settled`` blocks stay as they are.
    Platforms whose documents are all ``fresh`` are worked out from their parts, side by side. ``progress`` is told (done, all, name) after
    each platform. Raises CrossCityError where a part is damaged.
    """
    iris, kept, listed = store.iris, kept_graphs(store), platforms(store)
    wanted = {iris.identity_of(one.iri) for platform in listed for one in platform.series}
    wanted |= {iris.across(platform.name) for platform in listed if platform.name} | {iris.people}
    gone = sorted(kept.keys() - wanted)
    left: defaultdict[str, set[str]] = defaultdict(set)
    for graph in gone:
        left[kept[graph].platform] |= cases_in(store, graph)
    due: list[Due] = []
    for platform in listed:
        if platform.block in settled:
            continue
        of = {one.iri: inputs(one, platform, judged, rules_digest) for one in platform.series}
        stale = frozenset(iri for iri, digest in of.items() if digest != getattr(kept.get(iris.identity_of(iri)), "inputs", ""))
        if stale or (platform.name and left[platform.name]):
            due.append(Due(platform, of, stale, frozenset(left[platform.name])))
    ambiguous: list[Ambiguous] = []

    def graphs() -> Iterator[Graph]:
        worked_out = work_out_all(due, store, judged, fresh)
        for _, done in telling(worked_out, len(due), progress, lambda pair: pair[0].platform.name or pair[0].platform.meetings[0].title):
            ambiguous.extend(done.ambiguous)
            yield from done.graphs

    store.replace_all(graphs())
    for graph in gone:
        store.replace(graph, ())
    seen = sorted(one.seen for one in kept_graphs(store).values() if one.seen)
    told = (rules_digest, identity_digest(), *judged.concerning(judged.named), *seen)
    digest = hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()
    if kept.get(iris.people) != Kept("", digest):
        store.replace(iris.people, _people(store, listed, judged, digest))
    return tuple(ambiguous)


def _people(store: Store, listed: Iterable[Platform], judged: Judged, digest: str) -> list[str]:
    """The persons graph's lines. A chair or recorder is of the host's city, anybody else of their agency's."""
    iris, words = store.iris, gazetteer.load()
    meetings = [held for platform in listed for held in platform.meetings]
    seen = sightings(store, meetings)
    platforms_of = {held.iri: held.platform for held in meetings}
    hosts = _pairs(store, "?m a cc:Meeting ; cc:host ?host")
    agencies = _pairs(store, "?p a cc:Participation ; cc:agency ?agency")
    cities: dict[str, str] = {}
    for who in seen:
        agency = agencies.get(who.iri, "") or (hosts.get(who.meeting, "") if who.role in ("chair", "recorder") else "")
        if agency:
            cities[who.iri] = city_of(iris.agency_path(agency), words)
    said = Statements(iris.people)
    sign(said, iris.people, "", digest)
    state_people(said, identify(seen, platforms_of, cities, iris, judged), iris)
    return said.lines()


def _pairs(store: Store, pattern: str) -> dict[str, str]:
    """The least object of each subject, in a pattern of two variables."""
    rows = store.select(f"SELECT DISTINCT {' '.join(dict.fromkeys(_VARIABLE.findall(pattern)))} {{ {pattern} }}").rows
    return {subject: found for subject, found in sorted(rows, reverse=True)}
