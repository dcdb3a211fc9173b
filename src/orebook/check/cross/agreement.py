"""How far series of figures agree: what makes a relation established, and its failures breaks.

A relation between rows is not assumed because labels suggest it: the document must show it. It is established
where it holds in some column in figures that say something, and fails in no more columns than it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from orebook.check.context import Sightings
from orebook.model.equation import ANALYTIC, REQUIRED, Equation, compute
from orebook.model.fact import Fact

ONE = Fraction(1)
MINUS = Fraction(-1)


class Agreement(NamedTuple):
    """In how many columns a relation holds and fails.

    `held` counts columns that agree in figures of two digits or more, `strong` those of three or more, `weak`
    those of one digit; `failed` those that differ; `empty` those that differ because one side is nil. Nil
    beside nil says nothing and is counted nowhere.
    """

    held: int = 0
    strong: int = 0
    weak: int = 0
    failed: int = 0
    empty: int = 0

    @property
    def established(self) -> bool:
        """Whether the document itself shows the relation."""
        if not self.failed:
            return self.strong >= 1 or self.held + self.weak >= 2
        return (self.strong >= 1 or self.held >= 2) and self.held >= self.failed

    @property
    def score(self) -> tuple[int, int, int]:
        """Of two relations the one with the larger score is the better shown."""
        return -self.failed - self.empty, self.strong, self.held + self.weak


def digits(fact: Fact) -> int:
    """The number of digits of a printed figure, leading zeros not counted; 0 for nil and zero."""
    if not fact.value:
        return 0
    return len(str(abs(int(fact.value.scaleb(fact.decimals)))))


def agreement(equations: Iterable[Equation], known: Sightings) -> Agreement:
    """How far one relation, given as its equation in each column, holds."""
    held = strong = weak = failed = empty = 0
    for equation in equations:
        if holds(equation, known):
            size = digits(equation.target)
            held += size >= 2
            strong += size >= 3
            weak += size == 1
        elif has_gap(equation):
            empty += 1
        else:
            failed += 1
    return Agreement(held, strong, weak, failed, empty)


def holds(equation: Equation, known: Sightings) -> bool:
    """Whether rounding allows the equation, each figure read by itself; True where it has no bound."""
    computed = compute(equation, [known.own(operand.fact) for operand in equation.operands])
    return computed is None or computed.meets(known.own(equation.target))


def has_gap(equation: Equation) -> bool:
    """Whether one side of the equation is nil throughout and the other is not: a line left empty, not a slip."""
    target_nil = not equation.target.value
    return target_nil != all(not operand.fact.value for operand in equation.operands)


def graded(equations: Sequence[Equation], known: Sightings) -> list[Equation]:
    """The equations of an established relation, required save where one side was left empty; else none."""
    if not agreement(equations, known).established:
        return []
    return [
        equation._replace(grade=REQUIRED if holds(equation, known) or not has_gap(equation) else ANALYTIC)
        for equation in equations
    ]


def confirmed(equations: Iterable[Equation], known: Sightings, least: int = 3) -> list[Equation]:
    """Of an inferred relation, the columns in which it holds, as required; nothing is said of the others.

    Its target must have at least `least` digits: with fewer, chance would confirm too much.
    """
    return [
        equation._replace(grade=REQUIRED)
        for equation in equations
        if digits(equation.target) >= least and holds(equation, known)
    ]
