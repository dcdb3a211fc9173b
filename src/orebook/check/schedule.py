"""EX01 schedule.differs-from-statement: the financial data schedule says something else than the statements.

What it ties: the tags of an EX-27 schedule to the lines of the statements in the same submission that they
are defined by, for the period that the schedule's column names.

Why: the schedule was typed apart from the statements, so it is an independent witness of them.

Ties: TOTAL-ASSETS of 255,956 beside total assets of 255,956.

Breaks: 255,965 in the schedule, where most of its other tags agree and one slip of the pen explains the
difference, whatever the tag. Other differences are queries: filers filled tags in by judgement, left them zero, or gave the
multiplier wrongly; and a schedule most of whose tags differ is about another period, and is not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from orebook.check.context import Context, Sightings
from orebook.check.cross.agreement import digits
from orebook.check.odds import slip
from orebook.lexicon import load
from orebook.model.equation import ANALYTIC, IDENTITY, REQUIRED, Equation
from orebook.model.fact import Fact
from orebook.model.interval import amount
from orebook.model.named import NamedTuple
from orebook.model.tie import MINUS, ONE, Operand

CODE = "EX01"
NAME = "schedule.differs-from-statement"
KINDS = ("operations", "balance-sheet", "cash-flows")
PLAIN, TURNED = "plain", "turned"
TELLING = 4  # digits of a figure that a slip turns into another hardly by chance
FORMULA = "the statement"


class Meaning(NamedTuple):
    """The concepts that a tag may repeat, and how surely (`plain`, `loose`, `turned`)."""

    concepts: tuple[str, ...]
    sort: str


@cache
def meanings() -> dict[str, Meaning]:
    """Tag -> what it repeats."""
    data = load("schedule")
    made: dict[str, Meaning] = {}
    for sort in (PLAIN, "loose", TURNED):
        for line in data[sort].strip().splitlines():
            tag, _, concepts = line.partition(" = ")
            made[tag] = Meaning(tuple(concepts.split(" | ")), sort)
    return made


def run(view: Context) -> Iterator[Equation]:
    """Each value of a schedule against the statement's line."""
    for sheet in view.of_kind("schedule"):
        columns: dict[int, list[Fact]] = defaultdict(list)
        for line in sheet.lines:
            for number, fact in line.cells.items():
                columns[number].append(fact)
        for facts in columns.values():
            yield from _compared(facts, view)


def _compared(facts: Sequence[Fact], view: Context) -> Iterator[Equation]:
    """What one column of a schedule says, if most of it agrees with the statements."""
    met: list[Equation] = []
    missed: list[tuple[Fact, list[Fact], str]] = []
    for fact in facts:
        meaning = meanings().get(fact.row.label)
        if meaning is None or not fact.value:
            continue
        lines = (other for concept in meaning.concepts for other in view.find(concept, fact.period, KINDS))
        printed = [other for other in lines if other.value]
        found = next((tie for other in printed if (tie := _tie(fact, other, meaning.sort, view.sightings))), None)
        if found is not None:
            met.append(found)
        elif printed:
            missed.append((fact, printed, meaning.sort))
    if len(met) < 3 or len(met) < 2 * len(missed):
        return
    yield from met
    for fact, printed, sort in missed:
        said = _slip(fact, printed, sort)
        if said is not None:
            yield said
        elif sort == PLAIN:
            yield _miss(fact, printed)


def _tie(fact: Fact, other: Fact, sort: str, known: Sightings) -> Equation | None:
    """The identity of a schedule's value and a printed one, where they may be the same number."""
    for sign in (ONE, MINUS) if sort == TURNED else (ONE,):
        said = known.own(other).scaled(sign)
        if digits(other) > 1 and known.own(fact).meets(said):
            return _identity(fact, other, sign, sort)
    return None


def _identity(fact: Fact, other: Fact, sign: Fraction, sort: str) -> Equation:
    operands = (Operand(other, sign),)
    return Equation(CODE, NAME, IDENTITY, REQUIRED, fact, operands, FORMULA, either_sign=sort == TURNED)


def _slip(fact: Fact, printed: Sequence[Fact], sort: str) -> Equation | None:
    """A break: a slip turns a figure that the statements print for the tag into the schedule's."""
    if digits(fact) < TELLING:
        return None
    for other in printed:
        sign = MINUS if sort == TURNED and (fact.amount < 0) != (other.amount < 0) else ONE
        if _is_slip(fact, other, sign):
            return _identity(fact, other, sign, sort)
    return None


def _miss(fact: Fact, printed: Sequence[Fact]) -> Equation:
    """A difference: a break where a slip turns what the statements print for the tag's first meaning into it."""
    first = [other for other in printed if other.row.concept == printed[0].row.concept]
    once = len({amount(other) for other in first}) == 1
    slip = once and digits(fact) > 2 and _is_slip(fact, printed[0], ONE)
    grade = REQUIRED if slip else ANALYTIC
    return Equation(CODE, NAME, IDENTITY, grade, fact, (Operand(printed[0], ONE),), FORMULA)


def _is_slip(fact: Fact, other: Fact, sign: Fraction) -> bool:
    unit = Fraction(other.scale, 10**other.decimals)
    said = sign * amount(fact) / unit
    return said.denominator == 1 and slip(int(amount(other) / unit), int(said)) is not None
