"""Builds in a process of their own, killed at moments spread over their run: what a store holds after each.

Alone it is a stress: ``python -m tests.graph.builds_that_are_killed 500``.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from graph.build import build
from graph.store import Store

_CHILD = """
import os, sys
from pathlib import Path
from graph.build import build
from graph.store import Store
with Store.open(":memory:") as store:  # so that rules and names are read in before the forks
    build([Path(sys.argv[2])], store, iris=store.iris)
del store
print("ready", flush=True)
for line in sys.stdin:  # a fork each: reading the program in costs more than a build
    child = os.fork()
    if child:
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)
        continue
    os.setpgid(0, 0)
    with Store.open(sys.argv[1]) as store:
        build([Path(line.strip())], store, iris=store.iris)
    os._exit(0)
"""


def write_minutes(folder: Path, year: str, count: int) -> Path:
    """Some documents whose every fact names the year: the same file names in each folder, so that one takes the other's place."""
    folder.mkdir()
    for number in range(count):
        text = (
            f"{year} 雙北合作「河川{number}組」第 1 次小組會議紀錄\n壹、時間：民國 {int(year) - 1911} 年 3 月 5 日 下午 2 時\n"
            f"貳、地點：新北市政府 {number} 樓會議室\n參、主席：林小河 局長\n肆、討論事項：\n一、河岸步道{year}案\n"
            f"決議：請兩市水利局於 {year} 年底前完成。\n"
        )
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def facts(place: Path) -> list[str]:
    """What the store says, but for what it notes of builds."""
    with Store.open(place, read_only=True) as store:
        return store.nquads(without=[store.iris.run])


@contextlib.contextmanager
def builder(place: Path, minutes: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that starts a build of each folder whose name it is sent."""
    started = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(place), str(minutes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        assert started.stdout is not None
        assert started.stdout.readline() == "ready\n"
        yield started
    finally:
        started.kill()
        started.wait()


def run(process: subprocess.Popen[str], folder: Path, seconds: float | None) -> bool:
    """Build a folder, killed after some seconds if it still runs; whether it was."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{folder}\n")
    process.stdin.flush()
    child = int(process.stdout.readline())
    if seconds is not None:
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    assert process.stdout.readline() == "ended\n"
    return seconds is not None


def kill_many(folder: Path, times: int, seed: int = 6) -> tuple[int, int]:
    """How many of ``times`` killed builds left the old facts, and the new ones. Raises AssertionError where one left anything else."""
    chance = random.Random(seed)
    old, new = write_minutes(folder / "2019", "2019", 3), write_minutes(folder / "2020", "2020", 3)
    place = folder / "store"
    both = folder / "minutes"
    expected = {}
    for year in (old, new):
        swap(both, year)
        with Store.open(":memory:") as fresh:
            build([both], fresh, iris=fresh.iris)
            expected[year] = fresh.nquads(without=[fresh.iris.run])
    swap(both, old)
    with Store.open(place, create=True) as store:
        build([both], store, iris=store.iris)
    now, left_old = old, 0
    with builder(place, both) as process:
        swap(both, new)
        began = time.monotonic()
        run(process, both, None)
        takes, now = time.monotonic() - began, new
        assert facts(place) == expected[new]
        for _ in range(times):
            wanted = old if now is new else new
            swap(both, wanted)
            run(process, both, chance.uniform(0, takes * 1.1))
            found = facts(place)
            assert found in (expected[now], expected[wanted]), "half of one, half of the other"
            left_old += found == expected[now]
            now = now if found == expected[now] else wanted
        swap(both, old)
        run(process, both, None)
    assert facts(place) == expected[old]
    assert len(list(place.glob("oxigraph-*"))) == 1
    return left_old, times - left_old


def swap(place: Path, folder: Path) -> None:
    """Have the files of a folder at a place, under the same names each time."""
    place.mkdir(exist_ok=True)
    for file in folder.iterdir():
        (place / file.name).write_bytes(file.read_bytes())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        left_old, left_new = kill_many(Path(scratch), int(sys.argv[1]))
        print(f"old facts after {left_old}, new facts after {left_new} of the killed builds")
