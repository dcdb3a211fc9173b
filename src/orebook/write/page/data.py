"""What the page's script needs of the book and its check: small lists that point to each other by number.

Every list is described where it is made; numbers travel as finished text, so that the script never calculates.
"""

from __future__ import annotations

from fractions import Fraction

from orebook.model.book import Book
from orebook.model.fact import Fact, Row
from orebook.model.spot import Spot
from orebook.model.tie import Checked, Claim, Finding, Tie
from orebook.write import words
from orebook.write.number import signed
from orebook.write.words import visible

Place = tuple[int, int]


class _Pool:
    """Texts that occur often, each kept once and named by its number."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))


def data(book: Book, checked: Checked | None, findings: tuple[Finding, ...]) -> dict[str, object]:
    """The page's data; `findings` are those of `checked`, in the order in which the page lists them."""
    pool = _Pool()
    index = {fact.place: number for number, fact in enumerate(book.facts)}
    rows: dict[int, int] = {}
    row_list: list[object] = []
    figures: list[object] = []
    for fact in book.facts:
        if id(fact.row) not in rows:
            rows[id(fact.row)] = len(row_list)
            row_list.append(_row(fact, pool))
        figures.append(_figure(fact, rows[id(fact.row)], pool))
    made: dict[str, object] = {"rows": row_list, "figures": figures}
    if checked is not None:
        ties = {id(tie): number for number, tie in enumerate(checked.ties)}
        claims = {id(claim): number for number, claim in enumerate(checked.claims)}
        made["ties"] = [_tie(tie, index, pool) for tie in checked.ties]
        made["claims"] = [_claim(claim, index, pool, book) for claim in checked.claims]
        made["findings"] = [_finding(finding, ties, claims) for finding in findings]
    made["texts"] = list(pool.texts)
    return made


def _row(fact: Fact, pool: _Pool) -> list[object]:
    """[path of pooled texts, mine, share in percent, concept, notes]."""
    row: Row = fact.row
    share = "" if row.share is None else f"{words.grouped(row.share)} %"
    steps = [pool(step) for step in words.path(fact)]
    return [steps, pool(visible(row.entity or "")), share, pool(row.concept or ""), visible(" ".join(row.notes))]


def _figure(fact: Fact, row: int, pool: _Pool) -> list[object]:
    """[line, start, end, row, value, amount where the scale changes it, unit, period, column, printed text]."""
    amount = "" if fact.scale == 1 or fact.value is None else words.grouped(Fraction(fact.amount))
    return [
        fact.spot.line,
        fact.spot.start,
        fact.spot.end,
        row,
        words.grouped(fact.value),
        amount,
        pool(words.unit_words(fact.unit, fact.scale)),
        pool(words.period_words(fact.period)),
        pool(visible(fact.column.heading)),
        " ".join(visible(fact.text).split()),
    ]


def _tie(tie: Tie, index: dict[Place, int], pool: _Pool) -> list[object]:
    """[code, name, kind, grade, target, operands as [figure, weight, role], printed, computed, difference, allowed,
    verdict, formula]."""
    decimals = tie.target.decimals
    operands = [
        [index[operand.fact.place], pool(signed(operand.weight) or ""), pool(operand.role)] for operand in tie.operands
    ]
    return [
        pool(tie.code),
        pool(visible(tie.name)),
        pool(tie.kind),
        pool(tie.grade),
        index[tie.target.place],
        operands,
        words.grouped(tie.printed, decimals),
        words.grouped(tie.computed, decimals),
        words.grouped(tie.difference, decimals) if tie.difference else "0",
        words.grouped(tie.allowed),
        pool(tie.verdict),
        pool(visible(tie.formula)),
    ]


def _claim(claim: Claim, index: dict[Place, int], pool: _Pool, book: Book) -> list[object]:
    """[line, start, number, kind, figures, printed, computed, verdict, first line, last line, formula, candidates,
    sentence]."""
    first, last = claim.sentence if claim.sentence[0] else (claim.spot.line, claim.spot.line)
    return [
        claim.spot.line,
        claim.spot.start,
        visible(claim.number),
        pool(claim.kind),
        [index[fact.place] for fact in claim.operands],
        _grouped(claim.printed),
        _grouped(claim.computed),
        pool(claim.verdict),
        first,
        last,
        pool(visible(claim.formula)),
        [index[fact.place] for fact in claim.candidates],
        sentence(book.lines, claim.spot, (first, last)),
    ]


def _finding(finding: Finding, ties: dict[int, int], claims: dict[int, int]) -> list[object]:
    """[grade, code, line, start, message, printed, computed, difference, allowed, suspect's place, ties, claim]."""
    suspect = "" if finding.suspect is None else _place(finding.suspect)
    return [
        finding.grade,
        finding.code,
        finding.spot.line,
        finding.spot.start,
        visible(finding.message),
        visible(finding.printed),
        visible(finding.computed),
        visible(finding.difference),
        visible(finding.allowed),
        suspect,
        [ties[id(tie)] for tie in finding.ties if id(tie) in ties],
        claims.get(id(finding.claim), -1),
    ]


def _place(spot: Spot) -> str:
    return f"L{spot.line}C{spot.start}"


def _grouped(value: Fraction | None) -> str:
    return "" if value is None else words.grouped(value)


def sentence(lines: tuple[str, ...], spot: Spot, span: tuple[int, int]) -> str:
    """The sentence around a number, from the lines it stands in, on one line and at most 600 characters long."""
    first, last = max(span[0], spot.line - 8, 1), min(span[1], spot.line + 8, len(lines))
    before = " ".join(line.strip() for line in lines[first - 1 : spot.line - 1])
    line = lines[spot.line - 1] if spot.line <= len(lines) else ""
    start = len(before) + 1 + spot.start - (len(line) - len(line.lstrip()))
    text = " ".join([before, line.strip(), *(line.strip() for line in lines[spot.line : last])])
    return visible(_cut_sentence(text, max(0, start)))


def _cut_sentence(text: str, at: int) -> str:
    """The part of `text` between the full stops that stand before and after the column `at`."""
    begin = max(text.rfind(stop, 0, at) for stop in (". ", '." ', "? ", "-- "))
    finish = min(
        (spot for spot in (text.find(stop, at) for stop in (". ", '." ', "? ")) if spot >= 0), default=len(text)
    )
    begin = 0 if begin < 0 else begin + 2
    part = text[max(begin, at - 300) : min(finish + 1, at + 300)]
    return " ".join(part.split())
