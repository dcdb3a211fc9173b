"""Which tables a close prints, one a module, and in which columns."""

from __future__ import annotations

from orebook.close.books import Books
from orebook.close.company import Company
from orebook.close.graph import Graph
from orebook.close.sheet import Sheet
from orebook.close.sheets.balance import balance
from orebook.close.sheets.bridges import bridge
from orebook.close.sheets.cash_flows import cash_flows
from orebook.close.sheets.highlights import highlights
from orebook.close.sheets.measures import other_measures
from orebook.close.sheets.operations import operations
from orebook.close.sheets.production import production
from orebook.close.sheets.reconciliation import reconciliation
from orebook.close.sheets.schedules import schedule_sheets
from orebook.model.period import Period


def columns_of(company: Company) -> tuple[Period, ...]:
    """The quarter and the year to date of the report, each beside the year before where the books reach back."""
    calendar = company.calendar
    quarter, year = Period(calendar.last, 3), calendar.to_date(calendar.last)
    have = {*calendar.quarters(), *calendar.years_to_date()}
    wanted = dict.fromkeys((quarter, quarter.year_earlier(), year, year.year_earlier()))
    return tuple(period for period in wanted if period in have)


def sheets_of(books: Books, graph: Graph) -> tuple[Sheet, ...]:
    """All tables that the books fill."""
    company = books.company
    columns = columns_of(company)
    made = [highlights(graph, company, columns)]
    if books.ledger.accounts:
        made += [operations(graph, company, columns), balance(graph, company), cash_flows(graph, company, columns)]
    made += [production(graph, company, columns), reconciliation(graph, company, columns)]
    made.append(other_measures(graph, company, columns))
    made += [bridge(graph, company, columns, at) for at in range(len(company.bridges))]
    made += schedule_sheets(books, graph)
    return tuple(sheet for sheet in made if any(row.values for row in sheet.rows))
