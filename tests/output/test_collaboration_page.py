"""The collaboration page in a real browser: ties, folding, weights under filters, sentences, keyboard, labels."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Page

from tests.pages import Tab, write_pages

pytestmark = pytest.mark.browser
EDUCATION = "臺北市政府/教育局"
LABELS_THAT_MEET = """(() => {
  const boxes = shownNodes.get().map((node) => {
    const box = canvas.body.nodes[node.id].shape.boundingBox, body = canvas.body.nodes[node.id];
    return { id: node.id, left: box.left, right: box.right, top: body.y + body.shape.height / 2, bottom: box.bottom };
  });
  const meet = (a, b) => a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b)).map((b) => a.id + " " + b.id));
})()"""


def click_on(page: Page, path: str) -> None:
    spot = page.evaluate("(path) => canvas.canvasToDOM(canvas.getPosition(path))", path)
    area = page.locator("#network").bounding_box()
    assert area
    page.mouse.click(area["x"] + spot["x"], area["y"] + spot["y"])


@pytest.mark.parametrize("level", ["section", "bureau", "government"])
def test_the_table_says_what_the_picture_shows(tab: Tab, pages: Path, level: str) -> None:
    page = tab.visit(pages / "collaboration.html", f"#level={level}")
    tab.open_table()
    ties = page.evaluate("shownEdges.get().map((edge) => edge.id).filter((id) => id.includes('|')).sort()")
    rows = page.eval_on_selector_all("#twin tbody tr", "all => all.map((row) => row.dataset.tie).filter(Boolean).sort()")
    assert ties == rows != []
    named = page.evaluate("[...new Set(view.ties.flatMap((tie) => [tie.a, tie.b]))].length") + page.locator("[data-alone]").count()
    assert named == page.evaluate("shownNodes.length")


def test_folding_to_governments_leaves_no_bureau(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html")
    page.check("input[value=government]")
    shown = page.evaluate("shownNodes.getIds()")
    assert {"臺北市政府", "新北市政府"} <= set(shown)
    assert not any("/" in path for path in shown)


def test_the_slider_keeps_only_stronger_ties(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html", "#level=bureau")
    before = page.evaluate("view.ties.length")
    page.locator("#least").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("view.ties.every((tie) => tie.live.length >= 2)")
    assert 0 < page.evaluate("view.ties.length") < before
    assert "least=2" in page.evaluate("location.hash")


def test_a_weight_is_that_of_the_cases_shown(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html", "#level=bureau")
    whole = page.evaluate("Object.fromEntries(view.ties.map((tie) => [tie.id, tie.weight]))")
    page.select_option("#to", "2020")
    part = page.evaluate("Object.fromEntries(view.ties.map((tie) => [tie.id, tie.weight]))")
    assert 0 < sum(part.values()) < sum(whole.values())
    assert all(weight <= whole[tie] + 1e-9 for tie, weight in part.items())


def test_search_marks_what_it_finds_and_dims_the_rest(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html", "#q=體育局")
    seen = page.evaluate("shownNodes.get().filter((node) => node.opacity === 1).map((node) => node.id)")
    assert "臺北市政府/體育局" in seen
    assert len(seen) < page.evaluate("shownNodes.length")


def test_a_tie_shows_its_sentences_by_keyboard(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html")
    tab.open_table()
    page.locator("#twin button").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.locator("#drawer blockquote").count() >= 1


def test_arrows_walk_over_the_picture(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html", "#level=bureau")
    page.locator("#network").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator("#spoken").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.locator("#spoken").inner_text() != first != ""
    page.keyboard.press("Enter")
    assert page.locator("#drawer h2").inner_text() == page.locator("#spoken").inner_text().split(",")[0]


def test_a_click_on_a_body_shows_its_cases_and_its_partners(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html")
    click_on(page, EDUCATION)
    assert page.locator("#drawer h2").inner_text() == "臺北市教育局"
    assert page.locator("#drawer blockquote").count() >= 1
    page.locator(".partners button").first.click()
    assert page.locator("#drawer h2").inner_text().count("–") == 1
    address = page.evaluate("location.hash")
    assert tab.visit(pages / "collaboration.html", address).locator("#drawer blockquote").count() >= 1


def test_bridges_and_clusters_are_marked_on_request(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html", "#level=bureau")
    assert not page.evaluate("shownEdges.get().some((edge) => edge.id.includes('|') && edge.dashes)")
    page.check("#bridges")
    page.check("#clusters")
    assert page.evaluate("shownEdges.get().some((edge) => edge.id.includes('|') && edge.dashes)")
    assert page.evaluate("shownNodes.get().some((node) => node.label.startsWith('(1)'))")


def ties_of(network: nx.Graph[str]) -> list[dict[str, object]]:
    return [{"id": f"{a}|{b}", "a": a, "b": b, "weight": tie["weight"]} for a, b, tie in network.edges(data=True)]


@pytest.mark.parametrize("seed", range(6))
def test_bridges_and_clusters_are_those_that_networkx_finds(tab: Tab, pages: Path, seed: int) -> None:
    network: nx.Graph[str] = nx.relabel_nodes(nx.gnm_random_graph(24, 14 + 6 * seed, seed=seed), str)
    for place, (a, b) in enumerate(network.edges):
        network.edges[a, b]["weight"] = 1 + place % 5 / 3 + place / 100
    page = tab.visit(pages / "collaboration.html")
    found = {frozenset(tie.split("|")) for tie in page.evaluate("(ties) => [...bridgesOf(ties)]", ties_of(network))}
    assert found == {frozenset(pair) for pair in nx.bridges(network)}
    clusters = dict(page.evaluate("(ties) => [...clustersOf(ties)]", ties_of(network)))
    tied = network.edge_subgraph(network.edges)
    groups = [{body for body in tied if clusters[body] == number} for number in sorted(set(clusters.values()))]
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    best = nx.community.greedy_modularity_communities(tied, weight="weight")
    modularity = nx.community.modularity
    assert modularity(tied, groups, weight="weight") >= modularity(tied, best, weight="weight") - 0.02


def test_bridges_are_those_of_the_ties_shown(tab: Tab, pages: Path) -> None:
    page = tab.visit(pages / "collaboration.html", "#level=bureau&bridges=1&to=2020")
    dashed = set(page.evaluate("shownEdges.get().filter((edge) => edge.id.includes('|') && edge.dashes).map((edge) => edge.id)"))
    shown: nx.Graph[str] = nx.Graph(page.evaluate("view.ties.map((tie) => [tie.a, tie.b])"))
    assert dashed == {"|".join(sorted(pair)) for pair in nx.bridges(shown)} != set()
    page.select_option("#to", "2022")
    assert dashed != set(page.evaluate("shownEdges.get().filter((edge) => edge.id.includes('|') && edge.dashes).map((edge) => edge.id)"))


@pytest.mark.parametrize("tab", [1440, 390], indirect=True)
@pytest.mark.parametrize("address", ["", "#level=bureau", "#level=government", "#level=bureau&lang=en"])
def test_labels_do_not_overlap(tab: Tab, pages: Path, address: str) -> None:
    page = tab.visit(pages / "collaboration.html", address)
    assert page.evaluate(LABELS_THAT_MEET) == []


def test_saved_files_hold_the_picture(tab: Tab, pages: Path, tmp_path: Path) -> None:
    page = tab.visit(pages / "collaboration.html")
    for kind, least in (("svg", 5_000), ("png", 20_000), ("csv", 1_000)):
        with page.expect_download() as told:
            page.click(f"#save-{kind}")
        told.value.save_as(tmp_path / f"page.{kind}")
        assert (tmp_path / f"page.{kind}").stat().st_size > least
    svg = (tmp_path / "page.svg").read_text("utf-8")
    assert svg.count("<path") == page.evaluate("shownEdges.length")


def test_other_cities_than_two_stand_on_a_ring_each_with_its_shape(tab: Tab, tmp_path: Path) -> None:
    minutes = """2023 三市合作「交通組」第 1 次小組會議紀錄
壹、時間：112 年 3 月 7 日下午 2 時
貳、地點：桃園市政府交通局
參、主席：林科長大方
肆、歷次持續合作方案
主席裁示：
- 一、「公車共同票證」案，請臺北市政府交通局、新北市政府交通局、桃園市政府交通局提供資料，本案持續列管。
"""
    (tmp_path / "m.txt").write_text(minutes, encoding="utf-8")
    write_pages(tmp_path, [tmp_path / "m.txt"])
    page = tab.visit(tmp_path / "collaboration.html")
    assert page.evaluate("DATA.cities") == ["臺北市", "新北市", "桃園市"]
    assert page.evaluate("new Set(shownNodes.get().map((node) => node.shape)).size") == 3
