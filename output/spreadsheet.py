"""A report goes in, an Excel workbook comes out: a sheet of what it rests on, then a sheet a table, numbers and days as such."""

from __future__ import annotations

import importlib
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from graph.tables import Table
from ontology.errors import CrossCityError
from output.messages import Messages
from output.report import Report
from output.wording import in_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER: Final = re.compile(r"\d{1,15}(?:\.\d+)?")
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_WIDEST: Final = 60
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # the same bytes each time: a workbook tells no zone


def as_xlsx(report: Report, messages: Messages) -> bytes:
    """The report as a workbook, in the reader's words; words that look like a formula stay words.

    Raises CrossCityError where the library is missing, and says what to install.
    """
    try:
        library = importlib.import_module("xlsxwriter")
    except ImportError as error:
        raise CrossCityError(messages("xlsx.missing")) from error
    held = io.BytesIO()
    book = library.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": report.title, "created": _MADE})
    _write_front(book, report, messages)
    tables = [(part.heading, part.table) for part in report.parts] or [(report.title, report.table)]
    for number, (heading, table) in enumerate(tables, 1):
        _write_sheet(book, _sheet_name(heading, number), table, messages)
    book.close()
    return held.getvalue()


def _write_front(book: Workbook, report: Report, messages: Messages) -> None:
    sheet = book.add_worksheet(messages("xlsx.front"))
    sheet.set_column(0, 0, 100)
    bold, wrapped = book.add_format({"bold": True, "font_size": 14}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, report.title, bold)
    for row, line in enumerate([line for line in (report.question, *report.coverage) if line], 1):
        sheet.write_string(row, 0, line, wrapped)


def _write_sheet(book: Workbook, name: str, table: Table, messages: Messages) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    said = in_words(table, messages)
    for place, column in enumerate(said.columns):
        cells = [row[place] for row in said.rows]
        sheet.set_column(place, place, min(max(map(cell_len, [column, *cells])) + 2, _WIDEST))
        sheet.write_string(0, place, column, head)
    for row, words in enumerate(said.rows, 1):
        for place, cell in enumerate(words):
            _write_cell(sheet, row, place, cell, plain, day)
    sheet.freeze_panes(1, 0)
    if said.rows:
        sheet.autofilter(0, 0, len(said.rows), len(said.columns) - 1)


def _write_cell(sheet: Worksheet, row: int, place: int, cell: str, plain: Format, day: Format) -> None:
    """One cell: a whole date as a day, digits as a number, all else as words."""
    if _DAY.fullmatch(cell):
        sheet.write_datetime(row, place, datetime.fromisoformat(cell), day)
    elif _NUMBER.fullmatch(cell) and (cell == "0" or not cell.startswith("0") or cell.startswith("0.")):
        sheet.write_number(row, place, float(cell), plain)
    elif cell:
        sheet.write_string(row, place, cell, plain)


def _sheet_name(heading: str, number: int) -> str:
    """A name that Excel takes: short, without signs that it keeps for itself, and unlike the others by its number."""
    return f"{number} {_NOT_IN_NAMES.sub(' ', heading)}"[:_LONGEST_NAME].strip()
