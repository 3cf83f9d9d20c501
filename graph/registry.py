"""A store goes in, the registry of agencies and groups that its minutes speak of comes out."""

from __future__ import annotations

from typing import Final

from graph.statements import Statements
from graph.store import Store
from ontology import terms
from ontology.gazetteer import Gazetteer
from ontology.iris import Iris

_DEPTHS: Final = ("other", "bureau", "section")

_REFERRED = """
SELECT DISTINCT ?agency {
  VALUES ?property { cc:refersTo cc:agency cc:host cc:proposedBy cc:involves cc:assignedTo cc:counterpart }
  ?thing ?property ?agency .
}"""
_GROUPS = """
SELECT DISTINCT ?group ?name ?platform {
  GRAPH ?document { ?meeting a cc:Meeting ; cc:statedIn ?document ; cc:group ?group ; cc:platform ?platform . ?group skos:prefLabel ?name }
}"""


def state(store: Store, gazetteer: Gazetteer, iris: Iris) -> list[str]:
    """The registry graph's lines: each agency referred to, those above it, and each group with its platform's governments."""
    said = Statements(iris.registry)
    paths = {iris.agency_path(row[0]) for row in store.select(_REFERRED).rows}
    members = {platform.name: platform.cities for platform in gazetteer.platforms}
    for group, name, platform in store.select(_GROUPS).rows:
        said.link(group, terms.TYPE, terms.WORKING_GROUP)
        said.value(group, terms.PREF_LABEL, name)
        said.value(group, terms.PLATFORM, platform)
        for city in members.get(platform, ()):
            said.link(group, terms.HAS_MEMBER, iris.agency(f"{city}政府"))
            paths.add(f"{city}政府")
    for path in sorted(_with_ancestors(paths)):
        _state_agency(said, path, gazetteer, iris)
    return said.lines()


def _with_ancestors(paths: set[str]) -> set[str]:
    found = set(paths)
    for path in paths:
        while path := path.rpartition("/")[0]:
            found.add(path)
    return found


def _state_agency(said: Statements, path: str, gazetteer: Gazetteer, iris: Iris) -> None:
    node, known = iris.agency(path), gazetteer.agency(path)
    above, _, own_name = path.rpartition("/")
    said.link(node, terms.TYPE, terms.ORGANIZATIONAL_UNIT if above else terms.FORMAL_ORGANIZATION)
    said.value(node, terms.PREF_LABEL, known.names[0] if known is not None else path.replace("/", ""))
    for name in known.names[1:] if known is not None else ():
        said.value(node, terms.ALT_LABEL, name)
    said.value(node, terms.PATH, path)
    said.value(node, terms.LEVEL, known.level if known is not None else _level(path, own_name))
    said.value(node, terms.BASIS, "gazetteer" if known is not None else "pattern")
    if city := city_of(path, gazetteer):
        said.value(node, terms.CITY, city)
    if above:
        government = "/" not in above
        said.link(node, terms.SUB_ORGANIZATION_OF if government else terms.UNIT_OF, iris.agency(above))


def _level(path: str, own_name: str) -> str:
    """The level of a body that the gazetteer doesn't list, by its place below its government."""
    depth = path.count("/")
    if depth == 0:
        return "government" if own_name.endswith("政府") else "other"
    return _DEPTHS[min(depth, len(_DEPTHS) - 1)]


def city_of(path: str, gazetteer: Gazetteer) -> str:
    """The city of an agency's government, or empty for bodies of no one city.

    >>> from ontology.gazetteer import load
    >>> city_of("臺北市政府/教育局", load()), city_of("教育部", load()), city_of("某某市政府/社會處", load())
    ('臺北市', '', '某某市')
    """
    top = path.partition("/")[0]
    known = gazetteer.agency(path) or gazetteer.agency(top)
    if known is not None:
        return known.city
    return top.removesuffix("政府") if top.endswith(("市政府", "縣政府")) else ""
