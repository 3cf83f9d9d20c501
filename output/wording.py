"""A report goes in, its text in the chosen format and language comes out; JSON alone keeps the codes."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias, get_args

from graph import named
from graph.levels import own_name
from graph.tables import Table
from output.messages import Messages
from output.report import EMPTY, Block, Part, Report
from output.tables_text import as_columns, as_csv, as_html, as_markdown, as_paragraph, fits, markdown_words, numeric

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
    "cuts": "truth",
    "level": "level",
    "side": "side",
}
_LEVELS: Final = ("due", "passed", "level")
_LISTS: Final = (
    "actors",
    "roles",
    "counterparts",
    "proposers",
    "aliases",
    "agency",
    "case_titles",
    "agencies_cut_off",
    "chair",
    "recorder",
    "passed",
)


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
    if column in _LEVELS:
        cell = named.SEPARATOR.join(map(own_name, cell.split(named.SEPARATOR)))
    if column in _LISTS:
        return say_list(cell, messages)
    return messages.term(_FAMILIES[column], cell) if cell and column in _FAMILIES else cell


def say_list(cell: str, messages: Messages) -> str:
    """A cell with several values as a list in words."""
    return messages("list.and").join(part for part in cell.split(named.SEPARATOR) if part)


def tally(counts: Mapping[str, int], family: str, messages: Messages) -> str:
    """How often each code of a family stands in a table, in words."""
    parts = [messages("list.count", what=messages.term(family, code), count=count) for code, count in sorted(counts.items())]
    return messages("list.and").join(parts)


def _as_table(report: Report, messages: Messages, width: int) -> str:
    asks = [as_paragraph(report.question, width=width, indent=2)] if report.question else []
    head = [as_paragraph(report.title, width=width), *asks, *(as_paragraph(line, width=width, indent=2) for line in report.coverage), ""]
    if report.parts:
        return "\n".join([*head, "\n\n".join(_part_text(part, messages, width) for part in report.parts)])
    if report.blocks:
        return "\n".join([*head, "\n\n".join(_block_text(block, width) for block in report.blocks)])
    return "\n".join([*head, _columns(report.table, report.few, messages, width)])


def _columns(table: Table, few: tuple[str, ...], messages: Messages, width: int) -> str:
    """A table for a terminal; where it is too narrow for all columns, the few that matter most, with a word on the others."""
    if not table.rows:
        return messages("report.empty")
    said = in_words(table, messages, empty=EMPTY)
    left = [column for column in table.columns if column not in few] if few and not fits(said, width) else []
    if left:
        table = table.only(few)
        said = in_words(table, messages, empty=EMPTY)
    text = as_columns(said, width=width, right=numeric(in_words(table, messages)))
    others = messages("list.and").join(messages.term("column", column) for column in left)
    return "\n".join([text, "", as_paragraph(messages("report.left", columns=others), width=width)]) if left else text


def _part_text(part: Part, messages: Messages, width: int) -> str:
    words = [as_paragraph(part.words, width=width, indent=2)] if part.words else []
    return "\n".join([as_paragraph(f"■ {part.heading}", width=width), *words, _columns(part.table, (), messages, width)])


def _block_text(block: Block, width: int) -> str:
    indent = 2 * block.depth
    lines = [as_paragraph(block.heading, width=width, indent=indent)]
    if block.quote:
        lines.append(as_paragraph(f"「{block.quote}」", width=width, indent=indent + 2))
    lines += [as_paragraph(f"{label}: {words}", width=width, indent=indent + 2) for label, words in block.pairs]
    return "\n".join(lines)


def _as_markdown(report: Report, messages: Messages, width: int) -> str:
    asks = [markdown_words(report.question), ""] if report.question else []
    head = [f"# {markdown_words(report.title)}", "", *asks, *(f"> {markdown_words(line)}  " for line in report.coverage), ""]
    if report.parts:
        return "\n".join([*head, "\n\n".join(_part_markdown(part, messages) for part in report.parts)])
    if not report.blocks:
        return "\n".join([*head, as_markdown(in_words(report.table, messages, empty=EMPTY))])
    for block in report.blocks:
        head += [f"{'#' * (2 + block.depth)} {markdown_words(block.heading)}", ""]
        head += [f"> {markdown_words(block.quote)}", ""] if block.quote else []
        head += [*(f"- {markdown_words(label)}: {markdown_words(words)}" for label, words in block.pairs), ""]
    return "\n".join(head).rstrip("\n")


def _part_markdown(part: Part, messages: Messages) -> str:
    words = [markdown_words(part.words), ""] if part.words else []
    rows = as_markdown(in_words(part.table, messages, empty=EMPTY)) if part.table.rows else messages("report.empty")
    return "\n".join([f"## {markdown_words(part.heading)}", "", *words, rows])


def _as_csv(report: Report, messages: Messages, width: int) -> str:
    return as_csv(in_words(report.table, messages))


def _as_json(report: Report, messages: Messages, width: int) -> str:
    told: dict[str, object] = {"report": report.name, "title": report.title}
    if report.question:
        told["question"] = report.question
    told |= {"coverage": list(report.coverage), "columns": list(report.table.columns), "rows": report.table.records()}
    return json.dumps(told, ensure_ascii=False, indent=2)


def report_body(report: Report, messages: Messages) -> str:
    """The report as HTML that can stand in a page: heading, what it rests on, and its rows or blocks; words are text, never markup."""
    coverage = "".join(f"<p>{html.escape(line)}</p>\n" for line in report.coverage)
    if report.parts:
        body = "\n".join(_part_html(part, messages) for part in report.parts)
    elif report.blocks:
        body = "\n".join(map(_block_html, report.blocks))
    else:
        body = _table_html(report.table, messages)
    asks = f"<p><em>{html.escape(report.question)}</em></p>\n" if report.question else ""
    return f"<h1>{html.escape(report.title)}</h1>\n{asks}{coverage}{body}"


def _as_html(report: Report, messages: Messages, width: int) -> str:
    title = html.escape(report.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{messages.language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n{_STYLE}</head>\n'
        f"<body>\n{report_body(report, messages)}\n</body>\n</html>"
    )


def _part_html(part: Part, messages: Messages) -> str:
    words = f"<p>{html.escape(part.words)}</p>\n" if part.words else ""
    return f"<h2>{html.escape(part.heading)}</h2>\n{words}{_table_html(part.table, messages)}"


def _table_html(table: Table, messages: Messages) -> str:
    if not table.rows:
        return f"<p>{html.escape(messages('report.empty'))}</p>"
    return as_html(in_words(table, messages, empty=EMPTY))


def _block_html(block: Block) -> str:
    level = 2 + block.depth
    quote = f"<blockquote>{html.escape(block.quote)}</blockquote>\n" if block.quote else ""
    pairs = "".join(f"<dt>{html.escape(label)}</dt><dd>{html.escape(words)}</dd>\n" for label, words in block.pairs)
    return f"<h{level}>{html.escape(block.heading)}</h{level}>\n{quote}<dl>\n{pairs}</dl>"


_STYLE: Final = (
    "<style>body{font-family:sans-serif;max-width:70em;margin:2em auto;padding:0 1em;line-height:1.5}"
    "table{border-collapse:collapse}th,td{border:1px solid #888;padding:.3em .6em;text-align:left;vertical-align:top}"
    "dt{font-weight:bold}blockquote{border-left:.3em solid #888;margin:0;padding-left:1em}"
    "td.day{white-space:nowrap}tr,blockquote{break-inside:avoid}@media print{body{font-size:10pt;margin:0;max-width:none}}</style>\n"
)
_WRITERS: Final[Mapping[Format, Callable[[Report, Messages, int], str]]] = {
    "table": _as_table,
    "md": _as_markdown,
    "csv": _as_csv,
    "json": _as_json,
    "html": _as_html,
}
