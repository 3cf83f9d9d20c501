"""A store goes in, the reports of its agencies come out: how far each is involved, and one page on one of them."""

from __future__ import annotations

from dataclasses import astuple, fields

from graph import named
from graph.involvement import Involvement, involvement
from graph.store import Store
from graph.tables import Table
from output.messages import Messages
from output.report import Report, flatten, make_part, make_report
from output.reports.collaboration import network_in, pairs_in
from output.reports.promises import promises_in
from output.scope import ALL, Scope, body_in, cases_in, cities_by_agency, meetings_in

_COUNTS = ("meetings", "cases", "proposed", "directives", "reported", "unreported", "hosted")


def report_agencies(store: Store, messages: Messages, scope: Scope = ALL) -> Report:
    """How far each agency is involved, the most involved first, each by what names it itself."""
    iris, cities = _iris(store), cities_by_agency(store)
    found = [body for body in involvement(store, meetings_in(store, scope)) if body_in(body.agency, scope, cities)]
    found.sort(key=lambda body: (-body.cases, -body.meetings, body.agency))
    columns = ("iri", *(field.name for field in fields(Involvement)))
    rows = tuple((iris[body.agency], *map(str, astuple(body))) for body in found)
    table = Table(columns, rows).only(("iri", "agency", *_COUNTS, "first", "last", "city", "level"))
    few = ("agency", *_COUNTS)
    return make_report("agencies", store, messages, table, messages("agencies.note"), scope=scope, few=few)


def report_agency(store: Store, agency: tuple[str, str], messages: Messages, scope: Scope = ALL) -> Report:
    """One page on one body (its IRI and path) with what is below it: its counts, its cases, what it was asked, with whom it works."""
    iri, path = agency
    within = Scope(scope.city, path, scope.group, scope.year, scope.outcome, scope.iris)
    bodies = [body for body in involvement(store, meetings_in(store, within)) if f"{body.agency}/".startswith(f"{path}/")]
    counts = Table(
        ("agency", *_COUNTS, "first", "last"),
        tuple((body.agency, *(str(getattr(body, name)) for name in (*_COUNTS, "first", "last"))) for body in bodies),
    )
    wanted = cases_in(store, within)
    columns = ("title", "first", "last", "events", "outcome")
    cases = Table(
        columns,
        tuple(tuple(row[name] for name in columns) for row in named.ask(store, "cases").records() if row["case"] in wanted),
    )
    columns = ("date", "actors", "quote", "due", "state")
    asked = Table(columns, tuple(tuple(row[name] for name in columns) for row in promises_in(store, within)))
    pairs = pairs_in(store, within, network_in(store, within, "section"))
    partners = Table(
        ("counterparts", "cases", "meetings", "weight"),
        tuple((b if f"{a}/".startswith(f"{path}/") else a, *rest) for a, b, *rest, _ in pairs.rows),
    )
    parts = (
        make_part("involvement", counts.only(("agency", *_COUNTS)), messages),
        make_part("cases", cases, messages),
        make_part("asked", asked, messages),
        make_part("partners", partners, messages),
    )
    notes = [messages("promises.note"), *([iri] if scope.iris else [])]
    title = messages("agency.title", agency=path)
    return make_report("agency", store, messages, flatten(parts), *notes, scope=within, title=title, parts=parts)


def _iris(store: Store) -> dict[str, str]:
    """The IRI of each body, by its path."""
    return {path: body for path, body in store.select("SELECT DISTINCT ?path ?body { ?body cc:path ?path }").rows}
