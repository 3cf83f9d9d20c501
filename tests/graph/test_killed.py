"""A build that is killed with SIGKILL, at any moment, leaves the old facts or the new ones."""

from pathlib import Path

import pytest

from tests.graph.builds_that_are_killed import kill_many


@pytest.mark.slow
def test_fifty_killed_builds_leave_old_facts_or_new_ones_and_the_next_build_is_whole(tmp_path: Path) -> None:
    left_old, left_new = kill_many(tmp_path, 50)
    assert left_old >= 5
    assert left_old + left_new == 50
