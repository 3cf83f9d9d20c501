"""The project itself: README, CI, lock files, entry points and the package's data agree with each other."""

from __future__ import annotations

import ast
import importlib
import os
import re
import shlex
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from output import cli
from tests import readme

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REWRITE = "CROSSCITY_REWRITE"  # set it to have README.md's outputs written anew; the diff is the review
LOCKS = ("requirements.lock", "requirements-dev.lock")


def commands_of_readme() -> list[str]:
    """The command lines of README's ``sh`` blocks."""
    text = readme.README.read_text(encoding="utf-8")
    return [line for block in re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) for line in block.splitlines()]


def test_readme_has_two_commands_that_need_nothing_before_them() -> None:
    first, second = commands_of_readme()
    install = r"python3 -m venv \.venv && \.venv/bin/python -m pip install -q -r requirements\.lock && .* --no-deps -e \. && "
    assert re.fullmatch(install + r"\.venv/bin/crosscity demo", first)
    assert second.startswith("python3 -m venv .venv && .venv/bin/python -m pip install -q -r requirements-dev.lock && ")
    assert second.endswith(" && .venv/bin/python -m pytest")


def test_ci_runs_readme_s_test_command_and_no_copy_of_it() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    found = re.search(r"sed -n '/(\^.*?\$)/p' README\.md", script)
    assert found
    lines = readme.README.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(found[1], line)] == [commands_of_readme()[1]]
    assert 'bash -c "$test_command"' in script
    assert "pip install -q" not in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_readme_s_tour_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CROSSCITY_STORE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)

    def run(command: str) -> str:
        capfd.readouterr()
        assert cli.main(shlex.split(command)[1:]) == 0, command
        said = capfd.readouterr()
        return said.out + said.err

    text = readme.README.read_text(encoding="utf-8")
    assert len(readme.shown(text)) >= 10
    fresh = readme.rewrite(text, run)
    if os.environ.get(REWRITE):
        readme.README.write_text(fresh, encoding="utf-8")
    assert readme.README.read_text(encoding="utf-8") == fresh


def test_readme_shows_every_command() -> None:
    shown = readme.README.read_text(encoding="utf-8")
    for command in ("build", "check", "query", "report", "view", "explain", "export", "validate", "review", "judge", "serve", "demo"):
        assert f"crosscity {command}" in shown


def test_readme_names_only_files_that_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", readme.README.read_text(encoding="utf-8")):
        assert "://" in target or (ROOT / target).exists(), target


def locked(name: str) -> dict[str, list[str]]:
    """The lines of each package in a lock file, by its name."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^\S.*?\n(?=\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return {re.split(r"\[|==", block)[0]: block.splitlines() for block in blocks}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_exact_versions_and_hashes_and_nothing_else(name: str) -> None:
    packages = locked(name)
    assert len(packages) > 20
    assert list(packages) == sorted(packages)
    assert "".join("\n".join([*lines, ""]) for lines in packages.values()) == (ROOT / name).read_text(encoding="utf-8")
    for first, *rest in packages.values():
        assert re.fullmatch(r'[a-z0-9][a-z0-9-]*(\[[a-z]+\])?==[0-9][0-9a-z.]*( ; sys_platform == "win32")? \\', first)
        assert rest, f"{first}: no hash"
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in rest)


def test_locks_agree_and_cover_what_the_project_asks_for() -> None:
    runtime, dev = map(locked, LOCKS)
    for name, lines in runtime.items():
        assert re.sub(r"\[.*?\]", "", dev[name][0]) == lines[0]
        assert dev[name][1:] == lines[1:]
    for wanted, lock in ((PROJECT["project"]["dependencies"], runtime), (PROJECT["project"]["optional-dependencies"]["dev"], dev)):
        for requirement in wanted:
            assert re.split(r"[<>=\[]", requirement)[0].lower() in lock


def test_locks_name_the_extras_that_locked_packages_ask_for() -> None:
    """Else pip 23 takes ``coverage[toml]`` for another package, picks its newest release, and refuses it for want of a hash."""
    dev = locked("requirements-dev.lock")
    wanted = {
        (canonicalize_name(asked.name), extra)
        for name in dev
        if (asking := installed(name)) is not None
        for asked in map(Requirement, asking.requires or ())
        if asked.marker is None or asked.marker.evaluate({"extra": ""})
        for extra in asked.extras
    }
    assert ("coverage", "toml") in wanted
    assert [(name, extra) for name, extra in sorted(wanted) if f"[{extra}]" not in dev[name][0]] == []


def installed(name: str) -> Distribution | None:
    """A locked package as it is installed; none where its line is for another system."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def test_every_entry_point_imports() -> None:
    points = PROJECT["project"]["scripts"]
    assert points
    for target in points.values():
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_every_package_is_in_the_wheel_and_says_that_it_is_typed() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert packages == ["graph", "loaders", "ontology", "output"]
    for top in packages:
        assert (ROOT / top / "py.typed").is_file()
        for file in (ROOT / top).rglob("*.py"):
            assert (file.parent / "__init__.py").is_file(), f"{file.parent} is no package"


def test_typer_stays_in_the_command_line_and_pyvis_in_one_module() -> None:
    found: dict[str, set[str]] = {"typer": set(), "pyvis": set()}
    for top in ("graph", "loaders", "ontology", "output"):
        for file in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                for name in names:
                    if name.partition(".")[0] in found:
                        found[name.partition(".")[0]].add(str(file.relative_to(ROOT)))
    assert found["typer"]
    assert all(name.startswith("output/cli/") for name in found["typer"])
    assert len(found["pyvis"]) == 1


def test_the_changelog_has_unreleased_on_top() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert PROJECT["project"]["license"] == "Apache-2.0"
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
    assert len(licence.splitlines()) > 195


def test_each_dependency_has_its_reason() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = PROJECT["project"]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| `")]
    extras = {name: wanted for name, wanted in project["optional-dependencies"].items() if name != "dev"}
    asked = {(_name(wanted), "") for wanted in project["dependencies"]}
    asked |= {(_name(wanted), extra) for extra, listed in extras.items() for wanted in listed}
    assert {(row[0], row[1] if len(row) == 6 else "") for row in rows} == asked
    assert all(cell for row in rows for cell in row)


def _name(requirement: str) -> str:
    return re.split(r"[<>=\[]", requirement)[0]
