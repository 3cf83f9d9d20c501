"""Invented cases go straight into identity: CPU seconds, comparisons and how both grow; pairwise precision and recall; what goes wrong.

No text is read: the case events are made from the truth of ``invent.py``. A pair is two treatments of one case; ``÷`` is seconds a case
relative to the smallest size. ``--one-platform`` puts all groups on one platform, which tells how joining over groups grows; its precision
tells little, for hundreds of groups with the same few themes come upon the same ideas, and the truth has them apart.

    python benchmarks/identity.py                 # or name the sizes, in cases: python benchmarks/identity.py 100 1000
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from math import comb
from typing import Final

from graph import cases as cases_module
from graph import joining
from graph.facts import Treated
from graph.levels import level_of
from graph.resemblance import Likeness, Profile, Profiler, Rarity, compare
from graph.strands import Besides, Strand, bureaus
from invent import invent
from invention.truth import DEPUTIES, Event, Truth
from loaders.directives import tidy
from ontology import gazetteer

SIZES: Final = (100, 1_000, 10_000, 100_000)
SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Known:
    """A case event as identity takes it, and what is true of it."""

    treated: Treated
    event: Event
    truth: Truth
    group: str
    bureaus: frozenset[str]


def find_cases(platform: Sequence[Known], profiler: Profiler) -> Iterator[tuple[str, ...]]:
    """The cases, as IRIs of events, that the program makes of one platform's events, which come by time: all that depends on its API."""
    by_group: defaultdict[str, list[Known]] = defaultdict(list)
    for known in platform:
        by_group[known.group].append(known)
    strands: list[Strand] = []
    besides: dict[tuple[str, ...], Besides] = {}
    for group, listed in by_group.items():
        by_iri = {known.treated.iri: known for known in listed}
        found, _ = cases_module.resolve((known.treated for known in listed), profiler)
        for case in found:
            treatments = [by_iri[event.iri] for event in case.events]
            events = tuple(event.iri for event in case.events)
            times = tuple(((known.truth.date, 0, known.treated.meeting), known.treated.order, known.treated.iri) for known in treatments)
            titles = tuple(sorted({event.title for event in case.events}))
            dates = (treatments[0].truth.date, treatments[-1].truth.date)
            strands.append(Strand(group, events, times, titles, dates, level_of(treatments[0].truth.group)))
            levels = frozenset(filter(None, (level_of(known.event.quote) for known in treatments)))
            besides[events] = Besides(levels, frozenset[str]().union(*(known.bureaus for known in treatments)))
    strands.sort(key=lambda strand: strand.begins)
    joined, _, _ = joining.join(strands, profiler, lambda strand: besides[strand.events])
    for together in joined:
        yield tuple(event for at in together for event in strands[at].events)


def known_events(truth: Truth, at: int) -> Iterator[Known]:
    """The events of a meeting, the ``at``-th invented."""
    group = f"{truth.platform}/{truth.group}"
    actors: defaultdict[str, set[str]] = defaultdict(set)
    for directive in truth.directives:
        actors[directive.case].update(directive.actors)
    for order, event in enumerate(truth.events):
        iri = f"{at:07}/{order:02}"
        item = str(event.item or "")
        ends = (event.section, event.outcome, event.quote, f"{iri}/passage", f"{at:07}", 0, 0)
        yield Known(Treated(iri, f"{at:07}", order, item, tidy(event.title), *ends), event, truth, group, bureaus(actors[event.case]))


def platforms_of(cases: int, seed: int, *, one_platform: bool) -> Iterator[list[Known]]:
    """The events of so many cases, platform by platform."""
    seen: set[str] = set()

    def until() -> Iterator[Known]:
        for at, one in enumerate(invent(10 * cases + 100, seed)):
            for known in known_events(one.truth, at):
                seen.add(known.event.case)
                yield known
            if len(seen) >= cases:
                return

    if one_platform:
        yield sorted(until(), key=lambda known: (known.truth.date, known.treated.iri))
    else:
        for _, together in groupby(until(), key=lambda known: known.truth.platform):
            yield list(together)


