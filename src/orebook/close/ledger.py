"""The ledger: a trial balance of movements, and the mapping of its accounts to statement lines.

Amounts are movements of the period, debits positive; the opening balances are the movement at the date
on which the books open. The movements of every period add to zero: that is what makes the balance sheet
balance and the cash flows arrive at the change in cash.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from orebook.close.calendar import Calendar
from orebook.close.company import Company, float_free
from orebook.close.files import Record, number, read_rows
from orebook.close.lines import BALANCE, CASH, CASH_FLOWS, EARNINGS, LINES, OPERATIONS
from orebook.close.problems import Problem
from orebook.close.quantity import Source, period_text
from orebook.model.named import NamedTuple
from orebook.model.period import Period, months_before

TRIAL = "ledger.csv"
MAPPING = "mapping.csv"


def opening_of(calendar: Calendar) -> Period:
    """The instant at which the books open: the end of the month before their first."""
    return Period(months_before(calendar.first, 1))


class Account(NamedTuple):
    """An account and where it goes: a statement line, the mine it belongs to, and its cash-flow lines.

    `cash_flow` is the line that takes its movement out of (or into) cash; `offset`, for gains and other
    items of income that are no operating cash, the line to which they move.
    """

    name: str
    line: str
    mine: str = ""
    cash_flow: str = ""
    offset: str = ""
    source: Source = Source(MAPPING)


class Ledger(NamedTuple):
    """The mapped accounts, their opening balances and their movements by month."""

    accounts: tuple[Account, ...] = ()
    opening: tuple[tuple[str, Fraction, Source], ...] = ()
    movements: tuple[tuple[str, Period, Fraction, Source], ...] = ()


class _Rule(NamedTuple):
    pattern: str
    account: Account


def read_ledger(folder: Path, company: Company, problems: list[Problem]) -> Ledger:
    """The ledger of the books; empty where they have none."""
    rules = [_rule(record, company, problems) for record in read_rows(folder, MAPPING, ("account", "line"), problems)]
    rows = list(_rows(folder, company, problems))
    if not rows:
        return Ledger()
    accounts: dict[str, Account] = {}
    unmapped: dict[str, Source] = {}
    opening, movements = [], []
    for name, period, value, source in rows:
        account = accounts.get(name) or _mapped(name, rules)
        if account is None:
            unmapped.setdefault(name, source)
            continue
        accounts[name] = account
        if period.months is None:
            opening.append((name, value, source))
        else:
            movements.append((name, period, value, source))
    for name, source in unmapped.items():
        message = f"account '{name}' has no row in {MAPPING}"
        problems.append(Problem(TRIAL, source.row, "account", message))
    _check_complete(rows, company, problems)
    _check_balanced(rows, problems)
    _check_twice(rows, problems)
    return Ledger(tuple(accounts.values()), tuple(opening), tuple(movements))


def _rule(record: Record, company: Company, problems: list[Problem]) -> _Rule:
    line, mine = record.cell("line"), record.cell("mine")
    if line not in LINES:
        problems.append(
            record.problem("line", f"'{line}' is not a line of the statements; docs/tutorial-close.md lists them")
        )
    if mine and company.mine(mine) is None:
        problems.append(record.problem("mine", f"there is no mine '{mine}' in company.toml"))
    for column in ("cash_flow", "offset"):
        flow = record.cell(column)
        if flow and flow not in CASH_FLOWS:
            problems.append(record.problem(column, f"'{flow}' is not a line of the statement of cash flows"))
    if line in BALANCE and line not in {CASH, EARNINGS} and not record.cell("cash_flow"):
        problems.append(record.problem("cash_flow", f"a movement of {line} must go to a line of the cash flows"))
    if record.cell("offset") and line not in OPERATIONS:
        problems.append(record.problem("offset", "only items of income have an offset"))
    name = record.cell("account")
    account = Account(name, line, mine, record.cell("cash_flow"), record.cell("offset"), record.source())
    return _Rule(name, account)


def _mapped(name: str, rules: list[_Rule]) -> Account | None:
    """The first rule that names the account, or the longest `prefix*` that it begins with."""
    exact = next((rule.account for rule in rules if rule.pattern == name), None)
    if exact is not None:
        return exact
    starts = [rule for rule in rules if rule.pattern.endswith("*") and name.startswith(rule.pattern[:-1])]
    if not starts:
        return None
    return max(starts, key=lambda rule: len(rule.pattern)).account._replace(name=name)


Row = tuple[str, Period, Fraction, Source]
_TOTALS = frozenset({"total", "total:", "totals"})
_MONEY = re.compile(r"\s*(?:\$|USD)\s*|\s+USD\Z")


def _rows(folder: Path, company: Company, problems: list[Problem]) -> list[Row]:
    """The rows of the trial balance: `account,period,amount`, or one column a month as hledger exports it."""
    made: list[Row] = []
    for record in read_rows(folder, TRIAL, ("account",), problems):
        if record.cell("account").lower() in _TOTALS:
            continue
        if "period" in record.cells:
            value = record.number("amount", problems)
            found = _period(record, "period", record.cell("period"), company.calendar, problems)
            if value is not None and found is not None:
                made.append((record.cell("account"), found, value, record.source("amount")))
            continue
        for column, text in record.cells.items():
            if column == "account" or not text:
                continue
            value, found = number(_MONEY.sub("", text)), _period(record, column, column, company.calendar, problems)
            if value is None:
                problems.append(record.problem(column, f"'{text}' is not a number"))
            elif found is not None:
                made.append((record.cell("account"), found, value, record.source(column)))
    return made


def _period(record: Record, column: str, text: str, calendar: Calendar, problems: list[Problem]) -> Period | None:
    if text == "opening":
        return opening_of(calendar)
    period = calendar.parse(text)
    if period is None or period.months != 1:
        problems.append(record.problem(column, f"'{text}' is neither a month such as 2003-07 nor 'opening'"))
        return None
    if not calendar.first <= period.end <= calendar.last:
        problems.append(record.problem(column, f"{text} lies outside the books"))
        return None
    return period


def _check_complete(rows: list[Row], company: Company, problems: list[Problem]) -> None:
    have = {period for _, period, _, _ in rows}
    absent = [month for month in company.calendar.months() if month not in have]
    problems.extend(Problem(TRIAL, 0, "period", f"no account has a row for {period_text(at)}") for at in absent)


def _check_balanced(rows: list[Row], problems: list[Problem]) -> None:
    sums: dict[Period, Fraction] = {}
    for _, period, value, _ in rows:
        sums[period] = sums.get(period, Fraction(0)) + value
    for period, value in sums.items():
        if value:
            what = "the opening balances" if period.months is None else f"the movements of {period_text(period)}"
            message = f"{what} do not balance: debits less credits are {float_free(value)}"
            problems.append(Problem(TRIAL, 0, "amount", message))


def _check_twice(rows: list[Row], problems: list[Problem]) -> None:
    seen: dict[tuple[str, Period], Source] = {}
    for name, period, _, source in rows:
        first = seen.setdefault((name, period), source)
        if first is not source:
            message = f"account '{name}' has a second row for {period_text(period)}; the first is row {first.row}"
            problems.append(Problem(TRIAL, source.row, "account", message))
