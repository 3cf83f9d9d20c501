"""Checking a store by the shapes, in SPARQL and in SHACL, beside building it, for 13, 130 and 1,000 invented minutes.

Each size runs in a process of its own, in memory. Seconds are CPU seconds of that one run; the ratios are what to quote. pySHACL is
measured up to 50 meetings only, for beyond it takes minutes.

    python benchmarks/validate.py                 # or name the sizes: python benchmarks/validate.py 13 130
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from importlib import resources
from pathlib import Path

from pyshacl import validate
from rdflib import Graph

from graph.build import build
from graph.checks import check
from graph.store import MEMORY, Store
from invent import invent

SEED = 1
SIZES = (13, 130, 1000)
SHACL_UP_TO = 50


def measure(size: int) -> str:
    """One line of figures for a number of minutes."""
    with tempfile.TemporaryDirectory() as scratch, Store.open(MEMORY) as store:
        for invented in invent(size, SEED):
            (Path(scratch) / invented.name).write_text(invented.text, encoding="utf-8")
        start = time.process_time()
        build([Path(scratch)], store, iris=store.iris)
        built = time.process_time() - start
        start = time.process_time()
        found = check(store)
        checked = time.process_time() - start
        lines = {line.rpartition(" <")[0] + " ." for line in store.nquads()}
    by_shacl = _by_pyshacl(lines, built) if size <= SHACL_UP_TO else f"{'—':>10} {'—':>8}"
    return f"{size:>9,} {len(lines):>10,} {built:>8.2f} {len(found):>9,} {checked:>9.2f} {checked / built:>8.2f} {by_shacl}"


def _by_pyshacl(lines: set[str], built: float) -> str:
    """The seconds of pySHACL with all shapes, reading the facts not among them, and their ratio to the build's."""
    data = Graph().parse(data="\n".join(lines), format="nt")
    shapes = Graph().parse(data=(resources.files("ontology") / "shapes.ttl").read_text("utf-8"), format="turtle")
    start = time.process_time()
    validate(data, shacl_graph=shapes)
    seconds = time.process_time() - start
    return f"{seconds:>10.2f} {seconds / built:>8.1f}"


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:] if size.isdigit()] or list(SIZES)
    if sys.argv[1:2] == ["--one"]:
        print(measure(sizes[0]))
        return
    heads = ("meetings", "triples", "build s", "findings", "SPARQL s", "÷ build", "pySHACL s", "÷ build")
    print("{:>9} {:>10} {:>8} {:>9} {:>9} {:>8} {:>10} {:>8}".format(*heads))
    for size in sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip(), flush=True)


if __name__ == "__main__":
    main()
