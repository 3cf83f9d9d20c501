"""Minutes, repeated under invented titles and dates, go in; the speed and memory of a build, against a bare bulk load, come out.

    python benchmarks/build.py                # 1, 10 and 100 times the minutes of ../shared, or else of examples/
    python benchmarks/build.py --times 1 10

Each size runs in a process of its own, so that its peak memory is its own. The ratio is a build's wall time to the time that
pyoxigraph needs to bulk-load the very N-Quads of that build into a store on the same disk.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pyoxigraph  # noqa: E402

from graph.build import build  # noqa: E402
from graph.store import Store  # noqa: E402
from graph.tables import Table  # noqa: E402
from output.tables_text import as_columns  # noqa: E402

SUBJECTS = ["山林", "河川", "橋梁", "港灣", "公園", "步道", "市場", "消防", "環保", "社福"]
TASKS = ["巡查", "規劃", "推廣", "訓練", "調查", "宣導", "檢測", "補助", "整建", "交流"]
COLUMNS = (
    "times",
    "meetings",
    "characters",
    "triples",
    "seconds",
    "meetings/s",
    "characters/s",
    "triples/s",
    "peak MB",
    "bulk load s",
    "ratio",
)
YEAR_SPAN = 4


def invent(text: str, copy: int) -> str:
    """The text as minutes of another group, in other years, on other cases; copy 0 is the text itself without the days of the week.

    >>> invent("2019 雙北合作「教育文化組」第 1 次：108 年 1 月 25 日（星期五）「行動天文館校園趴趴」案", 11)
    '2023 雙北合作「河川規劃組」第 1 次：112 年 1 月 25 日「河川規劃：行動天文館校園趴趴」案'
    """
    text = re.sub(r"（星期.）", "", text)
    if copy == 0:
        return text
    name = SUBJECTS[copy // 10 % 10] + TASKS[copy % 10]
    shift = YEAR_SPAN * (copy % 5)
    text = re.sub(r"\b20([12]\d)(?!\d)", lambda found: str(2000 + int(found[1]) + shift), text)
    text = re.sub(r"(?<!\d)1([01]\d)(?= ?年)", lambda found: str(100 + int(found[1]) + shift), text)
    text = re.sub(r"「(?!教育文化組)([^「」]{6,})」", rf"「{name}：\1」", text)
    return text.replace("教育文化組", f"{name}組")


def minutes() -> list[Path]:
    """The minutes beside the project, or else the examples."""
    beside = ROOT.parent / "shared" / "minutes"
    folder = beside if beside.is_dir() else ROOT / "examples"
    return sorted(folder.glob("*.txt"))


def measure(times: int) -> tuple[str, ...]:
    """One row: the minutes so many times over, built, and their N-Quads loaded."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "minutes").mkdir()
        characters = 0
        for copy in range(times):
            for file in minutes():
                text = invent(file.read_text(encoding="utf-8"), copy)
                characters += len(text)
                (folder / "minutes" / f"{copy:04}-{file.name}").write_text(text, encoding="utf-8")
        started = time.perf_counter()
        with Store.open(folder / "kg", create=True) as store:
            summary = build([folder / "minutes"], store, iris=store.iris)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with Store.open(folder / "kg", read_only=True) as store:
            lines = store.nquads()
        quads = "\n".join(lines).encode("utf-8")
        started = time.perf_counter()
        bare = pyoxigraph.Store(str(folder / "bare"))
        bare.bulk_load(quads, pyoxigraph.RdfFormat.N_QUADS)
        bare.flush()
        loading = time.perf_counter() - started
    counts = (summary.meetings, characters, len(lines))
    rates = (f"{count / seconds:.0f}" for count in counts)
    return (str(times), *map(str, counts), f"{seconds:.2f}", *rates, f"{peak:.0f}", f"{loading:.2f}", f"{seconds / loading:.1f}")


def main() -> None:
    """Print a table with a row a size."""
    parser = argparse.ArgumentParser(description="Speed and memory of a build.")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one is not None:
        print(json.dumps(measure(asked.one)))
        return
    rows = []
    for times in asked.times:
        done = subprocess.run([sys.executable, __file__, "--one", str(times)], check=True, capture_output=True, text=True)
        rows.append(tuple(json.loads(done.stdout)))
    print(as_columns(Table(COLUMNS, tuple(rows)), width=140, right=COLUMNS))


if __name__ == "__main__":
    main()
