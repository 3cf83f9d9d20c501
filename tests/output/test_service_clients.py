"""A service asked by the clients that people use: SPARQLWrapper, rdflib, curl, and the query page in a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, SPARQLWrapper

from graph import named
from tests.output.services import Service, serving

MEETINGS = "PREFIX cc: <https://w3id.org/crosscity/ns#> SELECT ?m { ?m a cc:Meeting }"


@pytest.fixture(scope="module")
def service(served: Path) -> Iterator[Service]:
    with serving(served, "--queries", "2") as started:
        yield started


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(method: str, service: Service) -> None:
    client = SPARQLWrapper(f"{service.url}/sparql")
    client.setMethod(method)
    client.setQuery(MEETINGS)
    client.setReturnFormat(JSON)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    assert len(found["results"]["bindings"]) == 13
    client.setReturnFormat(CSV)
    assert bytes(client.queryAndConvert()).count(b"\r\n") == 14  # type: ignore[arg-type]
    client.setQuery("PREFIX cc: <https://w3id.org/crosscity/ns#> CONSTRUCT WHERE { ?m a cc:Meeting }")
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert())) == 13  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_rdflib_s_sparqlstore(form: str, service: Service) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{service.url}/sparql", returnFormat=form))
    assert len(list(graph.query(MEETINGS))) == 13
    meeting = rdflib.URIRef("https://w3id.org/crosscity/ns#Meeting")
    assert len(list(graph.subjects(rdflib.RDF.type, meeting))) == 13
    for name in named.names():
        assert len(list(graph.query(named.text(name)))) > 0, name


def test_curl(service: Service) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    asked = [curl, "-sS", "--fail", f"{service.url}/sparql", "--data-urlencode", f"query={MEETINGS}"]
    told = subprocess.run([*asked, "-H", "Accept: application/sparql-results+json"], capture_output=True, check=True).stdout
    assert len(json.loads(told)["results"]["bindings"]) == 13
    got = subprocess.run([*asked, "-G", "-H", "Accept: text/csv"], capture_output=True, check=True).stdout
    assert got.count(b"\r\n") == 14


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab of the one browser that a process of tests may drive."""
    page = browser.new_page(locale="en")
    yield page
    page.close()


@pytest.fixture
def faults(tab: Page, service: Service) -> Iterator[list[str]]:
    """Errors and warnings of a page, and requests to others; there must be none when a test ends."""
    noted: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "status of 400" not in message.text:
            noted.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith((service.url, "data:", "blob:")):
            noted.append(request.url)

    tab.on("console", note_message)
    tab.on("request", note_request)
    yield noted
    tab.remove_listener("console", note_message)
    tab.remove_listener("request", note_request)
    assert noted == []


def open_query_page(tab: Page, service: Service, behind: str = "") -> None:
    tab.goto("about:blank")
    tab.goto(f"{service.url}/query{behind}")
    tab.wait_for_selector("html[data-ready=yes]")


@pytest.mark.browser
@pytest.mark.usefixtures("faults")
def test_a_person_types_a_query_and_sees_rows(tab: Page, service: Service) -> None:
    open_query_page(tab, service, "?lang=en")
    tab.fill("#query", "")
    tab.locator("#query").press_sequentially("SELECT ?m { ?m a cc:Meeti")
    expect(tab.locator("#offers li code").first).to_have_text("cc:Meeting")
    tab.locator("#query").press("Tab")
    assert tab.input_value("#query") == "PREFIX cc: <https://w3id.org/crosscity/ns#>\nSELECT ?m { ?m a cc:Meeting"
    tab.locator("#query").press_sequentially(" }")
    assert (tab.locator("#colours").text_content() or "").rstrip("\n") == tab.input_value("#query")
    tab.click("#run")
    expect(tab.locator("#status")).to_contain_text("13 rows")
    assert tab.locator("#result tbody tr").count() == 13
    first = tab.locator("#result tbody tr").first.inner_text()
    tab.click("#result thead button")
    tab.click("#result thead button")
    assert tab.locator("#result tbody tr").first.inner_text() != first
    for form, begins in (("csv", "m\n"), ("tsv", "?m\n"), ("json", "{")):
        with tab.expect_download() as awaited:
            tab.click(f"#{form}")
        assert Path(awaited.value.path()).read_text(encoding="utf-8").startswith(begins)
    tab.locator("#result a").first.click()
    expect(tab.locator("h1")).to_contain_text("教育文化組")


@pytest.mark.browser
@pytest.mark.usefixtures("faults")
def test_terms_are_completed_by_their_chinese_words(tab: Page, service: Service) -> None:
    open_query_page(tab, service, "?lang=zh")
    tab.fill("#query", "")
    tab.locator("#query").press_sequentially("SELECT ?c { ?c a 合作案")
    expect(tab.locator("#offers li").first).to_contain_text("cc:Case")
    tab.locator("#query").press("Enter")
    assert tab.input_value("#query").endswith("SELECT ?c { ?c a cc:Case")


