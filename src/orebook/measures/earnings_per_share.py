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
    Measure(
        "shares_with_options",
        "Shares if the options were exercised",
        parse("weighted_average_shares + dilutive_option_shares"),
        SHARE,
        SFAS_128,
        since=_SFAS_128_FROM,
    ),
    Measure(
        "earnings_with_options",
        "Income per share if the options were exercised",
        parse("income_applicable_to_common / shares_with_options"),
        USD_PER_SHARE,
        SFAS_128,
        since=_SFAS_128_FROM,
    ),
    Measure(
        "income_if_converted",
        "Income if the preferred shares were converted",
        parse("income_applicable_to_common + convertible_dividends"),
        USD,
        SFAS_128,
        since=_SFAS_128_FROM,
        note="if-converted method: the dividends that conversion would save are added back",
    ),
    Measure(
        "shares_if_converted",
        "Shares if the options were exercised and the preferred shares converted",
        parse("weighted_average_shares + dilutive_option_shares + converted_shares"),
        SHARE,
        SFAS_128,
        since=_SFAS_128_FROM,
    ),
    Measure(
        "earnings_if_converted",
        "Income per share if the options were exercised and the preferred shares converted",
        parse("income_if_converted / shares_if_converted"),
        USD_PER_SHARE,
        SFAS_128,
        since=_SFAS_128_FROM,
    ),
    Measure(
        "diluted_earnings_per_share",
        "Diluted income per common share",
        parse("smallest(basic_earnings_per_share, earnings_with_options, earnings_if_converted)"),
        USD_PER_SHARE,
        SFAS_128,
        since=_SFAS_128_FROM,
        note="what would raise income per share, or lessen a loss, is antidilutive and is left out",
    ),
)
