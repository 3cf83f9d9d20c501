"""Groups of one name that different cities hold: never taken for one, whatever the minutes leave out of their titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store

BODY = """
壹、時間：{date}（星期二）下午2時

貳、地點：{venue}

參、主席：王科長大同

紀錄：李小美

肆、出席：{present}

伍、報告事項

裁示：

- 一、項次1「河岸自行車道照明改善」案，請{asked}於下次會議報告，本案持續列管。

陸、散會：下午3時
"""
RIVER = {
    "date": "120年3月4日",
    "venue": "基隆市政府工務處會議室",
    "present": "基隆市政府工務處、桃園市政府工務局",
    "asked": "桃園市政府工務局",
}
OTHER = {
    "date": "120年3月4日",
    "venue": "基隆市政府工務處會議室",
    "present": "基隆市政府工務處、宜蘭縣政府工務處",
    "asked": "宜蘭縣政府工務處",
}


def stated(folder: Path, **minutes: str) -> tuple[int, int, int]:
    """How many meetings, groups and cases a store of minutes holds."""
    for name, text in minutes.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with Store.open(":memory:") as store:
        build([folder], store, iris=store.iris)

        def count(pattern: str) -> int:
            return int(store.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}").rows[0][0])

        return count("?x a cc:Meeting"), count("?m cc:group ?x"), count("?x a cc:Case")


@pytest.mark.parametrize(
    ("title", "of_others"),
    [
        ("120年基隆市、桃園市「河岸組」第1次會議紀錄", "120年基隆市、宜蘭縣「河岸組」第1次會議紀錄"),
        ("120年河岸工作小組第1次會議紀錄", "120年河岸工作小組第1次會議紀錄"),
    ],
    ids=["cities in the title", "cities present"],
)
def test_groups_of_one_name_and_other_cities_are_two(title: str, of_others: str, tmp_path: Path) -> None:
    assert stated(tmp_path, one=title + BODY.format(**RIVER), two=of_others + BODY.format(**OTHER)) == (2, 2, 2)


def test_a_group_of_the_same_cities_is_one(tmp_path: Path) -> None:
    later = {**RIVER, "date": "120年6月4日", "venue": "桃園市政府工務局會議室"}
    title = "120年基隆市、桃園市「河岸組」第{}次會議紀錄"
    first, second = title.format(1) + BODY.format(**RIVER), title.format(2) + BODY.format(**later)
    assert stated(tmp_path, one=first, two=second)[:2] == (2, 1)


def test_a_group_that_nothing_tells_stays_in_its_document(tmp_path: Path) -> None:
    nobody = {"date": "120年3月4日", "venue": "三樓會議室", "present": "王大同、李小美", "asked": "承辦單位"}
    text = "120年河岸工作小組第1次會議紀錄" + BODY.format(**nobody)
    assert stated(tmp_path, one=text, two=text.replace("三樓", "四樓"))[1] == 2
