"""Judgements and a store go in, what they decide there comes out: for identity, as statements, and as findings."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

from graph.decisions import End, Judgement
from graph.judged import UNJUDGED, Judged, Kind
from graph.settling import Settled, places, settle
from graph.statements import Statements
from graph.store import Store
from ontology import terms
from ontology.iris import Iris
from ontology.records import Finding


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided, as it stands in a store; ``lines`` are those of the judgements graph."""

    judged: Judged
    lines: tuple[str, ...]
    findings: tuple[Finding, ...]


UNDECIDED = Decided(UNJUDGED, (), ())


def decide(store: Store, judgements: Iterable[Judgement], file: str, iris: Iris) -> Decided:
    """Find in a store what the judgements of a file of that name decide."""
    judgements = tuple(judgements)
    settled = settle(judgements, places(store))
    relations: list[tuple[Kind, str, str]] = [
        (verdict, one, other) for one, other, judgement in settled.relations if (verdict := _relation(judgement.verdict)) is not None
    ]
    judged = Judged([(one, other) for one, other, _ in settled.same], [(one, other) for one, other, _ in settled.apart], relations)
    return Decided(judged, tuple(_state(judgements, settled, iris)), tuple(_findings(judgements, settled, file)))


def in_force(store: Store) -> Judged:
    """What people decided, as it holds in a store by its last build; where two judgements spoke of one pair, the one that prevailed."""
    rows = store.select(_IN_FORCE.format(graph=store.iris.judgements)).rows
    same = [(one, other) for verdict, one, other in rows if verdict == "same"]
    apart = [(one, other) for verdict, one, other in rows if verdict != "same"]
    relations = [(verdict, one, other) for word, one, other in rows if (verdict := _relation(word)) is not None]
    return Judged(same, apart, relations)


def _relation(verdict: str) -> Kind | None:
    return next((kind for kind in get_args(Kind) if kind == verdict), None)


def _state(judgements: Iterable[Judgement], settled: Settled, iris: Iris) -> list[str]:
    """A node a judgement: who decided what, when and why, and on which case events or participations it bears."""
    ends: defaultdict[Judgement, set[tuple[str, str]]] = defaultdict(set)
    for one, other, judgement in (*settled.same, *settled.apart, *settled.unsure):
        ends[judgement].add((one, other))
    said = Statements(iris.judgements)
    for judgement in judgements:
        node = f"{iris.base}judgement/{hashlib.sha256(repr(judgement).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
        said.link(node, terms.TYPE, terms.JUDGEMENT)
        said.value(node, terms.KIND, judgement.kind)
        said.value(node, terms.VERDICT, judgement.verdict)
        said.value(node, terms.JUDGED_BY, judgement.by)
        said.value(node, terms.JUDGED_ON, judgement.on, "date")
        if judgement.why:
            said.value(node, terms.WHY, judgement.why)
        for one, other in ends[judgement]:
            said.link(node, terms.FIRST, one)
            said.link(node, terms.SECOND, other)
    return said.lines()


def _findings(judgements: Iterable[Judgement], settled: Settled, file: str) -> Iterable[Finding]:
    """What could not be applied; each judgement stays in its file."""
    for line, judgement in enumerate(judgements, 1):
        told = f"{judgement.verdict} {_words(judgement.first)} / {_words(judgement.second)}"
        if judgement in settled.orphaned:
            message = f"{told}: nothing loaded has these words; load the minutes that it speaks of, or judge anew"
            yield Finding(file, line, 1, "warning", "orphaned-judgement", message)
        if judgement in settled.conflicts:
            message = f"{told}: not applied, for other judgements keep them apart; take one of them back"
            yield Finding(file, line, 1, "warning", "conflicting-judgement", message)


def _words(end: End) -> str:
    return " ".join(end.quote.split())[:40]


_IN_FORCE: Final = """
SELECT DISTINCT ?verdict ?one ?other {{
  GRAPH <{graph}> {{ ?judgement cc:verdict ?verdict ; cc:first ?one ; cc:second ?other }}
  ?one cc:case|cc:person ?here .
  ?other cc:case|cc:person ?there .
  FILTER (?verdict != "unsure" && (?verdict = "same") = (?here = ?there))
}} ORDER BY ?verdict ?one ?other"""
