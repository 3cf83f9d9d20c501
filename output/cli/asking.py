"""The commands that ask a store: query, view, explain, export, diff."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from graph.store import Store
from ontology.errors import CrossCityError
from output import answers, differences, explain, narrowing, stores, terminal, views
from output.cli.options import GroupWords, OutputFile, PlatformWords, ReportFormat, StorePlace, put_report, spoken_in, write
from output.exporting import formats
from output.tables_text import as_columns
from output.wording import in_words

Target: TypeAlias = Literal["collaboration", "lineage", "index"]


def query(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="NAME|FILE.rq", show_default=False)] = "",
    expression: Annotated[str, typer.Option("--expression", "-e", metavar="SPARQL", show_default=False)] = "",
    store: Annotated[
        str | None, typer.Option("--store", envvar="CROSSCITY_STORE", metavar="DIR|URL", show_envvar=False, show_default=False)
    ] = None,
    platform: PlatformWords = "",
    form: Annotated[answers.Form | None, typer.Option("--format", show_default=False)] = None,
) -> None:
    """Ask a store in SPARQL; alone it lists the named queries."""
    spoken = spoken_in(context)
    if not question and not expression:
        terminal.say(as_columns(in_words(answers.list_names(spoken), spoken), width=terminal.width()))
        return
    asked = answers.resolve(question, terminal.readable(expression), spoken)
    if store is None:
        raise CrossCityError(spoken("store.missing"))
    with Store.open(store, read_only=True) as whole, narrowing.open_part(whole, platform, "", spoken) as part:
        terminal.show(answers.answer(part.store, asked, form, spoken, width=terminal.width()))


def view(
    context: typer.Context,
    page: Annotated[
        Literal["collaboration", "lineage", "index"], typer.Argument(metavar="collaboration|lineage|index", show_default=False)
    ],
    store: StorePlace,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PAGE.html|DIR", show_default=False)],
    platform: PlatformWords = "",
    group: GroupWords = "",
    form: Annotated[views.Form | None, typer.Option("--format", show_default=False)] = None,
) -> None:
    """Write an interactive page, a static picture, or a folder with both pages, the reports and a start page."""
    spoken = spoken_in(context)
    if page == "index" and form not in (None, "html"):
        raise CrossCityError(spoken("view.index-form"))
    if page == "index" and group:
        raise CrossCityError(spoken("view.index-group"))
    with stores.open_to_show(store) as whole, narrowing.open_part(whole, platform, group, spoken) as part:
        if page == "index":
            from output import site  # with Jinja behind it, which no other command needs

            output = site.write_site(part.store, output, spoken, part.called)
        else:
            form = form or views.form_of(output)
            views.write_view(part.store, page, output, spoken, form, group=part.group, called=part.called)
    terminal.note(spoken("output.written", file=output))


def explain_fact(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="IRI|KEY", show_default=False)],
    store: StorePlace,
    platform: PlatformWords = "",
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print the sentences behind a fact."""
    spoken = spoken_in(context)
    with Store.open(store, read_only=True) as whole, narrowing.open_part(whole, platform, "", spoken) as part:
        found = explain.explain(part.store, terminal.readable(key), spoken)
    put_report(replace(found, coverage=(*part.notes, *found.coverage)), form, output, spoken)


def export_facts(
    context: typer.Context,
    store: StorePlace,
    platform: PlatformWords = "",
    form: Annotated[formats.Format, typer.Option("--format")] = "ttl",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE|DIR", show_default=False)] = None,
    licence: Annotated[str, typer.Option("--license", metavar="IRI", show_default=False)] = "",
) -> None:
    """Write a store's facts to a file, a folder, or standard output."""
    spoken = spoken_in(context)
    if licence:
        stores.check_iri(licence, spoken("export.bad-license", licence=licence))
    if output is None and form in formats.FOLDERS:
        raise CrossCityError(spoken("export.several", form=form))
    with Store.open(store, read_only=True) as whole, narrowing.open_part(whole, platform, "", spoken) as part:
        made = formats.export(part.store, form, spoken, licence)
    if not isinstance(made, bytes):
        formats.write_folder(made, output or Path(), spoken)
        terminal.note(spoken("output.written", file=output))
    elif output is None:
        terminal.say_bytes(made)
    else:
        write(output, made, spoken)


def diff(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="STORE", show_default=False)],
    after: Annotated[str, typer.Argument(metavar="STORE", show_default=False)],
    form: ReportFormat = "table",
    output: OutputFile = None,
) -> None:
    """Print the facts that a later store gained, lost or altered."""
    spoken = spoken_in(context)
    with Store.open(before, read_only=True) as old, Store.open(after, read_only=True) as new:
        found = differences.report_changes(old, new, spoken)
    put_report(found, form, output, spoken)
