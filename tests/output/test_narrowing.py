"""A part of a store that holds several platforms: what is asked of it is answered as a store of its minutes alone answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from output.cli import main
from output.service.tasks import Task
from output.service.worker import Reader, do
from tests.output.conftest import FIRST, SECOND

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
SOUTH = {"雙北": "高屏", "臺北市": "高雄市", "新北市": "屏東縣"}
RIVER = """120年河岸工作小組第1次會議紀錄

壹、時間：120年3月4日下午2時

貳、地點：基隆市政府工務處會議室

參、主席：王科長大同

肆、報告事項

裁示：

- 一、項次1「河岸自行車道照明改善」案，請基隆市政府工務處於下次會議報告，本案持續列管。

伍、散會：下午3時
"""


def southern(text: str) -> str:
    """The same minutes of two other cities."""
    for here, there in SOUTH.items():
        text = text.replace(here, there)
    return text


@pytest.fixture(scope="module")
def south(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two meetings of a group of the south, which is called as one of the north is."""
    folder = tmp_path_factory.mktemp("south")
    (folder / "s1.txt").write_text(southern(FIRST), encoding="utf-8")
    (folder / "s2.txt").write_text(southern(SECOND), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, south: Path) -> Path:
    """A store of the south alone."""
    place = tmp_path_factory.mktemp("alone") / "kg"
    assert main(["build", str(south), "--store", str(place)]) == 0
    return place


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory, south: Path, minutes: Path) -> Path:
    """A store of the south, of two groups of the north, and of a group that names no platform."""
    river = tmp_path_factory.mktemp("river") / "river.txt"
    river.write_text(RIVER, encoding="utf-8")
    place = tmp_path_factory.mktemp("all") / "kg"
    assert main(["build", str(south), str(minutes), str(river), *map(str, EXAMPLES), "--store", str(place)]) == 0
    return place


ASKED = [
    ("report", "cases", "--iri"),
    ("report", "promises", "--iri"),
    ("report", "agencies", "--iri"),
    ("report", "people", "--iri"),
    ("report", "case", "照明"),
    ("report", "agency", "高雄市政府/交通局"),
    ("report", "meetings", "--as-of", "2023-05-01"),
    ("query", "case-events"),
    ("query", "evidence"),
    ("explain", "看板"),
]


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_a_platform_s_answers_are_those_of_its_minutes_alone(words: tuple[str, ...], run: Run, kg: Path, alone: Path) -> None:
    status, out, err = run(*words, "--platform", "高屏", "--store", kg, "--format", "json")
    assert status == 0, err
    told, expected = (json.loads(text) for text in (out, run(*words, "--store", alone, "--format", "json")[1]))
    assert told.get("rows", told) == expected.get("rows", expected)


def test_and_so_is_what_is_exported(run: Run, kg: Path, alone: Path) -> None:
    outs = (run("export", "--platform", "高屏", "--store", kg, "--format", "nq")[1], run("export", "--store", alone, "--format", "nq")[1])
    told, expected = ({line for line in out.splitlines() if not _of_the_build(line)} for out in outs)
    assert told == expected
    assert len(told) > 500


def _of_the_build(line: str) -> bool:
    """Whether a line says by which files a store was built, or describes all of it."""
    return any(graph in line for graph in ("/id/graph/build>", "/id/dataset", "#inputsDigest>"))


def test_it_says_how_much_of_the_store_it_is(run: Run, kg: Path) -> None:
    out = run("report", "vanished", "--platform", "高屏", "--store", kg)[1]
    assert "Only the minutes of 高屏: 2 of the 18 meetings loaded." in out
    assert "Groups: 交通組." in out
    assert "Only" not in run("report", "vanished", "--store", kg)[1]
    assert (
        "只看高屏的會議紀錄：所載入 18 次會議中的 2 次。"
        in run("--lang", "zh", "report", "vanished", "--platform", "高屏", "--store", kg)[1]
    )


def test_a_group_takes_its_platform_with_it(run: Run, kg: Path) -> None:
    told = json.loads(run("report", "cases", "--group", "高屏 交通", "--store", kg, "--format", "json")[1])["rows"]
    assert {row["title"] for row in told} == {"跨河自行車道夜間照明改善", "公車轉乘資訊共用看板"}
    status, out, err = run("report", "cases", "--group", "河岸工作小組", "--store", kg)
    assert status == 0, err
    assert "河岸自行車道照明改善" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--group", "交通組"), ("雙北 交通組", "高屏 交通組", "2 names hold '交通組'")),
        (("--platform", "雙北", "--group", "護理"), ("no group fits '護理'; there is: 交通組 or 教育文化組",)),
        (("--platform", "花東"), ("no platform fits '花東'; there is: 雙北 or 高屏",)),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("command", [("report", "cases"), ("view", "lineage", "-o", "page.html")], ids=" ".join)
