"""How fast checking is, against reading the same document.

    python bench/check_speed.py [SHARED_DIR] [--turns 21] [--corpus]

For each seed, in one process, medians of many turns of processor time, taken in turn in the same run:

- `read`: the book from its bytes.
- `check`: every check over a book that was read for this turn alone, outside the clock, so that nothing that an
  earlier check kept can flatter it (nor its going be counted); the words of earlier texts are forgotten too. Required: at most 4 times reading.
- `prose`: the numbers and the words of direction in the sentences, again over a book of its own, as a part of the
  whole. Required: at most what reading takes.

`--corpus` does the same for each filing of the corpus, three turns each, and prints those where prose takes longer
than reading. The collector of cycles is off while a stage runs, as the pipeline itself has it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from orebook.check.prose import claims, directions
from orebook.check.prose.words import tokens
from orebook.model.book import Book
from orebook.model.collector import without_collector
from orebook.pipeline import check, read
from seeds import seeds_in

TURNS = 21
MOST_CHECK, MOST_PROSE = 4, 1


class Taken(NamedTuple):
    """Median seconds of processor time."""

    read: float
    check: float
    prose: float


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time of one call; what it makes is dropped after the clock is read."""
    start = time.process_time()
    made = work()
    taken = time.process_time() - start
    del made
    return taken


def prose(book: Book) -> None:
    """Both checks of the sentences, as the catalogue runs them."""
    with without_collector():
        claims(book)
        directions(book)


def fresh(data: bytes) -> Book:
    """A book that nothing has looked at; what was kept of the one before is dropped outside the clock."""
    check(read(b"Nothing is told.\n", "x"))
    tokens.cache_clear()
    return read(data, "x")


def measured(data: bytes, turns: int) -> Taken:
    """The three stages over one document, in turn."""
    reads, checks, proses = [], [], []
    for _ in range(turns):
        reads.append(timed(lambda: read(data, "x")))
        book = fresh(data)
        checks.append(timed(lambda book=book: check(book)))  # type: ignore[misc]
        book = fresh(data)
        proses.append(timed(lambda book=book: prose(book)))  # type: ignore[misc]
    return Taken(median(reads), median(checks), median(proses))


def seeds_of(seeds: list[Path], turns: int) -> None:
    """One line a seed."""
    print(f"median of {turns} turns; required: check at most {MOST_CHECK} times reading, prose at most {MOST_PROSE}")
    for path in seeds:
        data = path.read_bytes()
        prose(read(data, "x"))
        taken = measured(data, turns)
        print(
            f"  {path.name:20} read {taken.read * 1e3:6.1f} ms"
            f"  check {taken.check * 1e3:6.1f} ms  ratio {taken.check / taken.read:5.2f}"
            f"  prose {taken.prose * 1e3:6.1f} ms  ratio {taken.prose / taken.read:5.2f}"
        )


def corpus_of(shared: Path) -> None:
    """The filings of the corpus whose prose takes longer than their reading, and what all of them take together."""
    every: list[tuple[float, str]] = []
    total_read = total_prose = 0.0
    for path in sorted((shared / "corpus").glob("*/*")):
        taken = measured(path.read_bytes(), 3)
        every.append((taken.prose / taken.read, path.name))
        total_read, total_prose = total_read + taken.read, total_prose + taken.prose
    print(f"corpus, {len(every)} filings, together: prose {total_prose / total_read:.2f} times reading")
    for ratio, name in sorted(every, reverse=True):
        if ratio > MOST_PROSE:
            print(f"  {ratio:5.2f}  {name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--corpus", action="store_true", help="the filings of the corpus as well")
    args = parser.parse_args()
    seeds_of(seeds_in(args.shared), args.turns)
    if args.corpus:
        corpus_of(args.shared)
    return 0


if __name__ == "__main__":
    sys.exit(main())
