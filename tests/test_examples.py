"""The demo's minutes: that all thirteen meetings are there as the public record has them, told in our own words."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from graph import named
from graph.build import build
from graph.store import Store
from ontology.iris import Iris

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
ORIGINALS = ROOT.parent / "shared" / "minutes"

# Year, ordinal, ROC date and the names that a reader can look up in the published minutes.
MEETINGS = (
    (2019, 1, "108年1月25日", "黃專門委員詩芳", "陳進德"),
    (2019, 2, "108年5月21日", "楊專門委員淑妃", "林映舟"),
    (2019, 3, "108年9月26日", "歐主任秘書人豪", "石啟宏"),
    (2019, 4, "108年11月13日", "陳主任秘書素慧", "王筱涵"),
    (2020, 1, "109年3月2日", "歐主任秘書人豪", "范君濡"),
    (2020, 2, "109年6月4日", "陳主任秘書素慧", "林映舟"),
    (2020, 3, "109年11月3日", "丁雅君參議代理主任秘書", "葉俊士"),
    (2020, 4, "109年12月30日", "吳主任秘書金盛", "林映舟"),
    (2021, 1, "110年3月16日", "丁雅君參議代理主任秘書", "葉俊士"),
    (2021, 2, "110年8月25日", "吳主任秘書金盛", "林映舟"),
    (2021, 3, "110年12月3日", "丁主任秘書雅君", "張漢堯"),
    (2021, 4, "110年12月30日", "吳主任秘書金盛", "林映舟"),
    (2022, 1, "111年2月22日", "丁主任秘書雅君", "賴荷婷"),
)

# Case titles are facts and stay as they are. The longest stand first, so that one within another is not cut in two.
CASE_TITLES = (
    "為籌辦2025年世界壯年運動會賽會相關作業，協請新北市政府支援專職人力進駐賽會執行辦公室",
    "『2018 新北國際城市高中棒球邀請賽』邀請北市青棒隊伍共襄盛舉",
    "建議酷課雲開放本市師生使用新北 OpenID 登入，以利共同推廣",
    "共同合作就18歲以下設籍新北市之無照駕駛累犯實施關懷輔導",
    "兩市共同研議東湖、汐止地區國中小及學前教育之為未來發展",
    "兩市合作檢核團膳業者豬肉使用情形,以維護學童安全",
    "雙北合作共同申辦國際綜合性賽會及運動園區規劃報告",
    "新北市圖書館電子書資源可否提供臺北市學生使用",
    "兩市共同研議東湖、汐止地區中小學及幼兒教育之資源",
    "請新北支援專職人力進駐2025世壯會執行辦公室",
    "合作推廣臺北酷課雲-酷課學園網路學校課程",
    "共同合作關懷18歲以下無照駕駛學生",
    "雙北合作共同申辦國際綜合賽會",
    "兩市合作預防青少年學生犯罪",
    "合作檢核團膳業者豬肉使用",
    "兩市共同學區教育資源之共享",
    "合作推廣台北酷課雲課程",
    "雙北家庭教育資源共享",
    "行動天文館校園趴趴 GO!",
)
LONGEST_SHARED_RUN = 13  # letters and digits, as long as 請新北市教育局中等教育科; a longer run is a sentence taken over

_TITLE_LINE = re.compile(r"^(\d{4}) ?雙北合作「教育文化組」第 ?(\d+) ?次小組會議紀錄$")
_MEETING_NAME = re.compile(r"\d{4}雙北合作教育文化組(?:第\d+次小組會議紀錄)?|\d+年\d+月\d+日市長層級會議")
_HEADER_LINE = re.compile(r"^[-\s]*(?:[壹貳參肆伍陸柒捌玖拾]、)?(?:時間|地點|主席|紀錄|記錄|出席人員|散會)(?:：|\()")
_NUMBERED = re.compile(r"^[-\s]*(?:[壹貳參肆伍陸柒捌玖拾]、|[一二三四五六七八九十]、|\([一二三四五]\))")
_LABEL = re.compile(r"^[^，。：]{1,14}：")


def read_examples() -> str:
    """All examples in the order of their names, which is the order of the meetings."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt")))


