"""Nobody gets the service to write, to read a file or to reach another host, and no page of another site reads through a browser."""

from __future__ import annotations

import io
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.embedded import EmbeddedStore, open_embedded
from graph.store import MEMORY
from output.service.answering import perform
from output.service.kept import Kept
from output.service.tasks import Task
from tests.output.services import Service, serving


class Listening:
    """A port that notes whether anybody ever connects."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/x"
        self.heard = False
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                self.socket.accept()[0].close()
                self.heard = True
            except OSError:
                return


@pytest.fixture(scope="module")
def service(served: Path) -> Iterator[Service]:
    with serving(served, "--queries", "1", "--allow-host", "kg.example.org") as started:
        yield started


@pytest.fixture(scope="module")
def listening() -> Iterator[Listening]:
    made = Listening()
    yield made
    made.socket.close()


@pytest.fixture(scope="module")
def small() -> Iterator[EmbeddedStore]:
    with open_embedded(MEMORY) as store:
        store.replace("urn:g", ['<urn:a> <urn:b> "c" <urn:g> .'])
        yield store


REACHING = [
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { service silent <%s> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SeRvIcE/**/<%s> { ?s ?p ?o } } } }",
    "SELECT * { SERVICE#\n<%s> { ?s ?p ?o } }",
    "SELECT * { BIND(<%s> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { \\u0053\\u0045RVICE <%s> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { MINUS { SERVICE <%s> { ?s ?p ?o } } } }",
    "SELECT * { FILTER EXISTS { SERVICE SILENT <%s> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "ASK { GRAPH ?g { SERVICE <%s> { ?s ?p ?o } } }",
    "DESCRIBE ?s { SERVICE <%s> { ?s ?p ?o } }",
    "LOAD <%s>",
    "load silent <%s>",
    "SELECT * {} ; LOAD <%s>",
    "SELECT * FROM <%s> { ?s ?p ?o }",
    "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE <%s>",
    "INSERT DATA { <a:a> <a:b> <%s> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL # <%s>",
    "WITH <%s> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("sparql", REACHING)
def test_no_spelling_reaches_out_or_writes(sparql: str, service: Service, listening: Listening) -> None:
    held = service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text
    answer = service.ask(sparql.replace("%s", listening.url), "text/csv, application/n-triples")
    assert (answer.status in (200, 400), answer.status == 400 or len(answer.text.splitlines()) <= 1) == (True, True)
    assert service.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").text == held
    assert not listening.heard


def _escaped(word: str, escapes: list[bool], wide: bool) -> str:
    return "".join(
        (f"\\U{ord(sign):08X}" if wide else f"\\u{ord(sign):04x}") if hide else sign for sign, hide in zip(word, escapes, strict=False)
    )


SPACES = st.lists(
    st.sampled_from([" ", "\t", "\n", "\r\n", "#\n", "# SELECT '\n", '# """\n', "#'<\r", "\u00a0", "\ufeff", "\u200b"]), max_size=3
).map("".join)
NOISE = st.sampled_from(
    [
        *(
            "",
            "'it''s'",
            '"a\\"b"',
            "'''x'y'''",
            '"""',
            "'",
            "<urn:x>",
            "< 3",
            "?a<?b",
            "FILTER(1<2)",
            "?a ?b ?c .",
            "BIND(1 AS ?z)",
            "{",
            "}",
        ),
        *(
            "(?a<'>'||'' != \"x\")",
            "FILTER(?a<#> '''\n 2)",
            "urn:x\\-y",
            "_:b",
            "@en",
            "^^<urn:d>",
            "VALUES ?v { <urn:v> }",
            "[]",
            "()",
            "\\",
            "%41",
        ),
    ]
)
WORDS = st.sampled_from(
    ["SERVICE", "service", "SeRvIcE", "SERVICE SILENT", "ſERVICE", "ＳＥＲＶＩＣＥ", "LOAD", "INSERT DATA", "DELETE WHERE", "CLEAR"]
)


@settings(max_examples=200, deadline=None)
@given(
    word=WORDS,
    escapes=st.lists(st.booleans(), max_size=8),
    wide=st.booleans(),
    around=st.tuples(*(NOISE,) * 4),
    spaces=st.tuples(*(SPACES,) * 4),
)
@example(word="SERVICE", escapes=[True], wide=False, around=("", "", "", ""), spaces=(" ", " ", " ", " "))
def test_nothing_that_is_made_up_reaches_out_or_writes(
    word: str,
    escapes: list[bool],
    wide: bool,
    around: tuple[str, str, str, str],
    spaces: tuple[str, str, str, str],
    small: EmbeddedStore,
    listening: Listening,
) -> None:
    spelled = _escaped(word, escapes, wide)
    a, b, c, d = around
    sparql = f"SELECT * {{{a}{spaces[0]}{b}{spaces[1]}{spelled}{spaces[2]}<{listening.url}>{spaces[3]}{{ ?s ?p ?o }} {c} }} {d}"
    reply = perform(small, Task("query", sparql), io.BytesIO(), 1, Kept(0))
    assert reply.status in (200, 400)
    assert "\n" not in reply.complaint
    assert not listening.heard
    assert len(list(small.database)) == 1


