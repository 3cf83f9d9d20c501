"""Invented minutes are built into a store, and its fact tables are held against what the minutes state by construction, kind by kind.

A kind is what may make a fact hard to read: the layout, a slip, the form of a title, the words for an actor or a time. Kinds are listed by
how far they fall behind their measure, worst first, each with an example.

    python benchmarks/accuracy.py                 # 200 minutes
    python benchmarks/accuracy.py -n 1000 --seed 7 --show 20
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import comb
from pathlib import Path
from typing import Final

from graph import named
from graph.build import build
from graph.store import Store
from invent import invent
from invention.truth import DEPUTIES, Directive, Event, Truth
from ontology.iris import Iris

FEWEST: Final = 8  # facts of a kind, for it to be listed
HEADER: Final = ("date", "group", "year", "ordinal", "start", "end", "venue", "mode", "host", "chair", "chair_title", "recorder")
_RULES: Final = re.compile("層?級會議.{0,4}(?:解除列管|解列|提請)|小組持續列管")
Row = Mapping[str, str]


@dataclass(slots=True)
class Tally:
    """Facts of a kind: how many, how many of them right, and the first wrong one."""

    all: int = 0
    right: int = 0
    example: str = ""

    def add(self, right: bool, example: str) -> None:
        """Count one fact."""
        self.all += 1
        self.right += right
        if not right and not self.example:
            self.example = example

    @property
    def share(self) -> float:
        """Of the facts, that are right."""
        return self.right / self.all


@dataclass(slots=True)
class Scores:
    """The tallies of each measure, and of each kind within it; ``false`` are facts that no minutes state."""

    measures: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    kinds: defaultdict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    false: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, measure: str, got: str, wanted: str, where: str, kinds: Iterable[str]) -> None:
        """Count a fact under its measure and kinds."""
        right = got == wanted
        example = f"{where}\n            got {got or '-'}, wanted {wanted or '-'}"
        self.measures[measure].add(right, example)
        for kind in kinds:
            self.kinds[measure, kind].add(right, example)

    def worst(self) -> list[tuple[str, str, Tally]]:
        """The kinds with wrong facts, those furthest behind their measure first, weighed by how many facts they cost."""
        listed = [(measure, kind, tally) for (measure, kind), tally in self.kinds.items() if tally.right < tally.all >= FEWEST]

        def cost(entry: tuple[str, str, Tally]) -> float:
            measure, _, tally = entry
            return (self.measures[measure].share - tally.share) * tally.all

        return sorted(listed, key=lambda entry: (-cost(entry), entry[0], entry[1]))


def plain(words: str) -> str:
    """Words as they are compared: NFKC, no white space, 臺 for 台."""
    return "".join(unicodedata.normalize("NFKC", words).split()).replace("台", "臺")


def score_header(scores: Scores, name: str, truth: Truth, row: Row) -> None:
    wanted = {key: str(getattr(truth, key)) for key in HEADER}
    kinds = (f"layout:{truth.layout}", f"mode:{truth.mode}", f"platform:{truth.platform}", *(f"slip:{slip}" for slip in truth.slips))
    for key in HEADER:
        if key != "group" or truth.group != DEPUTIES:
            scores.note(f"meetings.{key}", plain(row.get(key, "")), plain(wanted[key]), name, kinds)


def score_events(scores: Scores, name: str, truth: Truth, rows: Sequence[Row]) -> dict[str, str]:
    """Count a meeting's case events; the found case (IRI) of each true one comes back."""
    left = list(rows)
    found: dict[str, str] = {}
    for event in truth.events:
        row = _take(left, "surface", event.title)
        slips = (*(f"slip:{slip}" for slip in event.slips), *(f"title:{kind}" for kind in event.title_kinds))
        kinds = (f"layout:{truth.layout}/{event.section}", f"outcome:{event.outcome}", *slips)
        where = f"{name}: {plain(event.quote)}"
        scores.note("case-events.found", "yes" if row else "no", "yes", where, kinds)
        if row is None:
            continue
        found[event.case] = row["case"]
        for key, wanted in _wanted(event).items():
            scores.note(f"case-events.{key}", plain(row[key]), wanted, where, kinds)
    scores.false["case-events"] += [f"{name}: {row['surface']} | {row['quote']}" for row in left]
    return found


