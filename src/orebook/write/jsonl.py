"""Records: one JSON object a line, for facts and for what a check says of them.

The lines are put together by hand from encoded pieces, because a row's or a table's share of a record is the
same for all its figures: that halves the time of the commonest command. The output is ASCII, so that a control
character of a filing can neither break a line nor turn a terminal's writing direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring_ascii as quote
from typing import TYPE_CHECKING

from orebook.write.number import plain, signed

if TYPE_CHECKING:
    from decimal import Decimal

    from orebook.check.reports import Reports
    from orebook.model.book import Book, Token
    from orebook.model.fact import Fact, Row
    from orebook.model.period import Period
    from orebook.model.spot import Spot
    from orebook.model.tie import Checked, Claim, Finding, Operand, Tie


def fact_lines(book: Book) -> Iterator[str]:
    """The facts of `book` in document order, one JSON object each, without line ends.

    The fields of the contract come first; then `concept`, `column` (the printed heading), `share` (percent),
    `decimals`, the numbers of table, row and column within the book, and `trace` (the rules that read it).
    """
    document = quote(book.name)
    tables: dict[int, str] = {}
    rows: dict[int, tuple[str, str]] = {}
    periods: dict[Period | None, str] = {}
    for fact in book.facts:
        table, row = fact.table, fact.row
        title = tables.get(table.number) or tables.setdefault(table.number, quote(table.title))
        parts = rows.get(id(row)) or rows.setdefault(id(row), _row(row))
        period = periods.get(fact.period) or periods.setdefault(fact.period, _period(fact.period))
        yield (
            f'{{"document": {document}, "table": {title}, {parts[0]}, {_spot(fact.spot)}, "text": {quote(fact.text)}, '
            f'"value": {_number(fact.value)}, "nil": {"true" if fact.value is None else "false"}, '
            f'"unit": {quote(fact.unit)}, "scale": {fact.scale}, "period": {period}, {parts[1]}, '
            f'"column": {quote(fact.column.heading)}, "decimals": {fact.decimals}, "table_number": {table.number}, '
            f'"row_number": {row.number}, "column_number": {fact.column.number}, '
            f'"trace": {_strings(row.trace + fact.trace)}}}'
        )


def check_lines(checked: Checked, document: str = "") -> Iterator[str]:
    """The ties, then the claims, then the findings of a check, one JSON object each, without line ends.

    `document` is the name of the file that was checked, and goes into each record.
    """
    where = quote(document)
    for tie in checked.ties:
        yield f'{{"record": "tie", "document": {where}, {_tie(tie)}}}'
    for claim in checked.claims:
        yield f'{{"record": "claim", "document": {where}, {_claim(claim)}}}'
    for finding in checked.findings:
        yield f'{{"record": "finding", "document": {where}, {_finding(finding)}}}'


def comparison_lines(old: Book, new: Book, reports: Reports) -> Iterator[str]:
    """Every figure that two reports have in common, as first and as now reported, then the findings of the later one."""
    where, against = quote(new.name), quote(old.name)
    for comparison in reports.comparisons:
        first, now = comparison.old, comparison.new
        yield (
            f'{{"record": "comparison", "document": {where}, "against": {against}, "label": {quote(now.label)}, '
            f'"entity": {_text(now.entity)}, "unit": {quote(now.unit)}, "period": {_period(now.period)}, '
            f'"old": {_reported(first)}, "new": {_reported(now)}, "verdict": {quote(comparison.verdict)}}}'
        )
    for finding in reports.findings:
        yield f'{{"record": "finding", "document": {where}, {_finding(finding)}}}'


def _reported(fact: Fact) -> str:
    return f'{{{_spot(fact.spot)}, "text": {quote(fact.text)}, "value": {_number(fact.value)}, "scale": {fact.scale}}}'


def token_lines(document: str, tokens: Iterable[Token]) -> Iterator[str]:
    """The tokens of a ledger in document order, one JSON object each, without line ends."""
    where = quote(document)
    for token in tokens:
        inside = "true" if token.inside_table else "false"
        yield (
            f'{{"record": "token", "document": {where}, {_spot(token.spot)}, "text": {quote(token.text)}, '
            f'"kind": {quote(token.kind)}, "inside_table": {inside}}}'
        )


def _row(row: Row) -> tuple[str, str]:
    """The fields that a row gives to all its figures: those before the spot, and those after the period."""
    before = (
        f'"heading": {_strings(row.heading)}, "entity": {_text(row.entity)}, '
        f'"label": {quote(row.label)}, "notes": {_strings(row.notes)}'
    )
    return before, f'"concept": {_text(row.concept)}, "share": {_number(row.share)}'


def _tie(tie: Tie) -> str:
    return (
        f'"code": {quote(tie.code)}, "name": {quote(tie.name)}, '
        f'"kind": {quote(tie.kind)}, "grade": {quote(tie.grade)}, '
        f'"target": {{{_spot(tie.target.spot)}}}, "operands": [{", ".join(map(_operand, tie.operands))}], '
        f'"printed": {_text(plain(tie.printed))}, "computed": {_text(plain(tie.computed))}, '
        f'"difference": {_text(plain(tie.difference))}, "allowed": {_text(plain(tie.allowed))}, '
        f'"verdict": {quote(tie.verdict)}, "formula": {quote(tie.formula)}'
    )


def _operand(operand: Operand) -> str:
    weight = _text(signed(operand.weight))
    role = f', "role": {quote(operand.role)}' if operand.role else ""
    return f'{{{_spot(operand.fact.spot)}, "weight": {weight}{role}}}'


def _claim(claim: Claim) -> str:
    return (
        f'{_spot(claim.spot)}, "number": {quote(claim.number)}, "kind": {quote(claim.kind)}, '
        f'"operands": {_places(claim.operands)}, "printed": {_text(plain(claim.printed))}, '
        f'"computed": {_text(plain(claim.computed))}, "verdict": {quote(claim.verdict)}, '
        f'"sentence": [{claim.sentence[0]}, {claim.sentence[1]}], "formula": {quote(claim.formula)}, '
        f'"candidates": {_places(claim.candidates)}, "trace": {_strings(claim.trace)}'
    )


def _finding(finding: Finding) -> str:
    suspect = "null" if finding.suspect is None else f"{{{_spot(finding.suspect)}}}"
    return (
        f'"code": {quote(finding.code)}, "grade": {quote(finding.grade)}, {_spot(finding.spot)}, '
        f'"message": {quote(finding.message)}, "printed": {quote(finding.printed)}, '
        f'"computed": {quote(finding.computed)}, "difference": {quote(finding.difference)}, '
        f'"allowed": {quote(finding.allowed)}, "suspect": {suspect}'
    )


def _spot(spot: Spot) -> str:
    if spot.offset is None:
        return f'"line": {spot.line}, "span": [{spot.start}, {spot.end}]'
    first, last = spot.offset
    return f'"line": {spot.line}, "span": [{spot.start}, {spot.end}], "offset": [{first}, {last}]'


def _places(facts: tuple[Fact, ...]) -> str:
    return f"[{', '.join(f'{{{_spot(fact.spot)}}}' for fact in facts)}]"


def _period(period: Period | None) -> str:
    if period is None:
        return "null"
    if period.months is None:
        return f'{{"kind": "instant", "end": "{period.end}"}}'
    weeks = "" if period.weeks is None else f', "weeks": {period.weeks}'
    return f'{{"kind": "duration", "months": {period.months}, "end": "{period.end}"{weeks}}}'


def _number(value: Decimal | None) -> str:
    return "null" if value is None else f'"{value:f}"'


def _text(text: str | None) -> str:
    return "null" if text is None else quote(text)


def _strings(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quote, texts))}]"
