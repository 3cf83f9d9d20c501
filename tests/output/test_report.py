"""Reports: what they rest on stands above what they count, in words of the reader's language, in 80 columns, without IRIs."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from graph import named
from graph.embedded import EmbeddedStore
from graph.store import Store
from graph.tables import Table
from output import choosing, lives
from output.messages import LANGUAGES, Language, load
from output.report import Block, Report
from output.reports import REPORTS
from output.tables_text import as_columns, fold_words
from output.wording import FORMATS, Format, say_cell, write_report

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def store(store_folder: Path) -> Iterator[Store]:
    with Store.open(store_folder, read_only=True) as opened:
        yield opened


def all_reports(store: Store, language: Language) -> Iterator[Report]:
    spoken = load(language)
    for make in REPORTS.values():
        yield make(store, spoken)
    yield lives.report_case(store, choosing.find_case(store, "照明", spoken), spoken)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_fit_80_columns_and_show_no_iri(store: Store, language: Language) -> None:
    for report in all_reports(store, language):
        for form in FORMATS:
            text = write_report(report, form, load(language))
            assert "https://w3id.org" not in text.replace("http-equiv", ""), (report.name, form)
            if form == "table":
                assert max(map(cell_len, text.splitlines())) <= 80
                assert "\x1b" not in text


@pytest.mark.parametrize("form", ["table", "md", "html", "json"])
def test_coverage_stands_above_the_counts(store: Store, form: Format) -> None:
    for report in all_reports(store, "en"):
        text = html.unescape(write_report(report, form, load("en")))
        covered = text.index("Rests on the minutes loaded, 2023-03-07 to 2023-06-15: 2 meetings, 2 files.")
        empty = not report.table.rows and form != "md"
        first = "Nothing to report" if empty else load("en").term("column", report.table.columns[0])
        if report.blocks or report.parts:
            first = (report.blocks or report.parts)[0].heading[:10]
        assert covered < text.rindex('"rows"' if form == "json" else first)


def test_outcomes_states_and_headers_speak_the_reader_s_language(store: Store) -> None:
    chinese = {report.name: write_report(report, "csv", load("zh-Hant-TW")) for report in all_reports(store, "zh-Hant-TW")}
    assert list(csv.reader(io.StringIO(chinese["cases"])))[:2] == [
        ["案名", "最早", "最近", "次數", "結果"],
        ["公車轉乘資訊共用看板", "2023-03-07", "2023-06-15", "2", "提請解除列管"],
    ]
    assert "已見回報" in chinese["promises"]
    assert "下次會議" in chinese["promises"]
    assert "delist" not in "".join(chinese.values())
    english = {report.name: write_report(report, "csv", load("en")) for report in all_reports(store, "en")}
    assert "delisting requested" in english["cases"]


def test_json_keeps_the_codes(store: Store) -> None:
    report = json.loads(write_report(REPORTS["cases"](store, load("zh-Hant-TW")), "json", load("zh-Hant-TW")))
    assert report["rows"][0]["outcome"] == "delist-requested"
    assert report["report"] == "cases"


def test_agencies_people_and_meetings(store: Store) -> None:
    tables = {report.name: report.table.records() for report in all_reports(store, "en")}
    by_path = {row["agency"]: row for row in tables["agencies"]}
    assert (by_path["臺北市政府/交通局"]["proposed"], by_path["臺北市政府/交通局"]["directives"]) == ("1", "1")
    assert {row["name"]: (row["city"], row["roles"]) for row in tables["people"]} == {
        "林大方": ("臺北市", "chair (專門委員)"),
        "王小明": ("臺北市", "recorder"),
        "陳又新": ("新北市", "chair (科長)"),
        "李小華": ("新北市", "recorder"),
    }
    assert [(row["meeting"], row["host"], row["cases"]) for row in tables["meetings"]] == [
        ("交通組 2023-1", "臺北市", "2"),
        ("交通組 2023-2", "新北市", "2"),
    ]
    assert [row["quarter"] for row in tables["rhythm"]] == ["2023-Q1", "2023-Q2"]
    assert tables["vanished"] == []


@pytest.mark.parametrize("column", ["chair", "recorder", "actors"])
def test_several_of_one_role_are_a_list_in_words(column: str) -> None:
    assert say_cell(column, "林大方|陳又新", load("zh-Hant-TW")) == "林大方、陳又新"


def test_unreported_is_said_of_the_minutes_and_not_of_the_work(store: Store) -> None:
    assert any("It does not mean not done" in line for line in REPORTS["promises"](store, load("en")).coverage)


def test_the_life_of_a_case_sentence_by_sentence(store: Store, minutes: Path) -> None:
    spoken = load("en")
    case = choosing.find_case(store, "自行車 照明", spoken)
    first, second = lives.read_life(store, case)
    text = (minutes / "first.txt").read_text(encoding="utf-8")
    assert (first.date, first.outcome, second.outcome) == ("2023-03-07", "accepted", "tracked")
    for place in (first.place, *(asked.place for asked in first.asked)):
        assert text[place.start : place.end] == place.quote
        assert text.splitlines()[place.line - 1].startswith(place.quote.splitlines()[0], place.column - 1)
    asked = first.asked[0]
    assert (asked.actors, asked.due, asked.due_text, asked.state) == ("新北市政府/交通局", "next-meeting", "下次會議前", "reported")
    assert "燈具清冊業已提供" in asked.report_quote
    shown = write_report(lives.report_case(store, case, spoken), "table", spoken)
    line = text[: asked.place.start].count("\n") + 1
    assert f"source: first.txt:{line}:{asked.place.column}, characters {asked.place.start}–{asked.place.end}" in shown
    assert "who: 新北市政府/交通局" in shown
    assert 'due: next meeting "下次會議前"' in shown


def test_a_case_is_found_by_iri_title_or_words(store: Store) -> None:
    spoken = load("en")
    case = choosing.find_case(store, "照明", spoken)
    for key in (case.iri, case.title, "跨河 照明", "跨河自行車道", "照明 改善"):
        assert choosing.find_case(store, key, spoken) == case


def test_explain_shows_the_sentence_behind_a_fact(run: Run, store_folder: Path, minutes: Path) -> None:
    text = (minutes / "first.txt").read_text(encoding="utf-8")
    _, out, _ = run("query", "directives", "--store", store_folder, "--format", "csv")
    row = next(csv.DictReader(io.StringIO(out)))
    status, out, _ = run("explain", row["directive"], "--store", store_folder, "--format", "json")
    rows = json.loads(out)["rows"]
    assert status == 0
    assert {found["file"] for found in rows} == {"first.txt", "second.txt"}  # what was asked, and where it was reported
    told = rows[0]
    assert text[int(told["start_char"]) : int(told["end_char"])] == told["quote"] == row["quote"]
    assert told["rule"]


@pytest.mark.parametrize(
    "command", [("agency", "臺北市政府/教育局"), ("case", "家庭教育"), ("summary", "--city", "臺北市"), ("collaboration",)]
)
def test_a_report_asks_nothing_twice(command: tuple[str, ...], run: Run, kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    select = EmbeddedStore.select

    def note(self: EmbeddedStore, sparql: str) -> Table:
        asked.append(sparql)
        return select(self, sparql)

    monkeypatch.setattr(EmbeddedStore, "select", note)
    assert run("report", *command, "--store", kg)[0] == 0
    assert len(asked) > 4
    assert [sparql for sparql in asked if asked.count(sparql) > 1] == []


def test_and_none_of_a_store_as_it_stood(run: Run, kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = named._answer
    monkeypatch.setattr(named, "_answer", lambda store, name, sparql: asked.append(name) or answer(store, name, sparql))
    assert run("report", "agency", "臺北市政府/教育局", "--as-of", "2021-01-31", "--store", kg)[0] == 0
    assert len(asked) == len(set(asked)) > 4


def test_explain_shows_the_sentences_behind_a_pair_of_agencies(run: Run, kg: Path) -> None:
    asked = "SELECT ?tie ?path { ?tie a cc:Tie ; cc:bodyA/cc:path ?path ; cc:bodyB/cc:path '臺北市政府/教育局/體育及衛生保健科' }"
    _, out, _ = run("query", "-e", asked, "--store", kg, "--format", "json")
    ties = [(row["tie"]["value"], row["path"]["value"]) for row in json.loads(out)["results"]["bindings"]]
    assert ties
    for tie, path in ties:
        _, out, _ = run("explain", tie, "--store", kg, "--format", "json")
        rows = json.loads(out)["rows"]
        assert {row["kind"] for row in rows} == {"case-event"}
        named = f"SELECT ?e {{ ?e cc:involves|cc:proposedBy ?body . ?body cc:path '{path}' }}"
        _, out, _ = run("query", "-e", named, "--store", kg, "--format", "csv")
        assert {row["fact"] for row in rows} & set(out.splitlines())


@pytest.mark.parametrize("key", ["2023-1", "2023-06-15", "臺北市政府交通局", "新北市政府/交通局", "林大方", "公車轉乘", "台北市政府"])
def test_explain_takes_what_a_person_would_say(key: str, run: Run, store_folder: Path) -> None:
    status, out, _ = run("explain", key, "--store", store_folder)
    assert status == 0
    assert re.search(r"source: (first|second)\.txt:\d+:\d+, characters \d+–\d+", out)


def test_an_agency_of_both_cities_is_offered_as_a_choice(run: Run, store_folder: Path) -> None:
    status, out, err = run("explain", "交通局", "--store", store_folder)
    assert (status, out) == (2, "")
    assert err.splitlines()[:2] == ["  新北市政府/交通局", "  臺北市政府/交通局"]


def test_text_of_the_minutes_is_no_markup() -> None:
    evil = '<img src=x onerror="alert(1)">|*`[x](y)`\x1b[2J'
    report = Report("x", evil, (evil,), Table(("title",), ((evil,),)), (Block(evil, ((evil, evil),), evil),))
    for form in ("html", "md", "table"):
        text = write_report(report, form, load("en"))
        assert "<img" not in text.replace("\\<img", "") or form == "table"
        assert "\x1b" not in text or form == "html"


@given(st.text(alphabet="ab 案，「」（）2…0-e", max_size=60), st.integers(2, 30))
def test_folded_lines_keep_every_sign_and_the_width(words: str, width: int) -> None:
    lines = fold_words(words, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


@given(st.lists(st.tuples(*[st.text(alphabet="ab 案件，2", max_size=40)] * 4), max_size=4), st.integers(60, 120))
def test_tables_fit_their_width(rows: list[tuple[str, ...]], width: int) -> None:
    text = as_columns(Table(("a", "案", "c", "d"), tuple(rows)), width=width)
    assert max(map(cell_len, text.splitlines())) <= width
