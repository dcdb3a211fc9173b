"""Figures as decimal strings: exact wherever an exact decimal exists."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def plain(value: Decimal | Fraction | int | None) -> str | None:
    """`value` in plain digits, without exponent: exact where it is a finite decimal, else rounded to 6 decimals.

    A `Decimal` keeps the decimals that it was printed with ("0.10" stays "0.10"); None stays None.
    """
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(value, "f")
    if value.denominator == 1:
        return str(value.numerator)
    places = finite_places(value.denominator)
    return _digits(value, 6) if places is None else _digits(value, places)


def signed(weight: Fraction | None) -> str | None:
    """The weight of an operand as `records.md` writes it: "+1", "-1", "+0.001"."""
    if weight is None:
        return None
    text = plain(weight) or "0"
    return text if text.startswith("-") else "+" + text


def finite_places(denominator: int) -> int | None:
    """How many decimals a fraction with this denominator (in lowest terms) needs, None where they never end."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def _digits(value: Fraction | int, places: int) -> str:
    """`value` rounded half to even to `places` decimals, trailing zeros dropped."""
    scaled = round(value * 10**places)
    sign, figures = ("-", str(-scaled)) if scaled < 0 else ("", str(scaled))
    figures = figures.rjust(places + 1, "0")
    whole, part = figures[:-places], figures[-places:].rstrip("0")
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"
