"""Building: idempotent, a document at a time, loud about wrong quotes, and the same bytes whatever the order."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph import build, standing
from graph.store import Store
from ontology.errors import CrossCityError
from ontology.records import Finding, Passage
from tests.graph.invented import NEW, TAIPEI, Item, Sitting, case_titles, load, reading

FIRST = Sitting("2020-1", "2020-01-10", (Item("河岸照明改善"), Item("堤外停車場共用")), NEW, ("王大同", "科長"), "李小美")
SECOND = Sitting("2020-2", "2020-04-10", (Item("河岸照明改善", outcome="delisted"),), TAIPEI, ("陳一心", "科長"), "林二月")
THIRD = Sitting("2020-3", "2020-07-10", (Item("堤外停車場共用"),), "", ("王大同", "科長"), "周三思")


def facts(store: Store) -> list[str]:
    return store.nquads(without=[store.iris.run])


def test_building_again_changes_nothing() -> None:
    with Store.open(":memory:") as store:
        first = load(store, reading("a.txt", FIRST), reading("b.txt", SECOND))
        before = store.nquads()
        again = load(store, reading("a.txt", FIRST), reading("b.txt", SECOND))
        assert store.nquads() == before
    assert (first.read, first.unchanged, first.replaced) == (2, 0, 0)
    assert (again.read, again.unchanged, again.replaced) == (0, 2, 0)
    assert (first.documents, first.meetings, first.cases) == (2, 2, 2)
    assert dataclasses.replace(again, read=2, unchanged=0) == first


def test_the_order_of_files_and_of_builds_is_without_effect() -> None:
    files = [reading("a.txt", FIRST), reading("b.txt", SECOND), reading("c.txt", THIRD)]
    stores = []
    for order in ((0, 1, 2), (2, 1, 0)):
        with Store.open(":memory:") as store:
            load(store, *(files[at] for at in order))
            stores.append(facts(store))
    for order in ((1, 0, 2), (2, 0, 1)):
        with Store.open(":memory:") as store:
            for at in order:
                load(store, files[at])
            stores.append(facts(store))
    assert stores[0] == stores[1] == stores[2] == stores[3]


def test_a_changed_file_replaces_its_own_facts_only() -> None:
    with Store.open(":memory:") as store:
        load(store, reading("a.txt", FIRST), reading("b.txt", SECOND))
        other = store.lines(store.iris.document(reading("b.txt", SECOND).document.sha256))
        changed = dataclasses.replace(FIRST, items=(Item("河岸照明改善"), Item("水門巡檢演練")))
        summary = load(store, reading("a.txt", changed))
        assert (summary.read, summary.replaced, summary.documents) == (1, 1, 2)
        assert store.lines(store.iris.document(reading("b.txt", SECOND).document.sha256)) == other
        assert case_titles(store) == sorted([["河岸照明改善"] * 2, ["水門巡檢演練"]])
        with Store.open(":memory:") as fresh:
            load(fresh, reading("a.txt", changed), reading("b.txt", SECOND))
            assert facts(fresh) == facts(store)


def test_one_text_under_two_paths_is_one_document_until_both_have_changed() -> None:
    with Store.open(":memory:") as store:
        load(store, reading("b.txt", FIRST), folder="/one")
        summary = load(store, reading("a.txt", FIRST), folder="/two")
        assert summary.documents == 1
        assert summary.findings == ()
        assert store.select("SELECT ?name { ?d a eli:Expression ; cc:fileName ?name }").rows == (("a.txt",),)
        load(store, reading("a.txt", SECOND), folder="/two")
        assert store.select("SELECT ?name { ?d a eli:Expression ; cc:fileName ?name } ORDER BY ?name").rows == (("a.txt",), ("b.txt",))
        assert load(store, reading("b.txt", SECOND), folder="/one").documents == 1


def test_data_graphs_hold_no_paths() -> None:
    with Store.open(":memory:") as store:
        load(store, reading("a.txt", FIRST), folder="/a/secret/place")
        assert "secret" not in "".join(facts(store))
        assert "/a/secret/place/a.txt" in "".join(store.nquads())


def test_a_meeting_in_two_documents_is_a_finding() -> None:
    twice = dataclasses.replace(FIRST, items=(Item("河岸照明改善"),))
    with Store.open(":memory:") as store:
        summary = load(store, reading("a.txt", FIRST), reading("z.txt", SECOND, twice))
        (finding,) = summary.findings
        assert (finding.file, finding.line, finding.column, finding.level, finding.code) == ("z.txt", 6, 1, "warning", "duplicate-meeting")
        assert finding.message == "this meeting stands in a.txt too; remove one of the two files and build again"
        assert summary.meetings == 2
        assert len(store.select("SELECT ?event { ?event a cc:CaseEvent } GROUP BY ?event").rows) == 3


@pytest.mark.parametrize("how", ["event", "mention", "finding", "beyond"])
def test_a_quote_that_is_not_in_its_document_stops_the_build(how: str) -> None:
    good = reading("bad.txt", FIRST)
    (minutes,) = good.minutes
    wrong = Passage(3, 7, "不在原文")
    if how == "event":
        minutes = dataclasses.replace(minutes, events=(dataclasses.replace(minutes.events[0], ruling=wrong),))
    elif how == "mention":
        minutes = dataclasses.replace(minutes, sentences=(dataclasses.replace(minutes.sentences[0], passage=wrong),))
    elif how == "beyond":
        wrong = Passage(5, 10_000, good.document.text[5:])
        minutes = dataclasses.replace(minutes, passage=wrong)
    findings = (Finding("bad.txt", 1, 1, "note", "x", "x", wrong),) if how == "finding" else ()
    bad = dataclasses.replace(good, minutes=(minutes,), findings=findings)
    with Store.open(":memory:") as store:
        load(store, reading("ok.txt", SECOND))
        before = store.nquads()
        with pytest.raises(CrossCityError, match=rf"bad\.txt: characters {wrong.start} to {wrong.end} are not .*nothing was written"):
            load(store, reading("new.txt", THIRD), bad)
        assert store.nquads() == before


def test_what_holds_no_meeting_is_skipped_and_nothing_at_all_is_refused() -> None:
    empty = dataclasses.replace(reading("x.txt", THIRD), minutes=())
    with Store.open(":memory:") as store:
        with pytest.raises(CrossCityError, match=r"x\.txt: no meeting was found in it; check"):
            load(store, empty)
        assert store.nquads() == []
        summary = load(store, reading("a.txt", FIRST), empty)
        assert (summary.skipped, summary.documents) == (("x.txt",), 1)


def test_changed_rules_read_the_texts_in_the_store_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(":memory:") as store:
        load(store, reading("a.txt", FIRST), reading("b.txt", SECOND))
        monkeypatch.setattr(standing, "rules_digest", lambda: "other rules")
        summary = load(store, reading("a.txt", FIRST))
        assert (summary.read, summary.replaced, summary.documents) == (2, 0, 2)
        assert load(store, reading("a.txt", FIRST)).read == 0


def test_findings_of_documents_come_sorted() -> None:
    one, two = (Finding("a.txt", line, 1, "note", "x", "x") for line in (9, 2))
    with Store.open(":memory:") as store:
        summary = load(store, dataclasses.replace(reading("a.txt", FIRST), findings=(one, two)))
    assert summary.findings == (two, one)


def test_files_are_read_with_the_shipped_rules(tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(
        "2031雙北合作「河川公園組」第1次小組會議紀錄\n\n壹、時間：120年3月4日（星期二）下午2時\n\n貳、地點：臺北市政府工務局會議室\n\n"
        "參、主席：王科長大同\n\n紀錄：李小美\n\n肆、報告事項\n\n裁示：\n\n"
        "- 一、項次1「河岸自行車道照明改善」案，請新北市於下次會議報告，本案持續列管。\n\n伍、散會：下午3時\n",
        encoding="utf-8",
    )
    told: list[tuple[int, int, str]] = []
    with Store.open(tmp_path / "store", create=True) as store:
        summary = build.build([tmp_path], store, iris=store.iris, progress=lambda *step: told.append(step))
        assert (summary.documents, summary.meetings, summary.cases) == (1, 1, 1)
        assert summary.facts > 8
        assert summary.sentences > summary.unread
    assert told == [(1, 1, "minutes.txt"), (1, 1, "minutes.txt"), (1, 1, "雙北")]  # read, written, and its platform worked out
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert case_titles(store) == [["河岸自行車道照明改善"]]


_HASHED = """
import hashlib, sys
from graph.store import Store
from tests.graph.invented import load, reading
from tests.graph.test_build import FIRST, SECOND, THIRD
from tests.graph.test_named_rows import CORPUS
with Store.open(":memory:") as store:
    load(store, reading("a.txt", FIRST), reading("b.txt", SECOND, THIRD), *CORPUS)
    print(hashlib.sha256("\\n".join(store.nquads()).encode()).hexdigest())
"""


def test_hash_seeds_are_without_effect() -> None:
    root = Path(__file__).parents[2]
    digests = set()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        run = subprocess.run([sys.executable, "-c", _HASHED], capture_output=True, text=True, check=True, env=environment, cwd=root)
        digests.add(run.stdout.strip())
    assert len(digests) == 1
