"""What a cost counts by: the ounces produced, or those sold. Few tables say, and few print both."""

from __future__ import annotations

from orebook.check.context import Sightings
from orebook.lexicon.levels import basis_in
from orebook.model.equation import WEIGHT, Equation, compute
from orebook.model.fact import Fact
from orebook.model.interval import Interval

TIMES = 2  # what a mine sells in a period is at most so many times what it produces in it, and at least that part


def contradicts(average: Equation, known: Sightings) -> bool:
    """Whether a weighted average that fails contradicts its target, and not only the basis of its weights.

    Where the words do not say that both have one basis, each weight may be from half to twice what is printed.
    """
    if same_basis(average):
        return True
    best = [(operand.role, known.best(operand.fact)) for operand in average.operands]
    widest = compute(average, [_widened(value) if role == WEIGHT else value for role, value in best])
    return widest is not None and not widest.meets(known.best(average.target))


def same_basis(average: Equation) -> bool:
    """Whether the words over rate and weights both say that they are of what was produced, or both of what was sold."""
    basis = basis_in(_words(average.target))
    return bool(basis) and basis == basis_in(_words(average.operands[1].fact))


def _words(fact: Fact) -> str:
    return " ".join((fact.row.entity or "", *fact.row.heading, fact.row.label, fact.column.heading))


def _widened(weight: Interval) -> Interval:
    return Interval(weight.low / TIMES, weight.high * TIMES)
