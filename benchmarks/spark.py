"""Reading invented minutes into parts by Spark and by plain processes: seconds of wall and CPU, start-up and all, and the ratio of both.

    python benchmarks/spark.py              # or name the sizes, and how many cores: python benchmarks/spark.py 200 2000 --cores 2

Each reading is a process of its own; its CPU time is that of all processes below it, Java's too. Needs the extra ``spark`` and Java.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from invent import invent

SEED = 1
CALL = "import sys; from output.cli import main; sys.exit(main())"


def measure(minutes: Path, parts: Path, *how: str) -> tuple[float, float]:
    """Wall and CPU seconds of reading a folder."""
    start = time.perf_counter()
    command = [sys.executable, "-c", CALL, "read", str(minutes), "-o", str(parts), *how]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    spent: dict[str, float] = {}
    while running.poll() is None:
        spent.update(seconds_of_session(running.pid))
        time.sleep(0.05)
    if running.returncode:
        raise SystemExit(f"{' '.join(command[3:])} ended with status {running.returncode}")
    return time.perf_counter() - start, sum(spent.values())


def seconds_of_session(session: int) -> Iterator[tuple[str, float]]:
    """The CPU seconds so far of each process of a session, by its number: nobody waits for Java, so that no sum of children tells them."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (process / "stat").read_text().rpartition(")")[2].split()
            if int(told[3]) == session:
                yield process.name, (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("sizes", nargs="*", type=int, default=[20, 200, 2000])
    words.add_argument("--cores", type=int, default=2)
    asked = words.parse_args()
    print(f"{'meetings':>9} {'jobs wall':>10} {'jobs CPU':>9} {'Spark wall':>11} {'Spark CPU':>10} {'wall ratio':>11} {'CPU ratio':>10}")
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as scratch:
            minutes = Path(scratch) / "minutes"
            minutes.mkdir()
            for invented in invent(size, SEED):
                (minutes / invented.name).write_text(invented.text, encoding="utf-8")
            plain = measure(minutes, Path(scratch) / "plain", "--jobs", str(asked.cores))
            spark = measure(minutes, Path(scratch) / "spark", "--spark", f"local[{asked.cores}]")
            ratios = f"{spark[0] / plain[0]:>11.2f} {spark[1] / plain[1]:>10.2f}"
            print(f"{size:>9,} {plain[0]:>10.1f} {plain[1]:>9.1f} {spark[0]:>11.1f} {spark[1]:>10.1f} {ratios}", flush=True)


if __name__ == "__main__":
    main()
