"""Whether a slip of the pen explains why a sum fails in one column.

That a wrong sum is off by just what one wrong digit, two exchanged digits or a lost sign would make, or that a figure
in it is its neighbour's, is evidence for the sum: a relation that does not exist is off by anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from orebook.check.footing.matrix import Vector
from orebook.check.odds import slip

TELLING = 100  # a figure of three digits or more that stands in the next column too is hardly so by chance


def is_mistyped(target: Vector, parts: Sequence[tuple[Vector, int]], place: int) -> bool:
    """Whether one slip in the target or a part makes the sum come out to the digit in this column."""
    gap = sum(sign * (part.values[place] or 0) for part, sign in parts) - (target.values[place] or 0)
    return any(_explains(vector, -sign * gap, place) for vector, sign in ((target, -1), *parts))


def _explains(vector: Vector, change: int, place: int) -> bool:
    """Whether the figure is a slip for one that differs by `change`."""
    value, unit = vector.values[place], 2 * vector.slack[place]
    if value is None or not unit or change % unit:
        return False
    printed = value // unit
    copied = abs(printed) >= TELLING and any(
        other == value for at, other in enumerate(vector.values) if at != place and abs(at - place) == 1
    )
    return copied or slip(printed, printed + change // unit) is not None
