"""The reports by name: each takes a store, the words of a language and a scope, and gives a ``Report``; a name says what narrows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from output.report import Report
from output.reports.bodies import report_agencies, report_agency
from output.reports.cases import report_cases, report_contradictions, report_outcomes, report_vanished
from output.reports.collaboration import report_bridges, report_collaboration
from output.reports.meetings import report_documents, report_meetings, report_people, report_rhythm
from output.reports.promises import report_burden, report_promises
from output.reports.summary import report_summary
from output.scope import FILTERS

__all__ = ["FILTERS_OF", "REPORTS", "report_agency"]

REPORTS: Final[Mapping[str, Callable[..., Report]]] = {
    "summary": report_summary,
    "agencies": report_agencies,
    "cases": report_cases,
    "people": report_people,
    "meetings": report_meetings,
    "promises": report_promises,
    "contradictions": report_contradictions,
    "vanished": report_vanished,
    "outcomes": report_outcomes,
    "collaboration": report_collaboration,
    "bridges": report_bridges,
    "burden": report_burden,
    "rhythm": report_rhythm,
    "documents": report_documents,
}
"""Each report by name; call it as ``REPORTS["cases"](store, messages, scope)``."""

FILTERS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "summary": ("city", "agency", "group"),
    "agencies": ("city", "agency", "group", "year"),
    "agency": ("group", "year"),
    "cases": FILTERS,
    "people": ("city", "group", "year"),
    "meetings": ("city", "group", "year"),
    "promises": FILTERS,
    "contradictions": ("city", "agency", "group", "year"),
    "vanished": FILTERS,
    "outcomes": FILTERS,
    "collaboration": FILTERS,
    "bridges": FILTERS,
    "burden": ("agency", "group", "year", "outcome"),
    "rhythm": ("group", "year"),
    "documents": ("group", "year"),
}
"""What each report can be narrowed by."""
