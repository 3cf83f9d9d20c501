"""A service started as a user starts it, in a process of its own, over a store that a test made."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from graph.build import build
from graph.store import Store

EXAMPLES = Path(__file__).parents[2] / "examples"
_START = "import sys; from output.cli import main; sys.exit(main(sys.argv[1:]))"
_START_HURRIED = """
import sys
from output.cli import main, serving
from output.service.limits import Limits
serving.Limits = lambda **told: Limits(**{**told, "patience": 1.0, "waiting": 1})
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: status, headers (names in lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs: its address and its process."""

    url: str
    process: int

    def request(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Answer:
        """Send one request; ``accept_language`` is a header's name in Python."""
        parts = urlsplit(self.url)
        with contextlib.closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)) as connection:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            found = connection.getresponse()
            return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())

    def ask(self, sparql: str, accept: str = "text/csv", **more: str) -> Answer:
        """Send a query in a form."""
        body = urlencode({"query": sparql, **more})
        return self.request("POST", "/sparql", body, accept=accept, content_type="application/x-www-form-urlencoded")

    def workers(self) -> set[int]:
        """The numbers of the worker processes."""
        found = subprocess.run(["pgrep", "-P", str(self.process)], capture_output=True, text=True, check=False)
        return set(map(int, found.stdout.split()))


def make_store(folder: Path) -> Path:
    """A store of the examples."""
    with Store.open(folder / "kg", create=True) as store:
        build([EXAMPLES], store, iris=store.iris)
    return folder / "kg"


@contextlib.contextmanager
def serving(store: Path, *options: str, hurried: bool = False) -> Iterator[Service]:
    """A service over a store, which may tell no traceback; ``hurried`` is one that gives clients a second, and lets one query wait."""
    command = [sys.executable, "-c", _START_HURRIED if hurried else _START, "--lang", "en", "serve", "--store", str(store), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert said.startswith("Serving "), said + process.stderr.read()
        yield Service(said.split(" at ")[1].split()[0].rstrip("/"), process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            _, said = process.communicate(timeout=10)
            assert process.returncode in (0, -signal.SIGKILL)
            assert "Traceback" not in said, said
        finally:
            process.kill()
            process.wait()
            process.stderr.close()
