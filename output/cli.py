"""A command line goes in, one function is called, what it gives is printed: the whole surface of ``crosscity``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from graph import build as building
from graph.store import Store
from ontology.errors import CrossCityError
from ontology.records import Finding
from output import (
    answers,
    choosing,
    differences,
    explain,
    export,
    lives,
    messages,
    readings,
    report,
    stores,
    terminal,
    versions,
    views,
)
from output import demo as demonstration
from output.messages import Messages
from output.tables_text import as_columns, numeric
from output.wording import Format, in_words, write_report

DONE: Final = 0
DONE_WITH_ERRORS: Final = 1
COULD_NOT: Final = 2

Paths: TypeAlias = Annotated[list[Path], typer.Argument(metavar="PATH…", show_default=False)]
StoreFolder: TypeAlias = Annotated[Path, typer.Option("--store", envvar="CROSSCITY_STORE", metavar="DIR", show_envvar=False)]
OutputFile: TypeAlias = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", show_default=False)]
ReportFormat: TypeAlias = Annotated[Format, typer.Option("--format")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (without the program's name); the exit status: 0 done, 1 done with error findings, 2 could not."""
    terminal.prepare_streams()
    spoken = messages.load(messages.choose_language("", os.environ))
    try:
        language, words = messages.take_language(sys.argv[1:] if arguments is None else arguments)
        spoken = messages.load(messages.choose_language(language, os.environ))
        status = make_command(spoken)(args=words, prog_name="crosscity", standalone_mode=False, obj=spoken)
    except CrossCityError as error:
        if isinstance(error, choosing.SeveralFit):
            terminal.complain(f"  {title}" for title in error.choices)
        terminal.complain([spoken("error", words=spoken.localized(str(error)))])
        return COULD_NOT
    except typer.TyperException as error:
        usage = " ".join(error.format_message().split()).rstrip(".").replace("Value error, ", "")
        terminal.complain([spoken("error", words=spoken("usage", words=spoken.localized(usage)))])
        return COULD_NOT
    except (typer.Abort, KeyboardInterrupt):
        terminal.complain([spoken("stopped")])
        return COULD_NOT
    except terminal.ReaderGoneError:
        terminal.close_quietly()
        return DONE
    return status if isinstance(status, int) else DONE


def make_command(spoken: Messages) -> Callable[..., object]:
    """The whole command tree with its help in one language."""
    app = typer.Typer(name="crosscity", rich_markup_mode="rich", invoke_without_command=True, pretty_exceptions_enable=False)
    app.callback()(_root)
    for command in (build, check, query):
        app.command()(command)
    reports = typer.Typer(invoke_without_command=True)
    reports.callback()(_reports)
    for name, make in report.REPORTS.items():
        reports.command(name)(report_promises if name == "promises" else _reporter(make))
    reports.command("case")(report_case)
    app.add_typer(reports, name="report")
    app.command()(view)
    app.command("explain")(explain_fact)
    app.command("export")(export_facts)
    app.command("diff")(diff)
    app.command("demo")(demo)
    command = typer.main.get_command(app)
    _translate(command, spoken)
    return command


def _translate(command: object, messages: Messages, path: tuple[str, ...] = ()) -> None:
    """Give a command, its options and the commands below it their help: ``help.NAME``, ``option.NAME``, and an example line."""
    if not isinstance(command, TyperCommand | TyperGroup):
        raise TypeError(f"not a command of typer: {command!r}")
    key = f"help.{'-'.join(path or ('root',))}"
    command.help = messages(key)
    command.short_help = messages(key).partition("\n")[0]
    command.rich_help_panel = messages("panel.commands")
    for parameter in command.params:
        if isinstance(parameter, TyperOption | TyperArgument):
            own = messages.words.get(f"option.{'-'.join((*path, parameter.name or ''))}")
            parameter.help = own if own is not None else messages(f"option.{parameter.name}")
            parameter.rich_help_panel = messages("panel.options" if isinstance(parameter, TyperOption) else "panel.arguments")
    with command.make_context("crosscity", [], resilient_parsing=True) as context:
        shown = command.get_help_option(context)
    if shown is not None:
        shown.help, shown.rich_help_panel = messages("option.help"), messages("panel.options")
    for name, below in command.commands.items() if isinstance(command, TyperGroup) else ():
        _translate(below, messages, (*path, name))


def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", is_eager=True)] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="zh-Hant-TW|en", show_default=False)] = "",
) -> None:
    if version:
        terminal.say(f"crosscity {versions.version()}")
    elif context.invoked_subcommand is None:
        terminal.say(context.get_help())


