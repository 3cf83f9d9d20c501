"""Opening both pages in Chromium at several sizes, and how pyvis as it comes opens the same network, with invented agencies and cases.

"Open" is wall time from the start of loading until the picture stands and the page answers, as the program that drives the browser sees
it; "its own clock" is the same within the page, from the start of navigation; "CPU" is the main thread's share of it, which
a busy machine changes less; a page with nothing in it tells what the browser itself takes. Frames are counted while the mouse drags the
picture for two seconds.

    python benchmarks/pages.py                 # or name the sizes: python benchmarks/pages.py 500 2000
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from pyvis.network import Network

from graph.collaboration import Case, Involved, Treatment, collaboration_network
from graph.lineage import Column, Lane, Lineage, Mark, Promise
from graph.passages import Evidence
from output.page import collaboration_html, lineage_html

SIZES = {500: 1500, 2000: 6000, 10_000: 20_000}  # agencies: cases, each of two agencies
LARGEST_FOR_PYVIS = 500  # agencies; with more it takes minutes
PATIENCE = 90  # seconds
EMPTY = "<!DOCTYPE html><html data-ready=yes><title>nothing</title></html>"
CITIES = ("臺北市", "新北市")
RULING = Evidence("本案持續列管，請雙方於下次會議提出成果。", "invented.txt", 0, 20)
OUTCOMES = ("proposed", "tracked", "tracked", "routine", "delist-requested", "delisted")


def columns(meetings: int) -> tuple[Column, ...]:
    """Four invented meetings a year."""
    days = [(1990 + i // 4, i % 4) for i in range(meetings)]
    return tuple(Column(f"m{i}", f"{year}-{1 + 3 * part:02}-05", f"{year}-{part + 1}", "組", "", "") for i, (year, part) in enumerate(days))


def collaboration(agencies: int, cases: int) -> tuple[str, nx.Graph[str]]:
    """The page of so many invented agencies in two cities, eight sections a bureau, and the same network for pyvis."""
    paths = [(f"{CITIES[i % 2]}政府/第{i // 16}局/第{i}科", CITIES[i % 2]) for i in range(agencies)]
    pairs = [(7919 * case % agencies, (104_729 * case + 1 + case // agencies) % agencies) for case in range(cases)]
    facts = tuple(Involved(f"c{case}", *paths[at]) for case, pair in enumerate(pairs) for at in pair)
    told = tuple(Case(f"c{case}", f"第{case}案", "tracked", (Treatment("m0", "tracked", (), RULING),)) for case in range(cases))
    return collaboration_html(facts, told, columns(1), "zh-Hant-TW"), collaboration_network(facts, "section")


def lanes(cases: int, meetings: int) -> str:
    """The page of so many invented cases, each treated six times."""
    promise = Promise("d", "請於下次會議提出成果", ("臺北市政府",), "next-meeting", "unreported", "", "")
    told = []
    for case in range(cases):
        first, step = case % (meetings - 12), 1 + case % 2
        marks = tuple(
            Mark(f"e{case}-{i}", first + i * step, i and step - 1, outcome, False, "continuing", RULING, (), (promise,))
            for i, outcome in enumerate(OUTCOMES)
        )
        told.append(Lane(f"c{case}", f"第{case}號跨市合作案件", (), "組", "delisted", 0, CITIES, ("臺北市政府",), marks))
    return lineage_html(Lineage(columns(meetings), tuple(told), ()), "zh-Hant-TW")


def pyvis_as_it_comes(network: nx.Graph[str]) -> str:
    """The page that pyvis makes of a network without anything set, its script inlined; other hosts are not reached."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(network)
    plain.add_edges_from(network.edges)
    drawn = Network(cdn_resources="in_line")
    drawn.from_nx(plain)
    html: str = drawn.generate_html()
    return html


def open_page(browser: Browser, file: Path, address: str = "", *, bar: bool = False) -> tuple[str, Page]:
    """What opening a file takes, and the page: until our own says that it is ready, or until the loading ``bar`` of pyvis is gone."""
    page = browser.new_page(viewport={"width": 1440, "height": 860})
    page.route("http*://**", lambda route: route.abort())
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = time.perf_counter()
    page.goto(file.as_uri() + address)
    try:
        if bar:
            page.wait_for_selector("#loadingBar", state="hidden", timeout=PATIENCE * 1000)
        else:
            page.wait_for_selector("html[data-ready=yes]", state="attached", timeout=PATIENCE * 1000)
    except TimeoutError:
        return f"not within {PATIENCE} s", page
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    took = time.perf_counter() - start
    spent = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    own = page.evaluate("performance.getEntriesByName('ready').map((mark) => mark.startTime / 1000)[0] || 0")
    by_itself = f", {own:.2f} s by its own clock" if own else ""
    return f"open {took:.2f} s{by_itself}, CPU {spent['TaskDuration']:.2f} s", page


def frames(page: Page) -> float:
    """Frames a second while the mouse drags the picture about."""
    area = page.locator("#network").bounding_box()
    assert area
    x, y = area["x"] + area["width"] - 8, area["y"] + 8
    page.evaluate("window.frames_seen = 0; const count = () => { window.frames_seen++; requestAnimationFrame(count); }; count()")
    page.mouse.move(x, y)
    page.mouse.down()
    start = time.perf_counter()
    while (spent := time.perf_counter() - start) < 2:
        page.mouse.move(x - 100 * spent, y + 60 * spent)
    page.mouse.up()
    return int(page.evaluate("window.frames_seen")) / spent


def main() -> None:
    """Print a line a page."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        file = Path(scratch) / "page.html"
        file.write_text(EMPTY, encoding="utf-8")
        print(f"a page with nothing in it: {open_page(browser, file)[0]}")
        for size in sizes:
            html, network = collaboration(size, SIZES.get(size, 3 * size))
            file.write_text(html, encoding="utf-8")
            print(f"{len(network)} agencies, {network.number_of_edges()} ties, {len(html.encode()) / 1e6:.1f} MB")
            for name, address in (("all sections", "#level=section"), ("as it opens", "")):
                told, page = open_page(browser, file, address)
                print(f"  {name}: {told}, {frames(page):.0f} frames a second")
                page.close()
            if size <= LARGEST_FOR_PYVIS:
                file.write_text(pyvis_as_it_comes(network), encoding="utf-8")
                told, page = open_page(browser, file, bar=True)
                print(f"  pyvis as it comes: {told}")
                page.close()
        file.write_text(lanes(300, 60), encoding="utf-8")
        print(f"lineage, 300 cases, 60 meetings: {open_page(browser, file)[0]}")
        browser.close()


if __name__ == "__main__":
    main()
