"""Rows that count as the row that opens their run does: per cent under a row that bears the sign (`Loss ratio 64.7%`,
`Expense ratio 30.0`, `Combined ratio 94.7%`), stores that opened and closed between those at the start and at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orebook.book.moments import moment_in
from orebook.book.quantities import adds_up
from orebook.book.units import says_money
from orebook.model.fact import Fact, by_row
from orebook.model.slotted import replaced

_SILENT = frozenset(("unit.money", "unit.nothing-says-money"))
_COUNTED = frozenset((*_SILENT, "unit.words-of-label", "unit.words-of-heading"))
_BY_SIGN = "unit.per-cent-of-the-run"
_BY_BALANCES = "unit.of-the-balances-it-moves"
_UNSIGNED = "unit.no-sign-among-signed"
_TO_THE_CENT = "unit.cents-among-whole-amounts"
_MONEY = 3  # letters of a currency
_CENTS, _LARGE = 2, 1000


def with_runs(facts: list[Fact]) -> list[Fact]:
    """The figures of a table, those of such runs counted as the row that opens the run."""
    units = {fact.unit for fact in facts}
    percent = "%" in units
    if not percent and "pure" not in units:
        return facts
    rows = by_row(facts)
    told: dict[int, tuple[Fact, str]] = {}
    for at, row in enumerate(rows):
        if percent and _is_signed(row):
            told |= dict.fromkeys(_per_cent(rows, at), (row[0], _BY_SIGN))
        elif row[0].unit == "pure" and moment_in(row[0].row.label) == "start":
            told |= dict.fromkeys(_moved(rows, at), (row[0], _BY_BALANCES))
    return [_as(fact, *told[fact.row.number]) if fact.row.number in told else fact for fact in facts] if told else facts


def without_money(facts: list[Fact], *, each: bool = False) -> list[Fact]:
    """The figures of a table of statistics, which states no scale of money and does not begin with a sign of it: a row
    that bears none counts something else where others bear one, unless it goes on from one of those (`Oil (per Bbl) $16.02`,
    `Gas (per Mcf) 2.38`) or its words are of money. Of an outlook, where `each` row of money bears a sign."""
    if not any("$" in fact.text for fact in facts):
        return facts
    rows = by_row(facts)
    opening = next((row for row in rows if row[0].unit != "%"), rows[0])
    if each:
        silent = [row for row in rows if not _has_sign(row) and _is_bare(row, _SILENT)]
        if any(map(_names_money, silent)):
            return facts
        told = {row[0].row.number for row in silent}
        return [_uncounted(fact) if fact.row.number in told else fact for fact in facts] if told else facts
    if _has_sign(opening):
        return _without_money_by_section(rows) if any(row[0].row.heading for row in rows) else facts
    made: list[Fact] = []
    money: Sequence[Fact] | None = None
    for row in rows:
        goes_on = money is not None and _goes_on(money, row)
        counts = False
        if _has_sign(row) or (goes_on and _is_bare(row, _SILENT)):
            money = row
        elif _is_bare(row, _SILENT):
            counts = not _names_money(row)
        made.extend(map(_uncounted, row) if counts else row)
    return made


def _without_money_by_section(rows: Sequence[Sequence[Fact]]) -> list[Fact]:
    """The rows of a table of statistics that begins with money: under headings under which no row bears its sign, and no
    word of which is of money, they count something else (`Customers:` beside `Revenues:`)."""
    signed = {row[0].row.heading for row in rows if _has_sign(row)}
    made: list[Fact] = []
    for row in rows:
        heading = row[0].row.heading
        counts = bool(heading) and heading not in signed and _is_bare(row, _SILENT)
        made.extend(map(_uncounted, row) if counts and not says_money(" ".join((*heading, row[0].row.label))) else row)
    return made


def _names_money(row: Sequence[Fact]) -> bool:
    return says_money(" ".join((*row[0].row.heading, row[0].row.label)))


def with_cents(facts: list[Fact], *, per_share: bool) -> list[Fact]:
    """The figures of a table of scaled money in whole units, a row printed to the cent as money a share where the caption
    leaves such amounts out (`per_share`), and as money in full where only a currency sign stands in it."""
    if not any(fact.decimals == _CENTS and fact.scale > 1 for fact in facts):
        return facts
    rows = by_row(facts)
    money = [row for row in rows if len(row[0].unit) == _MONEY and row[0].scale > 1]
    cents = [row for row in money if _in_cents(row) and (per_share or _has_sign(row))]
    if not cents or 2 * sum(not any(fact.decimals for fact in row) for row in money) < len(money):
        return facts
    told = {row[0].row.number for row in cents}
    return [_of_one(fact, share=per_share) if fact.row.number in told else fact for fact in facts]


def with_full_prices(facts: list[Fact]) -> list[Fact]:
    """The figures of a table of scaled money, an average price printed in full where its scale would make it one that nothing
    has: `Average sales price  $316,400` of homes, dollars in millions."""
    labels = {fact.row.label for fact in facts}
    priced = {label for label in labels if label[:1] in _BEGIN_PRICES and re.match(_A_PRICE, label)}
    return [_in_full(fact) if fact.row.label in priced else fact for fact in facts] if priced else facts


def _in_full(fact: Fact) -> Fact:
    if len(fact.unit) != _MONEY or fact.scale == 1 or not fact.value or abs(fact.amount) < _MOST_OF_PRICES:
        return fact
    return replaced(fact, scale=1, trace=(*fact.trace, "scale.price-in-full"))


_BEGIN_PRICES = ("A", "a", "M", "m")
_A_PRICE = r"(?i)(?:average|median) (?:[a-z]+ ){0,3}(?:prices?|day ?rates?)\b"
_MOST_OF_PRICES = 10_000_000  # dollars


def _in_cents(row: Sequence[Fact]) -> bool:
    """Whether all figures of a row are printed to the cent, none is large, and nothing says that it is a rate."""
    if re.search(_A_RATE, " ".join((*row[0].row.heading[-1:], row[0].row.label))):
        return False
    printed = [(fact.decimals, fact.value) for fact in row if fact.value is not None and not fact.column.percent]
    return bool(printed) and all(decimals == _CENTS and abs(value) < _LARGE for decimals, value in printed)


_A_RATE = (
    r"(?i)\b(?:ratio|margin|return|yield|rate|turnover|turn|percentage|leverage|coverage|multiple|spread|time)s?\b"
)


def _of_one(fact: Fact, *, share: bool) -> Fact:
    if len(fact.unit) != _MONEY or fact.scale == 1:
        return fact
    return replaced(fact, unit=f"{fact.unit}/share" if share else fact.unit, scale=1, trace=(*fact.trace, _TO_THE_CENT))


def _has_sign(row: Sequence[Fact]) -> bool:
    return any("$" in fact.text for fact in row)


def _goes_on(above: Sequence[Fact], row: Sequence[Fact]) -> bool:
    """Whether a row stands under the same headings as one above it and is printed to as many decimals."""
    return above[0].row.heading == row[0].row.heading and above[0].decimals == row[0].decimals


def _uncounted(fact: Fact) -> Fact:
    return replaced(fact, unit="pure", scale=1, trace=(*fact.trace, _UNSIGNED)) if len(fact.unit) == _MONEY else fact


def _as(fact: Fact, opening: Fact, rule: str) -> Fact:
    if fact.column.percent:
        return fact
    return replaced(fact, unit=opening.unit, scale=opening.scale, trace=(*fact.trace, rule))


def _is_signed(row: Sequence[Fact]) -> bool:
    """Whether every figure of a row bears a per cent sign."""
    return row[0].unit == "%" and all("%" in fact.text for fact in row if fact.value is not None)


def _is_bare(row: Sequence[Fact], known: frozenset[str]) -> bool:
    """Whether nothing but a word or a default says what a row counts, and no sign does."""
    if not (row[0].unit == "pure" or len(row[0].unit) == _MONEY) or row[0].trace[0] not in known:
        return False
    return not any("%" in fact.text or "$" in fact.text for fact in row if not fact.column.percent)


def _per_cent(rows: Sequence[Sequence[Fact]], at: int) -> list[int]:
    """The rows under one that bears the sign, at a place, which are per cent too: their heading names rates, they are called
    after the same thing (`… ratio`), or make up the next row that bears it together with the first."""
    opening = rows[at]
    rates = any(re.search(_RATES, heading) for heading in opening[0].row.heading[-1:])
    run: list[Sequence[Fact]] = []
    for row in _below(rows, at):
        if row[0].row.blank_above:
            break
        if _is_signed(row):
            if run and adds_up(row, [opening, *run]):
                return [each[0].row.number for each in run]
            break
        if not _is_bare(row, _COUNTED) or {fact.decimals for fact in row} != {fact.decimals for fact in opening}:
            break
        run.append(row)
    if rates:
        return [each[0].row.number for each in run]
    alike = [each[0].row.number for each in run if _thing(each) == _thing(opening)]
    return alike if _thing(opening) else []


_RATES = r"(?i)\b(?:ratios|margins|returns|yields|rates|percentages|assumptions|as a per ?cent(?:age)? of .{3,40})\b"


def _leads_to(end: Sequence[Fact], opening: Sequence[Fact], run: Sequence[Sequence[Fact]]) -> bool:
    """Whether moves add up to what is left of an opening count, or the last of them, which sums the others, does."""
    if adds_up(end, [opening, *run]):
        return True
    return len(run) > 1 and adds_up(run[-1], run[:-1]) and adds_up(end, [opening, run[-1]])


def _below(rows: Sequence[Sequence[Fact]], at: int) -> Iterator[Sequence[Fact]]:
    """The rows below a place that stand under the same headings, as far as none of others stands between."""
    for below in range(at + 1, len(rows)):
        if rows[below][0].row.heading != rows[at][0].row.heading:
            return
        yield rows[below]


def _thing(row: Sequence[Fact]) -> str:
    """What the rates of a run are called after: the last word of a label of several."""
    words = row[0].row.label.lower().split()
    return words[-1] if len(words) > 1 and words[-1].isalpha() else ""


def _moved(rows: Sequence[Sequence[Fact]], at: int) -> list[int]:
    """The rows that lead from a count at the start of a period, at a place, to that at its end, and add up to it."""
    opening = rows[at]
    run: list[Sequence[Fact]] = []
    for row in _below(rows, at):
        moment = moment_in(row[0].row.label) if row[0].unit == "pure" else ""
        if moment == "start":
            break
        if moment == "end":
            alike = opening[0].unit, opening[0].scale
            others = [each[0].row.number for each in (*run, row) if (each[0].unit, each[0].scale) != alike]
            return others if _leads_to(row, opening, run) else []
        if not _is_bare(row, _COUNTED):
            break
        run.append(row)
    return []
