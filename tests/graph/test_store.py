"""The store: opening, asking, replacing, and the messages for folders that cannot be one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from graph.folder import MARKER
from graph.store import Store
from ontology.errors import CrossCityError

G1, G2 = "http://example.org/g1", "http://example.org/g2"


def quad(subject: str, value: str, graph: str = G1) -> str:
    return f"<http://example.org/{subject}> <http://example.org/p> {value} <{graph}> ."


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_store_on_disk_keeps_what_was_written(tmp_path: Path) -> None:
    place = tmp_path / "new" / "store"
    lines = [quad("a", '"x"'), quad("a", '"臺\\n\\"b\\"\\\\"'), quad("b", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', G2)]
    with Store.open(place, create=True, base="https://example.org/id/") as store:
        for graph in (G1, G2):
            store.replace(graph, [line for line in lines if line.endswith(f"<{graph}> .")])
    with Store.open(place, read_only=True) as store:
        assert store.nquads() == sorted(lines)
        assert store.graphs() == (G1, G2)
        assert store.iris.base == "https://example.org/id/"


def test_replacing_touches_one_graph_and_is_idempotent() -> None:
    with Store.open(":memory:") as store:
        store.replace(G1, [quad("a", '"old"'), quad("a", '"kept"')])
        store.replace(G2, [quad("a", '"other"', G2)])
        store.replace(G1, [quad("a", '"kept"'), quad("a", '"new"')])
        once = store.nquads()
        store.replace(G1, [quad("a", '"new"'), quad("a", '"kept"')])
        assert store.nquads() == once == sorted([quad("a", '"kept"'), quad("a", '"new"'), quad("a", '"other"', G2)])
        store.replace(G1, [])
        assert store.graphs() == (G2,)


def test_many_graphs_are_replaced_in_any_order(tmp_path: Path) -> None:
    names = [f"http://example.org/{number}" for number in range(600)]
    lines = {name: [quad("a", f'"{name}"', name), quad("b", '"一\u2028二"', name)] for name in names}
    with Store.open(tmp_path / "kg", create=True) as store:
        store.replace(names[0], [quad("a", '"old"', names[0])])
        ordered = store.best_order(names)
        assert ordered != names and sorted(ordered) == sorted(names)
        assert ordered == store.best_order(reversed(names))
        store.replace_all((name, "".join(f"{line}\n" for line in lines[name]).encode()) for name in ordered)
        assert store.nquads() == sorted(line for each in lines.values() for line in each)
    with Store.open(":memory:") as store:
        assert store.best_order(names) == names


def test_without_room_to_ask_for_an_order_any_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"http://example.org/{number}" for number in range(600)]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with Store.open(tmp_path / "kg", create=True) as store:
        assert store.best_order(names) == names


@pytest.mark.parametrize("lines", [[quad("a", '"x"', G2), ""], [quad("a", '"x"'), quad("a", '"x"', G2), ""], [quad("a", '"x"')]])
def test_lines_of_another_graph_or_cut_short_are_refused(lines: list[str]) -> None:
    with Store.open(":memory:") as store, pytest.raises(ValueError, match="another graph"):
        store.replace_all([(G1, "\n".join(lines).encode())])


def test_a_bad_line_changes_nothing() -> None:
    with Store.open(":memory:") as store:
        store.replace(G1, [quad("a", '"kept"')])
        with pytest.raises(SyntaxError):
            store.replace(G1, [quad("a", '"new"'), f"not a quad <{G1}> ."])
        with pytest.raises(ValueError, match="another graph"):
            store.replace(G1, [quad("a", '"new"', G2)])
        assert store.nquads() == [quad("a", '"kept"')]


def test_every_form_of_query_sees_all_graphs_as_one() -> None:
    with Store.open(":memory:") as store:
        store.replace(G1, [quad("a", '"x"@zh-Hant-TW')])
        store.replace(G2, [quad("b", '"y"', G2)])
        assert store.select("SELECT ?o ?none { ?s ?p ?o } ORDER BY ?s").rows == (("x", ""), ("y", ""))
        assert store.query("ASK { <http://example.org/b> ?p 'y' }").askAnswer
        assert len(store.query("CONSTRUCT WHERE { ?s ?p ?o }").graph or ()) == 2
        assert len(store.query("DESCRIBE <http://example.org/a>").graph or ()) == 1
        assert len(store.query("SELECT * { ?s ?p ?o }")) == 2
        assert len(store.dataset()) == 2


def test_a_dataset_clause_is_obeyed() -> None:
    with Store.open(":memory:") as store:
        store.replace(G1, [quad("a", '"x"')])
        store.replace(G2, [quad("b", '"y"', G2)])
        asked = f"SELECT ?o FROM <{G2}> {{ ?s ?p ?o }}"
        assert store.select(asked).rows == (("y",),)
        assert [str(row[0]) for row in store.query(asked)] == ["y"]


@pytest.mark.parametrize(("value", "kind"), [("14:20:00", "time"), ("2019-07", "gYearMonth"), ("2019", "gYear"), ("false", "boolean")])
def test_lexical_forms_come_as_written(value: str, kind: str) -> None:
    with Store.open(":memory:") as store:
        store.replace(G1, [quad("a", f'"{value}"^^<http://www.w3.org/2001/XMLSchema#{kind}>')])
        assert store.select("SELECT ?o { ?s ?p ?o }").rows == ((value,),)


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELEC ?x {}", r"does not parse \(error at 1:.*correct it"),
        ("ASK {}", "a table needs a SELECT query"),
        ("SELECT (xsd:integer0(1) AS ?x) {}", r"cannot be answered \(The custom function .*integer0"),
        ("SELECT * " + "{" * 5000 + "}" * 5000, "nests deeper than 500"),  # it ended the process
        ("SELECT (" + "!" * 50000 + "1 AS ?x) {}", "nests deeper than 500"),
        ("SELECT * { ?s ?p '\ud800' }", r"half a character \(U\+D800\)"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "SERVICE asks another server"),
    ],
)
def test_a_wrong_query_is_told_in_one_line(sparql: str, message: str) -> None:
    with Store.open(":memory:") as store:
        for ask in (store.select, store.query) if "needs a" not in message else (store.select,):
            with pytest.raises(CrossCityError, match=message) as caught:
                ask(sparql)
            assert "\n" not in str(caught.value)


def test_what_is_unbound_is_written_in_every_form() -> None:
    with Store.open(":memory:") as store:
        asked = store.query("SELECT ?x (1/0 AS ?y) (2 AS ?z) {}")
        assert [sorted(map(str, row)) for row in asked.bindings] == [["z"]]
        assert (asked.serialize(format="xml") or b"").count(b"<binding") == 1


def test_many_brackets_side_by_side_are_not_deep() -> None:
    with Store.open(":memory:") as store:
        assert len(store.select("SELECT * { VALUES (?x) { " + "(1) " * 3000 + "('(((') } }").rows) == 3001


def test_queries_cannot_write() -> None:
    with Store.open(":memory:") as store:
        store.replace(G1, [quad("a", '"x"')])
        with pytest.raises(CrossCityError, match="changes data"):
            store.query("DROP ALL")
        assert store.nquads() == [quad("a", '"x"')]


@pytest.mark.parametrize("files", [{"notes.txt": "mine"}, {MARKER: "not json"}, {MARKER: '{"store": "x"}'}, {MARKER: "[]"}])
@pytest.mark.parametrize("how", [{"create": True}, {"read_only": True}, {}])
def test_a_foreign_folder_is_left_alone(tmp_path: Path, files: dict[str, str], how: dict[str, bool]) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(CrossCityError, match=r"foreign store.*name an empty or new folder"):
        Store.open(tmp_path, **how)
    assert contents(tmp_path) == before


def test_a_missing_store_is_not_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(CrossCityError, match=r"there is no store; make one with 'crosscity build PATH --store"):
        Store.open(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_file_and_an_impossible_place_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CrossCityError, match="is a file, and a store is a folder"):
        Store.open(tmp_path / "file", create=True)
    with pytest.raises(CrossCityError, match=r"cannot be used as a store .*name a folder that you may write to"):
        Store.open(tmp_path / "file" / "below", create=True)


def test_a_store_without_facts_says_so(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    for path in (tmp_path / "s" / "oxigraph-1").iterdir():
        path.unlink()
    with pytest.raises(CrossCityError, match="holds no facts yet; run 'crosscity build"):
        Store.open(tmp_path / "s", read_only=True)


def test_a_newer_store_and_another_base_are_refused(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    with pytest.raises(CrossCityError, match=r"its IRIs start with https://w3id\.org/crosscity/id/, not urn:x"):
        Store.open(tmp_path / "s", base="urn:x")
    (tmp_path / "s" / MARKER).write_text(json.dumps({"store": 99, "base": "urn:x/"}), encoding="utf-8")
    with pytest.raises(CrossCityError, match=r"newer crosscity \(store version 99\); upgrade"):
        Store.open(tmp_path / "s")


def test_a_second_writer_is_refused_in_one_line(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True):
        with pytest.raises(CrossCityError, match="another crosscity is using this store; wait"):
            Store.open(tmp_path / "s")
        run = subprocess.run(
            [sys.executable, "-c", f"from graph.store import Store\nStore.open({str(tmp_path / 's')!r})"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert "another crosscity is using this store" in run.stderr
    Store.open(tmp_path / "s").close()


def test_readers_go_on_while_a_writer_writes_and_see_nothing_of_it_until_it_ends(tmp_path: Path) -> None:
    place = tmp_path / "s"
    with Store.open(place, create=True) as store:
        store.replace(G1, [quad("a", '"old"')])
    with Store.open(place, read_only=True) as early:
        with Store.open(place) as writer:
            writer.replace(G1, [quad("a", '"new"')])
            writer.flush()
            with Store.open(place, read_only=True) as late:
                assert late.nquads() == early.nquads() == [quad("a", '"old"')]
        with Store.open(place, read_only=True) as after:
            assert after.nquads() == [quad("a", '"new"')]
        for number in range(3):  # generations come and go beside a reader that holds one
            with Store.open(place) as writer:
                writer.replace(G2, [quad("a", f'"{number}"', G2)])
        assert early.nquads() == [quad("a", '"old"')]
        assert len(list(place.glob("oxigraph-*"))) == 2
    with Store.open(place) as writer:
        assert writer.nquads() == sorted([quad("a", '"new"'), quad("a", '"2"', G2)])
    assert len(list(place.glob("oxigraph-*"))) == 1


def test_a_block_that_an_error_ends_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True) as store:
        store.replace(G1, [quad("a", '"old"')])
    before = (tmp_path / "s" / MARKER).read_bytes()
    with pytest.raises(KeyError), Store.open(tmp_path / "s") as store:
        store.replace(G1, [])
        raise KeyError
    assert (tmp_path / "s" / MARKER).read_bytes() == before
    assert len(list((tmp_path / "s").glob("oxigraph-*"))) == 1
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert store.nquads() == [quad("a", '"old"')]


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """RLIMIT_FSIZE stands for the disk: a write beyond it fails as one to a full disk does."""
    place = tmp_path / "s"
    with Store.open(place, create=True) as store:
        store.replace(G1, [quad("a", '"old"')])
    fill = f"""
