"""The lines of minutes in, paragraphs out: wrapped lines joined, the number in front and the label taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from loaders import rules
from loaders.folding import EMPTY, Text, join
from loaders.tables import as_labels, headings, is_row, is_rule

MarkerKind: TypeAlias = Literal["", "heading", "item", "letter", "bracket", "digit"]
HEADER_LABELS = ("time", "venue", "chair", "recorder", "attendance", "absence", "opening", "adjourn")
BULLETS = " \t>*-•●◎#■□◆_"
_NUMERALS = "壹貳參肆伍陸柒捌玖拾一二三四五六七八九十甲乙丙丁戊己庚辛壬癸(0123456789"
_CLOSED = "。;:!?)|"
_LONGEST_CUT = 8
_TIME = r"(?:開會|會議|召開)?(?:時\s*間|日\s*期)(?=\s+[^\s:。]*?[\d〇零一二三四五六七八九十]\s*[年月時點:/.-])"
_PLACE = r"(?:開會|會議)?地\s*點(?=\s+[^\s:。][^:。]{2,40}$)"
_PERSON = r"(?:會議)?(?:主\s*席|主持人|[紀記]\s*錄)(?=\s+(?:[\u4e00-\u9fff]\s?){2,12}(?:\s|$))"
_SPACED_LABEL = re.compile(rf"(?P<label>{_TIME}|{_PLACE}|{_PERSON}|散\s*會(?=\s+[^:。]*[\d一二三四五六七八九十]\s*[時點:]))\s")
_SECOND_SPACED_LABEL = re.compile(rf"\s(?P<label>{_PERSON})\s")
_LABELS_CUT = {"決": "議", "裁": "示", "結": "論"}
_SECOND_LABELS = ("chair", "recorder", "venue", "attendance", "absence")
_WRAPPED_LABELS = ("time", "venue")
_SPACED_NUMBER = re.compile(r"(?P<number>\d{1,2})[.](?=\d)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One logical line: wrapped lines joined, white space gone, the number in front taken off.

    ``label`` is the family name of the label it opens with (``ruling``), ``words`` the label's own words, ``text`` what follows. A row of a
    table has the label ``row``, the headings of a table of cases ``columns``.
    """

    marker: MarkerKind
    number: str
    label: str
    words: Text
    text: Text
    whole: Text


def is_title(line: Text) -> bool:
    words = line.compact().text.strip(BULLETS)
    return "會" in words and rules.pattern("title.line").match(words) is not None and not find_marker(words)[0]


def find_marker(words: str) -> tuple[MarkerKind, str, int]:
    """The number in front of a line: its kind, the number, and where the text behind it starts."""
    if words[:1] not in _NUMERALS:
        return "", "", 0
    kinds: tuple[MarkerKind, ...] = ("heading", "item", "letter", "bracket", "digit")
    for kind in kinds:
        if found := rules.pattern(f"marker.{kind}").match(words):
            return kind, found["number"], found.end()
    return "", "", 0


def read_marker(line: Text) -> tuple[MarkerKind, str, int]:
    """The number in front of a compact line, as ``find_marker`` tells; white space of the source tells 2. 5月 from 2.5 公里."""
    found = _SPACED_NUMBER.match(line.text)
    if found and line.offsets[found.end()] - line.offsets[found.end() - 1] > 1:
        return "digit", found["number"], found.end()
    return find_marker(line.text)


@lru_cache(maxsize=256)
def find_label(words: str) -> tuple[str, int]:
    """The family name of the label that opens some words, and where the text behind it starts."""
    found = rules.match_family("label", words)
    return (found[0].value, found[1]) if found else ("", 0)


def read_paragraphs(lines: list[Text]) -> Iterator[Paragraph]:
    """Wrapped lines joined into paragraphs, each parsed for its number and label."""
    pending: list[Text] = []
    named: set[str] = set()
    gap = listing = False
    for line in _mended(lines):
        plain = _with_colons(line.strip(BULLETS), named).compact()
        if not plain or is_rule(plain) or rules.pattern("formula.page").match(plain.text):
            gap = gap or not plain
            continue
        if is_row(plain):
            yield from map(_parse, _split_labels(join(pending)))
            yield from _read_row(plain)
            pending = []
            continue
        starts = _starts(plain)
        named.add(find_label(plain.text[read_marker(plain)[2] :])[0])
        listing = _lists_people(plain.text) if starts else listing
        apart = listing and _names_body(plain.text) and not (pending and pending[-1].text.endswith(("、", ",", "/")))
        if pending and not starts and not apart and _continues(pending, gap):
            pending.append(plain)
        else:
            yield from map(_parse, _split_labels(join(pending)))
            pending = [plain]
        gap = False
    yield from map(_parse, _split_labels(join(pending)))


