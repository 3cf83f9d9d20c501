"""A service that is killed leaves a folder behind once, not for good; one that runs keeps its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from output.service.scratch import Scratch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
HOLD = "from output.service.scratch import Scratch; print(Scratch().path, flush=True); input()"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_goes_and_what_a_living_one_holds_stays(place: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(place), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as other:
        assert other.stdout is not None
        left = Path(other.stdout.readline().strip())
        (left / "deep").mkdir()
        (left / "deep" / "7").write_text("half a result")
        first = Scratch()
        assert (left / "deep" / "7").exists()
        other.send_signal(signal.SIGKILL)
    assert left.exists()
    second = Scratch()
    assert sorted(place.iterdir()) == sorted([first.path, second.path])
    first.remove()
    second.remove()
    assert not list(place.iterdir())


def test_a_link_is_not_followed(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "kept").touch()
    (place / "crosscity-service-x").symlink_to(elsewhere)
    Scratch().remove()
    assert (elsewhere / "kept").exists()
