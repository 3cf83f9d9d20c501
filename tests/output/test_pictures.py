"""Static pictures of both views: whole, readable, deaf to script, and clear about what is missing."""

from __future__ import annotations

import importlib
import re
import struct
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from graph.build import build
from graph.lineage import lineage
from graph.store import Store
from output import png
from output.collaboration_picture import draw_collaboration
from output.lineage_picture import draw_lineage
from output.messages import load
from output.shapes import Picture, Words, width_of
from output.svg import as_svg
from output.views import VIEWS, View, write_view

EXAMPLES = Path(__file__).parents[2] / "examples"
SVG = "{http://www.w3.org/2000/svg}"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an SVG of each view of the examples, in each language."""
    folder = tmp_path_factory.mktemp("pictures")
    with Store.open(":memory:") as store:
        build([EXAMPLES], store, iris=store.iris)
        for view in VIEWS:
            write_view(store, view, folder / f"{view}.svg", load("zh-Hant-TW"), "svg")
            write_view(store, view, folder / f"{view}-en.svg", load("en"), "svg")
        (folder / "marks").write_text(str(sum(len(lane.marks) for lane in lineage(store).lanes)), encoding="utf-8")
    return folder


def words_in(file: Path) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.parse(file).iter(f"{SVG}text")]


def test_a_lineage_shows_every_case_every_meeting_and_every_mark(pictures: Path) -> None:
    words = words_in(pictures / "lineage.svg")
    assert "每一案後來怎麼了？" in words
    assert {"2019-1", "2022-1", "2019-01-25"} <= set(words)
    assert any("酷課雲" in text for text in words)
    forms = re.findall(r'<(?:polygon|circle) [^>]*stroke="(#\w+)" stroke-width="2"', (pictures / "lineage.svg").read_text("utf-8"))
    in_legend = 7 + 1  # the outcomes, and one that is made routine too
    assert len(forms) - in_legend == int((pictures / "marks").read_text(encoding="utf-8"))


def test_a_collaboration_names_both_sides_in_the_language_asked_for(pictures: Path) -> None:
    assert {"臺北市教育局", "新北市教育局"} <= set(words_in(pictures / "collaboration.svg"))
    assert "Which agencies really work together, and on what?" in words_in(pictures / "collaboration-en.svg")


@pytest.mark.parametrize("view", VIEWS)
def test_an_svg_runs_nothing_and_fetches_nothing(pictures: Path, view: View) -> None:
    tags = {element.tag for element in ElementTree.parse(pictures / f"{view}.svg").iter()}
    assert tags <= {SVG + name for name in ("svg", "title", "rect", "path", "polygon", "circle", "text")}


@pytest.mark.parametrize("language", ["zh-Hant-TW", "en"])
def test_no_words_meet_and_none_leave_the_picture(language: str) -> None:
    with Store.open(":memory:") as store:
        build([EXAMPLES], store, iris=store.iris)
        assert meeting_words(draw_lineage(lineage(store), language)) == []


def meeting_words(picture: Picture) -> list[tuple[str, str]]:
    """The pairs of words of a picture that lie over each other, and those that lie outside it."""
    boxes = []
    for part in picture.parts:
        if isinstance(part, Words):
            wide = width_of(part.text, part.size)
            left = part.at[0] - {"start": 0, "middle": wide / 2, "end": wide}[part.anchor]
            boxes.append((part.text, left, left + wide, part.at[1] - part.size * 0.85, part.at[1] + part.size * 0.1))
    outside = [
        (text, "") for text, left, right, top, bottom in boxes if left < 0 or top < 0 or right > picture.width or bottom > picture.height
    ]
    return outside + [
        (a[0], b[0])
        for place, a in enumerate(boxes)
        for b in boxes[place + 1 :]
        if a[1] < b[2] - 1 and b[1] < a[2] - 1 and a[3] < b[4] - 1 and b[3] < a[4] - 1
    ]


def test_hostile_words_stay_words() -> None:
    text = "</svg><script>alert(1)</script>\u202e'\""
    picture = as_svg(Picture(text, 9, 9, "#fff", (Words((1, 1), text, 9, "#000"),)))
    assert "<script" not in picture
    assert "\u202e" not in picture
    assert ElementTree.fromstring(picture)[2].text == "</svg><script>alert(1)</script>⟨U+202E⟩'\""


def test_an_empty_store_is_drawn_as_such() -> None:
    with Store.open(":memory:") as store:
        for picture in (draw_lineage(lineage(store), "en"), draw_collaboration((), (), "en")):
            assert "crosscity build" in as_svg(picture)


@pytest.mark.parametrize("view", VIEWS)
def test_a_png_is_painted_twice_as_large(run: Run, store_folder: Path, tmp_path: Path, view: View) -> None:
    for name in (f"{view}.png", f"{view}.svg"):
        assert run("view", view, "--store", store_folder, "-o", tmp_path / name)[0] == 0
    content = (tmp_path / f"{view}.png").read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    root = ElementTree.parse(tmp_path / f"{view}.svg").getroot()
    wide, high = struct.unpack(">II", content[16:24])
    assert abs(wide - 2 * float(root.get("width", 0))) <= 1
    assert abs(high - 2 * float(root.get("height", 0))) <= 1
    assert len(content) > 10_000
    assert run("view", view, "--store", store_folder, "--format", "png", "-o", tmp_path / "again")[0] == 0
    assert (tmp_path / "again").read_bytes() == content


def test_without_matplotlib_or_a_font_one_line_says_what_to_install(
    run: Run, store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("view", "lineage", "--store", store_folder, "-o", tmp_path / "l.png")
    png.find_font.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr("matplotlib.font_manager.findSystemFonts", list)
        status, _, said = run(*asked)
        assert (status, said.count("\n")) == (2, 1)
        assert "fonts-noto-cjk" in said
        assert "請安裝" in run("--lang", "zh-Hant-TW", *asked)[2]
    real = importlib.import_module

    def missing(name: str, package: str | None = None) -> ModuleType:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", missing)
    status, _, said = run(*asked)
    assert (status, said.count("\n")) == (2, 1)
    assert "crosscity[plots]" in said
    assert not (tmp_path / "l.png").exists()
