"""Writes reports as XBRL packages, plain and inline, and lets Arelle judge them, without a network.

    python bench/xbrl_valid.py FILE...

Needs Arelle (`arelle-release`, in the group dev). For each package: figures, items written, figures left out by cause,
Arelle's errors, the calculations that it finds inconsistent and whether each is a break of the report, and seconds.
Exit status 1 where Arelle has an error, or an inconsistency that is no break.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.arelle_says import Said, is_here, said
from tests.test_xbrl_arelle import breaks, inconsistent

from orebook.pipeline import UnreadableError, check, read
from orebook.write.xbrl import Package, inline_package, package


def write(path: Path, folder: Path) -> Iterator[tuple[Path, Package, str]]:
    """The two packages of a file, and the beginning of the line of each."""
    book = read(path)
    checked = check(book)
    for ending, make in (("xbr", package), ("xbri", inline_package)):
        start = time.perf_counter()
        made = make(book, checked)
        seconds = time.perf_counter() - start
        target = folder / f"{path.stem}.{ending}"
        target.write_bytes(made.data)
        left = ", ".join(f"{count} {cause}" for cause, count in Counter(cause for _, cause in made.left).items())
        sums = sum(len(network) for _, network in made.sums.networks)
        told = f"{len(book.facts)} figures, {made.items} items in {seconds:.2f} s, left out: {left or 'none'}"
        yield target, made, f"{told}; {sums} sums, {len(made.sums.unsaid)} that cannot be said"


def judged(made: Package, found: Said) -> tuple[str, int]:
    """What Arelle says, and how much of it is wrong."""
    strange = inconsistent(found) - breaks(made)
    told = f"{len(found.errors)} errors, {len(found.inconsistencies)} inconsistencies, {len(strange)} of them no break"
    return told, len(found.errors) + len(strange)


def main() -> int:
    if not is_here():
        print("Arelle is not installed: uv sync, or pip install arelle-release")
        return 2
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        for path in map(Path, sys.argv[1:]):
            try:
                packages = list(write(path, Path(name)))
            except UnreadableError as error:
                print(f"{path.name}: {error}")
                continue
            for target, made, told in packages:
                start = time.perf_counter()
                verdict, bad = judged(made, said([target])[0])
                wrong += bad
                print(f"{target.name}: {told}\n  Arelle in {time.perf_counter() - start:.1f} s: {verdict}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
