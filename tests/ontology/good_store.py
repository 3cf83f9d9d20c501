"""Invented minutes in, a whole store of them out: every class and property that a build, identity or a decision writes has a value."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from rdflib import Graph

from graph import stating, verdicts
from graph.build import Source, build_documents
from graph.cases import Grounds
from graph.decisions import End, Judgement
from graph.run import last_run, note_run
from graph.statements import Statements
from graph.store import Store
from ontology import terms
from ontology.records import (
    AppliedCorrection,
    Body,
    CaseEvent,
    Correction,
    Directive,
    Document,
    Escalation,
    HeaderField,
    Meeting,
    Mention,
    Minutes,
    Participation,
    Passage,
    Places,
    Reading,
    Reference,
    Sentence,
)

TEXT = """2031 雙湖合作「水岸組」第 2 次小組會議紀錄
時間：120 年 4 月 2 日上午 9 時至 10 時；地點：湖東市政府；確認第 1 次紀錄：備查。
主席：湖東市政府王主任一（代理）
「共用碼頭」案，湖東市政府提，本局及湖西市政府請於 120 年 6 月前提報市長層級會議同意，列入列管。
請參閱第 1 次紀錄。此句無人能讀。
"""


def _at(words: str) -> Passage:
    start = TEXT.index(words)
    return Passage(start, start + len(words), words)


@cache
def _reading() -> Reading:
    """Invented minutes in which every property that the writer knows has a value."""
    east = Mention(_at("湖東市政府提"), (Body("湖東市政府"),), "name")
    own = Mention(_at("本局"), (Body("水利局", own=True),), "own-bureau")
    west = Mention(_at("湖西市政府"), (Body("湖西市政府"),), "name")
    event = CaseEvent(
        surface=_at("「共用碼頭」"),
        title="共用碼頭",
        section="new-proposal",
        outcome="accepted",
        ruling=_at("列入列管"),
        rule="taken-on",
        item=1,
        proposers=(east,),
        involved=(east, own, west),
        escalations=(Escalation("市長層級會議", "approve", _at("市長層級會議")),),
    )
    directive = Directive(
        passage=_at("請於 120 年 6 月前提報"),
        action="提報市長層級會議",
        rule="please",
        actors=(own, east),
        counterparts=(west,),
        due="2031-06",
        due_text="120 年 6 月前",
        events=(0,),
    )
    again = Directive(_at("請於 120 年 6 月前"), "請", "please", recited=True)
    minutes = Minutes(
        meeting=Meeting(
            title="2031 雙湖合作「水岸組」第 2 次小組會議紀錄",
            platform="雙湖",
            group="水岸組",
            year=2031,
            ordinal=2,
            date="2031-04-02",
            start="09:00",
            end="10:00",
            venue="湖東市政府",
            mode="in-person",
            host="湖東市",
            reviewed="2031-1",
            review_outcome="備查",
        ),
        passage=Passage(0, len(TEXT), TEXT),
        header=(HeaderField("date", _at("120 年 4 月 2 日")),),
        people=(
            Participation("chair", "王一", "主任", _at("湖東市政府王主任一"), Body("湖東市政府"), "代理"),
            Participation("recorder", "王一", "", _at("王主任一"), Body("水利局", own=True)),
        ),
        mentions=(east, own, west),
        events=(event,),
        directives=(directive, again),
        references=(Reference("meeting", _at("第 1 次紀錄。"), "2031-1"),),
        sentences=(Sentence(_at("此句無人能讀。"), "unread"),),
    )
    return Reading(Document("水岸組.pdf", TEXT, "0123456789abcdef" * 4, places=Places("page", (0, 20))), (minutes,), ())


def _in_paragraphs(reading: Reading) -> Reading:
    """The same of another meeting, as a word processor's file tells it."""
    (minutes,) = reading.minutes
    document = replace(reading.document, sha256="fedcba9876543210" * 4, places=Places("paragraph", (0, 10)))
    return Reading(document, (replace(minutes, meeting=replace(minutes.meeting, ordinal=9, date="2031-09-02")),), ())


def _readings() -> dict[str, Reading]:
    first = replace(_reading(), corrections=(_correction(),))
    return {reading.document.sha256: reading for reading in (first, _in_paragraphs(_reading()))}


def _correction() -> AppliedCorrection:
    words = _at("地點：湖東市政府")
    return AppliedCorrection(Correction("湖東市政府", "湖西市政府", "林小河", "2031-06-01", "見簽到表"), words, words, "地點：湖西市政府")


def fill(store: Store) -> None:
    """Build the invented readings into a store, with a candidate, a judgement and what a run notes."""
    readings, iris = _readings(), store.iris
    sources = [Source(f"/{sha[:4]}/{reading.document.name}", reading.document) for sha, reading in readings.items()]
    build_documents(sources, store, iris=iris, read=lambda document, _: readings[document.sha256])
    first, second = (row[0] for row in store.select("SELECT ?e { ?e a cc:CaseEvent } ORDER BY ?e").rows)
    said = Statements(f"{iris.base}graph/candidates")
    stating.state_candidate(said, "case", (first, second), Grounds(0.5, ("碼頭",), ("title",)), iris)
    for kind in ("cc:Case", "foaf:Person"):
        for (node,) in store.select(f"SELECT ?n {{ ?n a {kind} }}").rows:
            said.link(node, terms.POSSIBLY_SAME, f"{node}~2")
    store.replace(f"{iris.base}graph/candidates", said.lines())
    ends = [End(row[0], "共用碼頭") for row in store.select("SELECT ?m { ?m a cc:Meeting } ORDER BY ?m").rows]
    judgement = Judgement("same", "case", ends[0], ends[1], "林小河", "2031-10-01", "同一碼頭")
    store.replace(iris.judgements, verdicts.decide(store, (judgement,), "judgements.jsonl", iris).lines)
    run = replace(last_run(store, iris), judgements="judgements.jsonl", corrections="corrections.toml", corrections_digest="ab" * 32)
    note_run(store, run, iris)


def as_graph(store: Store) -> Graph:
    """All that a store says, as one rdflib graph without the names of its graphs."""
    lines = {line.rpartition(" <")[0] + " ." for line in store.nquads()}
    return Graph().parse(data="\n".join(sorted(lines)), format="nt")


@cache
def _lines() -> str:
    with Store.open(":memory:") as store:
        fill(store)
        return as_graph(store).serialize(format="nt")


def good() -> Graph:
    """The filled store as a graph of one's own to change."""
    return Graph().parse(data=_lines(), format="nt")
