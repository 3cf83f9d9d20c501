"""A wrong use: one line that says what to do next, exit status 2, and the store as it was."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import Store

Run = Callable[..., tuple[int, str, str]]


def _state(folder: Path) -> dict[str, str]:
    """A digest of each file below a folder, and of the facts of the store ``kg`` (Oxigraph renames its logs when it is opened)."""
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.parent.name.startswith("oxigraph")]
    with Store.open(folder / "kg", read_only=True) as store:
        facts = "\n".join(store.nquads()).encode("utf-8")
    held = {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return {**held, "kg": hashlib.sha256(facts).hexdigest()}


@pytest.fixture
def at(tmp_path: Path, store_folder: Path, minutes: Path) -> Path:
    """A folder with every bad input of the list, a good store ``kg``, and good minutes ``good``."""
    shutil.copytree(store_folder, tmp_path / "kg")
    shutil.copytree(minutes, tmp_path / "good")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "blank.txt").write_text(" \n\n", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\0\0\1\2")
    (tmp_path / "gbk.txt").write_bytes("会议纪录，时间：一百零八年，请各单位确认。".encode("gb18030"))
    (tmp_path / "novel.txt").write_text("從前有一個人，住在海邊。他每天看海。\n", encoding="utf-8")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "data.db").write_bytes(b"not ours")
    (tmp_path / "file-as-store").write_text("x", encoding="utf-8")
    (tmp_path / "broken.rq").write_text("SELECT ?x WHERE {", encoding="utf-8")
    (tmp_path / "latin.rq").write_bytes(b"SELECT ?\xe9 {}")
    return tmp_path


BAD = {
    "no such file": ("build missing.txt --store kg", "missing.txt: no such file or folder"),
    "a folder without minutes": ("build nothing --store kg", "nothing: no minutes in this folder"),
    "an empty file": ("build empty.txt --store kg", "empty.txt: the file is empty"),
    "a blank file": ("build blank.txt --store kg", "blank.txt: the file is empty"),
    "a binary": ("build binary.txt --store kg", "binary.txt: not a text file"),
    "another encoding": ("build gbk.txt --store kg", "gbk.txt: neither UTF-8 (byte 0) nor Big5"),
    "not minutes": ("build novel.txt --store kg", "novel.txt: no meeting was found"),
    "another base": ("build good --store kg --base https://example.org/", "its IRIs start with"),
    "a base that is none": ("build good --store new --base example", "--base must be absolute"),
    "a new store, bad minutes": ("build empty.txt --store new", "empty.txt: the file is empty"),
    "an empty folder, bad minutes": ("build empty.txt --store nothing", "empty.txt: the file is empty"),
    "a foreign store, to build": ("build good --store foreign", "foreign: a foreign store or other files"),
    "a file as store, to build": ("build good --store file-as-store", "file-as-store: a foreign store"),
    "a store below a file": ("build good --store file-as-store/kg", "cannot be used as a store"),
    "parts into a foreign folder": ("read good -o foreign", "foreign: holds something else than parts"),
    "parts below a file": ("read good -o file-as-store/parts", "what was read cannot be written there (Not a directory)"),
    "parts with a base that is none": ("read good -o new --base example", "--base must be absolute"),
    "no parts to load": ("load nothing --store kg", "nothing: holds no parts; make them with 'crosscity read PATH -o nothing'"),
    "parts that are missing": ("load gone --store new", "gone: holds no parts"),
    "a foreign store, to ask": ("query cases --store foreign", "foreign: a foreign store or other files"),
    "no store, to ask": ("query cases --store new", "new: there is no store; make one with 'crosscity build"),
    "a store not named": ("query cases", "name its folder with --store"),
    "an unknown name": ("query case --store kg", "did you mean cases"),
    "no name near": ("query xyzzy --store kg", "choose one of case-events"),
    "a query that does not parse": ("query broken.rq --store kg", "the query does not parse"),
    "a query in another encoding": ("query latin.rq --store kg", "latin.rq: not UTF-8 text"),
    "a query's file that is missing": ("query gone.rq --store kg", "gone.rq: cannot be read"),
    "inline SPARQL that does not parse": ("query -e SELECT --store kg", "the query does not parse"),
    "a function that is none": ("query -e SELECT(xsd:no(1)AS?x){} --store kg", "the query cannot be answered"),
    "a name and SPARQL": ("query cases -e ASK{} --store kg", "not both"),
    "rows as triples": ("query cases --store kg --format ttl", "rows cannot be written as ttl"),
    "an update": ("query -e CLEAR~ALL --store kg", "queries only read"),
    "an unknown case": ("report case 太空電梯 --store kg", "no case fits"),
    "nothing to explain": ("explain https://example.org/x --store kg", "nothing in this store rests on"),
    "an IRI that is none": ("explain https://example.org/<x> --store kg", "nothing in this store rests on"),
    "a report's missing store": ("report cases --store new", "there is no store"),
    "check: no such file": ("check missing.txt", "missing.txt: no such file or folder"),
    "check: not minutes": ("check novel.txt", "novel.txt: no meeting was found"),
    "an output that cannot be": ("export --format nt --store kg -o nothing", "nothing: cannot be written"),
    "a page that cannot be": ("view lineage --store kg -o nothing", "nothing: cannot be written"),
    "a page without a file": ("view lineage --store kg", "Missing option '--output'"),
    "an unknown page": ("view sankey --store kg -o page.html", "'sankey' is not one of"),
    "an unknown command": ("frobnicate", "No such command 'frobnicate'"),
    "an unknown option": ("build good --store kg --fast", "No such option: --fast"),
    "an unknown format": ("query cases --store kg --format pdf", "pdf"),
    "a missing argument": ("explain --store kg", "Missing argument"),
    "nothing to build": ("build --store new", "no minutes are named"),
    "a language unknown": ("query --lang fr", "'fr' is not a language of this program"),
}


@pytest.mark.parametrize("case", BAD)
def test_one_line_exit_2_and_the_store_untouched(case: str, at: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    line, expected = BAD[case]
    monkeypatch.chdir(at)
    before = _state(at)
    status, out, err = run(*(word.replace("~", " ") for word in line.split()))
    assert status == 2
    assert out == ""
    assert err.count("\n") == 1, err
    assert err.startswith("crosscity: ")
    assert expected in err
    assert _state(at) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_store_where_nothing_may_be_written(at: Path, run: Run) -> None:
    locked = at / "locked"
    locked.mkdir(mode=0o500)
    status, _, err = run("build", at / "good", "--store", locked / "kg")
    assert status == 2
    assert "cannot be used as a store" in err


def test_words_that_fit_several_cases_list_the_choice(tmp_path: Path, run: Run, minutes: Path) -> None:
    text = (minutes / "first.txt").read_text(encoding="utf-8").replace("公車轉乘資訊共用看板", "跨河步道夜間照明調查")
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    assert run("build", tmp_path / "one.txt", "--store", tmp_path / "kg")[0] == 0
    status, out, err = run("report", "case", "夜間照明", "--store", tmp_path / "kg")
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert sorted(lines[:2]) == ["  跨河步道夜間照明調查", "  跨河自行車道夜間照明改善"]
    assert lines[2] == "crosscity: 2 cases fit '夜間照明'; name one of those above more fully"
    status, out, _ = run("report", "case", "夜間照明 調查", "--store", tmp_path / "kg")
    assert status == 0
    assert out.startswith("跨河步道夜間照明調查\n")


def test_an_unknown_case_gives_the_nearest(run: Run, store_folder: Path) -> None:
    status, _, err = run("report", "case", "公車轉運資訊看版", "--store", store_folder)
    assert status == 2
    assert "did you mean 公車轉乘資訊共用看板" in err


@pytest.mark.parametrize("case", BAD)
def test_complaints_are_in_chinese_too(case: str, at: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(at)
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    status, _, err = run(*(word.replace("~", " ") for word in BAD[case][0].split()))
    assert status == 2
    assert err.startswith("crosscity：")
    said = re.sub(r"（.*?）|「.*?」", "", err)
    assert len(re.findall(r"[\u4e00-\u9fff]", said)) >= 7, err


def test_one_bad_file_among_good_ones_is_told_and_the_rest_is_built(at: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(at)
    status, out, err = run("build", "good", "binary.txt", "--store", "mixed")
    assert status == 1
    assert "binary.txt:1:1: error unreadable: not a text file" in err
    assert "mixed now holds" in out
