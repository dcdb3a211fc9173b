"""The vocabulary: every entry is in normal form and has a source; labels mean what the trade means by them."""

from __future__ import annotations

import pytest

from orebook.lexicon import load
from orebook.lexicon.concepts import concept, metals, statement_kind, unit_class
from orebook.lexicon.kinds import KINDS
from orebook.lexicon.levels import level_of
from orebook.lexicon.wording import normal

OPERATIONS, BALANCE, CASH, PRODUCTION = "operations", "balance-sheet", "cash-flows", "production"


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("Net cash provided by (used in) operating activities", "net cash operating activity"),
        ("NET CASH FLOWS USED FOR OPERATING ACTIVITIES:", "net cash operating activity"),
        ("Net income (loss)", "net income"),
        ("Net loss", "net income"),
        ("(Gain) loss on disposition of properties, plants and equipment", "gain disposition property plant equipment"),
        ("Total stockholders' equity", "total shareholder equity"),
        ("Total shareowners’ equity", "total shareholder equity"),
        ("Receivables, less allowance of $1,234", "receivable"),
        ("Common stock, $.25 par value; authorized 100 shares", "common stock"),
        ("Extraordinary item, net of income taxes of $45", "extraordinary item"),
        ("Increase (decrease) in inventories", "change inventory"),
        ("By-product credits (1)", "byproduct credit"),
        ("Pre-development expenses", "predevelopment expense"),
        ("(GAAP)", "gaap"),
        ("", ""),
    ],
)
def test_normal_form(label: str, form: str) -> None:
    assert normal(label) == form


@pytest.mark.parametrize(
    ("label", "heading", "kind", "unit", "meant"),
    [
        ("Net loss", (), OPERATIONS, "USD", "NetIncomeLoss"),
        ("Net loss per common share", (), OPERATIONS, "USD/share", "EarningsPerShareBasicAndDiluted"),
        ("Net loss per common share", (), OPERATIONS, "USD", None),
        ("Diluted", ("Earnings per share",), OPERATIONS, "USD/share", "EarningsPerShareDiluted"),
        (
            "Diluted",
            ("Weighted average shares",),
            OPERATIONS,
            "shares",
            "WeightedAverageNumberOfDilutedSharesOutstanding",
        ),
        ("Inventories", (), BALANCE, "USD", "InventoryNet"),
        ("Inventories", ("Change in",), CASH, "USD", "IncreaseDecreaseInInventories"),
        (
            "Cash and cash equivalents at beginning of period",
            (),
            CASH,
            "USD",
            "CashAndCashEquivalentsAtCarryingValue",
        ),
        ("Silver produced (oz.)", (), PRODUCTION, "oz", "orebook:SilverProduced"),
        ("Silver - Ounces", (), "highlights", "oz", "orebook:SilverProduced"),
        ("Lead produced (short tons)", (), PRODUCTION, "ton", "orebook:LeadProduced"),
        ("Total cash costs", (), PRODUCTION, "USD/oz", "orebook:TotalCashCostPerOunce"),
        ("Total cash costs", (), "reconciliation", "USD", "orebook:TotalCashCost"),
        ("Gold - Realized ($/oz.)", (), "highlights", "USD/oz", "orebook:GoldPriceRealized"),
        ("Zinc - LME Cash (cents/pound)", (), "highlights", "cents/lb", "orebook:ZincPriceMarket"),
        ("Accretion of interest on long-term debt", (), CASH, "USD", None),
        ("Balance at the whim of the board", (), BALANCE, "USD", None),
        ("Total assets", (), "", "CAD", "Assets"),
        ("Net income", ("Diluted",), OPERATIONS, "USD/share", "EarningsPerShareDiluted"),
        ("Net income", ("Earnings per share",), OPERATIONS, "USD/share", "EarningsPerShareBasicAndDiluted"),
        (
            "Basic",
            ("Income from continuing operations per share",),
            OPERATIONS,
            "USD/share",
            "IncomeLossFromContinuingOperationsPerBasicShare",
        ),
        ("Basic", ("Loss from discontinued operations per share",), OPERATIONS, "USD/share", None),
        ("", (), OPERATIONS, "USD", None),
    ],
)
def test_concept(label: str, heading: tuple[str, ...], kind: str, unit: str, meant: str | None) -> None:
    assert concept(label, heading, kind, unit) == meant


@pytest.mark.parametrize(
    ("title", "labels", "kind"),
    [
        ("Consolidated Statements of Operations", (), OPERATIONS),
        ("CONDENSED CONSOLIDATED STATEMENTS OF EARNINGS", (), OPERATIONS),
        ("Consolidated Balance Sheets", (), BALANCE),
        ("Statements of Consolidated Financial Position", (), BALANCE),
        ("Consolidated Statements of Cash Flows", (), CASH),
        ("Consolidated Statements of Stockholders' Equity", (), "equity"),
        ("Statements of Operations and Comprehensive Income", (), OPERATIONS),
        ("Consolidated Statements of Comprehensive Income", (), "comprehensive-income"),
        ("HIGHLIGHTS", (), "highlights"),
        ("Production Data", (), PRODUCTION),
        ("Reconciliation of Cash Costs per Ounce to Generally Accepted Accounting Principles", (), "reconciliation"),
        ("Statements of Income and Comprehensive Income", (), OPERATIONS),
        ("Pro Forma Statement of Operations", (), ""),
        ("", ("Total assets", "Total liabilities and stockholders' equity"), BALANCE),
        ("", ("Net cash provided by operating activities", "Net cash used in investing activities"), CASH),
        ("The following table", ("This", "That"), ""),
    ],
)  # fmt: skip
def test_statement_kind(title: str, labels: tuple[str, ...], kind: str) -> None:
    assert statement_kind(title, labels) == kind


def test_every_entry_is_in_normal_form_and_stands_once() -> None:
    for block in load("concepts")["vocabulary"]:
        seen: set[str] = set()
        for line in block["words"].strip().splitlines():
            name, mark, forms = line.partition(" = ")
            assert mark, line
            assert name
            for form in forms.split(" | "):
                words = form.partition(" @")[0].replace("{metal}", "gold").rpartition(": ")[2]
                assert normal(words) == words, form
                assert form not in seen, form
                seen.add(form)


def test_every_block_names_its_source() -> None:
    assert all(block["source"] for block in load("concepts")["vocabulary"])
    assert all(kind["source"] for kind in KINDS)


def test_scopes_name_blocks_that_exist() -> None:
    data = load("concepts")
    kinds = {block["kind"] for block in data["vocabulary"]}
    assert {scope for names in data["scopes"].values() for scope in names} <= kinds


def test_units_fall_into_classes() -> None:
    assert unit_class("USD") == ""
    assert unit_class("EUR") == ""
    assert unit_class("USD/share") == "share"
    assert unit_class("cents/lb") == "pound-cost"
    assert unit_class("USD/furlong") == "other"
    assert "silver" in metals()


@pytest.mark.parametrize(
    ("heading", "level", "name"),
    [
        ("MINE-1 UNIT (Reflects 80% share)", "mine", "1"),
        ("MINE-2 UNIT", "mine", "2"),
        ("LUCKY FRIDAY UNIT (1)", "mine", "lucky friday"),
        ("TOTAL COMPANY", "company", ""),
        ("SILVER OPERATIONS (2)", "segment", "silver"),
        ("1995", "company", ""),
    ],
)
def test_whom_a_block_speaks_of(heading: str, level: str, name: str) -> None:
    found = level_of(heading)
    assert (found.level, found.name) == (level, name)
