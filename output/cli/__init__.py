"""The command line: the only package that knows typer."""

from output.cli.commands import main, make_command

__all__ = ["main", "make_command"]
