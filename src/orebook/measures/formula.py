"""Formulas: how one quantity follows from others, written once for whoever checks and whoever closes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from orebook.measures.units import CONSTANTS, PURE, Unit, UnitError
from orebook.model.named import NamedTuple

SUM, PRODUCT, LARGEST, SMALLEST = "sum", "product", "largest", "smallest"


class FormulaError(ValueError):
    """A formula that cannot be read."""


class Formula(NamedTuple):
    """A sum of weighted quantities, or a product of powers of them, or the largest or smallest of them.

    `terms` are (name, weight) for a sum and (name, exponent) for a product. What takes both, a sum over a
    product, has a name of its own for the step between, so that every step can be shown. `factor` multiplies
    a product and carries `unit` (a conversion such as pounds per ton).
    """

    kind: str
    terms: tuple[tuple[str, Fraction], ...]
    factor: Fraction = Fraction(1)
    unit: Unit = PURE

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.terms)

    def __str__(self) -> str:
        if self.kind in {LARGEST, SMALLEST}:
            return f"{self.kind}({', '.join(self.names)})"
        return _sum_text(self.terms) if self.kind == SUM else _product_text(self)

    def renamed(self, name: Callable[[str], str]) -> Formula:
        """The same formula over other names, such as those of one metal."""
        return self._replace(terms=tuple((name(old), weight) for old, weight in self.terms))


_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:/\d+)?)|(?P<name>[a-zA-Z_{][\w.{}@:-]*)|(?P<mark>[-+*/(),]))")


def parse(text: str) -> Formula:
    """Read `a + b - 0.5 * c`, `a * b / c`, `largest(a, b)` or `smallest(a, b)`.

    Names are words of letters, digits, `_`, `.`, `@`, `:` and inner `-`; a minus sign therefore stands
    between blanks. Raises `FormulaError`.
    """
    tokens = _tokens(text)
    if len(tokens) > 1 and tokens[0] in {LARGEST, SMALLEST} and tokens[1] == "(":
        names = [word for word in tokens[2:-1] if word != ","]
        return Formula(tokens[0], tuple((name, Fraction(1)) for name in names))
    pieces = _pieces(tokens, text)
    if len(pieces) > 1 or pieces[0][0] < 0 or _is_plain(pieces[0][1]):
        return Formula(SUM, tuple(_weighted(sign, piece, text) for sign, piece in pieces))
    return _product(pieces[0][1], text)


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            raise FormulaError(f"'{text}': cannot read from '{text[place:].strip()}'")
        tokens.append(found.group().strip())
        place = found.end()
    if not tokens:
        raise FormulaError("an empty formula")
    return tokens


def _pieces(tokens: list[str], text: str) -> list[tuple[int, list[str]]]:
    """The terms of a sum with their signs; a product is a sum of one."""
    pieces: list[tuple[int, list[str]]] = []
    for place, word in enumerate(tokens):
        if word in {"+", "-"}:
            pieces.append((1 if word == "+" else -1, []))
        elif word in {"(", ")", ","}:
            raise FormulaError(f"'{text}': give the part in brackets a name of its own")
        elif place == 0:
            pieces.append((1, [word]))
        else:
            pieces[-1][1].append(word)
    if any(len(piece) % 2 == 0 for _, piece in pieces):
        raise FormulaError(f"'{text}': a term is missing")
    return pieces


def _is_plain(piece: list[str]) -> bool:
    return len(piece) == 1 or (len(piece) == 3 and piece[0][0].isdigit() and piece[1] == "*")


def _weighted(sign: int, piece: list[str], text: str) -> tuple[str, Fraction]:
    if not _is_plain(piece) or piece[-1][0].isdigit():
        raise FormulaError(f"'{text}': give '{' '.join(piece)}' a name of its own")
    return piece[-1], sign * (Fraction(piece[0]) if len(piece) == 3 else Fraction(1))


def _product(piece: list[str], text: str) -> Formula:
    factor, unit = Fraction(1), PURE
    powers: dict[str, Fraction] = {}
    for place, name in enumerate(piece):
        if place % 2:
            if name not in {"*", "/"}:
                raise FormulaError(f"'{text}': '{name}' stands where * or / belongs")
            continue
        power = -1 if place and piece[place - 1] == "/" else 1
        if name[0].isdigit():
            factor *= Fraction(name) ** power
        elif name in CONSTANTS:
            value, of = CONSTANTS[name]
            factor, unit = factor * value**power, unit.times(of, power)
        else:
            powers[name] = powers.get(name, Fraction(0)) + power
    return Formula(PRODUCT, tuple((name, power) for name, power in powers.items() if power), factor, unit)


def evaluate(formula: Formula, values: Mapping[str, Fraction]) -> Fraction:
    """The formula's value. Raises `KeyError` for a name without a value, `ZeroDivisionError` for a ratio to nil."""
    if formula.kind == SUM:
        return sum((weight * values[name] for name, weight in formula.terms), Fraction(0))
    if formula.kind == PRODUCT:
        made = formula.factor
        for name, power in formula.terms:
            made *= values[name] ** int(power)
        return made
    found = [values[name] for name in formula.names]
    return max(found) if formula.kind == LARGEST else min(found)


def unit_of(formula: Formula, units: Mapping[str, Unit]) -> Unit:
    """The unit of what the formula gives. Raises `UnitError` where it adds what cannot be added."""
    if formula.kind == PRODUCT:
        made = formula.unit
        for name, power in formula.terms:
            made = made.times(units[name], int(power))
        return made
    first = formula.names[0]
    for name in formula.names[1:]:
        if units[name] != units[first]:
            raise UnitError(f"{first} is in {units[first]}, {name} in {units[name]}: they cannot be added")
    return units[first]


def _sum_text(terms: tuple[tuple[str, Fraction], ...]) -> str:
    made = ""
    for place, (name, weight) in enumerate(terms):
        sign = "-" if weight < 0 else "+"
        size = "" if abs(weight) == 1 else f"{abs(weight)} * "
        made += f" {sign} {size}{name}" if place else f"{'- ' if weight < 0 else ''}{size}{name}"
    return made


def _product_text(formula: Formula) -> str:
    above = [name for name, power in formula.terms if power > 0]
    below = [name for name, power in formula.terms if power < 0]
    if formula.factor != 1 or not above:
        above.insert(0, str(formula.factor))
    return " / ".join([" * ".join(above), *below])
