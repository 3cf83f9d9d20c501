"""A batch of files made to do harm, and one of minutes among them: a line for each, the minutes read, in bounded time and memory."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[2]
CALL = "import sys; from output.cli import main; sys.exit(main())"
MIB = 1024**2
MEMORY = 3 * 1024 * MIB  # of address space, of which the interpreter and its libraries map a good part
SECONDS = 120  # of CPU: a file that is not read in linear time takes far more


def packed(**members: bytes) -> bytes:
    """A zip file of these; ``__`` in a name is a slash, a leading one climbs out."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("up/", "../../"), content)
    return held.getvalue()


def nested(depth: int) -> bytes:
    """Archives within archives."""
    held = packed(**{"inner.txt": "會議".encode()})
    for _ in range(depth):
        held = packed(**{"inner.zip": held})
    return held


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    held = io.BytesIO()
    canvas = Canvas(held, encrypt=pdfencrypt.StandardEncryption("secret", ownerPassword="secret"))
    canvas.drawString(99, 700, "minutes")
    canvas.save()
    return held.getvalue()


def word(document: str) -> bytes:
    """A Word file of a main part."""
    return packed(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": document.encode()})


def mail() -> bytes:
    """A message that holds a message that holds one, and so on."""
    message = EmailMessage()
    message.set_content("x")
    for _ in range(9):
        outer = EmailMessage()
        outer.set_content("x")
        outer.add_attachment(message)
        message = outer
    return bytes(message)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
ROWS = "".join(f"<tr><td>第{n}號路燈改善</td><td>持續列管</td></tr>" for n in range(100_000))
HARM: dict[str, Callable[[], bytes]] = {
    "bomb.zip": lambda: packed(**{"zeros.txt": b"0" * (700 * MIB)}),
    "climbs.zip": lambda: packed(up__up__out=b"x", **{"up__out.txt": "會議".encode()}),
    "nested.zip": lambda: nested(30),
    "entities.docx": lambda: word(ENTITIES),
    "outside.docx": lambda: word(OUTSIDE),
    "encrypted.pdf": encrypted,
    "broken.pdf": lambda: b"%PDF-1.7\n1 0 obj <</Length 99999999>> stream\n",
    "script.html": lambda: ("<html><script>" + "會議紀錄" * 9 + "</script><body></body></html>").encode(),
    "rows.html": lambda: f"<html><table><tr><th>案名</th><th>決議</th></tr>{ROWS}</table></html>".encode(),
    "zeros.txt": lambda: b"\0" * 4096,
    "nul.txt": lambda: "會議\0紀錄\0\0".encode() * 99,
    "surrogates.txt": lambda: b"\xed\xa0\x80\xed\xb0\x80" * 99,
    "mail.eml": mail,
    "bell\x07\x1b[31m\nred.txt": lambda: "這不是會議紀錄。".encode(),
}


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, minutes: Path) -> Iterator[Path]:
    """The files, of which one is minutes."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, make in HARM.items():
        (folder / name).write_bytes(make())
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(1024 * MIB)  # takes no room where files have holes
    (folder / "good.txt").write_bytes((minutes / "first.txt").read_bytes())
    yield folder
    for name in ("bomb.zip", "huge.txt"):
        (folder / name).unlink()


def limited() -> None:
    """In the process to be started: so much memory and time, no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def build(folder: Path, store: Path) -> subprocess.CompletedProcess[str]:
    """A build in a process of its own that may use so much and no more."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", CALL, "build", str(folder), "--store", str(store), "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, env=settings, preexec_fn=limited, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_each_harmful_file_is_one_line_and_the_rest_goes_on(batch: Path, tmp_path: Path) -> None:
    done = build(batch, tmp_path / "kg")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "Read 1 documents anew" in done.stdout
    errors = [line for line in done.stderr.splitlines() if " error " in line]
    assert errors == done.stderr.splitlines(), "a finding takes one line, whatever its file is called"
    of_file = {name: [line for line in errors if line.startswith(name)] for name in [*HARM, "huge.txt"] if name.isprintable()}
    silent = [name for name, lines in of_file.items() if len(lines) != 1 and name != "climbs.zip"]
    assert not silent, (silent, done.stderr)
    assert "\x1b" not in done.stderr and "\x07" not in done.stderr
    assert any("red.txt" in line for line in errors)
    assert not list(tmp_path.parent.glob("**/out.txt")), "nothing climbed out"
