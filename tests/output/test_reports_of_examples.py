"""Reports on the examples: values counted by hand in their text, formats read by readers not ours, names as a person says them."""

import csv
import html.parser
import io
import json
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from graph import named
from graph.involvement import involvement
from graph.store import Store
from ontology.errors import CrossCityError
from output import spreadsheet
from output.messages import LANGUAGES, Language, load
from output.report import Report
from output.reports import FILTERS_OF, REPORTS, report_agency
from output.scope import FILTERS, Scope, read_scope
from output.wording import write_report

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).parents[2] / "examples"


def rows(run: Run, kg: Path, *words: str) -> list[dict[str, str]]:
    status, out, err = run("report", *words, "--store", kg, "--format", "json")
    assert (status, err) == (0, "")
    found: list[dict[str, str]] = json.loads(out)["rows"]
    return found


def test_what_2022_1_says_of_the_two_governments(run: Run, kg: Path) -> None:
    """One meeting of 2022, by video, chaired by 丁雅君 of 新北市; both cases name 雙北 or 兩市; its two directives name nobody."""
    found = rows(run, kg, "agencies", "--year", "2022")
    counts = ("agency", "meetings", "cases", "proposed", "directives", "reported", "unreported", "hosted", "first", "last", "city", "level")
    day = "2022-02-22"
    assert [tuple(row[name] for name in counts) for row in found] == [
        ("新北市政府", "1", "2", "0", "0", "0", "0", "1", day, day, "新北市", "government"),
        ("臺北市政府", "1", "2", "0", "0", "0", "0", "0", day, day, "臺北市", "government"),
    ]
    assert rows(run, kg, "burden", "--year", "2022") == [
        {"side": "nobody", "directives": "2", "reported": "0", "unreported": "0", "counterpart": "0"}
    ]
    assert rows(run, kg, "outcomes", "--year", "2022") == [
        {"year": "2022", "outcome": "proposed", "events": "1"},
        {"year": "2022", "outcome": "tracked", "events": "1"},
    ]
    assert [row["title"] for row in rows(run, kg, "cases", "--year", "2022")] == [
        "雙北合作共同申辦國際綜合性賽會及運動園區規劃報告",
        "兩市共同學區教育資源之共享",
    ]


def test_involvement_over_all_meetings_is_that_of_the_query(kg: Path) -> None:
    with Store.open(kg, read_only=True) as store:
        everything = {row["meeting"] for row in named.ask(store, "meetings").records()}
        ours = {body.agency: body for body in involvement(store, everything)}
        theirs = named.ask(store, "involvement").records()
        assert len(theirs) == len(ours) == 20
        for row in theirs:
            body = ours[row["agency"]]
            for column, cell in row.items():
                assert str(getattr(body, column)) == cell, (row["agency"], column)


def test_pairs_are_those_of_the_query(run: Run, kg: Path) -> None:
    ours = {(row["agency_a"], row["agency_b"]): row for row in rows(run, kg, "collaboration")}
    with Store.open(kg, read_only=True) as store:
        theirs = named.ask(store, "collaboration").records()
    assert len(theirs) == len(ours) == 28
    for row in theirs:
        mine = ours[row["agency_a"], row["agency_b"]]
        assert (mine["cases"], mine["meetings"], mine["case_titles"]) == (row["cases"], row["meetings"], row["case_titles"])
        assert float(mine["weight"]) == pytest.approx(float(row["weight"]), abs=1e-3)


def test_measures_say_when_the_network_is_too_small(run: Run, kg: Path) -> None:
    """At the level of governments three bodies work together: both governments, and 中央政府 in two cases."""
    _, out, _ = run("report", "collaboration", "--measures", "--level", "government", "--store", kg)
    assert "Fewer than 10" in out
    _, out, _ = run("report", "collaboration", "--measures", "--store", kg)
    assert "18 bodies with 28 ties" in " ".join(out.split())
    assert "Fewer than 10" not in out
    by_name = {row["agency"]: row for row in rows(run, kg, "collaboration", "--measures")}
    family = by_name["臺北市政府/家庭教育中心"]  # works with its counterpart only, in one case of two
    assert (family["degree"], family["strength"], family["betweenness"], family["cuts"]) == ("1", "1", "0.000", "false")
    assert family["community"] == by_name["新北市政府/家庭教育中心"]["community"]


def test_bridges_name_what_is_cut_off(run: Run, kg: Path) -> None:
    """臺北市政府/警察局 is named in one case, with 新北市政府/教育局 alone."""
    found = [row for row in rows(run, kg, "bridges") if row["kind"] == "tie" and row["counterparts"] == "臺北市政府/警察局"]
    assert [(row["agency"], row["agencies_cut_off"]) for row in found] == [("新北市政府/教育局", "臺北市政府/警察局")]


