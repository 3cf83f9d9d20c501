"""A person's words for a case or an agency go in, the one that they mean comes out, or the choice there is."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph import named
from graph.store import Store
from ontology import gazetteer
from ontology.errors import CrossCityError
from ontology.gazetteer import fold_name
from output.messages import Messages

MOST_OFFERED: Final = 12
_BODIES: Final = "SELECT DISTINCT ?path ?agency ?name { ?agency cc:path ?path ; skos:prefLabel|skos:altLabel ?name }"
_TITLES: Final = """
SELECT DISTINCT ?case ?title ?alias {
  ?case a cc:Case ; dct:title ?title . OPTIONAL { ?case skos:altLabel ?alias } OPTIONAL { ?case cc:firstDate ?first }
} ORDER BY ?first ?case ?alias"""


@dataclass(frozen=True, slots=True)
class Named:
    """A case by its IRI, its title, and every title it went under."""

    iri: str
    title: str
    titles: tuple[str, ...]


class SeveralFit(CrossCityError):
    """Words that fit several cases; ``choices`` are their titles."""

    def __init__(self, message: str, choices: tuple[str, ...]) -> None:
        super().__init__(message)
        self.choices = choices


def need_name(kind: str, words: str, known: Iterable[str], messages: Messages) -> str:
    """The one of the known names that some words mean: the whole name, else, but of a year, part of it; empty where there are no words.

    Raises CrossCityError where none is meant, and SeveralFit where several are; ``kind`` is what they name (``scope.KIND``).
    """
    if not words:
        return ""
    names = sorted(set(known) - {""})
    wanted = fold_name(words)
    whole = [name for name in names if fold_name(name) == wanted]
    fitting = whole or [name for name in names if wanted in fold_name(name) and kind != "year"]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise SeveralFit(messages("scope.several", key=words, count=len(fitting)), tuple(fitting))
    raise no_name(kind, words, names, messages)


def no_name(kind: str, words: str, names: Sequence[str], messages: Messages) -> CrossCityError:
    """The complaint that some words name nothing of a kind, with what there is."""
    return CrossCityError(messages("scope.none", kind=messages(f"scope.{kind}"), key=words, names=messages.listed(names, "or")))


def cases_by_name(store: Store) -> tuple[Named, ...]:
    """Every case of the store with its names, in the order of the ``cases`` query."""
    titles: dict[str, tuple[str, ...]] = {}
    for case, title, alias in named.once(store, _TITLES).rows:
        titles[case] = (*titles.get(case, (title,)), *([alias] if alias else []))
    return tuple(Named(case, called[0], called) for case, called in titles.items())


def find_case(store: Store, key: str, messages: Messages) -> Named:
    """The one case that a key means: its IRI, a whole title, or words that all stand in one of its titles.

    Raises CrossCityError with the nearest titles where none fits, and ``SeveralFit`` where several do.
    """
    cases = cases_by_name(store)
    if not cases:
        raise CrossCityError(messages("case.no-cases", store=store.location))
    fitting = _fitting(cases, key)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        titles = tuple(case.title for case in fitting)
        raise SeveralFit(messages("case.several", key=key, count=len(titles)), titles[:MOST_OFFERED])
    near = _nearest(cases, key)
    raise CrossCityError(messages("case.near", key=key, titles=messages("list.or").join(near)) if near else messages("case.none", key=key))


def find_agency(store: Store, key: str, messages: Messages) -> tuple[str, str] | None:
    """The agency whose path or name this is, else the only one that is called so: 學前教育科, 教育局/學前教育科, 資教科, 北市教育局.

    Gives its IRI and path, or None. Raises SeveralFit where several are called so.
    """
    wanted = fold_name(key)
    bodies, calls = _bodies(store), _calls()
    for path, (agency, names) in bodies.items():
        if wanted in (fold_name(path), fold_name(path.replace("/", "")), *map(fold_name, names)):
            return agency, path
    ending = [path for path in bodies if f"/{fold_name(path)}".endswith(f"/{wanted}") or path in calls.get(wanted, ())]
    return _only(ending, bodies, key, messages)


def need_agency(store: Store, key: str, messages: Messages) -> tuple[str, str]:
    """The IRI and path of the agency that a key means, as ``find_agency`` does it, else the only one with these words in its name.

    Raises CrossCityError where none is meant, and SeveralFit where several are.
    """
    found = find_agency(store, key, messages)
    if found is None:
        words, bodies = [fold_name(word) for word in key.split()], _bodies(store)
        holding = [path for path in bodies if words and all(word in fold_name(path.replace("/", "")) for word in words)]
        found = _only(holding, bodies, key, messages)
    if found is not None:
        return found
    known = sorted(_calls().get(fold_name(key), ()))
    if known:
        raise CrossCityError(messages("agency.not-named", agencies=messages("list.and").join(known)))
    raise CrossCityError(messages("promises.no-agency", key=key))


def _only(paths: list[str], bodies: Mapping[str, tuple[str, tuple[str, ...]]], key: str, messages: Messages) -> tuple[str, str] | None:
    if len(paths) > 1:
        raise SeveralFit(messages("explain.several", key=key, count=len(paths)), tuple(paths[:MOST_OFFERED]))
    return (bodies[paths[0]][0], paths[0]) if paths else None


def _bodies(store: Store) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """The IRI and the names of each body of a store, by its path, in order."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for path, agency, name in sorted(named.once(store, _BODIES).rows):
        found[path] = (agency, (*found.get(path, ("", ()))[1], name))
    return found


@cache
def _calls() -> Mapping[str, frozenset[str]]:
    """What the registry's bodies are called, outright or below their government, each with the paths that it may mean."""
    registry, found = gazetteer.load(), defaultdict[str, set[str]](set)
    for words, path in registry.surfaces():
        found[fold_name(words)].add(path)
    for agency in registry.agencies:
        for words in (agency.path.rpartition("/")[2], *agency.short_forms):
            found[fold_name(words)].add(agency.path)
    return {words: frozenset(paths) for words, paths in found.items()}


def _fitting(cases: Iterable[Named], key: str) -> list[Named]:
    by_iri = [case for case in cases if case.iri == key]
    if by_iri:
        return by_iri
    whole = [case for case in cases if fold_name(key) in map(fold_name, case.titles)]
    if whole:
        return whole
    words = [fold_name(word).lower() for word in key.split()]
    return [case for case in cases if words and any(all(word in fold_name(title).lower() for word in words) for title in case.titles)]


def _nearest(cases: Iterable[Named], key: str) -> list[str]:
    """The titles nearest to a key, by the longest runs that they share with it."""
    wanted = fold_name(key)

    def shared(case: Named) -> float:
        matcher = difflib.SequenceMatcher(a=wanted, autojunk=False)
        best = 0.0
        for title in case.titles:
            matcher.set_seq2(fold_name(title))
            best = max(best, sum(block.size for block in matcher.get_matching_blocks()) / max(len(wanted), 1))
        return best

    ranked = sorted((-shared(case), case.title) for case in cases)
    return [title for score, title in ranked[:3] if score <= -0.5]