import resource, signal
from graph.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store.open({str(place)!r}) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    store.replace({G1!r}, [f'<http://example.org/{{n}}> <http://example.org/p> "{{n * 7919}}" <{G1}> .' for n in range(20_000)])
"""
    run = subprocess.run(
        [sys.executable, "-c", fill],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.returncode != 0, run.stderr
    with Store.open(place, read_only=True) as store:
        assert store.nquads() == [quad("a", '"old"')]
    with Store.open(place) as store:
        store.replace(G1, [quad("a", '"new"')])
    assert len(list(place.glob("oxigraph-*"))) == 1


def test_a_store_of_the_version_before_is_read_and_taken_over(tmp_path: Path) -> None:
    place = tmp_path / "s"
    place.mkdir()
    (place / MARKER).write_text(json.dumps({"store": 1, "base": "urn:x/"}), encoding="utf-8")
    with pytest.raises(CrossCityError, match="holds no facts yet"):
        Store.open(place, read_only=True)
    pyoxigraph.Store(str(place / "oxigraph")).load(quad("a", '"x"'), pyoxigraph.RdfFormat.N_QUADS)
    with Store.open(place, read_only=True) as store:
        assert store.nquads() == [quad("a", '"x"')]
    with Store.open(place) as store:
        store.replace(G2, [quad("a", '"y"', G2)])
    assert json.loads((place / MARKER).read_text(encoding="utf-8")) == {"store": 2, "base": "urn:x/", "facts": "oxigraph-1"}
    assert not (place / "oxigraph").exists()
    with Store.open(place, read_only=True) as store:
        assert store.graphs() == (G1, G2)


def test_readers_share_a_store(tmp_path: Path) -> None:
    Store.open(tmp_path / "s", create=True).close()
    with Store.open(tmp_path / "s", read_only=True) as one, Store.open(tmp_path / "s", read_only=True) as two:
        assert one.graphs() == two.graphs() == ()


def test_a_closed_store_answers_nothing() -> None:
    store = Store.open(":memory:")
    store.close()
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.graphs()
