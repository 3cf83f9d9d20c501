"""A planned meeting goes in, its minutes come out in the host's layout, with the slips of whoever typed them, and what they state.

Three layouts: ``list`` with numbers of the tracking table, ``agenda`` with reports, proposals and motions as points, ``terse`` without
quotation marks. Two styles of the top: with spaces around digits, and without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from invention import slips
from invention.asking import Ask
from invention.chance import Chance
from invention.lives import Plan, Told, Treatment
from invention.sheet import Sheet, mark
from invention.truth import Directive, Event, Invented, Report, Truth

_FORMAL: Final = "壹貳參肆伍陸柒捌玖拾"
_NEXT_TO_DIGITS: Final = re.compile(r"(?<=[^\W\da-z])(?=\d)|(?<=\d)(?=[^\W\da-z])")
PLAIN: Final = (
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
)
NOTED: Final = ("洽悉。", "准予備查。", "洽悉備查。", "無意見，准予備查。")


@dataclass(slots=True)
class _Written:
    """What was written so far, with the numbers of the marks that hold the words."""

    events: list[Callable[[list[str]], Event]] = field(default_factory=list)
    directives: list[Callable[[list[str]], Directive]] = field(default_factory=list)
    reports: list[Callable[[list[str]], Report]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One item of a ruling: its marked words, what it tells and asks, the case it treats if any, and that case's number in the table."""

    words: str
    told: tuple[Told, ...]
    asked: tuple[Ask, ...]
    treatment: Treatment | None
    item: int | None
    slips: tuple[str, ...] = ()


