"""A store and some of its meetings go in, how far each body is involved in them comes out, counted by what the minutes say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from graph.store import Store

REPORTED = ("reported", "partly")


@dataclass(frozen=True, slots=True)
class Involvement:
    """Of one body, named itself (not what is below it): in how many meetings and cases it is named, how many cases it proposed, how many
    directives it was given, how many of those later minutes report on (in part too) or ought to and don't, how many meetings it hosted.
    """

    agency: str
    city: str
    level: str
    meetings: int
    cases: int
    proposed: int
    directives: int
    reported: int
    unreported: int
    hosted: int
    first: str
    last: str


@dataclass(slots=True)
class _Tally:
    meetings: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    proposed: set[str] = field(default_factory=set)
    directives: set[str] = field(default_factory=set)
    reported: set[str] = field(default_factory=set)
    unreported: set[str] = field(default_factory=set)
    hosted: set[str] = field(default_factory=set)


def involvement(store: Store, meetings: Collection[str]) -> tuple[Involvement, ...]:
    """Every body that some meetings (IRIs) name, in the order of paths; over all meetings it counts as the query of this name does."""
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for meeting, path in _of(meetings, store, _NAMED):
        tallies[path].meetings.add(meeting)
    for meeting, path in _of(meetings, store, _HOSTS):
        tallies[path].hosted.add(meeting)
    for _, path, case in _of(meetings, store, _CASES):
        tallies[path].cases.add(case)
    for _, path, case in _of(meetings, store, _PROPOSALS):
        tallies[path].proposed.add(case)
    for _, path, directive, state in _of(meetings, store, _DIRECTIVES):
        tally = tallies[path]
        tally.directives.add(directive)
        if state in REPORTED:
            tally.reported.add(directive)
        elif state == "unreported":
            tally.unreported.add(directive)
    dates = {meeting: date for meeting, date in _of(meetings, store, _DATES)}
    known = {path: (city, level) for path, city, level in store.select(_BODIES).rows}
    return tuple(_sum(path, *known.get(path, ("", "")), tally, dates) for path, tally in sorted(tallies.items()))


def _of(meetings: Collection[str], store: Store, sparql: str) -> Iterator[tuple[str, ...]]:
    """The rows of a query that begin with one of some meetings."""
    return (row for row in store.select(sparql).rows if row[0] in meetings)


def _sum(path: str, city: str, level: str, tally: _Tally, dates: dict[str, str]) -> Involvement:
    when = sorted(dates[meeting] for meeting in tally.meetings | tally.hosted if dates[meeting])
    first, last = (when[0], when[-1]) if when else ("", "")
    return Involvement(
        agency=path,
        city=city,
        level=level,
        meetings=len(tally.meetings),
        cases=len(tally.cases),
        proposed=len(tally.proposed),
        directives=len(tally.directives),
        reported=len(tally.reported),
        unreported=len(tally.unreported),
        hosted=len(tally.hosted),
        first=first,
        last=last,
    )


_NAMED = "SELECT DISTINCT ?meeting ?path { ?mention a cc:Mention ; cc:refersTo ?body ; cc:meeting ?meeting . ?body cc:path ?path }"
_CASES = """
SELECT DISTINCT ?meeting ?path ?case {
  ?event a cc:CaseEvent ; cc:meeting ?meeting ; cc:case ?case ; cc:involves|cc:proposedBy ?body . ?body cc:path ?path
}"""
_PROPOSALS = """
SELECT DISTINCT ?meeting ?path ?case {
  ?event a cc:CaseEvent ; cc:meeting ?meeting ; cc:case ?case ; cc:proposedBy ?body . ?body cc:path ?path
}"""
_DIRECTIVES = """
SELECT DISTINCT ?meeting ?path ?directive ?state {
  ?directive a cc:Directive ; cc:meeting ?meeting ; cc:assignedTo ?body ; cc:state ?state . ?body cc:path ?path
}"""
_HOSTS = "SELECT DISTINCT ?meeting ?path { ?meeting a cc:Meeting ; cc:host ?body . ?body cc:path ?path }"
_DATES = """
SELECT ?meeting (STR(MAX(?on)) AS ?date) { ?meeting a cc:Meeting . OPTIONAL { ?meeting eli-dl:activity_date ?on } } GROUP BY ?meeting"""
_BODIES = """
SELECT ?path (MAX(?c) AS ?city) (MAX(?l) AS ?level) {
  ?body cc:path ?path . OPTIONAL { ?body cc:city ?c } OPTIONAL { ?body cc:level ?l }
} GROUP BY ?path"""
