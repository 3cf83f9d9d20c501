"""A store on two real servers, started on loopback: Oxigraph's own, from PyPI, and Virtuoso, from Debian."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store
from ontology.errors import CrossCityError
from tests.graph.remote_builds import check_server

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
VIRTUOSO = shutil.which("virtuoso-t")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """A server, from when its port is open."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            for _ in range(600):
                assert process.poll() is None, (folder / "log").read_text()
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            yield
        finally:
            process.kill()
            process.wait()


@pytest.mark.parametrize("union", [True, False])
def test_oxigraph(union: bool, tmp_path: Path) -> None:
    if OXIGRAPH is None:
        pytest.skip("oxigraph's server is not installed")
    port = free_port()
    command = [OXIGRAPH, "serve", "--location", str(tmp_path / "data"), "--bind", f"127.0.0.1:{port}"]
    with running([*command, *(["--union-default-graph"] if union else [])], port, tmp_path):
        location = f"sparql+http://127.0.0.1:{port}/"
        if union:
            check_server(location)
        else:
            with pytest.raises(CrossCityError, match="sees no named graph there"):
                Store.open(location, create=True)


VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CaseMode = 2
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000000
"""


@pytest.mark.slow
def test_virtuoso(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if VIRTUOSO is None:
        pytest.skip("virtuoso (Debian's virtuoso-opensource-7) is not installed")
    http = free_port()
    (tmp_path / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=free_port(), http=http), encoding="utf-8")
    monkeypatch.setenv("CROSSCITY_STORE_USER", "dba")  # asked for by Digest
    monkeypatch.setenv("CROSSCITY_STORE_PASSWORD", "dba")
    with running([VIRTUOSO, "+configfile", "virtuoso.ini", "+foreground"], http, tmp_path):
        check_server(f"sparql+http://127.0.0.1:{http}/?query=/sparql&update=/sparql-auth&graphs=/sparql-graph-crud-auth")
