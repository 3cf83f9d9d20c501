"""How invented cases are related, by what the rulings on one say of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import named
from graph.build import build
from graph.store import Store
from ontology.iris import Iris

MINUTES = """2023 雙北合作「交通運輸組」第 {n} 次小組會議紀錄
時間：112 年 {month} 月 5 日
地點：新北市政府交通局
主席：林副局長大同
歷次持續合作方案
主席裁示：
{items}
散會：下午 3 時
"""
PARENT = "「河岸自行車道整修」案"
CHILD = "「觀景平臺夜間照明補助」案"


def relations(folder: Path, *rulings: str) -> list[tuple[str, str, str, str]]:
    """(case, relation, meeting from, meeting to) of minutes whose rulings are given meeting by meeting."""
    for n, ruling in enumerate(rulings, 1):
        items = "\n".join(f"{'一二三四五'[i]}、{item}" for i, item in enumerate(ruling.split("\n")))
        (folder / f"{n}.txt").write_text(MINUTES.format(n=n, month=2 * n, items=items), encoding="utf-8")
    with Store.open(":memory:") as store:
        build([folder], store, iris=Iris(store.base))
        titles = {row["case"]: row["title"] for row in named.ask(store, "cases").records()}
        steps = [row for row in named.ask(store, "lineage").records() if row["relation"] != "continues"]
    meeting = lambda event: event.split("/event/")[0].rpartition("/")[2]  # noqa: E731
    return sorted((titles[row["case"]], row["relation"], meeting(row["from_event"]), meeting(row["to_event"])) for row in steps)


def test_a_case_that_the_meeting_before_spoke_of_split_from_it_and_went_back(tmp_path: Path) -> None:
    assert relations(
        tmp_path,
        f"{PARENT}，另請研議觀景平臺夜間照明補助之可能，本案持續列管。",
        f"{PARENT}，本案持續列管。\n{CHILD}，請兩市研議，本案持續列管。",
        f"{PARENT}，觀景平臺照明併同施作，本案持續列管。",
    ) == [
        ("觀景平臺夜間照明補助", "merges-into", "2023-2", "2023-3"),
        ("觀景平臺夜間照明補助", "splits-from", "2023-1", "2023-2"),
    ]


def test_an_earlier_mention_that_is_not_of_the_meeting_before_only_relates(tmp_path: Path) -> None:
    assert relations(
        tmp_path,
        f"{PARENT}，另請研議觀景平臺夜間照明補助之可能，本案持續列管。",
        f"{PARENT}，本案持續列管。",
        f"{PARENT}，本案持續列管。\n{CHILD}，請兩市研議，本案持續列管。",
    ) == [("觀景平臺夜間照明補助", "related", "2023-1", "2023-3")]


@pytest.mark.parametrize(
    "ruling", ["請兩市共同研議合作方案並提報辦理進度，本案持續列管。", "觀景平臺已完工，本案持續列管。", "夜間照明另案辦理，本案持續列管。"]
)
def test_words_of_the_genre_or_a_few_shared_ones_relate_nothing(tmp_path: Path, ruling: str) -> None:
    assert relations(tmp_path, f"{PARENT}，{ruling}", f"{PARENT}，本案持續列管。\n{CHILD}，本案持續列管。") == []


OTHER = "「堤外停車場收費共用」案"


def basis(folder: Path, *rulings: str) -> list[tuple[str, str, str]]:
    """(case, relation, basis) of the relations that rulings give, meeting by meeting."""
    relations(folder, *rulings)
    with Store.open(":memory:") as store:
        build([folder], store, iris=Iris(store.base))
        titles = {row["case"]: row["title"] for row in named.ask(store, "cases").records()}
        steps = [row for row in named.ask(store, "lineage").records() if row["relation"] != "continues"]
        quotes = [row["quote"] for row in named.ask(store, "evidence").records() if row["kind"] == "step"]
        assert all(any(title[:4] in quote for quote in quotes) for title in titles.values() if steps)
    return sorted((titles[row["case"]], row["relation"], row["basis"]) for row in steps)


@pytest.mark.parametrize(
    ("ruling", "mover", "relation"),
    [
        (f"{PARENT}，本案併入堤外停車場收費共用案辦理。", "河岸自行車道整修", "merges-into"),
        (f"{PARENT}，堤外停車場收費共用案併入本案，本案持續列管。", "堤外停車場收費共用", "merges-into"),
        (f"{PARENT}，另立堤外停車場收費共用案，本案持續列管。", "堤外停車場收費共用", "splits-from"),
        (f"{PARENT}，本案自堤外停車場收費共用案分出，本案持續列管。", "河岸自行車道整修", "splits-from"),
    ],
)
def test_what_a_ruling_says_of_two_cases_is_stated(tmp_path: Path, ruling: str, mover: str, relation: str) -> None:
    both = f"{PARENT}，本案持續列管。\n{OTHER}，本案持續列管。"
    assert basis(tmp_path, both, f"{ruling}\n{OTHER}，本案持續列管。") == [(mover, relation, "stated")]
