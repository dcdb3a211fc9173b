"""A seed closed from its leaves and written: its tables come out as printed, or the bench says why not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def _bench(root: Path, seed: Path) -> str:
    run = subprocess.run(
        [sys.executable, root / "bench" / "close_then_write.py", seed], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_a_seed_closed_from_its_leaves_is_written_as_it_was_printed(root: Path, shared: Path) -> None:
    out = _bench(root, shared / "seeds" / "hecla-1996q1.txt")
    assert "292 figures (200 leaves, 92 derived), 292 equal (100.0% of the derived), 0 differ" in out


def test_figures_that_a_seed_gets_wrong_are_listed_with_their_break(root: Path, shared: Path) -> None:
    out = _bench(root, shared / "seeds" / "hecla-2007q3.txt")
    assert "Total cash costs ($/oz.): printed (4.91), written (4.93) (break)" in out
    assert "UNEXPLAINED" not in out
