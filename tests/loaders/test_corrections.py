"""Corrections: which stand where, what is read with them, and that every quote stays the raw source's."""

from __future__ import annotations

import dataclasses

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_minutes import ALPHABET, BODY, HEAD, document, passages

from loaders.corrections import locate, orphaned
from loaders.minutes import read
from loaders.triples import nquads
from ontology import gazetteer, terms
from ontology.iris import Iris
from ontology.records import Correction, Document, Minutes, Passage, Reading

TEXT = HEAD + BODY
BY = ("林小河", "2024-03-05")


def correction(expected: str, corrected: str, *, document: str = "", meeting: str = "", before: str = "") -> Correction:
    return Correction(expected, corrected, *BY, "掃描誤植", document, meeting, before)


def reading(source: Document, *corrections: Correction) -> Reading:
    told = read(source, gazetteer.load(), locate(corrections, source))
    held = [passage for minutes in told.minutes for passage in passages(minutes)]
    held += [passage for applied in told.corrections for passage in (applied.passage, applied.changed)]
    held += [finding.passage for finding in told.findings if finding.passage]
    for passage in held:
        assert source.text[passage.start : passage.end] == passage.quote
    return told


def corrected(expected: str, new: str, text: str = TEXT, before: str = "") -> Minutes:
    told = reading(document(text), correction(expected, new, before=before))
    assert len(told.corrections) == 1
    (minutes,) = told.minutes
    return minutes


def plain() -> Minutes:
    (minutes,) = reading(document(TEXT)).minutes
    return minutes


def header(minutes: Minutes, field: str) -> Passage:
    return next(held.passage for held in minutes.header if held.field == field)


def test_a_wrong_year_of_the_header() -> None:
    minutes = corrected("112 年 9 月 5 日", "113 年 9 月 5 日")
    assert (plain().meeting.date, minutes.meeting.date) == ("2023-09-05", "2024-09-05")
    assert header(minutes, "date") == header(plain(), "date")
    assert header(minutes, "date").quote == "112 年 9 月 5 日"


def test_a_wrong_year_of_the_title() -> None:
    minutes = corrected("2023 雙北", "2022 雙北")
    assert (minutes.meeting.title, minutes.meeting.year) == ("2022 雙北合作「交通運輸組」第 3 次小組會議紀錄", 2022)
    assert header(minutes, "title").quote == "2023 雙北合作「交通運輸組」第 3 次小組會議紀錄"


def test_a_wrong_venue_and_a_wrong_outcome_of_the_review() -> None:
    assert corrected("交通局 3 樓", "交通局 5 樓").meeting.venue == "新北市政府交通局 5 樓會議室"
    assert corrected("洽悉", "修正後確認").meeting.review_outcome == "修正後確認"


def test_a_wrong_name_of_a_person() -> None:
    chair, recorder = corrected("林副局長大同", "林副局長大通").people
    assert (chair.name, chair.title, chair.passage.quote) == ("林大通", "副局長", "林副局長大同")
    assert recorder == plain().people[1]


def test_a_wrong_name_of_an_agency() -> None:
    minutes = corrected("請臺北市交通局", "請臺北市文化局")
    mention = next(m for m in minutes.mentions if m.surface == "臺北市文化局")
    assert [body.path for body in mention.bodies] == ["臺北市政府/文化局"]
    assert mention.passage.quote == "臺北市交通局"
    assert minutes.directives[0].actors == (mention,)


def test_one_agency_made_two_gives_two_mentions_of_the_same_raw_words() -> None:
    old = "請文交局提供"
    minutes = corrected("文交", "臺北市文化局、臺北市教育", TEXT.replace("請臺北市交通局提供", old))
    told = [(m.surface, m.passage.quote, [body.path for body in m.bodies]) for m in minutes.mentions if m.corrected]
    assert told == [("臺北市文化局", "文交", ["臺北市政府/文化局"]), ("臺北市教育局", "文交局", ["臺北市政府/教育局"])]


def test_two_mentions_within_one_corrected_run_are_told_apart_in_the_graph() -> None:
    source = document(TEXT.replace("臺北市交通局", "某某機關"))
    told = reading(source, correction("某某機關", "臺北市文化局、臺北市教育局、臺北市資訊局"))
    lines = nquads(told, Iris())
    surfaces = sorted(line.split('"')[1] for line in lines if f"<{terms.SURFACE}>" in line and "#mention=" in line and ";臺北市" in line)
    assert surfaces == ["臺北市教育局", "臺北市文化局", "臺北市資訊局"]


def test_a_wrong_title_of_a_case() -> None:
    event = corrected("共同整治河岸自行車道", "共同整治河濱自行車道").events[0]
    assert (event.title, event.surface_words) == ("共同整治河濱自行車道", "共同整治河濱自行車道")
    assert event.surface.quote == "共同整治河岸自行車道"
    assert event.ruling == plain().events[0].ruling
    assert corrected("跨市公車站位整併", "跨市公車站牌整併").events[2].title == "跨市公車站牌整併"


