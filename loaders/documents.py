"""Paths in, documents out: finds the files of minutes and has each one read by its format, which its content tells, not its name."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from loaders.formats import archive, legacy_word, mail, open_document, pdf, plain, web, word
from loaders.formats.archive import Budget
from loaders.formats.extracted import Extracted, Unreadable
from ontology.errors import CrossCityError
from ontology.records import Document, Finding

SUFFIXES: Final = (".txt", ".md", ".text", ".markdown", ".pdf", ".docx", ".odt", ".htm", ".html", ".doc", ".rtf", ".eml", ".zip")
_MARKDOWN: Final = (".md", ".markdown")
_ASIDE: Final = ("README", "NOTICE", "LICENSE")
_LARGEST: Final = 256 * 1024 * 1024
_DEEPEST: Final = 3
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8")


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file and their SHA-256 in hex, wherever it was kept; ``name`` is fit to be printed.

    Of a file that is too large neither is there.
    """

    name: str
    held: bytes
    sha256: str
    too_large: bool = False

    @staticmethod
    def of(name: str, held: bytes) -> Content:
        """The content of a file of that name.

        >>> Content.of("minutes.txt", b"").sha256[:8]
        'e3b0c442'
        """
        if len(held) > _LARGEST:
            return Content(archive.printable(name), b"", "", too_large=True)
        return Content(archive.printable(name), held, hashlib.sha256(held).hexdigest())