def test_a_briefing_tells_what_is_open_due_waiting_and_from_above(run: Run, kg: Path) -> None:
    found = rows(run, kg, "summary")
    parts = {part: [row for row in found if row["part"] == part] for part in ("open", "due", "waiting", "above")}
    assert [(row["title"][:8], row["outcome"], row["later_meetings"]) for row in parts["open"]] == [
        ("雙北合作共同申辦", "tracked", "0"),
        ("新北市圖書館電子", "tracked", "6"),  # last in 2020-3; then 2020-4, four meetings of 2021, 2022-1
        ("兩市共同學區教育", "proposed", "0"),
    ]
    assert parts["due"][0]["quote"].startswith("請於下次小組會議專案報告共同學區")
    assert len(parts["due"]) == 11  # that, and the ten that --overdue lists
    assert len(parts["waiting"]) == 9
    assert [(row["title"], row["passed"]) for row in parts["above"]] == [("校園防疫合作", "市長層級會議")]
    _, out, _ = run("report", "summary", "--store", kg)
    assert "■ Due at the next meeting, or overdue: 11" in out
    assert len(out.splitlines()) < 130  # two printed pages


def test_a_page_on_one_body(run: Run, kg: Path) -> None:
    """資教科 is asked twice in 2020-1 and once in 2021-2, always for the one case 酷課學園."""
    found = rows(run, kg, "agency", "資教科")
    asked = [row for row in found if row["part"] == "asked"]
    assert [(row["date"], row["state"]) for row in asked] == [
        ("2020-03-02", "undated"),
        ("2020-03-02", "unreported"),
        ("2021-08-25", "reported"),
    ]
    assert [row["title"] for row in found if row["part"] == "cases"] == ["合作推廣臺北酷課雲-酷課學園網路學校課程"]
    assert rows(run, kg, "agency", "北市教育局資教科") == found


