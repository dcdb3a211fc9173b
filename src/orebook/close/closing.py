"""Closing: from books to a solved graph."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from orebook.close.books import Books
from orebook.close.builder import Builder
from orebook.close.company import Company
from orebook.close.earnings import add_bridges, add_earnings
from orebook.close.graph import Graph, solve
from orebook.close.mines import MeasuresOf, add_equivalents, add_mine
from orebook.close.problems import BooksError, Problem
from orebook.close.quantity import Quantity, Source
from orebook.close.schedule_equations import add_schedule
from orebook.close.settlements import add_settlements, freed_accounts
from orebook.close.spans import spans_of
from orebook.close.statements import add_statements
from orebook.close.totals import add_totals
from orebook.close.vocabulary import UNSHARED
from orebook.measures import FormulaError, Measure, Unit, UnitError, in_force
from orebook.model.collector import without_collector
from orebook.model.named import NamedTuple
from orebook.model.period import Period

DEFAULT_MEASURES = (
    "cash_production_cost_per_ounce",
    "full_cost_per_ounce",
    "cash_operating_cost_per_ounce",
    "total_cash_cost_per_ounce",
    "total_production_cost_per_ounce",
    "cost_of_sales",
    "cost_of_sales_and_depreciation",
)
"""What is computed where company.toml names no measures: those of them that are in force."""


class Pivot(NamedTuple):
    """A change of what is given: `held` figures are given as they were derived, `freed` ones are derived."""

    held: tuple[tuple[Quantity, Fraction, Unit], ...] = ()
    freed: frozenset[Quantity] = frozenset()


def build_graph(books: Books, pivot: Pivot = Pivot()) -> Graph:  # noqa: B008 - a frozen value
    """The solved graph of a set of books. Raises `BooksError` where their units do not fit together."""
    build = Builder()
    with without_collector():
        try:
            _write_equations(build, books, pivot.freed)
        except (UnitError, FormulaError) as error:
            raise BooksError([Problem("company.toml", 0, "", str(error))]) from error
        for quantity, value, unit in pivot.held:
            build.graph.give(quantity, value, unit, Source("orebook", note="kept as it was"))
        solve(build.graph)
    return build.graph


def pivot_of(books: Books, graph: Graph) -> Pivot:
    """What a what-if keeps and what it lets follow: sales, costs, tax and cash follow production, prices and
    costs; settlements and the tax apart from the rate stay."""
    held = []
    for node, quantity in enumerate(graph.keys):
        value = graph.values[node]
        if quantity.name in {"settlement", "tax_apart_from_rate"} and value is not None and graph.origins[node] >= 0:
            held.append((quantity, value, graph.units[node]))
    spans = spans_of(books.company.calendar, monthly=books.company.input == "monthly")
    return Pivot(tuple(held), freed_accounts(books.company, books.ledger, spans) if held else frozenset())


def _write_equations(build: Builder, books: Books, freed: frozenset[Quantity]) -> None:
    """What is entered first, then mines, totals, statements, and what rests on those."""
    company = books.company
    for leaf in books.leaves:
        build.graph.give(_as_entered(company, leaf.quantity), leaf.value, leaf.unit, leaf.source)
    spans = spans_of(company.calendar, monthly=company.input == "monthly")
    measures = measures_of(company)
    for mine in company.mines:
        add_mine(build, mine, spans, measures)
    add_totals(build, company, spans, measures)
    if "equivalent_ounces" in company.measures:
        for mine in company.mines:
            for period in spans.all:
                add_equivalents(build, mine, period)
    add_statements(build, company, books.ledger, freed)
    add_settlements(build, company, spans)
    for entry in books.schedules:
        add_schedule(build, entry)
    add_earnings(build, spans.all)
    add_bridges(build, company, spans.all)


def _as_entered(company: Company, quantity: Quantity) -> Quantity:
    """What the books state at 100 % of a mine of which the company has a part is kept apart from its share."""
    mine = company.mine(quantity.entity)
    name = quantity.name
    if mine is None or not mine.scaled() or name in UNSHARED or name.startswith(("grade.", "payable_share.")):
        return quantity
    return quantity._replace(name=f"whole.{name}")


def measures_of(company: Company) -> MeasuresOf:
    """For a period, the measures in force that the company reports, with those that they build on."""
    wanted = set(company.measures or DEFAULT_MEASURES)
    by_day: dict[date, tuple[Measure, ...]] = {}

    def of(period: Period) -> tuple[Measure, ...]:
        made = by_day.get(period.end)
        if made is None:
            made = by_day[period.end] = _needed(in_force(period.end), wanted)
        return made

    return of


def _needed(measures: tuple[Measure, ...], wanted: set[str]) -> tuple[Measure, ...]:
    """The wanted measures and those that their formulas name, in the order of the registry."""
    by_name = {measure.name: measure for measure in measures}
    found: set[str] = set()
    stack = [name for name in wanted if name in by_name]
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(part for part in by_name[name].formula.names if part in by_name)
    return tuple(measure for measure in measures if measure.name in found)
