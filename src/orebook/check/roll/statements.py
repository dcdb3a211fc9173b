"""The statements that belong together: a cash flow statement's column, its two balance sheets, its income.

Filings hold several sets of statements (years, subsidiaries, a parent alone). A set is put together only
where its figures meet: the cash flow statement must end or begin with the balance sheet's cash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from orebook.check.context import Context, Sightings, kept
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import COMPANY
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period

CASH = (
    "CashAndCashEquivalentsAtCarryingValue",
    "CashCashEquivalentsAndShortTermInvestments",
    "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents",
)

Rows = Mapping[str, Sequence[Entry]]


class Statements(NamedTuple):
    """One set of statements over one period: rows by concept; `flow` is the period, `end` and `begin` its ends.

    `lines` are all rows of the cash flow statement, those of no known concept too.
    """

    flow: Period
    end: Period
    begin: Period
    flows: Rows
    stocks: Rows
    results: Rows
    lines: Sequence[Entry] = ()

    def flow_of(self, concept: str, when: Period | None = None) -> list[Fact]:
        """The cash flow lines of a concept, over the period or (cash itself) at one of its ends."""
        return _at(self.flows, concept, when or self.flow)

    def result_of(self, concept: str) -> list[Fact]:
        """The lines of a concept in the statement of operations."""
        return _at(self.results, concept, self.flow)

    def stock_of(self, concept: str, when: Period) -> list[Fact]:
        """The balance sheet lines of a concept at one of the two dates."""
        return _at(self.stocks, concept, when)


def _at(rows: Rows, concept: str, period: Period) -> list[Fact]:
    return [entry.figures[period] for entry in rows.get(concept, ()) if period in entry.figures]


@kept()
def statements(view: Context) -> tuple[Statements, ...]:
    """The sets of statements of a book, in document order; several checks ask for them."""
    return tuple(_sets(view))


def _sets(view: Context) -> Iterator[Statements]:
    tables: dict[str, dict[int, list[Entry]]] = {"cash-flows": {}, "balance-sheet": {}, "operations": {}}
    for entry in entries(view):
        if entry.table.kind in tables and entry.level.level == COMPANY:
            tables[entry.table.kind].setdefault(entry.table.number, []).append(entry)
    sheets = {number: _by_concept(rows) for number, rows in tables["balance-sheet"].items()}
    results = {number: _by_concept(rows) for number, rows in tables["operations"].items()}
    for number, rows in tables["cash-flows"].items():
        flows = _by_concept(rows)
        for flow in dict.fromkeys(period for entry in rows for period in entry.figures if not period.is_instant):
            end, begin = flow.instant(), flow.opening()
            stocks = _meeting(number, sheets, flows, (end, begin), view.sightings)
            if stocks is not None:
                result = _same_income(number, results, flows, flow, view.sightings)
                yield Statements(flow, end, begin, flows, stocks, result, rows)


def _by_concept(rows: Sequence[Entry]) -> Rows:
    made: dict[str, list[Entry]] = defaultdict(list)
    for entry in rows:
        if entry.concept is not None:
            made[entry.concept].append(entry)
    return made


def _nearest(number: int, tables: Mapping[int, Rows]) -> list[Rows]:
    return [tables[other] for other in sorted(tables, key=lambda other: abs(other - number))]


def _meeting(
    number: int, sheets: Mapping[int, Rows], flows: Rows, ends: tuple[Period, Period], known: Sightings
) -> Rows | None:
    """The nearest balance sheet with both dates whose cash the cash flow statement begins or ends with."""
    for stocks in _nearest(number, sheets):
        for concept in CASH:
            met = [
                known.own(stock).meets(known.own(flow))
                for when in ends
                for stock in _at(stocks, concept, when)[:1]
                for flow in _at(flows, concept, when)[:1]
            ]
            if len(met) == len(ends) and any(met):
                return stocks
    return None


def _same_income(number: int, results: Mapping[int, Rows], flows: Rows, flow: Period, known: Sightings) -> Rows:
    """The nearest statement of operations with the net income that the cash flow statement begins with."""
    started = _at(flows, "NetIncomeLoss", flow) + _at(flows, "ProfitLoss", flow)
    for rows in _nearest(number, results):
        ended = _at(rows, "NetIncomeLoss", flow) + _at(rows, "ProfitLoss", flow)
        if any(known.own(one).meets(known.own(other)) for one in started for other in ended):
            return rows
    return {}
