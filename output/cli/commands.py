"""A command line goes in, one function is called, what it gives is printed: the whole surface of ``crosscity``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from ontology import profiles, versions
from ontology.errors import CrossCityError
from output import choosing, messages, terminal
from output.cli import asking, conforming, deciding, keeping, making, reporting, serving
from output.cli.options import COULD_NOT, DONE
from output.messages import Messages


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (without the program's name); the exit status: 0 done, 1 done with error findings, 2 could not."""
    terminal.prepare_streams()
    terminal.be("plain")
    spoken = messages.load(messages.choose_language("", os.environ))
    try:
        language, words = messages.take_language(sys.argv[1:] if arguments is None else arguments)
        spoken = messages.load(messages.choose_language(language, os.environ))
        if "--help" in words or len(words) < 2:
            from output.cli.helping import fold_long_words  # with what draws help behind it, which no other command needs

            fold_long_words()
        with profiles.using(profiles.current()):  # until the command takes that of its store
            status = make_command(spoken)(args=words, prog_name="crosscity", standalone_mode=False, obj=spoken)
    except CrossCityError as error:
        if isinstance(error, choosing.SeveralFit):
            terminal.complain(f"  {title}" for title in error.choices)
        terminal.complain([spoken("error", words=spoken.localized(str(error)))])
        if terminal.verbose() and error.__cause__ is not None:
            terminal.complain([spoken("cause", kind=type(error.__cause__).__name__, words=" ".join(str(error.__cause__).split()))])
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
    for command in (making.build, making.read, making.load, making.check, asking.query):
        app.command()(command)
    app.add_typer(reporting.make_reports(), name="report")
    app.command()(asking.view)
    app.command("explain")(asking.explain_fact)
    app.command("export")(asking.export_facts)
    app.command("diff")(asking.diff)
    app.command()(conforming.validate)
    app.command()(conforming.vocab)
    app.command()(deciding.review)
    app.command()(deciding.judge)
    app.add_typer(keeping.make_store_commands(), name="store")
    app.command()(serving.serve)
    app.command("demo")(making.demo)
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
    quiet: Annotated[bool, typer.Option("--quiet", "-q")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v")] = False,
) -> None:
    terminal.be("quiet" if quiet else "verbose" if verbose else "plain")
    if version:
        terminal.say(f"crosscity {versions.version()}")
    elif context.invoked_subcommand is None:
        terminal.say(context.get_help())
