"""Learning a report's structure from a book and the equations that a check found in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from orebook.close.frame import DURATIONS, Frame, Slot
from orebook.measures.formula import PRODUCT, SUM, Formula
from orebook.model.book import Book
from orebook.model.equation import (
    DENOMINATOR,
    DIFFERENCE,
    GROWTH,
    IDENTITY,
    NEW,
    NUMERATOR,
    OLD,
    RATIO,
    REQUIRED,
    ROLLFORWARD,
    WEIGHTED_AVERAGE,
    Equation,
)
from orebook.model.equation import (
    PRODUCT as PRODUCTS,
)
from orebook.model.equation import (
    SUM as SUMS,
)
from orebook.model.fact import Fact
from orebook.model.interval import of_fact
from orebook.model.named import NamedTuple

RowKey = tuple[int, int]
Node = tuple[RowKey, str]
_RANK = {
    kind: at
    for at, kind in enumerate((SUMS, DIFFERENCE, ROLLFORWARD, IDENTITY, RATIO, WEIGHTED_AVERAGE, PRODUCTS, GROWTH))
}
ONE = Fraction(1)


class Definition(NamedTuple):
    """How a row follows from others in the slots of one kind: `name` is the row's, or that of a step to it."""

    name: str
    kind: str
    formula: Formula


class Structure(NamedTuple):
    """What was learned: every row's figures by slot, definitions, and what could not be learned, in words."""

    frame: Frame
    rows: dict[RowKey, dict[Slot, Fact]]
    definitions: tuple[Definition, ...]
    leaves: tuple[Node, ...]
    unlearned: tuple[str, ...]


class _Operand(NamedTuple):
    node: Node
    weight: Fraction
    role: str


class _Pattern(NamedTuple):
    kind: str
    target: Node
    operands: tuple[_Operand, ...]
    factor: Fraction


def row_name(key: RowKey) -> str:
    """The name of a row in the books: `t01r05`."""
    return f"t{key[0]:02}r{key[1]:02}"


def learn(book: Book, equations: Sequence[Equation], frame: Frame) -> Structure:
    """The structure of a report in the given frame.

    Rows that are copies of each other share one source, the one printed with the most digits. Every other row
    that required equations give has one definition: sums before ratios, more operands before fewer, and none
    that would define a figure by itself.
    """
    rows, unlearned = _rows(book, frame)
    slots = {fact: slot for by_slot in rows.values() for slot, fact in by_slot.items()}
    required = [equation for equation in equations if equation.grade == REQUIRED]
    copies = _Copies(rows, _copy_pairs(required, slots))
    patterns, strange = _patterns(required, slots, copies)
    chosen = _choose(patterns)
    definitions: list[Definition] = []
    for pattern in chosen:
        definitions += _definitions(pattern)
    given: list[Node] = []
    for key, by_slot in rows.items():
        for kind in dict.fromkeys(slot.kind for slot in by_slot):
            source = copies.source(key, kind)
            if source != key:
                definitions.append(_copy(key, source, kind))
            elif (key, kind) not in {pattern.target for pattern in chosen}:
                given.append((key, kind))
    return Structure(frame, rows, tuple(definitions), tuple(given), (*unlearned, *strange))


def _rows(book: Book, frame: Frame) -> tuple[dict[RowKey, dict[Slot, Fact]], list[str]]:
    rows: dict[RowKey, dict[Slot, Fact]] = defaultdict(dict)
    unlearned = []
    for fact in book.facts:
        slot = frame.slot(fact)
        if slot is None:
            when = "no period" if fact.period is None else f"a period that ends {fact.period.end}"
            unlearned.append(
                f"line {fact.spot.line}: {fact.label or 'an unlabelled figure'} {fact.text.strip()}: {when}"
            )
            continue
        rows[fact.table.number, fact.row.number].setdefault(slot, fact)
    return dict(rows), unlearned


def _is_copy(equation: Equation) -> bool:
    return equation.kind == IDENTITY and equation.factor == 1 and {op.weight for op in equation.operands} <= {ONE, None}


def _is_chance(equation: Equation) -> bool:
    """A cost per ounce is a quotient: where a few of its digits happen to be the sum of others, nothing follows."""
    rate = "/" in equation.target.unit and not equation.target.unit.endswith("/share")
    return rate and equation.kind in {SUMS, DIFFERENCE}


def _copy_pairs(equations: Iterable[Equation], slots: dict[Fact, Slot]) -> Counter[tuple[RowKey, RowKey]]:
    """How many columns state two rows to be the same."""
    pairs: Counter[tuple[RowKey, RowKey]] = Counter()
    for equation in equations:
        slot = slots.get(equation.target)
        if slot is not None and _is_copy(equation):
            for operand in equation.operands:
                if slots.get(operand.fact) == slot:
                    pairs[_key(equation.target), _key(operand.fact)] += 1
    return pairs


def _key(fact: Fact) -> RowKey:
    return fact.table.number, fact.row.number


class _Copies:
    """Rows that are the same figure, and which of them the others are copied from, for each kind of slot."""

    def __init__(self, rows: dict[RowKey, dict[Slot, Fact]], pairs: Counter[tuple[RowKey, RowKey]]) -> None:
        self.rows = rows
        self.group: dict[RowKey, list[RowKey]] = {key: [key] for key in rows}
        for (first, second), count in pairs.items():
            shared = len(rows[first].keys() & rows[second].keys())
            if 2 * count >= shared and self.group[first] is not self.group[second]:
                merged = self.group[first] + self.group[second]
                for key in merged:
                    self.group[key] = merged
        self._sources: dict[Node, RowKey] = {}

    def is_cash(self, key: RowKey) -> bool:
        """Whether a row is the cash that a statement of cash flows ends with."""
        return any(fact.table.kind == "cash-flows" for row in self.group[key] for fact in self.rows[row].values())

    def source(self, key: RowKey, kind: str) -> RowKey:
        """The row of the group that is printed finest in slots of this kind, the first of them."""
        made = self._sources.get((key, kind))
        if made is None:
            having = [row for row in self.group[key] if any(slot.kind == kind for slot in self.rows[row])]
            made = min(having or [key], key=lambda row: (self._width(row, kind), row))
            self._sources[key, kind] = made
        return made

    def _width(self, row: RowKey, kind: str) -> Fraction:
        return max((of_fact(fact).width for slot, fact in self.rows[row].items() if slot.kind == kind), default=ONE)


