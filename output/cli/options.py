"""What several commands share: their arguments and options, and how a command answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

import typer

from ontology.errors import CrossCityError
from ontology.records import Finding
from output import terminal
from output.files import write_file
from output.messages import Messages
from output.report import Report
from output.wording import Format, write_report

DONE: Final = 0
DONE_WITH_ERRORS: Final = 1
COULD_NOT: Final = 2

Paths: TypeAlias = Annotated[list[Path], typer.Argument(metavar="PATH…", show_default=False)]
JudgementsFile: TypeAlias = Annotated[Path | None, typer.Option("--judgements", metavar="FILE", show_default=False)]
CorrectionsFile: TypeAlias = Annotated[Path | None, typer.Option("--corrections", metavar="FILE", show_default=False)]
NewBase: TypeAlias = Annotated[str | None, typer.Option("--base", metavar="IRI", show_default=False)]
Jobs: TypeAlias = Annotated[int | None, typer.Option("--jobs", "-j", min=1, metavar="N", show_default=False)]
ProfileName: TypeAlias = Annotated[str, typer.Option("--profile", metavar="NAME|FILE", show_default=False)]
Strict: TypeAlias = Annotated[bool, typer.Option("--strict")]
StorePlace: TypeAlias = Annotated[str, typer.Option("--store", envvar="CROSSCITY_STORE", metavar="DIR|URL", show_envvar=False)]
PlatformWords: TypeAlias = Annotated[str, typer.Option("--platform", metavar="PLATFORM", show_default=False)]
GroupWords: TypeAlias = Annotated[str, typer.Option("--group", metavar="GROUP", show_default=False)]
OutputFile: TypeAlias = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", show_default=False)]
AnyFormat: TypeAlias = Format | Literal["xlsx"]
ReportFormat: TypeAlias = Annotated[Literal["table", "md", "csv", "json", "html", "xlsx"], typer.Option("--format")]


def put_report(report: Report, form: AnyFormat, output: Path | None, spoken: Messages) -> None:
    """Print a report in a format, or write it to a file; a workbook goes to a file or a pipe, not to a screen."""
    if form != "xlsx":
        put(write_report(report, form, spoken, width=terminal.width()), output, spoken)
        return
    if output is None and terminal.watched():
        raise CrossCityError(spoken("xlsx.screen"))
    from output import spreadsheet  # which needs a library of its own

    content = spreadsheet.as_xlsx(report, spoken)
    if output is None:
        terminal.say_bytes(content)
    else:
        write(output, content, spoken)


def put(text: str, output: Path | None, spoken: Messages) -> None:
    """Print a text, or write it to a file."""
    if output is None:
        terminal.show(text)
    else:
        write(output, f"{text}\n".encode(), spoken)


def write(output: Path, content: bytes, spoken: Messages) -> None:
    """Write bytes to a file, and say so; raises CrossCityError where it cannot be written."""
    write_file(output, content, partial(spoken, "output.unwritable", file=output))
    terminal.note(spoken("output.written", file=output))


def end(findings: Iterable[Finding], spoken: Messages, *, strict: bool = False) -> None:
    """Tell findings; where one is an error, end with status 1; ``strict`` takes a warning for one."""
    told = list(findings)
    terminal.complain(str(replace(finding, message=spoken.localized(finding.message))) for finding in told)
    if any(finding.level == "error" or (strict and finding.level == "warning") for finding in told):
        raise typer.Exit(DONE_WITH_ERRORS)


def spoken_in(context: typer.Context) -> Messages:
    """The language that the command line was started in."""
    found = context.obj
    if not isinstance(found, Messages):
        raise TypeError("the command was not started by main()")
    return found
