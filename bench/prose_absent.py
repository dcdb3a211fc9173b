"""How often a sentence is called wrong because the row that it tells is not printed.

    uv run python bench/prose_absent.py FILE... [--show]

The prose of a release tells figures that its tables do not print. Each row that a number of the prose ties to is
taken out in turn (its line, or in HTML its figures), and the report checked again: every number that tied to it must be
untied now, or tie to another sighting. *Broken*: numbers that break instead, for a row that is only called alike.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from orebook.model.book import Book
from orebook.model.fact import Row
from orebook.model.tie import BREAKS, TIES, UNTIED, WITHIN, Claim
from orebook.pipeline import check, read
from seeds import documents


def rows_told(book: Book) -> dict[tuple[int, int], list[int]]:
    """The rows that single numbers of the prose tie to, by table and row, with the places of those claims."""
    told: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, claim in enumerate(check(book).claims):
        if claim.verdict in (TIES, WITHIN) and len(claim.operands) == 1:
            fact = claim.operands[0]
            told[fact.table.number, fact.row.number].append(at)
    return told


def without(book: Book, key: tuple[int, int]) -> bytes:
    """The document without the figures of a row (without the whole line of a plain text)."""
    facts = [fact for fact in book.facts if (fact.table.number, fact.row.number) == key]
    if book.source:
        text = book.source
        for start, end in (fact.spot.offset for fact in facts if fact.spot.offset is not None):
            text = text[:start] + " " * (end - start) + text[end:]
        return text.encode()
    row: Row = facts[0].row
    lines = list(book.lines)
    lines[row.line - 1] = ""
    return "\n".join(lines).encode()


def judged(path: Path) -> Iterator[tuple[str, Claim]]:
    """What becomes of every number whose row is taken out: `broken`, `untied` or `tied elsewhere`."""
    book = read(path.read_bytes(), path.name)
    before = len(check(book).claims)
    for key, places in rows_told(book).items():
        claims = check(read(without(book, key), path.name)).claims
        if len(claims) != before:
            continue
        for claim in (claims[at] for at in places):
            said = {BREAKS: "broken", UNTIED: "untied"}.get(claim.verdict, "tied elsewhere")
            yield said, claim


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="list the numbers that break")
    args = parser.parse_args()
    total: Counter[str] = Counter()
    for path in documents(args.files):
        count: Counter[str] = Counter()
        for said, claim in judged(path):
            count[said] += 1
            if args.show and said == "broken":
                print(f"  {path.name}:{claim.spot.line} {claim.number}: {claim.formula}")
        total += count
        print(f"{path.name}: {dict(count)}")
    every = sum(total.values())
    print(
        f"{total['broken']} of {every} numbers whose row is absent are called wrong ({100 * total['broken'] / max(every, 1):.1f} %)"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
