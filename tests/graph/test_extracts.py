"""What identity asks about is all that it is given of fresh documents, and half of what they state."""

from __future__ import annotations

from pathlib import Path

from graph.build import read
from graph.extracts import extract
from graph.facts import gather
from graph.parts import Parts
from graph.store import Store
from ontology import terms

HERE = Path(__file__).parents[2]


def test_of_an_extract_the_same_is_told(tmp_path: Path) -> None:
    read([HERE / "examples"], tmp_path / "parts")
    parts = Parts(tmp_path / "parts")
    contents = [parts.content(part.digest) for entry in parts.entries() for part in entry.documents]
    told = []
    for each in (contents, [extract(content) for content in contents]):
        with Store.open(":memory:") as store:
            graphs = [content.rstrip(b" .\n").rpartition(b"<")[2].rstrip(b">").decode() for content in each]
            store.replace_all(zip(graphs, each, strict=True))
            told.append((gather(store, graphs), len(store.nquads())))
    (whole, lines), (some, fewer) = told
    assert whole == some and whole.treated and whole.own and whole.mentioned and whole.escalated
    assert fewer < 0.65 * lines


def test_words_that_hold_breaks_of_other_kinds_stay_whole() -> None:
    kept = f'<a:b> <{terms.TITLE}> "一\u2028二\x85三\x0b四 <c:d> ." <e:f> .\n<a:b> <{terms.TYPE}> <{terms.MEETING}> <e:f> .\n'
    left = f'<a:b> <{terms.TEXT}> "五\\n <{terms.TITLE}> 六" <e:f> .\n<a:b> <{terms.TYPE}> <{terms.MENTION}> <e:f> .\n'
    assert extract((left + kept).encode()) == kept.encode()
    assert extract(b"") == b""
