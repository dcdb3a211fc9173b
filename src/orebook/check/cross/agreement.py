"""How far series of figures agree: what makes a relation established, and its failures breaks.

A relation between rows is not assumed because labels suggest it: the document must show it. It is established
where it holds in some column in figures that say something, and fails in no more columns than it holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from orebook.check.context import Sightings
from orebook.check.culprit import is_slip, needs
from orebook.check.plain import plain
from orebook.model.equation import ANALYTIC, IDENTITY, REQUIRED, Equation, compute
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced
from orebook.model.tie import MINUS, ONE, Operand


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
        """Whether the document itself shows the relation.

        Without a failure one telling column is enough, or two of one digit; with failures it must hold as often.
        """
        if not self.failed:
            return self.strong >= 1 or self.held + self.weak >= 2
        return self.held >= self.failed

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
    whole = plain(equation, known.own_counts)
    if whole is not None:
        return whole.holds
    computed = compute(equation, [known.own(operand.fact) for operand in equation.operands])
    return computed is None or computed.meets(known.own(equation.target))


def _same(target: Fact, operand: Operand) -> bool | None:
    """Whether two figures printed alike are at most one unit of the last digit apart; None where they are not alike.

    That is when their closed intervals meet; most copies are printed alike, and this is the quick way to see it.
    """
    other = operand.fact
    if target.value is None or other.value is None:
        return None
    weight = operand.weight
    if target.scale != other.scale or target.decimals != other.decimals or not (weight is ONE or weight is MINUS):
        return None
    apart = target.value - other.value if weight is ONE else target.value + other.value
    return abs(apart.scaleb(target.decimals)) <= 1


def has_gap(equation: Equation) -> bool:
    """Whether one side of the equation is nil throughout and the other is not: a line left empty, not a slip."""
    target_nil = not equation.target.value
    return target_nil != all(not operand.fact.value for operand in equation.operands)


def graded(trial: Trial, known: Sightings) -> list[Equation]:
    """The equations of an established relation, graded by column; none where it is not established.

    A column that fails is required (and so a break) where the relation holds more often than it fails, or where
    a slip of the pen explains the failure. It is analytic where one side was left empty, or where the relation
    fails as often as it holds: then one of the columns may have been stated anew.
    """
    found = trial.agreement
    if not found.established:
        return []
    return [
        _of_grade(equation, REQUIRED if true or _wrong(equation, trial, known) else ANALYTIC)
        for equation, true in zip(trial.equations, trial.held, strict=True)
    ]


def _of_grade(equation: Equation, grade: str) -> Equation:
    return equation if equation.grade == grade else replaced(equation, grade=grade)


def _wrong(equation: Equation, trial: Trial, known: Sightings) -> bool:
    """Whether a failed column contradicts the document rather than its basis."""
    if has_gap(equation):
        return False
    if trial.agreement.held > trial.agreement.failed:
        return True
    return next_column(equation, trial) or one_slip(equation, known)


def one_slip(equation: Equation, known: Sightings) -> bool:
    """Whether one wrong digit, two swapped, or a lost sign in one of the figures explains a failed equation."""
    return any(
        fact.value is not None and (needed := needs(equation, (fact,), known)) is not None and is_slip(fact, needed)
        for fact in equation.facts
    )


def next_column(equation: Equation, trial: Trial) -> bool:
    """Whether a figure of the equation is the one that the same row prints in another column."""
    return any(
        fact.value == other.value and fact.row.number == other.row.number and digits(fact) > 2
        for fact in equation.facts
        for beside in trial.equations
        if beside is not equation
        for other in beside.facts
        if other.table.number == fact.table.number
    )


def confirmed(equations: Iterable[Equation], known: Sightings, least: int = 3) -> list[Equation]:
    """Of an inferred relation, the columns in which it holds, as required; nothing is said of the others.

    Its target must have at least `least` digits: with fewer, chance would confirm too much.
    """
    return [
        _of_grade(equation, REQUIRED)
        for equation in equations
        if digits(equation.target) >= least and holds(equation, known)
    ]
