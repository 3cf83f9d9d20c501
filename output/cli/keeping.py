"""The commands that look after a store: store info, backup, restore, compact, unlock."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from output import keeping, terminal
from output.cli.options import StorePlace, spoken_in
from output.tables_text import as_columns


def make_store_commands() -> typer.Typer:
    """The ``store`` command and those below it."""
    commands = typer.Typer(invoke_without_command=True)
    commands.callback()(_store)
    for command in (info, backup, restore, compact, unlock):
        commands.command()(command)
    return commands


def _store(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        terminal.say(context.get_help())


def info(context: typer.Context, store: StorePlace) -> None:
    """Tell what a store is and holds."""
    terminal.say(as_columns(keeping.describe(store, spoken_in(context)), width=terminal.width()))


def backup(
    context: typer.Context,
    store: StorePlace,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.nq[.gz]", show_default=False)],
) -> None:
    """Write a store to a file."""
    spoken = spoken_in(context)
    keeping.back_up(store, output, spoken)
    terminal.note(spoken("output.written", file=output))


def restore(
    context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE.nq[.gz]", show_default=False)], store: StorePlace
) -> None:
    """Make a store hold what a backup holds."""
    terminal.say(keeping.restore(store, file, spoken_in(context)))


def compact(context: typer.Context, store: StorePlace) -> None:
    """Put a store's files in order."""
    terminal.say(keeping.compact(store, spoken_in(context)))


def unlock(context: typer.Context, store: StorePlace) -> None:
    """Let others write to a server's store."""
    terminal.say(keeping.unlock(store, spoken_in(context)))
