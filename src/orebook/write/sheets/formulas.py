"""Which figures of a filed report become formulas, and why the others stay typed.

A figure is live where a relation among printed figures gives its printed digits: a sum or a movement to the last
digit, a copy or a quotient rounded to the decimals that are printed. Where a relation holds only within rounding, or
breaks, a formula would show another figure than the report, so the figure stays typed and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from orebook.model.equation import DENOMINATOR, NEW, NUMERATOR, OLD, REQUIRED
from orebook.model.fact import Fact
from orebook.model.slotted import replaced
from orebook.model.tie import BREAKS, TIES, WITHIN, Checked, Operand, Tie
from orebook.write import words
from orebook.write.number import finite_places, plain
from orebook.write.sheets.live import Cell, Live, Made, Place
from orebook.write.sheets.names import reference

Cells = dict[Place, Cell]
Filled = dict[tuple[str, int], set[int]]
_LINEAR = ("sum", "rollforward", "difference")
_ROUNDED = ("identity", "ratio", "weighted-average", "product", "growth")
_ORDER = {kind: at for at, kind in enumerate((*_LINEAR, *_ROUNDED))}
_BACKWARDS = len(_ORDER)
_SOURCES = {"operations": 0, "balance-sheet": 0, "cash-flows": 1, "equity": 1, "production": 1, "highlights": 3}
"""Which tables others copy from, the first ones first; what is not named comes between production and highlights."""
_BETWEEN = 2


def live(checked: Checked | None, cells: Cells) -> Live:
    """Chooses a relation for each figure that one gives: sums first, those within one sheet before others.

    No choice closes a circle: a total is made from its parts, or a part from its total, never both.
    """
    chosen: dict[Place, Tie] = {}
    made: dict[Place, Made] = {}
    notes: dict[Place, str] = {}
    if checked is None:
        return Live(made, notes)
    filled = _filled(cells)
    ties = [turned for tie in checked.ties if tie.kind in _ORDER and _is_placed(tie, cells) for turned in _turned(tie)]
    for tie in sorted(ties, key=lambda each: _preference(each, cells)):
        place = tie.target.place
        if place in chosen:
            continue
        text = _formula(tie, cells, filled)
        if text:
            if not _closes_circle(tie, chosen):
                chosen[place] = tie
                made[place] = Made(text, f"{tie.code} {tie.name}")
        elif tie.kind in _LINEAR and _is_told(tie):
            notes.setdefault(place, _note(tie))
    return Live(made, {place: note for place, note in notes.items() if place not in made})


def _filled(cells: Cells) -> Filled:
    """The rows with a figure, by sheet and column."""
    filled: Filled = {}
    for cell in cells.values():
        filled.setdefault((cell.sheet, cell.column), set()).add(cell.row)
    return filled


def _turned(tie: Tie) -> Iterator[Tie]:
    """A copy as it is and turned round, for either sighting may be made from the other."""
    if tie.kind != "identity":
        yield tie
        return
    for operand in tie.operands:
        yield replaced(tie, operands=(operand,))
        if operand.weight:
            yield replaced(tie, target=operand.fact, operands=(Operand(tie.target, 1 / operand.weight),))


def _preference(tie: Tie, cells: Cells) -> tuple[int, int, int]:
    """Sums before movements before differences before the rest, and last the statements as copies of the highlights;
    operands on the same sheet before others; more before fewer."""
    home = cells[tie.target.place].sheet
    elsewhere = sum(cells[operand.fact.place].sheet != home for operand in tie.operands)
    return (_BACKWARDS if _is_backwards(tie) else _ORDER[tie.kind]), elsewhere, -len(tie.operands)


def _is_backwards(tie: Tie) -> bool:
    """Whether a copy would make a figure from a place that is itself a copy of its table; within a table, or of two
    tables of a sort, the later is the copy."""
    if tie.kind != "identity":
        return False
    return _standing(tie.target) < max(_standing(operand.fact) for operand in tie.operands)


def _standing(fact: Fact) -> tuple[int, Place]:
    return _SOURCES.get(fact.table.kind, _BETWEEN), fact.place


def _is_placed(tie: Tie, cells: Cells) -> bool:
    return all(fact.place in cells for fact in (tie.target, *(operand.fact for operand in tie.operands)))


def _is_told(tie: Tie) -> bool:
    """A part that is taken from its total within rounding is no total that fails to foot."""
    return tie.verdict == BREAKS or (tie.verdict == WITHIN and tie.kind != "difference")


def _formula(tie: Tie, cells: Cells, filled: Filled) -> str:
    """The relation as a formula that shows the figure as printed; "" where it shows another, or has no such form."""
    if tie.kind in _LINEAR:
        return linear(tie, cells, filled) if _is_exact(tie) else ""
    if tie.grade != REQUIRED or tie.verdict not in (TIES, WITHIN):
        return ""
    if tie.kind == "identity":
        return _copy(tie, cells)
    return _quotient(tie, cells)


def _is_exact(tie: Tie) -> bool:
    """Whether the weighted sum of the figures as printed is the target as printed, to the last digit."""
    if len(tie.operands) < 2 or any(operand.weight is None for operand in tie.operands):
        return False
    if any(finite_places((operand.weight or Fraction(0)).denominator) is None for operand in tie.operands):
        return False
    total = sum((operand.weight or 0) * _value(operand.fact) for operand in tie.operands)
    return total == _value(tie.target)


def _value(fact: Fact) -> Fraction:
    """The figure as it stands in its cell: as printed, nil as zero."""
    return Fraction(fact.value or 0)


def _closes_circle(tie: Tie, chosen: dict[Place, Tie]) -> bool:
    """Whether one of the operands is itself made, at some remove, from the target."""
    seen: set[Place] = set()
    left = [operand.fact.place for operand in tie.operands]
    while left:
        place = left.pop()
        if place == tie.target.place:
            return True
        if place not in seen:
            seen.add(place)
            made = chosen.get(place)
            left += () if made is None else (operand.fact.place for operand in made.operands)
    return False


def _note(tie: Tie) -> str:
    breaks = tie.verdict == BREAKS
    reason = "the report does not foot here" if breaks else "the figures foot only within rounding"
    gap = words.grouped(tie.difference)
    return f"Typed as filed: {reason} (recomputed {words.grouped(tie.computed)}, difference {gap})."


def linear(tie: Tie, cells: Cells, filled: Filled) -> str:
    """A linear relation as a spreadsheet formula.

    A column of neighbours becomes `SUM(B5:B9)`, if nothing else stands between them (`filled` are the rows with a
    figure, by sheet and column); anything else is written out. Decimals are rounded to those that are printed,
    because a spreadsheet adds them in binary.
    """
    total = _range(tie, cells, filled) or _written_out(tie.operands, cells, cells[tie.target.place].sheet)
    places = max(operand.fact.decimals + _places_of(operand.weight) for operand in tie.operands)
    return f"=ROUND({total},{tie.target.decimals})" if places or tie.target.decimals else f"={total}"


def _places_of(weight: Fraction | None) -> int:
    return (finite_places(weight.denominator) or 0) if weight else 0


def _range(tie: Tie, cells: Cells, filled: Filled) -> str:
    home = cells[tie.target.place]
    spots = [cells[operand.fact.place] for operand in tie.operands]
    if any(operand.weight != 1 for operand in tie.operands):
        return ""
    if any((spot.sheet, spot.column) != (home.sheet, home.column) for spot in spots):
        return ""
    rows = {spot.row for spot in spots}
    first, last = min(rows), max(rows)
    between = {row for row in filled[home.sheet, home.column] if first <= row <= last}
    if between != rows or len(rows) < len(spots):
        return ""
    return f"SUM({reference('', first, home.column)}:{reference('', last, home.column)})"


def _written_out(operands: Sequence[Operand], cells: Cells, home: str) -> str:
    made = ""
    for operand in operands:
        weight = Fraction(1) if operand.weight is None else operand.weight
        sign = "-" if weight < 0 else "+" if made else ""
        factor = "" if abs(weight) == 1 else f"{plain(abs(weight))}*"
        made += f"{sign}{factor}{_name(operand.fact, cells, home)}"
    return made


def _name(fact: Fact, cells: Cells, home: str) -> str:
    cell = cells[fact.place]
    return reference("" if cell.sheet == home else cell.sheet, cell.row, cell.column)


def _copy(tie: Tie, cells: Cells) -> str:
    """The first of the other sightings that rounds to the figure as printed, in the figure's own scale and sign."""
    target, home = tie.target, cells[tie.target.place].sheet
    for operand in sorted(tie.operands, key=lambda each: -each.fact.decimals):
        weight = Fraction(1) if operand.weight is None else operand.weight
        found = weight * _value(operand.fact)
        if finite_places(weight.denominator) is None or rounded(found, target.decimals) != _value(target):
            continue
        text = _written_out((operand,), cells, home)
        return f"={text}" if found == _value(target) and abs(weight) == 1 else f"=ROUND({text},{target.decimals})"
    return ""


