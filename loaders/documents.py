"""Paths in, documents out: finds the files of minutes and decodes each one, without loss or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ontology.errors import CrossCityError
from ontology.records import Document

SUFFIXES = (".txt", ".md", ".text", ".markdown")
_MEDIA_TYPES = {".md": "text/markdown", ".markdown": "text/markdown"}


def gather(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and those below the folders named, each once, sorted; hidden files are passed over.

    Raises CrossCityError for a path that is not there, and for a folder that holds no file of minutes.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            below = [file for file in sorted(path.rglob("*")) if file.suffix.lower() in SUFFIXES and _is_minutes(file, path)]
            if not below:
                raise CrossCityError(f"{path}: no minutes in this folder; put text files there ({', '.join(SUFFIXES)}) or name a file")
            found.update(below)
        elif path.exists():
            found.add(path)
        else:
            raise CrossCityError(f"{path}: no such file or folder; check the name")
    return tuple(sorted(found))


def _is_minutes(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.is_file() and not hidden and file.stem.upper() not in ("README", "NOTICE", "LICENSE")


def read(path: Path) -> Document:
    """A file's text as it was written, line ends and all.

    Raises CrossCityError where the file cannot be opened, is empty, is not text, or is not in an encoding that decodes without loss.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CrossCityError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    if not content.strip():
        raise CrossCityError(f"{path}: the file is empty; leave it out or put the minutes in it")
    text, encoding = _decode(content, path)
    media_type = _MEDIA_TYPES.get(path.suffix.lower(), "text/plain")
    return Document(path.name, text, hashlib.sha256(content).hexdigest(), media_type, encoding)


def _decode(content: bytes, path: Path) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        raise CrossCityError(f"{path}: not a text file; save the minutes as UTF-8 text first")
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        raise CrossCityError(
            f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8 first, e.g. iconv -f CP950 -t UTF-8"
        ) from error
