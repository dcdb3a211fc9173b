"""Segments and the company: sums over mines, and the measures of the sums."""

from __future__ import annotations

from collections.abc import Iterable

from orebook.close.builder import Builder
from orebook.close.company import EQUITY, PROPORTIONATE, Company, Mine, Segment
from orebook.close.mines import MeasuresOf, add_measures
from orebook.close.quantity import Quantity
from orebook.close.spans import Spans
from orebook.close.vocabulary import COSTS, METAL_UNIT
from orebook.model.period import Period

COMPANY = ""
_SEGMENT_ITEMS = (*COSTS, "capital", "revenue", "by_product_credits")


def entity_of(segment: Segment) -> str:
    """The name under which a segment's figures are kept."""
    return f"segment:{segment.id}"


def add_totals(build: Builder, company: Company, spans: Spans, measures: MeasuresOf) -> None:
    """The totals of every segment and of the company, for quarters and years to date."""
    for period in spans.sums if company.input == "monthly" else spans.all:
        for segment in company.segments:
            _add_segment(build, company, segment, period, measures)
        for mine in company.mines:
            if mine.method != PROPORTIONATE:
                add_interests(build, mine.id, period)
        _add_company(build, company, period)
    _add_prices(build, company, spans)


def _add_segment(build: Builder, company: Company, segment: Segment, period: Period, measures: MeasuresOf) -> None:
    mines = [mine for mine in company.mines if mine.segment == segment.id]
    costed = [mine for mine in mines if mine.costs and mine.primary == segment.primary]
    entity = entity_of(segment)
    for name in _SEGMENT_ITEMS:
        _sum_over(build, Quantity(name, entity, period), costed)
    for metal in company.metals:
        for volume in ("produced", "payable", "sold"):
            _sum_over(build, Quantity(f"{volume}.{metal}", entity, period), costed)
        _sum_over(build, Quantity(f"revenue.{metal}", entity, period), costed)
    add_measures(build, measures(period), entity, period, (segment.primary, *company.metals))
    for name in ("reported_cost_of_sales", "reported_depreciation"):
        _sum_over(build, Quantity(name, entity, period), mines)
    add_interests(build, entity, period)


def add_interests(build: Builder, entity: str, period: Period) -> None:
    """What the statements hold beyond the company's share, or leave out of it: a line, never a silent plug."""
    for name in ("cost_of_sales", "depreciation"):
        if build.has(f"reported_{name}", entity, period) and build.has(name, entity, period):
            build.define(f"interests_of_others_{name}", entity, period, f"reported_{name} - {name}")
    if build.has("cost_of_sales_and_depreciation", entity, period):
        both = "reported_cost_of_sales + reported_depreciation"
        build.define("reported_cost_of_sales_and_depreciation", entity, period, both)
        both = "interests_of_others_cost_of_sales + interests_of_others_depreciation"
        build.define("interests_of_others", entity, period, both)


def _add_company(build: Builder, company: Company, period: Period) -> None:
    """Production of all mines, and the value of it at the prices of the period."""
    for metal in company.metals:
        for volume in ("produced", "third_party", "payable", "revenue"):
            _sum_over(build, Quantity(f"{volume}.{metal}", COMPANY, period), company.mines)
    for name in ("reported_cost_of_sales", "reported_depreciation"):
        mines = [mine for mine in company.mines if mine.method != EQUITY]
        _sum_over(build, Quantity(f"mines_{name}", COMPANY, period), mines, name)


def _sum_over(build: Builder, target: Quantity, mines: Iterable[Mine], part: str = "") -> None:
    """`target` = the sum over the mines of `part`, by default the quantity of the same name."""
    parts = [Quantity(part or target.name, mine.id, target.period) for mine in mines]
    build.total(target, parts, "the sum of the mines")


def _add_prices(build: Builder, company: Company, spans: Spans) -> None:
    """Average prices: the market's as the mean of its periods, the realised as revenue over metal."""
    for metal in company.metals:
        name = f"price.market.{metal}"
        for period in spans.sums:
            parts = [base for base in spans.base if _within(base, period)]
            if parts and all(build.has(name, COMPANY, base) for base in parts):
                build.mean(Quantity(name, COMPANY, period), [Quantity(name, COMPANY, base) for base in parts])
            formula = f"revenue.{metal} / payable.{metal}"
            if METAL_UNIT[metal] == METAL_UNIT["lead"]:
                formula += " / pounds_per_ton"
            build.define(f"price.realized.{metal}", COMPANY, period, formula)


def _within(base: Period, period: Period) -> bool:
    return period.opening().end < base.end <= period.end
