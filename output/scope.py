"""A person's words for a city, an agency, a group, a year or an outcome go in, what of a store they mean comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from graph import named
from graph.store import Store
from ontology.errors import CrossCityError
from output import choosing
from output.meetings import stated_meetings
from output.messages import Messages, load

FILTERS: Final = ("city", "agency", "group", "year", "outcome")
_OUTCOMES: Final = ("proposed", "accepted", "tracked", "routine", "delist-requested", "delisted", "reported")


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a store a report is about; what is empty narrows nothing. ``agency`` is a path and means what is below it too.

    ``iris`` has the report show the IRI of each row.
    """

    city: str = ""
    agency: str = ""
    group: str = ""
    year: str = ""
    outcome: str = ""
    iris: bool = False

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, name) for name in FILTERS)


ALL: Final = Scope()
_CITIES: Final = "SELECT DISTINCT ?path ?city { ?body cc:path ?path ; cc:city ?city }"


def read_scope(store: Store, words: Scope, messages: Messages) -> Scope:
    """A scope in anybody's words as one in the store's own.

    Raises CrossCityError where nothing of the store is meant, and SeveralFit where several things are.
    """
    meetings = stated_meetings(store)
    return replace(
        words,
        city=choosing.need_name("city", words.city, cities_by_agency(store).values(), messages),
        agency=choosing.need_agency(store, words.agency, messages)[1] if words.agency else "",
        group=choosing.need_name("group", words.group, (held.group for held in meetings), messages),
        year=choosing.need_name("year", words.year, (held.year for held in meetings), messages),
        outcome=_outcome(words.outcome, messages),
    )


def _outcome(words: str, messages: Messages) -> str:
    """The code of an outcome, given as code or as the word in either language."""
    if not words:
        return ""
    for code in _OUTCOMES:
        if words.lower() in (code, *(load(language).term("outcome", code).lower() for language in ("en", "zh-Hant-TW"))):
            return code
    names = messages("list.or").join(messages("scope.outcome-name", code=code, word=messages.term("outcome", code)) for code in _OUTCOMES)
    raise CrossCityError(messages("scope.none", kind=messages("scope.outcome"), key=words, names=names))


def cities_by_agency(store: Store) -> Mapping[str, str]:
    """The city of each body that has one, by its path."""
    return {path: city for path, city in named.once(store, _CITIES).rows}


def meetings_in(store: Store, scope: Scope) -> frozenset[str]:
    """The IRIs of the meetings of the scope's group and year."""
    return frozenset(held.iri for held in stated_meetings(store) if scope.group in ("", held.group) and scope.year in ("", held.year))


def cases_in(store: Store, scope: Scope) -> frozenset[str]:
    """The IRIs of the cases that a meeting of the scope treats, that involve its agency and city, and that have its outcome so far."""
    if not scope.narrow:
        return frozenset(row["case"] for row in named.ask(store, "cases").records())
    meetings, cities = meetings_in(store, scope), cities_by_agency(store)
    found = {row["case"] for row in named.ask(store, "case-events").records() if row["meeting"] in meetings}
    if scope.outcome:
        found &= {row["case"] for row in named.ask(store, "cases").records() if row["outcome"] == scope.outcome}
    if scope.agency or scope.city:
        bodies = [(row["case"], row["agency"]) for row in named.ask(store, "event-agencies").records()]
        bodies += [
            (row["case"], actor) for row in named.ask(store, "directives").records() for actor in row["actors"].split(named.SEPARATOR)
        ]
        found &= {case for case, body in bodies if body_in(body, scope, cities)}
    return frozenset(found)


def body_in(path: str, scope: Scope, cities: Mapping[str, str]) -> bool:
    """Whether a body is the scope's agency or below it, and of its city."""
    return f"{path}/".startswith(f"{scope.agency}/" if scope.agency else "") and scope.city in ("", cities.get(path, ""))


def actors_in(actors: str, scope: Scope, cities: Mapping[str, str]) -> bool:
    """Whether one of some bodies (paths joined by ``|``) is in the scope; where it names neither agency nor city, all are."""
    return not (scope.agency or scope.city) or any(body_in(actor, scope, cities) for actor in actors.split(named.SEPARATOR) if actor)


def say_scope(store: Store, scope: Scope, messages: Messages) -> tuple[str, ...]:
    """A line that says what a report was narrowed to, or none."""
    if not scope.narrow:
        return ()
    said = []
    for field in fields(scope):
        value = getattr(scope, field.name)
        if field.name in FILTERS and value:
            word = messages.term("outcome", value) if field.name == "outcome" else value
            said.append(messages("scope.part", kind=messages(f"scope.{field.name}"), value=word))
    return (messages("scope.only", parts=messages("list.and").join(said), meetings=len(meetings_in(store, scope))),)
