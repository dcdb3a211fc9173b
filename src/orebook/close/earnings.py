"""Earnings per share and the bridges to measures outside GAAP."""

from __future__ import annotations

from orebook.close.builder import Builder
from orebook.close.company import Company
from orebook.close.quantity import Quantity, Source
from orebook.close.totals import COMPANY
from orebook.measures import earnings_per_share
from orebook.measures.units import SHARE
from orebook.model.period import Period


def add_earnings(build: Builder, periods: tuple[Period, ...]) -> None:
    """Per-share figures for every period for which the books state the number of shares."""
    for period in periods:
        if not build.has("net_income", COMPANY, period) or not build.has("weighted_average_shares", COMPANY, period):
            continue
        build.zero(Quantity("no_shares", COMPANY, period), SHARE, Source("orebook", note="the lower bound of dilution"))
        for measure in earnings_per_share.VERSIONS:
            if measure.in_force(period.end):
                build.define(measure.name, COMPANY, period, measure.formula, measure.source)


def add_bridges(build: Builder, company: Company, periods: tuple[Period, ...]) -> None:
    """Each declared bridge, in every period that has its first term."""
    for bridge in company.bridges:
        formula = build.formula(bridge.formula)
        for period in periods:
            if build.has(formula.names[0], COMPANY, period):
                build.define(bridge.id, COMPANY, period, formula)
