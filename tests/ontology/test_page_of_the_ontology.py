"""docs/ontology.md and its picture are what the Turtle says now."""

from __future__ import annotations

import runpy
from pathlib import Path

from ontology import terms

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_current_and_names_every_term() -> None:
    made = runpy.run_path(str(DOCS / "make_ontology.py"))
    page = made["page"]()
    assert (DOCS / "ontology.svg").read_text("utf-8") == made["picture"](), "run: python docs/make_ontology.py"
    assert (DOCS / "ontology.md").read_text("utf-8") == page, "run: python docs/make_ontology.py"
    own = [value for value in vars(terms).values() if isinstance(value, str) and value.startswith(terms.CC) and value != terms.CC]
    assert [value for value in own if f"`cc:{value.removeprefix(terms.CC)}`" not in page] == []
