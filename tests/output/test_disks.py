"""A disk that is full, and one that may only be read: what the program says, and that the store is as it was.

Both are a tmpfs of its own, mounted in a namespace of its own, so that any user may run this on Linux.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APART = ["unshare", "--user", "--map-root-user", "--mount"]
SCRIPT = """
set -u
mount -t tmpfs -o size=32m tmpfs "$1" || exit 9
say() { "$2" -c 'import sys; from output.cli import main; sys.exit(main())' --lang en "${@:3}" 2>&1; echo "exit $?"; }
program="$2"
crosscity() { say _ "$program" "$@"; }
cd "$1"
crosscity build "$3/examples/2019.txt" --store kg | tail -1
crosscity query meetings --store kg --format csv > "$4/first"
{ cat /dev/zero > fill; } 2>/dev/null
echo "full:"
crosscity build "$3/examples" --store kg
crosscity build "$3/examples" --store other
ls -A
crosscity query meetings --store kg --format csv | cmp - "$4/first" && echo same
rm fill
crosscity build "$3/examples" --store kg | tail -1
crosscity query meetings --store kg --format csv > "$4/second"
mount -o remount,ro "$1"
echo "read-only:"
crosscity build "$3/examples" --store kg
crosscity store compact --store kg
crosscity query meetings --store kg --format csv | cmp - "$4/second" && echo same
crosscity report meetings --as-of 2019-12-31 --store kg | tail -1
"""


def _apart() -> bool:
    if shutil.which("unshare") is None or shutil.which("bash") is None:
        return False
    return subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_a_full_disk_and_a_read_only_one_leave_the_store_as_it_was(tmp_path: Path) -> None:
    if not _apart():
        pytest.skip("no namespaces (unshare) to mount a disk in")
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    run = subprocess.run(
        [*APART, "bash", "-c", SCRIPT, "bash", str(disk), sys.executable, str(ROOT), str(kept)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    if run.returncode == 9:
        pytest.skip("no disk can be mounted in a namespace here")
    begun, full, read_only = run.stdout.partition("full:\n")[0], run.stdout.partition("full:\n")[2], run.stdout.partition("read-only:\n")[2]
    assert begun == "exit 0\n"
    assert full.partition("read-only:\n")[0].splitlines() == [
        "crosscity: kg: the disk is full; make room and try again; what the store held is as it was",
        "exit 2",
        "crosscity: other: the disk is full; make room and try again; what the store held is as it was",
        "exit 2",
        "fill",
        "kg",
        "same",
        "exit 0",
    ]
    unusable = "crosscity: kg: cannot be used as a store (Read-only file system); name a folder that you may write to"
    assert read_only.splitlines() == [unusable, "exit 2", unusable, "exit 2", "same", "exit 0"]
