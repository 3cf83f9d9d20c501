"""Characters a second from text to records, as a ratio to jieba's part-of-speech tagging of the same text, in one run.

jieba tags the text converted to simplified characters, where it is fastest (on Traditional text it is many times slower). Figures are CPU
seconds, so that other work on the machine counts for little; the ratio is what to quote. The second table shows how time grows with
length, the third that lines made to be hard take no longer a character.

    python benchmarks/read.py                  # examples/, or name a file of minutes
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba.posseg
import opencc

from loaders import documents, minutes
from ontology import gazetteer
from ontology.records import Document

RUNS = 5
HARD = {
    "請 again and again": "請" * 100_000,
    "open quotation marks": "「" * 100_000,
    "bureaus in a row": "新北市政府教育局" * 12_500,
    "half of a delisting": "俟" + "後再提請" * 25_000,
    "commas": "，" * 100_000,
    "numbers": "１０８年１月" * 16_666,
    "titles that never end": "會議" * 50_000,
}


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or sorted((Path(__file__).parents[1] / "examples").glob("*.txt"))
    text = "\n".join(documents.read(path).text for path in paths)
    words = gazetteer.load()
    read = lambda told: minutes.read(Document("benchmark.txt", told, "0" * 64), words)  # noqa: E731
    simplified = opencc.OpenCC("t2s").convert(text)
    read(text)
    list(jieba.posseg.cut("热身"))
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(len(text) / cpu_seconds(lambda: read(text)))
        theirs.append(len(simplified) / cpu_seconds(lambda: list(jieba.posseg.cut(simplified))))
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    print(f"{len(text):,} characters, {RUNS} runs, characters a CPU second (minimum, median, maximum)")
    for name, figures in (("text to records", ours), ("jieba part-of-speech, simplified", theirs)):
        print(f"  {name:34} {min(figures):>10,.0f} {statistics.median(figures):>10,.0f} {max(figures):>10,.0f}")
    print(f"  {'ratio, pair by pair':34} {min(ratios):>10.1f} {statistics.median(ratios):>10.1f} {max(ratios):>10.1f}")
    print("meetings, microseconds a character")
    for times in (1, 10, 100):
        many = "\n".join([text] * times)
        seconds = cpu_seconds(lambda many=many: read(many))  # type: ignore[misc]
        print(f"  {13 * times:>6,} {1e6 * seconds / len(many):>8.2f}")
    print("lines of 100,000 characters made to be hard, microseconds a character")
    for name, line in HARD.items():
        whole = f"裁示：\n一、{line}\n"
        print(f"  {name:34} {1e6 * cpu_seconds(lambda whole=whole: read(whole)) / len(whole):>8.2f}")  # type: ignore[misc]


if __name__ == "__main__":
    main()