class Writer:
    """Writes one meeting line by line; layouts say in what order."""

    def __init__(self, plan: Plan, chance: Chance) -> None:
        self.plan, self.chance = plan, chance
        self.sheet, self.written = Sheet(), _Written()
        self.slips = tuple(name for name in slips.SLIPS if chance.hits(0.08))
        self.header_slips: set[str] = set()
        self.bullet = chance.pick(("", "", "- "))
        self._sections = 0
        minute = chance.pick((0, 0, 0, 0, 30, 30, 20))
        hour = chance.pick((9, 10, 10, 11, 14, 14, 14, 15, 16))
        last = minute + chance.between(20, 95)
        self.start, self.end = f"{hour:02}:{minute:02}", f"{hour + last // 60:02}:{last % 60:02}"

    def spaced(self, words: str) -> str:
        """Words as the host's side sets digits."""
        return _NEXT_TO_DIGITS.sub(" ", words) if self.plan.host.spaced else words

    def section(self, words: str) -> None:
        """A section with the next formal number."""
        self.line(f"{self.bullet if self.bullet and self.chance.hits(0.3) else ''}{_FORMAL[self._sections]}、{words}")
        self._sections += 1

    def line(self, words: str) -> int:
        return self.sheet.write(words)

    def typed(self, words: str) -> tuple[str, tuple[str, ...]]:
        return slips.slip(words, self.slips, self.chance)

    def head(self, words: str) -> None:
        """A line of the header; no slip may take anything away from it."""
        slipped, happened = slips.slip(
            words, tuple(name for name in self.slips if name in ("full-width", "台", "ascii-marks")), self.chance
        )
        self.header_slips.update(happened)
        self.section(slipped)

    def meeting_name(self, year: int, ordinal: int) -> str:
        plan = self.plan
        cooperation = f"{plan.platform.name}{'' if plan.platform.known else '區域'}合作"
        if plan.group.level:
            return self.spaced(f"{year}{cooperation}第{ordinal}次副市長層級會議")
        return self.spaced(f"{year}{cooperation}「{plan.group.name}」第{ordinal}次小組會議")

    def clock(self, time: str) -> str:
        hour, minute = int(time[:2]), int(time[3:])
        half = "上午" if hour < 12 else "下午" if hour > 12 or minute else "中午"
        return f"{half}{hour - 12 if hour > 12 else hour}時" + (f"{minute:02}分" if minute or not self.plan.host.spaced else "")

    def top(self) -> None:
        plan, chance = self.plan, self.chance
        self.line(f"{self.meeting_name(plan.year, plan.ordinal)}紀錄")
        date = plan.date
        when = f"{date.year - 1911}年{date.month}月{date.day}日（星期{'一二三四五六日'[date.weekday()]}）{self.clock(self.start)}"
        self.head(f"時間：{self.spaced(when)}")
        self.head(f"地點：{self.venue()}")
        self.head(f"主席：{_person(plan.chair.name, plan.chair.office, chance)}")
        self.line(f"{chance.pick(('紀錄', '紀錄', '記錄'))}：{plan.recorder}")
        if plan.host.layout != "list":
            self.section(chance.pick(("出席人員：如簽到表", "出席人員：詳如簽到簿")))
        self.section(chance.pick(("主席致詞(略)", "主席致詞（略）", "主席致詞：略")))

    def venue(self) -> str:
        room = self.plan.host.room
        return "視訊會議" if self.plan.video else room if self.plan.host.spaced else room.replace(" ", "")

    def items(self, rulings: Sequence[Ruling]) -> None:
        """Numbered items of a ruling; each is marked, and the title within it, and what it asks and tells."""
        for number, ruling in enumerate(rulings):
            typed, slipped = self.typed(mark(ruling.words + "。"))
            first = self.line(f"{self.bullet}{PLAIN[number]}、{typed}")
            self.note(first, ruling.treatment, ruling.item, ruling.told, ruling.asked, (*ruling.slips, *slipped))

    def note(
        self, first: int, treatment: Treatment | None, item: int | None, told: tuple[Told, ...], asked: tuple[Ask, ...],
        slipped: tuple[str, ...], title_mark: int | None = None,
    ) -> None:  # fmt: skip
        """Keep what an item states; its marks are the whole, the title where it stands there, then reports, then asks."""
        at = first + 1
        case = treatment.case if treatment else ""
        if treatment:
            at_title = title_mark if title_mark is not None else at
            at += title_mark is None
            self.written.events.append(
                lambda held, t=treatment: Event(  # type: ignore[misc]
                    t.case, t.about, held[at_title], item, t.section, t.outcome, t.routine, held[first], t.title_kinds, slipped
                )
            )
        for one in told:
            self.written.reports.append(lambda held, at=at, one=one: Report(one.ask.id, one.told, held[at]))  # type: ignore[misc]
            at += 1
        for one in treatment.told if treatment else ():
            if one.told == "superseded":
                self.written.reports.append(lambda held, at=at, one=one: Report(one.ask.id, one.told, held[at]))  # type: ignore[misc]
        for ask in asked:
            kinds = (f"actor:{ask.actor.kind}{'+inherited' if ask.inherits else ''}", f"due:{ask.due.kind}", f"ask:{ask.opening}", *slipped)
            self.written.directives.append(
                lambda held, at=at, ask=ask, kinds=kinds: Directive(  # type: ignore[misc]
                    ask.id, case, ask.actor.paths, ask.due.value, ask.due.words, ask.act, held[at], kinds
                )
            )
            at += 1

    def finish(self) -> Invented:
        plan = self.plan
        text, held = self.sheet.finish(self.chance.pick(("\n", "\n\n")))
        truth = Truth(
            plan.platform.name, plan.group.name, plan.year, plan.ordinal, plan.date.isoformat(), self.start, self.end, self.venue(),
            "video" if plan.video else "in-person", plan.host.city, plan.chair.name, plan.chair.office, plan.recorder, plan.host.layout,
            tuple(sorted(self.header_slips)),
            tuple(event(held) for event in self.written.events),
            tuple(directive(held) for directive in self.written.directives),
            tuple(report(held) for report in self.written.reports),
        )  # fmt: skip
        return Invented(f"{plan.platform.name}-{plan.group.name}-{plan.year}-{plan.ordinal}.txt", text, truth)


def _person(name: str, office: str, chance: Chance) -> str:
    """王局長大明, 王大明局長 or 局長王大明."""
    kind = chance.below(10)
    return f"{name[0]}{office}{name[1:]}" if kind < 7 else f"{name}{office}" if kind < 9 else f"{office}{name}"


def named(treatment: Treatment, plan: Plan, item: int | None, chance: Chance, *, terse: bool) -> tuple[str, tuple[str, ...]]:
    """The words that name the case at the head of an item, and the slips in them."""
    title = treatment.title
    number = f"{chance.pick(('有關', ''))}項次{' ' if plan.host.spaced else ''}{item}" if item is not None else ""
    above = f"{treatment.group}提報" if treatment.group and treatment.section == "continuing" else ""
    behind = "一案" if title.endswith("案") else chance.pick(("案", "一案", "一案"))
    if not terse or "，" in title:
        slips = ("no-comma",) if chance.hits(0.08) else ()
        return f"{number or above}「{mark(title)}」{behind}{'' if slips else '，'}", slips
    if chance.hits(0.3):
        return f"{number}{mark(title)}，", ("no-案",)
    return f"{number}{mark(title)}{behind}，", ("unquoted",)
