"""Minutes as text in, the same minutes in another format out, made by the programs and libraries that others make them with."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import odfdo
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT, SIZE, LEADING, MARGIN, BAND = "MSung-Light", 14, 22, 80, 60
SOFFICE = shutil.which("soffice")


def write_docx(text: str) -> bytes:
    """A Word file, a paragraph a line, the first a heading."""
    document = docx.Document()
    for number, line in enumerate(text.splitlines()):
        if number == 0:
            document.add_heading(line, level=1)
        else:
            document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def write_odt(text: str) -> bytes:
    """An OpenDocument text, a paragraph a line."""
    document = odfdo.Document("text")
    document.body.clear()
    for line in text.splitlines():
        document.body.append(odfdo.Paragraph(line))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def write_html(text: str, encoding: str = "utf-8") -> bytes:
    """A web page as Word exports one: paragraphs of spans, wrapped in the middle of sentences."""
    spans = [re.sub("(.{30}[一-鿿])(?=[一-鿿])", "\\1\n", html.escape(line)) for line in text.splitlines()]
    lines = "\n".join(f'<p class="MsoNormal"><span lang="ZH-TW">{span}<o:p></o:p></span></p>' for span in spans)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}"><title>紀錄</title><style>p {{ margin: 0 }}</style>'
    return f"<html><head>{head}</head>\n<body>{lines}</body></html>".encode(encoding)


def write_big5(text: str) -> bytes:
    """Text as an old Windows saves it."""
    return text.replace("\n", "\r\n").encode("cp950")


def write_utf16(text: str) -> bytes:
    """Text as Windows' editor saves it as "Unicode"."""
    return text.replace("\n", "\r\n").encode("utf-16")


def write_pdf(text: str, head: str = "雙北合作平臺會議資料") -> bytes:
    """Pages in a font that is not embedded, lines wrapped at the margin, a running head on each, and page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=1)
    width, height = A4
    y = 0.0
    for line in _wrapped(text, width - 2 * MARGIN):
        if y < BAND + LEADING:
            if canvas.getPageNumber() > 1 or y:
                canvas.showPage()
            canvas.setFont(FONT, 9)
            canvas.drawString(MARGIN, height - 30, head)
            canvas.drawCentredString(width / 2, 25, f"第 {canvas.getPageNumber()} 頁")
            canvas.setFont(FONT, SIZE)
            y = height - BAND - LEADING
        canvas.drawString(MARGIN, y, line)
        y -= LEADING
    canvas.save()
    return written.getvalue()


def _wrapped(text: str, room: float) -> list[str]:
    """Lines that fit the room, cut anywhere as Chinese is."""
    cut: list[str] = []
    for line in text.splitlines():
        held = ""
        for character in line:
            if pdfmetrics.stringWidth(held + character, FONT, SIZE) > room:
                cut.append(held)
                held = ""
            held += character
        cut.append(held)
    return cut


def convert(content: bytes, suffix: str, wanted: str, folder: Path) -> bytes:
    """A file as LibreOffice writes it in another format (doc, rtf, pdf)."""
    assert SOFFICE
    source = folder / f"source{suffix}"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", wanted, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "out" / f"source.{wanted.partition(':')[0]}").read_bytes()


WRITERS: dict[str, Callable[[str], bytes]] = {
    "docx": write_docx,
    "odt": write_odt,
    "html": write_html,
    "big5": write_big5,
    "big5-html": lambda text: write_html(text, "big5"),
    "utf-16": write_utf16,
    "pdf": write_pdf,
}
