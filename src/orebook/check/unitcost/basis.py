"""What a cost counts by: the ounces produced, or those sold. Few tables say, and few print both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from orebook.check.context import Sightings
from orebook.lexicon.levels import basis_in
from orebook.model.equation import ANALYTIC, WEIGHT, Equation, compute
from orebook.model.fact import Fact
from orebook.model.interval import Interval
from orebook.model.slotted import replaced

_Each = TypeVar("_Each")

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
    basis = basis_of(average.target)
    return bool(basis) and basis == basis_of(average.operands[1].fact, quantity=True)


def other_basis(rate: Fact, weight: Fact) -> bool:
    """Whether a rate says that it counts by what was sold and its weight that it is what was produced, or the reverse."""
    return bool(basis := basis_of(rate)) and (basis_of(weight, quantity=True) or basis) != basis


def basis_of(fact: Fact, *, quantity: bool = False) -> str:
    """What the words over a figure, or else the title of its table, say that it counts by: `produced`, `sold` or "".

    `quantity` is True for a figure that is counted by: `Gold production (oz)` tells its basis, a `Total production cost` none.
    """
    words = " ".join((fact.row.entity or "", *fact.row.heading, fact.row.label, fact.column.heading))
    return basis_in(words, quantity=quantity) or basis_in(fact.table.title, quantity=quantity)


def settled(average: Equation, known: Sightings, *, true: bool) -> Equation | str:
    """An average as it may be said, or a note that it was not looked at: where its weights are of the other basis than its
    rates, that it holds proves little, and only that no weights at all explain it is an error."""
    rate, weight = average.target, average.operands[1].fact
    if not other_basis(rate, weight):
        return average
    if true:
        return replaced(average, grade=ANALYTIC)
    if contradicts(average, known):
        return average
    basis, other = basis_of(rate), basis_of(weight, quantity=True)
    return (
        f"{average.code}: '{rate.label}' (line {rate.row.line}) counts by what was {basis}, and the quantities printed for "
        f"its mines are those {other}: not averaged"
    )


def fitting(rate: Fact, weights: Sequence[tuple[Fact, _Each]]) -> list[_Each]:
    """Of quantities (each with one of its figures) those that do not say to be of another basis than a rate, or all where
    all say so."""
    alike = [each for fact, each in weights if not other_basis(rate, fact)]
    return alike or [each for _, each in weights]


def _widened(weight: Interval) -> Interval:
    return Interval(weight.low / TIMES, weight.high * TIMES)
