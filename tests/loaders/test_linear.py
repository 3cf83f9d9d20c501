"""Lines made to be hard cost time in proportion to their length: ten times the length never costs forty times the time."""

from __future__ import annotations

import time

import pytest

from loaders.minutes import read
from ontology import gazetteer
from ontology.records import Document

HARD = {
    "asks": "請",
    "quotation marks": "「",
    "nested quotation marks": "「『",
    "bureaus": "新北市政府教育局",
    "conditions": "俟後再提請",
    "commas": "，",
    "dates": "108年1月",
    "titles": "會議紀錄",
    "levels": "提報副市長層級會議",
    "places": "淡水、",
    "brackets": "（一）",
    "spaces": "　",
}


def cpu_seconds(line: str) -> float:
    document = Document("hard.txt", f"裁示：\n一、{line}\n", "0" * 64)
    start = time.process_time()
    read(document, gazetteer.load())
    return time.process_time() - start


@pytest.mark.parametrize("unit", HARD.values(), ids=HARD.keys())
def test_time_grows_with_length(unit: str) -> None:
    cpu_seconds(unit * 100)
    short = min(cpu_seconds(unit * (10_000 // len(unit))) for _ in range(3))
    assert cpu_seconds(unit * (100_000 // len(unit))) < 40 * max(short, 0.002)
