"""Bytes of an old Word or RTF file in, its text out, by way of LibreOffice where the machine has it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from loaders.formats import open_document
from loaders.formats.extracted import Extracted, Unreadable

SIGNATURES: Final = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS: Final = ("soffice", "libreoffice")
_SECONDS: Final = 120


def extract(content: bytes) -> Extracted:
    """The document's text. Raises Unreadable where LibreOffice is missing or cannot read the file."""
    if _PROTECTED in content:
        raise Unreadable("protected by a password; save it without one")
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unreadable("an old Word file; install LibreOffice to have it read, or save it as DOCX, ODT or PDF")
    held = open_document.extract(_convert(content, program))
    return replace(held, media_type="application/rtf" if content.startswith(b"{") else "application/msword")


def _convert(content: bytes, program: str) -> bytes:
    """The file as LibreOffice writes it in OpenDocument, in a profile of its own, with macros off as they are when headless."""
    with tempfile.TemporaryDirectory(prefix="crosscity-") as folder:
        source = Path(folder) / ("minutes.rtf" if content.startswith(b"{") else "minutes.doc")
        source.write_bytes(content)
        command = [program, "--headless", "--norestore", f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"]
        command += ["--convert-to", "odt:writer8", "--outdir", folder, str(source)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as running:
            try:
                running.wait(_SECONDS)
            except subprocess.TimeoutExpired as error:
                os.killpg(running.pid, signal.SIGKILL)  # the program is a script that starts another
                raise Unreadable(f"LibreOffice took more than {_SECONDS} seconds over it; save it as DOCX, ODT or PDF") from error
        made = source.with_suffix(".odt")
        if not made.exists():
            raise Unreadable("LibreOffice cannot read it; open it in Word and save it as DOCX or PDF")
        return made.read_bytes()
