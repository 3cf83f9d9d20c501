"""What both pages must be: small, the same each time, alone, readable for all, and deaf to script in the words of minutes."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from graph.build import build
from graph.collaboration import Case, Involved, Treatment
from graph.lineage import Column, Lane, Lineage, Mark
from graph.passages import Evidence
from graph.store import Store
from ontology.errors import CrossCityError
from output import network, page
from output.messages import load
from output.site import write_site
from tests.pages import Tab, write_pages

PAGES = ("collaboration.html", "lineage.html")
EXAMPLES = Path(__file__).parents[2] / "examples"
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
ATTACKS = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    '"\' onmouseover="window.hacked=1',
    "javascript:window.hacked=1",
    "公車\u202e票證\u2066",
    "線\u2028window.hacked=1\u2029路",
    "]]><svg onload=window.hacked=1>",
    "長" * 10_000,
)
CONTRAST = """(() => {
  const light = (text) => {
    const parts = text.match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16) / 255);
    const [r, g, b] = parts.map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const long = (text) => (text.length === 4 ? text.replace(/[0-9a-f]/gi, (c) => c + c) : text);
  const ratio = (a, b) => { const [x, y] = [light(long(a)), light(long(b))].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const sides = ["--side-0", "--side-1", "--side-2", "--side-3", "--side-4", "--side-5", "--other", "--tie"];
  const found = {};
  for (const paper of ["--paper", "--shade"]) {
    for (const ink of ["--ink", "--soft", "--bridge", "--accent"]) found[ink + paper] = ratio(colour(ink), colour(paper)) / 4.5;
    for (const ink of sides) found[ink + paper] = ratio(colour(ink), colour(paper)) / 3;
    for (const outcome of Object.keys(OUTCOMES)) found[outcome + paper] = ratio(outcomeColour(outcome), colour(paper)) / 3;
  }
  found.mark = ratio(colour("--markink"), colour("--mark")) / 4.5;
  return Object.entries(found).filter(([, share]) => share < 1).map(([name]) => name);
})()"""


def test_pages_are_small_utf_8_and_the_same_each_time(pages: Path, tmp_path: Path) -> None:
    """Written anew by another process, under another hash seed and a Big5 locale."""
    code = "import sys; from pathlib import Path; from tests.pages import write_pages; write_pages(Path(sys.argv[1]), [Path(sys.argv[2])])"
    other = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "zh_TW.BIG5", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, tmp_path, EXAMPLES], check=True, env=other, cwd=EXAMPLES.parent)
    for name in PAGES:
        content = (pages / name).read_bytes()
        assert len(content) < 1_200_000
        assert "酷課雲" in content.decode("utf-8")
        assert content == (tmp_path / name).read_bytes()


def test_the_policy_lets_nothing_in(pages: Path) -> None:
    for name in PAGES:
        text = (pages / name).read_text("utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
        assert policy
        assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
        assert "unsafe" not in policy[1]
        assert not re.search(r"<(?:link|iframe|object|embed)|<(?:script|img)[^>]*\ssrc=", text)


def test_the_bundled_script_is_the_one_that_was_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "vis-network" in network.vis_network_script()[:200]
    monkeypatch.setattr(network, "VIS_NETWORK_SHA256", hashlib.sha256(b"another").hexdigest())
    with pytest.raises(CrossCityError, match=r"install pyvis 0\.3\.2"):
        network.vis_network_script()


def test_every_word_is_in_both_languages_and_every_word_asked_for_is_there() -> None:
    folder = resources.files("output.templates")
    words = tomllib.loads((folder / "words.toml").read_text("utf-8"))
    assert {key for key, text in words.items() if set(text) != {"zh-Hant-TW", "en"} or not all(text.values())} == set()
    sources = "".join(file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith((".js", ".html")))
    asked = set(re.findall(r'\bword\("([\w-]+)"', sources)) | set(re.findall(r'data-(?:t|label|placeholder)="([\w-]+)"', sources))
    assert {key for key in asked if key not in words and not key.endswith("-")} == set()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both pages and the index of minutes whose file's name, titles and sentences hold each attack."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = [f"- 第{place}點、「{attack}」案，請臺北市政府教育局回復 {attack}，本案持續列管。" for place, attack in enumerate(ATTACKS, 1)]
    minutes = folder / 'm"><img src=x onerror=window.hacked=1>.txt'
    numbered = [line.replace(f"第{place}點", "一二三四五六七八"[place - 1]) for place, line in enumerate(lines, 1)]
    minutes.write_text(HOSTILE.split("- 一、")[0] + "\n".join(numbered) + "\n", encoding="utf-8")
    write_pages(folder, [minutes])
    with Store.open(":memory:") as store:
        build([minutes], store, iris=store.iris)
        write_site(store, folder / "site", load("zh-Hant-TW"))
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_words_of_minutes_never_run(tab: Tab, hostile: Path, name: str) -> None:
    page = tab.visit(hostile / name)
    tab.open_table()
    shown = ""
    for button in page.locator("#twin button").all():
        button.click()
        shown += page.locator("body").inner_text()
    for attack in ATTACKS:
        assert page.evaluate("visible", attack) in shown, attack[:40]
    assert not set(shown) & set("\u202e\u2066\u2028")
    page.evaluate("pictureFile()")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.evaluate(
        "location.hash = '#q=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E&pick=%3Cb%3E&level=__proto__&order=constructor&lang=%3Cb%3E'"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, a, iframe, [onerror], [onmouseover]").count() == 0
    assert page.evaluate("document.scripts.length") == page.evaluate("[...document.scripts].filter((each) => !each.src).length") <= 4


@pytest.mark.browser
def test_words_of_minutes_never_run_in_the_index(tab: Tab, hostile: Path) -> None:
    files = sorted((hostile / "site").iterdir())
    assert len(files) > len(ATTACKS)
    for file in files:
        tab.page.goto(file.as_uri())
        assert tab.page.evaluate("window.hacked") is None, file.name
        assert tab.page.locator("[onerror], [onmouseover], [href^=javascript]").count() == 0, file.name


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_an_empty_store_says_so(tab: Tab, tmp_path: Path, name: str) -> None:
    write_pages(tmp_path, [])
    assert "crosscity build" in tab.visit(tmp_path / name).locator("#notice").inner_text()


@pytest.mark.browser
def test_a_network_of_one_body_says_so(tab: Tab, tmp_path: Path) -> None:
    lines = HOSTILE.split("- 一、")[0] + "- 一、「公車共同票證」案，請臺北市提供資料，本案持續列管。\n"
    (tmp_path / "m.txt").write_text(lines, encoding="utf-8")
    write_pages(tmp_path, [tmp_path / "m.txt"])
    assert "只有一個機關" in tab.visit(tmp_path / "collaboration.html").locator("#notice").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_colours_stand_out_as_wcag_aa_asks(tab: Tab, pages: Path, name: str, theme: str) -> None:
    page = tab.visit(pages / name, f"#theme={theme}")
    assert page.evaluate("dark()") == (theme == "dark")
    assert page.evaluate(CONTRAST) == []


@pytest.mark.browser
def test_above_a_stated_size_pages_open_with_bureaus_and_years(tab: Tab, tmp_path: Path) -> None:
    days = [f"{1990 + i // 4}-{1 + 3 * (i % 4):02}-05" for i in range(81)]
    columns = tuple(Column(f"m{i}", day, day, "組", "", "") for i, day in enumerate(days))
    marks = tuple(Mark(f"e{i}", i, 0, "tracked", False, "continuing", Evidence("本案持續列管。"), (), ()) for i in range(81))
    lane = Lane("c", "甲案", (), "組", "tracked", 0, ("臺北市",), ("臺北市政府",), marks)
    for name, count in (("few.html", 80), ("many.html", 81)):
        told = Lineage(columns[:count], (replace(lane, marks=marks[:count]),), ())
        (tmp_path / name).write_text(page.lineage_html(told, "en"), encoding="utf-8")
        shown = tab.visit(tmp_path / name).locator(".mark").count()
        assert shown == (80 if count == 80 else 21)
    facts = tuple(Involved(f"c{i}", f"{city}政府/第{i // 4}局/第{i}科", city) for i in range(80) for city in ("臺北市", "新北市"))
    (tmp_path / "bureaus.html").write_text(page.collaboration_html(facts, cases_of(facts), columns[:1], "en"), encoding="utf-8")
    opened = tab.visit(tmp_path / "bureaus.html")
    assert opened.locator("[name=level]:checked").get_attribute("value") == "bureau"
    assert "162 in all" in opened.locator("#shown").inner_text()
    opened.check("input[value=section]")
    assert opened.evaluate("shownNodes.length") == 160 + 2


def cases_of(facts: tuple[Involved, ...]) -> tuple[Case, ...]:
    treatment = Treatment("m0", "tracked", (), Evidence("本案持續列管。"))
    return tuple(Case(case, case, "tracked", (treatment,)) for case in sorted({fact.case for fact in facts}))
