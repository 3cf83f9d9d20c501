"""What waits for a decision: every pair with the evidence of both ends, the likeliest first, without those already judged."""

from collections.abc import Iterator

import pytest

from graph.decisions import Judgement
from graph.queue import sides_of, waiting
from graph.store import Store
from ontology.errors import CrossCityError
from tests.graph.candidates import fill, node, state


@pytest.fixture
def queued() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        fill(opened)
        yield opened


def test_a_store_without_candidates_has_an_empty_queue(queued: Store) -> None:
    state(queued)
    assert waiting(queued) == ()


def test_candidates_come_by_likeness_and_those_without_one_last(queued: Store) -> None:
    found = waiting(queued)
    assert [(item.kind, item.first.title, item.likeness) for item in found] == [
        ("case", "河岸步道", 0.47),
        ("case", "跨橋燈飾", 0.31),
        ("person", "王大同", None),
    ]
    assert (found[0].shared, found[0].reasons) == (("步道", "河岸"), ("same-group", "title"))
    assert found == waiting(queued)


def test_a_case_s_side_holds_its_evidence(queued: Store) -> None:
    side, other = waiting(queued)[0].first, waiting(queued)[0].second
    assert (side.meeting_title, side.date) == ("2020雙北合作「河川公園組」第1次小組會議紀錄", "2020-03-10")
    assert (side.title, side.words, side.ruling, side.outcome) == ("河岸步道", "河岸步道", "本案持續列管。", "tracked")
    assert side.agencies == ("新北市政府/水利局", "臺北市政府/教育局")
    assert (side.file, other.file, other.outcome, other.ruling) == ("first.txt", "second.txt", "delisted", "本案\n解除列管。")
    assert (side.role, side.office) == ("", "")
    text = queued.select("SELECT ?text { ?d cc:fileName 'first.txt' ; cc:text ?text }").rows[0][0]
    assert text.splitlines()[side.line - 1] == "本案持續列管。"
    assert side.before.endswith("河岸步道\n新北市水利局\n")
    assert side.after.startswith("\n請臺北市政府教育局協助")
    assert side.end.quote == "河岸步道"


def test_a_person_s_side_holds_role_and_office(queued: Store) -> None:
    chair = waiting(queued)[2].second
    assert (chair.title, chair.role, chair.office, chair.words, chair.outcome) == ("王大同", "chair", "局長", "王大同", "")
    assert chair.line == 2


@pytest.mark.parametrize("verdict", ["same", "not-same", "unsure"])
@pytest.mark.parametrize("turned", [False, True])
def test_what_was_judged_is_left_out(verdict: str, turned: bool, queued: Store) -> None:
    trails, lights, chairs = waiting(queued)
    ends = (trails.second.end, trails.first.end) if turned else (trails.first.end, trails.second.end)
    judged = Judgement(verdict, "case", *ends, "林小河", "2024-03-05")  # type: ignore[arg-type]
    assert waiting(queued, (judged,)) == (lights, chairs)


def test_an_orphaned_judgement_leaves_nothing_out(queued: Store) -> None:
    trails = waiting(queued)[0]
    gone = Judgement("same", "person", trails.first.end, trails.second.end, "林小河", "2024-03-05")
    assert len(waiting(queued, (gone,))) == 3


def test_sides_come_in_the_order_asked_and_an_unknown_iri_is_told(queued: Store) -> None:
    one, other = node(queued, "河岸步道", "2020-1"), node(queued, "橋面燈光", "2020-2")
    assert [side.title for side in sides_of(queued, (other, one))] == ["橋面燈光", "河岸步道"]
    with pytest.raises(CrossCityError, match="no case event or participation of this store; name one"):
        sides_of(queued, (one, "http://example.org/nothing"))
