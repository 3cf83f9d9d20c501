"""One platform of a store asked alone, beside the whole store: what a person waits for, by the size of the store.

From a store on disk the platform with the most meetings is taken into memory, and every named query is asked of it; then commands are run
as a person would, each over all that is loaded and over one platform or group. CPU seconds; quote the ratios.
No page is made of all of more than 2,000 meetings, for nobody could read it.

    python benchmarks/narrow.py                                           # 1,000 meetings; or name sizes
    python benchmarks/narrow.py 1000 10000 --stores /var/tmp/crosscity-bench   # built once
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

from graph import excerpt, named
from graph.embedded import EmbeddedStore
from graph.store import Store
from output.narrowing import Group, list_groups
from queries import make_store

_READABLE: Final = 2_000
_START: Final = "import sys; from output.cli import main; sys.exit(main(sys.argv[1:]))"
_CASE: Final = (
    "SELECT ?case { ?e cc:case ?case ; a cc:CaseEvent ; cc:meeting/cc:group <%s> } GROUP BY ?case ORDER BY DESC(COUNT(?e)) LIMIT 1"
)


def largest(store: Store) -> Group:
    """The group with the most meetings, of the platform with the most."""
    groups = list_groups(store)
    sizes = Counter[str]()
    for one in groups:
        sizes[one.platform] += one.meetings
    return max((one for one in groups if one.name and one.platform == max(sizes, key=sizes.__getitem__)), key=lambda one: one.meetings)


def ask(place: Path) -> tuple[Group, str]:
    """Print what taking the largest platform out of a store costs, and each named query then; its largest group, and a long case there."""
    with Store.open(place, read_only=True) as store:
        group = largest(store)
        case = store.select(_CASE % group.iri).rows[0][0]
        start = time.process_time()
        part = excerpt.of_block(store, group.block)
        took = time.process_time() - start
    assert isinstance(part, EmbeddedStore)
    meetings = part.select("SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m a cc:Meeting }").rows[0][0]
    print(f"{group.platform}: {meetings} meetings, {len(part.database):,} quads, taken into memory in {took:.2f} s; then, in ms:")
    slow = []
    for name in named.names():
        times = []
        for _ in range(3):
            start = time.process_time()
            named.ask(part, name)
            times.append(time.process_time() - start)
        slow.append(f"{name} {min(times) * 1000:.0f}")
    print("  " + ", ".join(slow))
    return group, case


def seconds(place: Path, *words: str) -> float:
    """The CPU seconds of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", _START, *words, "--store", str(place)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1000])
    parser.add_argument("--stores", type=Path, help="where stores are kept for the next run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for size in given.sizes:
            place = make_store(size, given.stores or Path(scratch))
            print(f"\n{size:,} meetings")
            group, case = ask(place)
            print(f"  {'command':26} {'all, s':>8} {'part, s':>8} {'ratio':>7}")
            page = str(Path(scratch) / "page.html")
            for words, only in (
                (("report", "case", case), ("--platform", group.platform)),
                (("report", "promises"), ("--platform", group.platform)),
                (("report", "agencies"), ("--platform", group.platform)),
                (("report", "summary"), ("--group", group.iri)),
                (("view", "lineage", "-o", page), ("--group", group.iri)),
                (("view", "collaboration", "-o", page), ("--group", group.iri)),
            ):
                part = seconds(place, *words, *only)
                if words[0] == "view" and size > _READABLE:
                    print(f"  {' '.join(words[:2]):26} {'–':>8} {part:>8.1f}", flush=True)
                    continue
                whole = seconds(place, *words)
                print(f"  {' '.join(words[:2]):26} {whole:>8.1f} {part:>8.1f} {whole / part:>7.1f}", flush=True)


if __name__ == "__main__":
    main()