def _reports(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        terminal.say(context.get_help())


def build(
    context: typer.Context,
    paths: Paths,
    store: StoreFolder,
    base: Annotated[str | None, typer.Option("--base", metavar="IRI", show_default=False)] = None,
) -> None:
    """Read minutes into a store."""
    spoken = _spoken(context)
    if base is not None:
        stores.check_base(base, spoken("build.bad-base", base=base))
    unusable = partial(spoken, "store.unusable", store=store)
    with stores.open_for_build(store, base, unusable) as opened, terminal.progress() as progress:
        summary = building.build(paths, opened, iris=opened.iris, progress=progress)
    terminal.say(stores.say_summary(summary, store, spoken))
    _end(summary.findings, spoken)


def check(context: typer.Context, paths: Paths, unread: Annotated[bool, typer.Option("--unread")] = False) -> None:
    """Read minutes and tell how much was understood; write nothing."""
    spoken = _spoken(context)
    with terminal.progress() as progress:
        checked = readings.check(paths, spoken, progress)
    words = in_words(checked.table, spoken)
    terminal.say(as_columns(words, width=terminal.width(), right=numeric(words)))
    terminal.say(readings.say_share(checked, spoken))
    for place in checked.unread if unread else ():
        terminal.say(f"{place}: {' '.join(place.quote.split())}")
    _end(checked.findings, spoken)


def query(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="NAME|FILE.rq", show_default=False)] = "",
    expression: Annotated[str, typer.Option("--expression", "-e", metavar="SPARQL", show_default=False)] = "",
    store: Annotated[
        Path | None, typer.Option("--store", envvar="CROSSCITY_STORE", metavar="DIR", show_envvar=False, show_default=False)
    ] = None,
    form: Annotated[answers.Form | None, typer.Option("--format", show_default=False)] = None,
) -> None:
    """Ask a store in SPARQL; alone it lists the named queries."""
    spoken = _spoken(context)
    if not question and not expression:
        terminal.say(as_columns(in_words(answers.list_names(spoken), spoken), width=terminal.width()))
        return
    asked = answers.resolve(question, terminal.readable(expression), spoken)
    if store is None:
        raise CrossCityError(spoken("store.missing"))
    with Store.open(store, read_only=True) as opened:
        terminal.say(answers.answer(opened, asked, form, spoken, width=terminal.width()))


def _reporter(make: Callable[[Store, Messages], report.Report]) -> Callable[..., None]:
    """The command that prints one report of the whole store."""

    def print_report(context: typer.Context, store: StoreFolder, form: ReportFormat = "table", output: OutputFile = None) -> None:
        spoken = _spoken(context)
        with Store.open(store, read_only=True) as opened:
            _put(write_report(make(opened, spoken), form, spoken, width=terminal.width()), output, spoken)

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
    spoken = _spoken(context)
    with Store.open(store, read_only=True) as opened:
        asked = terminal.readable(agency)
        found = report.report_promises(opened, spoken, agency=asked, overdue=overdue, as_of=terminal.readable(as_of))
    _put(write_report(found, form, spoken, width=terminal.width()), output, spoken)


def report_case(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", show_default=False)],
    store: StoreFolder,
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print the whole life of one case."""
    spoken = _spoken(context)
    with Store.open(store, read_only=True) as opened:
        found = lives.report_case(opened, choosing.find_case(opened, terminal.readable(key), spoken), spoken)
    _put(write_report(found, form, spoken, width=terminal.width()), output, spoken)


def view(
    context: typer.Context,
    page: Annotated[views.View, typer.Argument(metavar="collaboration|lineage", show_default=False)],
    store: StoreFolder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PAGE.html", show_default=False)],
) -> None:
    """Write an interactive page."""
    spoken = _spoken(context)
    with Store.open(store, read_only=True) as opened:
        views.write_view(opened, page, output, spoken)
    terminal.complain([spoken("output.written", file=output)])


def explain_fact(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="IRI|KEY", show_default=False)],
    store: StoreFolder,
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print the sentences behind a fact."""
    spoken = _spoken(context)
    with Store.open(store, read_only=True) as opened:
        found = explain.explain(opened, terminal.readable(key), spoken)
    _put(write_report(found, form, spoken, width=terminal.width()), output, spoken)


def export_facts(
    context: typer.Context,
    store: StoreFolder,
    form: Annotated[export.ExportFormat, typer.Option("--format")] = "ttl",
    output: OutputFile = None,
) -> None:
    """Write a store's facts to a file or to standard output."""
    spoken = _spoken(context)
    with Store.open(store, read_only=True) as opened:
        content = export.export(opened, form)
    if output is None:
        terminal.say_bytes(content)
    else:
        _write(output, content, spoken)


def diff(
    context: typer.Context,
    before: Annotated[Path, typer.Argument(metavar="STORE", show_default=False)],
    after: Annotated[Path, typer.Argument(metavar="STORE", show_default=False)],
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print the facts that a later store gained, lost or altered."""
    spoken = _spoken(context)
    with Store.open(before, read_only=True) as old, Store.open(after, read_only=True) as new:
        found = differences.report_changes(old, new, spoken)
    _put(write_report(found, form, spoken, width=terminal.width()), output, spoken)


def demo(context: typer.Context, out: Annotated[Path, typer.Option("--out", metavar="DIR")] = demonstration.FOLDER) -> None:
    """Build the examples that come with the program, and show what can be made of them."""
    spoken = _spoken(context)
    with terminal.progress() as progress:
        shown = demonstration.demonstrate(out, spoken, progress)
    terminal.say(stores.say_summary(shown.summary, out / "store", spoken))
    for path in shown.written:
        terminal.say(spoken("output.written", file=path))
    terminal.say(spoken("demo.next", store=out / "store"))
    _end(shown.summary.findings, spoken)


def _put(text: str, output: Path | None, spoken: Messages) -> None:
    if output is None:
        terminal.say(text)
    else:
        _write(output, f"{text}\n".encode(), spoken)


def _write(output: Path, content: bytes, spoken: Messages) -> None:
    export.write_file(output, content, partial(spoken, "output.unwritable", file=output))
    terminal.complain([spoken("output.written", file=output)])


def _end(findings: Iterable[Finding], spoken: Messages) -> None:
    """Tell findings; where one is an error, end with status 1."""
    told = list(findings)
    terminal.complain(str(replace(finding, message=spoken.localized(finding.message))) for finding in told)
    if any(finding.level == "error" for finding in told):
        raise typer.Exit(DONE_WITH_ERRORS)


def _spoken(context: typer.Context) -> Messages:
    found = context.obj
    if not isinstance(found, Messages):
        raise TypeError("the command was not started by main()")
    return found
