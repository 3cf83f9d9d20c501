"""One item of a ruling in, the cases it names out: by a quoted title, a title closed by 案, a leading clause, or a number of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders import rules
from loaders.dates import number
from loaders.folding import Text
from ontology.records import Section

_CLOSING = {"「": "」", "『": "』", "《": "》", "“": "”"}
_OPENING = re.compile("[「『《“]")
_HEAD = 30
_OF_A_LIST = ("tracked", "delist-requested", "delisted")


@dataclass(frozen=True, slots=True)
class Named:
    """Where an item names a case: the title's run in the item's text, the number of the list, and the rule that found it."""

    start: int
    end: int
    item: int | None
    rule: str


def find_cases(text: Text, section: Section) -> tuple[Named, ...]:
    """The cases that an item of a ruling is about, in order; none where it speaks of no one case."""
    words = text.text
    quoted = tuple(_quoted(words))
    if quoted:
        return quoted
    numbered = rules.pattern("case.item-number").match(words)
    start = numbered.end() if numbered else 0
    item = number(numbered["item"]) if numbered else None
    if found := _unquoted(words, start, section):
        return (Named(found[0], found[1], item, found[2]),)
    if numbered and item is not None:
        return (Named(numbered.start(), len(words[: numbered.end()].rstrip(":、,")), item, "case.item-number"),)
    return ()


def quotations(words: str) -> Iterator[tuple[int, int]]:
    """The outermost quotations of a text: where the words inside start and end.

    >>> list(quotations("有關「『甲』案」與「乙」"))
    [(3, 7), (10, 11)]
    """
    place = 0
    while found := _OPENING.search(words, place):
        opening, closing = found[0], _CLOSING[found[0]]
        depth = 0
        for mark in re.compile(f"[{opening}{closing}]").finditer(words, found.start()):
            depth += 1 if mark[0] == opening else -1
            if depth == 0:
                yield found.end(), mark.start()
                place = mark.end()
                break
        else:
            return


def _quoted(words: str) -> Iterator[Named]:
    """Quoted titles: 案 stands behind them or behind the last of their list, or a number of the list in front."""
    found = list(quotations(words))
    is_case = [rules.pattern("case.behind-quote").match(words[end + 1 :]) is not None for _, end in found]
    for i in range(len(found) - 2, -1, -1):
        between = words[found[i][1] + 1 : found[i + 1][0] - 1]
        is_case[i] = is_case[i] or (is_case[i + 1] and re.fullmatch(r"[、及與和]|以及", between) is not None)
    last_title = 0
    for (start, end), told in zip(found, is_case, strict=True):
        before = words[last_title : start - 1]
        sentence = before[max(before.rfind("。"), before.rfind(";")) + 1 :]
        numbered = rules.pattern("case.item-number").search(sentence)
        by_number = numbered is not None and numbered.end() == len(sentence)
        if (
            (told or by_number)
            and len(sentence) <= _HEAD
            and end - start > 3
            and not re.search("比照|參照|參考|依據|併入|併同|併案|納入|合併|移至", sentence)
        ):
            yield Named(start, end, number(numbered["item"]) if numbered and by_number else None, "case.behind-quote")
            last_title = end + 1


def _is_ruled_on(words: str) -> bool:
    """Whether words say of a case that it stays on the list, or leaves it: what is said of nothing but a case."""
    return any(rule.pattern.search(words) for rule in rules.family("outcome") if rule.value in _OF_A_LIST)


def _unquoted(words: str, start: int, section: Section) -> tuple[int, int, str] | None:
    lead = re.compile("(?:有關|關於)?").match(words, start)
    first = lead.end() if lead else start
    if found := rules.pattern("case.unquoted").match(words[first:]):
        title = found["title"]
        counted = words[first + len(title) :].startswith(("一案", "乙案"))  # 通報一案 is a case, 通報案 may be any
        if not rules.pattern("case.not-a-title").search(f"{title}□" if counted else title) and not rules.pattern("ask.please").match(title):
            return first, first + len(title), "case.unquoted"
    found = rules.pattern("case.leading-clause").match(words[first:])
    if found is None or section == "report":
        return None
    title, rest = found["title"], words[first + found.end() :]
    if section == "other" and not _is_ruled_on(rest):  # nothing above says that cases follow: the words themselves must
        return None
    if rules.pattern("case.asking-clause").search(title) or rules.pattern("case.not-a-title").search(title):
        return None
    ruled = rules.pattern("case.pointed-at").search(rest) is not None or any(rule.pattern.search(rest) for rule in rules.family("outcome"))
    if rules.pattern("ask.suggest").match(title) and not (rules.pattern("case.pointed-at").search(rest) or _is_ruled_on(rest)):
        return None
    asks = rules.pattern("ask.please").search(title)
    if asks and not (section == "new-proposal" and asks.start() == 0 and (ruled or rules.pattern("ask.please").match(rest))):
        return None
    told = rules.pattern("case.told-in-title").search(title) is not None
    asked = rules.pattern("ask.please").search(rest) or rules.pattern("ask.suggest").match(rest)
    acted_on = ruled or rules.pattern("case.left-open").match(rest) is not None or (not told and asked is not None)
    return (first, first + len(title), "case.leading-clause") if acted_on else None
