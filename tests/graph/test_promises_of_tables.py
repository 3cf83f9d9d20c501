"""A tracking table's 辦理情形 answers what earlier meetings asked, and what its own row tells again, as a report in prose does."""

from pathlib import Path

import pytest

from graph.build import build
from graph.store import Store

SECOND = """2031 雙北合作「水岸河川組」第 2 次小組會議紀錄
壹、時間：民國 120 年 3 月 5 日 下午 2 時
貳、討論事項：
案由一：堤頂自行車道照明
決議：本案持續列管，請新北市政府水利局於下次會議提出燈具清單。
參、散會。
"""
THIRD = """2031 雙北合作「水岸河川組」第 3 次小組會議紀錄
壹、時間：民國 120 年 6 月 5 日 下午 2 時
貳、列管案件：

{table}

參、散會。
"""
ASKED = "請新北市政府水利局於下次會議提出燈具清單。"
DONE = "燈具清單已於5月20日函送兩市。"


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def table(headings: tuple[str, ...], *cells: str) -> str:
    drawn = row(*("---" for _ in headings))
    return THIRD.format(table="\n".join((row(*headings), drawn, row(*cells))))


def states(folder: Path, *texts: str) -> list[tuple[str, ...]]:
    """Each directive's meeting, state, meeting of the report, and its words, in the order of meetings."""
    for at, text in enumerate(texts):
        (folder / f"{at}.txt").write_text(text, "utf-8")
    with Store.open(":memory:") as store:
        build([folder], store, iris=store.iris)
        return sorted(
            store.select(
                "SELECT ?asked ?state ?told ?quote { ?d a cc:Directive ; cc:state ?state ; cc:meeting/cc:ordinal ?asked ."
                " OPTIONAL { ?d cc:reportedAt/cc:ordinal ?told ; cc:reportEvidence/oa:hasSelector/oa:exact ?quote } }"
            ).rows
        )


@pytest.mark.parametrize(("cell", "state"), [(DONE, "reported"), ("燈具清單初步完成，其餘辦理中。", "partly")])
def test_a_cell_answers_an_earlier_meeting(cell: str, state: str, tmp_path: Path) -> None:
    third = table(("案名", "辦理情形", "決議"), "堤頂自行車道照明", cell, "持續列管。")
    assert states(tmp_path, SECOND, third) == [("2", state, "3", cell)]


@pytest.mark.parametrize("heading", ["第二次會議決議", "決議"])
def test_what_a_table_tells_again_is_the_same_promise(heading: str, tmp_path: Path) -> None:
    third = table(("案名", heading, "辦理情形"), "堤頂自行車道照明", ASKED, DONE)
    assert states(tmp_path, SECOND, third) == [("2", "reported", "3", DONE), ("3", "reported", "3", DONE)]


def test_a_table_alone_tells_what_was_asked_and_its_report(tmp_path: Path) -> None:
    third = table(
        ("案名", "前次會議決議", "辦理情形", "本次會議決議"), "堤頂自行車道照明", ASKED, DONE, "請新北市政府水利局於7月前更換燈桿。"
    )
    assert states(tmp_path, third) == [("3", "not-yet-due", "", ""), ("3", "reported", "3", DONE)]


@pytest.mark.parametrize("cell", ["", "無", "將於下月提出清單。", "兩市已各加入五人。"])
def test_telling_again_hides_no_silence(cell: str, tmp_path: Path) -> None:
    third = table(("案名", "第二次會議決議", "辦理情形"), "堤頂自行車道照明", ASKED, cell)
    assert states(tmp_path, SECOND, third) == [("2", "unreported", "", ""), ("3", "unreported", "", "")]


def test_a_ruling_behind_the_report_is_this_meetings_own(tmp_path: Path) -> None:
    third = table(("案名", "辦理情形", "決議"), "堤頂自行車道照明", "", ASKED)
    assert states(tmp_path, SECOND, third) == [("2", "superseded", "3", ASKED), ("3", "not-yet-due", "", "")]
