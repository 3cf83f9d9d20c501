"""Building a store, and how it compares to merely bulk-loading the same N-Quads, for 13, 130 and 1,300 invented minutes.

Each size is built in a process of its own, whose peak memory is told. Seconds are CPU seconds; the ratio is what to quote.

    python benchmarks/build.py                 # or name the sizes: python benchmarks/build.py 13 130
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph

from graph.build import build
from graph.store import Store
from invent import invent
from ontology.iris import Iris

SEED = 1


def measure(size: int) -> str:
    """One line of figures for a number of minutes."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "minutes"
        folder.mkdir()
        characters = 0
        for invented in invent(size, SEED):
            characters += len(invented.text)
            (folder / invented.name).write_text(invented.text, encoding="utf-8")
        start = time.process_time()
        with Store.open(Path(scratch) / "store", create=True) as store:
            summary = build([folder], store, iris=Iris(store.base))
            built = time.process_time() - start
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            lines = store.nquads()
        quads = "\n".join(lines).encode()
        start = time.process_time()
        pyoxigraph.Store(str(Path(scratch) / "bulk")).bulk_load(quads, format=pyoxigraph.RdfFormat.N_QUADS)
        loaded = time.process_time() - start
    rates = f"{summary.meetings / built:>9,.0f} {characters / built:>12,.0f} {len(lines) / built:>10,.0f}"
    return f"{summary.meetings:>9,} {characters:>11,} {len(lines):>10,} {built:>8.2f} {rates} {memory:>8,.0f} {built / loaded:>7.1f}"


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(measure(int(sys.argv[2])))
        return
    heads = ("meetings", "characters", "triples", "CPU s", "meet./s", "char./s", "triples/s", "MiB", "÷ load")
    print("{:>9} {:>11} {:>10} {:>8} {:>9} {:>12} {:>10} {:>8} {:>7}".format(*heads))
    for size in [int(size) for size in sys.argv[1:]] or [13, 130, 1300]:
        command = [sys.executable, __file__, "--one", str(size)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip(), flush=True)


if __name__ == "__main__":
    main()
