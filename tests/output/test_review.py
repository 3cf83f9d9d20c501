"""People decide: pairs are shown with their evidence, answers written at once and taken back, by hand, from a pipe and from a script."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from graph.decisions import Judgement, load
from graph.queue import waiting
from graph.settling import places, settle
from graph.store import Store
from output import terminal
from output.meetings import meetings_by_iri
from output.messages import LANGUAGES, Language
from output.messages import load as speak
from output.review import Desk, Terminal, review, say_candidate
from tests.graph.candidates import fill, node

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
CALL = "import sys; from output.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three candidates; tests only read it."""
    folder = tmp_path_factory.mktemp("waiting") / "kg"
    with Store.open(folder, create=True) as store:
        fill(store)
    return folder


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make these words the standard input."""

    def typed(words: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(words.encode()), encoding="ascii", errors="strict"))

    return typed


def walk(kg: Path, folder: Path, *lines: str, language: Language = "en", width: int = 80) -> tuple[tuple[Judgement, ...], str]:
    """Review the queue with these lines typed; what stands, and all that was shown."""
    shown: list[str] = []
    desk = Desk(folder / "j.jsonl", "林小河", "2024-03-05")
    with Store.open(kg, read_only=True) as store:
        queue, held = waiting(store), meetings_by_iri(store, speak(language))
    made = review(queue, desk, Terminal(iter(lines), shown.append, width), held, speak(language))
    return made, "\n".join(shown)


def test_each_answer_is_in_the_file_before_the_next_pair_is_shown(kg: Path, tmp_path: Path) -> None:
    file = tmp_path / "j.jsonl"
    seen: list[int] = []

    def typed() -> object:
        for line in ("s", "同一步道", "n", "", "u", "說不準"):
            seen.append(len(load(file)) if file.exists() else 0)
            yield line

    with Store.open(kg, read_only=True) as store:
        queue, stands = waiting(store), places(store)
    made = review(queue, Desk(file, "林小河", "2024-03-05"), Terminal(typed(), lambda _: None), {}, speak("en"))  # type: ignore[arg-type]
    assert seen == [0, 0, 1, 1, 2, 2]
    assert load(file) == made
    assert [(judgement.verdict, judgement.kind, judgement.why) for judgement in made] == [
        ("same", "case", "同一步道"),
        ("not-same", "case", ""),
        ("unsure", "person", "說不準"),
    ]
    assert {(judgement.by, judgement.on) for judgement in made} == {("林小河", "2024-03-05")}
    settled = settle(made, stands)
    assert [pairs[0][:2] for pairs in (settled.same, settled.apart, settled.unsure)] == [
        (pair.first.iri, pair.second.iri) for pair in queue
    ]


def test_undo_takes_the_line_out_and_shows_the_pair_again(kg: Path, tmp_path: Path) -> None:
    made, shown = walk(kg, tmp_path, "s", "", "z", "n", "一橋一路", "q")
    assert [judgement.verdict for judgement in made] == ["not-same"]
    assert load(tmp_path / "j.jsonl") == made
    assert "Taken back: same." in shown
    assert shown.count("1 of 3") == 2


def test_undo_goes_back_over_what_was_skipped_and_stops_at_the_first(kg: Path, tmp_path: Path) -> None:
    made, shown = walk(kg, tmp_path, "k", "z", "z", "s", "", "k", "k", "z", "z", "z", "q")
    assert made == ()
    assert (tmp_path / "j.jsonl").read_bytes() == b""
    assert shown.count("There is nothing to take back.") == 1


def test_the_last_answer_can_be_taken_back_too(kg: Path, tmp_path: Path) -> None:
    made, shown = walk(kg, tmp_path, "k", "k", "s", "", "z", "u", "", "")
    assert [judgement.verdict for judgement in made] == ["unsure"]
    assert shown.count("That was the last one.") == 2


@pytest.mark.parametrize("end", [("q",), (), ("x", "？")])
def test_quitting_and_the_end_of_the_input_keep_what_was_answered(end: tuple[str, ...], kg: Path, tmp_path: Path) -> None:
    made, shown = walk(kg, tmp_path, "Ｓ", "", *end)  # a full-width S, as an input method types it
    assert [judgement.verdict for judgement in made] == ["same"]
    assert shown.count("is none of s, n, u, k, z, q") == max(0, len(end) - ("q" in end))


def test_an_answer_whose_reason_never_comes_counts(kg: Path, tmp_path: Path) -> None:
    made, _ = walk(kg, tmp_path, "s")
    assert [(judgement.verdict, judgement.why) for judgement in made] == [("same", "")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 99, 100, 120])
def test_the_evidence_of_both_sides_is_shown_and_fits(language: Language, width: int, kg: Path) -> None:
    spoken = speak(language)
    with Store.open(kg, read_only=True) as store:
        pair, held = waiting(store)[0], meetings_by_iri(store, spoken)
    text = say_candidate(pair, 1, 3, held, spoken, width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    plain = "".join(text.split())
    for words in (
        "0.47",
        "步道、河岸" if language == "zh-Hant-TW" else "步道,河岸",
        "2020-03-10",
        "2020-06-10",
        "「河岸步道」",
        "「河岸步道延伸」",
    ):
        assert words in plain
    assert ("first.txt:" in plain) and ("second.txt:" in plain)
    assert spoken.term("outcome", "tracked").replace(" ", "") in plain
    assert spoken.term("reason", "same-group").replace(" ", "") in plain
    both = [line for line in text.splitlines() if "2020-03-10" in line and "2020-06-10" in line]
    assert bool(both) == (width >= 100)


def test_the_keys_are_shown_in_the_language(kg: Path, tmp_path: Path) -> None:
    assert "s same  n not the same  u unsure  k skip  z undo  q quit" in walk(kg, tmp_path)[1]
    assert "s 同一  n 不同  u 不確定  k 略過  z 復原  q 結束" in walk(kg, tmp_path, language="zh-Hant-TW")[1]


def test_the_command_says_what_was_written_and_what_applies_it(kg: Path, at: Path, run: Run, typing: Callable[[str], None]) -> None:
    typing("s\n同一步道\nq\n")
    status, out, err = run("review", "--store", kg, "--by", "林小河")
    assert (status, err) == (0, "")
    assert out.startswith("3 pairs wait for a decision. Each answer is written to judgements.jsonl at once, as decided by 林小河.")
    assert out.endswith(f"Written to judgements.jsonl: same: 1. 'crosscity build --store {kg}' applies it.\n")
    assert [judgement.why for judgement in load(at / "judgements.jsonl")] == ["同一步道"]
    typing("q\n")
    status, out, _ = run("review", "--store", kg, "--by", "林小河")
    assert out.startswith("2 pairs wait")
    assert out.endswith("Nothing was written.\n")
    typing("n\n\nn\n\n")
    run("review", "--store", kg, "--by", "林小河")
    assert run("review", "--store", kg) == (0, "Nothing waits for a decision.\n", "")
    assert len(load(at / "judgements.jsonl")) == 3


def test_a_bad_file_is_told_before_anything_is_asked(kg: Path, at: Path, run: Run) -> None:
    (at / "mine.jsonl").write_text("same\n", encoding="utf-8")
    for command in (("review",), ("judge", "步道延伸", "橋面", "--verdict", "same", "--by", "我", "--why", "")):
        status, out, err = run(*command, "--store", kg, "--judgements", "mine.jsonl")
        assert (status, out) == (2, "")
        assert err.startswith("crosscity: mine.jsonl:1: not JSON (column 1)")
    assert "不是 JSON" in run("--lang", "zh", "review", "--store", kg, "--judgements", "mine.jsonl")[2]
    assert (at / "mine.jsonl").read_text(encoding="utf-8") == "same\n"


def test_without_a_login_the_name_must_be_given(kg: Path, at: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nobody)
    status, _, err = run("review", "--store", kg)
    assert (status, err) == (2, "crosscity: it is not known who decides; give a name with --by\n")
    monkeypatch.setattr("getpass.getuser", lambda: "river")
    assert "as decided by river" in run("review", "--store", kg)[1]


def test_an_input_that_cannot_be_read_is_the_end_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stdin", Gone())
    assert list(terminal.answers()) == []
    monkeypatch.setattr(sys, "stdin", None)
    assert list(terminal.answers()) == []


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_pipe_of_answers_works_under_any_locale(locale: str, kg: Path, at: Path) -> None:
    typed = "s\r\n同一步道\r\nq\r\n".encode()
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": locale}
    command = [sys.executable, "-c", CALL, "review", "--store", str(kg), "--by", "林小河"]
    done = subprocess.run(command, input=typed, capture_output=True, env=settings, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    [judgement] = load(at / "judgements.jsonl")
    assert (judgement.by, judgement.why) == ("林小河", "同一步道")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_at_a_terminal_a_key_and_enter_decide(kg: Path, at: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm", "COLUMNS": "110"}
    command = [sys.executable, "-c", CALL, "review", "--store", str(kg), "--by", "河"]
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=settings)
    os.close(theirs)
    os.write(ours, "z\nn\n兩條路\n\x04".encode())
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the child has closed its end
        pass
    os.close(ours)
    assert child.wait(timeout=60) == 0
    text = shown.decode()
    assert "There is nothing to take back." in text
    assert "Written to judgements.jsonl: not the same: 1." in text
    assert [judgement.why for judgement in load(at / "judgements.jsonl")] == ["兩條路"]


def judge(run: Run, kg: Path, first: str, second: str, verdict: str = "same", *more: str) -> tuple[int, str, str]:
    return run("judge", first, second, "--store", kg, "--verdict", verdict, "--by", "林小河", "--why", "看過原文", *more)


def test_judge_ties_two_cases_at_their_events(kg: Path, at: Path, run: Run) -> None:
    status, out, err = judge(run, kg, "步道延伸", "橋面", "splits-from", "--on", "2024-03-05")
    assert (status, err) == (0, "")
    assert "「河岸步道延伸」 (2020-06-10, second.txt:" in out
    assert "— splits from — 「橋面燈光」 (2020-06-10, second.txt:" in out
    [judgement] = load(at / "judgements.jsonl")
    assert (judgement.verdict, judgement.on, judgement.why) == ("splits-from", "2024-03-05", "看過原文")
    assert (judgement.first.quote, judgement.second.quote) == ("河岸步道延伸", "橋面燈光")


def test_judge_takes_iris_and_people(kg: Path, at: Path, run: Run) -> None:
    with Store.open(kg, read_only=True) as store:
        trail, lights = node(store, "河岸步道", "2020-1"), node(store, "橋面燈光", "2020-2")
        chairs = [row[0] for row in store.select("SELECT ?p { ?p a foaf:Person } ORDER BY ?p").rows]
        stands = places(store)
    assert judge(run, kg, trail, lights)[0] == 0
    assert judge(run, kg, *chairs, "not-same")[0] == 0
    settled = settle(load(at / "judgements.jsonl"), stands)
    assert [pair[:2] for pair in settled.same] == [(trail, lights)]
    assert [pair[2].kind for pair in settled.apart] == ["person"]


def test_of_two_cases_the_events_nearest_in_time_are_taken(at: Path, store_folder: Path, run: Run) -> None:
    assert judge(run, store_folder, "照明", "看板", "related")[0] == 0
    [judgement] = load(at / "judgements.jsonl")
    assert judgement.first.meeting == judgement.second.meeting
    assert judgement.first.meeting.endswith("2023-1")


@pytest.mark.parametrize(
    ("first", "second", "more", "complaint"),
    [
        ("太空電梯", "跨橋", (), "no case fits '太空電梯'"),
        ("http://example.org/x", "跨橋", (), "no case event, participation, case or person fits 'http://example.org/x'"),
        ("http://example.org/ x>", "跨橋", (), "no case event, participation, case or person fits"),
        ("跨橋", "跨橋燈飾", (), "'跨橋' and '跨橋燈飾' are one thing here; name two of its parts"),
        ("跨橋", "橋面", ("--on", "昨天"), "'昨天' is not a date; write it as 2021-06-30"),
        ("王大同", "跨橋", (), "2 people are called '王大同'; choose one of the above by its IRI"),
    ],
)
def test_judge_says_what_it_cannot_do(first: str, second: str, more: tuple[str, ...], complaint: str, kg: Path, at: Path, run: Run) -> None:
    status, out, err = judge(run, kg, first, second, "same", *more)
    assert (status, out) == (2, "")
    assert f"crosscity: {complaint}" in err
    assert list(at.iterdir()) == []


def test_judge_keeps_people_and_cases_apart(kg: Path, at: Path, run: Run) -> None:
    with Store.open(kg, read_only=True) as store:
        chairs = [row[0] for row in store.select("SELECT ?p { ?p a foaf:Person } ORDER BY ?p").rows]
    assert "are a case and a person; name two cases or two people" in judge(run, kg, chairs[0], "跨橋")[2]
    assert "related is said of cases only" in judge(run, kg, *chairs, "related")[2]
    assert list(at.iterdir()) == []
