"""Payable metal: the part of the metal in a concentrate that a smelter pays for.

Typical terms, for a release that states production and no terms; a mine's own contract decides, and books
that are closed state it. Unit deductions (3 units of lead, 8 of zinc) are left out: they need the
concentrate's grade, which releases do not print.
"""

from __future__ import annotations

from fractions import Fraction

SOURCE = (
    "usual terms of lead, zinc and bulk concentrates (95 % of lead, gold and silver; 85 % of zinc; 96.5 % of copper)"
)

TYPICAL_PAYABLE: dict[str, Fraction] = {
    "lead": Fraction(95, 100),
    "zinc": Fraction(85, 100),
    "copper": Fraction(965, 1000),
    "silver": Fraction(95, 100),
    "gold": Fraction(95, 100),
}
