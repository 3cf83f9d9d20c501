"""The benchmark that soaks the service finds nothing wrong in some seconds; `benchmarks/soak.py 300` is the one to run before a release."""

from __future__ import annotations

import sys

import pytest

from soak import soak


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by Linux's /proc")
def test_each_answer_is_that_of_a_finished_build() -> None:
    soaked = soak(10.0, clients=2)
    assert not soaked.wrong
    assert not soaked.errors
    assert soaked.answers > 20 and soaked.builds > 1
    assert len({generation for _, generation in soaked.seen}) > 1
