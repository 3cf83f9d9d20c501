"""Files that another editor saved (CRLF, a byte order mark) say the same: minutes, judgements, corrections, profiles, backups."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from output.cli import main
from tests.test_profiles import LEAST

JUDGED = {"kind": "case", "by": "林小河", "on": "2026-01-02", "why": "", "verdict": "not-same"}
FIRST = {"meeting": "https://w3id.org/crosscity/id/meeting/x", "quote": "跨河自行車道", "document": ""}


def saved_elsewhere(file: Path) -> None:
    """Give a file a byte order mark and the other line ends."""
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))


def written(folder: Path, minutes: Path) -> Path:
    """A folder with a file of each kind."""
    folder.mkdir()
    (folder / "first.txt").write_bytes((minutes / "first.txt").read_bytes())
    (folder / "mine.toml").write_text(LEAST, encoding="utf-8")
    line = json.dumps({**JUDGED, "first": FIRST, "second": {**FIRST, "quote": "照明"}}, ensure_ascii=False)
    (folder / "judgements.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    (folder / "corrections.toml").write_text("# none yet\n", encoding="utf-8")
    return folder


def exported(folder: Path, capfd: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """What a store built of a folder's files states, without the words of its minutes and their offsets; restored from a backup."""
    words = ["--profile", str(folder / "mine.toml"), "--judgements", str(folder / "judgements.jsonl")]
    words += ["--corrections", str(folder / "corrections.toml"), "--lang", "en"]
    status = main(["build", str(folder / "first.txt"), "--store", str(folder / "kg"), *words])
    assert status in (0, 1), capfd.readouterr().err
    assert main(["store", "backup", "--store", str(folder / "kg"), "-o", str(folder / "kg.nq")]) == 0
    if (folder / "first.txt").read_bytes().startswith(b"\xef"):
        saved_elsewhere(folder / "kg.nq")
    assert main(["store", "restore", str(folder / "kg.nq"), "--store", str(folder / "again")]) == 0, capfd.readouterr().err
    capfd.readouterr()
    assert main(["query", "case-events", "--store", str(folder / "again"), "--format", "json"]) == 0
    rows = json.loads(capfd.readouterr().out)["results"]["bindings"]
    return status, [f"{row['title']['value']} {row['outcome']['value']}" for row in rows if "title" in row and "outcome" in row]


def test_files_of_another_system_say_the_same(minutes: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = written(tmp_path / "ours", minutes), written(tmp_path / "theirs", minutes)
    for file in theirs.iterdir():
        saved_elsewhere(file)
    assert exported(theirs, capfd) == exported(ours, capfd)
