"""There and back: a book is written, what was written is read and checked, and the two are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.tie import Checked, Claim, Tie
from orebook.pipeline import check, read
from orebook.write.release import render

Key = tuple[Hashable, ...]


class Compared(NamedTuple):
    """Records of one sort: how many the book has, those that got lost on the way and those that came up."""

    total: int
    lost: tuple[Key, ...]
    new: tuple[Key, ...]

    @property
    def same(self) -> bool:
        return not self.lost and not self.new


class Trip(NamedTuple):
    """A journey through one form: what was written, the book that it reads back to, and what differs."""

    written: str
    again: Book
    facts: Compared
    ties: Compared
    claims: Compared

    @property
    def same(self) -> bool:
        return self.facts.same and self.ties.same and self.claims.same


def round_trip(book: Book, kind: str) -> Trip:
    """Write `book` as `kind` (`text` or `html`), read that, check both, and compare all that they say.

    The data schedules of a submission are no part of a release and are left out on both sides.
    """
    book = _without_schedules(book)
    written = render(book, kind)
    again = read(written.encode("utf-8"), book.name)
    before, after = check(book), check(again)
    return Trip(
        written,
        again,
        _compared(map(fact_key, book.facts), map(fact_key, again.facts)),
        _compared(_ties(before), _ties(after)),
        _compared(map(claim_key, before.claims), map(claim_key, after.claims)),
    )


def _without_schedules(book: Book) -> Book:
    return book._replace(
        tables=tuple(table for table in book.tables if table.kind != "schedule"),
        facts=tuple(fact for fact in book.facts if fact.table.kind != "schedule"),
    )


def _compared(before: Iterable[Key], after: Iterable[Key]) -> Compared:
    here, there = Counter(before), Counter(after)
    return Compared(here.total(), tuple((here - there).elements()), tuple((there - here).elements()))


def fact_key(fact: Fact) -> Key:
    """All that a figure is, but for where it stands."""
    row = fact.row
    where = (fact.table.title, fact.table.printed, row.entity, row.heading, row.label, row.notes, row.share)
    return (*where, fact.value, fact.decimals, fact.unit, fact.scale, fact.period, row.concept)


def _ties(checked: Checked) -> Iterable[Key]:
    return map(tie_key, checked.ties)


def tie_key(tie: Tie) -> Key:
    """All that a tie says, its figures by what they are."""
    operands = tuple((fact_key(operand.fact), operand.weight, operand.role) for operand in tie.operands)
    return tie.code, tie.kind, tie.grade, fact_key(tie.target), operands, tie.difference, tie.allowed, tie.verdict


def claim_key(claim: Claim) -> Key:
    """All that a number in a sentence ties to."""
    number = " ".join(claim.number.split())
    return number, claim.kind, tuple(map(fact_key, claim.operands)), claim.printed, claim.computed, claim.verdict
