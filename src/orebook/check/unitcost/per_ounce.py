"""UC01 unitcost.quotient-breaks: a cost per ounce is not the cost divided by the ounces.

What it ties: every sighting of a cost per ounce (reconciliation, production table, highlights) to the cost in
money and to the ounces printed beside that sighting: thousands of ounces in the reconciliation, full ounces
elsewhere.

Why: within the reconciliation the thousands of ounces leave too much room (9,681 over 18 thousand passes for
anything from 523 to 553 an ounce). The ounces of another table are taken where the document shows that they
are the same ounces, by printing the same thousands in most columns. So are those of the only mine that prints such a
cost, where the company's thousands are its ounces in every column, or in every one that ends with the same date.

Ties: -1,575 thousand dollars over 661,511 ounces is -2.38 an ounce.

Breaks: -6,615 over 1,341 is -4.93, and -4.91 is printed, where the other columns agree. The cost of the only mine is a
query: the company may count ounces that are not the mine's, too few to show in thousands, or more of them next year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from orebook.check.context import Context, Sightings
from orebook.check.cross.agreement import digits, graded, holds, tried
from orebook.check.cross.rows import OUNCES, Entry, entries
from orebook.lexicon.levels import COMPANY, MINE, SEGMENT
from orebook.model.equation import ANALYTIC, DENOMINATOR, IDENTITY, NUMERATOR, RATIO, REQUIRED, Equation
from orebook.model.period import Period
from orebook.model.tie import ONE, Operand

CODE = "UC01"
NAME = "unitcost.quotient-breaks"
PER_OUNCE = "PerOunce"
PRODUCED = "Produced"
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
        if concept.endswith((PRODUCED, FOR_COST)):
            blocks[entry.table.number, entry.row.entity].append(entry)
        if concept.endswith(FOR_COST):
            divided[concept, entry.row.entity].append(entry)
    for rate, cost in _costed(rows, costs):
        metal = f"orebook:{rate.metal.capitalize() or OUNCES}"
        beside = blocks[rate.table.number, rate.row.entity][:MOST_ROWS]
        used = divided[metal + FOR_COST, cost.row.entity][:MOST_ROWS]
        if _who(rate) == _who(cost):
            for ounces in _ounces(metal, beside, used, known):
                yield from graded(tried(_quotients(rate, cost, ounces), known), known)
        else:
            for ounces in (entry for entry in beside if entry.concept == metal + PRODUCED):
                for same in (found for other in used if (found := _shared(other, ounces, known))):
                    yield from same.values()
                    yield from _inferred(rate, cost, ounces, same, known)


def _costed(rows: Sequence[Entry], costs: Mapping[tuple[str, str, str], Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each cost per ounce with the cost that it is the quotient of: its own, or the company's for that of the only mine."""
    rates = [entry for entry in rows if (entry.concept or "").endswith(PER_OUNCE)]
    mines: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for rate in rates:
        if rate.level.level == MINE:
            mines[rate.concept, rate.metal].add(rate.level.name)
    for rate in rates:
        name = (rate.concept or "").removesuffix(PER_OUNCE)
        cost = costs.get((name, *_who(rate)))
        if cost is None and len(mines[rate.concept, rate.metal]) == 1:
            cost = costs.get((name, COMPANY, rate.metal))
        if cost is not None:
            yield rate, cost


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
        if entry.concept == metal + FOR_COST or (entry.concept == metal + PRODUCED and same):
            yield entry


def _same_ounces(one: Entry, other: Entry, known: Sightings) -> bool:
    found = tried(_copies(other, one, REQUIRED).values(), known).agreement
    return found.established and found.held + found.weak > found.failed


def _copies(target: Entry, other: Entry, grade: str) -> dict[Period, Equation]:
    return {
        period: Equation(CODE, NAME, IDENTITY, grade, fact, (Operand(other.figures[period], ONE),))
        for period, fact in target.figures.items()
        if period in other.figures
    }


def _shared(whole: Entry, mine: Entry, known: Sightings) -> dict[Period, Equation]:
    """The columns in which the company's ounces are those of a mine: all, or all that end with one date; at least two with
    two digits must show it."""
    made = _copies(whole, mine, ANALYTIC)
    ends: dict[date | None, list[Period]] = {None: list(made)}
    for period in made:
        ends.setdefault(period.end, []).append(period)
    for found in ends.values():
        telling = sum(digits(made[period].target) > 1 for period in found)
        if telling > 1 and all(holds(made[period], known) for period in found):
            return {period: made[period] for period in found}
    return {}


def _inferred(
    rate: Entry, cost: Entry, ounces: Entry, same: Mapping[Period, Equation], known: Sightings
) -> Iterator[Equation]:
    """The quotients of the columns in which the ounces are the same."""
    made = [each for each in _quotients(rate, cost, ounces, ANALYTIC) if each.target.period in same]
    if tried(made, known).agreement.established:
        yield from made


def _quotients(rate: Entry, cost: Entry, ounces: Entry, grade: str = REQUIRED) -> Iterator[Equation]:
    for period, target in rate.figures.items():
        above, below = cost.figures.get(period), ounces.figures.get(period)
        if above is not None and below is not None and below.value:
            operands = (Operand(above, ONE, NUMERATOR), Operand(below, ONE, DENOMINATOR))
            yield Equation(CODE, NAME, RATIO, grade, target, operands, "cost over ounces")