def read_titles(text: str) -> list[tuple[str, str]]:
    """Year and ordinal of each title line."""
    return [(match[1], match[2]) for line in text.splitlines() if (match := _TITLE_LINE.match(line))]


def drop_spaces(text: str) -> str:
    return re.sub(r"\s+", "", text)


def keep_words(text: str) -> str:
    """Letters and digits of a text in one width, with 臺 for 台.

    >>> keep_words("台北，第 １ 次")
    '臺北第1次'
    """
    folded = unicodedata.normalize("NFKC", text).replace("台", "臺")
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN")


def join_lines(text: str) -> list[str]:
    """The paragraphs of a text without header lines and labels; a line that ends in mid-sentence is joined to the next."""
    paragraphs: list[str] = []
    open_sentence = False
    for line in filter(None, map(str.strip, text.splitlines())):
        if _HEADER_LINE.match(line):
            open_sentence = False
            continue
        numbered = _NUMBERED.match(line)
        rest = _NUMBERED.sub("", line)
        prose = _LABEL.sub("", rest)
        if open_sentence and not numbered and prose == rest:
            paragraphs[-1] += prose
        else:
            paragraphs.append(prose)
        open_sentence = not line.endswith(("。", "：", ")", "）"))
    return paragraphs


def cut_prose(text: str) -> list[str]:
    """The running prose of minutes as strings of words alone, cut where a meeting's name or a case title stood."""
    names = [re.escape(keep_words(title)) for title in CASE_TITLES]
    cut = re.compile("|".join([_MEETING_NAME.pattern, *names]))
    return [piece for paragraph in join_lines(text) for piece in cut.split(keep_words(paragraph)) if piece]


def find_shared_runs(ours: list[str], theirs: list[str], length: int) -> set[str]:
    """Runs of ``length`` characters that a piece of ours and a piece of theirs have in common."""
    runs = {piece[at : at + length] for piece in theirs for at in range(len(piece) - length + 1)}
    return runs & {piece[at : at + length] for piece in ours for at in range(len(piece) - length + 1)}


@pytest.fixture(scope="module")
def store() -> Store:
    held = Store.open(":memory:")
    build([EXAMPLES], held, iris=Iris(held.base))
    return held


def test_thirteen_meetings_stand_in_order() -> None:
    assert read_titles(read_examples()) == [(str(year), str(ordinal)) for year, ordinal, *_ in MEETINGS]


def test_each_meeting_keeps_its_date_chair_and_recorder() -> None:
    parts = re.split(r"^\d{4} ?雙北合作「教育文化組」第 ?\d+ ?次小組會議紀錄$", read_examples(), flags=re.MULTILINE)[1:]
    assert len(parts) == len(MEETINGS)
    for part, (_, _, date, chair, recorder) in zip(parts, MEETINGS, strict=True):
        header = drop_spaces(part)[:120]
        assert f"時間：{date}" in header
        assert f"主席：{chair}" in header
        assert re.search(f"[紀記]錄：{recorder}", header)


def test_every_case_title_is_used_and_none_is_split_by_a_wrap() -> None:
    text = read_examples()
    assert [title for title in CASE_TITLES if title not in text] == []


def test_one_file_a_year_and_one_file_a_meeting() -> None:
    counted = {path.name: len(read_titles(path.read_text(encoding="utf-8"))) for path in EXAMPLES.glob("*.txt")}
    assert counted == {"2019.txt": 4, "2020.txt": 4, "2021-1.txt": 1, "2021-2.txt": 1, "2021-3.txt": 1, "2021-4.txt": 1, "2022-1.txt": 1}


