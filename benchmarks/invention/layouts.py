"""A planned meeting goes in, its minutes come out, section by section as one of the layouts has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from invention.chance import Chance
from invention.lives import Plan, Treatment
from invention.rulings import clauses
from invention.sheet import mark
from invention.truth import Invented
from invention.writing import NOTED, PLAIN, Ruling, Writer, named

_PAPERS: Final = ("如列管表。", "各案執行情形如附件列管表。", "詳列管表(附件2)。")


def write(plan: Plan, chance: Chance) -> Invented:
    """The minutes of a meeting."""
    writer = Writer(plan, chance)
    writer.top()
    _LAYOUTS["agenda" if plan.group.level else plan.host.layout](writer)
    return writer.finish()


def _list(writer: Writer) -> None:
    """With the numbers of the tracking table."""
    plan, chance = writer.plan, writer.chance
    if plan.before:
        writer.section(f"確認上次會議紀錄：{chance.pick(NOTED)}")
    listed = _of(plan, "continuing")
    if listed:
        writer.section("歷次持續合作方案")
        if chance.hits(0.4):
            writer.line("說 明：" + chance.pick(_PAPERS))
        writer.line(chance.pick(("主席裁示：", "裁 示：", "裁示：")))
        gaps = chance.hits(0.2)
        numbers, number = [], 0
        for _ in listed:
            number += 2 if gaps and chance.hits(0.3) else 1
            numbers.append(number)
        _items(writer, listed, numbers, terse=False)
    else:
        writer.section("歷次持續合作方案：無")
    _points(writer)
    _end(writer)


def _agenda(writer: Writer) -> None:
    """With reports, among them the earlier minutes and the list, and proposals under one point."""
    plan, chance = writer.plan, writer.chance
    listed = _of(plan, "continuing")
    writer.section("報告事項")
    point = 0
    if plan.before:
        writer.line(f"案由{PLAIN[point]}：檢視{writer.meeting_name(*plan.before)}紀錄。")
        writer.line(f"裁示：{chance.pick(NOTED)}")
        point += 1
    if listed:
        if plan.group.level:
            writer.line(f"案由{PLAIN[point]}：各小組提報列管案件處理情形。")
        else:
            writer.line(writer.spaced(f"案由{PLAIN[point]}：{plan.year}{plan.platform.name}合作「{plan.group.name}」列管案件辦理情形。"))
        writer.line("說明：" + chance.pick(_PAPERS))
        writer.line("裁示：")
        _items(writer, listed, [None] * len(listed), terse=False)
    _new_under_one_point(writer, terse=False)
    _end(writer)


def _terse(writer: Writer) -> None:
    """Without quotation marks, all on the chair's word."""
    plan = writer.plan
    if listed := _of(plan, "continuing"):
        if writer.chance.hits(0.5):
            writer.section("主席裁示：")
        else:
            writer.section("歷次合作方案辦理情形")
            writer.line("裁示：")
        _items(writer, listed, [None] * len(listed), terse=True)
    _new_under_one_point(writer, terse=True)
    _end(writer)


def _of(plan: Plan, section: str) -> list[Treatment]:
    return [treatment for treatment in plan.treatments if treatment.section == section]


def _items(writer: Writer, treatments: Sequence[Treatment], numbers: Sequence[int | None], *, terse: bool, loose: bool = True) -> None:
    """Each case's item, and what is asked beside all cases at the end."""
    plan, chance = writer.plan, writer.chance
    rulings: list[Ruling] = []
    for treatment, number in zip(treatments, numbers, strict=True):
        words, told, asked = clauses(treatment, chance)
        name, slips = named(treatment, plan, number, chance, terse=terse)
        rulings.append(Ruling(name + words, told, asked, treatment, number, slips))
    if loose and plan.loose:
        rulings.append(Ruling("，".join(mark(ask.words) for ask in plan.loose), (), plan.loose, None, None))
    writer.items(rulings)


def _points(writer: Writer) -> None:
    """New proposals, each a point with its proposer."""
    proposals = _of(writer.plan, "new-proposal")
    if not proposals:
        writer.section(writer.chance.pick(("提案討論：無", "提案討論(無)")))
        return
    writer.section("提案討論")
    for number, treatment in enumerate(proposals):
        called = treatment.title if treatment.title.endswith("案") or writer.chance.hits(0.7) else f"{treatment.title}案"
        title, slipped = writer.typed(mark(called))
        at = writer.line(f"案由{PLAIN[number]}：{title}{writer.chance.pick(('。', '。', ''))}")
        writer.line(f"提案單位：{treatment.proposer}")
        if writer.chance.hits(0.3):
            writer.line("說 明：如提案表。")
        _rule(writer, treatment, at, slipped)


def _rule(writer: Writer, treatment: Treatment, title_at: int, slipped: tuple[str, ...]) -> None:
    """The ruling of a point that is one case."""
    words, told, asked = clauses(treatment, writer.chance)
    typed, more = writer.typed(mark(words + "。"))
    first = writer.line(f"裁示：{typed}")
    writer.note(first, treatment, None, told, asked, (*slipped, *more), title_mark=title_at)


def _new_under_one_point(writer: Writer, *, terse: bool) -> None:
    plan, chance = writer.plan, writer.chance
    if not (proposals := _of(plan, "new-proposal")):
        if chance.hits(0.4):
            writer.section("討論事項：無。")
        return
    what = f"{plan.year}{plan.platform.name}合作「{plan.group.name}」新增合作方案"
    if terse and chance.hits(0.6):
        writer.section(f"討論事項：{what}")
    else:
        writer.section("討論事項")
        writer.line(f"案由：{what}。")
    writer.line("裁示：")
    _items(writer, proposals, [None] * len(proposals), terse=terse, loose=not _of(plan, "continuing"))


def _end(writer: Writer) -> None:
    plan, chance = writer.plan, writer.chance
    motions = _of(plan, "extempore")
    if not motions:
        writer.section(chance.pick(("臨時動議：無。", "臨時動議(無)", "臨時動議：無")))
    else:
        writer.section("臨時動議：")
        for treatment in motions:
            title, slipped = writer.typed(mark(treatment.title))
            city = treatment.proposer.partition("政府")[0] or plan.host.city
            at = writer.line(f"{city}提案：{title}。")
            _rule(writer, treatment, at, slipped)
    time = writer.spaced(writer.clock(writer.end))
    writer.section(
        chance.pick((f"散會：{time}", f"散會：{time}。", f"散會({time})", f"散會：{time[2:] if writer.end < '12:00' else time}。"))
    )


_LAYOUTS: Final[Mapping[str, Callable[[Writer], None]]] = {"list": _list, "agenda": _agenda, "terse": _terse}
