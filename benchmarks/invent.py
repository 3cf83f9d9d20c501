"""A number and a seed go in, so many minutes of meetings that never were come out, with what they state known by construction.

The groups, bodies, people and cases are invented; the platforms and cities are the gazetteer's, for the reader must know who 兩市 are. A
platform's meetings come by date, several groups and the deputy mayors side by side, then the next platform's. The same seed gives the same
bytes anywhere, and fewer meetings are the first of more.

    python benchmarks/invent.py 1000 --seed 7 -o invented/     # invented/0000/*.txt, … and invented/truth.jsonl
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from invention.bodies import platforms
from invention.chance import Chance
from invention.layouts import write
from invention.lives import live
from invention.truth import Invented, line

FOLDER = 1000  # files


def invent(n: int, seed: int) -> Iterator[Invented]:
    """The first ``n`` invented minutes of a seed, one by one; memory holds one platform's open cases."""
    yield from islice(_endless(seed), n)


def _endless(seed: int) -> Iterator[Invented]:
    for number, platform in enumerate(platforms(seed)):
        for plan in live(platform, seed, str(number)):
            yield write(plan, Chance(seed, number, plan.group.name, plan.year, plan.ordinal))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("n", type=int, help="how many minutes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, default=Path("invented"))
    given = parser.parse_args()
    start = time.process_time()
    given.output.mkdir(parents=True, exist_ok=True)
    with (given.output / "truth.jsonl").open("w", encoding="utf-8", newline="\n") as truth:
        for at, invented in enumerate(invent(given.n, given.seed)):
            folder = given.output / f"{at // FOLDER:04}"
            if at % FOLDER == 0:
                folder.mkdir(exist_ok=True)
            (folder / invented.name).write_text(invented.text, encoding="utf-8", newline="\n")
            print(line(invented), file=truth)
    seconds = time.process_time() - start
    print(
        f"{given.n:,} minutes in {given.output}, {seconds:.1f} CPU seconds, {given.n / max(seconds, 1e-9):,.0f} a second", file=sys.stderr
    )


if __name__ == "__main__":
    main()
