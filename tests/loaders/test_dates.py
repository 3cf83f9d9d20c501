"""Dates and times as minutes write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import dates
from loaders.folding import fold_words


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("108年1月25日（星期五）", "2019-01-25"),
        ("中華民國 102 年 7 月 25 日", "2013-07-25"),
        ("九十一年十二月三十日", "2002-12-30"),
        ("一百零八年十月九日", "2019-10-09"),
        ("108.10.09", "2019-10-09"),
        ("2022/03/07 10:00", "2022-03-07"),
        ("一〇八年廿三月三日", ""),
    ],
)
def test_a_date_in_any_spelling(words: str, date: str) -> None:
    found = dates.find_date(fold_words(words))
    assert (found[0] if found else "") == date


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("上午十時整", ["10:00"]),
        ("下午 2 時 30 分至 4 時", ["14:30", "16:00"]),
        ("10:30~12:00", ["10:30", "12:00"]),
        ("下午14時00分", ["14:00"]),
        ("中午12時5分", ["12:05"]),
        ("下午2時半", ["14:30"]),
        ("中午1時", ["13:00"]),
    ],
)
def test_times_of_day(words: str, times: list[str]) -> None:
    assert [time for time, _, _ in dates.find_times(fold_words(words))] == times


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 12, 31)))
def test_a_date_there_and_back(date: datetime.date) -> None:
    words = f"{date.year - 1911}年{date.month}月{date.day}日"
    found = dates.find_date(words)
    assert found is not None
    assert found[0] == date.isoformat()
