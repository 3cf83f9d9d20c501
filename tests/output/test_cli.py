"""The command line: what each command prints, in both languages, at a terminal's width, into pipes, and in its help."""

import contextlib
import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from graph import named
from output import cli, messages
from output.cli import make_command
from output.messages import LANGUAGES, Language, load

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parent.parent.parent
ENDLESS = "crosscity serve"  # tests/output/test_service_*.py run it
EXAMPLE = re.compile(r"^(?:Example: |範例：)(crosscity .+)$")


def commands(language: Language) -> Iterator[tuple[str, object]]:
    """Each command of the tree with its path."""
    yield from _below(make_command(load(language)), "crosscity")


def _below(command: object, path: str) -> Iterator[tuple[str, object]]:
    yield path, command
    for name, below in command.commands.items() if isinstance(command, TyperGroup) else ():
        yield from _below(below, f"{path} {name}")


def examples(language: Language) -> dict[str, str]:
    """The example line of each command's help."""
    found = {}
    for path, command in commands(language):
        assert isinstance(command, TyperCommand | TyperGroup)
        line = EXAMPLE.match((command.help or "").splitlines()[-1])
        assert line, f"{path}: its help ends with no example"
        found[path] = line[1]
    return found


def test_both_languages_show_the_same_examples() -> None:
    assert examples("en") == examples("zh-Hant-TW")
    assert len(examples("en")) >= 15


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, a store ``kg`` of them, and their ``parts``."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "examples").symlink_to(ROOT / "examples")
    assert cli.main(["read", str(folder / "examples"), "-o", str(folder / "parts")]) == 0
    assert cli.main(["build", str(folder / "examples"), "--store", str(folder / "kg")]) == 0
    return folder


