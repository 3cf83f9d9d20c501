"""A store's folder goes in, the store comes out open; a new one takes its place only when its first build has ended well."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from graph import excerpt, named
from graph.folder import MARKER
from graph.processes import is_running
from graph.run import profile_of
from graph.store import MEMORY, Store, is_full, is_remote, unusable
from graph.summary import Summary
from ontology import profiles
from ontology.errors import CrossCityError
from output.messages import Messages

_BASE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]")
_IRI: Final = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|^`\\]+')


@contextmanager
def open_for_build(location: str | Path, base: str | None, say_unusable: Callable[..., str]) -> Iterator[Store]:
    """The store in a folder or on a server, to be built into.

    Where there is no folder, it is made beside and moved to its place at the end, so that a build that fails leaves nothing. Raises
    CrossCityError, in words that ``say_unusable`` makes of the reason, where the folder cannot be made.
    """
    if not in_folder(location):
        with Store.open(location, create=True, base=base) as store:
            yield store
        return
    folder = Path(location)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            with Store.open(folder, base=base) as store:
                yield store
            return
        with _apart(folder.resolve()) as beside, _called(beside, location):
            with Store.open(beside, create=True, base=base) as store:
                yield store
            _move(beside, folder.resolve())
    except OSError as error:
        if is_full(error):
            raise unusable(location, error) from error
        raise CrossCityError(say_unusable(reason=error.strerror or str(error))) from error


@contextmanager
def open_to_show(location: str) -> Iterator[Store]:
    """The store at a place, to be read, with its profile in use from here on: what is shown goes by its names."""
    with Store.open(location, read_only=True) as store:
        profiles.use(profile_of(store))
        with named.each_once(store):
            yield store


@contextmanager
def as_of(store: Store, day: str, messages: Messages) -> Iterator[Store]:
    """A store as it stood on a day (an ISO date), or as it is where none is given. Raises CrossCityError where that is no date."""
    if not day:
        yield store
        return
    with excerpt.until(store, iso_date(day, messages)) as past, named.each_once(past):
        yield past


def iso_date(words: str, messages: Messages) -> str:
    """A day as ISO writes it. Raises CrossCityError where the words are no date."""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise CrossCityError(messages("as-of.bad-date", words=words)) from error


@contextmanager
def _called(beside: Path, location: str | Path) -> Iterator[None]:
    """Have complaints about a folder in the making name the place that the user named."""
    try:
        yield
    except CrossCityError as error:
        raise CrossCityError(str(error).replace(str(beside), str(location))) from error


@contextmanager
def _apart(folder: Path) -> Iterator[Path]:
    """A new folder on the same disk: beside one that is missing, within one that is empty (a shell may stand in it)."""
    made = folder / f".building-{os.getpid()}" if folder.exists() else folder.with_name(f".{folder.name}.building-{os.getpid()}")
    for left in made.parent.glob(f"{made.name.rpartition('-')[0]}-*"):  # by a build that was killed
        if not is_running(int(left.name.rpartition("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    made.mkdir(parents=True)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _move(beside: Path, folder: Path) -> None:
    """Move a finished store to its place; in a folder that is there, what makes it a store comes last."""
    if not folder.exists():
        beside.replace(folder)
        return
    for part in sorted(beside.iterdir(), key=lambda part: part.name == MARKER):
        part.replace(folder / part.name)


def in_folder(location: str | Path) -> bool:
    """Whether a place is a folder, there or not: not a server, not memory."""
    return not is_remote(location) and str(location) != MEMORY


def is_there(location: str) -> bool:
    """Whether a place may hold a store; a server is not asked."""
    return Path(location).exists() if in_folder(location) else is_remote(location)


def check_base(base: str, complaint: str) -> None:
    """Raise CrossCityError with these words where a base is no absolute IRI that ends in ``/`` or ``#``."""
    if not _BASE.fullmatch(base):
        raise CrossCityError(complaint)


def check_iri(iri: str, complaint: str) -> None:
    """Raise CrossCityError with these words where an IRI is none, or not absolute."""
    if not _IRI.fullmatch(iri):
        raise CrossCityError(complaint)


def say_summary(summary: Summary, place: str | Path, messages: Messages) -> str:
    """What a build read and what the store holds, a line each."""
    lines = [messages("build.read", read=summary.read, unchanged=summary.unchanged, replaced=summary.replaced)]
    if summary.skipped:
        lines.append(messages("build.skipped", files=messages("list.and").join(summary.skipped)))
    lines.append(messages("build.holds", store=place, meetings=summary.meetings, documents=summary.documents))
    lines.append(messages("build.things", cases=summary.cases, agencies=summary.agencies, people=summary.people, facts=summary.facts))
    lines.append(messages("build.sentences", sentences=summary.sentences, unread=summary.unread))
    if summary.judgements:
        lines.append(messages("build.judgements", judgements=summary.judgements))
    lines.append(messages("build.findings", findings=len(summary.findings)))
    return "\n".join(lines)
