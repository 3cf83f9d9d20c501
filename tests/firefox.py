"""A page goes in, what a script finds in it in headless Firefox comes out: a small client of Firefox's own protocol, Marionette."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 90  # seconds
_PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
}


class Firefox:
    """One window of a running Firefox."""

    def __init__(self, port: int) -> None:
        self._link = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._number = 0
        self._receive()
        self.ask("WebDriver:NewSession", {})

    def open(self, file: Path, address: str = "") -> None:
        """Open a page and wait until its script has drawn it."""
        self.ask("WebDriver:Navigate", {"url": "about:blank"})
        self.ask("WebDriver:Navigate", {"url": file.as_uri() + address})
        until = time.monotonic() + _PATIENCE
        while self.run("return document.documentElement.dataset.ready") != "yes":
            if time.monotonic() > until:
                raise TimeoutError(file)
            time.sleep(0.1)

    def run(self, script: str) -> object:
        """What a script returns; it sees the page's elements, and what runs there through ``window.wrappedJSObject``."""
        answer = self.ask("WebDriver:ExecuteScript", {"script": script, "args": [], "newSandbox": False})
        return answer["value"] if isinstance(answer, dict) else None

    def resize(self, width: int, height: int) -> None:
        """Make the window so many pixels wide and high."""
        self.ask("WebDriver:SetWindowRect", {"width": width, "height": height})

    def ask(self, command: str, values: dict[str, object]) -> object:
        """The answer to one command; raises RuntimeError with Firefox's words where it refuses."""
        self._number += 1
        text = json.dumps([0, self._number, command, values]).encode()
        self._link.sendall(b"%d:%b" % (len(text), text))
        _, _, refusal, answer = json.loads(self._receive())
        if refusal:
            raise RuntimeError(refusal)
        return answer

    def close(self) -> None:
        """Close the connection."""
        self._link.close()

    def _receive(self) -> bytes:
        length = b""
        while not length.endswith(b":"):
            length += self._link.recv(1)
        message = b""
        while len(message) < int(length[:-1]):
            message += self._link.recv(65536)
        return message


@contextmanager
def started(program: str, profile: Path) -> Iterator[Firefox]:
    """A headless Firefox with a profile of its own, ended with all its processes."""
    lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in _PREFERENCES.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    environment = {**os.environ, "HOME": str(profile), "MOZ_HEADLESS": "1"}
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, start_new_session=True)
    try:
        window = Firefox(_port(profile / "MarionetteActivePort", process))
        yield window
        window.close()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _port(file: Path, process: subprocess.Popen[bytes]) -> int:
    """The port that Firefox chose, as it writes it into its profile."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        text = file.read_text(encoding="ascii") if file.is_file() else ""
        if text.strip().isdecimal():
            return int(text)
        time.sleep(0.1)
    raise TimeoutError("Firefox did not start")
