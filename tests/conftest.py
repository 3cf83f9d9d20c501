"""Switches of the test run."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("crosscity", deadline=None)  # no test is timed: a busy machine is no fault
settings.load_profile("crosscity")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write what tests/cases state now as the expected facts, to be reviewed as a diff"
    )
