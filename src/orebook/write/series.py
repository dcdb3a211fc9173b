"""Series as a person reads them: a table a series, with what a later report prints otherwise under the figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from orebook.check.reports import REPRESENTED, RESTATED, ROUNDED
from orebook.model.fact import Fact
from orebook.model.interval import amount
from orebook.store import Point, Series, Vintage
from orebook.write.words import COUNTS, SCALES, grouped, visible

_CHANGED = (RESTATED, REPRESENTED, ROUNDED)


class Told:
    """Series put into lines, and what they come to."""

    def __init__(self) -> None:
        self.series = self.points = self.conflicts = 0
        self.verdicts: Counter[str] = Counter()
        self._company = ""

    def lines(self, series: Series) -> Iterator[str]:
        """The table of one series, under its company's name where that is another than before."""
        self._count(series)
        if series.company != self._company or self.series == 1:
            self._company = series.company
            yield visible(series.company) or "company not stated"
        yield ""
        yield from _table(series)

    def closing(self, reports: int, companies: int, figures: int, left_out: Mapping[str, int]) -> Iterator[str]:
        """What was shown, and how many figures stand in no series."""
        changes = ", ".join(f"{self.verdicts[verdict]:,} {verdict}" for verdict in _CHANGED)
        yield ""
        yield f"{self.series:,} series, {self.points:,} points: {changes}, {self.conflicts:,} in conflict within a report"
        yield from left_out_lines(reports, companies, figures, left_out)

    def _count(self, series: Series) -> None:
        self.series += 1
        self.points += len(series.points)
        for point in series.points:
            self.conflicts += any(vintage.conflict for vintage in point.vintages)
            self.verdicts.update(vintage.verdict for vintage in point.vintages)


def left_out_lines(reports: int, companies: int, figures: int, left_out: Mapping[str, int]) -> Iterator[str]:
    """How many figures the reports print, and how many of them stand in no series, by reason."""
    out = sum(left_out.values())
    yield (
        f"{_many(reports, 'report')} of {_many(companies, 'company', 'companies')} print {figures:,} figures;"
        f" {out:,} of them stand in no series{':' if out else ''}"
    )
    for reason, count in sorted(left_out.items(), key=lambda item: -item[1]):
        yield f"  {count:>9,} {reason}"


def _table(series: Series) -> Iterator[str]:
    scale = _scale(series)
    yield _heading(series, scale)
    shown = [_amount(point.latest.fact, scale) for point in series.points]
    wide = max(map(len, shown))
    for point, figure in zip(series.points, shown, strict=True):
        count = _many(len(point.vintages), "report")
        yield f"  {point.period.end}  {figure:>{wide}}  {count:<10} {_place(point.latest)}"
        yield from _remarks(point, scale)


def _heading(series: Series, scale: int) -> str:
    """Whose measure it is, of which length, in which unit, and its concept."""
    named = series.label or (f"{series.heading[-1]} (total)" if series.heading else "no label")
    above = f" ({series.heading[-1]})" if series.heading and series.label else ""
    whose = f"{visible(series.entity)}: " if series.entity else ""
    column = f" | {visible(series.column)}" if series.column else ""
    size = f"{SCALES.get(scale, str(scale))} " if scale != 1 else ""
    concept = (
        f"  [{series.concept}]" if series.concept else f"  [{visible(series.statement)}]" if series.statement else ""
    )
    return f"{whose}{visible(named)}{visible(above)}{column}, {_length(series.months)}, {size}{visible(series.unit)}{concept}"


def _length(months: int | None) -> str:
    if months is None:
        return "balances"
    return f"{COUNTS[months] if months < len(COUNTS) else months} month{'s' if months != 1 else ''}"


def _remarks(point: Point, scale: int) -> Iterator[str]:
    """What a later report prints otherwise, and where one contradicts itself."""
    before: Vintage | None = None
    for vintage in point.vintages:
        if vintage.conflict:
            copies = ", ".join(f"{_amount(copy, scale)} (line {copy.spot.line})" for copy in vintage.copies)
            yield f"    conflict: {visible(vintage.report.document)} prints {copies}"
        elif before is not None and (vintage.verdict in _CHANGED or vintage.why):
            old, new = (f"{_amount(one.fact, scale)} ({_place(one)})" for one in (before, vintage))
            why = f": {visible(vintage.why)}" if vintage.why else ""
            yield f"    {vintage.verdict or 'not compared'}: {old} -> {new}{why}"
        before = vintage


def _scale(series: Series) -> int:
    """The scale in which most points are printed last."""
    return Counter(point.latest.fact.scale for point in series.points).most_common(1)[0][0]


def _amount(fact: Fact, scale: int) -> str:
    if fact.value is None:
        return "nil"
    if fact.scale == scale:
        return grouped(fact.value, fact.decimals)
    return grouped(amount(fact) / Fraction(scale))


def _place(vintage: Vintage) -> str:
    return f"{visible(vintage.report.document)}:{vintage.fact.spot.line}"


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"
