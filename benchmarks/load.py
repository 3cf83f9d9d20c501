"""What ``crosscity read`` and then ``crosscity load`` of invented minutes cost by size: all of it, then a meeting against the first size.

Seconds are those of the clock and of the processor, of all processes that a command began; memory is the most that one of them held. Quote
CPU seconds and the ratios (``÷``): 1.00 is a cost that grows as the minutes do.

    python benchmarks/load.py 300 1000 3000       # --jobs 2, --seed 1; --folder keeps parts and stores
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from invent import invent


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one command: seconds of the clock and of the processor, the most memory in MB, and the MB that it wrote."""

    wall: float
    cpu: float
    memory: float
    disk: float


def run(arguments: Sequence[str | Path], written: Path) -> Cost:
    """What a command of crosscity costs that writes a folder. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    command = [sys.executable, "-c", "from output.cli import main; main()", *map(str, arguments)]
    begun = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(begun.pid, 0)
    wall = time.perf_counter() - start
    begun.returncode = os.waitstatus_to_exitcode(status)
    if begun.returncode:
        raise subprocess.CalledProcessError(begun.returncode, command)
    disk = sum(file.stat().st_size for file in written.rglob("*") if file.is_file())
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, disk / 1e6)


def measure(size: int, seed: int, jobs: int, folder: Path) -> tuple[Cost, Cost]:
    """What reading so many minutes costs, and loading their parts into a new store."""
    minutes, parts, store = (folder / f"{name}-{size}" for name in ("minutes", "parts", "store"))
    minutes.mkdir(parents=True)
    for invented in invent(size, seed):
        (minutes / invented.name).write_text(invented.text, encoding="utf-8")
    shared = ["--jobs", str(jobs)]
    return run(["read", minutes, "-o", parts, *shared], parts), run(["load", parts, "--store", store, *shared], store)


def row(name: str, size: int, cost: Cost, first: tuple[int, Cost]) -> str:
    """One line of figures; what a meeting costs is told in ms and KB, and against the first size."""
    scale = (size, cost.wall, cost.cpu, cost.memory, cost.disk)
    each, grown = 1000 * cost.cpu / size, cost.cpu / size / (first[1].cpu / first[0])
    kept, wider = 1000 * cost.disk / size, cost.disk / size / (first[1].disk / first[0])
    whole = "{:>9,} {:>8.1f} {:>8.1f} {:>6,.0f} {:>8,.0f}".format(*scale)
    return f"{name:6} {whole} {each:>8.1f} {grown:>6.2f} {kept:>8.1f} {wider:>6.2f} {cost.memory / first[1].memory:>7.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[300, 1_000, 3_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    heads = ("", "meetings", "wall s", "CPU s", "MB", "disk MB", "CPU ms/m", "÷", "KB/m", "÷", "MB ÷")
    print("{:6} {:>9} {:>8} {:>8} {:>6} {:>8} {:>8} {:>6} {:>8} {:>6} {:>7}".format(*heads))
    firsts: tuple[tuple[int, Cost], ...] = ()
    with tempfile.TemporaryDirectory() as scratch:
        for size in given.sizes:
            costs = measure(size, given.seed, given.jobs, given.folder or Path(scratch))
            firsts = firsts or tuple((size, cost) for cost in costs)
            for name, cost, first in zip(("read", "load"), costs, firsts, strict=True):
                print(row(name, size, cost, first), flush=True)


if __name__ == "__main__":
    main()