def _patterns(
    equations: Iterable[Equation], slots: dict[Fact, Slot], copies: _Copies
) -> tuple[Counter[_Pattern], list[str]]:
    """The equations as relations between rows, with the number of columns that show each."""
    found: Counter[_Pattern] = Counter()
    strange = []
    for equation in equations:
        if _is_copy(equation) or _is_chance(equation):
            continue
        slot = slots.get(equation.target)
        others = [slots.get(operand.fact) for operand in equation.operands]
        if slot is None or any(other is None or other.back != slot.back for other in others):
            strange.append(f"line {equation.target.spot.line}: {equation.formula or equation.name}: over other periods")
            continue
        kinds = {slot.kind, *(other.kind for other in others if other is not None)}
        mixed = bool(kinds & DURATIONS) and not kinds <= DURATIONS
        if mixed and not (slot.kind not in DURATIONS and copies.is_cash(_key(equation.target))):
            strange.append(
                f"line {equation.target.spot.line}: {equation.target.label} agrees with a movement of the balance"
                " sheet; a balance may move by more than cash, so the line is left to fill"
            )
            continue
        operands = tuple(
            _Operand(
                (copies.source(_key(operand.fact), other.kind), other.kind),
                ONE if operand.weight is None else operand.weight,
                operand.role,
            )
            for operand, other in zip(equation.operands, others, strict=True)
            if other is not None
        )
        target = copies.source(_key(equation.target), slot.kind), slot.kind
        found[_Pattern(equation.kind, target, operands, equation.factor)] += 1
    return found, strange


def _choose(patterns: Counter[_Pattern]) -> list[_Pattern]:
    """One pattern a target, none of which leads back to its own target."""
    order = sorted(patterns.items(), key=lambda item: (_RANK[item[0].kind], -len(item[0].operands), -item[1]))
    needs: dict[Node, set[Node]] = {}
    chosen = []
    for pattern, _ in order:
        operands = {operand.node for operand in pattern.operands}
        if pattern.target not in needs and not _reaches(operands, pattern.target, needs):
            needs[pattern.target] = operands
            chosen.append(pattern)
    return chosen


def _reaches(start: set[Node], goal: Node, needs: dict[Node, set[Node]]) -> bool:
    seen: set[Node] = set()
    stack = list(start)
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            stack.extend(needs.get(node, ()))
    return False


def _reference(node: Node, kind: str) -> str:
    """A row in the same slot by its name, in another slot with the slot's kind."""
    return row_name(node[0]) if node[1] == kind else f"{row_name(node[0])}@{node[1]}"


def _copy(key: RowKey, source: RowKey, kind: str) -> Definition:
    return Definition(row_name(key), kind, Formula(SUM, ((row_name(source), ONE),)))


def _definitions(pattern: _Pattern) -> list[Definition]:
    """A pattern as formulas: sums as they are, quotients and averages with a named step for each sum."""
    row, kind = pattern.target
    name = row_name(row)
    terms = [(_reference(operand.node, kind), operand.weight, operand.role) for operand in pattern.operands]
    if pattern.kind in {SUMS, DIFFERENCE, ROLLFORWARD, IDENTITY}:
        return [Definition(name, kind, _sum((ref, weight * pattern.factor) for ref, weight, _ in terms))]
    if pattern.kind == PRODUCTS:
        powers = tuple((ref, ONE) for ref, _, _ in terms)
        return [Definition(name, kind, Formula(PRODUCT, powers, pattern.factor))]
    above, below = f"{name}.above", f"{name}.below"
    steps = _parts(pattern.kind, name, kind, terms)
    quotient = Formula(PRODUCT, ((above, ONE), (below, -ONE)), pattern.factor)
    return [*steps, Definition(name, kind, quotient)]


def _parts(pattern: str, name: str, kind: str, terms: list[tuple[str, Fraction, str]]) -> list[Definition]:
    """The steps `above` and `below` the line of a quotient."""
    above, below = f"{name}.above", f"{name}.below"
    if pattern == RATIO:
        sides = ((above, NUMERATOR), (below, DENOMINATOR))
        return [
            Definition(step, kind, _sum((ref, weight) for ref, weight, role in terms if role == side))
            for step, side in sides
        ]
    if pattern == GROWTH:
        new, old = (next(ref for ref, _, role in terms if role == side) for side in (NEW, OLD))
        return [Definition(above, kind, _sum([(new, ONE), (old, -ONE)])), Definition(below, kind, _sum([(old, ONE)]))]
    made = []
    for at in range(0, len(terms), 2):
        step = f"{name}.part{at // 2 + 1}"
        made.append(Definition(step, kind, Formula(PRODUCT, ((terms[at][0], ONE), (terms[at + 1][0], ONE)))))
    made.append(Definition(above, kind, _sum((part.name, ONE) for part in made)))
    made.append(Definition(below, kind, _sum((ref, ONE) for ref, _, _ in terms[1::2])))
    return made


def _sum(terms: Iterable[tuple[str, Fraction]]) -> Formula:
    return Formula(SUM, tuple(terms))
