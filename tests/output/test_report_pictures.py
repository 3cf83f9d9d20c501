"""The pictures of reports on the examples show the counts, and the command line is as quiet or as talkative as it was told to be."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from output.plots import PLOTS
from output.shapes import width_of

Run = Callable[..., tuple[int, str, str]]
EXAMPLES = Path(__file__).parents[2] / "examples"


def test_quiet_says_nothing_but_results_and_errors(run: Run, kg: Path, tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    command = ("report", "cases", "--store", kg, "--format", "csv", "-o", file, "--plot", tmp_path / "cases.svg")
    assert run(*command) == (0, "", f"{file}: written\n{tmp_path / 'cases.svg'}: written\n")
    assert run("--quiet", *command) == (0, "", "")
    assert run("--quiet", "report", "case", "太空", "--store", kg)[2].startswith("crosscity: no case fits")


def test_verbose_tells_of_a_load_what_was_written_and_worked_out(run: Run, tmp_path: Path) -> None:
    run("read", EXAMPLES, "-o", tmp_path / "parts")
    _, _, err = run("--verbose", "load", tmp_path / "parts", "--store", tmp_path / "kg")
    *written, worked_out = err.splitlines()
    assert [line.partition(" ")[0] for line in written] == [f"{done}/7" for done in range(1, 8)]
    assert {line.partition(" ")[2] for line in written} == {file.name for file in EXAMPLES.glob("*.txt")}
    assert worked_out == "1/1 雙北"


def test_verbose_tells_each_file_and_the_cause_of_an_error(run: Run, kg: Path, tmp_path: Path) -> None:
    _, _, err = run("--verbose", "check", EXAMPLES)
    assert [line for line in err.splitlines() if line.endswith("2022-1.txt")]
    missing = tmp_path / "none" / "cases.csv"
    command = ("report", "cases", "--store", kg, "-o", missing)
    assert len(run(*command)[2].splitlines()) == 1
    told = run("-v", *command)[2].splitlines()
    assert told[1].startswith("  caused by FileNotFoundError: ")


def svg_of(run: Run, kg: Path, name: str, file: Path, *words: str) -> ElementTree.Element:
    status, _, _ = run("report", name, *words, "--store", kg, "--format", "json", "--plot", file, "--lang", "zh-Hant-TW")
    assert status == 0
    return ElementTree.fromstring(file.read_text(encoding="utf-8"))


def words_in(picture: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in picture.iter("{http://www.w3.org/2000/svg}text")]


def test_pictures_show_the_counts_of_their_reports(run: Run, kg: Path, tmp_path: Path) -> None:
    words = words_in(svg_of(run, kg, "outcomes", tmp_path / "outcomes.svg"))
    assert words[0] == "各年裁示結果"
    totals = [words[place - 1] for place, word in enumerate(words) if word in ("2019", "2020", "2021", "2022")]
    assert totals == ["14", "14", "21", "2"]  # 51 treatments in all
    words = words_in(svg_of(run, kg, "agencies", tmp_path / "agencies.svg", "--agency", "資教科"))
    assert words[words.index("臺北市政府/教育局/資訊教育科") + 1 :] == ["1", "1", "1", "3"]  # reported, not reported, undated; in all
    words = words_in(svg_of(run, kg, "collaboration", tmp_path / "pairs.svg"))
    assert words.count("3.5") == 3  # both squares of the two governments, and the legend
    picture = svg_of(run, kg, "cases", tmp_path / "cases.svg", "--outcome", "提案")
    assert "兩市共同學區教育資源之共享" in words_in(picture)
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}polygon"))) == 2  # one treatment, and its legend


def test_a_picture_of_nothing_says_so(run: Run, kg: Path, tmp_path: Path) -> None:
    words = words_in(svg_of(run, kg, "cases", tmp_path / "none.svg", "--outcome", "delisted"))
    assert words[-1] == "沒有可畫的資料。"


@pytest.mark.parametrize("name", PLOTS)
def test_pictures_are_the_same_each_time_and_fit_their_words(name: str, run: Run, kg: Path, tmp_path: Path) -> None:
    svg = svg_of(run, kg, name, tmp_path / "first.svg")
    svg_of(run, kg, name, tmp_path / "second.svg")
    assert (tmp_path / "first.svg").read_bytes() == (tmp_path / "second.svg").read_bytes()
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    for text in svg.iter("{http://www.w3.org/2000/svg}text"):
        size, x = float(text.attrib["font-size"]), float(text.attrib["x"])
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib.get("text-anchor", "start")]
        long = width_of(text.text or "", size)
        assert x - before * long >= 0, text.text
        assert x + (1 - before) * long <= width, text.text
        assert 0 < float(text.attrib["y"]) < height


def test_measures_are_drawn_as_the_pairs_they_are_of(run: Run, kg: Path, tmp_path: Path) -> None:
    pairs = svg_of(run, kg, "collaboration", tmp_path / "pairs.svg")
    assert words_in(svg_of(run, kg, "collaboration", tmp_path / "measures.svg", "--measures")) == words_in(pairs)


def test_a_picture_as_png_is_one(run: Run, kg: Path, tmp_path: Path) -> None:
    file = tmp_path / "cases.png"
    assert run("report", "cases", "--store", kg, "--format", "csv", "--plot", file)[0] == 0
    with Image.open(file) as picture:
        assert picture.format == "PNG"
        assert picture.width > 1500
        assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 50
