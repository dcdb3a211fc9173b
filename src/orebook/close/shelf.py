"""The leaves of the books: each entered once, in a known unit, for a known mine and period."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.company import Company, Mine
from orebook.close.files import Record
from orebook.close.problems import Problem
from orebook.close.quantity import Quantity, Source, period_text
from orebook.close.vocabulary import COSTS, METAL_ITEMS, METAL_UNIT, PRICE, VOLUMES, unit_of_item
from orebook.measures.units import CURRENCIES, SHARE, USD, USD_PER_SHARE, Unit, UnitError, parse_unit
from orebook.model.named import NamedTuple
from orebook.model.period import Period

SHARES: dict[str, Unit] = {
    "weighted_average_shares": SHARE,
    "shares_outstanding": SHARE,
    "options_outstanding": SHARE,
    "option_strike": USD_PER_SHARE,
    "average_share_price": USD_PER_SHARE,
    "converted_shares": SHARE,
    "convertible_dividends": USD,
    "preferred_dividends_undeclared": USD,
}
"""What `shares.csv` may state: counts, prices, and dividends on preferred shares."""


class Leaf(NamedTuple):
    """A figure that somebody entered."""

    quantity: Quantity
    value: Fraction
    unit: Unit
    source: Source


class Shelf:
    """The leaves read so far, by quantity, with the problems met."""

    def __init__(self, company: Company, problems: list[Problem]) -> None:
        self.company = company
        self.problems = problems
        self._leaves: dict[Quantity, Leaf] = {}
        self._local: dict[tuple[str, str], Record] = {}

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(self._leaves.values())

    def add_item(self, record: Record) -> None:
        """A row of production.csv or costs.csv."""
        mine = self._mine(record)
        unit = self._item_unit(record, mine)
        name, currency = record.cell("item"), record.cell("unit")
        if unit == USD and name in COSTS and currency in CURRENCIES - {"USD"}:
            self._local.setdefault((currency, record.cell("period")), record)
            name, unit = f"local.{name}", parse_unit(currency)[0]
        self._add(record, name, mine.id if mine else "", unit)

    def add_rate(self, record: Record) -> None:
        """A row of rates.csv: what one unit of a currency is worth."""
        currency = record.cell("currency")
        if currency not in CURRENCIES:
            self.problems.append(
                record.problem("currency", f"'{currency}' is not one of {', '.join(sorted(CURRENCIES))}")
            )
            return
        self._add(record, f"exchange_rate.{currency}", "", parse_unit(f"USD/{currency}")[0])

    def add_price(self, record: Record) -> None:
        """A row of prices.csv: the realised or the market price of a metal."""
        metal, kind = record.cell("metal"), record.cell("kind")
        unit = PRICE.get(METAL_UNIT.get(metal, SHARE))
        if unit is None:
            self.problems.append(record.problem("metal", f"'{metal}' is not a metal that the books know"))
        if kind not in {"realized", "market"}:
            self.problems.append(record.problem("kind", f"'{kind}' is neither realized nor market"))
        self._add(record, f"price.{kind}.{metal}", "", unit)

    def add_share(self, record: Record) -> None:
        """A row of shares.csv."""
        item = record.cell("item")
        unit = SHARES.get(item)
        if unit is None:
            self.problems.append(record.problem("item", f"'{item}' is not one of {', '.join(SHARES)}"))
        self._add(record, item, "", unit)

    def report_gaps(self) -> None:
        """Currencies without a rate, and months that a mine's item leaves out between months that it has."""
        for (currency, text), record in self._local.items():
            period = self.company.calendar.parse(text)
            if period and Quantity(f"exchange_rate.{currency}", "", period) not in self._leaves:
                self.problems.append(record.problem("unit", f"rates.csv has no rate of {currency} for {text}"))
        months: dict[tuple[str, str], list[Leaf]] = {}
        for leaf in self._leaves.values():
            if leaf.quantity.period.months == 1:
                months.setdefault((leaf.quantity.entity, leaf.quantity.name), []).append(leaf)
        for (entity, name), leaves in months.items():
            have = {_index(leaf.quantity.period) for leaf in leaves}
            mine = self.company.mine(entity)
            absent = [
                period
                for period in self.company.calendar.months()
                if _index(period) not in have and (mine is None or mine.works(period.end))
            ]
            whose = f"{entity} " if entity else ""
            for first, last in _runs(absent):
                until = f" to {period_text(last)}" if last != first else ""
                message = f"{whose}{name} has no row for {period_text(first)}{until}"
                self.problems.append(Problem(leaves[0].source.file, 0, "period", message))

    def _mine(self, record: Record) -> Mine | None:
        name = record.cell("mine")
        mine = self.company.mine(name)
        if mine is None:
            known = ", ".join(known.id for known in self.company.mines)
            self.problems.append(record.problem("mine", f"there is no mine '{name}' in company.toml; it has {known}"))
        return mine

    def _items(self, file: str, mine: Mine | None) -> tuple[str, ...]:
        """What a file may state of a mine."""
        if file == "costs.csv":
            return mine.costs if mine else COSTS
        metals = mine.metals if mine else ("METAL",)
        return "ore", "days", "capital", *(f"{kind}.{metal}" for kind in METAL_ITEMS for metal in metals)

    def _item_unit(self, record: Record, mine: Mine | None) -> Unit | None:
        item = record.cell("item")
        unit = unit_of_item(item)
        if unit is None or (record.file == "costs.csv") != (item in COSTS):
            said = f"'{item}' does not belong in {record.file}; it has {', '.join(self._items(record.file, mine))}"
            self.problems.append(record.problem("item", said))
            return None
        if mine is None:
            return unit
        metal = item.partition(".")[2]
        if metal and metal not in mine.metals:
            self.problems.append(
                record.problem("item", f"{mine.id} produces no {metal} (company.toml lists its metals)")
            )
        if item in COSTS and item not in mine.costs:
            self.problems.append(
                record.problem("item", f"company.toml does not list {item} among the costs of {mine.id}")
            )
        return unit

    def _period(self, record: Record) -> Period | None:
        text = record.cell("period")
        period = self.company.calendar.parse(text)
        if period is None:
            self.problems.append(
                record.problem(
                    "period",
                    f"'{text}' is not a period: write 2003-09, 2003-Q3 or 2003-09-30, as text where a spreadsheet dates it",
                )
            )
            return None
        calendar = self.company.calendar
        if not calendar.first <= period.end <= calendar.last:
            said = f"{text} lies outside the books, which run from {calendar.first:%Y-%m} to {calendar.last:%Y-%m}"
            self.problems.append(record.problem("period", said))
            return None
        return period

    def _add(self, record: Record, name: str, entity: str, unit: Unit | None) -> None:
        period = self._period(record)
        value = record.number("value", self.problems)
        factor = self._factor(record, unit)
        if period is None or value is None or factor is None or unit is None:
            return
        value *= factor
        self._judge(record, name, value)
        quantity = Quantity(name, entity, period)
        known = self._leaves.get(quantity)
        if known is not None:
            same = "again" if known.value == value else f"with another value ({record.cell('value')})"
            self.problems.append(record.problem("value", f"{quantity} stands {same} after {known.source}"))
            return
        self._leaves[quantity] = Leaf(quantity, value, unit, record.source("value"))

    def _factor(self, record: Record, unit: Unit | None) -> Fraction | None:
        """What one of the stated unit counts for; None and a problem where it is another kind of unit."""
        text = record.cell("unit")
        try:
            stated, factor = parse_unit(text)
        except UnitError as error:
            self.problems.append(record.problem("unit", str(error)))
            return None
        if unit is not None and stated != unit:
            what = record.cell("item") or f"the price of {record.cell('metal')}"
            self.problems.append(record.problem("unit", f"{what} is in {unit}, not in '{text}'"))
            return None
        return factor

    def _judge(self, record: Record, name: str, value: Fraction) -> None:
        """Values that cannot be, whatever the mine."""
        kind = name.partition(".")[0]
        if value < 0 and (kind in VOLUMES or kind in {"ore", "days", "grade", "price"}):
            self.problems.append(record.problem("value", f"{name} cannot be negative"))
        if kind in {"recovery", "payable_share"} and not 0 <= value <= 1:
            self.problems.append(record.problem("value", f"{name} lies between 0 and 100 %"))
        if name == "days" and value > 366:
            self.problems.append(record.problem("value", "more days than a year has"))


def _index(period: Period) -> int:
    return period.end.year * 12 + period.end.month


def _runs(months: list[Period]) -> list[tuple[Period, Period]]:
    """Months that follow each other, as (first, last)."""
    made: list[tuple[Period, Period]] = []
    for month in months:
        if made and _index(month) == _index(made[-1][1]) + 1:
            made[-1] = made[-1][0], month
        else:
            made.append((month, month))
    return made
