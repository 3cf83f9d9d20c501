"""A wheel goes in; it must hold every module and data file of the packages, the examples and the licence, and nothing else."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXPECTED = (
    "graph/py.typed",
    "ontology/agencies.ttl",
    "loaders/rules.toml",
    "graph/queries/cases.rq",
    "graph/questions/chairs.rq",
    "ontology/profiles/taipei.toml",
    "output/messages.toml",
)


def main(wheel: str) -> int:
    """The exit status: 0 where the wheel holds what it should."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = set(EXPECTED)
    for package in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]:
        files = (file for file in (ROOT / package).rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        wanted |= {str(file.relative_to(ROOT)) for file in files}
    version = f"crosscity-{project['project']['version']}"
    wanted |= {f"{version}.data/data/share/crosscity/examples/{file.name}" for file in (ROOT / "examples").iterdir()}
    wanted.add(f"{version}.dist-info/licenses/LICENSE")
    beside = {name for name in held - wanted if f"{version}.dist-info/" not in name}
    for name in sorted(wanted - held):
        print(f"missing: {name}")
    for name in sorted(beside):
        print(f"does not belong there: {name}")
    print(f"{len(held)} files in {Path(wheel).name}")
    return 1 if wanted - held or beside else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
