"""The lineage of invented cases over three invented meetings."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.lineage import Lineage, lineage
from graph.store import Store
from ontology.iris import Iris

MINUTES = """2023 雙北合作「交通運輸組」第 {n} 次小組會議紀錄

壹、時間：112 年 {month} 月 5 日（星期二）下午 2 時
貳、地點：新北市政府交通局 3 樓會議室
參、主席：林副局長大同
肆、歷次持續合作方案
主席裁示：
{items}
伍、散會：下午 3 時
"""
ITEMS = (
    "- 一、「共同整治河岸自行車道」案，請臺北市於下次會議提供路線圖，本案持續列管。\n- 二、「夜間接駁公車聯營」案，本案持續列管。",
    "- 一、「夜間接駁公車聯營」案，請於副市長層級會議提請解除列管。",
    "- 一、「共同整治河岸自行車道」案，臺北市已提供路線圖，本案解除列管。",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Lineage:
    folder = tmp_path_factory.mktemp("minutes")
    for n, items in enumerate(ITEMS, 1):
        (folder / f"{n}.txt").write_text(MINUTES.format(n=n, month=3 * n, items=items), encoding="utf-8")
    with Store.open(":memory:") as store:
        build([Path(folder)], store, iris=Iris(store.base))
        return lineage(store)


def test_a_column_a_meeting_in_the_order_of_dates(told: Lineage) -> None:
    assert [(column.name, column.date, column.host) for column in told.columns] == [
        ("2023-1", "2023-03-05", "新北市"),
        ("2023-2", "2023-06-05", "新北市"),
        ("2023-3", "2023-09-05", "新北市"),
    ]


def test_a_lane_a_case_with_a_mark_a_treatment(told: Lineage) -> None:
    lanes = {lane.title: [(mark.column, mark.outcome) for mark in lane.marks] for lane in told.lanes}
    assert lanes == {
        "共同整治河岸自行車道": [(0, "tracked"), (2, "delisted")],
        "夜間接駁公車聯營": [(0, "tracked"), (1, "delist-requested")],
    }


def test_meetings_that_leave_a_case_out_are_counted(told: Lineage) -> None:
    lanes = {lane.title: lane for lane in told.lanes}
    assert [mark.missed for mark in lanes["共同整治河岸自行車道"].marks] == [0, 1]
    assert [mark.missed for mark in lanes["夜間接駁公車聯營"].marks] == [0, 0]
    assert {lane.title: lane.left_out for lane in told.lanes} == {"共同整治河岸自行車道": 0, "夜間接駁公車聯營": 0}


def test_marks_hold_the_ruling_verbatim_passings_and_promises(told: Lineage) -> None:
    lanes = {lane.title: lane for lane in told.lanes}
    first = lanes["共同整治河岸自行車道"].marks[0]
    assert first.evidence.quote == "「共同整治河岸自行車道」案，請臺北市於下次會議提供路線圖，本案持續列管。"
    assert first.evidence.source == "1.txt"
    assert first.evidence.before == "- 一、"
    assert first.evidence.end - first.evidence.start == len(first.evidence.quote)
    assert [(promise.actors, promise.due) for promise in first.promises] == [(("臺北市政府",), "next-meeting")]
    assert lanes["夜間接駁公車聯營"].marks[1].passed == (("副市長層級會議", "delist"),)
    assert lanes["夜間接駁公車聯營"].cities == ()
