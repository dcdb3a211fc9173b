"""A random company with consistent books, for properties and for timing."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple

METALS = {"gold": ("silver",), "silver": ("gold", "lead", "zinc")}
MEASURES = (
    "cash_operating_cost_per_ounce",
    "total_cash_cost_per_ounce",
    "total_production_cost_per_ounce",
    "cost_of_sales",
)
FIRST = ("SILVER", "LOST", "GREY", "NORTH", "LUCKY", "IRON", "EAGLE", "STONE")
SECOND = ("CREEK", "MOUNTAIN", "VALLEY", "HORSE", "RIVER")
TONS = frozenset({"lead", "zinc"})
OUNCES = {"gold": (2_000, 20_000), "silver": (100_000, 900_000)}
PRICES: dict[str, int | Fraction] = {"gold": 350, "silver": 5, "lead": Fraction(1, 4), "zinc": Fraction(2, 5)}
SITE = ("mining", "milling", "site_administration", "treatment", "freight", "royalties", "depreciation", "reclamation")


class Unit(NamedTuple):
    """A mine of the random company."""

    id: str
    primary: str
    metals: tuple[str, ...]
    share: Fraction
    method: str
    third_party: bool = False
    closed: str = ""

    @property
    def whole(self) -> bool:
        return self.share != 1


class Folder:
    """The rows of each file as they are made."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a figure, not a secret
        self.rows: dict[str, list[list[str]]] = {}
        self.ledger: dict[tuple[str, str], Fraction] = {}

    def add(self, file: str, *cells: object) -> None:
        self.rows.setdefault(file, []).append([text(cell) for cell in cells])

    def post(self, account: str, period: str, amount: Fraction | int) -> None:
        """A movement against cash."""
        for name, value in ((account, Fraction(amount)), ("1000 cash", -Fraction(amount))):
            self.ledger[name, period] = self.ledger.get((name, period), Fraction(0)) + value


def text(cell: object) -> str:
    """A cell; fractions as exact decimals."""
    if not isinstance(cell, Fraction):
        return str(cell)
    scaled, digits = cell, 0
    while scaled.denominator != 1:
        scaled, digits = scaled * 10, digits + 1
    sign, whole = "-" if scaled < 0 else "", str(abs(scaled.numerator)).rjust(digits + 1, "0")
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else sign + whole


