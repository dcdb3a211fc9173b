"""The documents that a bench measures."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path


def seeds_in(shared: Path) -> list[Path]:
    """The seeds under the folder of shared documents, oldest first; ends the run where there is none."""
    seeds = sorted((shared / "seeds").glob("*.txt"))
    if not seeds:
        print(f"no seeds under {shared}; give the folder of shared documents", file=sys.stderr)
        raise SystemExit(2)
    return seeds


def documents(paths: Iterable[Path]) -> list[Path]:
    """Files as they are given, and in the place of a folder the files in it; ends the run where one is not there."""
    made: list[Path] = []
    for path in paths:
        if not path.exists():
            print(f"{path} is not there; give files, or folders of them", file=sys.stderr)
            raise SystemExit(2)
        made += sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else [path]
    return made