def _with_colons(line: Text, named: set[str]) -> Text:
    """A line whose labels stand apart from their values by spaces only (主持人　葉局長小澤　　記錄　鄔小可), with colons for those.

    主席　感謝大家 names nobody: a person's label is one where a common surname stands behind it, and no line above has ``named`` who is in
    the chair, or who records.
    """
    words = list(line.text) if line.text[:1] in "開會召時日地主紀記散" else []
    place = 0
    while words and (found := _SPACED_LABEL.match(line.text, place)):
        behind = _SECOND_SPACED_LABEL.search(line.text, found.end())
        end = behind.start("label") if behind else len(line)
        if role := _role(found["label"]):
            if role in named or not rules.pattern("person.surname").match(line[found.end() : end].compact().text):
                break
            named.add(role)
        words[found.end("label")] = ":"
        place = end
    return Text("".join(words), line.offsets) if place else line


def _role(label: str) -> str:
    """Who a person's label names; empty for the label of anything else."""
    return "chair" if "主" in label else "recorder" if "錄" in label else ""


def _mended(lines: list[Text]) -> Iterator[Text]:
    """The lines, with a ruling's label that a wrap cut in two (決⏎議:照案通過) made whole."""
    held: Text | None = None
    for line in lines:
        if held is None and len(line) > _LONGEST_CUT:
            yield line
            continue
        words = line.strip(BULLETS)
        if held is not None:
            cut = words.text[:1] == _LABELS_CUT[held.text] and find_label(held.text + words.compact().text)[0] == "ruling"
            yield from (join((held, words)),) if cut else (held, line)
            held = None
        elif words.text in _LABELS_CUT:
            held = words
        else:
            yield line
    if held is not None:
        yield held


def _read_row(line: Text) -> Iterator[Paragraph]:
    """A row of a table; one that opens with a label (時間 | 108年 …) is read as the labelled line that it stands for."""
    first = line.text.strip("|").partition("|")[0]
    if headings(line):
        yield Paragraph("", "", "columns", EMPTY, line, line)
    elif find_label(f"{first}:")[0] in (*HEADER_LABELS, "ruling", "explanation", "proposer"):
        labelled = as_labels(line.strip("|"), lambda words: find_label(words)[0] != "")
        yield from map(_parse, _split_labels(labelled))
    else:
        yield Paragraph("", "", "row", EMPTY, line, line)


def _split_labels(line: Text) -> list[Text]:
    """A header line cut where a second label stands on it: 主席:張三記錄:李四; nothing for an empty one."""
    if not line:
        return []
    label, start = find_label(line.text[find_marker(line.text)[2] :])
    if label not in HEADER_LABELS:
        return [line]
    for cut in range(find_marker(line.text)[2] + start + 1, len(line) - 2):
        if line.text[cut] in "主紀記地出列請缺" and find_label(line.text[cut:])[0] in _SECOND_LABELS:
            return [line[:cut], line[cut:]]
    return [line]


def _starts(line: Text) -> bool:
    return bool(read_marker(line)[0] or find_label(line.text)[0] or rules.pattern("title.line").match(line.text))


def _lists_people(words: str) -> bool:
    """Whether a line opens an attendance list, so that each line below that begins with a body is one of its own."""
    return ("席" in words or "與會" in words) and find_label(words[find_marker(words)[2] :])[0] == "attendance"


def _names_body(words: str) -> bool:
    return rules.pattern("person.unlisted-agency").match(words) is not None


def _continues(pending: list[Text], gap: bool) -> bool:
    """Whether a paragraph so far is left open, so that a line without number or label goes on with it.

    A header's value goes on only without a blank line between (``gap``); open quotation marks always do.
    """
    words = pending[0].text
    kind, _, start = find_marker(words)
    label, end = find_label(words[start:])
    if label == "agenda" and start + end == len(words) and words[-1] not in ":、":  # 第一案⏎河岸步道銜接
        return False
    if label in HEADER_LABELS and words.endswith(":") and len(pending) == 1:
        return True
    whole = "".join(part.text for part in pending)
    if whole.count("「") > whole.count("」") and len(whole) < 2000:
        return True
    if label in _WRAPPED_LABELS and not gap and pending[-1].text[-1] not in ")。":
        return True
    if pending[-1].text[-1] in _CLOSED or label in HEADER_LABELS or rules.pattern("title.line").match(words):
        return False
    is_heading = kind in ("heading", "letter") or (not label and len(pending) == 1 and len(words) < 16)
    return not (is_heading and label != "ruling" and len(words) < 30 and "," not in words)


def _parse(whole: Text) -> Paragraph:
    kind, number, start = read_marker(whole)
    label, end = find_label(whole.text[start:])
    return Paragraph(kind, number, label, whole[start : start + end], whole[start + end :].strip(" "), whole)
