"""Every command where the surroundings are not as they should be: locale, home, clock, standard output, line ends of a checkout.

Each must answer as it does elsewhere, or say in one line what is wrong; none may show a traceback.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.core import TyperGroup

from graph.store import Store
from output.cli import make_command
from output.messages import load

ROOT = Path(__file__).parents[2]
CALL = "import sys; from output.cli import main; sys.exit(main())"
PLAIN = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8"}
REPORTS = (
    *("summary", "agencies", "cases", "people", "meetings", "promises", "contradictions", "vanished"),
    *("outcomes", "collaboration", "bridges", "burden", "rhythm", "documents"),
)
CALLS = {  # of each command; it runs in a folder with a store kg, minutes good/, parts parts/ and a backup kg.nq.gz
    "build": "build good --store built",
    "read": "read good -o read",
    "load": "load parts --store loaded",
    "check": "check good --unread",
    "query": "query cases --store kg --format csv",
    "view": "view lineage --store kg -o lineage.html",
    "explain": "explain https://w3id.org/crosscity/id/none --store kg",
    "export": "export --store kg --format nq",
    "diff": "diff kg kg",
    "validate": "validate --store kg",
    "vocab": "vocab",
    "review": "review --store kg",
    "judge": "judge not-same 甲 乙 --store kg --by 林小河",
    "store info": "store info --store kg",
    "store backup": "store backup --store kg -o again.nq.gz",
    "store restore": "store restore kg.nq.gz --store restored",
    "store compact": "store compact --store kg",
    "store unlock": "store unlock --store sparql+http://127.0.0.1:9/",
    "demo": "demo --out shown",
    **{f"report {name}": f"report {name} --store kg" for name in REPORTS},
    "report agency": "report agency 新北市政府交通局 --store kg",
    "report case": "report case 公車轉乘資訊共用看板 --store kg",
}
ALIKE = {f"report {name}" for name in REPORTS[2:]}  # made and printed as the first ones are
ENDLESS = {"serve"}  # tests/output/test_service_*.py


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is not as it should be: variables set (or, where empty, missing), where standard output goes, a module that is read first."""

    variables: dict[str, str] = field(default_factory=dict)
    output: str = ""
    clock: int | None = None
    same: bool = True  # what is printed is what is printed elsewhere


FAULTS = {  # those that change nothing of an answer come together: each is rare, and a test of each would take minutes
    "bare": Surroundings({"LC_ALL": "C", "LANGUAGE": "", "HOME": "", "TMPDIR": "/nowhere/at/all"}, clock=0),
    "late": Surroundings(clock=4_102_444_800),
    "locale-big5": Surroundings({"LC_ALL": "zh_TW.Big5", "PYTHONIOENCODING": "big5"}, same=False),
    "full": Surroundings(output="/dev/full", same=False),
    "closed": Surroundings(output="closed", same=False),
}


def commands(command: object, path: str = "") -> Iterator[str]:
    """The name of each command of the tree that does something."""
    if not isinstance(command, TyperGroup):
        yield path
        return
    for name, below in command.commands.items():
        yield from commands(below, f"{path} {name}".strip())


def test_every_command_is_tried() -> None:
    assert set(commands(make_command(load("en")))) == CALLS.keys() | ENDLESS


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, minutes: Path, store_folder: Path) -> Path:
    """A folder with what the commands need."""
    folder = tmp_path_factory.mktemp("surroundings")
    shutil.copytree(store_folder, folder / "kg")
    shutil.copytree(minutes, folder / "good")
    for call in ("read good -o parts", "store backup --store kg -o kg.nq.gz"):
        assert run(call, folder).returncode == 0
    return folder


def run(call: str, folder: Path, around: Surroundings = FAULTS["late"], code: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own."""
    settings = {name: value for name, value in {**PLAIN, **around.variables}.items() if value}
    settings["PYTHONPATH"] = str(code)
    settings["PYTHONDONTWRITEBYTECODE"] = "1"
    begin = f"import time; time.time = lambda: {around.clock}.0; " if around.clock is not None else ""
    command = [sys.executable, "-c", begin + CALL, *shlex.split(call), "--lang", "en"]
    if around.output == "closed":
        command = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    with Path("/dev/full" if around.output == "/dev/full" else os.devnull).open("wb") as sink:
        out = sink if around.output else subprocess.PIPE
        return subprocess.run(command, cwd=folder, env=settings, stdout=out, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=120)


def usual(name: str, prepared: Path, place: Path) -> subprocess.CompletedProcess[bytes]:
    """What a command answers where nothing is wrong."""
    folder = place / "usual"
    shutil.copytree(prepared, folder)
    done = run(CALLS[name], folder, Surroundings())
    shutil.rmtree(folder)
    return done


def hold(name: str, around: Surroundings, well: subprocess.CompletedProcess[bytes], prepared: Path, place: Path) -> None:
    """Fail where a command does worse than a line of complaint."""
    folder = place / "here"
    shutil.copytree(prepared, folder)
    done = run(CALLS[name], folder, around)
    told = done.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in done.stderr and b"Error:" not in done.stderr, told
    assert done.returncode in (0, 1, 2), told
    if around.same:
        assert (done.returncode, done.stdout) == (well.returncode, well.stdout), told
    elif done.returncode == 2:
        assert told.splitlines()[-1].startswith("crosscity: "), told
    if around.output == "/dev/full" and well.stdout:
        assert done.returncode == 2 and "No space left" in told, told
    with Store.open(folder / "kg", read_only=True) as store:
        assert store.graphs(), "the store is as it was"
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full and sh are Linux's")
@pytest.mark.parametrize("fault", ["locale-big5", "full", "closed"])
def test_a_query_holds(fault: str, prepared: Path, tmp_path: Path) -> None:
    well = subprocess.CompletedProcess("", 0, b"rows")
    hold("query", FAULTS[fault], well, prepared, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full and sh are Linux's")
@pytest.mark.parametrize("name", [name for name in CALLS if name not in ALIKE])
def test_every_command_holds(name: str, prepared: Path, tmp_path: Path) -> None:
    well = usual(name, prepared, tmp_path)
    for around in FAULTS.values():
        hold(name, around, well, prepared, tmp_path)


@pytest.mark.slow
def test_a_checkout_with_other_line_ends_answers_alike(prepared: Path, tmp_path: Path) -> None:
    code = tmp_path / "code"
    for top in ("graph", "loaders", "ontology", "output"):
        shutil.copytree(ROOT / top, code / top, ignore=shutil.ignore_patterns("__pycache__"))
    for file in code.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    for name in ("check", "query", "report summary", "validate", "vocab"):
        call = CALLS[name]
        well, other = run(call, prepared), run(call, prepared, code=code)
        assert well.returncode == other.returncode == 0, other.stderr.decode()
        assert well.stdout == other.stdout.replace(b"\r\n", b"\n"), call