@settings(max_examples=200, deadline=None)
@given(sparql=st.text(max_size=60) | st.lists(NOISE | SPACES | WORDS, max_size=12).map(" ".join))
def test_any_text_is_answered_or_told_in_one_line(sparql: str, small: EmbeddedStore) -> None:
    reply = perform(small, Task("query", sparql), io.BytesIO(), 1, Kept(0))
    assert (reply.status in (200, 400), len(reply.complaint.splitlines()) <= 1) == (True, True)


def test_what_slips_past_the_guard_finds_no_network_and_no_program(listening: Listening) -> None:
    script = f"""
import subprocess, socket
import pyoxigraph
from output.service.confinement import confine
assert confine()
for reach in (
    lambda: socket.socket(),
    lambda: subprocess.run(["true"], close_fds=False),
    lambda: list(pyoxigraph.Store().query("SELECT * {{ SERVICE <{listening.url}> {{ ?s ?p ?o }} }}")),
):
    try:
        reach()
        print("reached")
    except OSError as error:
        print(type(error).__name__)
"""
    if sys.platform != "linux":
        pytest.skip("only Linux has such a filter")
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True).stdout
    assert said.split() == ["PermissionError"] * 3
    assert not listening.heard


@pytest.mark.parametrize("more", [{}, {"default-graph-uri": "file:///etc/passwd"}, {"named-graph-uri": "file:///etc/passwd"}])
def test_no_file_is_read(more: dict[str, str], service: Service) -> None:
    answer = service.ask("SELECT ?s ?p ?o FROM <file:///etc/passwd> { ?s ?p ?o }" if not more else "SELECT ?s ?p ?o { ?s ?p ?o }", **more)
    assert (answer.status, answer.text) == (200, "s,p,o\r\n")


def test_updates_are_refused_in_every_way_of_the_protocol(service: Service) -> None:
    assert service.request("POST", "/sparql", "CLEAR ALL", content_type="application/sparql-update").status == 403
    assert service.request("POST", "/sparql", "update=CLEAR+ALL", content_type="application/x-www-form-urlencoded").status == 403
    assert service.request("GET", "/sparql?update=CLEAR+ALL").status == 403
    for method in ("PUT", "DELETE", "PATCH"):
        answer = service.request(method, "/sparql?graph=urn:x", "")
        assert (answer.status, answer.text) == (405, "this address is not asked so\n")
    for path in (
        "/update",
        "/store?default",
        "/assets/..%2f..%2fpyproject.toml",
        "/assets/service.html",
        "/view/..%2fx",
        "/report/..%2f..%2fx",
    ):
        assert service.request("GET", path).status == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(
            ("localhost", 200),
            ("LocalHost:1", 200),
            ("127.0.0.1:9", 200),
            ("[::1]:9", 200),
            ("kg.example.org", 200),
            ("KG.example.org.:80", 200),
        ),
        *(
            ("evil.example", 421),
            ("127.0.0.1.evil.example", 421),
            ("kg.example.org.evil", 421),
            ("localhost@evil.example", 421),
            ("x y", 421),
        ),
    ],
)
def test_a_name_that_was_made_to_mean_this_machine_is_turned_away(host: str, status: int, service: Service) -> None:
    answer = service.request("GET", "/sparql?query=ASK%7B%7D", host=host)
    assert answer.status == status
    assert status == 200 or "--allow-host" in answer.text


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
        ("cross-site", "navigate", 200),
        ("same-origin", "cors", 200),
        ("none", "navigate", 200),
    ],
)
def test_pages_of_other_sites_may_link_but_not_ask(site: str, mode: str, status: int, service: Service) -> None:
    assert service.request("GET", "/sparql?query=ASK%7B%7D", sec_fetch_site=site, sec_fetch_mode=mode).status == status


@pytest.mark.parametrize(
    "path", ["/", "/query", "/health", "/sparql?query=ASK%7B%7D", "/report/cases", "/question/chairs", "/nothing", "/assets/service.js"]
)
def test_headers_keep_a_browser_from_doing_more(path: str, service: Service) -> None:
    headers = service.request("GET", path, origin="https://example.org", accept="text/html,*/*").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("name", ["collaboration", "lineage"])
def test_a_view_brings_a_policy_of_its_own(name: str, service: Service) -> None:
    page = service.request("GET", f"/view/{name}").text
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src &#39;sha256-") or policy[1].startswith(
        "default-src &#39;none&#39;; script-src &#39;sha256-"
    )
    assert "unsafe" not in policy[1]
