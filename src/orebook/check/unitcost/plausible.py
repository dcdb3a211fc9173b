"""UC04 unitcost.quantity-implausible: quantities that cannot be, whatever was rounded or left out.

What it ties: the ounces that a mine produced to the metal that its ore held (tons times head grade), and the
tons, ounces, days and additions of the year to date to those of its last quarter.

Why: production tables print many figures that nothing adds up; these limits hold for each of them.

Ties: 72,592 tons at 9.89 ounces a ton held 717,935 ounces, and 661,511 were produced.

Breaks: never more than a query. 7,259 tons at that grade held less than was produced; 24,101 tons in nine
months are less than the 72,592 of the third quarter. Metal from stocks, or earlier quarters stated anew,
may explain either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from orebook.check.context import Context, Sightings
from orebook.check.cross.rows import Entry, entries
from orebook.check.findings import QUERY, plain
from orebook.check.unitcost.grade import ORE, yields
from orebook.lexicon.levels import MINE
from orebook.model.fact import Fact
from orebook.model.interval import Interval, amount
from orebook.model.period import Period
from orebook.model.tie import Finding

CODE = "UC04"
NAME = "unitcost.quantity-implausible"
COUNTED = frozenset({*ORE, "orebook:DaysOfOperation", "orebook:CapitalAdditions"})


def run(view: Context) -> Iterator[Finding]:
    """Ounces <= tons * grade, and year to date >= quarter."""
    blocks: dict[tuple[int, str | None], list[Entry]] = defaultdict(list)
    for entry in entries(view):
        concept = entry.concept or ""
        if (concept in COUNTED or concept.endswith("Produced")) and not _is_rate(entry.row.label):
            yield from _shrinking(entry, view.sightings)
        if entry.level.level == MINE and concept:
            blocks[entry.table.number, entry.row.entity].append(entry)
    for block in blocks.values():
        for ounces, ore, grade, factor in yields(block, "HeadGrade"):
            yield from _beyond_content(ounces, ore, grade, factor, view.sightings)


def _is_rate(label: str) -> bool:
    """Whether a row counts by the day: it grows with no period."""
    low = label.lower()
    return "per day" in low or "/day" in low or "tpd" in low or "daily" in low


def _shrinking(entry: Entry, known: Sightings) -> Iterator[Finding]:
    """Quarters that exceed the year to date which they end."""
    for period, quarter in entry.figures.items():
        for longer, whole in entry.figures.items():
            if not _contains(longer, period) or whole.amount >= quarter.amount or whole.amount < 0:
                continue
            if known.own(whole).high < known.own(quarter).low:
                said = f"{entry.row.label!r} of {longer.months} months is less than that of its last {period.months}"
                yield _finding(whole, f"{said}, {quarter.text.strip()}", amount(quarter))


def _contains(longer: Period, shorter: Period) -> bool:
    return (longer.months or 0) > (shorter.months or 0) > 0 and longer.end == shorter.end


def _beyond_content(ounces: Entry, ore: Entry, grade: Entry, factor: Fraction, known: Sightings) -> Iterator[Finding]:
    """Ounces beyond what the ore held."""
    for period, produced in ounces.figures.items():
        if period not in ore.figures or period not in grade.figures or not produced.value:
            continue
        tons, head = ore.figures[period], grade.figures[period]
        if factor == 1 and produced.amount <= tons.amount * head.amount:
            continue
        held: Interval = known.own(tons).times(known.own(head)).scaled(factor)
        if known.own(produced).low > held.high:
            content = amount(tons) * amount(head) * factor
            said = f"{ounces.row.label!r} exceeds what the ore held: {tons.text.strip()} at {head.text.strip()}"
            yield _finding(produced, said, content)


def _finding(fact: Fact, said: str, other: Fraction) -> Finding:
    printed, computed = amount(fact) / fact.scale, other / fact.scale
    gap = plain(printed - computed, fact.decimals)
    return Finding(CODE, QUERY, fact.spot, said, plain(printed, fact.decimals), plain(computed, fact.decimals), gap)