def test_a_wrong_item_number() -> None:
    minutes = corrected("項次 2", "項次 12")
    assert [(event.item, event.title) for event in minutes.events[:2]] == [(1, "共同整治河岸自行車道"), (12, "共享轉乘優惠")]


def test_a_wrong_ruling_and_what_is_asked() -> None:
    assert corrected("本案持續列管", "本案解除列管").events[0].outcome == "delisted"
    directive = corrected("下次會議前確認經費", "一週內確認經費").directives[1]
    assert (directive.action, directive.due, directive.due_text) == ("並於一週內確認經費", "2023-09-12", "一週內")
    assert directive.passage.quote == "並於下次會議前\n確認經費"


def test_a_reference_is_read_from_the_corrected_words() -> None:
    text = TEXT.replace("本案持續列管", "依112年3月2日市長層級會議結論辦理，本案持續列管")
    (reference,) = (r for r in corrected("3月2日市長", "3月12日市長", text).references if r.target)
    assert (reference.surface, reference.target) == ("112年3月12日市長層級會議", "2023-03-12")
    assert reference.passage.quote == "112年3月2日市長層級會議"


def test_words_across_a_line_wrap() -> None:
    (applied,) = reading(document(TEXT), correction("會議前確認經費", "會議後確認經費")).corrections
    assert (applied.passage.quote, applied.changed.quote, applied.words) == ("會議前\n確認經費", "前", "後")
    assert corrected("會議前確認經費", "會議後兩週確認經費").directives[1].action == "並於下次會議後兩週確認經費"


def test_words_put_in_and_taken_out() -> None:
    assert corrected("共享轉乘優惠", "共享單車轉乘優惠").events[1].title == "共享單車轉乘優惠"
    assert corrected("共享轉乘優惠", "推動共享轉乘優惠").events[1].title == "推動共享轉乘優惠"
    assert corrected("共享轉乘優惠", "共享轉乘優惠方案").events[1].title == "共享轉乘優惠方案"
    assert corrected("共享轉乘優惠", "共享優惠").events[1].title == "共享優惠"
    assert corrected("本案持續列管", "").events[0].outcome == "tracked"
    assert [d.action for d in corrected("請臺北市交通局提供路線圖，並", "").directives] != [d.action for d in plain().directives]


def test_words_before_tell_two_places_apart() -> None:
    twice = correction("交通局", "文化局")
    told = reading(document(TEXT), twice)
    assert told.corrections == ()
    assert told.minutes == reading(document(TEXT)).minutes
    assert [(f.line, f.level, f.code) for f in told.findings] == [(4, "warning", "correction-ambiguous")]
    assert "'before'" in told.findings[0].message
    assert locate([twice], document(TEXT)).found == (twice,)
    assert "文化局" in corrected("交通局", "文化局", before="請臺北市").mentions[1].surface


def test_a_moved_file_is_found_by_its_digest() -> None:
    source = document(TEXT)
    by_digest = correction("112 年 9 月", "113 年 9 月", document=source.sha256)
    moved = dataclasses.replace(source, name="elsewhere.txt")
    assert reading(moved, by_digest).minutes[0].meeting.date == "2024-09-05"


def test_a_wrapped_text_is_found_by_the_meetings_words() -> None:
    wrapped = document(TEXT.replace("112 年 9 月", "112\n年 9 月").replace("「交通運輸組」", "「交通運輸組」 "))
    old = document(TEXT).sha256
    both = correction("112 年 9 月", "113 年 9 月", document=old, meeting="2023雙北合作「交通運輸組」第3次")
    assert reading(wrapped, both).minutes[0].meeting.date == "2024-09-05"
    assert locate([correction("112 年 9 月", "113 年 9 月", document=old)], wrapped).found == ()
    assert locate([dataclasses.replace(both, meeting="第5次")], wrapped).found == ()


def test_one_that_nothing_has_is_orphaned() -> None:
    gone, held = dataclasses.replace(correction("一一四年", "一一三年"), line=8), correction("112 年", "113 年")
    found = locate([gone, held], document(TEXT)).found
    (finding,) = orphaned([gone, held], found, "corrections.toml")
    assert str(finding).startswith("corrections.toml:8:1: warning orphaned-correction: 一一四年 → 一一三年: ")


def test_a_mended_text_is_not_corrected_again() -> None:
    put_in = correction("轉乘優惠", "轉乘優惠方案", before="共享")
    assert locate([put_in], document(TEXT)).found == (put_in,)
    assert locate([put_in], document(TEXT.replace("轉乘優惠", "轉乘優惠方案"))).found == ()
    assert locate([correction("112 年", "113 年")], document(TEXT.replace("112 年", "113 年"))).found == ()


