"""Words typed in compatibility ideographs, as some fonts and PDFs give them, find what is written in the usual ones."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pages import Tab

Run = Callable[..., tuple[int, str, str]]
OTHERS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xF900, 0xFAFF)}


def otherwise(words: str) -> str:
    """The words, each character as a compatibility ideograph where there is one."""
    written = "".join(OTHERS.get(character, character) for character in words)
    assert written != words, "no character of these words is written in two ways"
    return written


def test_a_case_is_found(run: Run, store_folder: Path) -> None:
    plain = run("report", "case", "公車轉乘資訊共用看板", "--store", store_folder)
    assert plain[0] == 0
    assert run("report", "case", otherwise("公車轉乘資訊共用看板"), "--store", store_folder) == plain


@pytest.mark.parametrize(("option", "words"), [("--agency", "新北市政府交通局"), ("--group", "交通組")])
def test_a_report_is_filtered(option: str, words: str, run: Run, store_folder: Path) -> None:
    asked = ("report", "promises", "--store", store_folder, "--format", "json", option)
    plain = run(*asked, words)
    assert plain[0] == 0 and json.loads(plain[1])["rows"]
    other = "".join(OTHERS.get(character, character) for character in words)
    assert run(*asked, other) == plain


def test_minutes_written_so_are_read(run: Run, minutes: Path, tmp_path: Path) -> None:
    text = (minutes / "first.txt").read_text("utf-8")
    (tmp_path / "first.txt").write_text(otherwise(text), encoding="utf-8")
    assert run("build", tmp_path / "first.txt", "--store", tmp_path / "kg")[0] == 0
    assert run("build", minutes / "first.txt", "--store", tmp_path / "plain")[0] == 0
    told = [run("query", "directives", "--store", tmp_path / name, "--format", "csv")[1] for name in ("kg", "plain")]
    columns = ("meeting", "actors", "due", "date")
    other, plain = ([[row[column] for column in columns] for row in csv.DictReader(io.StringIO(rows))] for rows in told)
    assert plain and other == plain


@pytest.mark.browser
def test_a_page_is_searched(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    page.fill("#search", otherwise("臺北酷課雲"))
    assert page.locator(".names button").count() == 1
    page = tab.visit(pages / "collaboration.html")
    page.fill("#search", "臺北市政府教育局")
    found = page.locator("#twin tbody tr").count()
    page.fill("#search", otherwise("臺北市政府教育局"))
    assert page.locator("#twin tbody tr").count() == found
