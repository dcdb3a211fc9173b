"""ST04 statements.average-shares-copied: the weighted average of shares is the number at the end of the period.

What it ties: the weighted average number of shares over a period to the shares outstanding at its beginning
and end.

Why: the two stand near each other and look alike, and one is easily copied for the other. Where shares were
issued during the period, their average lies below the closing number.

Ties: 48,082 shares at the beginning, 48,245 at the end, 48,178 on average.

Breaks: never more than a query. 48,255 at the beginning, 51,130 at the end, and 51,130 on average: only an
issue on the first day could explain it.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.check.context import Context
from orebook.check.cross.agreement import digits
from orebook.check.cross.rows import entries
from orebook.check.findings import QUERY, plain
from orebook.lexicon.levels import COMPANY
from orebook.model.fact import Fact
from orebook.model.interval import amount
from orebook.model.period import Period
from orebook.model.tie import Finding

CODE = "ST04"
NAME = "statements.average-shares-copied"
OUTSTANDING = "CommonStockSharesOutstanding"
AVERAGE = frozenset(
    {
        "WeightedAverageNumberOfSharesOutstandingBasic",
        "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
    }
)
TELLING = 4  # digits: fewer may be equal by chance


def run(view: Context) -> Iterator[Finding]:
    """Averages that are the closing number digit for digit, while the opening number is another."""
    standing: dict[Period, Fact] = {}
    rows = [entry for entry in entries(view) if entry.level.level == COMPANY and entry.unit == "shares"]
    for entry in rows:
        if entry.concept == OUTSTANDING:
            for period, fact in entry.figures.items():
                standing.setdefault(period.instant(), fact)
    for entry in rows:
        if entry.concept in AVERAGE:
            for period, fact in entry.figures.items():
                closing, opening = standing.get(period.instant()), standing.get(period.opening())
                if closing is not None and opening is not None and _copied(fact, opening, closing):
                    yield _finding(fact, opening, closing)


def _copied(average: Fact, opening: Fact, closing: Fact) -> bool:
    same = average.value == closing.value and average.scale == closing.scale
    return same and digits(average) >= TELLING and amount(opening) != amount(closing)


def _finding(average: Fact, opening: Fact, closing: Fact) -> Finding:
    printed = plain(amount(average) / average.scale, average.decimals)
    said = (
        f"{average.row.label!r} is the number of shares at the end of the period (line {closing.spot.line}) to the"
        f" last digit, though {opening.text.strip()} were outstanding at its beginning"
    )
    return Finding(CODE, QUERY, average.spot, said, printed, printed)
