"""Networks of agencies against numbers worked out by hand."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.collaboration import Involved, collaboration_network, hierarchy
from graph.mirror import city_order, place, stem

A, B = "臺北市政府", "新北市政府"
EDUCATION_A, EDUCATION_B, SPORT_B = f"{A}/教育局", f"{B}/教育局", f"{B}/體育處"
SECTION_A = f"{EDUCATION_A}/資訊教育科"


def facts(**cases: str) -> list[Involved]:
    city = {A: "臺北市", B: "新北市"}
    return [Involved(case, path, city.get(path.split("/")[0], "")) for case, paths in cases.items() for path in paths.split()]


def cities_of(network: nx.Graph[str]) -> tuple[str, ...]:
    return city_order(network.nodes[path]["city"] for path in network)


def test_weights_are_newman_s() -> None:
    network = collaboration_network(facts(one=f"{EDUCATION_A} {EDUCATION_B} {SPORT_B}", two=f"{EDUCATION_A} {EDUCATION_B}"), "section")
    assert network.edges[EDUCATION_A, EDUCATION_B]["weight"] == pytest.approx(1 / 2 + 1)
    assert network.edges[EDUCATION_A, SPORT_B]["weight"] == pytest.approx(1 / 2)
    assert network.edges[EDUCATION_A, EDUCATION_B]["cases"] == ("one", "two")
    assert network.edges[EDUCATION_A, EDUCATION_B]["shares"] == (1 / 2, 1)
    assert network.nodes[SPORT_B]["cases"] == ("one",)


def test_folding_joins_sections_into_their_bureau() -> None:
    network = collaboration_network(facts(one=f"{SECTION_A} {EDUCATION_A} {EDUCATION_B}"), "bureau")
    assert {path for path in network if network.nodes[path]["cases"]} == {EDUCATION_A, EDUCATION_B}
    assert network.edges[EDUCATION_A, EDUCATION_B]["weight"] == 1
    assert set(collaboration_network(facts(one=f"{SECTION_A} {EDUCATION_B}"), "government")) == {A, B}


def test_a_government_stands_in_only_where_no_body_of_its_side_is_named() -> None:
    network = collaboration_network(facts(one=f"{A} {B} {EDUCATION_B}"), "section")
    assert network.has_edge(A, EDUCATION_B)
    assert not network.has_edge(A, B)
    assert not network.has_edge(B, EDUCATION_B)


def test_a_body_and_the_one_it_belongs_to_are_no_pair() -> None:
    network = collaboration_network(facts(one=f"{SECTION_A} {EDUCATION_A}"), "section")
    assert network.number_of_edges() == 0
    assert hierarchy(network) == ((EDUCATION_A, A), (SECTION_A, EDUCATION_A))


def test_the_mirror_puts_counterparts_on_one_row_and_joint_bodies_between() -> None:
    network = collaboration_network(
        facts(one=f"{A} {B}", two=f"{EDUCATION_A} {EDUCATION_B} 教育部", three=f"{A}/體育局 {SPORT_B}"), "section"
    )
    places = place(network, cities_of(network))
    assert places[EDUCATION_A][1] == places[EDUCATION_B][1]
    assert places[f"{A}/體育局"][1] == places[SPORT_B][1]
    assert places[EDUCATION_A][0] == -places[EDUCATION_B][0] < 0
    assert places["教育部"][0] == 0
    assert len(set(places.values())) == len(places)
    assert stem("甲縣政府/市立圖書館") == "圖書館"


def test_one_city_or_three_stand_on_a_ring() -> None:
    network = collaboration_network(
        [Involved("c", "甲市政府", "甲市"), Involved("c", "乙市政府", "乙市"), Involved("c", "丙市政府", "丙市")], "section"
    )
    places = place(network, cities_of(network))
    assert len({round((x * x + y * y) ** 0.5 / 10) for x, y in places.values()}) == 1
    assert place(collaboration_network([], "section"), ()) == {}


def test_many_rows_stand_in_blocks_that_still_mirror_each_other() -> None:
    paths = [f"{city}/{number}局" for number in range(120) for city in (A, B)]
    network = collaboration_network(facts(**{f"c{i}": f"{paths[2 * i]} {paths[2 * i + 1]} 部{i}" for i in range(120)}), "section")
    places = place(network, cities_of(network))
    assert len(set(places.values())) == len(places) == 362
    assert all(places[a][0] == -places[b][0] and places[a][1] == places[b][1] for a, b in zip(paths[::2], paths[1::2], strict=True))
    width, height = (max(at[axis] for at in places.values()) - min(at[axis] for at in places.values()) for axis in (0, 1))
    assert 1 < width / height < 3
    assert max(abs(places[f"部{i}"][0]) for i in range(120)) < min(abs(places[path][0]) for path in paths)
