"""The reports: each command asks a store and prints one report of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from graph.store import Store
from output import choosing, lives, report, terminal
from output.cli.options import OutputFile, ReportFormat, StoreFolder, put, spoken_in
from output.messages import Messages
from output.wording import write_report


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

    def print_report(context: typer.Context, store: StoreFolder, form: ReportFormat = "table", output: OutputFile = None) -> None:
        spoken = spoken_in(context)
        with Store.open(store, read_only=True) as opened:
            put(write_report(make(opened, spoken), form, spoken, width=terminal.width()), output, spoken)

    return print_report


def report_promises(
    context: typer.Context,
    store: StoreFolder,
    agency: Annotated[str, typer.Option("--agency", metavar="AGENCY", show_default=False)] = "",
    overdue: Annotated[bool, typer.Option("--overdue")] = False,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", show_default=False)] = "",
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print what was asked, and what became of it."""
    spoken = spoken_in(context)
    with Store.open(store, read_only=True) as opened:
        asked = terminal.readable(agency)
        found = report.report_promises(opened, spoken, agency=asked, overdue=overdue, as_of=terminal.readable(as_of))
    put(write_report(found, form, spoken, width=terminal.width()), output, spoken)


def report_case(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", show_default=False)],
    store: StoreFolder,
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print the whole life of one case."""
    spoken = spoken_in(context)
    with Store.open(store, read_only=True) as opened:
        found = lives.report_case(opened, choosing.find_case(opened, terminal.readable(key), spoken), spoken)
    put(write_report(found, form, spoken, width=terminal.width()), output, spoken)
