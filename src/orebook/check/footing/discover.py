"""Finds which rows of a lane add up to which.

Rows are taken from top to bottom; those that no total has taken up yet stand open. A row that may be a total
is tested against every run of open rows that ends just above it, in all columns at once: added up, the first
less the others, signed by the labels, and (for few rows) with free signs. What it takes up is closed, and the
total itself stands open: so nested subtotals, running results and unlabelled subtotals need no rules of
their own. Time grows with rows times `REACH`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import product

from orebook.check.context import Sheet
from orebook.check.footing.evidence import ALONE, ERROR, NEEDED, NEEDED_OF_RATES, SLIP, support
from orebook.check.footing.matrix import Lane, Vector
from orebook.check.footing.mistyped import is_mistyped
from orebook.check.footing.structure import (
    SAME_SECTION,
    belief_in_start,
    belief_in_target,
    follows_total,
    gathers_totals,
    is_called_so,
    is_left_after,
    is_total,
    opens_section,
    rolls,
    same_section,
    under_rules,
)
from orebook.check.footing.words import begins, deducts, has
from orebook.model.named import NamedTuple

REACH = 60  # open rows that a total may reach back over
FREE = 6  # parts whose signs are tried freely
SIGNS = {length: tuple(product((1, -1), repeat=length)) for length in range(2, FREE + 1)}
SIGNED = "cash-flows"  # in this statement every figure bears its sign: all are added
REST, WORDED = "first less the others", "signed by their labels"


class Relation(NamedTuple):
    """A target row and its signed parts; masks of the columns in which the sum holds, and in which it fails.

    `bits` is the evidence of the columns that hold, `belief` what structure says.
    """

    target: Vector
    parts: tuple[tuple[Vector, int], ...]
    holding: int
    failing: int
    bits: int
    belief: int
    score: int


class Search:
    """The rows of a lane that no total has taken up yet, and where what they cover begins on the sheet."""

    def __init__(self, sheet: Sheet, rules: AbstractSet[int], known: frozenset[Name] = frozenset()) -> None:
        self.sheet = sheet
        self.known = known
        self.rules = rules
        self.open: list[Vector] = []
        self.starts: dict[int, int] = {}

    def start(self, vector: Vector) -> int:
        """The line at which the row, or the first row that it adds up, stands."""
        return self.starts.get(vector.at, vector.at)

    def belief(self, target: Vector) -> int:
        """How much the row looks like a total."""
        return belief_in_target(target.row, under_rule=target.row.line in self.rules, ruled=bool(self.rules))

    def take(self, relation: Relation) -> None:
        """Close the rows that a relation adds up."""
        taken = {part.at for part, _ in relation.parts}
        self.starts[relation.target.at] = min(self.start(part) for part, _ in relation.parts)
        self.open = [row for row in self.open if row.at not in taken]


def discover(sheet: Sheet, lane: Lane, lines: Sequence[str] = ()) -> list[Relation]:
    """All relations between the rows of a lane, each target with its best one (and a second independent one).

    `lines` are those of the document: rules are looked for in them.
    Where a label under a heading is a total in one block and not borne out in another, the lane is searched
    again with that name known. Total assets close their side of a balance sheet: nothing below adds them up.
    """
    rules = under_rules(sheet, lines)
    found = _discover(Search(sheet, rules), lane)
    totals = {relation.target.at for relation in found}
    known = frozenset(name(relation.target) for relation in found if relation.holding and relation.target.row.label)
    if any(name(vector) in known and vector.row.line in rules and vector.at not in totals for vector in lane.vectors):
        return _discover(Search(sheet, rules, known), lane)
    return found


def _discover(search: Search, lane: Lane) -> list[Relation]:
    found: list[Relation] = []
    rates = "/" in lane.unit
    for vector in lane.vectors:
        best = best_relation(search, vector)
        needed = NEEDED_OF_RATES if rates and not (best is not None and is_bridge(best)) else NEEDED
        if best is None or best.score < needed:
            best = expected_relation(search, vector)
        if best is not None:
            found.append(best)
            search.take(best)
            again = best_relation(search, vector, plainly=True)
            if again is not None and again.score >= needed and not again.failing:
                found.append(again)
        if not begins("left_side", vector.row.label):
            search.open.append(vector)
    return found


def best_relation(search: Search, target: Vector, *, plainly: bool = False) -> Relation | None:
    """The relation that evidence and structure favour; None where none has enough.

    `plainly` leaves out free signs and runs with a row left out.
    """
    if target.empty or len(search.open) < 2:
        return None
    belief = search.belief(target)
    signed = search.sheet.table.kind == SIGNED
    made = [_weigh(search, target, fit, belief) for fit in _fits(target, search.open, 0 if signed else belief)]
    best = max(made, key=_score, default=None)
    if (best is None or best.failing) and belief and not plainly and not signed:
        odd = (*_free_fits(target, search.open), *_amended_fits(target, search.open))
        made.extend(one for fit in odd if (one := _weigh(search, target, fit, belief)).bits - fit[2] >= ALONE)
        best = max(made, key=_score, default=None)
    return best if best is not None and best.score >= NEEDED else None


def expected_relation(search: Search, target: Vector) -> Relation | None:
    """The relation that layout alone demands of a total under a rule, though the figures do not bear it out.

    Where a table prints no rules at all, the word alone marks a total. Under a rule a row is a total too that is
    called as its section is, or that closes a roll-forward.
    """
    known = name(target) in search.known
    ruled = target.row.line in search.rules
    if target.empty or not (ruled or known or not search.rules):
        return None
    for length in range(1, min(len(search.open), REACH) + 1):
        parts = search.open[-length:]
        if ruled and is_left_after(parts, target):
            return _weigh(search, target, (_signed_parts(parts, REST), 0, 0), search.belief(target))
        if _opens(search, parts, target, known=known, ruled=ruled):
            fit = (_signed_parts(parts), 0, 0)
            return None if is_average(target, parts) else _weigh(search, target, fit, search.belief(target))
    return None


def _opens(search: Search, parts: Sequence[Vector], target: Vector, *, known: bool, ruled: bool) -> bool:
    """Whether layout says that what the target adds up begins with the first of the parts."""
    sheet, start = search.sheet, search.start(parts[0])
    total = known or is_total(target.line)
    if total and opens_section(sheet, start, target, known=known):
        return True
    if not ruled:
        return gathers_totals(sheet, parts, target)
    if total:
        return follows_total(sheet, start, parts, target) and is_near(target, parts)
    called = is_called_so(sheet, start, target.row) or rolls(parts[0].row, target.row)
    return called or gathers_totals(sheet, parts, target)


def is_bridge(relation: Relation) -> bool:
    """Whether earnings per share lead from one line so called to another: such rates do add up."""
    first, last = relation.parts[0][0].row, relation.target.row
    return has("per_share", first.label) and has("per_share", last.label)


def is_near(target: Vector, parts: Sequence[Vector]) -> bool:
    """Whether several parts make so much of the total in every column that no more than one row can be missing."""
    if len(parts) < 2:
        return False
    sums = (sum(part.values[place] or 0 for part in parts) for place in range(len(target.values)))
    return all(abs(value - made) <= abs(made) for value, made in zip(target.values, sums, strict=True) if value)


Name = tuple[str, tuple[str, ...]]


def name(vector: Vector) -> Name:
    """What a row is called in any block: its label and headings."""
    return vector.row.label, vector.row.heading


def is_average(target: Vector, parts: Sequence[Vector]) -> bool:
    """Whether the target lies between its parts in every column, as averages of positive figures do and sums do not."""
    if len(parts) < 2:
        return False
    for place, value in enumerate(target.values):
        figures = [part.values[place] or 0 for part in parts]
        if value and not 0 <= min(figures) < value < max(figures):
            return False
    return True


def _score(relation: Relation) -> int:
    return relation.score


Fit = tuple[tuple[tuple[Vector, int], ...], int, int]


def _fits(target: Vector, open_rows: Sequence[Vector], belief: int) -> Iterator[Fit]:
    """Runs of open rows, with signs, that give the target in some column: parts, mask of columns, cost in bits.

    A difference is believed only of a row that looks like a result: the last part of a whole is a
    difference too, but nobody prints it as one.
    """
    turned = open_rows[-REACH:][::-1]
    cost = len(turned).bit_length()
    columns = [*_columns(target, turned)]
    for length, mask in _added(columns).items():
        yield tuple((part, 1) for part in turned[:length][::-1]), mask, cost
    if not belief:
        return
    signs = [-1 if deducts(vector.row.label) else 1 for vector in turned]
    for mode, extra, masks in zip((REST, WORDED), (2, 1), _signed(columns, signs), strict=True):
        for length, mask in masks.items():
            parts = turned[:length][::-1]
            yield tuple(zip(parts, _signs(mode, signs[:length][::-1]), strict=True)), mask, cost + extra


def _signed_parts(parts: Sequence[Vector], mode: str = "") -> tuple[tuple[Vector, int], ...]:
    """The parts all added, or the first less the others."""
    return tuple((part, -1 if at and mode == REST else 1) for at, part in enumerate(parts))


def _signs(mode: str, worded: Sequence[int]) -> list[int]:
    return [1] + ([-1] * (len(worded) - 1) if mode == REST else list(worded[1:]))


Columns = Iterable[tuple[int, int, int, tuple[int | None, ...], tuple[int, ...]]]


def _columns(target: Vector, turned: Sequence[Vector]) -> Columns:
    """Each column in which the target prints a figure: its bit, that figure and its slack, the figures above it and
    their slacks."""
    values, slacks = zip(*(row.values for row in turned), strict=True), zip(*(row.slack for row in turned), strict=True)
    for place, above in enumerate(zip(target.values, target.slack, values, slacks, strict=True)):
        if above[0]:
            yield 1 << place, above[0], *above[1:]


def _added(columns: Columns) -> dict[int, int]:
    """The number of rows reached back -> the columns in which they add up to the target."""
    masks: dict[int, int] = {}
    for bit, wanted, slack, values, slacks in columns:
        gap, allowed = (values[0] or 0) - wanted, slack + slacks[0]
        for at in range(1, len(values)):
            gap += values[at] or 0
            allowed += slacks[at]
            if -allowed <= gap <= allowed:
                masks[at + 1] = masks.get(at + 1, 0) | bit
    return masks


def _signed(columns: Columns, signs: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """The same for the others taken from the first, and for all signed by their labels.

    What is taken away from a negative figure is printed negative: the others are taken from the first only where it
    is positive.
    """
    rest: dict[int, int] = {}
    worded: dict[int, int] = {}
    for bit, wanted, slack, values, slacks in columns:
        below, signed, allowed = 0, 0, slack
        for length, (printed, more, sign) in enumerate(zip(values, slacks, signs, strict=True), 1):
            value = printed or 0
            allowed += more
            off = value - wanted
            if length > 1:
                if value >= 0 and -allowed <= off - below <= allowed:
                    rest[length] = rest.get(length, 0) | bit
                if signed not in (below, -below) and -allowed <= off + signed <= allowed:
                    worded[length] = worded.get(length, 0) | bit
            below += value
            signed += value * sign
    return rest, worded


def _free_fits(target: Vector, open_rows: Sequence[Vector]) -> Iterator[Fit]:
    """Short runs of open rows with any signs, the first (or, of two, the second) added.

    The sums under all signs stand in the order of `SIGNS`, and those of a longer run are made of the shorter one's.
    """
    live = [place for place, value in enumerate(target.values) if value]
    cost = len(open_rows[-REACH:]).bit_length()
    sums = {at: [-(target.values[at] or 0)] for at in live}
    slack = {at: target.slack[at] for at in live}
    for length, vector in enumerate(reversed(open_rows[-FREE:]), 1):
        masks: dict[int, int] = {}
        for at in live:
            value, shorter = vector.values[at] or 0, sums[at]
            sums[at] = [value + made for made in shorter] + [made - value for made in shorter]
            slack[at] = allowed = slack[at] + vector.slack[at]
            if length > 1:
                for signs in [signs for signs, gap in enumerate(sums[at]) if -allowed <= gap <= allowed]:
                    masks[signs] = masks.get(signs, 0) | 1 << at
        parts = open_rows[-length:]
        for signs in sorted(masks):
            yield tuple(zip(parts, SIGNS[length][signs], strict=True)), masks[signs], cost + length + 2


def _amended_fits(target: Vector, open_rows: Sequence[Vector]) -> Iterator[Fit]:
    """Runs of open rows of which one is left out or taken away, where that explains every column."""
    reach = open_rows[-REACH:]
    live = [place for place, value in enumerate(target.values) if value]
    full = sum(1 << place for place in live)
    cost = 2 * len(reach).bit_length() + 2
    turned = reach[::-1]
    first = [vector.values[live[0]] or 0 for vector in turned]
    gap, slack = -(target.values[live[0]] or 0), target.slack[live[0]]
    for length, vector in enumerate(turned, 1):
        gap, slack = gap + first[length - 1], slack + vector.slack[live[0]]
        if length < 3:
            continue
        for odd, value in enumerate(first[:length]):
            for sign in (0, -1):
                if -slack <= gap - value + sign * value <= slack:
                    signed = [(part, sign if at == odd else 1) for at, part in enumerate(turned[:length])]
                    parts = tuple((part, sign) for part, sign in reversed(signed) if sign)
                    if all(_holds_at(target, parts, place) for place in live[1:]):
                        yield parts, full, cost


def _weigh(search: Search, target: Vector, fit: Fit, belief: int) -> Relation:
    """The relation with its evidence, belief and score."""
    parts, mask, cost = fit
    operands = [vector for vector, _ in parts]
    failing = sum(
        1 << place
        for place, value in enumerate(target.values)
        if value is not None and not mask >> place & 1 and not _holds_at(target, parts, place)
    )
    bits = support(target, operands, mask)
    belief += belief_in_start(search.sheet, search.start(operands[0]), target) + (
        SAME_SECTION if same_section(operands) else 0
    )
    score = bits + belief - cost - ERROR * failing.bit_count()
    near = NEEDED - SLIP <= score < NEEDED and failing.bit_count() == 1 and bits
    if near and is_mistyped(target, parts, failing.bit_length() - 1):
        score = NEEDED  # enough, but no more than a relation that needs no slip
    return Relation(target, parts, mask, failing, bits, belief, score)


def adding(target: Vector, parts: tuple[tuple[Vector, int], ...]) -> Relation:
    """The relation of a row to parts that other columns tell."""
    holding = failing = 0
    for place, value in enumerate(target.values):
        holds = _holds_at(target, parts, place)
        holding |= bool(value and holds) << place
        failing |= (value is not None and not holds) << place
    return Relation(target, parts, holding, failing, 0, 0, 0)


def _holds_at(target: Vector, parts: Iterable[tuple[Vector, int]], place: int) -> bool:
    """Whether the sum holds in a column whose target is zero (those are not in the masks)."""
    gap, allowed = -(target.values[place] or 0), target.slack[place]
    for vector, sign in parts:
        gap += sign * (vector.values[place] or 0)
        allowed += vector.slack[place]
    return -allowed <= gap <= allowed