def _quotient(tie: Tie, cells: Cells) -> str:
    """A quotient, product, average or growth, where rounding what it gives shows the figure as printed."""
    made = _FORMS[tie.kind](tie.operands, cells, cells[tie.target.place].sheet)
    if made is None:
        return ""
    text, value = made
    factor = _factor(tie, value)
    if factor is None or rounded(value * factor, tie.target.decimals) != _value(tie.target):
        return ""
    size = "" if factor == 1 else f"*{plain(factor)}" if factor > 1 else f"/{plain(1 / factor)}"
    return f"=ROUND({text}{size},{tie.target.decimals})"


def _factor(tie: Tie, value: Fraction) -> Fraction | None:
    """What units need between the cells and the figure (thousands over units, cents, percent): a power of ten that
    the check itself found. None where it found something else."""
    if not value:
        return None
    factor = tie.computed / value
    top, below = factor.numerator, factor.denominator
    return factor if min(top, below) == 1 and str(max(top, below)).strip("0") == "1" else None


def rounded(value: Fraction, decimals: int) -> Fraction:
    """As a spreadsheet rounds: half a unit of the last digit goes away from zero."""
    shift = Fraction(10) ** decimals
    whole = int(abs(value) * shift + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole) / shift


Form = tuple[str, Fraction] | None


