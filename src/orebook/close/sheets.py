"""Which tables a close prints, and which figures stand in them."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.books import Books
from orebook.close.company import Company, Mine, float_free
from orebook.close.graph import Graph
from orebook.close.lines import BALANCE, CASH_FLOWS, DIRECT, OPERATIONS, OTHER_INCOME, OTHER_OPERATING
from orebook.close.quantity import Quantity
from orebook.close.sheet import Row, Sheet, Style
from orebook.close.totals import COMPANY, entity_of
from orebook.close.vocabulary import METAL_UNIT
from orebook.measures import parse
from orebook.measures.units import OUNCE
from orebook.model.period import Period

PER_SHARE = Style(2, dollar=True)
COUNT = Style()
PER_TON = Style(2, dollar=True)
COST_TITLES = (
    ("cash_production_cost_per_ounce", "Cash production costs"),
    ("full_cost_per_ounce", "Full costs"),
    ("cash_operating_cost_per_ounce", "Cash operating costs"),
    ("total_cash_cost_per_ounce", "Total cash costs"),
    ("total_production_cost_per_ounce", "Total production costs"),
    ("all_in_sustaining_cost_per_ounce", "All-in sustaining costs"),
    ("all_in_cost_per_ounce", "All-in costs"),
)
_RECONCILED = (
    ("treatment_and_freight", "Treatment & freight costs", -1),
    ("by_product_credits", "By-product credits", 1),
    ("inventory_change", "Change in product inventory", 1),
    ("reclamation_and_other", "Reclamation and other costs", 1),
    ("excluded_costs", "Costs excluded from cash costs", 1),
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
        made: list[Fraction | None] = []
        for period in self.columns:
            node = self.graph.find(Quantity(name, entity, period))
            value = None if node is None else self.graph.values[node]
            made.append(None if value is None else sign * value)
        return tuple(made)

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
        made = Row(label, values, style, int(indent), name=name, entity=entity)
        rule, double, space = (bool(how.get(key)) for key in ("rule", "double", "space"))
        self.rows.append(made._replace(rule=rule, double=double, space=space))
        return len(self.rows) - 1

    def sum_of(self, at: int, parts: list[tuple[int, int]]) -> None:
        """Say which rows the total at `at` adds up."""
        if at >= 0:
            self.rows[at] = self.rows[at]._replace(parts=tuple(part for part in parts if part[0] >= 0))


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
    made = [_highlights(graph, company, columns)]
    if books.ledger.accounts:
        made += [_operations(graph, company, columns), _balance(graph, company), _cash_flows(graph, company, columns)]
    made += [_production(graph, company, columns), _reconciliation(graph, company, columns)]
    made += [_bridge(graph, company, columns, at) for at in range(len(company.bridges))]
    return tuple(sheet for sheet in made if any(row.values for row in sheet.rows))


def _money(company: Company, extra: str = "") -> str:
    scale = {1: "dollars", 1000: "dollars in thousands", 1_000_000: "dollars in millions"}[company.scale]
    return f"({scale}{extra} - unaudited)"


def _highlights(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    page = Page(graph, company.scale, columns)
    page.heading("FINANCIAL DATA", space=False)
    page.row("Sales of products", "sales", page.total, space=True)
    page.row("Gross profit", "gross_profit", page.money)
    page.row("Net income (loss)", "net_income", page.money)
    page.row("Basic income (loss) per common share", "basic_earnings_per_share", Style(2))
    page.row("Cash flow provided by operating activities", "cash_from_operations", page.money)
    for bridge in company.bridges:
        page.row(bridge.title, bridge.id, page.money)
    _by_segment(page, company, "SALE OF PRODUCTS", ("sales", "Total sales"), "other_sales")
    _by_segment(page, company, "GROSS PROFIT (LOSS)", ("gross_profit", "Total gross profit"), "other_gross_profit")
    page.heading("PRODUCTION SUMMARY - TOTALS")
    for metal in company.metals:
        words = "Ounces" if METAL_UNIT[metal] == OUNCE else "Tons"
        name = f"reported.{metal}" if page.known(f"reported.{metal}") else f"produced.{metal}"
        page.row(f"{metal.title()} - {words}", name, COUNT)
    for segment in company.segments:
        _costs(page, entity_of(segment), segment.primary, suffix=" ($/oz.)", dollar=False)
    page.heading("AVERAGE METAL PRICES")
    titles = dict(company.price_titles)
    for metal in company.metals:
        unit, style = ("$/oz.", _per_ounce(metal)) if METAL_UNIT[metal] == OUNCE else ("$/pound", Style(2))
        page.row(f"{metal.title()} - Realized ({unit})", f"price.realized.{metal}", style)
        title = titles.get(metal, "Market")
        page.row(f"{metal.title()} - {title} ({unit})", f"price.market.{metal}", style)
    caption = _money(company, ", except per share, per ounce and per pound amounts")
    return Sheet("", caption, columns, tuple(page.rows), "HIGHLIGHTS")


def _per_ounce(metal: str, *, dollar: bool = False) -> Style:
    return Style(2 if metal == "silver" else 0, dollar=dollar)


def _by_segment(page: Page, company: Company, title: str, names: tuple[str, str], other: str) -> None:
    if not page.known(names[0]):
        return
    page.heading(title)
    parts: list[tuple[int, int]] = []
    for segment in company.segments:
        style = page.money if parts else page.total
        at = page.row(segment.title, names[0], style, entity_of(segment), space=not parts)
        parts.append((at, 1))
    parts.append((page.row("Other", other, page.money), 1))
    page.sum_of(page.row(names[1], names[0], page.total, indent=2, rule=True), parts)


def _costs(page: Page, entity: str, primary: str, *, suffix: str = "", dollar: bool = True) -> None:
    known = [(name, title) for name, title in COST_TITLES if page.known(name, entity)]
    if known:
        page.heading(f"Average cost per ounce of {primary} produced:", space=False)
    for name, title in known:
        page.row(title + suffix, name, _per_ounce(primary, dollar=dollar), entity, indent=2)


def _section(page: Page, section: str, indent: int = 0) -> list[tuple[int, int]]:
    made = [
        (page.row(line.title, line.id, page.money, indent=indent), 1)
        for line in OPERATIONS.values()
        if line.section == section and page.moved(line.id)
    ]
    return [part for part in made if part[0] >= 0]


def _operations(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    page = Page(graph, company.scale, columns)
    sales = page.row("Sales of products", "sales", page.total)
    direct = _section(page, DIRECT)
    cost = page.row("", "total_cost", page.money, rule=len(direct) > 0) if len(direct) > 1 else direct[-1][0]
    page.sum_of(cost, direct if len(direct) > 1 else [])
    gross = page.row("Gross profit", "gross_profit", page.money, rule=True)
    page.sum_of(gross, [(sales, 1), (cost, -1)])
    operating = _total_section(page, "Other operating expenses:", OTHER_OPERATING, "total_other_operating")
    income = page.row("Income (loss) from operations", "income_from_operations", page.money, rule=True)
    page.sum_of(income, [(gross, 1), (operating, -1)])
    other = _total_section(page, "Other income (expense):", OTHER_INCOME, "total_other_income")
    before = page.row("Income (loss) before income taxes", "income_before_taxes", page.money, rule=True)
    page.sum_of(before, [(income, 1), (other, 1)])
    _below_taxes(page, before)
    _shares(page)
    caption = _money(company, ", except per share amounts; shares in thousands")
    return Sheet("Consolidated Statements of Operations", caption, columns, tuple(page.rows))


def _total_section(page: Page, title: str, section: str, total: str) -> int:
    if not page.known(total):
        return -1
    page.heading(title)
    parts = _section(page, section, 2)
    if len(parts) == 1:
        return parts[0][0]
    at = page.row("", total, page.money, rule=True)
    page.sum_of(at, parts)
    return at


def _below_taxes(page: Page, before: int) -> None:
    tax = page.row("Income tax benefit (provision)", "income_tax", page.money)
    after = [line for line in OPERATIONS.values() if line.section == "after_tax" and page.known(line.id)]
    parts = [(before, 1), (tax, 1)]
    if after:
        going = page.row(
            "Income (loss) from continuing operations", "income_from_continuing_operations", page.money, rule=True
        )
        page.sum_of(going, parts)
        parts = [(going, 1), *((page.row(line.title, line.id, page.money), 1) for line in after)]
    net = page.row("Net income (loss)", "net_income", page.money, rule=True)
    page.sum_of(net, parts)
    common = page.row("Preferred stock dividends", "preferred_dividends_declared", page.money, sign=-1)
    undeclared = page.row("Undeclared preferred stock dividends", "preferred_dividends_undeclared", page.money, sign=-1)
    if page.known("income_applicable_to_common") and (common >= 0 or undeclared >= 0):
        title = "Income (loss) applicable to common shareholders"
        at = page.row(title, "income_applicable_to_common", page.total, rule=True, double=True)
        page.sum_of(at, [(net, 1), (common, 1), (undeclared, 1)])


def _shares(page: Page) -> None:
    thousands = Style(0, Fraction(1000))
    page.row("Basic income (loss) per common share", "basic_earnings_per_share", PER_SHARE, space=True)
    if page.known("options_outstanding") or page.known("converted_shares"):
        page.row("Diluted income (loss) per common share", "diluted_earnings_per_share", PER_SHARE)
    page.row(
        "Basic weighted average number of common shares outstanding", "weighted_average_shares", thousands, space=True
    )


def _balance(graph: Graph, company: Company) -> Sheet:
    calendar = company.calendar
    end = Period(calendar.last)
    start = calendar.to_date(calendar.last).opening()
    page = Page(graph, company.scale, (end, start))
    page = page if page.known("total_assets") else Page(graph, company.scale, (end,))
    page.heading("ASSETS", space=False)
    current = _balance_section(page, "Current assets:", "current_assets", "Total current assets")
    rest = _lines(page, "assets")
    total = page.row("Total assets", "total_assets", page.total, rule=True, double=True)
    page.sum_of(total, [current, *rest])
    page.heading("LIABILITIES")
    due = _balance_section(page, "Current liabilities:", "current_liabilities", "Total current liabilities")
    rest = _lines(page, "liabilities")
    owed = page.row("Total liabilities", "total_liabilities", page.money, rule=True)
    page.sum_of(owed, [due, *rest])
    page.heading("SHAREHOLDERS' EQUITY")
    rest = _lines(page, "equity")
    equity = page.row("Total shareholders' equity", "total_equity", page.money, rule=True)
    page.sum_of(equity, rest)
    title = "Total liabilities and shareholders' equity"
    both = page.row(title, "total_liabilities_and_equity", page.total, rule=True, double=True)
    page.sum_of(both, [(owed, 1), (equity, 1)])
    page.row("Common shares outstanding at end of period", "shares_outstanding", Style(0, Fraction(1000)), space=True)
    return Sheet(
        "Consolidated Balance Sheets", _money(company, "; shares in thousands"), page.columns, tuple(page.rows)
    )


def _lines(page: Page, section: str, indent: int = 0) -> list[tuple[int, int]]:
    return [
        (page.row(line.title, line.id, page.money, indent=indent), 1)
        for line in BALANCE.values()
        if line.section == section and page.moved(line.id)
    ]


def _balance_section(page: Page, heading: str, section: str, title: str) -> tuple[int, int]:
    if not page.known(f"total_{section}"):
        return -1, 1
    page.heading(heading)
    parts = _lines(page, section, 2)
    at = page.row(title, f"total_{section}", page.money, rule=True, indent=5)
    page.sum_of(at, parts)
    return at, 1


def _cash_flows(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    longest = max((period.months or 0 for period in columns), default=0)
    page = Page(graph, company.scale, tuple(period for period in columns if period.months == longest))
    page.heading("OPERATING ACTIVITIES", space=False)
    parts = [(page.row("Net income (loss)", "net_income", page.total, space=True), 1)]
    for section, title in (
        ("noncash", "Noncash elements included in net income:"),
        ("changes", "Change in assets and liabilities:"),
    ):
        parts += _flow_lines(page, section, title)
    title = "Net cash provided by (used in) operating activities"
    made = [(page.row(title, "cash_from_operations", page.money, rule=True), 1)]
    page.sum_of(made[0][0], parts)
    for section in ("investing", "financing"):
        if page.known(f"cash_from_{section}"):
            page.heading(f"{section.upper()} ACTIVITIES")
            parts = _flow_lines(page, section, "")
            title = f"Net cash provided by (used in) {section} activities"
            at = page.row(title, f"cash_from_{section}", page.money, rule=True)
            page.sum_of(at, parts)
            made.append((at, 1))
    change = page.row("Net increase (decrease) in cash and cash equivalents", "change_in_cash", page.money, space=True)
    page.sum_of(change, made)
    _cash_ends(page, change)
    return Sheet("Consolidated Statements of Cash Flows", _money(company), page.columns, tuple(page.rows))


def _flow_lines(page: Page, section: str, title: str) -> list[tuple[int, int]]:
    lines = [line for line in CASH_FLOWS.values() if line.section == section and page.moved(line.id)]
    if title and lines:
        page.heading(title, space=False)
    return [
        (page.row(line.title, line.id, page.money, indent=2, space=not title and not at), 1)
        for at, line in enumerate(lines)
    ]


def _cash_ends(page: Page, change: int) -> None:
    opening = Page(page.graph, page.scale, tuple(period.opening() for period in page.columns)).values("cash")
    closing = Page(page.graph, page.scale, tuple(period.instant() for period in page.columns)).values("cash")
    start = Row("Cash and cash equivalents at beginning of period", opening, page.money, name="cash")
    page.rows.append(start)
    end = Row("Cash and cash equivalents at end of period", closing, page.total, rule=True, double=True, name="cash")
    page.rows.append(end._replace(parts=((change, 1), (len(page.rows) - 1, 1))))


def _production(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    page = Page(graph, company.scale, columns)
    for mine in company.mines:
        if not page.known("ore", mine.id) and not any(
            page.known(f"produced.{metal}", mine.id) for metal in mine.metals
        ):
            continue
        share = f" (Reflects {float_free(mine.share * 100)}% share)" if mine.share != 1 else ""
        page.heading(mine.title + share)
        _mine_rows(page, mine)
    return Sheet("Production Data", "", columns, tuple(page.rows))


def _mine_rows(page: Page, mine: Mine) -> None:
    page.row("Tons of ore milled", "ore", COUNT, mine.id, space=True)
    page.row("Days of operation", "days", COUNT, mine.id)
    page.row("Mining cost per ton", "mining_per_ton", PER_TON, mine.id)
    page.row("Milling cost per ton", "milling_per_ton", PER_TON, mine.id)
    for metal in mine.graded:
        if METAL_UNIT[metal] == OUNCE:
            style = Style(2 if metal == "silver" else 3)
            page.row(f"Ore grade milled - {metal.title()} (oz./ton)", f"grade.{metal}", style, mine.id)
    for metal in mine.metals:
        unit = "oz." if METAL_UNIT[metal] == OUNCE else "tons"
        name = f"reported.{metal}" if metal in mine.third_party else f"produced.{metal}"
        page.row(f"{metal.title()} produced ({unit})", name, COUNT, mine.id)
    _costs(page, mine.id, mine.primary)
    thousands = Style(0, Fraction(1000), dollar=True)
    page.row("Capital additions (in thousands)", "capital", thousands, mine.id)


def _reconciliation(graph: Graph, company: Company, columns: tuple[Period, ...]) -> Sheet:
    page = Page(graph, company.scale, columns)
    for segment in company.segments:
        _reconcile(page, segment.title.upper(), entity_of(segment), segment.primary)
    for mine in company.mines:
        share = f" (Reflects {float_free(mine.share * 100)}% share)" if mine.share != 1 else ""
        _reconcile(page, mine.title + share, mine.id, mine.primary)
    title = "Reconciliation of Cash Costs per Ounce to Generally Accepted Accounting Principles (GAAP)"
    return Sheet(title, "(dollars and ounces in thousands, except per ounce - unaudited)", columns, tuple(page.rows))


def _reconcile(page: Page, title: str, entity: str, primary: str) -> None:
    """A block of the reconciliation, in the form of 2007 where depreciation is part of it."""
    wide = page.known("cost_of_sales_and_depreciation", entity)
    if not page.known("total_cash_cost", entity) or not (wide or page.known("cost_of_sales", entity)):
        return
    page.heading(title)
    thousands, dollars = Style(0, Fraction(1000)), Style(0, Fraction(1000), dollar=True)
    page.row("Total cash costs", "total_cash_cost", dollars, entity, space=True)
    page.row(f"Divided by {primary} ounces produced", f"produced.{primary}", thousands, entity)
    style = _per_ounce(primary, dollar=True)
    page.row(
        "Total cash cost per ounce produced",
        "total_cash_cost_per_ounce",
        style,
        entity,
        indent=3,
        rule=True,
        double=True,
    )
    page.heading("Reconciliation to GAAP:", space=False)
    parts = [(page.row("Total cash costs", "total_cash_cost", dollars, entity, indent=3), 1)]
    if wide:
        label = "Depreciation, depletion and amortization"
        parts.append((page.row(label, "depreciation", thousands, entity, indent=3), 1))
    for name, label, sign in _RECONCILED:
        parts.append((page.row(label, name, thousands, entity, sign, indent=3), 1))
    parts += _interests(page, entity, thousands, wide=wide)
    end = "reported_cost_of_sales_and_depreciation" if wide else "reported_cost_of_sales"
    own = "cost_of_sales_and_depreciation" if wide else "cost_of_sales"
    label = "Costs of sales and other direct production costs" + (
        " and depreciation, depletion and amortization" if wide else ""
    )
    name = end if page.known(end, entity) else own
    total = page.row(f"{label} (GAAP)", name, dollars, entity, indent=3, rule=True, double=True)
    page.sum_of(total, parts)


def _interests(page: Page, entity: str, style: Style, *, wide: bool) -> list[tuple[int, int]]:
    name = "interests_of_others" if wide else "interests_of_others_cost_of_sales"
    if not any(page.values(name, entity)):
        return []
    return [(page.row("Interests of others in consolidated mines", name, style, entity, indent=3), 1)]


def _bridge(graph: Graph, company: Company, columns: tuple[Period, ...], at: int) -> Sheet:
    bridge = company.bridges[at]
    page = Page(graph, company.scale, columns)
    parts: list[tuple[int, int]] = []
    for name, weight in parse(bridge.formula).terms:
        words = _title_of(name)
        label = words if not parts else f"{'Add' if weight > 0 else 'Less'} {words[0].lower()}{words[1:]}"
        style = page.money if parts else page.total
        parts.append((page.row(label, name, style, sign=1 if weight > 0 else -1), 1))
    page.sum_of(page.row(bridge.title, bridge.id, page.total, rule=True, double=True), parts)
    return Sheet(f"Reconciliation of {bridge.title}", _money(company), columns, tuple(page.rows))


def _title_of(name: str) -> str:
    known = {**OPERATIONS, **CASH_FLOWS, **BALANCE}.get(name)
    if known is not None:
        return known.title
    named = {"cash_from_operations": "Cash flow provided by operating activities", "net_income": "Net income (loss)"}
    return named.get(name, name.replace("_", " ").capitalize())
