"""What if: the effect of a change of leaves, and the slope of every measure to every price."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from orebook.close.books import Books
from orebook.close.closing import build_graph, pivot_of
from orebook.close.company import Company
from orebook.close.derivative import slopes
from orebook.close.files import number
from orebook.close.graph import GIVEN, Graph, change
from orebook.close.quantity import Quantity
from orebook.close.totals import COMPANY, entity_of
from orebook.close.vocabulary import METAL_UNIT
from orebook.measures.units import Unit, UnitError, parse_unit
from orebook.model.named import NamedTuple
from orebook.model.period import Period

_SETTING = re.compile(
    r"\s*(?P<name>[a-z_]+(?:\.[a-z_]+)*)(?:@(?P<entity>[\w:-]+))?\s*(?P<how>\+=|-=|\*=|=)\s*(?P<number>\(?-?[\d,.]+\)?)"
    r"\s*(?P<unit>.*?)\s*\Z"
)


class SettingError(ValueError):
    """A change that cannot be made: unreadable, of another unit, or of nothing in the books."""


class Setting(NamedTuple):
    """A change of a named quantity in every period: `how` is `+=`, `-=`, `*=` or `=`."""

    name: str
    entity: str
    how: str
    amount: Fraction
    unit: str

    def applied(self, value: Fraction, unit: Unit) -> Fraction:
        """The new value. Raises `SettingError` where the units differ."""
        if self.how == "*=":
            return value * self.amount * (Fraction(1, 100) if self.unit == "%" else 1)
        step = self.step(unit)
        return step if self.how == "=" else value - step if self.how == "-=" else value + step

    def step(self, unit: Unit) -> Fraction:
        """The amount in a unit of the books. Raises `SettingError` where the units differ."""
        return self.amount * self._factor(unit)

    def _factor(self, unit: Unit) -> Fraction:
        text = "USD" + self.unit if self.unit.startswith("/") else self.unit
        if not text:
            return Fraction(1)
        try:
            stated, factor = parse_unit(text)
        except UnitError as error:
            raise SettingError(str(error)) from error
        if stated != unit:
            raise SettingError(f"{self.name} is in {unit}, not in '{self.unit}'")
        return factor


class Effect(NamedTuple):
    """A figure before and after."""

    label: str
    quantity: Quantity
    unit: str
    before: Fraction
    after: Fraction


class Slope(NamedTuple):
    """How much a figure moves for one unit of a price, kept up over the whole period."""

    label: str
    quantity: Quantity
    metal: str
    unit: str
    price_unit: str
    value: Fraction


class WhatIf(NamedTuple):
    """The effects of `settings` on the figures of `period`, and the slopes of the same figures to prices."""

    period: Period
    settings: tuple[Setting, ...]
    effects: tuple[Effect, ...]
    slopes: tuple[Slope, ...]


def parse_setting(text: str) -> Setting:
    """Read `price.lead += 0.50/lb`, `mining@north *= 1.05`, `produced.gold@north = 12,000 oz`.

    `price.lead` is short for the realised price. Raises `SettingError`.
    """
    found = _SETTING.match(text)
    amount = number(found["number"]) if found else None
    if found is None or amount is None:
        raise SettingError(f"'{text}': write it as price.lead += 0.50/lb, or as mining@mine *= 1.05")
    if found["how"] == "*=" and found["unit"] not in {"", "%"}:
        raise SettingError(
            f"'{text}': a figure is multiplied by a mere number or by a percentage, as *= 1.05 or *= 105 %"
        )
    name = found["name"]
    if name.startswith("price.") and name.count(".") == 1:
        name = name.replace("price.", "price.realized.")
    return Setting(name, found["entity"] or "", found["how"], amount, found["unit"])


def scenario_graph(books: Books, graph: Graph) -> Graph:
    """The same books solved so that the ledger follows production, prices and costs."""
    return build_graph(books, pivot_of(books, graph))


def whatif(books: Books, graph: Graph, settings: Sequence[str], period: Period) -> WhatIf:
    """What `settings` do to the figures of `period`. Raises `SettingError`."""
    scenario = scenario_graph(books, graph)
    watched = watched_figures(books.company, scenario, period)
    read = tuple(parse_setting(text) for text in settings)
    made_slopes = tuple(price_slopes(books.company, scenario, watched, period))
    before = [scenario.values[node] for _, node in watched]
    for setting in read:
        change(scenario, moved_leaves(scenario, setting, period))
    effects = []
    for (label, node), old in zip(watched, before, strict=True):
        new = scenario.values[node]
        if old is not None and new is not None:
            effects.append(Effect(label, scenario.keys[node], str(scenario.units[node]), old, new))
    return WhatIf(period, read, tuple(effects), made_slopes)


def moved_leaves(graph: Graph, setting: Setting, period: Period) -> dict[int, Fraction]:
    """The leaves that a setting moves, with their new values: all periods inside `period`."""
    made = {}
    for node in leaves_named(graph, setting.name, setting.entity, period):
        value = graph.values[node]
        if value is not None:
            made[node] = setting.applied(value, graph.units[node])
    if not made:
        whose = f" of {setting.entity}" if setting.entity else ""
        raise SettingError(f"the books give no {setting.name}{whose} in the period; derived figures cannot be set")
    return made


def leaves_named(graph: Graph, name: str, entity: str, period: Period) -> list[int]:
    """The given nodes of a name inside a period; what a mine states at 100 % answers to its plain name."""
    wanted = {name, f"whole.{name}"}
    start = period.opening().end
    return [
        node
        for node, key in enumerate(graph.keys)
        if key.name in wanted
        and key.entity == entity
        and graph.origins[node] == GIVEN
        and key.period.months is not None
        and start < key.period.end <= period.end
    ]


_COMPANY_FIGURES = (
    ("sales", "Sales of products"),
    ("gross_profit", "Gross profit"),
    ("income_before_taxes", "Income before income taxes"),
    ("net_income", "Net income"),
    ("basic_earnings_per_share", "Basic income per common share"),
    ("cash_from_operations", "Cash flow from operating activities"),
)
_UNIT_FIGURES = (
    ("by_product_credits", "by-product credits"),
    ("total_cash_cost", "total cash costs"),
    ("cash_operating_cost_per_ounce", "cash operating cost per ounce"),
    ("total_cash_cost_per_ounce", "total cash cost per ounce"),
    ("total_production_cost_per_ounce", "total production cost per ounce"),
    ("all_in_sustaining_cost_per_ounce", "all-in sustaining cost per ounce"),
)


def watched_figures(company: Company, graph: Graph, period: Period) -> list[tuple[str, int]]:
    """The figures that a what-if shows, with their labels: the company's, then by segment, then by mine."""
    wanted = [(title, name, COMPANY) for name, title in _COMPANY_FIGURES]
    units = [(segment.title, entity_of(segment)) for segment in company.segments]
    units += [(mine.title, mine.id) for mine in company.mines]
    wanted += [(f"{owner}: {title}", name, entity) for owner, entity in units for name, title in _UNIT_FIGURES]
    made = []
    for label, name, entity in wanted:
        node = graph.find(Quantity(name, entity, period))
        if node is not None and graph.values[node] is not None:
            made.append((label, node))
    return made


def price_slopes(company: Company, graph: Graph, watched: Iterable[tuple[str, int]], period: Period) -> Iterable[Slope]:
    """The slope of every watched figure to every price, where it is not zero."""
    shown = list(watched)
    for metal in company.metals:
        leaves = leaves_named(graph, f"price.realized.{metal}", COMPANY, period)
        found = slopes(graph, dict.fromkeys(leaves, Fraction(1)))
        price_unit = "USD/oz" if METAL_UNIT[metal] == METAL_UNIT["gold"] else "USD/lb"
        for label, node in shown:
            if found.get(node):
                unit = str(graph.units[node])
                yield Slope(label, graph.keys[node], metal, unit, price_unit, found[node])
