"""What judgements decide: they find their words after any rebuild, the last one on a pair counts, and contradictions are told."""

from dataclasses import replace
from itertools import combinations, pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import End, Judgement, Kind, Verdict
from graph.settling import Place, Settled, places, settle
from graph.store import Store
from ontology.records import Reading
from tests.graph.invented import Item, Sitting, load, reading

A, B, C, D = (Place(f"e:{name}", f"m:{name}", f"sha{name}", f"{name}步道") for name in "ABCD")


def end(place: Place) -> End:
    return End(place.meeting, place.words, place.document)


def judge(verdict: Verdict, first: Place, second: Place, why: str = "", kind: Kind = "case") -> Judgement:
    return Judgement(verdict, kind, end(first), end(second), "林小河", "2024-03-05", why)


def names(settled: Settled) -> dict[str, list[str]]:
    """The pairs by the last letters of their IRIs."""
    lists = (("same", settled.same), ("apart", settled.apart), ("unsure", settled.unsure), ("relations", settled.relations))
    return {name: [first[-1] + second[-1] for first, second, _ in pairs] for name, pairs in lists if pairs}


def test_each_verdict_has_its_list_and_keeps_its_direction() -> None:
    made = (judge("same", B, A), judge("not-same", A, C), judge("unsure", D, A), judge("splits-from", D, C))
    settled = settle(made, (A, B, C, D))
    assert names(settled) == {"same": ["BA"], "apart": ["AC", "DC"], "unsure": ["DA"], "relations": ["DC"]}
    assert (settled.orphaned, settled.conflicts) == ((), ())
    assert settled.same[0][2] is made[0]


def test_the_last_decision_on_a_pair_counts_whichever_end_comes_first() -> None:
    assert names(settle((judge("same", A, B), judge("not-same", B, A)), (A, B))) == {"apart": ["BA"]}
    assert names(settle((judge("not-same", B, A), judge("same", A, B)), (A, B))) == {"same": ["AB"]}
    assert names(settle((judge("merges-into", A, B), judge("merges-into", B, A)), (A, B)))["relations"] == ["BA"]


def test_wrapping_variants_and_brackets_make_no_difference() -> None:
    wrapped = replace(A, words="「台北A 步\n  道」")
    assert names(settle((judge("same", replace(A, words="臺北A步道"), B),), (wrapped, B))) == {"same": ["AB"]}


def test_a_meeting_of_another_name_is_found_by_its_document_then_by_words_that_stand_once() -> None:
    made = (judge("same", A, B),)
    renamed = replace(A, meeting="m:other")
    twice = replace(A, iri="e:Z", meeting="m:Z", document="shaZ")
    assert names(settle(made, (renamed, B, twice))) == {"same": ["AB"]}  # the document tells which of the two
    changed = replace(renamed, document="changed")
    assert names(settle(made, (changed, B))) == {"same": ["AB"]}
    assert settle(made, (changed, B, twice)) == Settled(orphaned=made)  # nothing tells which: never a guess


def test_the_document_is_only_a_hint_where_the_meeting_is_there() -> None:
    moved = replace(A, words="改名的案子")
    other = Place("e:O", "m:O", A.document, A.words)
    another = replace(other, iri="e:P", meeting="m:P", document="x")
    assert settle((judge("same", A, B),), (moved, B, other, another)).orphaned == (judge("same", A, B),)


def test_words_twice_in_one_meeting_mean_both() -> None:
    again = replace(A, iri="e:Z")
    assert names(settle((judge("same", A, B),), (A, again, B))) == {"same": ["AB", "ZB"]}
    assert names(settle((judge("not-same", A, A),), (A, again))) == {"apart": ["AZ"]}
    assert len(settle((judge("same", A, A),), (A,)).orphaned) == 1  # one place is no pair


def test_a_person_is_no_case() -> None:
    person = replace(A, kind="person")
    made = judge("same", A, B)
    assert settle((made,), (person, B)).orphaned == (made,)
    assert names(settle((judge("same", A, B, kind="person"),), (A, person, replace(B, kind="person"))))["same"] == ["AB"]


def test_an_orphan_is_told_and_comes_back_with_its_target() -> None:
    made = (judge("same", A, B), judge("same", C, D))
    assert settle(made, (A, C, D)).orphaned == made[:1]
    assert names(settle(made, (A, C, D))) == {"same": ["CD"]}
    assert settle(made, (A, B, C, D)).orphaned == ()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_not_same_wins_even_through_a_third_and_the_latest_same_loses(order: tuple[int, ...]) -> None:
    statements = (judge("same", A, B), judge("same", B, C), judge("not-same", A, C))
    made = tuple(statements[at] for at in order)
    settled = settle(made, (A, B, C))
    assert [pair[2] for pair in settled.apart] == [statements[2]]
    kept, lost = [judgement for judgement in made if judgement.verdict == "same"]
    assert [pair[2] for pair in settled.same] == [kept]
    assert settled.conflicts == (lost,)