@pytest.mark.browser
@pytest.mark.usefixtures("faults")
def test_examples_are_found_and_run_and_links_keep_the_query(tab: Page, service: Service) -> None:
    open_query_page(tab, service, "?lang=zh")
    assert tab.locator("#examples button").count() == len(named.names()) + len(named.questions())
    tab.fill("#find", "輪流")
    tab.click("#examples button")
    assert tab.input_value("#query") == named.text("host-turns")
    tab.locator("#query").press("Control+Enter")
    expect(tab.locator("#status")).to_contain_text("列")
    tab.click("#link")
    linked = tab.url
    assert "#query=" in linked
    tab.goto("about:blank")
    tab.goto(linked)
    tab.wait_for_selector("html[data-ready=yes]")
    assert tab.input_value("#query") == named.text("host-turns")
    open_query_page(tab, service, "#name=chairs")
    assert tab.input_value("#query") == named.text("chairs")


@pytest.mark.browser
@pytest.mark.usefixtures("faults")
def test_what_a_query_gives_is_text_and_faults_are_told(tab: Page, service: Service) -> None:
    open_query_page(tab, service, "?lang=en")
    tab.fill("#query", "SELECT ('<img src=x onerror=alert(1)>' AS ?x) (IRI('javascript:alert(1)') AS ?y) {}")
    tab.click("#run")
    expect(tab.locator("#status")).to_contain_text("1 rows")
    assert tab.locator("#result td").first.inner_text() == "<img src=x onerror=alert(1)>"
    assert tab.locator("#result img, #result td a").count() == 0
    tab.fill("#query", "ASK { ?s ?p ?o }")
    tab.click("#run")
    expect(tab.locator("#status")).to_contain_text("Yes.")
    tab.fill("#query", "CONSTRUCT WHERE { ?s a <https://w3id.org/crosscity/ns#Meeting> }")
    tab.click("#run")
    expect(tab.locator("#result pre")).to_contain_text("cc:Meeting")
    tab.fill("#query", "SELEC")
    tab.click("#run")
    expect(tab.locator("#status.bad")).to_contain_text("does not parse")


@pytest.mark.browser
@pytest.mark.usefixtures("faults")
def test_stop_ends_the_query_itself(tab: Page, service: Service) -> None:
    before = service.workers()
    open_query_page(tab, service, "?lang=en")
    tab.fill("#query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    tab.click("#run")
    expect(tab.locator("#stop")).to_be_enabled()
    tab.click("#stop")
    expect(tab.locator("#status")).to_have_text("Stopped.")
    for _ in range(100):  # long before the time that a query has
        if not before <= service.workers():
            return
        tab.wait_for_timeout(100)
    pytest.fail("its worker goes on")


@pytest.mark.browser
@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/query",
        "/view/collaboration",
        "/view/lineage",
        "/report/case?key=家庭教育",
        "/report/promises",
        "/question/chairs",
        "/id/agency/臺北市政府",
    ],
)
def test_pages_fit_a_telephone_and_keep_the_language(path: str, tab: Page, service: Service) -> None:
    tab.goto(f"{service.url}/?lang=zh")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(service.url + path)
    assert tab.locator("html").get_attribute("lang") == "zh-Hant-TW"
    assert tab.locator("h1").first.inner_text()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.set_viewport_size({"width": 1280, "height": 720})


@pytest.mark.browser
@pytest.mark.usefixtures("faults")
def test_a_reader_gets_from_the_start_to_a_sentence_by_links(tab: Page, service: Service) -> None:
    tab.goto(f"{service.url}/?lang=en")
    for image in tab.locator(".cards img").all():
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    tab.click("text=How did each case fare?")
    tab.wait_for_selector("html[data-ready=yes]", state="attached")
    tab.click("a.home")
    tab.click("ol.two a >> nth=0")
    expect(tab.locator("article blockquote").first).to_be_visible()
    tab.goto(f"{service.url}/id/agency/" + "臺北市政府")
    tab.click("text=Reports")
    tab.click(".menu >> text=People")
    expect(tab.locator("table.sortable")).to_be_visible()
    tab.click("#language")
    expect(tab.locator("html")).to_have_attribute("lang", "zh-Hant-TW")
    paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.click("#theme")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    tab.reload()
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != paper


@pytest.mark.browser
@pytest.mark.usefixtures("faults")
def test_a_passage_is_marked_on_its_document_s_page(tab: Page, service: Service) -> None:
    asked = "SELECT ?d ?words { ?d a cc:Directive ; cc:evidence/oa:hasSelector/oa:exact ?words } ORDER BY ?d LIMIT 1"
    found = json.loads(service.ask(asked, "application/json").text)["results"]["bindings"][0]
    tab.goto(service.url + "/id/" + found["d"]["value"].partition("/id/")[2])
    assert tab.locator("blockquote").first.text_content() == found["words"]["value"]
    tab.click("figcaption a")
    assert tab.locator("mark").text_content() == found["words"]["value"]
