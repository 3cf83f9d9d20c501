"""A treatment of a case goes in, the words that rule on it come out, with marks around the directives and reports."""

from __future__ import annotations

from typing import Final

from invention.asking import Ask
from invention.chance import Chance
from invention.lives import Told, Treatment
from invention.sheet import mark
from invention.truth import DEPUTIES

_TRACKED: Final = ("本案持續列管", "本案繼續列管", "請繼續辦理", "請賡續推動", "本案續予列管", "仍予列管", "請持續辦理")
_ACCEPTED: Final = ("本案同意成案", "本案列入小組列管", "同意新增為合作案", "本案納入列管", "准予成案", "原則同意辦理，並納入列管")
_ROUTINE: Final = ("本案後續列為例行性合作", "改列常態性合作", "往後轉為例行合作")
_DELISTED: Final = ("同意解除列管", "本案解除列管", "本案准予解列", "同意解列", "本案已達目標，予以結案")
_CLOSED_AGAIN: Final = ("照上次會議結論解除列管", "依前次會議決議，同意解除列管")
_REPORTED: Final = ("本案上次會議已解除列管，成效良好", "本案前次已解列，相關人員辛勞備受肯定")
_ASKS_LEVEL: Final = ("請於{}提案解除列管", "提報{}後予以解列", "請提報{}解除列管", "擬於{}提請解列")
_FOLLOWS_LEVEL: Final = ("依{}決議解除列管", "業經{}同意，本案解除列管")
_BECOMES: Final = ("改為常態性合作，", "列為例行性合作方案，")
_PROPOSED: Final = ("本案先行交換意見", "經交換意見，尚無定論", "本案留待日後研議")
_FILLERS: Final = ("經討論後", "執行成效尚佳", "兼顧經費與時程", "考量現有人力", "各項作業順利")
_STANDS_IN: Final = {DEPUTIES: (DEPUTIES, DEPUTIES, "本次副市長層級會議", "副首長層級會議"), "府層級會議": ("府層級會議", "府級會議")}


def verdict(treatment: Treatment, chance: Chance) -> str:
    """The words of the outcome."""
    outcome, routine = treatment.outcome, treatment.routine
    level = chance.pick(_STANDS_IN.get(treatment.level, (treatment.level,)))
    if outcome == "tracked":
        return chance.pick(_TRACKED) if "at-level" not in treatment.title_kinds else "仍請小組持續列管"
    if outcome == "accepted":
        return chance.pick(_ACCEPTED)
    if outcome == "routine":
        return chance.pick(_ROUTINE)
    if outcome == "delist-requested":
        return (chance.pick(_BECOMES) if routine else "") + chance.pick(_ASKS_LEVEL).format(level)
    if outcome == "reported":
        return chance.pick(_REPORTED)
    if outcome == "delisted" and treatment.level:
        return chance.pick(_FOLLOWS_LEVEL).format(level)
    if outcome == "delisted":
        return (chance.pick(_BECOMES) if routine else "") + chance.pick(_DELISTED)
    return "" if treatment.asks else chance.pick(_PROPOSED)


def clauses(treatment: Treatment, chance: Chance) -> tuple[str, tuple[Told, ...], tuple[Ask, ...]]:
    """The ruling without its end, reports before what is asked, then the outcome; and what its marks hold, in order."""
    said = [mark(_report(told)) for told in treatment.told if told.told != "superseded"]
    if not said and chance.hits(0.1):
        said.append(chance.pick(_FILLERS))
    asked = [mark(ask.words) for ask in treatment.asks]
    outcome = verdict(treatment, chance)
    told = tuple(told for told in treatment.told if told.told != "superseded")
    if not asked:
        return "，".join([*said, *filter(None, [outcome])]), told, treatment.asks
    between = chance.pick(("，", "，", "。"))
    whole = "，".join([*said, *asked]) if len(said) < 1 or chance.hits(0.7) else "。".join(["，".join(said), "，".join(asked)])
    return (f"{whole}{between}{outcome}" if outcome else whole), told, treatment.asks


def _report(told: Told) -> str:
    return f"{told.ask.actor.words}{'業已' if told.told == 'reported' else '刻正'}{told.ask.act}"
