"""By when something is asked: the words of time as they stand, and what they mean for a meeting of 4 June 2031."""

from __future__ import annotations

import pytest

from loaders.due import find_due
from loaders.folding import fold
from ontology.records import Meeting

JUNE = Meeting("2031雙北合作「校園組」第2次小組會議紀錄", "雙北", "校園組", 2031, 2, "2031-06-04")


@pytest.mark.parametrize(
    ("words", "due", "said"),
    [
        ("請於 8 月前規劃", "2031-08", "8月前"),
        ("請於 5 月前規劃", "2032-05", "5月前"),
        ("請於明年 8 月前規劃", "2032-08", "明年8月前"),
        ("由某局於明年 1 月前擔任窗口", "2032-01", "明年1月前"),
        ("請於今年 8 月底前完成", "2031-08", "今年8月底前"),
        ("明年 3 月 1 日前函復", "2032-03-01", "明年3月1日前"),
        ("請於本年 12 月 31 日前提出", "2031-12-31", "本年12月31日前"),
        ("請於月底前完成", "2031-06", "月底前"),
        ("請於本（六）月底前完成", "2031-06", "本(六)月底前"),
        ("請於次月底前完成", "2031-07", "次月底前"),
        ("下個月 15 日前函復", "2031-07-15", "下個月15日前"),
        ("請於本月 20 日前函復", "2031-06-20", "本月20日前"),
        ("請於下半年提出", "", "下半年"),
        ("請於年底前完成", "year-end", "年底前"),
        ("請於 120 年底前完成", "year-end", "120年底前"),
        ("請於 121 年底前完成", "2032", "121年底前"),
        ("請於明年底前完成", "2032", "明年底前"),
        ("請於明年度提出", "2032", "明年度"),
    ],
)
def test_a_year_that_is_told_from_the_meeting_s_is_that_year(words: str, due: str, said: str) -> None:
    compact = fold(words).compact().text
    found = find_due(compact, JUNE)
    assert found is not None
    assert (found[0], compact[found[1] : found[2]]) == (due, said)


@pytest.mark.parametrize("words", ["前於 119 年底前完成", "本案於 2030 年 3 月 1 日完成", "已於本月 2 日完成", "於每月 5 日前填報"])
def test_what_is_past_or_names_no_time_is_not_due(words: str) -> None:
    found = find_due(fold(words).compact().text, JUNE)
    assert found is None or found[0] == ""


def test_the_month_behind_december_is_of_the_next_year() -> None:
    december = Meeting("會議紀錄", "雙北", "校園組", 2031, 4, "2031-12-10")
    assert [(find_due(words, december) or ("none",))[0] for words in ("於次月底前", "下月5日前", "於月底前")] == [
        "2032-01",
        "2032-01-05",
        "2031-12",
    ]