def test_papers_are_named_once_whatever_their_spaces(run: Run, kg: Path) -> None:
    found = {row["surface"]: row for row in rows(run, kg, "documents")}
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("*.txt")))
    assert "附件 1" in text
    assert "附件1" in text
    assert [name for name in found if re.fullmatch(r"附件\s*1", name)] == ["附件 1"]
    assert found["109年3月26日市長層級會議"]["kind"] == "meeting"
    assert not [name for name in found if "小組會議" in name]  # those of the group are all loaded


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("agency", "消防局"), "臺北市政府/消防局: known, but the minutes loaded do not name it"),
        (("agency", "教育局"), "2 agencies end in '教育局'"),
        (("agency", "太空署"), "no agency fits '太空署'"),
        (("cases", "--year", "1999"), "no year fits '1999'; there is: 2019 or 2020 or 2021 or 2022"),
        (("cases", "--city", "高雄"), "no city fits '高雄'; there is: 新北市 or 臺北市"),
        (("cases", "--outcome", "lost"), "no outcome fits 'lost'; there is: proposed (proposed) or"),
        (("rhythm", "--group", "交通"), "no group fits '交通'; there is: 教育文化組"),
        (("rhythm", "--outcome", "tracked"), "--outcome"),
        (("cases", "--plot", "cases.pdf"), "cases.pdf: a picture is svg or png"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(words: tuple[str, ...], said: str, run: Run, kg: Path) -> None:
    status, out, err = run("report", *words, "--store", kg, "--lang", "en")
    assert (status, out) == (2, "")
    assert said in err.splitlines()[-1]


def test_filters_take_anybody_s_words(run: Run, kg: Path) -> None:
    with Store.open(kg, read_only=True) as store:
        words = Scope(city="台北", agency="資教科", group="教育", year="2021", outcome="持續列管")
        assert read_scope(store, words, load("en")) == Scope("臺北市", "臺北市政府/教育局/資訊教育科", "教育文化組", "2021", "tracked")
    everybody = rows(run, kg, "people")
    of_one = rows(run, kg, "people", "--city", "台北")
    assert of_one == [row for row in everybody if row["city"] == "臺北市"]
    assert 0 < len(of_one) < len(everybody)
    assert [row["title"] for row in rows(run, kg, "vanished", "--agency", "新北圖書館")] == ["新北市圖書館電子書資源可否提供臺北市學生使用"]


@pytest.mark.parametrize("name", REPORTS)
def test_every_filter_leaves_rows_of_the_whole(name: str, kg: Path) -> None:
    spoken = load("en")
    values = {"city": "臺北市", "agency": "臺北市政府/教育局", "group": "教育文化組", "year": "2021", "outcome": "tracked"}
    assert set(FILTERS_OF[name]) <= set(FILTERS)
    with Store.open(kg, read_only=True) as store:
        whole = REPORTS[name](store, spoken)
        for key in FILTERS_OF[name]:
            narrowed = REPORTS[name](store, spoken, Scope(**{key: values[key]}))
            assert any(line.startswith("Only: ") for line in narrowed.coverage)
            assert narrowed.table.columns == whole.table.columns
            assert len(narrowed.table.rows) <= len(whole.table.rows)


def test_an_iri_is_shown_only_where_it_is_wanted(run: Run, kg: Path) -> None:
    for name in (*REPORTS, "agency 資教科"):
        _, out, _ = run("report", *name.split(), "--store", kg, "--format", "csv")
        assert "https://" not in out, name
    found = rows(run, kg, "cases", "--iri")
    with Store.open(kg, read_only=True) as store:
        assert [row["iri"] for row in found] == [row["case"] for row in named.ask(store, "cases").records()]


def every_report(store: Store, language: Language) -> list[Report]:
    spoken = load(language)
    body = (store.select("SELECT ?a { ?a cc:path '臺北市政府/教育局' }").rows[0][0], "臺北市政府/教育局")
    return [*(make(store, spoken) for make in REPORTS.values()), report_agency(store, body, spoken)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_holds_what_the_report_says(language: Language, kg: Path) -> None:
    spoken = load(language)
    with Store.open(kg, read_only=True) as store:
        for report in every_report(store, language):
            content = spreadsheet.as_xlsx(report, spoken)
            assert content == spreadsheet.as_xlsx(report, spoken)
            book = openpyxl.load_workbook(io.BytesIO(content))
            front, *sheets = book.worksheets
            told = [cell.value for cell in front["A"]]
            assert told == [report.title, report.question, *report.coverage]
            tables = [part.table for part in report.parts] or [report.table]
            assert [sheet.max_row - 1 for sheet in sheets] == [len(table.rows) for table in tables]
            assert all(cell.data_type != "f" for sheet in sheets for row in sheet.iter_rows() for cell in row)


def test_a_workbook_keeps_numbers_days_and_words_apart(kg: Path) -> None:
    with Store.open(kg, read_only=True) as store:
        content = spreadsheet.as_xlsx(REPORTS["meetings"](store, load("en")), load("en"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    assert [cell.value for cell in sheet[1]] == ["Date", "Meeting", "Host", "Chair", "Cases", "Asked", "Sentences", "Unread"]
    assert [cell.value for cell in sheet[2]] == [datetime(2019, 1, 25), "教育文化組 2019-1", "新北市", "黃詩芳", 3, 5, 19, 0]  # noqa: DTZ001


def test_a_workbook_without_its_library_says_what_to_install(kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with Store.open(kg, read_only=True) as store, pytest.raises(CrossCityError, match=r"pip install 'crosscity\[xlsx\]'"):
        spreadsheet.as_xlsx(REPORTS["cases"](store, load("en")), load("en"))


class Cells(html.parser.HTMLParser):
    """Counts the rows of a page's tables, and keeps the words of their cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        self.inside = tag == "td"
        if self.inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def test_csv_html_and_markdown_hold_the_same_rows(run: Run, kg: Path) -> None:
    for name in ("cases", "agencies", "burden", "documents"):
        texts = {form: run("report", name, "--store", kg, "--format", form)[1] for form in ("csv", "html", "md")}
        head, *body = csv.reader(io.StringIO(texts["csv"]))
        page = [cells for cells in Cells(texts["html"]).rows if cells]
        assert [[cell.replace("—", "") for cell in cells] for cells in page] == body
        assert sum(line.startswith("| ") for line in texts["md"].splitlines()) == len(body) + 2
        assert "Rests on" not in texts["csv"]
        assert len(set(head)) == len(head)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_keep_to_the_width_of_a_terminal(width: int, language: Language, kg: Path) -> None:
    with Store.open(kg, read_only=True) as store:
        texts = [write_report(report, "table", load(language), width=width) for report in every_report(store, language)]
    assert "\x1b" not in "".join(texts)
    assert width - 10 < max(cell_len(line) for text in texts for line in text.splitlines()) <= width


def test_a_pipe_is_as_wide_as_columns_says(run: Run, kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    _, wide, _ = run("report", "promises", "--store", kg)
    monkeypatch.setenv("COLUMNS", "wide")
    _, usual, _ = run("report", "promises", "--store", kg)
    assert 110 < max(map(cell_len, wide.splitlines())) <= 120
    assert 70 < max(map(cell_len, usual.splitlines())) <= 80
