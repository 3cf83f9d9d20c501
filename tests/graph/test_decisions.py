"""The file of judgements: lines that round-trip, errors that name their line, and a withdrawal that leaves the rest to the byte."""

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decisions import RELATIONS, VERDICTS, End, Judgement, append, fold_quote, load, withdraw
from ontology.errors import CrossCityError

ONE = Judgement("same", "case", End("m:1", "河岸步道", "ab12"), End("m:2", "河岸步道延伸", "cd34"), "林小河", "2024-03-05", "同一步道")
LINE = (
    '{"verdict": "same", "kind": "case", "first": {"meeting": "m:1", "quote": "河岸步道", "document": "ab12"}, '
    '"second": {"meeting": "m:2", "quote": "河岸步道延伸", "document": "cd34"}, "by": "林小河", "on": "2024-03-05", "why": "同一步道"}\n'
)

ends = st.builds(End, st.text(), st.text().filter(fold_quote), st.text())
judgements = st.tuples(
    st.sampled_from(VERDICTS), st.sampled_from(("case", "person")), ends, ends, st.text().filter(str.strip), st.dates(), st.text()
).map(lambda p: Judgement("same" if p[1] == "person" and p[0] in RELATIONS else p[0], p[1], p[2], p[3], p[4], p[5].isoformat(), p[6]))


def test_a_line_is_what_a_person_reads_in_a_diff(tmp_path: Path) -> None:
    append(tmp_path / "j.jsonl", ONE)
    assert (tmp_path / "j.jsonl").read_text(encoding="utf-8") == LINE


@given(st.lists(judgements, max_size=6))
def test_what_was_appended_is_loaded(tmp_path_factory: pytest.TempPathFactory, made: list[Judgement]) -> None:
    path = tmp_path_factory.mktemp("j") / "j.jsonl"
    path.touch()
    for judgement in made:
        append(path, judgement)
    assert load(path) == tuple(made)
    assert path.read_bytes().count(b"\n") == len(made)


@given(st.lists(judgements, max_size=4), judgements)
def test_withdrawing_what_was_appended_restores_the_bytes(
    tmp_path_factory: pytest.TempPathFactory, made: list[Judgement], last: Judgement
) -> None:
    path = tmp_path_factory.mktemp("j") / "j.jsonl"
    path.touch()
    for judgement in made:
        append(path, judgement)
    before = path.read_bytes()
    append(path, last)
    withdraw(path, last)
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == ["j.jsonl"]


def test_withdrawing_takes_the_last_of_equal_lines_and_keeps_the_form_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    odd = LINE.replace(": ", ":").replace("\n", "\r\n").encode()  # the same judgement, as another program wrote it
    path.write_bytes(odd + b"\n" + LINE.encode())
    withdraw(path, ONE)
    assert path.read_bytes() == odd + b"\n"
    withdraw(path, ONE)
    assert path.read_bytes() == b"\n"
    with pytest.raises(CrossCityError, match="is not in it"):
        withdraw(path, ONE)


def test_a_last_line_without_an_end_is_ended_first(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_text(LINE.rstrip("\n"), encoding="utf-8")
    append(path, ONE)
    assert path.read_text(encoding="utf-8") == LINE + LINE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither these modes nor links for everybody")
def test_withdrawing_keeps_the_file_s_mode_and_a_link_to_it(tmp_path: Path) -> None:
    path, link = tmp_path / "j.jsonl", tmp_path / "link.jsonl"
    path.write_text(LINE, encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    withdraw(link, ONE)
    assert link.is_symlink()
    assert path.read_bytes() == b""
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"same", "not JSON (column 1); write one judgement a line"),
        (b"\xff\xfe", "not UTF-8 text; save the file as UTF-8"),
        (b"<<<<<<< HEAD", "git left a conflict here; keep the lines of both sides"),
        (b"[]", "the line must have the keys verdict, kind, first, second, by, on, why, and no others"),
        (b'{"verdict": "same"}', "the line must have the keys"),
        (LINE.replace('"quote"', '"words"').encode(), "'first' must have the keys meeting, quote, document"),
        (LINE.replace('"m:2"', "2").encode(), "'meeting' is no text; put it in quotation marks"),
        (LINE.replace('"same"', '"alike"').encode(), "'verdict' is 'alike'; write one of same, not-same"),
        (LINE.replace('"case"', '"bridge"').encode(), "'kind' is 'bridge'; write one of case, person"),
        (LINE.replace("2024-03-05", "2024-02-30").encode(), "'2024-02-30' is no date; write it as 2021-06-30"),
        (LINE.replace("林小河", " ").encode(), "'by' is empty; say who decided"),
        (LINE.replace("河岸步道延伸", "「」").encode(), "a quote is empty; give the words"),
        (LINE.replace('"same", "kind": "case"', '"related", "kind": "person"').encode(), "'related' is said of cases only"),
    ],
)
def test_a_bad_line_is_told_with_file_and_line(line: bytes, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_bytes(LINE.encode() + b"\n" + line.rstrip(b"\n") + b"\n")
    with pytest.raises(CrossCityError) as raised:
        load(path)
    assert str(raised.value).startswith(f"{path}:3: {complaint}")
    assert ";" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_and_one_that_cannot_be_written_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CrossCityError, match="no such file of judgements; check the name"):
        load(tmp_path / "none.jsonl")
    with pytest.raises(CrossCityError, match=r"cannot be written \(.*\); name a file that you may write with --judgements"):
        append(tmp_path / "no" / "folder.jsonl", ONE)


def test_a_failed_withdrawal_leaves_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    append(tmp_path / "j.jsonl", ONE)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CrossCityError, match="cannot be written"):
        withdraw(tmp_path / "j.jsonl", ONE)
    assert load(tmp_path / "j.jsonl") == (ONE,)
    assert [found.name for found in tmp_path.iterdir()] == ["j.jsonl"]
