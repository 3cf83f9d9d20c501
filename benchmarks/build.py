"""Building a store, and how it compares to merely bulk-loading the same N-Quads, for thirteen invented meetings 1, 10 and 100 times.

Each copy of the examples gets a group, years and case titles of its own, so that nothing is read once and known ever after. Each size
is built in a process of its own, whose peak memory is told. Seconds are CPU seconds; the ratio is what to quote.

    python benchmarks/build.py                 # or name the sizes: python benchmarks/build.py 1 10
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph

from graph.build import build
from graph.store import Store
from ontology.iris import Iris

EXAMPLES = Path(__file__).parents[1] / "examples"
FIELDS = ("交通運輸", "環境資源", "觀光旅遊", "衛生社福", "都市發展", "產業經濟", "防災治安", "文化資產", "水利工程", "青年事務")
THINGS = ("步道", "橋梁", "公車", "燈會", "圖書", "球場", "市集", "堤防", "校園", "港口")


def invent(text: str, copy: int) -> str:
    """The examples' text as another group's: its own name, years and case titles."""
    field = FIELDS[copy % len(FIELDS)]
    name = f"{field}{copy // len(FIELDS) or ''}組"
    years = 20 * (copy // 50)
    thing = THINGS[copy // len(FIELDS) % len(THINGS)]
    text = text.replace("教育文化組", name).replace("教育文化小組", f"{name[:-1]}小組")
    text = re.sub(r"20(19|2[0-2])(?= ?雙北)", lambda found: str(int(found[0]) + years), text)
    text = re.sub(r"(10[89]|11[01])(?= ?年)", lambda found: str(int(found[0]) + years), text)
    return re.sub(r"酷課雲|家庭教育|青少年|無照駕駛|豬肉|綜合性?賽會|天文館|電子書", lambda found: f"{thing}{found[0]}{field[:2]}", text)


def measure(copies: int) -> str:
    """One line of figures for a number of copies."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "minutes"
        folder.mkdir()
        characters = 0
        for copy in range(copies):
            for name, text in texts.items():
                told = invent(text, copy)
                characters += len(told)
                (folder / f"{copy:04}-{name}.txt").write_text(told, encoding="utf-8")
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
    for copies in [int(size) for size in sys.argv[1:]] or [1, 10, 100]:
        command = [sys.executable, __file__, "--one", str(copies)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip(), flush=True)


if __name__ == "__main__":
    main()
