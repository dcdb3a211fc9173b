"""Proof coverage: how many figures are tied, and by how many independent ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from orebook.model.book import Book
from orebook.model.equation import REQUIRED
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.tie import BREAKS, TIES, UNTIED, WITHIN, Checked

STATEMENTS = frozenset({"operations", "balance-sheet", "cash-flows", "equity", "highlights", "reconciliation"})


class Coverage(NamedTuple):
    """Counts of figures: all, tied at least once, tied at least twice (an error there can be located)."""

    figures: int
    once: int
    twice: int


def tie_counts(checked: Checked) -> Counter[Fact]:
    """How many ties and claims each figure takes part in that hold or break (those that say nothing left out)."""
    counts: Counter[Fact] = Counter()
    for tie in checked.ties:
        if tie.grade == REQUIRED and tie.verdict in (TIES, WITHIN, BREAKS):
            counts.update({tie.target, *(operand.fact for operand in tie.operands)})
    for claim in checked.claims:
        if claim.verdict != UNTIED:
            counts.update(set(claim.operands))
    return counts


def coverage(book: Book, checked: Checked, kinds: Iterable[str] | None = None) -> Coverage:
    """The proof coverage of a book; with `kinds`, of its tables of these kinds alone (see `STATEMENTS`)."""
    wanted = None if kinds is None else frozenset(kinds)
    counts = tie_counts(checked)
    facts = [fact for fact in book.facts if wanted is None or fact.table.kind in wanted]
    tied = [counts[fact] for fact in facts]
    return Coverage(len(facts), sum(count >= 1 for count in tied), sum(count >= 2 for count in tied))


def untied(book: Book, checked: Checked) -> tuple[Fact, ...]:
    """The figures that no tie and no claim touches, in document order."""
    counts = tie_counts(checked)
    return tuple(fact for fact in book.facts if not counts[fact])
