"""CR02 cross.production-does-not-add-up: the production of the mines does not add up to the company's.

What it ties: the company's production of a metal, wherever it is printed, to the production of the mines in
one table; a mine that prints nothing in a column takes no part in it.

Why: production is printed mine by mine in one table and in total in another.

Ties: 661,511 and 679,884 ounces of silver at two mines, 1,341,395 in the highlights.

Breaks: 661,151 at one of them, where the other columns add up. Production of the company beyond that of the
mines is a query, unless one wrong digit would explain it: a unit that prints no line for the metal, or has no
block of its own, may have made it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from orebook.check.context import Context, Sightings
from orebook.check.cross.agreement import Trial, one_slip, tried
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import COMPANY, MINE
from orebook.model.equation import ANALYTIC, IDENTITY, REQUIRED, SUM, Equation
from orebook.model.interval import amount
from orebook.model.slotted import replaced
from orebook.model.tie import ONE, Operand

CODE = "CR02"
NAME = "cross.production-does-not-add-up"


def run(view: Context) -> Iterator[Equation]:
    """The company's production of each metal as the sum over the mines of one table."""
    company: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    mines: dict[tuple[str, str, int], list[Entry]] = defaultdict(list)
    for entry in entries(view):
        concept = entry.concept or ""
        if not concept.endswith(("Produced", "Sold")):
            continue
        if entry.level.level == COMPANY:
            company[concept, entry.unit].append(entry)
        elif entry.level.level == MINE:
            mines[concept, entry.unit, entry.table.number].append(entry)
    made = [
        tried(_columns(whole, parts), view.sightings)
        for (concept, unit, _), parts in mines.items()
        for whole in company.get((concept, unit), ())
    ]
    shown = {_tables(sums) for sums in made if sums.agreement.established}
    for sums in made:
        if sums.equations and _tables(sums) in shown:
            yield from _produced(sums, view.sightings)


def _tables(sums: Trial) -> tuple[int, int]:
    """The table of the company's production and that of the mines'."""
    first = sums.equations[0]
    return first.target.table.number, first.operands[0].fact.table.number


def _columns(whole: Entry, parts: Sequence[Entry]) -> Iterator[Equation]:
    """One equation for each period of the whole in which a part is printed."""
    for period, target in whole.figures.items():
        operands = tuple(Operand(part.figures[period], ONE) for part in parts if period in part.figures)
        if operands:
            kind = SUM if len(operands) > 1 else IDENTITY
            yield Equation(CODE, NAME, kind, REQUIRED, target, operands, "the mines' production")


def _produced(sums: Trial, known: Sightings) -> Iterator[Equation]:
    """Required where the sums of this metal hold; else what the mines leave over is a query."""
    established = sums.agreement.established
    for equation, true in zip(sums.equations, sums.held, strict=True):
        if true:
            yield equation
        elif _residual(equation) > 0 and not (established and one_slip(equation, known)):
            yield replaced(equation, grade=ANALYTIC)
        elif established:
            yield equation


def _residual(equation: Equation) -> Fraction:
    return amount(equation.target) - sum((amount(operand.fact) for operand in equation.operands), Fraction(0))
