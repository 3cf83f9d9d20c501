"""A command tree goes in and is given its help in one language; ``--lang`` is taken from wherever it stands on the line."""

from __future__ import annotations

from collections.abc import Sequence

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from output.messages import Messages


def take_language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The value of ``--lang``, or empty, and the other words.

    >>> take_language(["query", "--lang", "en", "cases"])
    ('en', ['query', 'cases'])
    """
    language, others = "", list(arguments)
    for place, word in enumerate(others):
        if word == "--":
            break
        if word.startswith("--lang="):
            return word.removeprefix("--lang="), others[:place] + others[place + 1 :]
        if word == "--lang" and place + 1 < len(others):
            return others[place + 1], others[:place] + others[place + 2 :]
    return language, others


def translate(command: object, messages: Messages, path: tuple[str, ...] = ()) -> None:
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
        translate(below, messages, (*path, name))
