"""Equations: a relation between printed figures, before anybody evaluates it.

A check discovers equations; one evaluator turns them into ties. The forms are functions of intervals, so
that the same equation tests a printed target and solves for a missing one.

All forms work on amounts (scales applied). `factor` carries what units need: 100 where the target is a
percentage or in cents, 1 elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from orebook.model.fact import Fact
from orebook.model.interval import Interval, counted, exact, total
from orebook.model.slotted import slotted
from orebook.model.tie import ONE, Operand

SUM = "sum"
DIFFERENCE = "difference"
IDENTITY = "identity"
ROLLFORWARD = "rollforward"
RATIO = "ratio"
PRODUCT = "product"
WEIGHTED_AVERAGE = "weighted-average"
GROWTH = "growth"

LINEAR = frozenset({SUM, DIFFERENCE, IDENTITY, ROLLFORWARD})
REQUIRED = "required"
ANALYTIC = "analytic"

NUMERATOR = "numerator"
DENOMINATOR = "denominator"
RATE = "rate"
WEIGHT = "weight"
NEW = "new"
OLD = "old"


@slotted
class Equation:
    """`target = factor * form(operands)`, the form given by `kind` (one of records.md).

    - sum, difference, identity, rollforward: the sum of weight * operand (a weight is a sign, or a factor
      between amounts of different units; scales are already in the amounts).
    - ratio: the sum of the `numerator` operands over the sum of the `denominator` operands, each with its
      weight (None counts as 1).
    - product: the product of the operands.
    - weighted-average: operands in pairs, a `rate` followed by its `weight`.
    - growth: (`new` - `old`) / `old`.

    `formula` says in words what is computed. `code` and `name` are those of the check that made it. `either_sign`: the
    sign was chosen as the figures bear it out (cash flows may print a tax of 747 as 747 or as (747)), and proves nothing.
    """

    code: str
    name: str
    kind: str
    grade: str
    target: Fact
    operands: tuple[Operand, ...]
    formula: str = ""
    factor: Fraction = ONE
    either_sign: bool = False

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The target and the operands."""
        return (self.target, *[operand.fact for operand in self.operands])

    @property
    def members(self) -> frozenset[tuple[int, int]]:
        """The places of all figures: two equations with the same members say the same thing."""
        return frozenset([fact.spot[:2] for fact in self.facts])


Values = Sequence[Interval]


def compute(equation: Equation, values: Values) -> Interval | None:
    """What the operands, given as `values` in their order, say about the target; None where it has no bound."""
    made = _FORMS[LINEAR_FORM if equation.kind in LINEAR else equation.kind](equation.operands, values)
    return None if made is None else made.scaled(equation.factor)


def solve(equation: Equation, index: int, target: Interval, values: Values) -> Interval | None:
    """What the target and the other operands say about operand `index`; None where it has no bound.

    For a weighted average the bound is wider than the tightest one (the target occurs twice).
    """
    form = LINEAR_FORM if equation.kind in LINEAR else equation.kind
    return _SOLVERS[form](equation.operands, index, target.scaled(1 / equation.factor), values)


LINEAR_FORM = "linear"


def _weight(operand: Operand) -> Fraction:
    return ONE if operand.weight is None else operand.weight


def _total(operands: Sequence[Operand], values: Values, without: int = -1, role: str = "") -> Interval:
    """The weighted sum of the operands, leaving one out and (where `role` is given) other roles out."""
    return total(
        value if operand.weight is ONE or operand.weight is None else value.scaled(_weight(operand))
        for place, (operand, value) in enumerate(zip(operands, values, strict=True))
        if place != without and not (role and operand.role != role)
    )


def _linear(operands: Sequence[Operand], values: Values) -> Interval | None:
    return _total(operands, values)


def _solve_linear(operands: Sequence[Operand], index: int, target: Interval, values: Values) -> Interval | None:
    rest = target.minus(_total(operands, values, without=index))
    return rest.scaled(1 / _weight(operands[index]))


def _ratio(operands: Sequence[Operand], values: Values) -> Interval | None:
    above = _total(operands, values, role=NUMERATOR)
    return above.over(_total(operands, values, role=DENOMINATOR))


