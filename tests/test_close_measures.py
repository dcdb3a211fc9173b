"""A small company whose every measure is worked by hand: unit costs, all-in costs, earnings per share, schedules."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from orebook.close import BooksError, Closed, Quantity, close
from orebook.close.calendar import Calendar
from orebook.model.period import Period

MEASURES = (
    "all_in_sustaining_cost_per_ounce",
    "all_in_cost_per_ounce",
    "c1_cost_per_ounce",
    "c3_cost_per_ounce",
    "cash_operating_cost_per_ounce",
    "total_cash_cost_per_ounce",
    "cost_of_sales",
    "co_product_cost_per_unit.{metal}",
    "equivalent_ounces",
    "total_production_cost_per_ounce",
    "cost_of_sales_and_depreciation",
)
COSTS = {
    "mining": 600_000,
    "milling": 200_000,
    "site_administration": 100_000,
    "treatment": 60_000,
    "refining": 40_000,
    "royalties": 30_000,
    "depreciation": 150_000,
    "reclamation": 20_000,
    "inventory_change": -10_000,
    "corporate_administration": 70_000,
    "sustaining_capital": 90_000,
    "sustaining_leases": 5_000,
    "growth_capital": 400_000,
    "interest": 9_000,
}
PRODUCTION = {
    "ore": ("50,000", "ton"),
    "grade.gold": ("0.1", "oz/ton"),
    "produced.gold": ("4500", "oz"),
    "sold.gold": ("4400", "oz"),
    "produced.silver": ("20000", "oz"),
    "sold.silver": ("19000", "oz"),
}
CREDITS = Fraction(20_000 * 9, 10) * 10
"""Payable silver at ten dollars an ounce."""
OPERATING = 900_000 + 100_000 - CREDITS
TOTAL = OPERATING + 30_000


def write(
    folder: Path, end: str, *, company: str = "", mine: str = "", production: dict[str, tuple[str, str]] | None = None
) -> Path:
    """One mine, one quarter."""
    year, month = end[:4], int(end[5:7])
    listed = ", ".join(f'"{name}"' for name in COSTS)
    measures = ", ".join(f'"{name}"' for name in MEASURES)
    (folder / "company.toml").write_text(
        f'[company]\nname = "One Mine Company"\nfirst_month = {year}-{month - 2:02}-01\nperiod_end = {end}\n'
        f'input = "quarterly"\nscale = 1\nmeasures = [{measures}]\n{company}\n'
        '[[segments]]\nid = "gold"\ntitle = "Gold operations"\nmetal = "gold"\n'
        '[[mines]]\nid = "hill"\ntitle = "HILL UNIT"\nsegment = "gold"\nmetal = "gold"\nby_products = ["silver"]\n'
        f'graded = ["gold"]\nsold = ["gold", "silver"]\ncosts = [{listed}]\n{mine}\n'
        '[mines.payable]\ngold = "99 %"\nsilver = "90 %"\n',
        encoding="utf-8",
    )
    period = f"{year}-Q{month // 3}"
    said = PRODUCTION if production is None else production
    table(
        folder / "production.csv",
        "period,mine,item,value,unit",
        [f'{period},hill,{item},"{value}",{unit}' for item, (value, unit) in said.items()],
    )
    table(
        folder / "costs.csv",
        "period,mine,item,value,unit",
        [f"{period},hill,{item},{value},USD" for item, value in COSTS.items()],
    )
    prices = [f"{period},gold,realized,400,USD/oz", f"{period},silver,realized,10,USD/oz"]
    table(folder / "prices.csv", "period,metal,kind,value,unit", prices)
    return folder


def table(path: Path, heading: str, rows: list[str]) -> None:
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")


def value(closed: Closed, name: str, entity: str = "hill") -> Fraction | None:
    return closed.value(Quantity(name, entity, Period(closed.end, 3)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("by_product_credits", CREDITS),
        ("cash_operating_cost_per_ounce", OPERATING / 4500),
        ("total_cash_cost_per_ounce", TOTAL / 4500),
        ("total_production_cost_per_ounce", (TOTAL + 150_000 + 20_000) / 4500),
        ("cost_of_sales_and_depreciation", TOTAL + 150_000 - 100_000 + CREDITS - 10_000 + 20_000),
        ("all_in_sustaining_cost_per_ounce", (TOTAL + 70_000 + 90_000 + 5_000) / 4400),
        ("all_in_cost_per_ounce", (TOTAL + 70_000 + 90_000 + 5_000 + 400_000) / 4400),
        ("c1_cost_per_ounce", OPERATING / (4500 * Fraction(99, 100))),
        ("c3_cost_per_ounce", (OPERATING + 150_000 + 30_000 + 70_000 + 9_000) / (4500 * Fraction(99, 100))),
        ("co_product_weight.silver", CREDITS / (CREDITS + 4455 * 400)),
        ("co_product_cost_per_unit.silver", CREDITS / (CREDITS + 4455 * 400) * (TOTAL + CREDITS) / 20_000),
        ("equivalent_ounces", Fraction(4500 * 400 + 20_000 * 10, 400)),
        ("recovery.gold", Fraction(4500, 5000)),
    ],
)
def test_measures_worked_by_hand(tmp_path: Path, name: str, expected: Fraction) -> None:
    assert value(close(write(tmp_path, "2019-03-31")), "c1_cost_per_ounce") is not None
    assert value(close(tmp_path), name) == expected


def test_leases_are_left_out_before_2019(tmp_path: Path) -> None:
    closed = close(write(tmp_path, "2018-12-31"))
    assert value(closed, "all_in_sustaining_cost_per_ounce") == (TOTAL + 70_000 + 90_000) / 4400


def test_no_all_in_cost_before_there_was_one(tmp_path: Path) -> None:
    closed = close(write(tmp_path, "2012-12-31"))
    assert value(closed, "all_in_sustaining_cost_per_ounce") is None
    assert value(closed, "total_cash_cost_per_ounce") == TOTAL / 4500


def test_the_measures_are_printed(tmp_path: Path) -> None:
    text = "\n".join(close(write(tmp_path, "2019-03-31")).book.lines)
    for words in ("C3 cost per payable ounce", "Co-product cost per ounce of silver", "Gold equivalent produced"):
        assert words in text


@pytest.mark.parametrize(("basis", "share"), [("attributable", Fraction(1)), ("100 %", Fraction(2, 5))])
def test_the_share_of_a_mine_scales_metal_and_cost_alike(tmp_path: Path, basis: str, share: Fraction) -> None:
    closed = close(write(tmp_path, "2019-03-31", mine=f'share = "40 %"\nbasis = "{basis}"'))
    assert value(closed, "produced.gold") == 4500 * share
    assert value(closed, "total_cash_cost") == TOTAL * share
    assert value(closed, "total_cash_cost_per_ounce") == TOTAL / 4500


@pytest.mark.parametrize(
    ("method", "reported"), [("proportionate", Fraction(2, 5)), ("full", Fraction(1)), ("equity", Fraction(0))]
)
def test_the_method_decides_what_the_statements_take_up(tmp_path: Path, method: str, reported: Fraction) -> None:
    closed = close(write(tmp_path, "2019-03-31", mine=f'share = "40 %"\nbasis = "100 %"\nmethod = "{method}"'))
    whole = value(closed, "cost_of_sales")
    assert whole is not None
    assert value(closed, "reported_cost_of_sales") == whole / Fraction(2, 5) * reported


def test_a_mine_without_a_payable_share_is_told(tmp_path: Path) -> None:
    write(tmp_path, "2019-03-31")
    text = (tmp_path / "company.toml").read_text(encoding="utf-8")
    (tmp_path / "company.toml").write_text(text.replace('silver = "90 %"', ""), encoding="utf-8")
    closed = close(tmp_path)
    gap = next(gap for gap in closed.missing if gap.quantity.name == "payable_share.silver")
    assert "total_cash_cost_per_ounce" in {quantity.name for quantity in gap.blocks}


def test_a_quarter_is_taken_out_of_a_year_to_date(tmp_path: Path) -> None:
    """Ore is stated for the first quarter and the half year: the second quarter follows."""
    write(tmp_path, "2019-06-30", production={"ore": ("50,000", "ton")})
    text = (tmp_path / "company.toml").read_text(encoding="utf-8")
    (tmp_path / "company.toml").write_text(text.replace("2019-04-01", "2019-01-01"), encoding="utf-8")
    rows = ["2019-Q1,hill,ore,30000,ton", "2019-01..2019-06,hill,ore,50000,ton"]
    table(tmp_path / "production.csv", "period,mine,item,value,unit", rows)
    closed = close(tmp_path)
    second = Quantity("ore", "hill", Period(closed.end, 3))
    assert closed.value(second) == 20_000
    assert closed.trace(second)[0].backward


SCHEDULES = {
    "hedges.csv": (
        "period,id,metal,quantity,quantity_unit,price,price_unit,market",
        [
            "2019-03-31,one,gold,100,oz,420,USD/oz,400",
            "2019-03-31,two,lead,1000,tonne,0.90,USD/lb,1.00",
        ],
    ),
    "reserves.csv": (
        "period,mine,class,metal,tons,grade,grade_unit",
        ["2019-03-31,hill,proven,gold,1000,0.5,oz/ton", "2019-03-31,hill,probable,gold,1000,31.1034768,g/t"],
    ),
    "accruals.csv": ("period,site,best,low,high", ["2019-03-31,old,,5,9", "2019-03-31,new,7,5,9"]),
    "impairments.csv": (
        "period,asset,carrying,undiscounted,fair",
        ["2019-03-31,mill,100,90,60", "2019-03-31,shaft,100,120,60"],
    ),
}


@pytest.mark.parametrize(
    ("name", "entity", "expected"),
    [
        ("hedges.gain", "one gold", Fraction(2000)),
        ("hedges.gain", "two lead", -100 / Fraction("0.00045359237")),
        ("reserves.contained", "hill proven gold", Fraction(500)),
        ("reserves.contained", "hill probable gold", Fraction("907.18474")),
        ("accruals.accrued", "old", Fraction(5)),
        ("accruals.accrued", "new", Fraction(7)),
        ("impairments.loss", "mill", Fraction(40)),
        ("impairments.loss", "shaft", Fraction(0)),
    ],
)
def test_schedules_worked_by_hand(tmp_path: Path, name: str, entity: str, expected: Fraction) -> None:
    write(tmp_path, "2019-03-31")
    for file, (heading, rows) in SCHEDULES.items():
        table(tmp_path / file, heading, rows)
    closed = close(tmp_path)
    assert closed.value(Quantity(name, entity, Period(closed.end))) == expected


LEDGER = {
    "1000 cash": {"opening": 500, "2019-01": 260, "2019-02": 0, "2019-03": 40},
    "1500 plant": {"opening": 1000, "2019-01": -10, "2019-02": -10, "2019-03": -10},
    "3000 stock": {"opening": -1500},
    "4000 sales": {"2019-01": -900, "2019-02": -100, "2019-03": -150},
    "5000 cost": {"2019-01": 640, "2019-02": 100, "2019-03": 100},
    "5100 depreciation": {"2019-01": 10, "2019-02": 10, "2019-03": 10},
    "3300 dividends": {"2019-03": 10},
}
MAPPING = [
    "1000*,cash,,,",
    "1500*,properties,,flow_depreciation,",
    "3000*,common_stock,,flow_stock_issued,",
    "4000*,sales,,,",
    "5000*,reported_cost_of_sales,,,",
    "5100*,reported_depreciation,,,",
    "3300*,preferred_dividends_declared,,,",
]
INCOME = 1150 - 840 - 30


def write_ledger(folder: Path, *, wide: bool) -> None:
    table(folder / "mapping.csv", "account,line,mine,cash_flow,offset", MAPPING)
    columns = ["opening", "2019-01", "2019-02", "2019-03"]
    if wide:
        rows = [
            f"{name},"
            + ",".join(f"${moves.get(at, 0)}.00" if moves.get(at, 0) >= 0 else f"{moves[at]} USD" for at in columns)
            for name, moves in LEDGER.items()
        ]
        table(folder / "ledger.csv", "account," + ",".join(columns), [*rows, "Total:,0,0,0,0"])
    else:
        rows = [f"{name},{at},{amount}" for name, moves in LEDGER.items() for at, amount in moves.items()]
        table(folder / "ledger.csv", "account,period,amount", rows)


@pytest.mark.parametrize("wide", [False, True], ids=["a row an amount", "a column a month"])
def test_statements_from_a_ledger(tmp_path: Path, wide: bool) -> None:
    write(tmp_path, "2019-03-31")
    write_ledger(tmp_path, wide=wide)
    closed = close(tmp_path)
    assert value(closed, "net_income", "") == INCOME
    assert value(closed, "cash_from_operations", "") == INCOME + 30
    assert value(closed, "cash_from_financing", "") == -10
    assert closed.value(Quantity("cash", "", Period(closed.end))) == 800
    assert closed.value(Quantity("retained_earnings", "", Period(closed.end))) == INCOME - 10
    assert not closed.conflicts


@pytest.mark.parametrize(
    ("strike", "converted", "basic", "diluted"),
    [
        (2, 0, Fraction(270, 100), Fraction(270, 115)),
        (9, 0, Fraction(270, 100), Fraction(270, 100)),
        (2, 50, Fraction(270, 100), Fraction(280, 165)),
        (2, 1, Fraction(270, 100), Fraction(270, 115)),
    ],
    ids=["options dilute", "options under water", "conversion dilutes", "conversion does not dilute"],
)
def test_earnings_per_share(tmp_path: Path, strike: int, converted: int, basic: Fraction, diluted: Fraction) -> None:
    """Thirty options at an average price of four; preferred dividends of ten, in all cases."""
    write(tmp_path, "2019-03-31")
    write_ledger(tmp_path, wide=False)
    rows = ["weighted_average_shares,100,shares", "options_outstanding,30,shares", f"option_strike,{strike},USD/share"]
    rows += ["average_share_price,4,USD/share", f"converted_shares,{converted},shares", "convertible_dividends,10,USD"]
    table(tmp_path / "shares.csv", "period,item,value,unit", [f"2019-Q1,{row}" for row in rows])
    closed = close(tmp_path)
    assert value(closed, "basic_earnings_per_share", "") == basic
    assert value(closed, "diluted_earnings_per_share", "") == diluted


def test_the_fiscal_year_may_end_in_june() -> None:
    calendar = Calendar(6, Period(close_day("2018-07-31")).end, close_day("2019-03-31"))
    assert [period.end.month for period in calendar.quarters()] == [9, 12, 3]
    assert [period.months for period in calendar.years_to_date()] == [6, 9]
    assert calendar.parse("2019-Q1") == Period(close_day("2018-09-30"), 3)


def close_day(text: str) -> date:
    return date.fromisoformat(text)


def in_pesos(folder: Path, *, rate: str = "0.05,USD/MXN") -> Path:
    write(folder, "2019-03-31", mine='share = "40 %"\nbasis = "100 %"')
    costs = (folder / "costs.csv").read_text(encoding="utf-8")
    costs = costs.replace("mining,600000,USD", 'mining,"12,000,000",MXN')
    (folder / "costs.csv").write_text(costs, encoding="utf-8")
    if rate:
        table(folder / "rates.csv", "period,currency,value,unit", [f"2019-Q1,MXN,{rate}"])
    return folder


def test_a_cost_in_another_currency_is_taken_at_its_rate(tmp_path: Path) -> None:
    closed = close(in_pesos(tmp_path))
    assert value(closed, "total_cash_cost_per_ounce") == TOTAL / 4500
    steps = closed.trace(Quantity("mining", "hill", Period(closed.end, 3)))
    assert {str(step.source) for step in steps if step.source and step.source.file == "rates.csv"} == {
        "rates.csv:2 value"
    }


@pytest.mark.parametrize(
    ("rate", "message"),
    [
        ("", "no rate of MXN for 2019-Q1"),
        ("0.05,USD/CAD", "is in USD/MXN, not in 'USD/CAD'"),
        ("low,USD/MXN", "'low' is not a number"),
    ],
)
def test_a_rate_that_is_wrong_is_told(tmp_path: Path, rate: str, message: str) -> None:
    with pytest.raises(BooksError, match=message):
        close(in_pesos(tmp_path, rate=rate))


def test_a_ledger_without_direct_costs_closes(tmp_path: Path) -> None:
    """A company that has only affiliates: nothing of theirs is in its statements."""
    write(tmp_path, "2019-03-31", mine='share = "40 %"\nbasis = "100 %"\nmethod = "equity"')
    table(
        tmp_path / "mapping.csv",
        "account,line,mine,cash_flow,offset",
        ["1*,cash,,,", "2*,equity_income,,,", "3*,common_stock,,flow_stock_issued,"],
    )
    rows = [
        "1 cash,opening,5",
        "3 stock,opening,-5",
        *(f"{name},2019-0{month},{value}" for month in (1, 2, 3) for name, value in (("1 cash", 4), ("2 income", -4))),
    ]
    table(tmp_path / "ledger.csv", "account,period,amount", rows)
    closed = close(tmp_path)
    assert value(closed, "net_income", "") == 12
    assert not closed.missing
    assert not closed.conflicts
