"""A checkout goes in; wheel and sdist are built of two copies, by other hands and at another time, and must be the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def build(folder: Path, umask: int, seconds: int) -> dict[str, str]:
    """The digest of each file that is built of a copy of the tree, made under a umask, its files of some second since 1970."""
    tree = folder / "tree"
    before = os.umask(umask)
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
        )
        for name in filter(None, listed.stdout.decode().split("\0")):
            copy = tree / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / name).read_bytes())
            os.utime(copy, (seconds, seconds))
        subprocess.run(
            [sys.executable, "-m", "build", "--quiet", "--outdir", str(folder / "dist"), str(tree)], check=True, stdout=subprocess.DEVNULL
        )
    finally:
        os.umask(before)
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted((folder / "dist").iterdir())}


def main() -> int:
    """The exit status: 0 where both builds gave the same bytes."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, second = build(Path(one), 0o022, 1_600_000_000), build(Path(other), 0o077, 1_700_000_000)
    for name, digest in first.items():
        print(f"{digest}  {name}" if second.get(name) == digest else f"differs: {name}")
    return 0 if len(first) == 2 and first == second else 1


if __name__ == "__main__":
    sys.exit(main())
