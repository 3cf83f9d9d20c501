"""What every SPARQL server must give that holds a store: the facts, answers and reports that a store in memory gives."""

from __future__ import annotations

import tempfile
from pathlib import Path

from graph import named
from graph.build import build, load_parts, read
from graph.store import MEMORY, Store
from output import messages
from output.reports import REPORTS

EXAMPLES = Path(__file__).parents[2] / "examples"


def check_server(location: str) -> None:
    """Build two of the examples there, load the parts of all, and hold all that it says against a build in memory.

    Raises AssertionError.
    """
    files = sorted(EXAMPLES.glob("*.txt"))
    with tempfile.TemporaryDirectory() as parts, Store.open(MEMORY) as here, Store.open(location, create=True) as there:
        build(files[:2], there, iris=there.iris)
        read(files, Path(parts))
        load_parts(Path(parts), there, iris=there.iris)
        summary = build(files, here, iris=here.iris)
        counted = there.select("SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x cc:evidence ?p }").rows[0][0]
        assert int(counted) == summary.facts
        assert there.nquads(without=[there.iris.run]) == here.nquads(without=[here.iris.run])
        assert there.graphs() == here.graphs()
        for name in named.names():
            assert sorted(named.ask(there, name).rows) == sorted(named.ask(here, name).rows), name
        spoken = messages.load("en")
        for name, make in REPORTS.items():
            assert make(there, spoken).table == make(here, spoken).table, name
        asked = "CONSTRUCT { ?m a cc:Meeting } WHERE { ?m a cc:Meeting }"
        assert set(there.query(asked).graph or ()) == set(here.query(asked).graph or ())
        assert there.query("ASK { ?m a cc:Meeting }").askAnswer
        assert len(list(there.dataset().query("SELECT ?m { ?m a cc:Meeting }"))) == 13
    with Store.open(location, read_only=True) as again:
        assert len(named.ask(again, "meetings").rows) == 13
