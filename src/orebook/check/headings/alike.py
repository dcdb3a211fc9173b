"""Figures of different tables that say the same thing, by label or concept and unit.

Only figures of three digits or more count: two small figures are often alike by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations

from orebook.check.context import Context, fold, kept
from orebook.model.book import Book
from orebook.model.fact import Fact

SCHEDULE = "schedule"
MOST_ALIKE = 40
DIGITS = 3


def subjects(context: Context) -> Iterator[list[Fact]]:
    """Lists of figures with the same label or concept in two or more tables."""
    yield from _shared(context, lambda fact: fact.row.concept or fold(fact.row.label))


def digits_alike(context: Context) -> Iterator[list[Fact]]:
    """Lists of figures about one period that print the same digits in two or more tables."""
    yield from _shared(context, lambda fact: (fact.value, fact.period) if fact.period else None)


def _shared(context: Context, key: Callable[[Fact], object]) -> Iterator[list[Fact]]:
    """Figures by unit and key; what a long report prints everywhere is left out."""
    found: dict[tuple[object, str], list[Fact]] = defaultdict(list)
    for fact in _telling(context.book):
        said = key(fact)
        if said:
            found[said, fact.unit].append(fact)
    for facts in found.values():
        if len(facts) <= MOST_ALIKE and len({fact.table.number for fact in facts}) > 1:
            yield facts


@kept()
def _telling(book: Book) -> tuple[Fact, ...]:
    """The figures of a book that tell, no percentages and none of a schedule: several checks look through them."""
    return tuple(fact for fact in book.facts if fact.unit != "%" and fact.table.kind != SCHEDULE and tells(fact))


def digits(fact: Fact) -> int:
    """The significant digits of a figure, zeros at its end left out."""
    return 0 if fact.value is None else len(str(abs(fact.value)).replace(".", "").strip("0"))


def tells(fact: Fact) -> bool:
    """Whether a figure has digits enough that an equal one is no accident."""
    return digits(fact) >= DIGITS


def pairs(facts: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Two figures of different tables, in document order."""
    for one, other in combinations(facts, 2):
        if one.table.number != other.table.number:
            yield one, other
