"""A host, a date and a case go in, what a ruling asks for comes out: who, by when, what, in words and as facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from invention.bodies import Group, Platform, Side
from invention.chance import Chance
from invention.truth import DEPUTIES

_ACTS = (
    "彙整{}需求清冊", "提出{}分工草案", "盤點{}現有數量", "完成{}試辦報告", "訂定{}作業須知", "辦理{}聯合說明", "統計{}使用人次",
    "函詢{}承辦廠商", "更新{}宣導文宣", "擬具{}經費概算", "邀集{}業者座談", "說明{}推動瓶頸", "建立{}聯絡名單", "派員現勘{}設置地點",
)  # fmt: skip
_LOOSE_ACTS = ("提出新的合作議題", "思考可合作之題目", "彙整所屬單位意見", "檢視列管表文字", "邀請其他機關與會", "整合各案行銷")
_LISTED = ("臺北市", "新北市")  # cities whose bureaus the gazetteer lists, so that 本局 can be understood
_OPENINGS = ("請", "請", "請", "惟請", "建請", "建議")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asked: the words, the bodies' full paths, and the kind of words."""

    words: str
    paths: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Due:
    """By when: the words, what they mean as the fact tables write it, and the kind of words."""

    words: str
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked. ``opening`` stands before the actor; an ask that ``inherits`` names none and goes on with the one before."""

    id: str
    opening: str
    actor: Actor
    due: Due
    act: str
    inherits: bool = False

    @property
    def words(self) -> str:
        """The clause."""
        return f"{self.opening}{'' if self.inherits else self.actor.words}{self.due.words}{self.act}"


def actor(chance: Chance, platform: Platform, group: Group, host: Side) -> Actor:
    """Somebody to ask at a meeting that a side hosts."""
    city = chance.pick(platform.cities)
    kind = chance.below(20)
    theme = group.themes[0] if group.themes else None
    if kind < 3 and platform.known and len(platform.cities) == 2:
        both = ["雙方", "兩市" if all(each.endswith("市") for each in platform.cities) else "雙方"]
        both += ["雙北"] if platform.name == "雙北" else []
        return Actor(chance.pick(both), tuple(f"{each}政府" for each in platform.cities), "both")
    if kind < 5:
        first, second = chance.order(platform.cities)[:2]
        return Actor(f"{first}{chance.pick('與及')}{second}", (f"{first}政府", f"{second}政府"), "two-cities")
    if kind < 7:
        own = "本市" if host.city.endswith("市") and chance.hits(0.6) else "本府"
        return Actor(own, (f"{host.city}政府",), "own-city")
    if kind < 8 and theme and host.city in _LISTED:
        return Actor("本局", (f"{host.city}政府/{theme.bureau(host.city)}",), "own-bureau")
    if kind < 11 and theme:
        return Actor(f"{city}政府{theme.bureau(city)}", (f"{city}政府/{theme.bureau(city)}",), "bureau")
    if kind < 12 and theme:
        return Actor(f"{city}{theme.bureau(city)}", (f"{city}政府/{theme.bureau(city)}",), "bureau-of-city")
    if kind < 14 and theme:
        unit = chance.pick(theme.units)
        return Actor(f"{city}政府{theme.bureau(city)}{unit}", (f"{city}政府/{theme.bureau(city)}/{unit}",), "section")
    if kind < 16 and city in _LISTED:
        return Actor("北市" if city == "臺北市" else "新北", (f"{city}政府",), "short-city")
    return Actor(f"{city}政府" if kind < 18 else city, (f"{city}政府",), "city")


def due(chance: Chance, date: datetime.date) -> Due:
    """A time after a meeting's date, in one of the ways that minutes say it; often none."""
    kind = chance.below(30)
    if kind < 6:
        return Due(chance.pick(("於下次會議前", "於下次會議", "於下次小組會議", "於下次會議時")), "next-meeting", "next-meeting")
    if kind < 8:
        return Due(chance.pick(("於年底前", "於本年底前", "年底前")), "year-end", "year-end")
    month = chance.between(1, 12)
    year = date.year + (month < date.month)
    if kind < 11:
        words = chance.pick(("於{}月底前", "{}月底前", "於{}月前", "於{}月份")).format(month)
        return Due(words, f"{year}-{month:02}", "month")
    if kind < 13:
        day = chance.between(1, 28)
        if month == date.month:
            year += day < date.day
        return Due(chance.pick(("於{}月{}日前", "{}月{}日前")).format(month, day), f"{year}-{month:02}-{day:02}", "day")
    if kind < 14:
        return Due(f"於{year + 1 - 1911}年{month}月前", f"{year + 1}-{month:02}", "month-of-year")
    if kind < 16:
        weeks = chance.between(1, 3)
        words = f"於{'一兩三'[weeks - 1]}{chance.pick('週周')}內"
        return Due(words, (date + datetime.timedelta(days=7 * weeks)).isoformat(), "span")
    if kind < 17:
        return Due(chance.pick(("於下年度", "於明年度")), str(date.year + 1), "next-year")
    if kind < 19:
        return Due(chance.pick(("於副市長層級會議前", "於下半年度副市長層級會議前", "於副首長層級會議前")), DEPUTIES, "level")
    if kind < 22:
        return Due(chance.pick(("會後", "於會後", "儘速")), "", "words-only")
    return Due("", "", "none")


def asks(chance: Chance, prefix: str, platform: Platform, group: Group, host: Side, date: datetime.date, thing: str) -> Iterator[Ask]:
    """None to two things asked about a thing, or (empty) beside all cases, in the order of the text; ``prefix`` begins their ids."""
    if chance.hits(0.25):
        return
    acts = _ACTS if thing else _LOOSE_ACTS
    who, when = actor(chance, platform, group, host), due(chance, date)
    first = Ask(f"{prefix}.1", chance.pick(_OPENINGS), who, when, chance.pick(acts).format(thing))
    yield first
    kind = chance.below(10)
    if kind < 2:
        at_meeting = Due(chance.pick(("於下次會議", "於下次小組會議")), "next-meeting", "next-meeting")
        yield Ask(f"{prefix}.2", "並", first.actor, at_meeting, chance.pick(("提出成果", "說明辦理結果", "報告執行狀況")), inherits=True)
    elif kind < 4:
        other = chance.pick([act for act in acts if act.format(thing) != first.act]).format(thing)
        yield Ask(f"{prefix}.2", chance.pick(("另請", "並請", "亦請")), actor(chance, platform, group, host), due(chance, date), other)
