"""Reads every file of a corpus: no crash, every fact where it says it is, few tokens unaccounted.

    python bench/corpus_sweep.py [CORPUS_DIR] [--list]

Prints, for the text filings and the HTML releases, the figures read, the share of facts whose printed text
stands at their spot (in HTML also at their offset), and the share of number tokens inside tables that the
ledger could not account for. `--list` names each of those tokens.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from orebook.book.ledger import ledger
from orebook.model.book import Book
from orebook.pipeline import read


def misplaced(book: Book) -> int:
    """How many facts do not stand where they say."""
    return sum(not _in_place(book, i) for i in range(len(book.facts)))


def _in_place(book: Book, index: int) -> bool:
    fact = book.facts[index]
    spot = fact.spot
    if book.lines[spot.line - 1][spot.start : spot.end] != fact.text:
        return False
    if spot.offset is None:
        return True
    return _digits(book.source[spot.offset[0] : spot.offset[1]]) == _digits(fact.text)


def _digits(text: str) -> str:
    return re.sub(r"[^\d.]", "", re.sub(r"<[^>]*>|&#?\w+;", "", text))


def main(arguments: list[str]) -> int:
    """Sweeps the corpus and prints one line a folder."""
    root = Path(next((a for a in arguments if not a.startswith("-")), "../shared/corpus"))
    for folder in ("submissions", "releases-text", "releases-html"):
        facts = wrong = inside = loose = files = lines = 0
        started = time.perf_counter()
        for path in sorted((root / folder).iterdir()):
            book = read(path)
            tokens = ledger(book)
            files += 1
            lines += len(book.lines)
            facts += len(book.facts)
            wrong += misplaced(book)
            inside += sum(token.inside_table for token in tokens)
            unaccounted = [token for token in tokens if token.kind == "unaccounted"]
            loose += len(unaccounted)
            if "--list" in arguments:
                for token in unaccounted:
                    print(
                        f"{path.name}:{token.spot.line}:{token.spot.start}: {token.text!r} in {book.lines[token.spot.line - 1]!r}"
                    )
        spent = time.perf_counter() - started
        print(
            f"{folder}: {files} files, {lines} lines, {facts} figures; misplaced {wrong}; "
            f"unaccounted {loose} of {inside} tokens inside tables ({100 * loose / max(1, inside):.3f} %); {spent:.1f} s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
