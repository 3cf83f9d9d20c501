"""The SPARQL protocol, the pages and the addresses of things, of a service that runs."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib

from graph import named
from graph.store import Store
from output.reports import REPORTS
from output.service.negotiation import ROWS, TRIPLES
from tests.output.services import Service, make_store, serving

GROUP = "雙北/教育文化組"
MEETING = f"https://w3id.org/crosscity/id/meeting/{GROUP}/2019-1"
RULED = "SELECT ?s ?o { ?s cc:fileName ?o } ORDER BY ?o"


@pytest.fixture(scope="module")
def service(served: Path) -> Iterator[Service]:
    with serving(served, "--queries", "2") as started:
        yield started


@pytest.mark.parametrize("kind", ROWS)
def test_rows_come_in_every_format_and_are_those_of_the_store(kind: str, service: Service, served: Path) -> None:
    answer = service.ask(RULED, kind)
    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, kind)
    assert answer.headers["vary"] == "Accept"
    with Store.open(served, read_only=True) as opened:
        expected = opened.select(RULED).rows
    if kind == "text/tab-separated-values":
        assert answer.text.splitlines()[1:] == [f'<{s}>\t"{o}"' for s, o in expected]
    else:
        form = {"application/sparql-results+json": "json", "application/sparql-results+xml": "xml", "text/csv": "csv"}[kind]
        found = rdflib.query.Result.parse(io.BytesIO(answer.body), format=form)
        assert [tuple(map(str, row)) for row in found] == list(expected)


@pytest.mark.parametrize("kind", TRIPLES)
@pytest.mark.parametrize("form", ["CONSTRUCT { ?s a ?c } WHERE { ?s a cc:Meeting, ?c }", f"DESCRIBE <{MEETING}>"])
def test_triples_come_in_every_format(form: str, kind: str, service: Service) -> None:
    answer = service.ask(form, kind)
    assert answer.headers["content-type"].partition(";")[0] == kind
    read = rdflib.Graph().parse(data=answer.body, format={"text/turtle": "turtle", "application/n-triples": "nt"}.get(kind, kind))
    told = rdflib.Graph().parse(data=service.ask(form, "application/n-triples").body, format="nt")
    assert len(read) > 5
    assert set(read) == set(told)


def test_every_named_query_is_answered_as_the_store_answers_it(service: Service, served: Path) -> None:
    with Store.open(served, read_only=True) as opened:
        for name in named.names():
            answer = service.ask(named.text(name))
            rows = [tuple(row) for row in csv.reader(io.StringIO(answer.text))][1:]
            assert rows == list(opened.select(named.text(name)).rows), name


def test_a_query_is_sent_in_three_ways(service: Service) -> None:
    asked = "ASK { ?s a <https://w3id.org/crosscity/ns#Meeting> }"
    answers = (
        service.request("GET", f"/sparql?query={quote(asked)}", accept="application/sparql-results+json"),
        service.ask(asked, "application/json"),
        service.request("POST", "/sparql", asked, content_type="application/sparql-query", accept="*/*"),
        service.request("GET", f"/sparql?query={quote(asked)}&format=json"),
    )
    assert {(answer.status, answer.text) for answer in answers} == {(200, '{"head":{},"boolean":true}')}
    assert service.request("HEAD", f"/sparql?query={quote(asked)}").status == 200


@pytest.mark.parametrize(
    ("status", "words", "path", "accept"),
    [
        (400, "does not parse (error at 1:", "/sparql?query=SELEC", "*/*"),
        (400, "cannot be answered (The custom function", "/sparql?query=SELECT(xsd:integer0(1)AS%3Fx)%7B%7D", "*/*"),
        (400, "holds one query", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "*/*"),
        (400, "holds one query", "/sparql?query=", "*/*"),
        (400, "holds one query", "/sparql?format=csv", "*/*"),
        (406, "comes as application/sparql-results+json", "/sparql?query=ASK%7B%7D&format=pdf", "image/png"),
        (406, "comes as application/sparql-results+json", "/sparql?query=SELECT%20*%20%7B%7D", "image/png"),
        (406, "comes as text/turtle", "/sparql?query=CONSTRUCT%20%7B%7D%20%7B%7D", "text/csv"),
        (404, "nothing is known of https://w3id.org/crosscity/id/nothing", "/id/nothing", "text/turtle"),
        (404, "there is no page called 'nothing'", "/report/nothing", "*/*"),
        (404, "there is no page called 'nothing'", "/view/nothing", "*/*"),
        (404, "there is no page called 'nothing'", "/question/nothing", "*/*"),
        (404, "there is nothing here", "/nothing", "*/*"),
        (406, "comes as text/html, text/csv", "/question/chairs", "image/png"),
        (404, "no case fits", "/report/case?key=zzz", "*/*"),
    ],
)
def test_a_wrong_request_is_told_in_one_line(status: int, words: str, path: str, accept: str, service: Service) -> None:
    answer = service.request("GET", path, accept=accept)
    assert answer.status == status
    assert words in answer.text
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_the_protocol_s_methods_are_told(service: Service) -> None:
    answer = service.request("OPTIONS", "/sparql")
    assert (answer.status, answer.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert answer.headers["accept-post"] == "application/sparql-query, application/x-www-form-urlencoded"
    for path in ("/sparql", "/sparql?query=SELECT%20*%20%7B%7D", "/", "/query", "/id/meeting/" + quote(f"{GROUP}/2019-1")):
        head, got = service.request("HEAD", path), service.request("GET", path)
        assert (head.status, head.body) == (200, b"")
        assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
    assert set(service.request("POST", "/report/cases").headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_complaints_are_in_the_reader_s_language_and_in_a_page_for_a_browser(service: Service) -> None:
    path = "/sparql?query=SELECT%20*%20%7B%20SERVICE%20%3Curn:x%3E%20%7B%7D%20%7D"
    assert service.request("GET", path, accept_language="zh-TW").text == "SERVICE 會連到其他伺服器，本程式不這麼做；請從查詢中移除\n"
    told = service.request("GET", "/id/nothing?lang=zh", accept="text/html,*/*;q=0.8")
    assert (told.status, told.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "沒有關於 https://w3id.org/crosscity/id/nothing 的資料" in told.text
    assert "此處沒有內容" in service.request("GET", "/nothing", accept="text/html", accept_language="zh").text


def test_other_bodies_are_refused(service: Service) -> None:
    assert service.request("POST", "/sparql", "<x/>", content_type="application/xml").status == 415
    assert service.request("POST", "/sparql", b"\xff\xfe", content_type="application/sparql-query").status == 400


def test_the_dataset_of_the_protocol_is_obeyed(service: Service) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?m a cc:Meeting }"
    registry = "https://w3id.org/crosscity/id/graph/registry"
    assert service.ask(count).text == "n\r\n13\r\n"
    assert service.ask(count, **{"default-graph-uri": registry}).text == "n\r\n0\r\n"
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert service.ask(graphs, **{"named-graph-uri": registry}).text == "n\r\n1\r\n"
    assert service.ask("ASK {}", **{"default-graph-uri": "not an iri"}).status == 400


def test_the_service_describes_itself(service: Service) -> None:
    for kind in TRIPLES:
        answer = service.request("GET", "/sparql", accept=kind)
        assert answer.headers["content-type"].partition(";")[0] == kind
    told = rdflib.Graph().parse(data=service.request("GET", "/sparql", accept="text/turtle").body)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    here = rdflib.URIRef(f"{service.url}/sparql")
    assert (here, sd.endpoint, here) in told
    assert set(told.objects(here, sd.feature)) == {sd.UnionDefaultGraph}
    assert len(set(told.objects(here, sd.resultFormat))) == len(ROWS) + len(TRIPLES)
    assert "text/html" in service.request("GET", "/sparql", accept="text/html,*/*;q=0.8").headers["content-type"]


def test_a_thing_s_address_gives_a_page_or_data(service: Service) -> None:
    path = "/id/meeting/" + quote(f"{GROUP}/2019-1")
    page = service.request("GET", path, accept="text/html,application/xhtml+xml,*/*;q=0.8", accept_language="zh-TW,zh;q=0.9")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["vary"] == "Accept, Accept-Language, Cookie"
    assert "<h2>關於它</h2>" in page.text
    assert "<h2>所依據的原句</h2>" in page.text
    assert "https://w3id.org" in page.text
    assert f'href="{path}/' in page.text
    data = service.request("GET", path, accept="text/turtle")
    read = rdflib.Graph().parse(data=data.body)
    assert (rdflib.URIRef(MEETING), rdflib.RDF.type, rdflib.URIRef("https://w3id.org/crosscity/ns#Meeting")) in read
    assert (None, rdflib.URIRef("https://w3id.org/crosscity/ns#meeting"), rdflib.URIRef(MEETING)) in read
    json.loads(service.request("GET", path, accept="application/ld+json").text)


def test_every_address_on_a_thing_s_page_leads_on(service: Service, served: Path) -> None:
    with Store.open(served, read_only=True) as opened:
        passage = opened.select("SELECT (MIN(STR(?p)) AS ?first) { ?s cc:evidence ?p }").rows[0][0]
        agency = opened.select("SELECT (MAX(STR(?a)) AS ?last) { ?a cc:path ?path }").rows[0][0]
    for iri in (passage, agency):
        rest = iri.removeprefix("https://w3id.org/crosscity/id/")
        found = service.request("GET", "/id/" + quote(rest, safe="/%"), accept="application/n-triples")
        assert (found.status, f"<{iri}>" in found.text) == (200, True)
    page = service.request("GET", "/id/" + passage.partition("/id/")[2].partition("#")[0], accept="text/html").text
    assert '<pre id="text">' in page


def test_a_graph_s_address_gives_the_graph(service: Service, served: Path) -> None:
    graph = "https://w3id.org/crosscity/id/graph/registry"
    with Store.open(served, read_only=True) as opened:
        lines = opened.lines(graph)
    answer = service.request("GET", "/id/graph/registry", accept="application/n-triples")
    assert set(lines) <= set(answer.text.splitlines())
    assert f"A graph of {len(lines)} statements" in service.request("GET", "/id/graph/registry", accept="text/html").text


@pytest.mark.parametrize("name", REPORTS)
def test_reports_are_pages(name: str, service: Service) -> None:
    answer = service.request("GET", f"/report/{name}?lang=zh")
    assert (answer.status, "<h1>" in answer.text, '<html lang="zh-Hant-TW">' in answer.text) == (200, True, True)
    assert "style-src 'self'" in answer.headers["content-security-policy"]
    assert "<style" not in answer.text


@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_reports_come_in_other_formats(form: str, service: Service) -> None:
    answer = service.request("GET", f"/report/cases?format={form}", accept_language="en")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith({"csv": "text/csv", "json": "application/json", "md": "text/markdown"}[form])
    assert "校園防疫合作" in answer.text


def test_every_question_and_table_has_a_page(service: Service, served: Path) -> None:
    with Store.open(served, read_only=True) as opened:
        for name in (*named.names(), *named.questions()):
            page = service.request("GET", f"/question/{name}", accept="text/html", accept_language="en")
            rows = len(named.ask(opened, name).rows)
            assert (page.status, page.text.count("<tr>") - (rows > 0)) == (200, min(rows, 1000)), name
            got = service.request("GET", f"/question/{name}?format=csv")
            assert (got.status, len(list(csv.reader(io.StringIO(got.text)))) - 1) == (200, rows), name


def test_a_case_s_life_and_the_views_are_pages(service: Service) -> None:
    assert "雙北家庭教育資源共享" in service.request("GET", f"/report/case?key={quote('家庭教育')}").text
    for name in ("collaboration", "lineage"):
        answer = service.request("GET", f"/view/{name}", accept_language="en")
        assert (answer.status, "<!doctype html>" in answer.text.lower()) == (200, True)
        assert 'http-equiv="Content-Security-Policy"' in answer.text


def test_cors_is_on_where_asked_and_a_build_is_served_when_it_ends(tmp_path: Path) -> None:
    place = make_store(tmp_path)
    with serving(place, "--queries", "1", "--allow-origin", "https://example.org") as service:
        answer = service.request("GET", "/sparql?query=ASK%7B%7D", origin="https://example.org")
        assert answer.headers["access-control-allow-origin"] == "https://example.org"
        assert "access-control-allow-origin" not in service.request("GET", "/health", origin="https://example.com").headers
        count = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:x> { ?s ?p ?o } }"
        with Store.open(place) as store:
            store.replace("urn:x", ["<urn:a> <urn:b> <urn:c> <urn:x> ."])
            store.flush()
            assert service.ask(count).text == "n\r\n0\r\n"
        assert service.ask(count).text == "n\r\n1\r\n"
        workers = service.workers()
        assert len(workers) == 1
        os.kill(service.process, signal.SIGKILL)
        for _ in range(100):
            if not any(Path(f"/proc/{worker}").exists() for worker in workers):
                break
            time.sleep(0.1)
        else:
            pytest.fail("a worker outlives the service")
