"""The demonstration: the examples become a store, both pages and reports, in one folder, with no argument."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from ontology.errors import CrossCityError
from output import demo
from output.messages import load

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def nowhere_to_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a network: opening a socket fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("the demonstration opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("nowhere_to_call")
def test_demo_needs_no_argument_and_can_be_run_again(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run("demo")
    assert (status, err) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["crosscity-demo"]
    assert "holds 13 meetings" in out
    folder = tmp_path / "crosscity-demo"
    first = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and "store" not in path.parts}
    assert {"collaboration.html", "lineage.html", "crosscity.nq", "case.md", "promises.md"} <= {path.name for path in first}
    assert all(f"{path.relative_to(tmp_path)}: written" in out for path in first)
    assert run("demo")[0] == 0
    assert {path: path.read_bytes() for path in first} == first


def test_demo_speaks_chinese(tmp_path: Path, run: Run) -> None:
    status, out, _ = run("demo", "--out", tmp_path / "示範", "--lang", "zh-Hant-TW")
    assert status == 0
    assert "現有 13 次會議" in out
    assert (tmp_path / "示範" / "reports" / "cases.md").read_text(encoding="utf-8").startswith("# 各案及其後續\n")


def test_demo_where_it_cannot_write(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    status, out, err = run("demo", "--out", tmp_path / "file")
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_an_installation_without_examples_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "__file__", str(tmp_path / "output" / "demo.py"))
    monkeypatch.setattr(demo.metadata, "files", lambda _: None)
    with pytest.raises(CrossCityError, match="the examples did not come with this installation"):
        demo.find_examples(load("en"))