@pytest.mark.parametrize(("path", "line"), [each for each in examples("en").items() if each[0] != ENDLESS])
def test_the_example_of_each_help_runs(path: str, line: str, workplace: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert line.startswith(path)
    monkeypatch.chdir(workplace)
    status, out, err = run(*shlex.split(line)[1:])
    assert (status, "Traceback" in err) == (0, False)
    assert out or "written" in err


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_help_is_in_the_language_and_fits_80_columns(language: Language, run: Run) -> None:
    for path, _ in commands(language):
        status, out, _ = run("--lang", language, *path.split()[1:], "--help")
        assert status == 0
        assert max(map(cell_len, out.splitlines())) <= 80
        assert ("範例：" in out) == (language == "zh-Hant-TW")
        assert "\x1b" not in out


def test_no_help_is_cut_where_a_line_is_full(run: Run) -> None:
    """Chinese has no spaces to wrap at, which Typer's tables wait for."""
    out = run("--lang", "zh", "report", "vanished", "--help")[1]
    rows = [re.split(r"\s{2,}", line.strip("│ "))[-1].strip() for line in out.splitlines()]
    said = messages.load("zh-Hant-TW").words
    for option in ("platform", "agency", "group", "as_of", "output"):
        assert said[f"option.{option}"].replace(" ", "") in "".join(rows).replace(" ", "")


def test_every_message_has_words_in_every_language() -> None:
    assert len(messages.entries()) > 150
    room = re.compile(r"\{(\w+)")
    for key, said in messages.entries().items():
        assert set(said) == set(LANGUAGES), key
        assert all(words.strip() for words in said.values()), key
        assert set(room.findall(said["en"])) == set(room.findall(said["zh-Hant-TW"])), key


OF_TYPER = {"no-command", "no-option", "no-argument", "missing-option", "needs-value", "extra", "not-one-of"}


def test_complaints_are_translated_from_the_words_that_the_program_says() -> None:
    said = "".join(file.read_text(encoding="utf-8") for top in ("graph", "loaders", "output") for file in (ROOT / top).rglob("*.py"))
    known = {key.removeprefix("complaint."): words["en"] for key, words in messages.entries().items() if key.startswith("complaint.")}
    assert set(known) >= OF_TYPER
    for key, words in known.items():
        for part in re.split(r"\{\w+\}", words) if key not in OF_TYPER else ():
            assert part.strip(" ';:")[:11] in said, f"complaint.{key}: nothing says {part!r}"


def test_every_named_query_has_its_question_in_both_languages() -> None:
    for name in named.names():
        assert f"question.{name}" in messages.entries()
        asked = re.sub(r"\n#   ", " ", named.text(name)).splitlines()[0].removeprefix("# Question: ")
        assert messages.entries()[f"question.{name}"]["en"] == asked


def test_without_words_the_program_shows_its_help(run: Run) -> None:
    assert run() == run("--help")
    assert run("report") == run("report", "--help")


def test_the_version(run: Run) -> None:
    status, out, _ = run("--version")
    assert status == 0
    assert re.fullmatch(r"crosscity \d+\.\d+\.\d+\S*\n", out)


def test_build_tells_what_was_read_and_building_again_changes_nothing(minutes: Path, tmp_path: Path, run: Run) -> None:
    status, out, err = run("build", minutes, "--store", tmp_path / "kg")
    assert (status, err) == (0, "")
    assert "Read 2 documents anew" in out
    assert "holds 2 meetings from 2 documents" in out
    assert "Cases: 2, agencies: 4, people: 4" in out
    assert "Sentences: 28, unread: 0." in out
    before = run("export", "--format", "nq", "--store", tmp_path / "kg")
    status, out, _ = run("build", minutes, "--store", tmp_path / "kg")
    assert "Read 0 documents anew" in out
    assert run("export", "--format", "nq", "--store", tmp_path / "kg") == before
    assert [path.name for path in tmp_path.iterdir()] == ["kg"]


def test_build_into_an_empty_folder_that_one_stands_in(minutes: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inode = tmp_path.stat().st_ino
    assert run("build", minutes, "--store", ".")[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["crosscity.json", "oxigraph-1", "writer.lock"]
    assert tmp_path.stat().st_ino == inode
    assert run("query", "cases", "--store", ".", "--format", "csv")[0] == 0


def test_build_with_error_findings_ends_with_1(minutes: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "novel.txt").write_text("從前有一個人，住在海邊。\n", encoding="utf-8")
    status, out, err = run("build", minutes, tmp_path / "novel.txt", "--store", tmp_path / "kg")
    assert status == 1
    assert "No meeting in: novel.txt." in out
    assert re.search(r"^novel\.txt:1:1: error not-minutes: no title", err, re.MULTILINE)
    _, _, err = run("build", minutes, tmp_path / "novel.txt", "--store", tmp_path / "kg", "--lang", "zh-Hant-TW")
    assert "novel.txt:1:1: error not-minutes: 找不到會議紀錄的標題" in err


def test_build_takes_a_base(minutes: Path, tmp_path: Path, run: Run) -> None:
    assert run("build", minutes, "--store", tmp_path / "kg", "--base", "https://example.org/kg/")[0] == 0
    _, out, _ = run("query", "meetings", "--store", tmp_path / "kg", "--format", "csv")
    assert all(row["meeting"].startswith("https://example.org/kg/meeting/") for row in csv.DictReader(io.StringIO(out)))


def test_check_writes_nothing_and_shows_shares(minutes: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, _ = run("check", minutes)
    assert status == 0
    assert out.count("100.0%") == 3
    assert list(tmp_path.iterdir()) == []


def test_check_lists_the_unread(minutes: Path, tmp_path: Path, run: Run) -> None:
    text = (minutes / "first.txt").read_text(encoding="utf-8").replace("本案列管，", "昨日天空甚藍。本案列管，")
    (tmp_path / "odd.txt").write_text(text, encoding="utf-8")
    line = next(number for number, words in enumerate(text.splitlines(), 1) if "天空" in words)
    _, out, _ = run("check", tmp_path / "odd.txt", "--unread")
    listed = [found for found in out.splitlines() if found.startswith("odd.txt:")]
    assert all(re.match(r"odd\.txt:\d+:\d+: \S", found) for found in listed)
    assert bool(listed) == ("100.0%" not in out)
    assert not listed or any(found.startswith(f"odd.txt:{line}:") for found in listed)


def test_query_alone_lists_the_names(run: Run) -> None:
    status, out, _ = run("query")
    assert status == 0
    assert all(re.search(rf"^{name}\s", out, re.MULTILINE) for name in named.names())
    assert "每次會議如何處理每一案？" in run("query", "--lang", "zh_TW")[1]


def test_named_queries_in_every_format(store_folder: Path, run: Run) -> None:
    asked = ("query", "cases", "--store", store_folder, "--format")
    rows = list(csv.DictReader(io.StringIO(run(*asked, "csv")[1])))
    assert [row["title"] for row in rows] == ["公車轉乘資訊共用看板", "跨河自行車道夜間照明改善"]
    bindings = json.loads(run(*asked, "json")[1])["results"]["bindings"]
    assert [{name: term["value"] for name, term in row.items()} for row in bindings] == rows
    assert bindings[0]["case"]["type"] == "uri"
    tree = ElementTree.fromstring(run(*asked, "xml")[1])
    assert len(tree.findall(".//{*}result")) == 2
    assert run(*asked, "md")[1].count("\n") == 4
    assert max(map(cell_len, run(*asked, "table")[1].splitlines())) <= 80


def test_files_and_inline_queries_of_every_form(store_folder: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "ask.rq").write_text("\ufeffASK { ?x a cc:Case }", encoding="utf-8")
    assert run("query", tmp_path / "ask.rq", "--store", store_folder, "--format", "csv")[1] == "answer\ntrue\n"
    assert json.loads(run("query", tmp_path / "ask.rq", "--store", store_folder, "--format", "json")[1]) == {"head": {}, "boolean": True}
    construct = "CONSTRUCT { ?x dct:title ?t } { ?x a cc:Case ; dct:title ?t }"
    status, out, _ = run("query", "-e", construct, "--store", store_folder)
    assert status == 0
    assert out.count("dct:title") == 2
    assert len(json.loads(run("query", "-e", construct, "--store", store_folder, "--format", "json")[1])) == 2
    assert "<rdf:RDF" in run("query", "-e", construct, "--store", store_folder, "--format", "xml")[1]
    assert run("query", "-e", construct, "--store", store_folder, "--format", "csv")[1].startswith("subject,predicate,object\n")
    described = run("query", "-e", "DESCRIBE ?d { ?d a eli:Expression }", "--store", store_folder)[1]
    assert "\\n\\n壹、時間" in described


def test_the_store_may_be_named_by_the_environment(store_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSCITY_STORE", str(store_folder))
    assert run("query", "cases", "--format", "csv")[0] == 0


def test_the_locale_chooses_the_language(store_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert "各案及其後續" in run("report", "cases", "--store", store_folder)[1]
    assert "Cases and what" in run("report", "cases", "--store", store_folder, "--lang=en")[1]
    assert "沒有案件符合「太空電梯」" in run("report", "case", "太空電梯", "--store", store_folder)[2]


@pytest.mark.parametrize(("page", "words"), [("collaboration", "Which agencies"), ("lineage", "How did each case fare")])
def test_view_writes_a_page_in_the_language(page: str, words: str, store_folder: Path, tmp_path: Path, run: Run) -> None:
    status, out, err = run("view", page, "--store", store_folder, "-o", tmp_path / "page.html")
    assert (status, out) == (0, "")
    assert err.endswith("page.html: written\n")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in text
    assert words in text


def start(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    call = "import sys; from output.cli import main; sys.exit(main())"
    settings = {**{key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", call, *map(str, arguments)], capture_output=True, env={**settings, **environment})


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"LC_ALL": "C", "PYTHONIOENCODING": "big5"}],
)
def test_pipes_and_files_are_utf_8_under_any_locale(locale: dict[str, str], store_folder: Path, tmp_path: Path) -> None:
    done = start("report", "case", "照明", "--store", store_folder, **locale)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "跨河自行車道夜間照明改善" in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout
    done = start("report", "cases", "--store", store_folder, "--format", "csv", "-o", tmp_path / "cases.csv", **locale)
    assert done.returncode == 0
    assert "夜間照明" in (tmp_path / "cases.csv").read_text(encoding="utf-8")


def test_a_reader_that_stops_early_is_no_error(store_folder: Path) -> None:
    call = f"{shlex.quote(sys.executable)} -c 'import sys; from output.cli import main; sys.exit(main())'"
    line = f"{call} query evidence --store {shlex.quote(str(store_folder))} | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_each_shell(shell: str) -> None:
    done = start(_CROSSCITY_COMPLETE=f"source_{shell}")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"_CROSSCITY_COMPLETE" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_progress_is_shown_at_a_terminal_only(minutes: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    call = "import sys; from output.cli import main; sys.exit(main())"
    arguments = ["build", str(minutes), "--store", str(tmp_path / "kg")]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm"}
    done = subprocess.run([sys.executable, "-c", call, *arguments], stdout=subprocess.PIPE, stderr=theirs, env=settings, timeout=60)
    os.close(theirs)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    shown = b""
    with contextlib.suppress(OSError):  # where the other end is closed, Linux says so after the last of it
        while more := os.read(ours, 100_000):
            shown += more
    assert "1/1" in shown.decode() and "雙北" in shown.decode()  # the platform that was worked out last
    os.close(ours)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(
    ("rows", "pager", "paged"), [(10, "tee", True), (500, "tee", False), (10, "", False), (10, "no-such-pager", False)]
)
def test_what_is_longer_than_the_screen_goes_through_the_pager(
    rows: int, pager: str, paged: bool, store_folder: Path, tmp_path: Path
) -> None:
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 90, 0, 0))
    call = "import sys; from output.cli import main; sys.exit(main())"
    arguments = ["query", "mentions", "--store", str(store_folder)]
    kept = tmp_path / "paged"
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm", "PAGER": f"{pager} {kept}" if pager else ""}
    settings.pop("COLUMNS", None)
    settings.pop("LINES", None)
    said = bytearray()
    started = subprocess.Popen([sys.executable, "-c", call, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=settings)
    os.close(theirs)
    with contextlib.suppress(OSError):  # the terminal is gone with its last program
        while piece := os.read(ours, 65536):
            said += piece
    os.close(ours)
    assert started.wait(60) == 0
    assert kept.exists() == paged
    assert "新北市政府" in said.decode("utf-8")
    if paged:
        assert kept.read_text("utf-8").count("\n") > rows


def test_a_pipe_is_never_paged(store_folder: Path, tmp_path: Path) -> None:
    done = start("query", "mentions", "--store", str(store_folder), PAGER=f"tee {tmp_path / 'paged'}", LINES="3")
    assert done.returncode == 0
    assert not (tmp_path / "paged").exists()


def test_minutes_are_read_once_and_loaded_into_any_store(run: Run, minutes: Path, store_folder: Path, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    status, out, _ = run("read", minutes, "-o", parts)
    files = len(list(minutes.iterdir()))
    assert (status, out.splitlines()[0]) == (0, f"Read {files} files into {parts}; 0 had been read before.")
    assert run("read", minutes, "-o", parts)[1].startswith(f"Read 0 files into {parts}; {files} had been read before.")
    for name in ("one", "other"):
        status, out, _ = run("load", parts, "--store", tmp_path / name)
        assert (status, out.splitlines()[0]) == (0, f"Read {files} documents anew (0 in place of older text); 0 had not changed.")
        assert run("export", "--store", tmp_path / name, "--format", "nq") == run("export", "--store", store_folder, "--format", "nq")


@pytest.mark.parametrize(("form", "unbound"), [("csv", "x,y\n,2\n"), ("md", "|  | 2 |"), ("xml", '<binding name="y">'), ("table", "2")])
def test_what_is_unbound_is_empty(form: str, unbound: str, store_folder: Path, run: Run) -> None:
    status, out, _ = run("query", "-e", "SELECT ?x (2 AS ?y) {}", "--store", store_folder, "--format", form)
    assert (status, unbound in out, "None" in out) == (0, True, False)
