"""The reports: each command asks a store and prints one report of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from graph.store import Store
from output import choosing, lives, report, stores, terminal
from output.cli.options import OutputFile, ReportFormat, StorePlace, put, spoken_in
from output.messages import Messages
from output.wording import Format, write_report

AsOf: TypeAlias = Annotated[str, typer.Option("--as-of", metavar="DATE", show_default=False)]


def make_reports() -> typer.Typer:
    """The ``report`` command and those below it."""
    reports = typer.Typer(invoke_without_command=True)
    reports.callback()(_reports)
    for name, make in report.REPORTS.items():
        reports.command(name)(report_promises if name == "promises" else _reporter(make))
    reports.command("case")(report_case)
    return reports


def _reports(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        terminal.say(context.get_help())


def _reporter(make: Callable[[Store, Messages], report.Report]) -> Callable[..., None]:
    """The command that prints one report of the whole store."""

    def print_report(
        context: typer.Context, store: StorePlace, as_of: AsOf = "", form: ReportFormat = "table", output: OutputFile = None
    ) -> None:
        _print(context, store, as_of, make, form, output)

    return print_report


def report_promises(
    context: typer.Context,
    store: StorePlace,
    agency: Annotated[str, typer.Option("--agency", metavar="AGENCY", show_default=False)] = "",
    overdue: Annotated[bool, typer.Option("--overdue")] = False,
    as_of: AsOf = "",
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print what was asked, and what became of it."""
    make = partial(report.report_promises, agency=terminal.readable(agency), overdue=overdue, day=terminal.readable(as_of))
    _print(context, store, as_of, make, form, output)


def report_case(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", show_default=False)],
    store: StorePlace,
    as_of: AsOf = "",
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print the whole life of one case."""

    def make(opened: Store, spoken: Messages) -> report.Report:
        return lives.report_case(opened, choosing.find_case(opened, terminal.readable(key), spoken), spoken)

    _print(context, store, as_of, make, form, output)


def _print(
    context: typer.Context,
    store: str,
    as_of: str,
    make: Callable[[Store, Messages], report.Report],
    form: Format,
    output: Path | None,
) -> None:
    """Print one report, of all that is loaded or as it stood on a day."""
    spoken, day = spoken_in(context), terminal.readable(as_of)
    with stores.open_as_of(store, day, spoken) as opened:
        found = make(opened, spoken)
    if day:
        found = replace(found, coverage=(spoken("as-of.note", date=day), *found.coverage))
    put(write_report(found, form, spoken, width=terminal.width()), output, spoken)
