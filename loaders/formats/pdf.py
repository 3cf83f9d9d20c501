"""Bytes of a PDF file in, its text out: paragraphs as they were before they were wrapped, tables as rows, page furniture left out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType
from typing import Final

from loaders.formats.extracted import LONGEST_TEXT, Extracted, Unreadable
from loaders.formats.reflow import Glyph, Page, Rule, reflow

MEDIA_TYPE: Final = "application/pdf"
_MOST_PAGES: Final = 2_000
_MOST_SEGMENTS: Final = 20_000
_THIN: Final = 3.0
_PRIVATE: Final = (0xE000, 0xF8FF)


def extract(content: bytes) -> Extracted:
    """The text layer. Raises Unreadable without the extra ``pdf``, and for a file that is broken, protected, or a mere picture."""
    try:
        import pypdfium2
        import pypdfium2.raw
    except ImportError as error:
        raise Unreadable("a PDF file; install the reader for it: pip install 'crosscity[pdf]'") from error
    try:
        opened = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("protected by a password; save it without one") from error
        raise Unreadable("a broken PDF file; open it in a PDF viewer and print it to a new one") from error
    try:
        if len(opened) > _MOST_PAGES:
            raise Unreadable(f"more than {_MOST_PAGES:,} pages; split it")
        pages = list(_pages(opened, pypdfium2.raw))
    except pypdfium2.PdfiumError as error:
        raise Unreadable("a broken PDF file; open it in a PDF viewer and print it to a new one") from error
    finally:
        opened.close()
    return _extracted(pages)


def _extracted(pages: list[Page]) -> Extracted:
    silent = [number for number, page in enumerate(pages, 1) if not any(not glyph.text.isspace() for glyph in page.glyphs)]
    if len(silent) == len(pages):
        raise Unreadable("a PDF file without text, likely a scan; have its text recognised (OCR, e.g. ocrmypdf) and give the result")
    text, places = reflow(pages)
    remarks: list[tuple[str, str]] = []
    if silent:
        numbers = ", ".join(map(str, silent[:10]))
        remarks.append(("page-without-text", f"no text on page {numbers}; if a picture stands there, have its text recognised (OCR)"))
    unknown = sum(_PRIVATE[0] <= ord(character) <= _PRIVATE[1] or character == "\ufffd" for character in text)
    if unknown:
        remarks.append(("broken-font", f"the file's fonts do not tell what {unknown} characters are; compare with the file"))
    return Extracted(text, MEDIA_TYPE, places=places, remarks=tuple(remarks))


def _pages(opened: object, raw: ModuleType) -> Iterator[Page]:
    held = 0
    for page in opened:  # type: ignore[attr-defined]
        width, height = page.get_size()
        text = page.get_textpage()
        glyphs = tuple(_glyphs(text, raw))
        held += len(glyphs)
        if held > LONGEST_TEXT:
            raise Unreadable(f"holds more than {LONGEST_TEXT:,} characters of text; split the file")
        yield Page(width, height, glyphs, tuple(_rules(page, raw)))
        text.close()
        page.close()


def _glyphs(text: object, raw: ModuleType) -> Iterator[Glyph]:
    """The characters that are drawn on a page, in the order of the file; surrogate pairs are joined."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    lead = 0
    for place in range(text.count_chars()):  # type: ignore[attr-defined]
        code = raw.FPDFText_GetUnicode(text, place)
        if code == 0 or code in (10, 13, 0xFFFE) or raw.FPDFText_IsGenerated(text, place) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            lead = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, lead = (0x10000 + ((lead - 0xD800) << 10) + code - 0xDC00 if lead else 0xFFFD), 0
        raw.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box))
        raw.FPDFText_GetCharOrigin(text, place, ctypes.byref(x), ctypes.byref(y))
        if box.right >= box.left and box.top > box.bottom:
            yield Glyph(chr(code), x.value, max(box.right, x.value), y.value, box.top - box.bottom)


def _rules(page: object, raw: ModuleType) -> Iterator[Rule]:
    """The straight horizontal and vertical lines drawn on a page, thin rectangles included."""
    left = _MOST_SEGMENTS
    for path in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=5):  # type: ignore[attr-defined]
        left -= max(raw.FPDFPath_CountSegments(path), 1)
        if left < 0:
            return
        x0, y0, x1, y1 = path.get_bounds()
        if y1 - y0 <= _THIN or x1 - x0 <= _THIN:
            yield Rule(x0, y0, x1, y1)
            continue
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) and stroke.value:
            yield from _edges(path, raw)


def _edges(path: object, raw: ModuleType) -> Iterator[Rule]:
    """The straight edges of a path that is drawn with a pen."""
    a, b, c, d, e, f = path.get_matrix().get()  # type: ignore[attr-defined]
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[tuple[float, float]] = []
    for place in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, place)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            yield from _straight(corners)
            corners = []
        corners.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            corners.append(corners[0])
    yield from _straight(corners)


def _straight(corners: list[tuple[float, float]]) -> Iterator[Rule]:
    for (x0, y0), (x1, y1) in pairwise(corners):
        if abs(x1 - x0) <= _THIN or abs(y1 - y0) <= _THIN:
            yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
