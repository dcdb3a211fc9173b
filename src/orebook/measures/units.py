"""Units of measure that are carried through every formula and never convert by themselves."""

from __future__ import annotations

from fractions import Fraction

from orebook.model.named import NamedTuple


class UnitError(ValueError):
    """Two units that cannot be added, or a unit that nobody knows."""


class Unit(NamedTuple):
    """A product of base units, as sorted (base, power) pairs; the empty product is a pure number.

    Ounces, tons, tonnes, pounds and grams are bases of their own: an ounce never adds to a ton, and to pass
    from one to the other a formula must name the conversion.
    """

    powers: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        above = [_power(base, power) for base, power in self.powers if power > 0]
        below = [_power(base, -power) for base, power in self.powers if power < 0]
        if not above and not below:
            return "pure"
        return "/".join([" ".join(above) or "1", *below])

    def times(self, other: Unit, power: int = 1) -> Unit:
        """The unit of a product (`power` 1) or a quotient (`power` -1)."""
        summed = dict(self.powers)
        for base, exponent in other.powers:
            summed[base] = summed.get(base, 0) + power * exponent
        return Unit(tuple(sorted((base, exponent) for base, exponent in summed.items() if exponent)))


PURE = Unit()

CURRENCIES = frozenset({"USD", "CAD", "AUD", "EUR", "GBP", "MXN", "VEB", "ZAR", "PEN", "CLP", "BRL", "ARS"})
_BASES = CURRENCIES | {"oz", "ton", "tonne", "lb", "g", "share", "day", "m", "ft"}
_SPELLINGS: dict[str, tuple[str, Fraction]] = {
    "cents": ("USD", Fraction(1, 100)),
    "koz": ("oz", Fraction(1000)),
    "Moz": ("oz", Fraction(1_000_000)),
    "kUSD": ("USD", Fraction(1000)),
    "MUSD": ("USD", Fraction(1_000_000)),
    "kg": ("g", Fraction(1000)),
    "kt": ("tonne", Fraction(1000)),
    "t": ("tonne", Fraction(1)),
    "tons": ("ton", Fraction(1)),
    "tonnes": ("tonne", Fraction(1)),
    "ounce": ("oz", Fraction(1)),
    "ounces": ("oz", Fraction(1)),
    "pound": ("lb", Fraction(1)),
    "pounds": ("lb", Fraction(1)),
    "shares": ("share", Fraction(1)),
    "days": ("day", Fraction(1)),
    "%": ("", Fraction(1, 100)),
    "pure": ("", Fraction(1)),
    "": ("", Fraction(1)),
    "1": ("", Fraction(1)),
}


def parse_unit(text: str) -> tuple[Unit, Fraction]:
    """The unit that `text` writes (`USD/oz`, `cents/lb`, `g/t`, `%`, `koz`) and how much of it one stands for.

    Raises `UnitError` where a part of it is not a unit.
    """
    unit, factor = PURE, Fraction(1)
    for position, part in enumerate(text.strip().split("/")):
        power = -1 if position else 1
        base, scale = _base(part.strip(), text)
        unit = unit.times(Unit(((base, 1),)) if base else PURE, power)
        factor *= scale if power > 0 else 1 / scale
    return unit, factor


def _base(part: str, whole: str) -> tuple[str, Fraction]:
    if part in _BASES:
        return part, Fraction(1)
    known = _SPELLINGS.get(part)
    if known is None:
        raise UnitError(f"'{whole}' is not a unit: nothing is measured in '{part}'")
    return known


def _power(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"


USD = parse_unit("USD")[0]
OUNCE = parse_unit("oz")[0]
TON = parse_unit("ton")[0]
USD_PER_OUNCE = parse_unit("USD/oz")[0]
SHARE = parse_unit("share")[0]
USD_PER_SHARE = parse_unit("USD/share")[0]
DAY = parse_unit("days")[0]

CONSTANTS: dict[str, tuple[Fraction, Unit]] = {
    "pounds_per_ton": (Fraction(2000), parse_unit("lb/ton")[0]),
    "pounds_per_tonne": (1 / Fraction("0.00045359237"), parse_unit("lb/tonne")[0]),
    "tonnes_per_ton": (Fraction("0.90718474"), parse_unit("tonne/ton")[0]),
    "grams_per_ounce": (Fraction("31.1034768"), parse_unit("g/oz")[0]),
}
"""Conversions that formulas may name: the short ton, the metric ton, the troy ounce; exact by definition
(international yard and pound agreement, 1959)."""