def _solve_ratio(operands: Sequence[Operand], index: int, target: Interval, values: Values) -> Interval | None:
    role = operands[index].role
    rest = _total(operands, values, without=index, role=role)
    if role == NUMERATOR:
        whole: Interval | None = target.times(_total(operands, values, role=DENOMINATOR))
    else:
        whole = _total(operands, values, role=NUMERATOR).over(target)
    return None if whole is None else whole.minus(rest).scaled(1 / _weight(operands[index]))


def _product(operands: Sequence[Operand], values: Values) -> Interval | None:
    made = exact(ONE)
    for value in values:
        made = made.times(value)
    return made


def _solve_product(operands: Sequence[Operand], index: int, target: Interval, values: Values) -> Interval | None:
    rest = exact(ONE)
    for place, value in enumerate(values):
        if place != index:
            rest = rest.times(value)
    return target.over(rest)


def _average(operands: Sequence[Operand], values: Values) -> Interval | None:
    """The tightest interval: rates at one end, and the weights of the rates beyond a threshold at the other.

    The average is monotone in each rate and in each weight, and a weight pulls towards its own rate, so the
    extreme value lies at one of n + 1 corners once the rates are in order.
    """
    rates, unit = _in_one_unit(values[0::2])
    weights, _ = _in_one_unit(values[1::2])
    if any(low < 0 for low, _ in weights) or not any(low > 0 for low, _ in weights):
        return None
    moment, weight = _lowest([(low, *each) for (low, _), each in zip(rates, weights, strict=True)])
    turned, heavy = _lowest([(-high, *each) for (_, high), each in zip(rates, weights, strict=True)])
    return counted(moment * heavy, -turned * weight, unit * weight * heavy)


def _in_one_unit(values: Values) -> tuple[list[tuple[int, int]], int]:
    """The ends of intervals, counted in one unit, and that unit."""
    unit = lcm(*(value.unit for value in values))
    return [(value.bottom * (unit // value.unit), value.top * (unit // value.unit)) for value in values], unit


def _lowest(items: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The lowest average of rates, each with its lightest and heaviest weight, as a moment and a total weight.

    The lowest rates take their heaviest weight for as long as that pulls the average down.
    """
    items.sort()
    moment, weight = sum(rate * light for rate, light, _ in items), sum(light for _, light, _ in items)
    for rate, light, heavy in items:
        if rate * weight >= moment:
            break
        moment, weight = moment + rate * (heavy - light), weight + heavy - light
    return moment, weight


def _solve_average(operands: Sequence[Operand], index: int, target: Interval, values: Values) -> Interval | None:
    pair = index - index % 2
    moment, weight = exact(0), exact(0)
    for at in range(0, len(values), 2):
        if at != pair:
            moment, weight = moment.plus(values[at].times(values[at + 1])), weight.plus(values[at + 1])
    if index == pair:
        whole = target.times(weight.plus(values[pair + 1]))
        return whole.minus(moment).over(values[pair + 1])
    return moment.minus(target.times(weight)).over(target.minus(values[pair]))


def _growth(operands: Sequence[Operand], values: Values) -> Interval | None:
    new, old = _new_and_old(operands, values)
    quotient = new.over(old)
    return None if quotient is None else quotient.minus(exact(ONE))


def _solve_growth(operands: Sequence[Operand], index: int, target: Interval, values: Values) -> Interval | None:
    new, old = _new_and_old(operands, values)
    step = target.plus(exact(ONE))
    return step.times(old) if operands[index].role == NEW else new.over(step)


def _new_and_old(operands: Sequence[Operand], values: Values) -> tuple[Interval, Interval]:
    first, second = values
    return (first, second) if operands[0].role == NEW else (second, first)


_FORMS: Mapping[str, Callable[[Sequence[Operand], Values], Interval | None]] = {
    LINEAR_FORM: _linear,
    RATIO: _ratio,
    PRODUCT: _product,
    WEIGHTED_AVERAGE: _average,
    GROWTH: _growth,
}
_SOLVERS: Mapping[str, Callable[[Sequence[Operand], int, Interval, Values], Interval | None]] = {
    LINEAR_FORM: _solve_linear,
    RATIO: _solve_ratio,
    PRODUCT: _solve_product,
    WEIGHTED_AVERAGE: _solve_average,
    GROWTH: _solve_growth,
}
