"""The reports: each command asks a store and prints one report of it, or draws its picture."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

import typer

from graph.store import Store
from output import choosing, lives, narrowing, plots, stores, terminal
from output.cli.options import AnyFormat, OutputFile, ReportFormat, StorePlace, put_report, spoken_in, write
from output.messages import Messages
from output.report import Report
from output.reports import FILTERS_OF, REPORTS, report_agency
from output.scope import FILTERS, Scope, read_scope

_Option: TypeAlias = str | bool | Path | None
_Make: TypeAlias = Callable[[Store, Messages, Scope], Report]
_Key: TypeAlias = Annotated[str, typer.Argument(metavar="KEY", show_default=False)]
_Agency: TypeAlias = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]
_Words: Final = {
    name: Annotated[str, typer.Option(f"--{name.replace('_', '-')}", metavar=metavar, show_default=False)]
    for name, metavar in (
        ("platform", "PLATFORM"),
        ("city", "CITY"),
        ("agency", "AGENCY"),
        ("group", "GROUP"),
        ("year", "YEAR"),
        ("outcome", "OUTCOME"),
        ("as_of", "DATE"),
    )
}
_Plot: TypeAlias = Annotated[Path | None, typer.Option("--plot", metavar="FILE.svg|png", show_default=False)]
_Iri: TypeAlias = Annotated[bool, typer.Option("--iri")]
_Level: TypeAlias = Annotated[Literal["government", "bureau", "section"], typer.Option("--level")]
_OWN: Final[Mapping[str, Mapping[str, tuple[object, object]]]] = {
    "promises": {"overdue": (Annotated[bool, typer.Option("--overdue")], False)},
    "collaboration": {"level": (_Level, "section"), "measures": (Annotated[bool, typer.Option("--measures")], False)},
    "bridges": {"level": (_Level, "section")},
}
_BY_DAY: Final = ("promises", "summary")  # told of a day even where the store is not taken back to it


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which store a report is asked of, what part of it and which day, and where the report goes."""

    store: str
    platform: str
    words: Scope
    day: str
    form: AnyFormat
    output: Path | None
    plot: Path | None


def make_reports() -> typer.Typer:
    """The ``report`` command and those below it."""
    reports = typer.Typer(invoke_without_command=True)
    reports.callback()(_reports)
    for name in (*REPORTS, "agency", "case"):
        reports.command(name)(_reporter(name))
    return reports


def _reports(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        terminal.say(context.get_help())


def _reporter(name: str) -> Callable[..., None]:
    """The command that prints one report, with the arguments and options that mean something to it."""
    own = _OWN.get(name, {})

    def print_report(context: typer.Context, store: str, form: AnyFormat, output: Path | None, **given: _Option) -> None:
        words = {key: terminal.readable(value) for key, value in given.items() if isinstance(value, str)}
        narrowed = Scope(**{key: words.get(key, "") for key in FILTERS}, iris=given.get("iri") is True)
        chosen = {key: given[key] for key in own}
        if name in _BY_DAY:
            chosen["day"] = words["as_of"]
        drawn = given.get("plot")
        plot = drawn if isinstance(drawn, Path) else None
        asked = _Asked(store, words["platform"], narrowed, words["as_of"], form, output, plot)
        _print(context, asked, _maker(name, words, chosen))

    parameters: dict[str, tuple[object, object]] = {"context": (typer.Context, inspect.Parameter.empty)}
    if name in ("agency", "case"):
        parameters["key"] = (_Agency if name == "agency" else _Key, inspect.Parameter.empty)
    parameters["store"] = (StorePlace, inspect.Parameter.empty)
    parameters |= {key: (_Words[key], "") for key in ("platform", *FILTERS_OF.get(name, ()))}
    parameters |= own
    parameters["as_of"] = (_Words["as_of"], "")
    parameters |= {"iri": (_Iri, False)} if name != "case" else {}
    parameters |= {"plot": (_Plot, None)} if name in plots.PLOTS else {}
    parameters |= {"form": (ReportFormat, "table"), "output": (OutputFile, None)}
    _take(print_report, parameters)
    return print_report


def _take(command: Callable[..., None], parameters: dict[str, tuple[object, object]]) -> None:
    """Have a command that takes any options say by its signature which it takes: the name, type and default of each."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    command.__annotations__ = {name: kind for name, (kind, _) in parameters.items()}
    held = [inspect.Parameter(name, keyword, default=default, annotation=kind) for name, (kind, default) in parameters.items()]
    command.__signature__ = inspect.Signature(held)  # type: ignore[attr-defined]


def _maker(name: str, words: dict[str, str], chosen: dict[str, _Option]) -> _Make:
    """What makes a report of a store that is open."""
    if name == "case":
        return lambda store, spoken, _: lives.report_case(store, choosing.find_case(store, words["key"], spoken), spoken)
    if name == "agency":
        return lambda store, spoken, scope: report_agency(store, choosing.need_agency(store, words["key"], spoken), spoken, scope)
    return partial(REPORTS[name], **chosen)


def _print(context: typer.Context, asked: _Asked, make: _Make) -> None:
    """Print one report, of all that is loaded, of a part, or as it stood on a day; with a plot draw its picture besides."""
    spoken = spoken_in(context)
    with (
        stores.open_to_show(asked.store) as whole,
        narrowing.open_part(whole, asked.platform, asked.words.group, spoken) as part,
        stores.as_of(part.store, asked.day, spoken) as opened,
    ):
        scope = read_scope(opened, replace(asked.words, group=part.group), spoken)
        found = make(opened, spoken, scope)
        picture = plots.draw(opened, found.name, asked.plot, spoken, scope) if asked.plot is not None else None
    said = (*part.notes, *([spoken("as-of.note", date=asked.day)] if asked.day else []))
    put_report(replace(found, coverage=(*said, *found.coverage)), asked.form, asked.output, spoken)
    if asked.plot is not None and picture is not None:
        write(asked.plot, picture, spoken)
