"""Both pages in Firefox: they draw, filter, open sentences, and say the same in their tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.firefox import Firefox, started

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(PROGRAM is None, reason="Firefox is not installed")]


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    assert PROGRAM
    with started(PROGRAM, tmp_path_factory.mktemp("profile")) as window:
        yield window


def test_lineage_draws_filters_and_opens_a_ruling(firefox: Firefox, pages: Path) -> None:
    firefox.resize(1440, 900)
    firefox.open(pages / "lineage.html")
    assert firefox.run("return document.querySelectorAll('.mark').length") == 51
    firefox.run("document.querySelector('.mark').dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    assert "請於本次市長層級會議提請解列" in str(firefox.run("return document.querySelector('#drawer blockquote').innerText"))
    firefox.open(pages / "lineage.html", "#only=vanished&lang=en")
    assert firefox.run("return document.querySelectorAll('.names button').length") == 1
    assert firefox.run("return document.querySelector('h1').innerText") == "How did each case fare?"


def test_collaboration_paints_and_its_table_says_the_same(firefox: Firefox, pages: Path) -> None:
    firefox.open(pages / "collaboration.html", "#level=bureau")
    painted = """const canvas = document.querySelector("#network canvas"), brush = canvas.getContext("2d");
    return new Set(new Uint32Array(brush.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"""
    colours = firefox.run(painted)
    assert isinstance(colours, int)
    assert colours > 20
    firefox.run("document.querySelector('.twin summary').click(); document.querySelector('.twin').dispatchEvent(new Event('toggle'))")
    rows = firefox.run("return document.querySelectorAll('#twin tr[data-tie]').length")
    assert rows == firefox.run("return Number(document.querySelector('#shown').innerText.match(/\\d+/g)[1])")
    firefox.run("document.querySelector('#twin button').click()")
    assert firefox.run("return document.querySelectorAll('#drawer blockquote').length")


@pytest.mark.parametrize("name", ["lineage.html", "collaboration.html"])
def test_nothing_is_wider_than_a_telephone(firefox: Firefox, pages: Path, name: str) -> None:
    firefox.resize(450, 860)  # the narrowest window that Firefox makes
    firefox.open(pages / name)
    assert firefox.run("return document.documentElement.scrollWidth <= innerWidth")
