"""UC03 unitcost.grade-does-not-yield: tons of ore times the recovered grade are not the ounces produced.

What it ties: the ounces that a mine produced to its tons of ore times the grade that was recovered from them.

Why: the three figures stand together in a mine's block. They need not agree: metal is recovered later than
its ore is milled, and the grade is a rounded average. So the tie is analytic, and its failure a query.

Ties: 1,000 tons at 0.50 ounces recovered per ton, 500 ounces produced.

Breaks: never more than a query; 30,517 tons at 0.43 give 13,122 ounces beside 12,064 printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from orebook.check.context import Context
from orebook.check.cross.rows import Entry, entries
from orebook.lexicon.levels import MINE
from orebook.model.equation import ANALYTIC, PRODUCT, Equation
from orebook.model.tie import ONE, Operand

CODE = "UC03"
NAME = "unitcost.grade-does-not-yield"
ORE = frozenset({"orebook:TonsMilled", "orebook:TonsMined", "orebook:TonsToHeap"})
# Troy ounces in a unit of ore times a unit of grade (31.1034768 g to the troy ounce).
YIELD = {("ton", "oz/ton"): ONE, ("tonne", "g/t"): Fraction(10_000_000, 311_034_768)}
POUNDS = {"ton": Fraction(2000), "tonne": Fraction(220_462_262, 100_000)}
CONTENTS = {
    "g/t": (("tonne", "oz", YIELD["tonne", "g/t"]),),
    "oz/ton": (("ton", "oz", ONE),),
    "%": tuple((ore, metal, (POUNDS[ore] if metal == "lb" else ONE) / 100) for ore in POUNDS for metal in ("lb", ore)),
}
"""By the unit of a grade: (unit of ore, unit of metal, metal in a unit of ore at a grade of one)."""


def run(view: Context) -> Iterator[Equation]:
    """Ounces = tons * recovered grade, in each mine that prints one kind of ore."""
    blocks: dict[tuple[int, str | None], list[Entry]] = defaultdict(list)
    for entry in entries(view):
        if entry.level.level == MINE and entry.concept:
            blocks[entry.table.number, entry.row.entity].append(entry)
    for block in blocks.values():
        for ounces, ore, grade, factor in yields(block, "RecoveredGrade"):
            yield from _products(ounces, ore, grade, factor)


def yields(block: Sequence[Entry], kind: str) -> Iterator[tuple[Entry, Entry, Entry, Fraction]]:
    """(ounces, ore, grade, factor) of each metal of a mine that prints one kind of ore and a grade of `kind`."""
    ore = [entry for entry in block if entry.concept in ORE]
    if len(ore) != 1:
        return
    for grade in block:
        concept = grade.concept or ""
        factor = YIELD.get((ore[0].unit, grade.unit))
        if factor is None or not concept.endswith(kind):
            continue
        produced = concept.replace(kind, "Produced")
        for ounces in block:
            if ounces.concept == produced and ounces.unit == "oz":
                yield ounces, ore[0], grade, factor


def _products(ounces: Entry, ore: Entry, grade: Entry, factor: Fraction) -> Iterator[Equation]:
    for period, target in ounces.figures.items():
        if period in ore.figures and period in grade.figures:
            operands = (Operand(ore.figures[period], ONE), Operand(grade.figures[period], ONE))
            yield Equation(CODE, NAME, PRODUCT, ANALYTIC, target, operands, "tons times recovered grade", factor)