def test_corrections_that_share_words_are_not_applied() -> None:
    one, two, apart = correction("112 年 9 月", "113 年 9 月"), correction("9 月 5 日", "9 月 6 日"), correction("項次 2", "項次 3")
    told = reading(document(TEXT), one, two, apart)
    assert [applied.correction for applied in told.corrections] == [apart]
    assert [finding.code for finding in told.findings] == ["correction-overlap", "correction-overlap"]


def test_several_corrections_keep_every_passage_in_place() -> None:
    all_of_them = (
        correction("112 年", "一百一十三年"),
        correction("「共享轉乘優惠」", "「轉乘優惠」"),
        correction("路線圖", "路線圖及照片"),
    )
    told = reading(document(TEXT), *reversed(all_of_them))
    assert [applied.correction for applied in told.corrections] == [all_of_them[0], all_of_them[2], all_of_them[1]]
    assert [event.title for event in told.minutes[0].events] == ["共同整治河岸自行車道", "轉乘優惠", "跨市公車站位整併"]
    assert told.minutes[0].passage == plain().passage


def test_a_character_that_folds_to_several_is_never_cut_in_two() -> None:
    source = document("裁示：\n㈠「共同整治河岸」案，本案持續列管。")
    assert locate([correction("一)「共同", "二)「共同")], source).found == ()
    (applied,) = reading(source, correction("(一)「共同", "(二)「共同")).corrections
    assert (applied.changed.quote, applied.words) == ("㈠", "(二)")


def test_a_correction_stands_in_the_documents_graph() -> None:
    source = document(TEXT)
    lines = nquads(reading(source, correction("112 年", "113 年")), Iris())
    node = f"<{Iris().document(source.sha256)}#correction=34,39>"
    told = {line.split(" ")[1].rpartition("#")[2].rstrip(">"): line.split(" ", 2)[2] for line in lines if line.startswith(node)}
    assert sorted(told) == ["corrected", "evidence", "expected", "judgedBy", "judgedOn", "type", "why"]
    assert told["corrected"].startswith('"113 年"')
    assert "#char=34,39>" in told["evidence"]
    assert any(f'<{terms.TEXT}> "2023 雙北合作' in line and "112 年" in line for line in lines)


def same_words(data: st.DataObject, text: str) -> Correction | None:
    """A correction of some run of a text that stands in it once."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 40)))
    made = correction(text[start:end], text[start:end])
    return made if text[start:end].strip() and locate([made], document(text)).applied else None


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_correction_that_changes_nothing_adds_only_itself(data: st.DataObject) -> None:
    made = same_words(data, TEXT)
    assume(made is not None)
    assert made is not None
    told = reading(document(TEXT), made)
    assert told.minutes == reading(document(TEXT)).minutes
    added = set(nquads(told, Iris())) - set(nquads(reading(document(TEXT)), Iris()))
    node, place = (f"{Iris().document(told.document.sha256)}#{part}" for part in ("correction=", "char="))
    assert all(line.startswith((f"<{node}", f"<{place}")) for line in added)
    assert set(nquads(reading(document(TEXT)), Iris())) <= set(nquads(told, Iris()))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=120), st.data())
def test_no_correction_breaks_the_reader_or_a_quote(text: str, data: st.DataObject) -> None:
    old, new = data.draw(st.text(alphabet=ALPHABET, min_size=1, max_size=12)), data.draw(st.text(alphabet=ALPHABET, max_size=12))
    assume(old.strip())
    source = document(f"裁示：\n一、{text}{old}")
    told = reading(source, correction(old, new))  # which holds each passage to the source
    assert all(applied.passage.quote.strip() for applied in told.corrections)
    assert nquads(told, Iris())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="甲乙㈠ \nAB", min_size=1, max_size=8), min_size=1, max_size=4), st.data())
def test_what_is_read_is_the_source_with_the_words_put_in(parts: list[str], data: st.DataObject) -> None:
    """Whatever is cut from a correction as common, the words read are those that the whole correction would give."""
    source = document("頭" + "".join(parts) + "尾")
    made = correction(data.draw(st.sampled_from(parts)), data.draw(st.text(alphabet="甲乙㈠丙 \nAB", max_size=8)))
    assume(made.expected.strip())
    for applied in locate([made], source).applied:
        assert applied.passage.start <= applied.changed.start <= applied.changed.end <= applied.passage.end
        assert applied.changed.quote or not applied.words
        whole, cut = (
            source.text[: passage.start] + words + source.text[passage.end :]
            for passage, words in ((applied.passage, made.corrected), (applied.changed, applied.words))
        )
        assert "".join(whole.split()) == "".join(cut.split())


def test_without_corrections_the_reading_is_the_same_to_the_byte() -> None:
    source = document(TEXT)
    assert read(source, gazetteer.load(), locate([], source)) == read(source, gazetteer.load())
    assert reading(source, correction("無此字句", "某")) == read(source, gazetteer.load())
