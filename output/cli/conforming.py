"""The commands on the words and shapes of the data: validate, vocab."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from graph.store import Store
from output import terminal, validation, vocabulary
from output.cli.options import OutputFile, StorePlace, end, spoken_in, write


def validate(
    context: typer.Context,
    store: StorePlace,
    shapes: Annotated[Path | None, typer.Option("--shapes", metavar="EXTRA.ttl", show_default=False)] = None,
) -> None:
    """Tell what in a store is not as the shapes of the ontology say."""
    spoken = spoken_in(context)
    with Store.open(store, read_only=True) as opened:
        findings, extra = validation.validate(opened, spoken), 0
        if shapes is not None:
            from output import shacl  # with pySHACL and rdflib behind it, which the program's own shapes do not need

            extra, more = shacl.validate_by(opened, shapes, spoken)
            findings += more
    terminal.say(validation.say_validated(findings, extra, spoken))
    end(findings, spoken)


def vocab(
    context: typer.Context,
    form: Annotated[Literal["ttl", "jsonld"], typer.Option("--format")] = "ttl",
    output: OutputFile = None,
) -> None:
    """Print the vocabulary or the JSON-LD context."""
    content = vocabulary.context() if form == "jsonld" else vocabulary.turtle()
    if output is None:
        terminal.say_bytes(content)
    else:
        write(output, content, spoken_in(context))