def _ratio(operands: Sequence[Operand], cells: Cells, home: str) -> Form:
    above, below = ([each for each in operands if each.role == role] for role in (NUMERATOR, DENOMINATOR))
    return _over((above, below), cells, home)


def _over(parts: tuple[Sequence[Operand], Sequence[Operand]], cells: Cells, home: str) -> Form:
    sums = [sum(((each.weight or Fraction(1)) * _value(each.fact) for each in part), Fraction(0)) for part in parts]
    if not sums[1] or any(
        finite_places((each.weight or Fraction(1)).denominator) is None for part in parts for each in part
    ):
        return None
    above, below = (_bracketed(_written_out(part, cells, home), len(part)) for part in parts)
    return f"{above}/{below}", sums[0] / sums[1]


def _bracketed(text: str, parts: int) -> str:
    return f"({text})" if parts > 1 or text.startswith("-") else text


def _product(operands: Sequence[Operand], cells: Cells, home: str) -> Form:
    value = Fraction(1)
    for operand in operands:
        value *= _value(operand.fact)
    return "*".join(_name(operand.fact, cells, home) for operand in operands), value


def _average(operands: Sequence[Operand], cells: Cells, home: str) -> Form:
    """Rates and weights in pairs."""
    pairs = list(zip(operands[::2], operands[1::2], strict=True)) if len(operands) % 2 == 0 else []
    below = sum((_value(weight.fact) for _, weight in pairs), Fraction(0))
    if not below:
        return None
    above = sum((_value(rate.fact) * _value(weight.fact) for rate, weight in pairs), Fraction(0))
    products = "+".join(f"{_name(rate.fact, cells, home)}*{_name(weight.fact, cells, home)}" for rate, weight in pairs)
    weights = "+".join(_name(weight.fact, cells, home) for _, weight in pairs)
    return f"({products})/({weights})", above / below


def _growth(operands: Sequence[Operand], cells: Cells, home: str) -> Form:
    new, old = (next((each.fact for each in operands if each.role == role), None) for role in (NEW, OLD))
    if new is None or old is None or not _value(old):
        return None
    name = _name(old, cells, home)
    return f"({_name(new, cells, home)}-{name})/{name}", (_value(new) - _value(old)) / _value(old)


_FORMS = {"ratio": _ratio, "product": _product, "weighted-average": _average, "growth": _growth}
