"""The seeds that a bench measures."""

from __future__ import annotations

import sys
from pathlib import Path


def seeds_in(shared: Path) -> list[Path]:
    """The seeds under the folder of shared documents, oldest first; ends the run where there is none."""
    seeds = sorted((shared / "seeds").glob("*.txt"))
    if not seeds:
        print(f"no seeds under {shared}; give the folder of shared documents", file=sys.stderr)
        raise SystemExit(2)
    return seeds
