"""Platforms that something changed for go in, their identity graphs come out; a fresh one's from the parts of its documents alone.

That is a pure function, whichever process or machine calls it: cases, hosts and promises never cross a platform, so that platforms are the
blocks that identity is worked out in side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from graph.extracts import extract
from graph.judged import Judged
from graph.parts import Parts
from graph.platform_work import Ambiguous, Graph, PlatformWork
from graph.resemblance import Profiler
from graph.series import Platform
from graph.store import MEMORY, Store
from graph.workers import Mapped
from ontology import gazetteer

_MOST: Final = 1_000  # documents of one platform that are held in memory: some 330 MB


@dataclass(frozen=True, slots=True)
class Due:
    """A platform, the digest of what each of its series (IRIs) is worked out from, those that are stale, and the cases of those gone."""

    platform: Platform
    inputs: Mapping[str, str]
    stale: frozenset[str]
    left: frozenset[str]

    @property
    def documents(self) -> list[str]:
        """The IRIs of its documents, sorted."""
        return sorted({document for one in self.platform.series for document in one.documents})


@dataclass(frozen=True, slots=True)
class Fresh:
    """The parts of the documents that a build has just brought into a store, by the document's IRI, and those who share the work."""

    parts: Parts
    digests: Mapping[str, str]
    mapped: Mapped

    def covers(self, due: Due) -> bool:
        """Whether all that a platform is worked out from is among them, and little enough to be held in memory."""
        documents = due.documents
        return due.stale == due.inputs.keys() and len(documents) <= _MOST and self.digests.keys() >= set(documents)


@dataclass(frozen=True, slots=True)
class Done:
    """A platform's identity graphs, and the own-side words there that can mean several bodies."""

    graphs: tuple[Graph, ...]
    ambiguous: tuple[Ambiguous, ...]


def work_out_all(due: Sequence[Due], store: Store, judged: Judged, fresh: Fresh | None = None) -> Iterator[tuple[Due, Done]]:
    """What the documents of each platform together tell: of the fresh ones first, side by side, then of the others, by what the store has.

    Raises CrossCityError where a part is damaged.
    """
    apart = [one for one in due if fresh is not None and fresh.covers(one)]
    if fresh is not None:
        tasks = ((one, [(document, fresh.digests[document]) for document in one.documents]) for one in apart)
        work_out = partial(_from_parts, parts=fresh.parts, judged=judged, base=store.base)
        yield from zip(apart, fresh.mapped(work_out, tasks, at_once=1), strict=True)
    among = set(map(id, apart))
    for one in due:
        if id(one) not in among:
            yield one, _work_out(one, store, judged)


def _from_parts(task: tuple[Due, Iterable[tuple[str, str]]], parts: Parts, judged: Judged, base: str) -> Done:
    due, documents = task
    with Store.open(MEMORY, base=base) as store:
        store.replace_all((document, extract(parts.content(digest))) for document, digest in documents)
        return _work_out(due, store, judged)


def _work_out(due: Due, store: Store, judged: Judged) -> Done:
    words = gazetteer.load()
    worker = PlatformWork(store, due.platform, words, store.iris, judged, Profiler(words))
    graphs = tuple(worker.restated(set(due.stale), due.inputs, due.left))
    return Done(graphs, tuple(worker.ambiguous))
