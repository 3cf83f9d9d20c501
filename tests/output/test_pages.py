"""The two pages, in a real browser: what they show, that they stay alone, and that no words in minutes become script."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from graph.build import build
from graph.store import Store
from ontology.iris import Iris
from output import network, page

EXAMPLES = Path(__file__).parents[2] / "examples"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

HOSTILE = """2023 雙北合作「交通運輸組」第 1 次小組會議紀錄
壹、時間：112 年 3 月 5 日下午 2 時
貳、地點：新北市政府交通局
參、主席：林副局長大同
肆、歷次持續合作方案
主席裁示：
- 一、「</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>'\u2028\u202e」案，
請臺北市回復 javascript:alert(1)，本案持續列管。
- 二、「{long}」案，本案持續列管。
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    write(folder, [EXAMPLES])
    return folder


def write(folder: Path, minutes: list[Path]) -> None:
    with Store.open(":memory:") as store:
        if minutes:
            build(minutes, store, iris=Iris(store.base))
        page.write_collaboration(store, folder / "collaboration.html")
        page.write_lineage(store, folder / "lineage.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 860}, accept_downloads=True, color_scheme="light")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "blob:", "data:")) else None)
    yield opened
    context.close()
    assert faults == []


def visit(tab: Page, file: Path, address: str = "") -> None:
    tab.goto(file.as_uri() + address)
    tab.wait_for_selector("html[data-ready=yes]", state="attached")


def test_pages_are_small_utf_8_and_the_same_each_time(pages: Path, tmp_path: Path) -> None:
    write(tmp_path, [EXAMPLES])
    for name in ("collaboration.html", "lineage.html"):
        content = (pages / name).read_bytes()
        assert len(content) < 1_200_000
        assert "酷課雲" in content.decode("utf-8")
        assert content == (tmp_path / name).read_bytes()


def test_the_bundled_script_is_the_one_that_was_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "vis-network" in network.vis_network_script()[:200]
    monkeypatch.setattr(network, "VIS_NETWORK_SHA256", hashlib.sha256(b"another").hexdigest())
    with pytest.raises(network.CrossCityError, match=r"install pyvis 0\.3\.2"):
        network.vis_network_script()


@pytest.mark.browser
@needs_browser
class TestLineage:
    def test_a_mark_for_each_treatment_and_a_row_for_each_mark(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "lineage.html")
        marks = tab.locator(".mark").count()
        assert marks == 51
        assert tab.locator("#twin tbody tr").count() == marks
        assert tab.locator(".names button").count() == 14

    def test_search_filters_and_highlights(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "lineage.html")
        tab.fill("#search", "台北酷課雲")
        assert tab.locator(".names button").count() == 1
        tab.fill("#search", "團膳")
        assert tab.locator(".names mark").first.inner_text() == "團膳"

    def test_a_click_opens_the_ruling_beside_the_columns(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "lineage.html")
        tab.locator(".mark").first.click()
        drawer = tab.locator("#drawer")
        assert "提請本次市長層級會議解列" in drawer.locator("blockquote").first.inner_text()
        assert "2019.txt" in " ".join(drawer.locator(".where").all_inner_texts())
        board, side = tab.locator("#board").bounding_box(), drawer.bounding_box()
        assert board and side and board["x"] + board["width"] <= side["x"] + 1

    def test_the_keyboard_alone_reaches_a_ruling(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "lineage.html")
        tab.locator(".mark").first.focus()
        tab.keyboard.press("ArrowRight")
        tab.keyboard.press("Enter")
        assert tab.locator("#drawer h2").inner_text().startswith("建議酷課雲")
        tab.keyboard.press("Escape")
        assert tab.locator("#drawer").is_hidden()

    def test_filters_and_the_address_that_holds_them(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "lineage.html")
        tab.select_option("#only", "vanished")
        assert tab.locator(".names button").all_inner_texts()[0].startswith("新北市圖書館電子書")
        address = tab.evaluate("location.hash")
        visit(tab, pages / "lineage.html", address)
        assert tab.locator(".names button").count() == 1
        tab.select_option("#only", "all")
        tab.select_option("#from", "2021")
        assert tab.locator(".heads div").count() == 5
        tab.uncheck("#outcomes input[value=tracked]")
        assert tab.locator(".mark:not(.dim)").count() == tab.locator("#twin tbody tr").count()

    def test_language_switches_in_the_page(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "lineage.html")
        tab.click("#language")
        assert tab.locator("h1").inner_text() == "How did each case fare?"
        assert tab.evaluate("document.documentElement.lang") == "en"

    def test_saved_files_hold_the_picture(self, tab: Page, pages: Path, tmp_path: Path) -> None:
        visit(tab, pages / "lineage.html")
        for kind, least in (("svg", 20_000), ("png", 20_000), ("csv", 5_000)):
            with tab.expect_download() as told:
                tab.click(f"#save-{kind}")
            told.value.save_as(tmp_path / f"page.{kind}")
            assert (tmp_path / f"page.{kind}").stat().st_size > least
        assert "酷課雲" in (tmp_path / "page.svg").read_text("utf-8")

    def test_names_do_not_overflow_their_row(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "lineage.html")
        assert tab.evaluate("[...document.querySelectorAll('.names button')].every((b) => b.scrollHeight <= b.clientHeight + 1)")


@pytest.mark.browser
@needs_browser
class TestCollaboration:
    def test_the_table_says_what_the_picture_shows(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "collaboration.html")
        ties = tab.evaluate("shownEdges.get().filter((edge) => !edge.dashes).length")
        assert ties == tab.evaluate("wantedTies().length") > 10
        assert tab.locator("#twin tbody tr").count() >= ties

    def test_folding_to_governments_leaves_no_bureau(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "collaboration.html")
        tab.check("input[value=government]")
        shown = tab.evaluate("shownNodes.get().map((node) => node.id)")
        assert {"臺北市政府", "新北市政府"} <= set(shown)
        assert not any("/" in path for path in shown)

    def test_the_slider_keeps_only_stronger_ties(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "collaboration.html", "#least=2")
        assert tab.evaluate("wantedTies().every((tie) => tie.live.length >= 2)")
        assert 0 < tab.evaluate("wantedTies().length") < 10

    def test_a_tie_shows_its_sentences_by_keyboard(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "collaboration.html")
        tab.click(".twin summary")
        tab.locator("#twin button").nth(1).focus()
        tab.keyboard.press("Enter")
        assert tab.locator("#drawer blockquote").count() >= 1

    def test_a_click_on_a_body_shows_its_cases(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "collaboration.html")
        spot = tab.evaluate("(() => { const at = canvas.getPosition('臺北市政府/體育局'); return canvas.canvasToDOM(at); })()")
        area = tab.locator("#network").bounding_box()
        assert area
        tab.mouse.click(area["x"] + spot["x"], area["y"] + spot["y"])
        assert tab.locator("#drawer h2").inner_text() == "臺北市體育局"

    def test_labels_do_not_overlap(self, tab: Page, pages: Path) -> None:
        visit(tab, pages / "collaboration.html")
        overlaps = tab.evaluate("""(() => {
            const boxes = shownNodes.get().map((node) => {
              const at = canvas.canvasToDOM(canvas.getPosition(node.id)), scale = canvas.getScale();
              const half = (node.label.length * node.font.size * scale) / 2, top = at.y + node.size * scale + 4;
              return { id: node.id, left: at.x - half, right: at.x + half, top, bottom: top + node.font.size * scale };
            });
            const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b)).map((b) => a.id + " " + b.id));
        })()""")
        assert overlaps == []


@pytest.mark.browser
@needs_browser
def test_words_of_minutes_never_run(tab: Page, tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text(HOSTILE.format(long="長" * 10_000), encoding="utf-8")
    write(tmp_path, [tmp_path / "m.txt"])
    for name in ("lineage.html", "collaboration.html"):
        visit(tab, tmp_path / name)
        tab.evaluate(
            "choose(Object.keys(DATA.lanes ? DATA.lanes[0].marks[0] : DATA.levels.section.sides).length ? "
            "(DATA.lanes ? DATA.lanes[0].marks[0].event : Object.keys(DATA.levels.section.sides)[0]) : '')"
        )
        assert tab.evaluate("window.hacked") is None
        assert "</script>" in tab.locator("body").inner_text()


@pytest.mark.browser
@needs_browser
def test_an_empty_store_says_so(tab: Page, tmp_path: Path) -> None:
    write(tmp_path, [])
    for name in ("lineage.html", "collaboration.html"):
        visit(tab, tmp_path / name)
        assert "crosscity build" in tab.locator("#notice").inner_text()
