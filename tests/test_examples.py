"""The example minutes: true to the public record, and in our own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph import named
from graph.build import build
from graph.store import Store
from ontology.iris import Iris

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
ORIGINALS = ROOT.parent / "shared" / "minutes"
LONGEST_SHARED_RUN = 16
# Facts that have to be the same: titles of meetings and cases, header lines, and the genre's set phrases.
FACTS = re.compile(
    r"^.*(?:會議紀錄|時間|地點|主席：|紀錄：|記錄：|散會|提案單位|案由|提案：).*$|「.*?」+|『.*?』|\d+年\d+月\d+日市長層級會議裁指示事項"
    r"|有關項次\d+|合作推廣臺北酷課雲-酷課學園網路學校課程|雙北合作共同申辦國際綜合性?賽會(?:及運動園區規劃報告)?|^.*辦理進度.*$|^.*新增合作方案.*$"
    r"|請新北支援專職人力進駐2025世壯會執行辦公室|新北市圖書館電子書資源可否提供臺北市學生使用|共同合作關懷18歲以下無照駕駛學生"
    r"|兩市共同學區教育資源之共享|提報(?:\d+月份)?[上下]半年度副市長層級會議|新北市教育局中教科與臺北市教育局資教科|合作檢核團膳業者豬肉使用|提報(?:副市長|府)層級會議後,?解除列管|(?:並?請於(?:本次)?副?市長層級會議)?提請(?:予以)?解(?:除列管|列)|列為(?:例行|常態)性?合作(?:方案|案件)?",
    re.MULTILINE,
)


def prose(text: str) -> str:
    """A text without facts and set phrases, white space and punctuation; these, and the end of a sentence, leave a break."""
    squeezed = "\n".join(re.sub(r"[ \u3000]", "", line) for line in text.splitlines())
    return re.sub(r"[^\w|]+", "", re.sub("[。；：]", "|", FACTS.sub("|", squeezed)).replace("\n", ""))


@pytest.fixture(scope="module")
def store() -> Store:
    held = Store.open(":memory:")
    build([EXAMPLES], held, iris=Iris(held.base))
    return held


@pytest.mark.shared
@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the original minutes do not lie beside the project")
def test_no_prose_of_the_originals_is_copied() -> None:
    originals = prose("\n".join(path.read_text("utf-8") for path in sorted(ORIGINALS.glob("*.txt"))))
    runs = {originals[i : i + LONGEST_SHARED_RUN] for i in range(len(originals) - LONGEST_SHARED_RUN + 1)}
    assert len(runs) > 1000
    for path in sorted(EXAMPLES.glob("*.txt")):
        ours = prose(path.read_text("utf-8"))
        shared = [run for i in range(len(ours)) if (run := ours[i : i + LONGEST_SHARED_RUN]) in runs and "|" not in run]
        assert shared == [], f"{path.name} repeats the original: {shared[0]}"


def test_thirteen_meetings_are_read_whole(store: Store) -> None:
    rows = named.ask(store, "meetings").records()
    assert [f"{row['year']}-{row['ordinal']}" for row in sorted(rows, key=lambda row: row["date"])] == [
        *("2019-1", "2019-2", "2019-3", "2019-4", "2020-1", "2020-2", "2020-3", "2020-4"),
        *("2021-1", "2021-2", "2021-3", "2021-4", "2022-1"),
    ]
    assert all(row["host"] and row["chair"] and row["recorder"] and row["start"] and row["end"] for row in rows)
    assert {row["date"]: row["host_basis"] for row in rows if row["mode"] == "video"} == dict.fromkeys(
        ("2021-08-25", "2021-12-03", "2021-12-30", "2022-02-22"), "inferred"
    )


def test_fourteen_cases_and_their_last_outcome(store: Store) -> None:
    cases = {row["title"]: (row["events"], row["outcome"]) for row in named.ask(store, "cases").records()}
    assert len(cases) == 14
    assert cases["雙北家庭教育資源共享"] == ("4", "delist-requested")
    assert cases["合作推廣臺北酷課雲-酷課學園網路學校課程"] == ("10", "delist-requested")
    assert cases["兩市共同學區教育資源之共享"] == ("1", "proposed")


def test_what_fell_silent_is_found(store: Store) -> None:
    assert [row["title"] for row in named.ask(store, "vanished").records()] == ["新北市圖書館電子書資源可否提供臺北市學生使用"]
    rhythm = {row["quarter"]: row["meetings"] for row in named.ask(store, "rhythm").records()}
    assert [quarter for quarter, meetings in rhythm.items() if meetings == "0"] == ["2020-Q3", "2021-Q2"]


def test_the_notice_says_that_these_are_not_the_official_minutes() -> None:
    notice = (EXAMPLES / "NOTICE.md").read_text("utf-8")
    assert "這不是正式會議紀錄" in notice
    assert "not the official minutes" in notice