def test_what_means_several_or_nothing_is_told(
    command: tuple[str, ...],
    words: tuple[str, ...],
    said: tuple[str, ...],
    run: Run,
    kg: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*command, *words, "--store", kg)
    assert (status, out) == (2, "")
    assert all(word in err for word in said)
    assert list(tmp_path.iterdir()) == []


def test_pages_of_a_group_show_what_it_treats(run: Run, kg: Path, alone: Path, tmp_path: Path) -> None:
    for page in ("lineage", "collaboration"):
        status, _, err = run("view", page, "--group", "高屏 交通組", "--store", kg, "-o", tmp_path / "part.svg")
        assert status == 0, err
        run("view", page, "--store", alone, "-o", tmp_path / "alone.svg")
        part, whole = (((tmp_path / f"{name}.svg").read_text(encoding="utf-8")) for name in ("part", "alone"))
        assert "高屏 交通組 · " in part
        assert part.replace("高屏 交通組 · ", "") == whole
    run("view", "lineage", "--platform", "雙北", "--group", "教育文化組", "--store", kg, "-o", tmp_path / "north.html")
    north = (tmp_path / "north.html").read_text(encoding="utf-8")
    assert "<b>雙北 教育文化組</b>" in north
    assert "家庭教育" in north and "公車轉乘" not in north


def test_what_several_platforms_have_is_not_taken_for_the_first_ones(run: Run, kg: Path) -> None:
    for key, first in (("2023-1", "meeting/雙北/交通組/2023-1"), ("林大方", "person/雙北/臺北市/林大方")):
        status, out, err = run("explain", key, "--store", kg)
        assert (status, out) == (2, "")
        assert f"https://w3id.org/crosscity/id/{first}\n" in err
        assert f"2 meetings or people are called '{key}'; give the IRI of one of those above" in err
        assert run("explain", key, "--platform", "雙北", "--store", kg)[0] == 0


def test_an_index_is_of_a_platform_not_of_a_group(run: Run, kg: Path, tmp_path: Path) -> None:
    status, _, err = run("view", "index", "--group", "高屏 交通組", "--store", kg, "-o", tmp_path / "site")
    assert status == 2 and "leave --group away" in err
    status, _, err = run("view", "index", "--platform", "高屏", "--store", kg, "-o", tmp_path / "site")
    assert status == 0, err
    assert len(list((tmp_path / "site").glob("case-*.html"))) == 2


def test_the_service_narrows_its_pages_too(kg: Path, alone: Path, tmp_path: Path) -> None:
    whole, south = Reader(str(kg)), Reader(str(alone))
    out = tmp_path / "out"

    def answer(reader: Reader, task: Task, status: int = 200) -> str:
        reply = do(reader, task, out, 8)
        assert reply.status == status, reply.complaint
        return out.read_text(encoding="utf-8") if status == 200 else reply.complaint

    start = answer(whole, Task("start", ""))
    for name in ("雙北 交通組", "雙北 教育文化組", "高屏 交通組", "河岸工作小組"):
        assert f"<b>{name}</b>" in start
    hrefs = re.findall(r'href="/view/lineage\?group=([^"]+)"', start)
    assert len(hrefs) == 4
    shown = [answer(whole, Task("view", "lineage", group=unquote(href))) for href in hrefs]
    assert [("<b>高屏 交通組</b>" in page, "家庭教育" in page) for page in shown].count((True, False)) == 1
    assert answer(south, Task("start", "")).count("?group=") == 0, "one group needs no choice"
    for task in (Task("report", "cases", "text/csv", platform="高屏"), Task("question", "case-events", "text/csv", platform="高屏")):
        assert answer(whole, task) == answer(south, replace(task, platform=""))
    page = answer(whole, Task("report", "cases", group="高屏 交通組"))
    assert f"/report/cases?group={quote('高屏 交通組')}&amp;format=csv" in page
    assert "Only the minutes of 高屏: 2 of the 18 meetings loaded." in page
    assert "2 names hold" in answer(whole, Task("report", "cases", group="交通組"), 404)
    assert "there is no" in answer(whole, Task("question", "cases", group="高屏 交通組"), 404)
