"""Minutes read by several processes state what they state read by one, byte for byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph import workers
from graph.build import build
from graph.store import Store
from ontology import profiles
from output import cli

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
COUNTIES = Path(__file__).parents[1] / "profiles" / "three-counties.toml"


def process(_: str) -> int:
    return os.getpid()


def both_word(_: str) -> tuple[str, ...]:
    return profiles.current().both


def test_several_processes_are_used_only_where_there_is_much_to_do() -> None:
    with workers.workers(2, 127) as mapped:
        assert set(mapped(process, "ab")) == {os.getpid()}
    with workers.workers(2, 128) as mapped:
        assert os.getpid() not in set(mapped(process, "ab"))


def test_processes_go_by_the_profile_in_use() -> None:
    with profiles.using(profiles.load(str(COUNTIES))), workers.workers(2, 128) as mapped:
        assert set(mapped(both_word, "ab")) == {("三縣", "三方")}


def test_the_same_bytes_as_with_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(workers, "_WORTH", 2)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing behind it")
    told, findings = [], []
    for jobs in (1, 3):
        with Store.open(":memory:") as store:
            summary = build([*EXAMPLES, broken], store, iris=store.iris, jobs=jobs)
            told.append(store.nquads())
            findings.append(summary.findings)
    assert told[0] == told[1] and len(told[0]) > 1000
    assert findings[0] == findings[1] and findings[0][0].file == "broken.pdf"


def test_warnings_fail_where_they_are_asked_to(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "2031.txt"
    file.write_text((COUNTIES.parent / "2031.txt").read_text("utf-8"), encoding="utf-8")
    call = [str(file), "--profile", str(COUNTIES), "--lang", "en"]
    assert cli.main(["check", *call]) == 0
    assert "warning which-body" in capfd.readouterr().err
    assert cli.main(["check", *call, "--strict"]) == 1
    assert cli.main(["build", *call, "--store", str(tmp_path / "kg"), "--strict"]) == 1
    assert cli.main(["query", "meetings", "--store", str(tmp_path / "kg")]) == 0  # what was read is kept all the same