def write_books(folder: Path, seed: int, mines: int, months: Iterable[str]) -> None:
    """Write the books of a company of `mines` mines for the months given, `2003-01` and so on."""
    made, periods = Folder(seed), list(months)
    units = [_unit(made.random, number, periods) for number in range(1, mines + 1)]
    _open(made)
    for period in periods:
        prices = _prices(made, period)
        for unit in units:
            if not unit.closed or period <= unit.closed:
                _month(made, unit, period, prices)
        _company_month(made, period)
    for at in range(2, len(periods), 3):
        months_so_far = int(periods[at][5:])
        _shares(made, f"{periods[at - 2]}..{periods[at]}")
        if months_so_far > 3:
            _shares(made, f"{periods[at][:4]}-01..{periods[at]}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(_company(units, periods), encoding="utf-8")
    _write(folder, made, units)


def title(unit: Unit) -> str:
    """A name in words for each of up to 40 mines."""
    number = int(unit.id.removeprefix("mine-")) - 1
    return f"{FIRST[number % 8]} {SECOND[number // 8]}"


def months_from(year: int, count: int) -> list[str]:
    """`count` months from January of `year`."""
    return [f"{year + at // 12}-{at % 12 + 1:02}" for at in range(count)]


def _unit(random: Random, number: int, periods: list[str]) -> Unit:
    primary = random.choice(sorted(METALS))
    by_products = tuple(metal for metal in METALS[primary] if random.random() < 0.7)
    share = random.choice([Fraction(1), Fraction(1), Fraction("0.2973"), Fraction("0.8")])
    method = random.choice(["proportionate", "full", "equity"]) if share != 1 else "proportionate"
    third_party = primary == "gold" and random.random() < 0.3
    closed = random.choice(["", "", "", periods[min(6, len(periods) - 1)]])
    return Unit(f"mine-{number}", primary, (primary, *by_products), share, method, third_party, closed)


def _open(made: Folder) -> None:
    for account, amount in (("1500 plant", 90_000_000), ("2000 payables", -4_000_000), ("3000 stock", -120_000_000)):
        made.post(account, "opening", amount)


def _prices(made: Folder, period: str) -> dict[str, Fraction]:
    prices = {}
    for metal, base in PRICES.items():
        prices[metal] = Fraction(base) * (100 + made.random.randint(-20, 20)) / 100
        unit = "USD/lb" if metal in TONS else "USD/oz"
        made.add("prices.csv", period, metal, "realized", prices[metal], unit)
        made.add("prices.csv", period, metal, "market", prices[metal] + Fraction(1, 100), unit)
    return prices


def _month(made: Folder, unit: Unit, period: str, prices: dict[str, Fraction]) -> None:
    random = made.random
    made.add("production.csv", period, unit.id, "ore", random.randint(10_000, 90_000), "ton")
    made.add("production.csv", period, unit.id, "capital", random.randint(0, 900_000), "USD")
    revenue = Fraction(0)
    for metal in unit.metals:
        ounces = random.randint(100, 3_000) if metal in TONS else random.randint(*OUNCES[metal])
        made.add("production.csv", period, unit.id, f"produced.{metal}", ounces, "ton" if metal in TONS else "oz")
        revenue += unit.share * ounces * Fraction(95, 100) * prices[metal] * (2000 if metal in TONS else 1)
    grade = Fraction(random.randint(20, 900), 100)
    made.add("production.csv", period, unit.id, f"grade.{unit.primary}", grade, "oz/ton")
    if unit.third_party:
        ounces = random.randint(50, 900)
        made.add("production.csv", period, unit.id, "third_party.gold", ounces, "oz")
        revenue += unit.share * ounces * prices["gold"]
    costs = {item: random.randint(1_000, 2_000_000) for item in SITE}
    costs["inventory_change"] = random.randint(-300_000, 300_000)
    for item, cost in costs.items():
        made.add("costs.csv", period, unit.id, item, cost, "USD")
    if unit.method == "equity":
        return
    reported = 1 if unit.method == "full" else unit.share
    depreciation = reported * costs.pop("depreciation")
    treatment = reported * (costs.pop("treatment") + costs.pop("freight"))
    made.post(f"4000 sales {unit.id}", period, treatment - revenue * reported / unit.share)
    cost_of_sales = reported * sum(costs.values())
    made.post(f"5000 cost {unit.id}", period, cost_of_sales)
    made.post("2600 reclamation", period, -reported * costs["reclamation"])
    made.post("1300 inventories", period, -reported * costs["inventory_change"])
    made.post(f"5100 depreciation {unit.id}", period, depreciation)
    made.post("1510 accumulated depreciation", period, -depreciation)


def _company_month(made: Folder, period: str) -> None:
    spend = made.random.randint
    made.post("6000 administration", period, spend(100_000, 900_000))
    made.post("6100 exploration", period, spend(100_000, 900_000))
    made.post("7000 interest income", period, -spend(1_000, 90_000))
    made.post("8000 income tax", period, spend(-50_000, 400_000))
    made.post("2200 taxes", period, -spend(0, 90_000))
    made.post("1500 plant", period, spend(0, 5_000_000))
    made.post("1200 receivables", period, spend(-900_000, 900_000))
    made.post("2000 payables", period, spend(-900_000, 900_000))
    made.post("3300 preferred dividends", period, 46_000)


def _shares(made: Folder, period: str) -> None:
    made.add("shares.csv", period, "weighted_average_shares", made.random.randint(90_000_000, 120_000_000), "shares")
    made.add("shares.csv", period, "options_outstanding", 2_000_000, "shares")
    made.add("shares.csv", period, "option_strike", made.random.randint(2, 9), "USD/share")
    made.add("shares.csv", period, "average_share_price", 5, "USD/share")


HEADINGS = {
    "production.csv": "period,mine,item,value,unit",
    "costs.csv": "period,mine,item,value,unit",
    "prices.csv": "period,metal,kind,value,unit",
    "shares.csv": "period,item,value,unit",
    "ledger.csv": "account,period,amount",
    "mapping.csv": "account,line,mine,cash_flow,offset",
}
MAPPING = (
    "1000 cash,cash,,,",
    "1200 receivables,receivables,,flow_receivables,",
    "1300 inventories,inventories,,flow_inventories,",
    "1500 plant,properties,,flow_additions,",
    "1510 accumulated depreciation,properties,,flow_depreciation,",
    "2000 payables,payables,,flow_payables,",
    "2200 taxes,taxes_payable,,flow_taxes,",
    "2600 reclamation,accrued_reclamation,,flow_reclamation_provision,",
    "3000 stock,common_stock,,flow_stock_issued,",
    "3300 preferred dividends,preferred_dividends_declared,,,",
    "6000*,general_and_administrative,,,",
    "6100*,exploration,,,",
    "7000*,interest_income,,,",
    "8000*,income_tax,,,",
)


def _write(folder: Path, made: Folder, units: list[Unit]) -> None:
    for (account, period), amount in made.ledger.items():
        made.add("ledger.csv", account, period, amount)
    made.rows["mapping.csv"] = [line.split(",") for line in MAPPING]
    for unit in (unit for unit in units if unit.method != "equity"):
        for start, line in (
            ("4000 sales", "sales"),
            ("5000 cost", "reported_cost_of_sales"),
            ("5100 depreciation", "reported_depreciation"),
        ):
            made.add("mapping.csv", f"{start} {unit.id}", line, unit.id, "", "")
    for file, rows in made.rows.items():
        with (folder / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(HEADINGS[file].split(","))
            writer.writerows(rows)


def _company(units: list[Unit], periods: list[str]) -> str:
    made = [
        "[company]",
        'name = "Random Mining Company"',
        f"first_month = {periods[0]}-01",
        f"period_end = {periods[-1]}-28",
        f"measures = {_list(MEASURES)}",
    ]
    for metal in sorted({unit.primary for unit in units}):
        made += ["[[segments]]", f'id = "{metal}"', f'title = "{metal.title()} operations"', f'metal = "{metal}"']
    for unit in units:
        made += ["[[mines]]", f'id = "{unit.id}"', f'title = "{title(unit)} UNIT"', f'segment = "{unit.primary}"']
        made += [f'metal = "{unit.primary}"', f"by_products = {_list(unit.metals[1:])}"]
        made += [f'share = "{text(unit.share * 100)} %"', f'method = "{unit.method}"', 'basis = "100 %"']
        made += [f'graded = ["{unit.primary}"]', f"third_party = {_list(['gold'] if unit.third_party else [])}"]
        made += [f"closed = {unit.closed}-15"] if unit.closed else []
        made += [f"costs = {_list((*SITE, 'inventory_change'))}"]
        made += ["[mines.payable]", *(f'{metal} = "95 %"' for metal in unit.metals)]
    made += ["[[bridges]]", 'id = "cash_before_exploration"', 'title = "Cash flow before exploration"']
    made += ['formula = "cash_from_operations + exploration"']
    return "\n".join(made) + "\n"


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
