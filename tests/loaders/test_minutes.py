"""Whole minutes, invented: what a document states, and what holds of any text."""

from __future__ import annotations

import dataclasses
import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.minutes import read
from ontology import gazetteer
from ontology.records import Document, Minutes, Passage, Reading

HEAD = """2023 雙北合作「交通運輸組」第 3 次小組會議紀錄

壹、時間：112 年 9 月 5 日（星期二）下午 2 時
貳、地點：新北市政府交通局 3 樓會議室
參、主席：林副局長大同　紀錄：王小明
肆、確認上次會議紀錄：洽悉。
"""
BODY = """伍、歷次持續合作方案

主席裁示：

- 一、有關項次 1「共同整治河岸自行車道」案，請臺北市交通局提供路線圖，並於下次會議前
確認經費，本案持續列管。
- 二、項次 2「共享轉乘優惠」案，已辦理完畢，列為例行合作，請於副市長層級會議提請解除列管。

陸、提案討論

案由一：跨市公車站位整併。
提案單位：臺北市公共運輸處
裁示：同意成案，請兩市於一週內回復窗口名單。

柒、臨時動議：無
捌、散會：下午 3 時 10 分
"""


def document(text: str, name: str = "m.txt") -> Document:
    return Document(name, text, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def reading(text: str) -> Reading:
    return read(document(text), gazetteer.load())


def passages(minutes: Minutes) -> list[Passage]:
    found = [minutes.passage, *(f.passage for f in minutes.header), *(p.passage for p in minutes.people)]
    found += [m.passage for m in minutes.mentions] + [d.passage for d in minutes.directives] + [r.passage for r in minutes.references]
    for event in minutes.events:
        found += [event.surface, event.ruling, *(e.passage for e in event.escalations)]
    return found + [s.passage for s in minutes.sentences]


def test_header() -> None:
    (minutes,) = reading(HEAD + BODY).minutes
    meeting = minutes.meeting
    assert (meeting.platform, meeting.group, meeting.year, meeting.ordinal) == ("雙北", "交通運輸組", 2023, 3)
    assert (meeting.date, meeting.start, meeting.end, meeting.host, meeting.mode) == ("2023-09-05", "14:00", "15:10", "新北市", "in-person")
    assert [(p.role, p.name, p.title) for p in minutes.people] == [("chair", "林大同", "副局長"), ("recorder", "王小明", "")]
    assert meeting.review_outcome == "洽悉"


def test_cases_and_what_becomes_of_them() -> None:
    (minutes,) = reading(HEAD + BODY).minutes
    assert [(e.title, e.item, e.section, e.outcome, e.routine) for e in minutes.events] == [
        ("共同整治河岸自行車道", 1, "continuing", "tracked", False),
        ("共享轉乘優惠", 2, "continuing", "delist-requested", True),
        ("跨市公車站位整併", None, "new-proposal", "accepted", False),
    ]
    assert [(e.level, e.purpose) for e in minutes.events[1].escalations] == [("副市長層級會議", "delist")]
    assert [b.path for m in minutes.events[2].proposers for b in m.bodies] == ["臺北市政府/公共運輸處"]


def test_directives_with_who_and_by_when() -> None:
    (minutes,) = reading(HEAD + BODY).minutes
    told = [(d.action, [b.path for m in d.actors for b in m.bodies], d.due, d.events) for d in minutes.directives]
    assert told == [
        ("提供路線圖", ["臺北市政府/交通局"], "", (0,)),
        ("並於下次會議前確認經費", ["臺北市政府/交通局"], "next-meeting", (0,)),
        ("於副市長層級會議提請解除列管", [], "副市長層級會議", (1,)),
        ("於一週內回復窗口名單", ["臺北市政府", "新北市政府"], "2023-09-12", (2,)),
    ]


def test_every_passage_is_the_source_at_its_place() -> None:
    text = HEAD + BODY
    for minutes in reading(text).minutes:
        for passage in passages(minutes):
            assert text[passage.start : passage.end] == passage.quote


def test_every_sentence_is_accounted_for() -> None:
    (minutes,) = reading(HEAD + BODY).minutes
    assert [s.passage.quote for s in minutes.sentences if s.read_as == "unread"] == []
    (odd,) = reading(HEAD + BODY.replace("同意成案，", "").replace("柒、", "天氣晴朗午後有雨。\n柒、")).minutes
    assert len(odd.sentences) >= len(minutes.sentences)


def test_another_meeting_changes_nothing_of_this_one() -> None:
    alone = reading(HEAD + BODY).minutes[0]
    both = reading(HEAD + BODY + "\n" + HEAD.replace("第 3 次", "第 4 次") + BODY).minutes
    assert len(both) == 2
    assert both[0] == alone
    assert dataclasses.replace(both[1].meeting, title="", ordinal=3) == dataclasses.replace(alone.meeting, title="")


def test_a_ruling_of_nothing_but_a_number_rules_nothing() -> None:
    (minutes,) = reading(
        HEAD + "伍、歷次持續合作方案\n案一：共同整治河岸\n裁示：\n三、\n陸、提案討論\n案一：轉乘優惠\n裁示：\n一、\n"
    ).minutes
    assert [(e.title, e.outcome, e.ruling.quote) for e in minutes.events] == [("轉乘優惠", "proposed", "轉乘優惠")]


def test_what_is_not_minutes_is_said_so() -> None:
    told = reading("今天天氣很好，我們去爬山。\n回來吃麵。")
    assert told.minutes == ()
    assert [f.code for f in told.findings] == ["not-minutes"]


def test_a_fragment_invents_no_header() -> None:
    (minutes,) = reading("裁示：\n一、「共同整治河岸自行車道」案，本案持續列管。").minutes
    meeting = minutes.meeting
    assert (meeting.title, meeting.date, meeting.host, meeting.group, meeting.year, meeting.mode) == ("", "", "", "", None, "")
    assert [e.outcome for e in minutes.events] == ["tracked"]


ALPHABET = "一二壹、貳（）():：「」『』案由裁示請本局兩市會議紀錄第次列管解除12 年月日\n，。；台北新於下前後並另"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    for minutes in reading(text).minutes:
        for passage in passages(minutes):
            assert text[passage.start : passage.end] == passage.quote


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_characters_break_the_reader(text: str) -> None:
    reading(text)


def test_a_title_that_asks_is_no_directive() -> None:
    minutes = "時間：112年5月2日\n列管案件\n主席裁示：\n一、協請新北市支援獨居長者訪視人力一案，請臺北市函復名冊，本案持續列管。\n"
    (found,) = reading("2023雙北合作「社會民政組」第1次小組會議紀錄\n" + minutes).minutes
    assert [directive.action for directive in found.directives] == ["函復名冊"]
