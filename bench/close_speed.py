"""How long a company of 40 mines with 10 years of months takes to close, and one leaf's change to recompute.

python bench/close_speed.py [MINES] [MONTHS]
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.close_company import months_from, write_books

from orebook.close.books import read_books
from orebook.close.closing import build_graph
from orebook.close.graph import change

Made = TypeVar("Made")


def timed(what: str, work: Callable[[], Made]) -> tuple[Made, float]:
    """Do the work, print how long it took, and give both."""
    start = perf_counter()
    made = work()
    took = perf_counter() - start
    print(f"{what:<34} {took * 1000:10.1f} ms")
    return made, took


def main() -> None:
    mines, months = (int(text) for text in (*sys.argv[1:], "40", "120")[:2])
    with TemporaryDirectory() as folder:
        write_books(Path(folder), 1, mines, months_from(2000, months))
        books, reading = timed("read and validate the books", lambda: read_books(Path(folder)))
    graph, closing = timed("write and solve the equations", lambda: build_graph(books))
    print(f"{len(graph.keys)} figures, {len(graph.relations)} equations, {len(graph.sources)} leaves")
    leaf = next(node for node, source in graph.sources.items() if source.file == "costs.csv")
    value = graph.values[leaf] or Fraction(0)
    moved, took = timed("change one leaf", lambda: change(graph, {leaf: value + 1}))
    whole = reading + closing
    print(f"{len(moved)} figures moved; {whole / took:.0f} times as fast as the whole ({whole:.2f} s)")


if __name__ == "__main__":
    main()
