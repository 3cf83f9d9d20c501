"""Cases that are closed and yet spoken of, in the examples and in invented minutes."""

from __future__ import annotations

from pathlib import Path

from graph.build import build
from graph.contradictions import contradictions
from graph.store import Store
from tests.graph.invented import Item, Sitting, load, reading

EXAMPLES = Path(__file__).parents[2] / "examples"
CASE = "河岸自行車道照明改善"


def test_three_cases_of_the_examples_are_closed_more_than_once_or_put_up_again() -> None:
    with Store.open(":memory:") as store:
        build([EXAMPLES], store, iris=store.iris)
        found = contradictions(store)
    assert [(one.title, one.closing.date, [(ruled.date, ruled.outcome) for ruled in one.later]) for one in found] == [
        (
            "兩市合作檢核團膳業者豬肉使用情形，以維護學童安全",
            "2021-03-16",
            [("2021-08-25", "delisted"), ("2021-12-03", "delist-requested")],
        ),
        ("合作推廣臺北酷課雲-酷課學園網路學校課程", "2021-03-16", [("2021-08-25", "delisted"), ("2021-12-03", "delist-requested")]),
        ("共同合作就18歲以下設籍新北市之無照駕駛累犯實施關懷輔導", "2021-08-25", [("2021-12-03", "delist-requested")]),
    ]
    assert "同意解列" in found[0].closing.quote
    assert "照上次會議的決議解除列管" in found[0].later[0].quote


def test_a_request_closes_nothing_and_words_after_closing_are_listed() -> None:
    sittings = (
        Sitting(
            "2020-1", "2020-01-10", (Item(CASE, "請提請解除列管。", "delist-requested"), Item("水門巡檢演練", "解除列管。", "delisted"))
        ),
        Sitting("2020-2", "2020-02-10", (Item(CASE, "解除列管。", "delisted"),)),
        Sitting("2020-3", "2020-03-10", (Item(CASE, "感謝各單位。", "reported"),)),
    )
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", *sittings))
        (found,) = contradictions(store)
    assert (found.title, found.closing.date, [ruled.outcome for ruled in found.later]) == (CASE, "2020-02-10", ["reported"])
