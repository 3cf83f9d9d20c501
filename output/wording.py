"""A report goes in, its text in the chosen format and language comes out; JSON alone keeps the codes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias, get_args

from graph import named
from graph.tables import Table
from output.messages import Messages
from output.report import EMPTY, Block, Report
from output.tables_text import as_columns, as_csv, as_html, as_markdown, as_paragraph, markdown_words, numeric

Format: TypeAlias = Literal["table", "md", "csv", "json", "html"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_FAMILIES: Final = {
    "outcome": "outcome",
    "last_outcome": "outcome",
    "state": "state",
    "due": "due",
    "part": "part",
    "section": "section",
    "purpose": "purpose",
    "kind": "kind",
    "change": "change",
    "routine": "truth",
}
_LISTS: Final = ("actors", "roles", "counterparts", "proposers", "aliases", "agency")


def write_report(report: Report, form: Format, messages: Messages, *, width: int = 80) -> str:
    """The report as text without a last line feed."""
    return _WRITERS[form](report, messages, width)


def in_words(table: Table, messages: Messages, *, empty: str = "") -> Table:
    """The table with its columns and codes in the reader's language."""
    columns = tuple(messages.term("column", column) for column in table.columns)
    rows = tuple(
        tuple(say_cell(column, cell, messages) or empty for column, cell in zip(table.columns, row, strict=True)) for row in table.rows
    )
    return Table(columns, rows)


def say_cell(column: str, cell: str, messages: Messages) -> str:
    """A cell's code in words; what is no code stays as it is."""
    if column in _LISTS:
        return say_list(cell, messages)
    return messages.term(_FAMILIES[column], cell) if cell and column in _FAMILIES else cell


def say_list(cell: str, messages: Messages) -> str:
    """A cell with several values as a list in words."""
    return messages("list.and").join(part for part in cell.split(named.SEPARATOR) if part)


def _as_table(report: Report, messages: Messages, width: int) -> str:
    head = [as_paragraph(report.title, width=width), *(as_paragraph(line, width=width, indent=2) for line in report.coverage), ""]
    if report.blocks:
        return "\n".join([*head, "\n\n".join(_block_text(block, width) for block in report.blocks)])
    if not report.table.rows:
        return "\n".join([*head, messages("report.empty")])
    table = in_words(report.table, messages, empty=EMPTY)
    return "\n".join([*head, as_columns(table, width=width, right=numeric(in_words(report.table, messages)))])


def _block_text(block: Block, width: int) -> str:
    indent = 2 * block.depth
    lines = [as_paragraph(block.heading, width=width, indent=indent)]
    if block.quote:
        lines.append(as_paragraph(f"「{block.quote}」", width=width, indent=indent + 2))
    lines += [as_paragraph(f"{label}: {words}", width=width, indent=indent + 2) for label, words in block.pairs]
    return "\n".join(lines)


def _as_markdown(report: Report, messages: Messages, width: int) -> str:
    head = [f"# {markdown_words(report.title)}", "", *(f"> {markdown_words(line)}  " for line in report.coverage), ""]
    if not report.blocks:
        return "\n".join([*head, as_markdown(in_words(report.table, messages, empty=EMPTY))])
    for block in report.blocks:
        head += [f"{'#' * (2 + block.depth)} {markdown_words(block.heading)}", ""]
        head += [f"> {markdown_words(block.quote)}", ""] if block.quote else []
        head += [*(f"- {markdown_words(label)}: {markdown_words(words)}" for label, words in block.pairs), ""]
    return "\n".join(head).rstrip("\n")


def _as_csv(report: Report, messages: Messages, width: int) -> str:
    return as_csv(in_words(report.table, messages))


def _as_json(report: Report, messages: Messages, width: int) -> str:
    return json.dumps(
        {"report": report.name, "title": report.title, "coverage": list(report.coverage), "rows": report.table.records()},
        ensure_ascii=False,
        indent=2,
    )


def report_body(report: Report, messages: Messages) -> str:
    """The report as HTML that can stand in a page: heading, what it rests on, and its rows or blocks; words are text, never markup."""
    coverage = "".join(f"<p>{html.escape(line)}</p>\n" for line in report.coverage)
    body = "\n".join(map(_block_html, report.blocks)) if report.blocks else as_html(in_words(report.table, messages, empty=EMPTY))
    return f"<h1>{html.escape(report.title)}</h1>\n{coverage}{body}"


def _as_html(report: Report, messages: Messages, width: int) -> str:
    title = html.escape(report.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{messages.language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n{_STYLE}</head>\n'
        f"<body>\n{report_body(report, messages)}\n</body>\n</html>"
    )


def _block_html(block: Block) -> str:
    level = 2 + block.depth
    quote = f"<blockquote>{html.escape(block.quote)}</blockquote>\n" if block.quote else ""
    pairs = "".join(f"<dt>{html.escape(label)}</dt><dd>{html.escape(words)}</dd>\n" for label, words in block.pairs)
    return f"<h{level}>{html.escape(block.heading)}</h{level}>\n{quote}<dl>\n{pairs}</dl>"


_STYLE: Final = (
    "<style>body{font-family:sans-serif;max-width:70em;margin:2em auto;padding:0 1em;line-height:1.5}"
    "table{border-collapse:collapse}th,td{border:1px solid #888;padding:.3em .6em;text-align:left;vertical-align:top}"
    "dt{font-weight:bold}blockquote{border-left:.3em solid #888;margin:0;padding-left:1em}</style>\n"
)
_WRITERS: Final[Mapping[Format, Callable[[Report, Messages, int], str]]] = {
    "table": _as_table,
    "md": _as_markdown,
    "csv": _as_csv,
    "json": _as_json,
    "html": _as_html,
}
