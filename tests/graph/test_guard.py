"""What graph.guard refuses, and what it lets pass."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import guard
from graph.store import Store
from ontology.errors import CrossCityError

REACHING_OUT = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "PREFIX ex: <http://127.0.0.1:9/> SELECT * { SERVICEex:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/x> {?s ?p ?o} }",
    "SELECT * { ?s ?p 'it''s' } # '\n SELECT * { ?s ?p 'a' SERVICE <http://127.0.0.1:9/> {} }",
    # '<' read as less-than lets a quote or a comment begin inside what looks like an IRI
    "SELECT * { BIND(1 AS ?a) FILTER(?a<'>'||'' != \"x\") SERVICE <http://127.0.0.1:9/x> {?s ?p ?o} FILTER('' = '') }",
    "SELECT * { BIND(1 AS ?a) FILTER(?a<#> '''\n 2) SERVICE <http://127.0.0.1:9/x> {?s ?p ?o} #'''\n }",
]

HARMLESS = [
    'SELECT * { ?s ?p "SERVICE" , \'\'\'LOAD <x> \' SERVICE \'\'\' , """INSERT " "" """ }',
    "SELECT ?service { ?service <http://example.org/SERVICE> ?load } # SERVICE <x> { } DELETE",
    "PREFIX ex: <http://example.org/> SELECT * { ?s ex:service ex:load ; ex:insert-service ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    "SELECT * { VALUES (?a ?b) { (<http://example.org/a> <http://example.org/b#c>) } }",
    r'SELECT * { ?s ?p "a\"SERVICE" }',
]


@pytest.mark.parametrize("sparql", REACHING_OUT)
def test_reaching_out_is_refused(sparql: str) -> None:
    with pytest.raises(CrossCityError, match=r"SERVICE asks another server.*take it out"):
        guard.refuse(sparql)


@pytest.mark.parametrize("sparql", HARMLESS)
def test_words_in_strings_comments_and_names_pass(sparql: str) -> None:
    guard.refuse(sparql)
    with Store.open(":memory:") as store:
        store.query(sparql)


@pytest.mark.parametrize("verb", ["INSERT DATA {}", "delete where { ?s ?p ?o }", "LOAD <http://example.org/>", "CLEAR ALL", "DROP ALL"])
def test_updates_are_refused_with_what_to_do_instead(verb: str) -> None:
    with pytest.raises(CrossCityError, match=r"changes data.*ask with SELECT"):
        guard.refuse(verb)


def test_dataset_clause_is_seen_in_code_only() -> None:
    assert guard.names_dataset("select * from named <http://example.org/g> {}")
    assert not guard.names_dataset("SELECT ?from { ?from ?p 'FROM' } # FROM")


@pytest.mark.parametrize("sparql", ["'" * 5, '"""' + "a" * 50_000, "<" * 50_000, "'''\\" * 10_000])
def test_odd_text_ends(sparql: str) -> None:
    guard.refuse(sparql)


PIECES = [*"-_1é?:\\'#\n <>{(ﬁſ", "@en", "%41", "load", "Ser", "vice", "DROP", "from"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_quick_look_passes_nothing_that_the_tokens_refuse(text: str) -> None:
    def verdicts() -> tuple[bool, bool]:
        try:
            guard.refuse(text)
        except CrossCityError:
            return True, guard.names_dataset(text)
        return False, guard.names_dataset(text)

    quick = verdicts()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_SUSPECT", "_FROM"):
            patch.setattr(guard, name, re.compile(""))
        assert verdicts() == quick
