"""What docs/ says is so: code runs and prints what is shown, command lines too, files that are named exist."""

from __future__ import annotations

import doctest
import os
import re
import runpy
import shlex
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup

from output import cli, messages
from output.cli import make_command
from tests import readme

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REWRITE = "CROSSCITY_REWRITE"  # set it to have the outputs that pages show written anew; the diff is the review
CHINESE = "README.zh-Hant-TW.md"
TOURS = (("docs/tutorial.md", "en"), ("docs/how-to.md", "en"), (CHINESE, "zh_TW.UTF-8"))
PAGES = tuple(sorted(page.name for page in DOCS.glob("*.md")))


def test_the_python_page_s_code_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    ran = doctest.testfile(str(DOCS / "python.md"), module_relative=False, encoding="utf-8")
    assert ran.attempted > 20
    assert ran.failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_exist(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        assert "://" in target or (DOCS / target).exists(), target


@pytest.mark.parametrize(("page", "locale"), TOURS)
def test_commands_print_what_a_page_shows(
    page: str, locale: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "CROSSCITY_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", locale)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)

    def run(command: str) -> str:
        capfd.readouterr()
        assert cli.main(shlex.split(command)[1:]) == 0, command
        said = capfd.readouterr()
        return said.out + said.err

    text = (ROOT / page).read_text(encoding="utf-8")
    assert len(readme.shown(text)) >= 6
    fresh = readme.rewrite(text, run)
    if os.environ.get(REWRITE):
        (ROOT / page).write_text(fresh, encoding="utf-8")
    assert (ROOT / page).read_text(encoding="utf-8") == fresh


def _commands(page: str) -> list[str]:
    """The program's command lines in a page's blocks of shell, without their comments."""
    blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [found[1] for block in blocks for found in re.finditer(r"^(?:\$ )?crosscity (.*?)(?:\s+#.*)?$", block, re.MULTILINE)]


@pytest.mark.parametrize("page", [page for page in PAGES if _commands(page)])
def test_the_program_takes_every_command_line_of_a_page(page: str) -> None:
    for line in _commands(page):
        command, words = make_command(messages.load("en")), shlex.split(line)
        while isinstance(command, TyperGroup):
            with command.make_context("crosscity", words) as context:
                _, command, words = command.resolve_command(context, words)
        assert isinstance(command, TyperCommand), line
        command.make_context("crosscity", words).close()


def test_the_care_of_a_store_runs_as_its_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["build", str(ROOT / "examples" / "2019.txt"), "--store", "kg"]) == 0
    local = [line for line in _commands("store.md") if line.startswith("store ") and "http" not in line]
    assert [line.split()[1] for line in local] == ["info", "backup", "restore", "compact"]
    for line in local:
        assert cli.main(shlex.split(line)) == 0, line


def test_the_reference_is_current() -> None:
    made = runpy.run_path(str(DOCS / "make_reference.py"))
    assert (DOCS / "reference.md").read_text("utf-8") == made["page"](), "run: python docs/make_reference.py"


def test_both_readmes_set_up_alike_and_name_files_that_exist() -> None:
    english, chinese = (readme.README.read_text(encoding="utf-8"), (ROOT / CHINESE).read_text(encoding="utf-8"))
    blocks = [re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) for text in (english, chinese)]
    assert blocks[0] == blocks[1] and len(blocks[0]) == 2
    assert {one.command for one in readme.shown(chinese)} <= {one.command for one in readme.shown(english)} | {"crosscity check examples"}
    for target in re.findall(r"\]\(([^)#]+)\)", chinese):
        assert "://" in target or (ROOT / target).exists(), target
