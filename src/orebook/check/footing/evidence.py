"""How much it means that a sum comes out.

Evidence is counted in bits. A column in which the parts give the printed total is worth the number of figures
that the total could have been, had it nothing to do with the parts (its size over what rounding allows). That
is weighed against the number of hypotheses tried, and against the odds of an error where a column fails. So a
sum of two small numbers in one column proves nothing, and six digits in two columns do.
"""

from __future__ import annotations

from collections.abc import Sequence

from orebook.check.footing.matrix import Vector

ERROR = 10  # bits: about one printed figure in a thousand is wrong
SLIP = 5  # bits that an error is likelier where a slip of the pen explains it
COPY = 2  # bits of a column where a total repeats a part
NEEDED_OF_RATES = 24  # the same of rates (prices, costs an ounce), which seldom add up
ALONE = 10  # bits that figures must give by themselves where signs are free or a row is left out
NEEDED = 10  # bits that a relation must have left: one false relation in a thousand rows


def column_bits(target: Vector, operands: Sequence[Vector], place: int) -> int:
    """What it is worth that the sum holds in one column; 0 where nothing but nil stands there.

    A total that one of its parts repeats says little of the others: rounding may take them in whatever they are.
    """
    total = target.values[place]
    figures = [value for vector in operands if (value := vector.values[place])]
    if not total or not figures:
        return 0
    allowed = target.slack[place] + sum(vector.slack[place] for vector in operands)
    bits = (max(abs(total), *map(abs, figures)) // max(allowed, 1)).bit_length()
    return min(bits, COPY) if len(figures) == 1 or total in figures else bits


def support(target: Vector, operands: Sequence[Vector], holding: int) -> int:
    """The bits of all columns that hold (a mask), a column that repeats an earlier one counted once."""
    seen: set[tuple[int | None, ...]] = set()
    bits = 0
    for place in range(len(target.values)):
        if not holding >> place & 1:
            continue
        figures = (target.values[place], *(vector.values[place] for vector in operands))
        if figures not in seen:
            seen.add(figures)
            bits += column_bits(target, operands, place)
    return bits
