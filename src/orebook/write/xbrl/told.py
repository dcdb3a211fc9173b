"""What is to be said of a package: the figures that it leaves out, and where the report contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.write.words import period_words, row_name, short_name, visible
from orebook.write.xbrl.elements import Conflict
from orebook.write.xbrl.package import Package


def told(book: Book, made: Package) -> Iterator[str]:
    """A line a message, the figures that are left out named by row; nothing where all is in and agrees."""
    name = short_name(book.name)
    if made.left:
        yield f"{name}: {len(made.left):,} of {len(book.facts):,} figures are left out"
        rows = Counter((fact.spot.line, row_name(fact.row), cause) for fact, cause in made.left)
        for (line, label, cause), count in rows.items():
            yield f"{name}:{line}: {label} ({count} figure{'s' if count > 1 else ''}): {cause}"
    for conflict in made.conflicts:
        yield f"{name}: the report contradicts itself: {_conflict(conflict)}"
    unsaid = made.sums.unsaid
    if unsaid:
        which = "1 sum that holds is" if len(unsaid) == 1 else f"{len(unsaid)} sums that hold are"
        totals = ", ".join(dict.fromkeys(each.total.name for each in unsaid))
        why = "a processor would also ask for the sum where the report prints only some of its parts"
        yield f"{name}: {which} not in the calculations ({why}): {totals}"


def _conflict(conflict: Conflict) -> str:
    facts = [item.fact for item in conflict.items]
    return f"{conflict.element.label}, {period_words(facts[0].period)}: {' and '.join(map(_printed, facts))}"


def _printed(fact: Fact) -> str:
    return f"{visible(fact.text)} on line {fact.spot.line}"
