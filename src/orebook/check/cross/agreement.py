"""How far series of figures agree: what makes a relation established, and its failures breaks.

A relation between rows is not assumed because labels suggest it: the document must show it. It is established
where it holds in some column in figures that say something, and fails in no more columns than it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from orebook.check.context import Sightings
from orebook.model.equation import ANALYTIC, IDENTITY, REQUIRED, Equation, compute
from orebook.model.fact import Fact
from orebook.model.tie import Operand

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


class Trial(NamedTuple):
    """One relation, as its equation in each column, and in which columns it holds (each figure read by itself)."""

    equations: tuple[Equation, ...]
    held: tuple[bool, ...]
    agreement: Agreement


def tried(equations: Iterable[Equation], known: Sightings) -> Trial:
    """Try a relation in each column."""
    every = tuple(equations)
    outcome = tuple(holds(equation, known) for equation in every)
    held = strong = weak = failed = empty = 0
    for equation, true in zip(every, outcome, strict=True):
        if true:
            size = digits(equation.target)
            held += size >= 2
            strong += size >= 3
            weak += size == 1
        elif has_gap(equation):
            empty += 1
        else:
            failed += 1
    return Trial(every, outcome, Agreement(held, strong, weak, failed, empty))


def holds(equation: Equation, known: Sightings) -> bool:
    """Whether rounding allows the equation, each figure read by itself; True where it has no bound."""
    if equation.kind == IDENTITY and len(equation.operands) == 1:
        quick = _same(equation.target, equation.operands[0])
        if quick is not None:
            return quick
    computed = compute(equation, [known.own(operand.fact) for operand in equation.operands])
    return computed is None or computed.meets(known.own(equation.target))


def _same(target: Fact, operand: Operand) -> bool | None:
    """Whether two figures printed alike are at most one unit of the last digit apart; None where they are not alike.

    That is when their closed intervals meet; most copies are printed alike, and this is the quick way to see it.
    """
    other = operand.fact
    if target.value is None or other.value is None:
        return None
    if target.scale != other.scale or target.decimals != other.decimals or operand.weight not in (ONE, MINUS):
        return None
    apart = target.value - other.value if operand.weight == ONE else target.value + other.value
    return abs(apart.scaleb(target.decimals)) <= 1


def has_gap(equation: Equation) -> bool:
    """Whether one side of the equation is nil throughout and the other is not: a line left empty, not a slip."""
    target_nil = not equation.target.value
    return target_nil != all(not operand.fact.value for operand in equation.operands)


def graded(trial: Trial) -> list[Equation]:
    """The equations of an established relation, required save where one side was left empty; else none."""
    if not trial.agreement.established:
        return []
    return [
        equation._replace(grade=REQUIRED if true or not has_gap(equation) else ANALYTIC)
        for equation, true in zip(trial.equations, trial.held, strict=True)
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
