"""A page under construction: rows drawn from a solved graph."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.company import Company
from orebook.close.graph import Graph
from orebook.close.quantity import Quantity
from orebook.close.sheet import Row, Style
from orebook.close.totals import COMPANY
from orebook.model.period import Period

PER_SHARE = Style(2, dollar=True)
COUNT = Style()
COST_TITLES = (
    ("cash_production_cost_per_ounce", "Cash production costs"),
    ("full_cost_per_ounce", "Full costs"),
    ("cash_operating_cost_per_ounce", "Cash operating costs"),
    ("total_cash_cost_per_ounce", "Total cash costs"),
    ("total_production_cost_per_ounce", "Total production costs"),
    ("all_in_sustaining_cost_per_ounce", "All-in sustaining costs"),
    ("all_in_cost_per_ounce", "All-in costs"),
)


class Page:
    """A table under construction: rows drawn from a solved graph for the given columns."""

    def __init__(self, graph: Graph, scale: int, columns: tuple[Period, ...]) -> None:
        self.graph = graph
        self.scale = scale
        self.columns = columns
        self.money = Style(0, Fraction(scale))
        self.total = Style(0, Fraction(scale), dollar=True)
        self.rows: list[Row] = []

    def values(self, name: str, entity: str = COMPANY, sign: int = 1) -> tuple[Fraction | None, ...]:
        """The figures of a quantity, a column each."""
        made = (self.value(quantity) for quantity in self.quantities(name, entity))
        return tuple(None if value is None else sign * value for value in made)

    def quantities(self, name: str, entity: str = COMPANY) -> tuple[Quantity, ...]:
        """A quantity in the period of each column."""
        return tuple(Quantity(name, entity, period) for period in self.columns)

    def value(self, quantity: Quantity) -> Fraction | None:
        """What the graph knows of a quantity."""
        node = self.graph.find(quantity)
        return None if node is None else self.graph.values[node]

    def moved(self, name: str) -> bool:
        """Whether a line of a statement has anything but zero in any column."""
        return any(self.values(name))

    def known(self, name: str, entity: str = COMPANY) -> bool:
        return any(value is not None for value in self.values(name, entity))

    def heading(self, label: str, indent: int = 0, *, space: bool = True) -> None:
        self.rows.append(Row(label, indent=indent, space=space))

    def row(self, label: str, name: str, style: Style, entity: str = COMPANY, sign: int = 1, **how: bool | int) -> int:
        """Add a row where the figure is known in any column; its index, else -1."""
        values = self.values(name, entity, sign)
        if all(value is None for value in values):
            return -1
        indent = how.get("indent", 0)
        made = Row(label, values, style, int(indent), name=name, entity=entity, sign=sign)
        rule, double, space = (bool(how.get(key)) for key in ("rule", "double", "space"))
        quantities = self.quantities(name, entity)
        self.rows.append(made._replace(rule=rule, double=double, space=space, quantities=quantities))
        return len(self.rows) - 1

    def sum_of(self, at: int, parts: list[tuple[int, int]]) -> None:
        """Say which rows the total at `at` adds up."""
        if at >= 0:
            self.rows[at] = self.rows[at]._replace(parts=tuple(part for part in parts if part[0] >= 0))


def money_caption(company: Company, extra: str = "") -> str:
    scale = {1: "dollars", 1000: "dollars in thousands", 1_000_000: "dollars in millions"}[company.scale]
    return f"({scale}{extra} - unaudited)"


def per_ounce(metal: str, *, dollar: bool = False) -> Style:
    return Style(2 if metal == "silver" else 0, dollar=dollar)


def add_costs(page: Page, entity: str, primary: str, *, suffix: str = "", dollar: bool = True) -> None:
    known = [(name, title) for name, title in COST_TITLES if page.known(name, entity)]
    if known:
        page.heading(f"Average cost per ounce of {primary} produced:", space=False)
    for name, title in known:
        page.row(title + suffix, name, per_ounce(primary, dollar=dollar), entity, indent=2)
