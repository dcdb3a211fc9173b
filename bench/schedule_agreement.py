"""How many values of the EX-27 schedules are read from the same filing's own tables.

    python bench/schedule_agreement.py [CORPUS_DIR] [--list]

An EX-27 schedule is an independent witness: the filer typed its values apart from the statements. For each
non-zero value of a schedule whose digits the filing's other documents print in columns, the reader must have a
fact with the same value and scale, whose period ends on the schedule's date. `--list` names the rest by cause.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.pipeline import read

_TOKEN = re.compile(r"(?<![\d,.])\(?\d[\d,]*(?:\.\d+)?\)?(?![\d,])")


def printed_amounts(book: Book) -> set[Decimal]:
    """The numbers printed, two blanks off the words before them, outside the schedules (sign dropped)."""
    skipped = {
        i for part in book.parts if part.kind.startswith("EX-27") for i in range(part.first_line, part.last_line + 1)
    }
    found: set[Decimal] = set()
    for number, line in enumerate(book.lines, 1):
        if number in skipped:
            continue
        for match in _TOKEN.finditer(line):
            before = line[: match.start()]
            if before.rstrip().endswith("$") or before.endswith(("  ", "\t")):
                found.add(Decimal(match.group().strip("()").replace(",", "")))
    return found


def judge(book: Book) -> list[tuple[Fact, str]]:
    """Each non-zero schedule value that the tables print, with `right` or the cause why it was not read so."""
    schedule = [fact for fact in book.facts if fact.table.kind == "schedule" and fact.value]
    others = [fact for fact in book.facts if fact.table.kind != "schedule" and fact.value is not None]
    by_amount: dict[Decimal, list[Fact]] = {}
    by_value: dict[Decimal, list[Fact]] = {}
    for fact in others:
        by_amount.setdefault(abs(fact.amount), []).append(fact)
        by_value.setdefault(abs(fact.value or Decimal(0)), []).append(fact)
    printed = printed_amounts(book)
    # A schedule that prints no multiplier says nothing of scale: its digits are compared with the printed ones.
    stated = any(line.startswith("<MULTIPLIER>") for line in book.lines)
    made: list[tuple[Fact, str]] = []
    for fact in schedule:
        value = abs(fact.value or Decimal(0))
        shown = {value, abs(fact.amount), abs(fact.amount) / 1000, abs(fact.amount) / 1_000_000}
        if not shown & printed:
            continue
        alike = [other for amount in shown for other in by_value.get(amount, [])]
        same = by_amount.get(abs(fact.amount), []) if stated else by_value.get(value, [])
        made.append((fact, _cause(fact, same, alike)))
    return made


def _cause(fact: Fact, same: list[Fact], digits: list[Fact]) -> str:
    end = fact.period.end if fact.period else None
    if any(other.period and other.period.end == end for other in same):
        return "right"
    if same:
        return "no period" if all(other.period is None for other in same) else "other period"
    if digits:
        return "other scale"
    return "not read"


def main(arguments: list[str]) -> int:
    """Prints the figure, and with --list the rest by cause."""
    folder = Path(next((a for a in arguments if not a.startswith("-")), "../shared/corpus"))
    causes: Counter[str] = Counter()
    rest: list[str] = []
    for path in sorted((folder / "submissions").glob("*.txt")):
        for fact, cause in judge(read(path)):
            causes[cause] += 1
            if cause != "right":
                end = fact.period.end if fact.period else None
                rest.append(f"{cause:12} {path.name}:{fact.spot.line} {fact.label} {fact.text} x{fact.scale} {end}")
    total = causes.total()
    print(
        f"schedule values that the tables print: {total}; read right: {causes['right']} ({100 * causes['right'] / total:.2f} %)"
    )
    for cause, count in causes.most_common():
        print(f"  {cause:12} {count}")
    if "--list" in arguments:
        print("\n".join(rest))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
