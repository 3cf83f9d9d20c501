"""The words of a directive in, by when it is due out: the next meeting, a whole or partial date, a level, or only words."""

from __future__ import annotations

import re

from loaders import dates, rules
from ontology.records import Meeting

_DAYS = {"日": 1, "天": 1, "周": 7, "週": 7, "星期": 7}
_BEFORE_A_TIME = re.compile("^(?:提報|提請|提送|於|在|至|到|訂於)")


def find_due(words: str, meeting: Meeting) -> tuple[str, int, int] | None:
    """Due (as the fact tables write it, empty where only words are given), and where its words start and end; None without any.

    Months and days without a year are the first such after the meeting's date; without that date they stay words.
    """
    for rule in rules.family("due"):
        for found in rule.pattern.finditer(words):
            due = _value(rule, found, meeting)
            if due is not None:
                start = found.start() + len(skipped[0] if (skipped := _BEFORE_A_TIME.match(found[0])) else "")
                return due, start, found.end()
    return None


def _value(rule: rules.Rule, found: re.Match[str], meeting: Meeting) -> str | None:
    """What a match means, or None where it means nothing here (a meeting long past, no such day)."""
    match rule.id.partition(".")[2]:
        case "next-meeting":
            return _next(found[0], meeting)
        case "numbered-meeting":
            ordinal = dates.number(found["ordinal"])
            return "next-meeting" if meeting.ordinal is not None and ordinal == meeting.ordinal + 1 else None
        case "date" | "dotted-date":
            return _day(found, meeting.date)
        case "month":
            given = _given_year(found["year"] or found["year2"], found["told"] or found["told2"], meeting.date)
            return _month(given, found["month"] or found["month2"], meeting.date)
        case "told-month":
            return _told_month(found, meeting.date)
        case "year-end":
            year = dates.year(found["year"]) if found["year"] else None
            told = meeting.date[:4] if meeting.date else ""
            return "year-end" if year is None or str(year) == told else str(year) if str(year) > told else None
        case "within":
            return _span(found, meeting.date)
        case "next-year":
            return str(int(meeting.date[:4]) + 1) if meeting.date else ""
        case "level":
            return next((level.value for level in rules.family("level") if level.pattern.search(found[0])), None)
        case _:
            return rule.value


def _next(words: str, meeting: Meeting) -> str:
    """下次會議 is the group's own next one; 下次副市長層級會議 is of that level, save where those who met are of it themselves."""
    level = next((level.value for level in rules.family("level") if level.pattern.search(words)), "")
    own = next((own.value for own in rules.family("level") if own.pattern.search(meeting.title)), "")
    return level if level and level != own else "next-meeting"


def _given_year(words: str | None, told: str | None, meeting_date: str) -> int | None:
    """The year that is written, or told from the meeting's: 今年, 明年."""
    if words:
        return dates.year(words)
    return int(meeting_date[:4]) + (told[0] in "明次隔翌") if told and meeting_date else None


def _day(found: re.Match[str], meeting_date: str) -> str | None:
    month, day = dates.number(found["month"]), dates.number(found["day"])
    given = _given_year(found["year"], found.groupdict().get("told"), meeting_date)
    year = given or (int(meeting_date[:4]) if meeting_date else None)
    if not (month and day):
        return None
    if year is None:
        return ""
    date = dates.iso_date(year, month, day)
    if date and not given and date < meeting_date:
        date = dates.iso_date(year + 1, month, day)
    return date if date >= meeting_date else None


def _told_month(found: re.Match[str], meeting_date: str) -> str | None:
    """月底, 本月20日: of the meeting's month; 次月, 下個月: of the one behind it."""
    if not meeting_date:
        return ""
    ahead = int(meeting_date[5:7]) + ((found["which"] or "本")[0] in "次下隔") - 1
    year, month = int(meeting_date[:4]) + ahead // 12, ahead % 12 + 1
    if found["day"] is None:
        return f"{year}-{month:02}"
    day = dates.number(found["day"])
    date = dates.iso_date(year, month, day) if day else None
    return date if date and date >= meeting_date else None


def _month(given: int | None, month_words: str, meeting_date: str) -> str | None:
    month = dates.number(month_words)
    year = given or (int(meeting_date[:4]) if meeting_date else None)
    if not month or month > 12:
        return None
    if year is None:
        return ""
    if not given and f"{year}-{month:02}" < meeting_date[:7]:
        year += 1
    due = f"{year}-{month:02}"
    return due if due >= meeting_date[:7] else None


def _span(found: re.Match[str], meeting_date: str) -> str | None:
    """The day a span counted from the meeting ends; spans in months and working days give no day for sure."""
    count = dates.number(found["count"].replace("兩", "二"))
    days = _DAYS.get(found["unit"])
    if count is None or days is None or not meeting_date or found["from_receipt"]:
        return ""
    return dates.days_after(meeting_date, count * days)
