"""One digit of one number of a report's prose changed at a time: how many of the changes does the check see?

    uv run python bench/prose_injected.py FILE... [--seed 7] [--show]

Every number that ties to a figure is changed once (a digit other than a leading one to zero, drawn with a fixed
seed). A change that leaves the sentence true (`more than $300` for 293 made 290) is no error and is not
counted; it is one that the figures still allow by the qualifier and the printed digits.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path

from orebook import read
from orebook.check.prose import claims
from orebook.model.book import Book
from orebook.model.tie import BREAKS, TIES, WITHIN, Claim
from seeds import documents

_DIGITS = re.compile(r"[\d,.]*\d")


def changed(text: str, rng: random.Random) -> str:
    """The number with one digit changed, its leading digit never to zero."""
    places = [at for at, char in enumerate(text) if char.isdigit()]
    at = rng.choice(places)
    choices = [digit for digit in "0123456789" if digit != text[at] and not (at == places[0] and digit == "0")]
    return text[:at] + rng.choice(choices) + text[at + 1 :]


def injected(book: Book, claim: Claim, rng: random.Random) -> Book | None:
    """The book with the claim's number changed; None where its digits cannot be found on its line."""
    found = _DIGITS.search(claim.number)
    if found is None:
        return None
    line = book.lines[claim.spot.line - 1]
    at = line.find(found.group(), claim.spot.start)
    if at < 0:
        return None
    lines = list(book.lines)
    lines[claim.spot.line - 1] = line[:at] + changed(found.group(), rng) + line[at + len(found.group()) :]
    return book._replace(lines=tuple(lines))


def outcome(book: Book, claim: Claim) -> str:
    """`found`, `still true` (it still ties to the same figures, or `more than` allows it), or `missed`."""
    again = [c for c in claims(book) if c.spot.line == claim.spot.line and abs(c.spot.start - claim.spot.start) < 3]
    if again and again[0].verdict == BREAKS:
        return "found"
    if again and again[0].printed is not None and claim.computed is not None:
        more = abs(claim.computed) - abs(again[0].printed)
        if ("qualifier: over" in again[0].trace and more > 0) or ("qualifier: under" in again[0].trace and more < 0):
            return "still true"
    same = again and again[0].verdict in (TIES, WITHIN) and again[0].operands == claim.operands
    return "still true" if same else "missed"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", action="store_true", help="list what was missed")
    args = parser.parse_args()
    total: Counter[str] = Counter()
    for path in documents(args.files):
        rng = random.Random(args.seed)  # noqa: S311  a draw that anyone can repeat
        book = read(path)
        count: Counter[str] = Counter()
        for claim in claims(book):
            if claim.verdict not in (TIES, WITHIN) or not claim.operands:
                continue
            other = injected(book, claim, rng)
            if other is None:
                continue
            result = outcome(other, claim)
            count[result] += 1
            if args.show and result == "missed":
                print(f"  missed {path.name}:{claim.spot.line} {claim.number} ({claim.kind})")
        total += count
        print(f"{path.name}: {dict(count)}")
    seen, missed = total["found"], total["missed"]
    print(
        f"found {seen} of {seen + missed} changes ({100 * seen // max(seen + missed, 1)} %), {total['still true']} still true"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
