"""A person's words for two cases or two people go in, the two places in the minutes that a judgement on them points at come out."""

from __future__ import annotations

import datetime
import re
from typing import Final

from graph.decisions import Kind, Verdict
from graph.queue import Side, sides_of
from graph.store import Store
from ontology.errors import CrossCityError
from ontology.gazetteer import fold_name
from output.choosing import SeveralFit, find_case
from output.messages import Messages

_NOT_IN_AN_IRI: Final = re.compile(r'[\s<>"{}|\\^`]')
_FAR: Final = 10**6  # days: where a date is not known
_PARTS: Final = """
SELECT DISTINCT ?part ?kind {{
  VALUES (?class ?kind) {{ (cc:CaseEvent "case") (cc:Participation "person") }}
  ?part a ?class . FILTER (?part = <{iri}> || EXISTS {{ ?part cc:case|cc:person <{iri}> }})
}} ORDER BY ?part"""
_PEOPLE: Final = "SELECT DISTINCT ?person ?name ?city { ?person a foaf:Person ; foaf:name ?name . OPTIONAL { ?person cc:city ?city } }"


def find_ends(store: Store, first: str, second: str, messages: Messages) -> tuple[Kind, Side, Side]:
    """The two ends of a judgement and what they are of.

    Each key is a case by its title or a part of it, a person by name, or the IRI of a case, a person, a case event or a participation. Of
    two cases, or people, the two treatments or roles nearest in time are taken. Raises CrossCityError where a key means nothing, several
    things, or the same as the other.
    """
    (kind, ones), (other_kind, others) = _parts(store, first, messages), _parts(store, second, messages)
    if kind != other_kind:
        raise CrossCityError(messages("judge.kinds", first=first, second=second))
    if set(ones) == set(others):
        raise CrossCityError(messages("judge.same-thing", first=first, second=second))
    sides = {side.iri: side for side in sides_of(store, {*ones, *others})}
    pairs = [(sides[one], sides[other]) for one in ones for other in others if one != other]
    return kind, *min(pairs, key=_distance)


def _distance(pair: tuple[Side, Side]) -> tuple[int, str, str, str]:
    """Days between two sides, and what decides between pairs equally near: the earlier, then the IRIs."""
    one, other = pair
    days = _FAR
    if one.date and other.date:
        days = abs((datetime.date.fromisoformat(one.date) - datetime.date.fromisoformat(other.date)).days)
    return days, min(one.date, other.date), one.iri, other.iri


def _parts(store: Store, key: str, messages: Messages) -> tuple[Kind, tuple[str, ...]]:
    """The case events or participations (IRIs) that a key means."""
    iri = key if "://" in key else _person(store, key, messages) or find_case(store, key, messages).iri
    rows = () if _NOT_IN_AN_IRI.search(iri) else store.select(_PARTS.format(iri=iri)).rows
    if not rows:
        raise CrossCityError(messages("judge.none", key=key))
    return "person" if rows[0][1] == "person" else "case", tuple(row[0] for row in rows)


def _person(store: Store, key: str, messages: Messages) -> str:
    """The IRI of the one person of this name, or empty; raises SeveralFit for namesakes."""
    found = [row for row in sorted(store.select(_PEOPLE).rows) if fold_name(row[1]) == fold_name(key)]
    if len(found) > 1:
        raise SeveralFit(messages("judge.namesakes", key=key, count=len(found)), tuple(f"{row[1]} {row[2]} {row[0]}" for row in found))
    return found[0][0] if found else ""


def say_judged(one: Side, other: Side, verdict: Verdict, messages: Messages) -> str:
    """A judgement in words: which two places of the minutes it is on."""
    shown = [f"「{side.title}」 ({side.date or side.meeting_title}, {side.file}:{side.line})" for side in (one, other)]
    return messages("judge.made", first=shown[0], second=shown[1], verdict=messages.term("verdict", verdict))
