"""The lineage page in a real browser: marks, filters, sentences, keyboard, address, saved files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import Tab

pytestmark = pytest.mark.browser


def test_a_mark_for_each_treatment_and_a_row_for_each_mark(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    tab.open_table()
    marks = page.eval_on_selector_all(".mark", "all => all.map((mark) => mark.dataset.event)")
    assert len(marks) == 51
    assert page.eval_on_selector_all("#twin tbody tr", "all => all.map((row) => row.dataset.event)") == marks
    assert page.locator(".names button").count() == 14


def test_search_filters_and_highlights_in_any_spelling(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    page.fill("#search", "台北酷課雲")
    assert page.locator(".names button").count() == 1
    assert page.locator(".names mark").first.inner_text() == "臺北酷課雲"
    page.locator(".mark").first.click()
    assert page.locator("#drawer blockquote mark").count() >= 1


def test_a_click_opens_the_ruling_beside_the_columns(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    page.locator(".mark").first.click()
    drawer = page.locator("#drawer")
    assert "請於本次市長層級會議提請解列" in drawer.locator("blockquote").first.inner_text()
    assert drawer.locator(".around").first.inner_text() == "- 二、"
    assert "2019.txt · 字元 " in " ".join(drawer.locator(".where").all_inner_texts())
    board, side = page.locator("#board").bounding_box(), drawer.bounding_box()
    assert board and side and board["x"] + board["width"] <= side["x"] + 1


def test_the_keyboard_alone_reaches_a_ruling_and_comes_back(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    assert page.locator(".mark[tabindex='0']").count() == 1
    page.locator(".mark").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator("#drawer h2").inner_text().startswith("建議酷課雲")
    assert page.evaluate("document.activeElement.id") == "drawer"
    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()


def test_filters_and_the_address_that_holds_them(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    page.select_option("#only", "vanished")
    assert page.locator(".names button").all_inner_texts()[0].startswith("新北市圖書館電子書")
    assert page.locator(".lost").count() == 1
    page = tab.visit(pages / "lineage.html", page.evaluate("location.hash"))
    assert page.locator(".names button").count() == 1
    page.select_option("#only", "all")
    page.select_option("#from", "2021")
    assert page.locator(".heads div").count() == 5
    page.uncheck("#outcomes input[value=tracked]")
    tab.open_table()
    assert page.locator(".mark:not(.dim)").count() == page.locator("#twin tbody tr").count() > 0


def test_only_cases_with_something_asked_and_never_reported(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html", "#only=silent")
    shown = page.evaluate("lanes.map((lane) => lane.marks.some((mark) => mark.promises.some((promise) => promise.state === 'unreported')))")
    assert shown and all(shown)


def test_each_state_of_a_promise_has_a_tick_of_its_own_and_says_so_in_the_legend(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    kinds = page.evaluate("[...new Set([...Object.values(TICKS), 'open'])]")
    assert kinds == ["done", "partly", "superseded", "silent", "open"]
    assert len(set(page.evaluate("kinds => kinds.map((kind) => tick(kind, 9, 9))", kinds))) == len(kinds)
    for language in ("zh-Hant-TW", "en"):
        page = tab.visit(pages / "lineage.html", f"#lang={language}")
        legend = page.locator("#legend").inner_text()
        assert all(words in legend for words in page.evaluate("kinds => kinds.map((kind) => word('tick-' + kind))", kinds))


def test_a_column_a_year_shows_the_last_ruling_of_each_year_and_how_many(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    every = page.evaluate("lanes.map((lane) => lane.marks.map((mark) => [DATA.columns[mark.column].date.slice(0, 4), mark.event]))")
    page.select_option("#by", "year")
    assert page.locator(".heads b").all_inner_texts() == ["2019", "2020", "2021", "2022"]
    last = [dict(lane) for lane in every]
    assert page.eval_on_selector_all(".mark", "all => all.map((mark) => mark.dataset.event)") == [e for lane in last for e in lane.values()]
    counts = page.locator(".mark text").all_text_contents()
    assert sum(int(count[1:]) - 1 for count in counts) + page.locator(".mark").count() == 51
    assert "by=year" in page.evaluate("location.hash")
    tab.open_table()
    assert page.locator("#twin tbody tr").count() == 51


def test_language_switches_in_the_page(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    page.click("#language")
    assert page.locator("h1").inner_text() == "How did each case fare?"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "delisted" in page.locator("#outcomes").inner_text()


def test_saved_files_hold_the_picture(tab: Tab, pages: Path, tmp_path: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    for kind, least in (("svg", 20_000), ("png", 20_000), ("csv", 5_000)):
        with page.expect_download() as told:
            page.click(f"#save-{kind}")
        told.value.save_as(tmp_path / f"page.{kind}")
        assert (tmp_path / f"page.{kind}").stat().st_size > least
    assert "酷課雲" in (tmp_path / "page.svg").read_text("utf-8")


@pytest.mark.parametrize("tab", [1440, 390], indirect=True)
def test_nothing_overflows(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html")
    assert page.evaluate("[...document.querySelectorAll('.names button span')].every((b) => b.getBoundingClientRect().height <= ROW)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_shows_the_picture_in_light_and_the_table(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "lineage.html", "#theme=dark")
    assert len(page.pdf()) > 50_000
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#printed svg").is_visible()
    assert page.locator("#twin table").is_visible()
    assert page.locator("#board").is_hidden()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
