"""A command line goes in, one function is called, what it gives is printed: the whole surface of ``crosscity``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import typer

from graph import build as building
from graph.store import Store
from ontology.errors import CrossCityError
from ontology.records import Finding
from output import answers, choosing, explain, export, help_texts, lives, messages, readings, report, stores, terminal, versions
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
        language, words = help_texts.take_language(sys.argv[1:] if arguments is None else arguments)
        spoken = messages.load(messages.choose_language(language, os.environ))
        status = make_command(spoken)(args=words, prog_name="crosscity", standalone_mode=False, obj=spoken)
    except CrossCityError as error:
        if isinstance(error, choosing.SeveralFit):
            _complain(f"  {title}" for title in error.choices)
        _complain([spoken("error", words=spoken.localized(str(error)))])
        return COULD_NOT
    except typer.TyperException as error:
        words = " ".join(error.format_message().split()).rstrip(".").replace("Value error, ", "")
        _complain([spoken("error", words=spoken("usage", words=spoken.localized(words)))])
        return COULD_NOT
    except (typer.Abort, KeyboardInterrupt):
        _complain([spoken("stopped")])
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
        reports.command(name)(_reporter(make))
    reports.command("case")(report_case)
    app.add_typer(reports, name="report")
    app.command("explain")(explain_fact)
    app.command("export")(export_facts)
    command = typer.main.get_command(app)
    help_texts.translate(command, spoken)
    return command


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
    _tell_findings(summary.findings, spoken)


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
    _tell_findings(checked.findings, spoken)


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


def _put(text: str, output: Path | None, spoken: Messages) -> None:
    if output is None:
        terminal.say(text)
    else:
        _write(output, f"{text}\n".encode(), spoken)


def _write(output: Path, content: bytes, spoken: Messages) -> None:
    export.write_file(output, content, partial(spoken, "output.unwritable", file=output))
    _complain([spoken("output.written", file=output)])


def _tell_findings(findings: Iterable[Finding], spoken: Messages) -> None:
    """Print findings to standard error; where one is an error, exit with status 1."""
    told = list(findings)
    _complain(map(str, told))
    if any(finding.level == "error" for finding in told):
        raise typer.Exit(DONE_WITH_ERRORS)


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _spoken(context: typer.Context) -> Messages:
    found = context.obj
    if not isinstance(found, Messages):
        raise TypeError("the command was not started by main()")
    return found