def test_the_folder_says_that_these_are_not_the_official_minutes() -> None:
    notice = (EXAMPLES / "NOTICE.md").read_text(encoding="utf-8")
    assert "不是官方會議紀錄" in notice
    assert "not the official minutes" in notice


def test_thirteen_meetings_are_read_whole(store: Store) -> None:
    rows = named.ask(store, "meetings").records()
    assert [f"{row['year']}-{row['ordinal']}" for row in sorted(rows, key=lambda row: row["date"])] == [
        *("2019-1", "2019-2", "2019-3", "2019-4", "2020-1", "2020-2", "2020-3", "2020-4"),
        *("2021-1", "2021-2", "2021-3", "2021-4", "2022-1"),
    ]
    assert all(row["host"] and row["chair"] and row["recorder"] and row["start"] and row["end"] for row in rows)
    assert {row["date"]: row["host_basis"] for row in rows if row["mode"] == "video"} == dict.fromkeys(
        ("2021-08-25", "2021-12-03", "2021-12-30", "2022-02-22"), "inferred"
    )


def test_fourteen_cases_and_their_last_outcome(store: Store) -> None:
    cases = {row["title"]: (row["events"], row["outcome"]) for row in named.ask(store, "cases").records()}
    assert len(cases) == 14
    assert cases["雙北家庭教育資源共享"] == ("4", "delist-requested")
    assert cases["合作推廣臺北酷課雲-酷課學園網路學校課程"] == ("10", "delist-requested")
    assert cases["兩市共同學區教育資源之共享"] == ("1", "proposed")


def test_what_fell_silent_is_found(store: Store) -> None:
    assert [row["title"] for row in named.ask(store, "vanished").records()] == ["新北市圖書館電子書資源可否提供臺北市學生使用"]
    rhythm = {row["quarter"]: row["meetings"] for row in named.ask(store, "rhythm").records()}
    assert [quarter for quarter, meetings in rhythm.items() if meetings == "0"] == ["2020-Q3", "2021-Q2"]


def test_a_shared_run_is_found_over_a_wrap_and_punctuation() -> None:
    ours = cut_prose("裁示：\n一、先請兩市於下次會議\n前交換，甲乙丙丁。")
    theirs = cut_prose("決議：請兩市於下次會議前、交換甲乙丙丁戊。")
    assert find_shared_runs(ours, theirs, 15) == {"請兩市於下次會議前交換甲乙丙丁"}


def test_case_titles_and_header_lines_are_no_prose() -> None:
    assert cut_prose("貳、地點：視訊會議\n一、項次 1「雙北家庭教育資源共享」案，繼續列管。") == ["項次1", "案繼續列管"]


@pytest.fixture
def originals() -> Path:
    if not ORIGINALS.is_dir():
        pytest.skip("the original minutes are not beside the project (../shared/minutes)")
    return ORIGINALS


@pytest.mark.shared
def test_no_sentence_of_the_originals_is_taken_over(originals: Path) -> None:
    theirs = [piece for path in sorted(originals.glob("*.txt")) for piece in cut_prose(path.read_text(encoding="utf-8"))]
    assert sum(map(len, theirs)) > 3000
    assert find_shared_runs(cut_prose(read_examples()), theirs, LONGEST_SHARED_RUN + 1) == set()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("case-events", ("date", "item", "section", "surface", "outcome", "routine", "proposers")),
        ("escalations", ("date", "level", "purpose")),
        ("meetings", ("title", "date", "start", "end", "venue", "mode", "host", "chair", "chair_title", "recorder", "reviewed")),
    ],
)
def test_our_words_say_of_each_case_what_the_record_says(store: Store, originals: Path, name: str, columns: tuple[str, ...]) -> None:
    record = Store.open(":memory:")
    build([originals], record, iris=Iris(record.base))
    told, recorded = (sorted(tuple(row[one] for one in columns) for row in named.ask(held, name).records()) for held in (store, record))
    assert recorded
    assert told == recorded
