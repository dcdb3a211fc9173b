"""UC01 unitcost.quotient-breaks: a cost per ounce is not the cost divided by the ounces.

What it ties: every sighting of a cost per ounce (reconciliation, production table, highlights) to the cost in
money and to the ounces printed beside that sighting: thousands of ounces in the reconciliation, full ounces
elsewhere.

Why: within the reconciliation the thousands of ounces leave too much room (9,681 over 18 thousand passes for
anything from 523 to 553 an ounce). The ounces of another table are taken where the document shows that they
are the same ounces, by printing the same thousands in most columns.

Ties: -1,575 thousand dollars over 661,511 ounces is -2.38 an ounce.

Breaks: -6,615 over 1,341 is -4.93, and -4.91 is printed, where the other columns agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from orebook.check.context import Context, Sightings
from orebook.check.cross.agreement import graded, tried
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import COMPANY, SEGMENT
from orebook.model.equation import DENOMINATOR, IDENTITY, NUMERATOR, RATIO, REQUIRED, Equation
from orebook.model.tie import ONE, Operand

CODE = "UC01"
NAME = "unitcost.quotient-breaks"
PER_OUNCE = "PerOunce"
FOR_COST = "ProducedForCost"
MOST_ROWS = 8  # rows of ounces in a block that are looked at

Who = tuple[str, str]
Block = tuple[int, str | None]
Divided = tuple[str, str | None]


def run(view: Context) -> Iterator[Equation]:
    """Cost per ounce = cost / ounces, for every sighting of the quotient."""
    known = view.sightings
    rows = [entry for entry in entries(view) if entry.concept]
    costs = _costs(rows)
    blocks: dict[Block, list[Entry]] = defaultdict(list)
    divided: dict[Divided, list[Entry]] = defaultdict(list)
    for entry in rows:
        concept = entry.concept or ""
        if concept.endswith(("Produced", FOR_COST)):
            blocks[entry.table.number, entry.row.entity].append(entry)
        if concept.endswith(FOR_COST):
            divided[concept, entry.row.entity].append(entry)
    for rate in rows:
        concept = rate.concept or ""
        cost = costs.get((concept.removesuffix(PER_OUNCE), *_who(rate))) if concept.endswith(PER_OUNCE) else None
        if cost is not None:
            metal = f"orebook:{rate.metal.capitalize()}"
            beside = blocks[rate.table.number, rate.row.entity][:MOST_ROWS]
            used = divided[metal + FOR_COST, cost.row.entity][:MOST_ROWS]
            for ounces in _ounces(metal, beside, used, known):
                yield from graded(tried(_quotients(rate, cost, ounces), known), known)


def _who(entry: Entry) -> Who:
    """Whose cost it is: a mine's, or the company's (a segment's) for one metal."""
    if entry.level.level in (COMPANY, SEGMENT):
        return COMPANY, entry.metal
    return entry.level.level, entry.level.name


def _costs(rows: Sequence[Entry]) -> dict[tuple[str, str, str], Entry]:
    """The first row that prints each cost in money."""
    made: dict[tuple[str, str, str], Entry] = {}
    for entry in rows:
        if "/" not in entry.unit and entry.concept is not None:
            made.setdefault((entry.concept, *_who(entry)), entry)
    return made


def _ounces(metal: str, beside: Sequence[Entry], used: Sequence[Entry], known: Sightings) -> Iterator[Entry]:
    """Of the rows of ounces beside a rate, those that the cost is divided by, or that are the same ounces."""
    for entry in beside:
        same = not used or any(_same_ounces(entry, other, known) for other in used)
        if entry.concept == metal + FOR_COST or (entry.concept == metal + "Produced" and same):
            yield entry


def _same_ounces(one: Entry, other: Entry, known: Sightings) -> bool:
    equations = [
        Equation(CODE, NAME, IDENTITY, REQUIRED, fact, (Operand(one.figures[period], ONE),))
        for period, fact in other.figures.items()
        if period in one.figures
    ]
    found = tried(equations, known).agreement
    return found.established and found.held + found.weak > found.failed


def _quotients(rate: Entry, cost: Entry, ounces: Entry) -> Iterator[Equation]:
    for period, target in rate.figures.items():
        above, below = cost.figures.get(period), ounces.figures.get(period)
        if above is not None and below is not None and below.value:
            operands = (Operand(above, ONE, NUMERATOR), Operand(below, ONE, DENOMINATOR))
            yield Equation(CODE, NAME, RATIO, REQUIRED, target, operands, "cost over ounces")