@dataclass(slots=True)
class Score:
    """Pairs counted, and the kinds of errors with their first example."""

    events: int = 0
    cases: set[str] = field(default_factory=set)
    right: int = 0
    stated: int = 0
    true: int = 0
    merges: Counter[str] = field(default_factory=Counter)
    splits: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, platform: Sequence[Known], found: Iterable[Sequence[str]]) -> None:
        """Count what was found of one platform."""
        by_iri = {known.treated.iri: known for known in platform}
        case_of = {iri: at for at, events in enumerate(found) for iri in events}
        sizes = Counter((known.event.case, case_of[iri]) for iri, known in by_iri.items())
        true, stated = Counter(known.event.case for known in platform), Counter(case_of.values())
        self.events += len(platform)
        self.cases.update(true)
        self.right += sum(comb(n, 2) for n in sizes.values())
        self.stated += sum(comb(n, 2) for n in stated.values())
        self.true += sum(comb(n, 2) for n in true.values())
        first: dict[tuple[str, int], Known] = {}
        for known in platform:
            first.setdefault((known.event.case, case_of[known.treated.iri]), known)
        self._merges(first)
        self._splits(platform, case_of)

    def _merges(self, first: Mapping[tuple[str, int], Known]) -> None:
        together: defaultdict[int, list[Known]] = defaultdict(list)
        for (_, found), known in first.items():
            together[found].append(known)
        for members in together.values():
            for one, other in combinations(members, 2):
                self._note(self.merges, _kinship(one, other), one, other)

    def _splits(self, platform: Sequence[Known], case_of: Mapping[str, int]) -> None:
        """Each further part of a case, by how the title that opens it differs from the case's treatment before."""
        parts: defaultdict[str, set[int]] = defaultdict(set)
        before: dict[str, Known] = {}
        for known in platform:
            name, found = known.event.case, case_of[known.treated.iri]
            if name in before and found not in parts[name]:
                self._note(self.splits, _change(before[name], known), before[name], known)
            parts[name].add(found)
            before[name] = known

    def _note(self, counter: Counter[str], kind: str, one: Known, other: Known) -> None:
        counter[kind] += 1
        self.examples.setdefault(kind, (one.treated.title, other.treated.title))


def _kinship(one: Known, other: Known) -> str:
    """What two cases differ in; nothing but a number or a city is the least."""
    parts = ("name", "object", "aspect", "city", "year", "stage")
    apart = "+".join(part for part, a, b in zip(parts, one.event.about, other.event.about, strict=True) if a != b)
    return f"merged: cases differ in {apart}{'' if one.group == other.group else ', of group and level'}"


def _change(one: Known, other: Known) -> str:
    forms = f"{one.event.title_kinds[0]} → {other.event.title_kinds[0]}"
    slips = sorted({*one.event.slips, *other.event.slips} & {"spaces", "wrapped", "compatibility"})
    level = ", group and level" if (one.truth.group == DEPUTIES) != (other.truth.group == DEPUTIES) else ""
    return f"split: {forms}{level}{''.join(f', {slip}' for slip in slips)}"


class Counted:
    """Counts the comparisons of titles."""

    def __init__(self, work: Callable[[Profile, Profile, Rarity], Likeness]) -> None:
        self._work = work
        self.calls = 0

    def __call__(self, one: Profile, other: Profile, rarity: Rarity) -> Likeness:
        self.calls += 1
        return self._work(one, other, rarity)


def measure(cases: int, seed: int, *, one_platform: bool) -> tuple[Score, float, int]:
    """The score, the CPU seconds that identity took, and its comparisons."""
    score, seconds = Score(), 0.0
    counted = Counted(compare)
    for module in (cases_module, joining):
        setattr(module, "compare", counted)  # noqa: B010
    profiler = Profiler(gazetteer.load())
    for platform in platforms_of(cases, seed, one_platform=one_platform):
        start = time.process_time()
        found = list(find_cases(platform, profiler))
        seconds += time.process_time() - start
        score.add(platform, found)
    return score, seconds, counted.calls


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one-platform", action="store_true")
    given = parser.parse_args()
    heads = ("cases", "events", "CPU s", "ms/case", "÷", "compared", "precision", "recall")
    print("{:>8} {:>9} {:>8} {:>8} {:>6} {:>9} {:>10} {:>8}".format(*heads))
    least = 0.0
    for size in given.sizes:
        score, seconds, compared = measure(size, given.seed, one_platform=given.one_platform)
        each = seconds / len(score.cases)
        least = least or each
        figures = f"{seconds:>8.2f} {1000 * each:>8.2f} {each / least:>6.2f} {compared / score.events:>9.1f}"
        quality = f"{score.right / max(score.stated, 1):>10.4f} {score.right / max(score.true, 1):>8.4f}"
        print(f"{len(score.cases):>8,} {score.events:>9,} {figures} {quality}", flush=True)
    for name, counter in (("wrong merges, pairs of cases", score.merges), ("wrong splits, parts of cases", score.splits)):
        print(f"\n{name}: {sum(counter.values()):,}")
        for kind, count in counter.most_common(SHOWN):
            one, other = score.examples[kind]
            print(f"  {count:>6,}  {kind}\n          {one}\n          {other}")


if __name__ == "__main__":
    main()