@dataclass(frozen=True, slots=True)
class Loaded:
    """The documents of one file, and an error finding for each document in it that could not be read."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...] = ()


def gather(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files named, and those below the folders named, each once, sorted; hidden files are passed over.

    Raises CrossCityError for a path that is not there, and for a folder that holds no file of minutes.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            below = [file for file in sorted(path.rglob("*")) if file.is_file() and _is_minutes(str(file.relative_to(path)))]
            if not below:
                raise CrossCityError(f"{path}: no minutes in this folder; put files there ({', '.join(SUFFIXES)}) or name a file")
            found.update(below)
        elif path.exists():
            found.add(path)
        else:
            raise CrossCityError(f"{path}: no such file or folder; check the name")
    return tuple(sorted(found))


def _is_minutes(name: str) -> bool:
    """Whether a file below a folder or in an archive is taken for minutes: by its suffix, where nobody named it."""
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.suffix.lower() in SUFFIXES and path.stem.upper() not in _ASIDE


def read(path: Path) -> Document:
    """The one document of a file: its text as it was written, line ends and all, or as it was extracted.

    Raises CrossCityError where the file cannot be opened, is empty, cannot be read without loss, or holds several documents.
    """
    loaded = read_all(path)
    if loaded.findings:
        raise CrossCityError(f"{path.parent / loaded.findings[0].file}: {loaded.findings[0].message}")
    if len(loaded.documents) != 1:
        raise CrossCityError(f"{path}: holds {len(loaded.documents)} documents; unpack it and name one of them")
    return loaded.documents[0]


def read_all(path: Path) -> Loaded:
    """Every document of a file: one, or those of an archive or a message, named ``minutes.zip/2019-1.pdf``.

    What cannot be read is a finding, so that the rest of a batch goes on. Raises CrossCityError where the file cannot be opened.
    """
    return unfold(content(path))


def content(path: Path) -> Content:
    """What a file holds. Raises CrossCityError where it cannot be opened."""
    try:
        if path.stat().st_size > _LARGEST:
            return Content(archive.printable(path.name), b"", "", too_large=True)
        return Content.of(path.name, path.read_bytes())
    except OSError as error:
        raise CrossCityError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def is_container(content: Content) -> bool:
    """Whether a file holds files of its own, as an archive or a message does."""
    try:
        return choose(content.held) is None
    except Unreadable:
        return False


def unfold(content: Content) -> Loaded:
    """Every document in what a file holds; as ``read_all`` does."""
    if content.too_large:
        return Loaded((), (_unreadable(content.name, f"larger than {_LARGEST // 1024**2} MiB; split it"),))
    documents: list[Document] = []
    findings: list[Finding] = []
    for one in _unfold(content.name, content.held, Budget(), 0):
        if isinstance(one, Document):
            documents.append(one)
        else:
            findings.append(one)
    return Loaded(tuple(documents), tuple(findings))


def _unreadable(name: str, reason: str) -> Finding:
    return Finding(name, 1, 1, "error", "unreadable", reason)


def _unfold(name: str, content: bytes, budget: Budget, depth: int) -> Iterator[Document | Finding]:
    """The documents in some bytes, in the order of their names, or what is wrong with them."""
    try:
        if not content.strip():
            raise Unreadable("the file is empty; leave it out or put the minutes in it")
        reader = choose(content)
        if reader is None and depth >= _DEEPEST:
            raise Unreadable(f"files within files, {depth} deep; unpack it and name the folder")
        if reader is not None:
            yield _document(name, content, reader(content))
        else:
            yield from _unfold_parts(name, content, budget, depth)
    except Unreadable as error:
        yield _unreadable(name, str(error))


def _unfold_parts(name: str, content: bytes, budget: Budget, depth: int) -> Iterator[Document | Finding]:
    if not content.startswith(b"PK"):
        for part, held in mail.parts(content):
            if _is_minutes(part):
                budget.spend(len(held))
                yield from _unfold(f"{name}/{part}", held, budget, depth + 1)
        return
    for part, packed, member in archive.members(content):
        if not _is_minutes(part):
            continue
        try:
            held = archive.read_member(packed, member, budget)
        except Unreadable as error:
            yield _unreadable(f"{name}/{part}", str(error))
            if budget.files < 0 or budget.size < 0:
                return
            continue
        yield from _unfold(f"{name}/{part}", held, budget, depth + 1)


def _document(name: str, content: bytes, held: Extracted) -> Document:
    if not held.text.strip():
        raise Unreadable("holds no text; leave it out or put the minutes in it")
    markdown = held.media_type == "text/plain" and PurePosixPath(name).suffix.lower() in _MARKDOWN
    media_type = "text/markdown" if markdown else held.media_type
    remarks = tuple(Finding(name, 1, 1, "note", code, message) for code, message in held.remarks)
    return Document(name, held.text, hashlib.sha256(content).hexdigest(), media_type, held.encoding, held.places, remarks)


def choose(content: bytes) -> Callable[[bytes], Extracted] | None:
    """The reader for some bytes, by what they begin with; None for an archive or a message, which hold files of their own.

    Raises Unreadable for what is known to hold no text.

    >>> choose(b"%PDF-1.7\\n").__module__, choose("會議紀錄".encode()).__module__
    ('loaders.formats.pdf', 'loaders.formats.plain')
    """
    if content.startswith(b"PK\x03\x04"):
        return _choose_packed(content)
    if b"%PDF-" in content[:1024]:
        return pdf.extract
    if content.startswith(legacy_word.SIGNATURES):
        return legacy_word.extract
    if content.startswith(_PICTURES):
        raise Unreadable("a picture; have its text recognised (OCR) and save that")
    if web.looks_like(content):
        return web.extract
    return None if mail.looks_like(content) else plain.extract


def _choose_packed(content: bytes) -> Callable[[bytes], Extracted] | None:
    """The reader for a zip file: word processors' files are such, too."""
    with archive.open_zip(content) as packed:
        names = set(packed.namelist())
        if word.MAIN_PART in names:
            return word.extract
        if "content.xml" in names and "mimetype" in names:
            return _choose_open(packed)
    if names & {"xl/workbook.xml", "ppt/presentation.xml"}:
        raise Unreadable("a spreadsheet or slides, not minutes; save it as DOCX, PDF or text")
    return None


def _choose_open(packed: zipfile.ZipFile) -> Callable[[bytes], Extracted]:
    kind = archive.read_member(packed, packed.getinfo("mimetype"), Budget())
    if not kind.startswith(open_document.MEDIA_TYPE.encode()):
        raise Unreadable("an OpenDocument file that is no text; save it as ODT, PDF or text")
    return open_document.extract
