"""Exports: the same facts in every format, and the same bytes each time."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import networkx
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import to_canonical_graph

from graph.dataset import describe
from graph.store import Store
from output import messages
from output.exporting import formats
from output.exporting.formats import FOLDERS, FORMATS, Format

SPOKEN = messages.load("en")
ONE_FILE = [form for form in FORMATS if form not in FOLDERS]
ROOT = Path(__file__).parent.parent.parent
OF_RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdfxml": "xml"}


def export(store: Store, form: Format) -> bytes:
    made = formats.export(store, form, SPOKEN)
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="module")
def store(store_folder: Path) -> Iterator[Store]:
    with Store.open(store_folder, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("form", OF_RDFLIB)
def test_each_format_of_triples_holds_the_same_facts(form: Format, store: Store) -> None:
    read = Graph().parse(data=export(store, form), format=OF_RDFLIB[form])
    expected = Graph().parse(data=export(store, "nt"), format="nt")
    assert len(read) == len({line.rpartition(" <")[0] for line in (*store.nquads(), *describe(store))})
    assert to_canonical_graph(read).isomorphic(to_canonical_graph(expected))


@pytest.mark.parametrize(("form", "known_as"), [("nq", "nquads"), ("trig", "trig")])
def test_formats_of_quads_keep_the_named_graphs(form: Format, known_as: str, store: Store) -> None:
    read = Dataset()
    read.parse(data=export(store, form), format=known_as)
    assert sorted(str(graph.identifier) for graph in read.graphs() if len(graph)) == sorted([*store.graphs(), store.iris.dataset])
    assert sum(len(graph) for graph in read.graphs()) == len(store.nquads()) + len(describe(store))


def test_nquads_are_sorted_and_ntriples_too(store: Store) -> None:
    for form in ("nq", "nt"):
        lines = export(store, form).decode("utf-8").splitlines()
        assert lines == sorted(set(lines))


def test_the_network_holds_agencies_and_their_weights(store: Store) -> None:
    network = networkx.read_graphml(BytesIO(export(store, "graphml")))
    assert {"臺北市政府/交通局", "新北市政府/交通局"} <= set(network)
    edge = network.edges["臺北市政府/交通局", "新北市政府/交通局"]
    assert edge["cases"] == 2
    assert edge["weight"] > 0
    gexf = networkx.read_gexf(BytesIO(export(store, "gexf")))
    assert set(gexf) == set(network)
    assert b"lastmodified" not in export(store, "gexf")


def test_files_are_well_formed(store: Store) -> None:
    json.loads(export(store, "jsonld"))
    for form in ("rdfxml", "graphml", "gexf"):
        ElementTree.fromstring(export(store, form))
    assert all(export(store, form).endswith(b"\n") for form in ONE_FILE)


def test_the_same_bytes_under_other_hash_seeds(store_folder: Path) -> None:
    call = (
        "import sys, hashlib; from graph.store import Store; from output import messages\n"
        "from output.exporting.formats import FORMATS, export\n"
        "with Store.open(sys.argv[1], read_only=True) as store:\n"
        "    spoken = messages.load('en')\n"
        "    print([hashlib.sha256(repr(export(store, form, spoken)).encode()).hexdigest() for form in FORMATS])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", call, str(store_folder)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(said) == 1
