"""Our own reading of what became of each dated thing that the thirteen meetings asked for, line by line; there is no other gold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import excerpt, named
from graph.build import build
from graph.promises import overdue
from graph.store import Store

EXAMPLES = Path(__file__).parents[2] / "examples"

# Meeting, words of what was asked, state, and the meeting that tells of it.
DATED = (
    ("2019-1", "市長層級會議提請解列", "elsewhere", ""),
    ("2019-1", "科學教育嘉年華", "unreported", ""),  # 2019-3 says only that the first year went well
    ("2019-1", "於第 2 次教育文化小組會議上提案", "reported", "2019-2"),  # 酷課學園網路學校課程 is put forward there
    ("2019-2", "於 7 月前提出雙北聯合行銷方案", "unreported", ""),  # 2019-3 speaks of OpenID alone
    ("2019-2", "於 7 月份提報上半年度副市長層級會議", "elsewhere", ""),  # dated, but to be answered at that level
    ("2019-2", "日偏蝕", "unreported", ""),
    ("2019-2", "將亮點於下半年度副市長層級會議提報", "elsewhere", ""),
    ("2019-2", "在下次教育文化小組會議上提出新案", "reported", "2019-3"),  # two proposals
    ("2019-3", "於本次市長層級會議提請解除列管", "elsewhere", ""),  # OpenID
    ("2019-3", "請於本次市長層級會議提請解除列管", "elsewhere", ""),  # 行動天文館
    ("2019-3", "於下次會議說明本案成果", "unreported", ""),  # 2019-4 asks for data on 多元培力班, and tells no result
    ("2019-3", "提請副首長層級會議同意", "elsewhere", ""),
    ("2019-3", "於下次會議前填報執行情", "unreported", ""),  # the list is an attachment, not loaded
    ("2020-1", "於下次會議前查明結果", "unreported", ""),  # 高中跨校選修 is never spoken of again
    ("2020-1", "於下次會議轉為常態性合作", "reported", "2020-2"),  # made regular, and put up for delisting
    ("2020-2", "請於副市長層級會議上提請解除列管", "elsewhere", ""),  # 家庭教育
    ("2020-2", "於副市長層級會議上提請解除列管", "elsewhere", ""),  # 校園防疫
    ("2020-2", "邀兩市文化局與會", "unreported", ""),
    ("2021-1", "於一周內答覆可否支援", "unreported", ""),  # 2021-2 closes the case without an answer
    ("2021-2", "新北市圖書館的資源能否串接", "reported", "2021-3"),  # 連結專區 stands
    ("2021-3", "於下次會議時提出有機會合作的議題", "unreported", ""),  # 2021-4 has no new proposal
    ("2021-4", "於下次小組會議用簡報介紹", "unreported", ""),
    ("2021-4", "於下年度改從解決問題", "partly", "2022-1"),  # one proposal so far, and the year isn't over
    ("2022-1", "於下次小組會議專案報告共同學區", "not-yet-due", ""),
)
# Without a date, and yet spoken of later.
UNDATED = (
    ("2019-2", "建議列為例行合作", "reported", "2021-1"),
    ("2020-2", "圖書館電子書是否比照開放", "reported", "2021-3"),
    ("2020-2", "體衛科在會後了解狀況", "reported", "2020-3"),  # 競賽場館: 感謝教育局, 已徵得同意
    ("2021-2", "關心、輔導無照駕駛的學生", "superseded", "2021-3"),  # asked in the same words
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        build([EXAMPLES], opened, iris=opened.iris)
        yield opened


@pytest.fixture(scope="module")
def rows(store: Store) -> list[dict[str, str]]:
    name = {row["meeting"]: f"{row['year']}-{row['ordinal']}" for row in named.ask(store, "meetings").records()}
    found = named.ask(store, "promises").records()
    return [{**row, "meeting": name[row["meeting"]], "report_meeting": name.get(row["report_meeting"], "")} for row in found]


@pytest.mark.parametrize(("meeting", "words", "state", "told_at"), DATED + UNDATED)
def test_what_became_of_it(rows: list[dict[str, str]], meeting: str, words: str, state: str, told_at: str) -> None:
    fitting = [row for row in rows if row["meeting"] == meeting and words in row["quote"]]
    assert fitting
    assert {(row["state"], row["report_meeting"]) for row in fitting} == {(state, told_at)}
    assert all(bool(row["report_quote"]) == bool(told_at) for row in fitting)


def test_every_dated_directive_is_read_and_no_other_is_said_to_be_answered(rows: list[dict[str, str]]) -> None:
    assert len([row for row in rows if row["due"]]) == len(DATED)
    answered = {row["quote"] for row in rows if not row["due"] and row["state"] != "undated"}
    assert len(answered) == len(UNDATED)


@pytest.mark.parametrize(
    ("as_of", "words", "state"),
    [
        ("2021-11-30", "新北市圖書館的資源能否串接", "not-yet-due"),
        ("2021-12-03", "新北市圖書館的資源能否串接", "reported"),
        ("2020-06-04", "圖書館電子書是否比照開放", "undated"),
        ("2019-11-30", "日偏蝕", "not-yet-due"),
    ],
)
def test_it_can_be_told_as_it_stood_then(store: Store, rows: list[dict[str, str]], as_of: str, words: str, state: str) -> None:
    with excerpt.until(store, as_of) as past:
        stood = {row["directive"]: row["state"] for row in named.ask(past, "promises").records()}
    assert {stood[row["directive"]] for row in rows if words in row["quote"]} == {state}
    assert set(stood) == {row["directive"] for row in rows if row["date"] <= as_of}


@pytest.mark.parametrize(
    ("state", "due", "as_of", "late"),
    [
        ("unreported", "next-meeting", "2022-02-22", True),
        ("not-yet-due", "next-meeting", "2023-01-01", False),  # nobody knows whether it was held
        ("partly", "2022", "2022-12-31", False),
        ("partly", "2022", "2023-01-01", True),
        ("unreported", "year-end", "2021-12-31", False),
        ("unreported", "year-end", "2022-01-01", True),
        ("reported", "2021-05", "2022-01-01", False),
        ("superseded", "2021-05", "2022-01-01", False),
        ("elsewhere", "2021-05", "2022-01-01", False),
        ("undated", "", "2022-01-01", False),
    ],
)
def test_overdue_is_what_was_due_before_and_is_not_reported(state: str, due: str, as_of: str, late: bool) -> None:
    assert overdue(state, due, "2021-03-16", as_of) is late
