"""The examples in every format, through our readers and through other libraries: characters kept, lines and facts kept, speed.

    python benchmarks/readers.py               # prints the tables of docs/readers.md; --write puts them there

Libraries that are not installed are left out. Files are made by reportlab, python-docx, odfdo and, where it is on the machine, LibreOffice.
Speed is in CPU seconds, LibreOffice's own in seconds by the clock.
"""

from __future__ import annotations

import difflib
import io
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from loaders import documents, minutes  # noqa: E402
from ontology import gazetteer  # noqa: E402
from ontology.records import Document  # noqa: E402
from tests import writing  # noqa: E402
from tests.test_cases import EXAMPLES, facts  # noqa: E402

PAGE = ROOT / "docs" / "readers.md"
START, END = "<!-- measured -->\n", "<!-- end -->"
Reader = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of characters, of lines and of facts that came through, and thousand characters a second."""

    characters: float
    lines: float
    facts: float
    speed: float


def ours(content: bytes) -> str:
    reader = documents.choose(content)
    assert reader is not None
    return reader(content).text


def by_pypdfium2(content: bytes) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


def by_pdfplumber(content: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as opened:
        return "\n".join(page.extract_text() or "" for page in opened.pages)


def by_pdfminer(content: bytes) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(content)))


def by_pypdf(content: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def by_python_docx(content: bytes) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def by_odfdo(content: bytes) -> str:
    import odfdo

    return str(odfdo.Document(io.BytesIO(content)).get_formatted_text())


def by_lxml(content: bytes) -> str:
    import lxml.html

    return str(lxml.html.document_fromstring(content).text_content())


def by_selectolax(content: bytes) -> str:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(content).body
    return body.text(separator="\n") if body is not None else ""


OTHERS: dict[str, dict[str, Reader]] = {
    "pdf": {"pypdfium2 alone": by_pypdfium2, "pdfplumber": by_pdfplumber, "pdfminer.six": by_pdfminer, "pypdf": by_pypdf},
    "docx": {"python-docx": by_python_docx},
    "odt": {"odfdo": by_odfdo},
    "html": {"lxml.html": by_lxml, "selectolax": by_selectolax},
}


def forms(folder: Path) -> Iterator[tuple[str, str, Callable[[str], bytes]]]:
    """What each form is called, the kind of its readers, and its writer."""
    yield "PDF, font not embedded, running heads (reportlab)", "pdf", writing.write_pdf
    if writing.SOFFICE:
        yield "PDF (LibreOffice)", "pdf", lambda text: writing.convert(writing.write_odt(text), ".odt", "pdf", folder)
    yield "DOCX (python-docx)", "docx", writing.write_docx
    if writing.SOFFICE:
        yield "DOCX (LibreOffice)", "docx", lambda text: writing.convert(writing.write_odt(text), ".odt", "docx", folder)
    yield "ODT (odfdo)", "odt", writing.write_odt
    yield "HTML as Word exports it, UTF-8", "html", writing.write_html
    yield "HTML as Word exports it, Big5", "html", lambda text: writing.write_html(text, "big5")
    yield "text, Big5", "text", writing.write_big5
    yield "text, UTF-16", "text", writing.write_utf16
    if writing.SOFFICE:
        yield "Word 97 .doc (LibreOffice)", "doc", lambda text: writing.convert(writing.write_odt(text), ".odt", "doc", folder)


def bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


def told(text: str) -> list[str]:
    reading = minutes.read(Document("benchmark", text, "0" * 64), gazetteer.load())
    return [bare(line) for held in reading.minutes for line in facts(held)]


def share(kept: list[str], source: list[str]) -> float:
    """Shared entries of two lists, in order, against the longer."""
    matched = sum(block.size for block in difflib.SequenceMatcher(None, source, kept, autojunk=False).get_matching_blocks())
    return matched / max(len(source), len(kept), 1)


def measure(reader: Reader, made: list[tuple[str, bytes]]) -> Score:
    """The reader's score over all files; the clock is that of the CPU, this process's."""
    reader(made[0][1])
    start, wall = time.process_time(), time.perf_counter()
    read = [reader(content) for _, content in made]
    spent = max(time.process_time() - start, (time.perf_counter() - wall) if reader is ours and made[0][1].startswith(b"\xd0\xcf") else 0)
    pairs = [(text, out) for (text, _), out in zip(made, read, strict=True)]
    characters = sum(share(list(bare(out)), list(bare(text))) * len(bare(text)) for text, out in pairs)
    whole = [(filled(text), filled(out)) for text, out in pairs]
    lines = sum(sum(line in out for line in text) for text, out in whole)
    return Score(
        characters / sum(len(bare(text)) for text, _ in pairs),
        lines / sum(len(text) for text, _ in whole),
        sum(share(told(out), told(text)) for text, out in pairs) / len(pairs),
        sum(len(out) for out in read) / 1000 / spent,
    )


def filled(text: str) -> list[str]:
    return [bare(line) for line in text.splitlines() if line.strip()]


def table() -> Iterator[str]:
    yield "| format | reader | characters | lines whole | facts | 1,000 characters a second |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as folder:
        for name, kind, write in forms(Path(folder)):
            sources = [path.read_text(encoding="utf-8") for path in EXAMPLES[: 2 if "LibreOffice" in name else None]]
            made = [(text, write(text)) for text in sources]
            for library, reader in {"ours": ours, **OTHERS.get(kind, {})}.items():
                try:
                    score = measure(reader, made)
                except ImportError:
                    continue
                shares = " | ".join(f"{100 * one:.1f}%" for one in (score.characters, score.lines, score.facts))
                yield f"| {name} | {library} | {shares} | {score.speed:,.0f} |"


def main() -> None:
    lines = list(table())
    print("\n".join(lines))
    if "--write" in sys.argv[1:]:
        page = PAGE.read_text(encoding="utf-8")
        head, tail = page[: page.index(START) + len(START)], page[page.index(END) :]
        PAGE.write_text(head + "\n" + "\n".join(lines) + "\n\n" + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