def _wanted(event: Event) -> dict[str, str]:
    routine = "true" if event.routine else "false"
    item = str(event.item or "")
    return {"surface": plain(event.title), "outcome": event.outcome, "section": event.section, "item": item, "routine": routine}


def score_directives(scores: Scores, name: str, truth: Truth, rows: Sequence[Row]) -> None:
    left = list(rows)
    for directive in truth.directives:
        row = _take(left, "quote", directive.quote)
        where = f"{name}: {plain(directive.quote)}"
        kinds = (f"layout:{truth.layout}", f"mode:{truth.mode}", *directive.kinds)
        scores.note("directives.found", "yes" if row else "no", "yes", where, kinds)
        if row is not None:
            scores.note("directives.actors", row["actors"], "|".join(sorted(directive.actors)), where, kinds)
            scores.note("directives.due", row["due"], directive.due, where, kinds)
            scores.note("directives.action", _action(row, directive), directive.action, where, kinds)
    # Asking a level to delist rules on the case and asks in one; the truth counts it as the outcome only.
    scores.false["directives"] += [f"{name}: {row['quote']}" for row in left if not _RULES.search(plain(row["quote"]))]


def _action(row: Row, directive: Directive) -> str:
    """What is done; the words of the time before it do not count."""
    told = plain(row["action"])
    return directive.action if told.endswith(directive.action) else told


def _take(rows: list[Row], column: str, words: str) -> Row | None:
    """The row that says some words, out of those left: the same, else one within the other."""
    wanted = plain(words)
    for fits in (lambda told: told == wanted, lambda told: bool(told) and (told in wanted or wanted in told)):
        for at, row in enumerate(rows):
            if fits(plain(row[column])):
                return rows.pop(at)
    return None


def score(store: Store, truths: Mapping[str, Truth]) -> Scores:
    """Hold the fact tables of a store against the truth of its files, by name."""
    scores = Scores()
    tables = {name: named.ask(store, name).records() for name in ("meetings", "case-events", "directives")}
    by_meeting: dict[str, defaultdict[str, list[Row]]] = {name: defaultdict(list) for name in tables}
    for name, rows in tables.items():
        for row in rows:
            by_meeting[name][row["meeting"]].append(row)
    files = {row["source"].partition("#")[0]: row for row in tables["meetings"]}
    pairs, true, stated = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for name, truth in truths.items():
        row = files.get(name, {})
        kinds = (f"layout:{truth.layout}", f"platform:{truth.platform}")
        scores.note("meetings.found", "yes" if row else "no", "yes", name, kinds)
        if not row:
            continue
        score_header(scores, name, truth, row)
        found = score_events(scores, name, truth, by_meeting["case-events"][row["meeting"]])
        score_directives(scores, name, truth, by_meeting["directives"][row["meeting"]])
        pairs.update(found.items())
        true.update(found.keys())
        stated.update(found.values())
    right = sum(comb(n, 2) for n in pairs.values())
    for measure, counts in (("cases.pairs recall", true), ("cases.pairs precision", stated)):
        tally = scores.measures[measure]
        tally.all, tally.right = sum(comb(n, 2) for n in counts.values()), right
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("-n", type=int, default=200, help="how many minutes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=15, help="how many of the worst kinds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "minutes"
        folder.mkdir()
        truths: dict[str, Truth] = {}
        for invented in invent(given.n, given.seed):
            (folder / invented.name).write_text(invented.text, encoding="utf-8")
            truths[invented.name] = invented.truth
        start = time.process_time()
        with Store.open(Path(scratch) / "store", create=True) as store:
            build([folder], store, iris=Iris(store.base))
            scores = score(store, truths)
    print(f"{len(truths):,} minutes, seed {given.seed}, {time.process_time() - start:.1f} CPU seconds")
    for measure, tally in sorted(scores.measures.items()):
        print(f"  {measure:26} {tally.share:>6.3f}   {tally.right:,} of {tally.all:,}")
    for table, rows in sorted(scores.false.items()):
        print(f"  {table}: {len(rows):,} that no minutes state, such as")
        print("".join(f"      {plain(row)[:160]}\n" for row in rows[:3]), end="")
    print("\nthe worst kinds")
    for measure, kind, tally in scores.worst()[: given.show]:
        print(f"  {tally.share:>6.3f}   {tally.right:,} of {tally.all:,}   {measure}, {kind}\n          {tally.example}")


if __name__ == "__main__":
    main()
