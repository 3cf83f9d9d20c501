"""The folder with both pages, the reports and a start page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from output.messages import load
from output.reports import REPORTS
from tests.pages import Tab

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(run: Run, store_folder: Path, tmp_path: Path) -> Path:
    """An index of two meetings, in Chinese, in a folder that was not there."""
    assert run("--lang", "zh-Hant-TW", "view", "index", "--store", store_folder, "-o", tmp_path / "new" / "site")[0] == 0
    return tmp_path / "new" / "site"


def test_the_start_page_leads_to_every_other_file(folder: Path) -> None:
    start = (folder / "index.html").read_text("utf-8")
    files = {file.name for file in folder.iterdir()}
    assert set(re.findall(r'(?:href|src)="([^"]*)"', start)) == files - {"index.html"}
    assert len(files) == 1 + 2 * 2 + len(REPORTS) + 2
    assert "跨河自行車道夜間照明改善" in start


def test_it_says_the_same_each_time(run: Run, store_folder: Path, folder: Path, tmp_path: Path) -> None:
    run("--lang", "zh-Hant-TW", "view", "index", "--store", store_folder, "-o", tmp_path / "again")
    for file in folder.iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes()


def test_an_index_is_no_picture_and_no_file(run: Run, store_folder: Path, tmp_path: Path) -> None:
    status, _, said = run("view", "index", "--store", store_folder, "--format", "svg", "-o", tmp_path / "a")
    assert (status, said.count("\n")) == (2, 1)
    assert "leave --format away" in said
    (tmp_path / "file").write_text("", encoding="utf-8")
    status, _, said = run("view", "index", "--store", store_folder, "-o", tmp_path / "file")
    assert (status, said.count("\n")) == (2, 1)


@pytest.mark.browser
def test_the_start_page_opens_alone_and_leads_to_a_page(tab: Tab, folder: Path) -> None:
    tab.page.goto((folder / "index.html").as_uri())
    assert tab.page.locator("h1").inner_text() == load("zh-Hant-TW")("site.title")
    assert tab.page.eval_on_selector_all("img", "all => all.every((image) => image.naturalWidth > 100)")
    tab.page.click("text=每一案後來怎麼了")
    tab.page.wait_for_selector("html[data-ready=yes]", state="attached")
