"""The registry: agencies referred to and those above them, and groups with their members."""

from graph.store import Store
from ontology.records import Body
from tests.graph.invented import NEW, Item, Sitting, load, reading

INVOLVED = (
    ("新北市教育局國小教育科", Body("新北市政府/教育局/國小教育科")),
    ("某某縣政府社會處", Body("某某縣政府/社會處")),
    ("教育部", Body("教育部")),
)


def test_agencies_form_a_tree_with_city_level_and_basis() -> None:
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", Sitting("2020-1", "2020-01-10", (Item("河岸照明", involved=INVOLVED),), NEW)))
        rows = store.select(
            "SELECT ?path ?city ?level ?basis ?above { ?a cc:path ?path ; cc:level ?level ; cc:basis ?basis ; skos:prefLabel ?label ."
            " OPTIONAL { ?a cc:city ?city } OPTIONAL { ?a org:subOrganizationOf|org:unitOf ?up . ?up cc:path ?above } } ORDER BY ?path"
        ).rows
        assert rows == (
            ("教育部", "", "ministry", "gazetteer", ""),
            ("新北市政府", "新北市", "government", "gazetteer", ""),
            ("新北市政府/教育局", "新北市", "bureau", "gazetteer", "新北市政府"),
            ("新北市政府/教育局/國小教育科", "新北市", "section", rows[3][3], "新北市政府/教育局"),
            ("某某縣政府", "某某縣", "government", "pattern", ""),
            ("某某縣政府/社會處", "某某縣", "bureau", "pattern", "某某縣政府"),
            ("臺北市政府", "臺北市", "government", "gazetteer", ""),
        )
        units = store.select("SELECT ?path { ?a a org:OrganizationalUnit ; cc:path ?path }").rows
        assert {row[0] for row in units} == {row[0] for row in rows if "/" in row[0]}


def test_a_group_has_its_name_and_its_platform_s_governments() -> None:
    with Store.open(":memory:") as store:
        load(store, reading("minutes.txt", Sitting("2020-1", "2020-01-10")))
        asked = (
            "SELECT DISTINCT ?name ?member { ?g a cc:WorkingGroup ; skos:prefLabel ?name ; org:hasMember/cc:path ?member } ORDER BY ?member"
        )
        assert store.select(asked).rows == (("河川公園組", "新北市政府"), ("河川公園組", "臺北市政府"))
