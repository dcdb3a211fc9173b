"""RP01 reports.comparative-differs: a later report prints an earlier period otherwise than the earlier report did.

What it ties: every figure that two reports of one company print about the same period: opening balances, and
comparatives as first reported and as now reported. Rows are matched by statement, unit, section and meaning.

Why: both are answers, and which of them a series uses changes it. A figure may be the same; rounded otherwise,
where the last digits differ though one number has both roundings; re-presented, where it was divided or moved
and the parts still add up; or restated.

Ties: exploration of 2,562 in the earlier report, and 2,468 with a new line of 94 in the later one.

Breaks: never. That a figure was restated is a query: the reports are two documents, each true to itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm

from orebook.check.context import context
from orebook.check.cross.rows import Entry, entries
from orebook.check.findings import QUERY, grouped, name, plain
from orebook.lexicon.wording import normal
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.interval import Interval, amount, of_fact, total
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.tie import MINUS, ONE, Finding, Operand

CODE = "RP01"
NAME = "reports.comparative-differs"

EQUAL = "equal"
ROUNDED = "rounded otherwise"
REPRESENTED = "re-presented"
RESTATED = "restated"
SPLITS = tuple(
    Fraction(*ratio) for ratio in ((2, 1), (3, 1), (3, 2), (4, 1), (5, 4), (5, 1), (7, 1), (10, 1), (1, 10), (1, 5))
)
MOST_PARTS = 2  # lines that a figure is thought to have been divided into or exchanged with
MOST_LINES = 24  # lines of one statement among which those parts are looked for

TOTALS = {
    "operations": ("NetIncomeLoss",),
    "cash-flows": ("NetCashProvidedByUsedInOperatingActivities", "CashAndCashEquivalentsAtCarryingValue"),
    "balance-sheet": ("Assets", "StockholdersEquity"),
    "reconciliation": ("CostOfRevenue", "CostOfGoodsAndServicesSold"),
}

RECONCILED = "reconciliation"
RESULTS = frozenset(concept for kind, concepts in TOTALS.items() if kind != RECONCILED for concept in concepts)
"""What a statement comes to. What a reconciliation comes to is a line of the statement of operations."""

Key = tuple[str, str, str, str, str]


class Comparison(NamedTuple):
    """A figure as first reported (`old`) and as now reported (`new`).

    `parts` are, for a re-presented figure, the other figures that it now takes to add up: lines of the new
    report with weight +1, lines of the old report with weight -1 (a line of both has moved by as much the
    other way); empty where only the statement's total shows that nothing was lost. `split` is by how much each
    share was split, for figures that this turns into the new ones.
    """

    old: Fact
    new: Fact
    verdict: str
    parts: tuple[Operand, ...] = ()
    split: Fraction = ONE


class _Pair(NamedTuple):
    """A row in both reports (`old` None: a new line), in one statement and about one unit."""

    old: Entry | None
    new: Entry


class Reports(NamedTuple):
    """What comparing two reports gives: each common figure in the order of the new report, and the findings."""

    comparisons: tuple[Comparison, ...]
    findings: tuple[Finding, ...]

    def count(self, verdict: str) -> int:
        """How many figures have a verdict."""
        return sum(comparison.verdict == verdict for comparison in self.comparisons)


def compare(old: Book, new: Book) -> Reports:
    """Compares two reports of one company, the earlier one first.

    Figures of the new report whose period the old one covers too are looked up there; the spots of the
    findings are those of the new report. The figures are compared as intervals of their printed digits.
    """
    ordered = comparisons(entries(context(old)), entries(context(new)))
    differing = (comparison for comparison in ordered if comparison.verdict != EQUAL)
    return Reports(ordered, tuple(_finding(comparison, old.name) for comparison in differing))


def comparisons(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Comparison, ...]:
    """Each figure that the rows of two reports of one company have in common, in the order of the later report."""
    groups = _matched(old, new)
    split = _split(groups)
    made = (found for pairs in groups for found in _judged(pairs, split))
    return tuple(sorted(made, key=lambda comparison: comparison.new.place))


def _matched(old: Sequence[Entry], new: Sequence[Entry]) -> list[list[_Pair]]:
    """The rows of the new report with those of the old one that mean the same, by statement and unit."""
    before: dict[Key, list[Entry]] = defaultdict(list)
    for entry in old:
        before[_key(entry)].append(entry)
    met: dict[Key, int] = defaultdict(int)
    groups: dict[tuple[str, str, str], list[_Pair]] = defaultdict(list)
    for entry in new:
        key = _key(entry)
        candidates = before.get(key, [])
        place = met[key]
        met[key] += 1
        earlier = candidates[place] if place < len(candidates) else None
        groups[entry.table.kind or normal(entry.table.title), *entry.level[:2]].append(_Pair(earlier, entry))
    return list(groups.values())


def _key(entry: Entry) -> Key:
    """What a row means: its statement, whom it is about, its section, its concept or else its label, its unit.

    The statement's section is left out where the concept says enough.
    """
    kind = entry.table.kind or normal(entry.table.title)
    section = "" if entry.concept else normal(entry.row.heading[-1]) if entry.row.heading else ""
    meaning = entry.concept or normal(entry.row.label)
    return kind, f"{entry.level.level} {entry.level.name} {entry.metal}", section, meaning, entry.unit


def _judged(pairs: Sequence[_Pair], split: Fraction) -> Iterator[Comparison]:
    """The verdict on each figure of one statement and unit, period by period."""
    periods = dict.fromkeys(period for pair in pairs if pair.old for period in pair.old.figures)
    for period in periods:
        both = [
            (pair.old.figures[period], pair.new.figures[period])
            for pair in pairs
            if pair.old and period in pair.old.figures and period in pair.new.figures
        ]
        changed = [(old, new) for old, new in both if amount(old) != amount(new)]
        stand = _totals(pairs, period)
        # Where the result is another, its subtotals are too, each by as much as a line above it: nothing moved between them.
        moved = changed if all(stand) else []
        change = _Change(moved, _added(pairs, period), bool(stand) and all(stand), split)
        for old, new in both:
            agreed = agreement(old, new)
            yield Comparison(old, new, agreed) if agreed else _differing(old, new, change)


def agreement(old: Fact, new: Fact) -> str:
    """`equal` or `rounded otherwise` where two printed figures may be one number; "" where they cannot.

    Where one is printed more finely than the other, it may only have more digits: the two are equal.
    """
    if amount(old) == amount(new):
        return EQUAL
    if not of_fact(old).meets(of_fact(new)):
        return ""
    return ROUNDED if old.scale * 10**new.decimals == new.scale * 10**old.decimals else EQUAL


class _Change(NamedTuple):
    """What changed in one statement about one period: the changed figures that may have moved among each other, those of
    new lines, whether the totals stand, and by how much each share was split (1: not)."""

    moved: Sequence[tuple[Fact, Fact]]
    added: Sequence[Fact]
    settled: bool
    split: Fraction


def _differing(old: Fact, new: Fact, change: _Change) -> Comparison:
    """The verdict on a figure that is not what it was."""
    if _by_split(old, new, change.split):
        return Comparison(old, new, REPRESENTED, (), change.split)
    parts = _parts(old, new, change.moved, change.added)
    inside = change.settled and not _is_result(new) and _is_money(new)
    return Comparison(old, new, REPRESENTED if parts or inside else RESTATED, parts)


def _is_result(fact: Fact) -> bool:
    return fact.row.concept in RESULTS or fact.row.concept in TOTALS.get(fact.table.kind, ())


def _is_money(fact: Fact) -> bool:
    return len(fact.unit) == 3 and fact.unit.isupper()


def _split(groups: Iterable[Sequence[_Pair]]) -> Fraction:
    """By how much shares were split, where every changed number of shares says the same; else 1."""
    shares = [
        (old, new)
        for pairs in groups
        for pair in pairs
        if pair.old and pair.new.unit == "shares"
        for period, new in pair.new.figures.items()
        if (old := pair.old.figures.get(period)) is not None and not of_fact(old).meets(of_fact(new))
    ]
    for split in SPLITS:
        if shares and all(_by_split(old, new, split) for old, new in shares):
            return split
    return ONE


def _by_split(old: Fact, new: Fact, split: Fraction) -> bool:
    """Whether a split of the shares turns the old number of shares, or figure per share, into the new one."""
    if split == ONE or not (new.unit == "shares" or new.unit.endswith("/share")):
        return False
    factor = split if new.unit == "shares" else 1 / split
    return of_fact(old).scaled(factor).meets(of_fact(new))


def _added(pairs: Sequence[_Pair], period: Period) -> list[Fact]:
    """The figures about a period on lines that the old report does not print."""
    return [
        fact for pair in pairs if pair.old is None and (fact := pair.new.figures.get(period)) is not None and fact.value
    ]


def _totals(pairs: Sequence[_Pair], period: Period) -> list[bool]:
    """Whether each total of the statement is what it was; if all are, what changed moved within it."""
    stand: list[bool] = []
    for pair in pairs:
        if pair.old is None or pair.new.concept not in TOTALS.get(pair.new.table.kind, ()):
            continue
        old, new = pair.old.figures.get(period), pair.new.figures.get(period)
        if old is not None and new is not None:
            stand.append(of_fact(old).meets(of_fact(new)))
    return stand


def _parts(old: Fact, new: Fact, moved: Sequence[tuple[Fact, Fact]], added: Sequence[Fact]) -> tuple[Operand, ...]:
    """The few other figures with which the new report still adds up to the old figure: by what they add."""
    choices: list[tuple[Operand, ...]] = [(Operand(fact, ONE),) for fact in added if fact.unit == new.unit]
    choices += [
        (Operand(then_new, ONE), Operand(then_old, MINUS))
        for then_old, then_new in moved
        if then_new is not new and then_new.unit == new.unit
    ]
    choices = choices[:MOST_LINES]
    missing = of_fact(old).minus(of_fact(new))
    shares = [total(map(_weighted, choice)) for choice in choices]
    # Hundreds of pairs for each figure: they are tried as whole numbers of one unit.
    unit = lcm(missing.unit, *(share.unit for share in shares))
    low, high = missing.bottom * (unit // missing.unit), missing.top * (unit // missing.unit)
    ends = [(share.bottom * (unit // share.unit), share.top * (unit // share.unit)) for share in shares]
    for size in range(1, MOST_PARTS + 1):
        for chosen in combinations(range(len(choices)), size):
            if sum(ends[place][0] for place in chosen) <= high and sum(ends[place][1] for place in chosen) >= low:
                return tuple(operand for place in chosen for operand in choices[place])
    return ()


def _weighted(operand: Operand) -> Interval:
    return of_fact(operand.fact).scaled(operand.weight or ONE)


def explanation(comparison: Comparison) -> tuple[str, ...]:
    """Why a figure that is not what it was is re-presented, in clauses; nothing for any other verdict."""
    _, _, verdict, parts, split = comparison
    said: list[str] = []
    for place, operand in enumerate(parts):
        if operand.weight == ONE:
            moved = place + 1 < len(parts) and parts[place + 1].weight == MINUS
            share = "moved by as much the other way" if moved else f"takes {operand.fact.text.strip()} of it"
            said.append(f"{name(operand.fact)} {share}")
    if split != ONE:
        said.append(f"each share was split {split.numerator} for {split.denominator}")
    elif verdict == REPRESENTED and not parts:
        said.append("the statement's totals stand, so it moved within the statement")
    return tuple(said)


def _finding(comparison: Comparison, earlier: str) -> Finding:
    """A changed figure as a query at its place in the new report."""
    old, new, verdict, _, _ = comparison
    decimals = max(old.decimals, new.decimals)
    scale = new.scale or 1
    first, now = plain(amount(old) / scale, decimals), plain(amount(new) / scale, decimals)
    before, after = grouped(amount(old) / scale, decimals), grouped(amount(new) / scale, decimals)
    said = f"{name(new)} is {verdict}: {before} in {earlier} (line {old.spot.line}), {after} here"
    said = "; ".join((said, *explanation(comparison)))
    difference = plain((amount(new) - amount(old)) / scale, decimals)
    return Finding(CODE, QUERY, new.spot, said, now, first, difference)
