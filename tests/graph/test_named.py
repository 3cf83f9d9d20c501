"""The named queries: their names, their columns, and that other engines than ours can read them."""

import re

import pytest
from rdflib.plugins.sparql import prepareQuery

from graph import named
from graph.store import Store
from ontology import terms
from ontology.errors import CrossCityError

COLUMNS = {
    "meetings": "meeting date title group year ordinal start end venue mode host host_basis chair chair_title recorder reviewed"
    " review_outcome source",
    "mentions": "meeting date surface agency city start_char end_char rule",
    "people": "person name title role meeting date city",
    "case-events": "case case_title meeting date item section surface outcome routine proposers quote event",
    "cases": "case title aliases proposers proposing_city first last events outcome meetings_tracked",
    "lineage": "case from_event to_event relation basis",
    "directives": "directive case meeting date actors counterparts due due_text action quote",
    "promises": "directive case meeting date actors due state report_meeting report_quote quote",
    "escalations": "case meeting date level purpose quote",
    "references": "meeting date kind surface target quote",
    "involvement": "agency city level meetings cases proposed directives hosted first last",
    "collaboration": "agency_a agency_b cases meetings weight case_titles",
    "vanished": "case title last_meeting last_outcome later_meetings",
    "rhythm": "group quarter meetings",
    "evidence": "fact kind source start_char end_char quote",
}


def test_the_contract_names_every_query() -> None:
    assert set(named.names()) - {"event-agencies"} == set(COLUMNS)  # the one that pages ask beside the contract
    assert len(COLUMNS) == 15


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_stand_in_the_contract_s_order(name: str) -> None:
    columns = COLUMNS[name].split()
    with Store.open(":memory:") as store:
        table = named.ask(store, name)
    assert table.rows == ()
    assert list(table.columns[: len(columns)]) == columns


@pytest.mark.parametrize("name", COLUMNS)
def test_each_says_what_it_asks_and_parses_elsewhere(name: str) -> None:
    sparql = named.text(name)
    heads = [line.split(":")[0] for line in sparql.splitlines() if line.startswith("# ") and not line.startswith("#  ")]
    assert heads[:3] == ["# Question", "# Meaningful", "# Plan"]
    assert "GRAPH" not in sparql
    prepareQuery(sparql)


def test_an_unknown_name_tells_the_nearest() -> None:
    with pytest.raises(CrossCityError, match=r"no query called 'meeting'; did you mean meetings"):
        named.text("meeting")
    with pytest.raises(CrossCityError, match=r"no query called 'xyzzy'; choose one of case-events, cases"), Store.open(":memory:") as store:
        named.ask(store, "xyzzy")


def test_parts_of_cells_with_several_values_are_sorted() -> None:
    case, graph = "https://example.org/case", "https://example.org/g"
    lines = [f"<{case}> <{terms.TYPE}> <{terms.CASE}> <{graph}> .", f'<{case}> <{terms.TITLE}> "z|a" <{graph}> .']
    lines += [f'<{case}> <{terms.ALT_LABEL}> "{alias}" <{graph}> .' for alias in ("丙", "甲", "乙")]
    with Store.open(":memory:") as store:
        store.replace(graph, lines)
        (row,) = named.ask(store, "cases").records()
    assert row["aliases"] == "|".join(sorted("甲乙丙"))
    assert row["title"] == "z|a"
    assert row["proposers"] == row["first"] == row["outcome"] == ""


@pytest.mark.parametrize("name", (*named.names(), *named.questions()))
def test_existence_is_of_one_pattern(name: str) -> None:
    """Oxigraph reads all of what a pattern of several parts could match for each row that EXISTS is asked of: hours at 10,000 meetings."""
    for pattern in re.findall(r"EXISTS\s*{([^{}]*)}", named.text(name)):
        assert not re.search(r";|,|/|\s\.\s", re.sub(r"<[^>]*>", "", pattern)), pattern


def test_within_a_block_each_query_is_answered_once() -> None:
    case, graph = "https://example.org/case", "https://example.org/g"
    with Store.open(":memory:") as store:
        with named.each_once(store):
            before = named.ask(store, "cases")
            store.replace(graph, [f"<{case}> <{terms.TYPE}> <{terms.CASE}> <{graph}> .", f'<{case}> <{terms.TITLE}> "燈" <{graph}> .'])
            assert named.ask(store, "cases") is before
            with Store.open(":memory:") as other:
                assert named.ask(other, "cases") is not named.ask(other, "cases")
        assert [row["title"] for row in named.ask(store, "cases").records()] == ["燈"]
        with pytest.raises(CrossCityError, match="no query called"), named.each_once(store):
            named.ask(store, "case")
        assert named.ask(store, "cases") is not named.ask(store, "cases")
