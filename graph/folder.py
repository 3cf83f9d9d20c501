"""A folder goes in, a place in it to read the facts from, or to write new ones to, comes out: generations of a store, one current.

    crosscity.json   what makes the folder a store: its version, its base, and which generation is current
    oxigraph-7/      the current generation: nobody writes to it any more, so that any number may read it
    oxigraph-8/      the next one, while a build writes it: made of links to the files of the one before, so that it costs little
    writer.lock      held by the one writer

A generation becomes current by one rename of the marker. A build that is killed, or finds the disk full, at any moment leaves the current
one as it was; what it began is removed by the next writer. A generation that readers still hold is removed by a later writer.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.store import in_use
from ontology.errors import CrossCityError

STORE_VERSION: Final = 2  # 1 kept the facts in one folder, ``oxigraph``, and is still read
MARKER: Final = "crosscity.json"
LOCK: Final = "writer.lock"
GENERATION: Final = re.compile(r"oxigraph(?:-(\d+))?")
_TRIES: Final = 20  # of a reader that finds the generation it was to read replaced and gone
_OWN: Final = re.compile(r"LOCK|LOG(\.old.*)?")  # of the process that has a generation open


@dataclass(frozen=True, slots=True)
class Marker:
    """What a store's marker says; ``facts`` is the folder of the current generation, empty where there is none yet."""

    base: str
    facts: str
    version: int = STORE_VERSION


class Held:
    """A generation that is read or written, and the lock on it; ``taken_over`` says that it began as a copy of the one before."""

    def __init__(self, folder: Folder, place: Path, lock: int, *, writable: bool, before: Marker) -> None:
        self.place = place
        self.writable = writable
        self.taken_over = writable and bool(before.facts)
        self._folder = folder
        self._before = before
        self._lock = lock

    def release(self, *, keep: bool) -> None:
        """Let others write; what was written becomes current with ``keep``, and goes without."""
        try:
            if self.writable and keep:
                self._folder.publish(self.place.name, self._before)
        finally:
            if self.writable:
                self._folder.tidy()
            os.close(self._lock)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is a store, or could be one."""

    path: Path

    def is_store(self) -> bool:
        """Whether there is a marker in it."""
        return (self.path / MARKER).is_file()

    def make(self, base: str) -> None:
        """Make an empty store in a folder that is missing or empty; raises CrossCityError for any other."""
        if self.path.exists() and not self.path.is_dir():
            raise CrossCityError(f"{self.path}: is a file, and a store is a folder; name another folder with --store")
        if self.path.is_dir() and any(self.path.iterdir()):
            raise self._foreign()
        self.path.mkdir(parents=True, exist_ok=True)
        self._write(Marker(base, ""))

    def marker(self) -> Marker:
        """What the marker says; raises CrossCityError where the folder is no store, or one of a newer program."""
        if not self.path.exists():
            raise CrossCityError(f"{self.path}: there is no store; make one with 'crosscity build PATH --store {self.path}'")
        if not self.is_store():
            raise self._foreign()
        try:
            kept = json.loads((self.path / MARKER).read_text(encoding="utf-8"))
            found = Marker(str(kept["base"]), str(kept.get("facts", "oxigraph")), int(kept["store"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._foreign() from error
        if found.version > STORE_VERSION:
            raise CrossCityError(
                f"{self.path}: written by a newer crosscity (store version {found.version}); upgrade, or build into another folder"
            )
        if found.facts and not GENERATION.fullmatch(found.facts):
            raise self._foreign()
        return found

    def hold_for_reading(self) -> Held:
        """Keep the current generation from being removed. Raises CrossCityError where there is none."""
        for _ in range(_TRIES):
            marker = self.marker()
            place = self.path / marker.facts
            lock = _lock(place, shared=True) if marker.facts else None
            if lock is not None and (place / "CURRENT").exists():
                return Held(self, place, lock, writable=False, before=marker)
            if lock is not None:
                os.close(lock)
            if marker == self.marker():
                break
        raise CrossCityError(f"{self.path}: holds no facts yet; run 'crosscity build PATH --store {self.path}'")

    def hold_for_writing(self) -> Held:
        """Keep other writers out, and begin the next generation. Raises CrossCityError where another writer is at it."""
        (self.path / LOCK).touch()
        lock = _lock(self.path / LOCK, shared=False)
        if lock is None:
            raise in_use(self.path)
        try:
            self.tidy()
            marker = self.marker()
            found = GENERATION.fullmatch(marker.facts)
            place = self.path / f"oxigraph-{int(found[1] or 0) + 1 if found else 1}"
            if marker.facts and (self.path / marker.facts / "CURRENT").exists():
                _link(self.path / marker.facts, place)
        except BaseException:
            with suppress(CrossCityError, OSError):
                self.tidy()
            os.close(lock)
            raise
        return Held(self, place, lock, writable=True, before=marker)

    def publish(self, name: str, before: Marker) -> None:
        """Make a generation the current one. Raises CrossCityError where another was made so since this one began."""
        if self.marker() != before:  # a file system without locks
            raise CrossCityError(f"{self.path}: another build finished while this one ran; build again")
        self._write(Marker(before.base, name))

    def tidy(self) -> None:
        """Remove the generations that are not current and that nobody reads."""
        current = self.marker().facts
        for place in sorted(self.path.iterdir()):
            if place.name != current and GENERATION.fullmatch(place.name) and (lock := _lock(place, shared=False)) is not None:
                shutil.rmtree(place, ignore_errors=True)
                os.close(lock)

    def _write(self, marker: Marker) -> None:
        fresh = self.path / f"{MARKER}.new"
        text = json.dumps({"store": STORE_VERSION, "base": marker.base, "facts": marker.facts}, indent=2)
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / MARKER)

    def _foreign(self) -> CrossCityError:
        return CrossCityError(
            f"{self.path}: a foreign store or other files, not one of crosscity's; name an empty or new folder with --store"
        )


def _link(old: Path, new: Path) -> None:
    """Copy a generation that nobody writes to: files that RocksDB never changes are linked, the few others copied."""
    new.mkdir()
    for file in old.iterdir():
        if _OWN.fullmatch(file.name) or not file.is_file():
            continue
        try:
            if file.suffix != ".sst":
                raise OSError("a file that may be written to")
            os.link(file, new / file.name)
        except OSError:  # or a file system without links
            shutil.copy2(file, new / file.name)


def _lock(path: Path, *, shared: bool) -> int | None:
    """A lock on a file or folder, to be closed; None where another holds it, or nothing is there."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, PermissionError):
        if sys.platform == "win32" and path.is_dir():  # folders can't be opened there, and none in use can be removed
            return os.open(os.devnull, os.O_RDONLY)
        return None
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(handle)
            return None
        return handle
    import fcntl

    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:  # a file system without locks: what is published last counts, and each is whole
        pass
    return handle
