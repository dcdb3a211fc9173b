"""Earnings per share, basic and diluted."""

from __future__ import annotations

from datetime import date

from orebook.measures.formula import parse
from orebook.measures.measure import Measure
from orebook.measures.units import SHARE, USD, USD_PER_SHARE

SFAS_128 = "FASB Statement 128, Earnings per Share, 1997 (ASC 260-10)"
APB_15 = "APB Opinion 15, Earnings per Share, 1969"
_SFAS_128_FROM = date(1997, 12, 15)

VERSIONS = (
    Measure(
        "income_applicable_to_common",
        "Income applicable to common shareholders",
        parse("net_income - preferred_dividends_declared - preferred_dividends_undeclared"),
        USD,
        APB_15,
        note="cumulative dividends count whether declared or not",
    ),
    Measure(
        "basic_earnings_per_share",
        "Basic income per common share",
        parse("income_applicable_to_common / weighted_average_shares"),
        USD_PER_SHARE,
        APB_15,
    ),
    Measure(
        "repurchased_shares",
        "Shares that the proceeds of the options would buy back at the average price",
        parse("options_outstanding * option_strike / average_share_price"),
        SHARE,
        SFAS_128,
        since=_SFAS_128_FROM,
        note="treasury stock method",
    ),
    Measure(
        "incremental_shares",
        "Shares that the options would add",
        parse("options_outstanding - repurchased_shares"),
        SHARE,
        SFAS_128,
        since=_SFAS_128_FROM,
    ),
    Measure(
        "dilutive_option_shares",
        "Shares that the options add where they dilute",
        parse("largest(incremental_shares, no_shares)"),
        SHARE,
        SFAS_128,
        since=_SFAS_128_FROM,
        note="options above the average price of the share do not dilute",
    ),
)
