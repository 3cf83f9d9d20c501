"""One new or changed meeting into a store of many: CPU seconds, and the share of building it all from nothing, in one run.

Each build is a process of its own, start-up included, as a user runs it. The one meeting is the last of a working group, the last of the
deputy mayors, which shares cases with the groups below, or one in the middle whose file changes; the store is the same before each.

    python benchmarks/incremental.py                 # or name the sizes: python benchmarks/incremental.py 10 100
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from invent import invent
from invention.truth import DEPUTIES, Invented

ROOT: Final = Path(__file__).parents[1]
SIZES: Final = (10, 100, 1_000, 10_000)
MAIN: Final = "import sys; from output.cli import main; sys.exit(main())"


def build(store: Path, *paths: Path) -> float:
    """Run ``crosscity build``; its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", MAIN, "build", *map(str, paths), "--store", str(store)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write(folder: Path, meetings: Sequence[Invented]) -> None:
    """Write minutes to a new folder."""
    folder.mkdir()
    for at, one in enumerate(meetings):
        (folder / f"{at:05}-{one.name}").write_text(one.text, encoding="utf-8")


def last_of(meetings: Sequence[Invented], *, deputies: bool) -> int | None:
    """The place of the last meeting of deputy mayors, or of a working group."""
    return next((at for at in reversed(range(len(meetings))) if (meetings[at].truth.group == DEPUTIES) == deputies), None)


def measure(size: int, seed: int) -> str:
    """One line of figures."""
    meetings = list(invent(size, seed))
    found: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        write(work / "all", meetings)
        whole = build(work / "whole", work / "all")
        for deputies in (False, True):
            at = last_of(meetings, deputies=deputies)
            if at is None:
                found.append(f"{'–':>10} {'–':>6}")
                continue
            one = sorted((work / "all").iterdir())[at]
            others = work / f"but-{at}"
            others.mkdir()
            for file in (work / "all").iterdir():
                if file != one:
                    shutil.copy(file, others)
            build(work / f"store-{at}", others)
            seconds = build(work / f"store-{at}", one)
            found.append(f"{seconds:>10.2f} {seconds / whole:>6.1%}")
        changed = sorted((work / "all").iterdir())[size // 2]
        changed.write_text(changed.read_text(encoding="utf-8").replace("。", "。\n", 1), encoding="utf-8")
        seconds = build(work / "whole", changed)
        found.append(f"{seconds:>10.2f} {seconds / whole:>6.1%}")
    return f"{size:>9,} {whole:>8.1f} {' '.join(found)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"{'meetings':>9} {'all, s':>8} {'group, s':>10} {'share':>6} {'deputies':>10} {'share':>6} {'changed':>10} {'share':>6}")
    for size in given.sizes:
        print(measure(size, given.seed), flush=True)


if __name__ == "__main__":
    main()
