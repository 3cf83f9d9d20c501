"""Dates and times of the minutes, in words or digits, to ISO dates, months, years and HH:MM."""

from __future__ import annotations

import datetime

from loaders import rules

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "元": 1, "兩": 2}
_TENS = {"十": 10, "廿": 20, "卅": 30}


def number(words: str) -> int | None:
    """A whole number below 1000 in digits or Chinese numerals, else None.

    >>> [number(words) for words in ("108", "十", "廿三", "九十一", "一百零八", "一〇八", "第")]
    [108, 10, 23, 91, 108, 108, None]
    """
    if words.isascii() and words.isdecimal():
        return int(words)
    if not words or any(c not in _DIGITS and c not in _TENS and c != "百" for c in words):
        return None
    if not any(c in _TENS or c == "百" for c in words):
        return int("".join(str(_DIGITS[c]) for c in words))
    total = digit = 0
    for c in words:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            total, digit = total + (_TENS[c] if c != "十" else (digit or 1) * 10), 0
    return total + digit


def year(words: str) -> int | None:
    """A year of the common era from words for a year, Republic of China years counted on from 1911.

    >>> [year(words) for words in ("108", "2019", "九十一")]
    [2019, 2019, 2002]
    """
    value = number(words)
    if value is None or value == 0:
        return None
    return value if value >= 1900 else value + 1911


def iso_date(year_: int, month: int, day: int) -> str:
    """An ISO date, or empty where there is no such day.

    >>> iso_date(2019, 1, 25), iso_date(2019, 2, 30)
    ('2019-01-25', '')
    """
    try:
        return datetime.date(year_, month, day).isoformat()
    except ValueError:
        return ""


def find_date(text: str) -> tuple[str, int, int] | None:
    """The first whole date in a folded text: ISO date, start, end; None where there is none.

    >>> find_date("時間:108年1月25日(星期五)下午2時")
    ('2019-01-25', 3, 12)
    """
    for rule in rules.family("date"):
        for found in rule.pattern.finditer(text):
            year_, month, day = year(found["year"]), number(found["month"]), number(found["day"])
            if year_ and month and day and (date := iso_date(year_, month, day)):
                return date, found.start(), found.end()
    return None


def find_times(text: str) -> list[tuple[str, int, int]]:
    """Times of day in a folded text: HH:MM, start, end. A time without 上午 or 下午 takes the half of the day of the time before it.

    >>> find_times("下午2時至4時30分")
    [('14:00', 0, 4), ('16:30', 5, 10)]
    """
    found_times: list[tuple[str, int, int]] = []
    half = ""
    for found in rules.pattern("time.of-day").finditer(text):
        hour = number(found["hour"] or found["clock_hour"])
        minute = 30 if found["half_past"] else number(found["minute"] or found["clock_minute"] or "0")
        half = found["half"] or half
        if hour is None or minute is None or hour > 24 or minute > 59:
            continue
        if half in ("下午", "晚上", "晚間", "午後", "傍晚") and hour < 12:
            hour += 12
        if half == "中午" and hour < 10:
            hour += 12
        found_times.append((f"{hour % 24:02}:{minute:02}", found.start(), found.end()))
    return found_times


def days_after(date: str, days: int) -> str:
    """The ISO date a number of days after an ISO date.

    >>> days_after("2021-03-16", 7)
    '2021-03-23'
    """
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days=days)).isoformat()
