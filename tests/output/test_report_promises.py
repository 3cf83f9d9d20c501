"""The ledger of promises by agency, overdue and as of a date, and the cases that were closed and yet treated, on the examples."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples") / "kg"
    with Store.open(folder, create=True) as store:
        build([EXAMPLES], store, iris=store.iris)
    return folder


def report(run: Run, kg: Path, *options: str) -> dict[str, list[dict[str, str]]]:
    status, out, err = run("report", *options, "--store", kg, "--format", "json")
    assert (status, err) == (0, "")
    found: dict[str, list[dict[str, str]]] = json.loads(out)
    return found


def test_overdue_is_what_was_due_and_not_reported(run: Run, kg: Path) -> None:
    rows = report(run, kg, "promises", "--overdue")["rows"]
    assert len(rows) == 10
    assert {row["state"] for row in rows} == {"unreported"}
    late = report(run, kg, "promises", "--overdue", "--as-of", "2023-01-01")
    assert len(late["rows"]) == 11  # what was asked for 2022, and answered in part
    assert any("2023-01-01" in str(line) for line in late["coverage"])


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("新北市政府/教育局", 5),  # 中等教育科 as below, and 兩局 in 2020-4
        ("新北市政府教育局", 5),
        ("中等教育科", 4),  # two in 2019-3, two in 2020-1
        ("新北市政府/體育處", 2),
    ],
)
def test_an_agency_answers_for_what_is_below_it(run: Run, kg: Path, key: str, count: int) -> None:
    everything = report(run, kg, "promises")["rows"]
    rows = report(run, kg, "promises", "--agency", key)["rows"]
    assert len(rows) == count
    assert all(row in everything for row in rows)


def test_an_agency_that_is_not_there_is_refused(run: Run, kg: Path) -> None:
    status, out, err = run("report", "promises", "--agency", "太空署", "--store", kg)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "no agency fits '太空署'" in err


def test_as_of_a_date_later_meetings_say_nothing(run: Run, kg: Path) -> None:
    rows = report(run, kg, "promises", "--as-of", "2021-08-25")["rows"]
    assert max(row["date"] for row in rows) == "2021-08-25"
    state = {row["quote"]: row["state"] for row in rows}
    assert [state[quote] for quote in state if "圖書館的資源能否串接" in quote] == ["not-yet-due"]
    assert report(run, kg, "promises", "--as-of", "2022-02-22")["rows"] == report(run, kg, "promises")["rows"]


@pytest.mark.parametrize("words", ["soon", "2021-13-01", "2021"])
def test_what_is_no_date_is_refused(run: Run, kg: Path, words: str) -> None:
    status, out, err = run("report", "promises", "--as-of", words, "--store", kg)
    assert (status, out) == (2, "")
    assert err == f"crosscity: '{words}' is not a date; write it as 2021-06-30\n"


def test_contradictions_show_the_words_at_both_ends(run: Run, kg: Path) -> None:
    rows = report(run, kg, "contradictions")["rows"]
    assert [(row["title"][:10], row["closed"], row["meeting"], row["outcome"]) for row in rows] == [
        ("兩市合作檢核團膳業者", "教育文化組 2021-1 (2021-03-16)", "教育文化組 2021-2 (2021-08-25)", "delisted"),
        ("兩市合作檢核團膳業者", "教育文化組 2021-1 (2021-03-16)", "教育文化組 2021-3 (2021-12-03)", "delist-requested"),
        ("合作推廣臺北酷課雲-", "教育文化組 2021-1 (2021-03-16)", "教育文化組 2021-2 (2021-08-25)", "delisted"),
        ("合作推廣臺北酷課雲-", "教育文化組 2021-1 (2021-03-16)", "教育文化組 2021-3 (2021-12-03)", "delist-requested"),
        ("共同合作就18歲以下", "教育文化組 2021-2 (2021-08-25)", "教育文化組 2021-3 (2021-12-03)", "delist-requested"),
    ]
    assert all("列" in row["closing_quote"] and "列" in row["quote"] for row in rows)
    _, shown, _ = run("report", "contradictions", "--store", kg)
    assert "教育文化組 2021-2 (2021-08-25): delisted, again" in shown


def test_what_was_asked_anew_is_not_called_reported(run: Run, kg: Path) -> None:
    _, shown, _ = run("report", "case", "無照駕駛", "--store", kg)
    assert "state: superseded\n    asked anew: 教育文化組 2021-3" in shown


def test_a_life_says_how_it_is_related_and_why_each_meeting_s_words_are_of_it(run: Run, kg: Path) -> None:
    _, shown, _ = run("report", "case", "新北市圖書館電子書", "--store", kg, "--lang", "en")
    told = " ".join(shown.split())
    assert "Split from 合作推廣臺北酷課雲-酷課學園網路學校課程: by rule" in told
    assert "Merged into 合作推廣臺北酷課雲-酷課學園網路學校課程: by rule" in told
    assert "why this case" not in told  # it is spoken of once
    _, parent, _ = run("report", "case", "酷課學園網路學校課程", "--store", kg, "--lang", "en")
    told = " ".join(parent.split())
    assert "新北市圖書館電子書資源可否提供臺北市學生使用 split from it: by rule" in told
    assert "why this case: likeness 1.00 · in common: 合作推廣" in told
    assert "why this case: likeness 0.55 · in common: 合作推廣臺北酷課雲, 課程 · open on the list of the meeting before, same group" in told