def test_groups_that_stay_apart_stay_so_at_any_distance() -> None:
    row = [Place(f"e:{at}", f"m:{at}", "", f"{at}號步道") for at in range(40)]
    chain = [judge("same", one, other) for one, other in pairwise(row)]
    settled = settle([judge("not-same", row[0], row[-1]), *chain], row)
    assert settled.conflicts == (chain[-1],)
    assert settle(chain, row).conflicts == ()


def test_a_relation_stands_between_two_cases_and_keeps_them_two() -> None:
    made = (judge("splits-from", A, B), judge("same", B, C), judge("same", C, A))
    assert settle(made, (A, B, C)).conflicts == (made[2],)


FIRST = Sitting("2020-1", "2020-03-10", (Item("河岸步道"), Item("跨橋燈飾")), chair=("王大同", "科長"), recorder="李小美")
SECOND = Sitting("2020-2", "2020-06-10", (Item("河岸步道延伸"),), chair=("王大同", "科長"))


def stands(*readings: Reading) -> tuple[Place, ...]:
    with Store.open(":memory:") as store:
        load(store, *readings)
        return places(store)


def test_places_of_a_store_are_its_case_events_and_participations() -> None:
    found = stands(reading("minutes.txt", FIRST, SECOND))
    assert sorted((place.kind, place.words) for place in found) == [
        *(("case", words) for words in ("河岸步道", "河岸步道延伸", "跨橋燈飾")),
        *(("person", words) for words in ("李小美", "王大同", "王大同")),
    ]
    assert {place.meeting.rpartition("/")[2] for place in found} == {"2020-1", "2020-2"}
    assert {len(place.document) for place in found} == {64}


def test_judgements_survive_re_extraction_changed_rules_re_wrapped_text_and_moved_files() -> None:
    before = stands(reading("minutes.txt", FIRST, SECOND))
    trail = [place for place in before if "步道" in place.words]
    chairs = [place for place in before if place.words == "王大同"]
    made = (judge("same", trail[0], trail[1]), judge("same", chairs[0], chairs[1], kind="person"))
    ours = {place.iri for place in (*trail, *chairs)}
    assert {iri for pair in settle(made, before).same for iri in pair[:2]} == ours
    again = reading("minutes.txt", FIRST, SECOND)
    moved = (reading("elsewhere-1.txt", FIRST), reading("elsewhere-2.txt", SECOND))
    ruled = replace(FIRST, items=(Item("新增的案子"), *(replace(item, outcome="delisted", section="other") for item in FIRST.items)))
    wrapped = replace(SECOND, items=(Item("河岸步\n道延伸", "本案持續\n列管。"),))
    for after in ((again,), moved, (reading("minutes.txt", ruled, SECOND),), (reading("minutes.txt", FIRST, wrapped),)):
        settled = settle(made, stands(*after))
        assert settled.orphaned == ()
        assert len(settled.same) == 2


HEAP = tuple(Place(f"e:{at}", f"m:{at}", "", f"{at}號步道") for at in range(6))


@given(
    st.lists(st.tuples(st.sampled_from(("same", "same", "not-same", "unsure", "related")), st.sampled_from(HEAP), st.sampled_from(HEAP)))
)
def test_whatever_is_judged_nothing_apart_becomes_one_and_nothing_is_lost(made: list[tuple[Verdict, Place, Place]]) -> None:
    made_of = tuple(judge(*parts) for parts in made)
    settled = settle(made_of, HEAP)

    def one(*extra: tuple[str, str]) -> set[frozenset[str]]:
        joined = nx.Graph([pair[:2] for pair in settled.same] + list(extra))
        return {frozenset(pair) for group in nx.connected_components(joined) for pair in combinations(group, 2)}

    apart = {frozenset(pair[:2]) for pair in settled.apart}
    assert not one() & apart
    for lost in settled.conflicts:
        assert one((lost.first.meeting.replace("m", "e"), lost.second.meeting.replace("m", "e"))) & apart
    last = {frozenset((judgement.first, judgement.second)): judgement for judgement in made_of}
    told = {*(pair[2] for pair in (*settled.same, *settled.apart, *settled.unsure)), *settled.conflicts, *settled.orphaned}
    assert {judgement for ends, judgement in last.items() if len(ends) == 2} == told - set(settled.orphaned)
    assert all(judgement.first == judgement.second for judgement in settled.orphaned)
    assert settle(made_of, tuple(reversed(HEAP))) == settled
