"""Bytes of a zip archive in, the files within out, one after the other; nothing is written to disk, and what it unfolds to is bounded."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from loaders.formats.extracted import Unreadable

_MOST_FILES: Final = 20_000
_MOST_BYTES: Final = 512 * 1024 * 1024
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1


@dataclass(slots=True)
class Budget:
    """How many files and bytes may still be unfolded from one file given to the program, archives within archives included."""

    files: int = _MOST_FILES
    size: int = _MOST_BYTES

    def spend(self, size: int) -> None:
        """Take one file of ``size`` bytes; raises Unreadable once too much was unfolded."""
        self.files -= 1
        self.size -= size
        if self.files < 0 or self.size < 0:
            raise Unreadable(f"unfolds to more than {_MOST_FILES:,} files or {_MOST_BYTES // 1024**2} MiB; unpack it and name the folder")


def open_zip(content: bytes) -> zipfile.ZipFile:
    """The archive; raises Unreadable for a broken one."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable(f"a broken zip file ({error}); pack it anew") from error


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> bytes:
    """One file's bytes. Raises Unreadable for one that is encrypted, broken, or past the budget."""
    if member.flag_bits & _ENCRYPTED:
        raise Unreadable("protected by a password; unpack it first")
    budget.spend(member.file_size)
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Unreadable(f"cannot be unpacked ({error}); pack it anew") from error


def members(content: bytes) -> Iterator[tuple[str, zipfile.ZipFile, zipfile.ZipInfo]]:
    """Each file of an archive by its name, sorted; folders and what macOS adds are passed over.

    Where several have one name, each after the first has a number behind it: none is lost.
    """
    archive = open_zip(content)
    files = [(member_name(member), member) for member in archive.infolist() if not member.is_dir()]
    seen: Counter[str] = Counter()
    for name, member in sorted(files, key=lambda file: file[0]):
        if name and not any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            seen[name] += 1
            yield name if seen[name] == 1 else _numbered(name, seen[name]), archive, member


def _numbered(name: str, number: int) -> str:
    """A name with a number before its ending.

    >>> _numbered("a/紀錄.txt", 2), _numbered("紀錄", 3)
    ('a/紀錄 (2).txt', '紀錄 (3)')
    """
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    return f"{folder}{slash}{stem} ({number}).{ending}" if dot and stem else f"{folder}{slash}{file} ({number})"


def member_name(member: zipfile.ZipInfo) -> str:
    """A member's path as a label: UTF-8, or Big5 where an old Windows wrote it; it never climbs out and holds no control characters.

    >>> climbing = zipfile.ZipInfo("../../etc/紀錄.txt")
    >>> climbing.flag_bits = 0x800
    >>> member_name(climbing), member_name(zipfile.ZipInfo("會議.txt".encode("cp950").decode("cp437")))
    ('etc/紀錄.txt', '會議.txt')
    """
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        for encoding in ("utf-8", "cp950"):
            try:
                name = member.filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return "/".join(part for part in re.split(r"[\\/]", printable(name)) if part not in ("", ".", "..") and not part.endswith(":"))


def printable(name: str) -> str:
    """A file's name without what a terminal would act on or UTF-8 cannot hold.

    >>> printable("a\\x1b[2J\\udc80.txt")
    'a\ufffd[2J\ufffd.txt'
    """
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
