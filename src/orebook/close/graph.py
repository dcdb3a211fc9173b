"""The equation graph: quantities, what is given of them, and the equations between them.

An equation is a relation, not an assignment: it is solved for its target, or, where the target is known
and one operand is not, for that operand. Nothing is solved twice; a figure that is both given and
derivable is compared, and a difference is a conflict with its sources.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from fractions import Fraction
from heapq import heappop, heappush

from orebook.close.quantity import Quantity, Source, period_text
from orebook.measures.formula import LARGEST, PRODUCT, SUM, Formula
from orebook.measures.units import PURE, Unit, UnitError
from orebook.model.named import NamedTuple

GIVEN = -1
UNKNOWN = -2
ZERO = Fraction(0)


class Relation(NamedTuple):
    """An equation over nodes: `target` = `kind` of `terms` (weights of a sum, exponents of a product).

    `nodes` are the target and the operands. `note` says where the equation comes from; `orebook.close.trace` writes the equation itself out.
    """

    target: int
    kind: str
    terms: tuple[tuple[int, Fraction], ...]
    factor: Fraction
    note: str
    nodes: tuple[int, ...]


class Graph:
    """The quantities and relations of one close.

    State, by node number: `keys`, `units`, `values` (None: not known), `origins` (the relation that gave the
    value, `GIVEN`, or `UNKNOWN`), `sources` of the given ones. `ranks` orders the nodes by derivation.
    """

    def __init__(self) -> None:
        self.keys: list[Quantity] = []
        self.units: list[Unit] = []
        self.values: list[Fraction | None] = []
        self.origins: list[int] = []
        self.ranks: list[int] = []
        self.sources: dict[int, Source] = {}
        self.relations: list[Relation] = []
        self.uses: list[list[int]] = []
        self.derives: list[int] = []
        self.undefined: set[int] = set()
        self._numbers: dict[Quantity, int] = {}
        self._products: dict[tuple[Unit, tuple[tuple[Unit, Fraction], ...]], Unit] = {}

    def node(self, quantity: Quantity, unit: Unit) -> int:
        """The number of a quantity, which is new or already known in the same unit (else `UnitError`)."""
        number = self._numbers.get(quantity)
        if number is None:
            number = self._numbers[quantity] = len(self.keys)
            self.keys.append(quantity)
            self.units.append(unit)
            self.values.append(None)
            self.origins.append(UNKNOWN)
            self.ranks.append(0)
            self.uses.append([])
        elif self.units[number] != unit:
            raise UnitError(f"{quantity}: in {self.units[number]} and in {unit}")
        return number

    def find(self, quantity: Quantity) -> int | None:
        """The number of a quantity, None where nobody has named it."""
        return self._numbers.get(quantity)

    def give(self, quantity: Quantity, value: Fraction, unit: Unit, source: Source) -> int:
        """State a leaf. A quantity that is given twice keeps the first value: the caller reports the second."""
        number = self.node(quantity, unit)
        if self.origins[number] == UNKNOWN:
            self.values[number], self.origins[number], self.sources[number] = value, GIVEN, source
        return number

    def relate(self, target: Quantity, formula: Formula, operands: Iterable[Quantity], note: str = "") -> int:
        """Add `target` = `formula` over `operands` (one for each name of the formula, in order).

        All operands must be known to the graph; the unit of the target follows. Raises `UnitError` where
        the formula adds what cannot be added, `ValueError` where a quantity is defined by itself.
        """
        return self.relate_nodes(target, formula, [self._numbers[quantity] for quantity in operands], note)

    def relate_nodes(self, target: Quantity, formula: Formula, operands: Sequence[int], note: str = "") -> int:
        """`relate` for operands that are given by number."""
        terms = tuple(zip(operands, (weight for _, weight in formula.terms), strict=True))
        if len(set(operands)) < len(operands):
            merged: dict[int, Fraction] = {}
            for node, weight in terms:
                merged[node] = merged.get(node, ZERO) + weight
            terms = tuple(merged.items())
        number = self.node(target, self._unit(target, formula, terms))
        if number in operands:
            raise ValueError(f"{target} is defined by itself")
        nodes = (number, *(node for node, _ in terms))
        return self._add(Relation(number, formula.kind, terms, formula.factor, note, nodes))

    def _add(self, relation: Relation) -> int:
        index = len(self.relations)
        self.relations.append(relation)
        self.derives.append(UNKNOWN)
        for node in relation.nodes:
            self.uses[node].append(index)
        return index

    def _unit(self, target: Quantity, formula: Formula, terms: tuple[tuple[int, Fraction], ...]) -> Unit:
        if formula.kind == PRODUCT:
            factors = tuple((self.units[node], power) for node, power in terms)
            known = self._products.get((formula.unit, factors))
            if known is None:
                known = self._products[formula.unit, factors] = _product_of(formula.unit, factors)
            return known
        first = self.units[terms[0][0]] if terms else PURE
        if any(self.units[node] != first for node, _ in terms):
            named = ", ".join(f"{self.keys[node].name} in {self.units[node]}" for node, _ in terms)
            raise UnitError(f"{target} adds {named}: they cannot be added")
        return first


def _product_of(start: Unit, factors: Iterable[tuple[Unit, Fraction]]) -> Unit:
    made = start
    for unit, power in factors:
        made = made.times(unit, int(power))
    return made


def equation_text(graph: Graph, relation: Relation) -> str:
    """The equation in words: `target = a + b`, or, for a long sum of one kind of figure, what it is the sum of."""
    target = graph.keys[relation.target]
    note = f" ({relation.note})" if relation.note else ""
    if len(relation.terms) > 9 and relation.note:
        return f"{target.name}: {relation.note}"
    terms = tuple((_short(graph.keys[node], target), weight) for node, weight in relation.terms)
    return f"{target.name} = {Formula(relation.kind, terms, relation.factor)}{note}"


def _short(quantity: Quantity, target: Quantity) -> str:
    """The name of an operand, with the entity or the period where the target has another."""
    entity = f"@{quantity.entity or 'company'}" if quantity.entity != target.entity else ""
    period = f"[{period_text(quantity.period)}]" if quantity.period != target.period else ""
    return quantity.name + entity + period


def solve(graph: Graph) -> None:
    """Give a value to every quantity that what is given determines, forward before backward.

    Takes time in proportion to the size of the graph. What stays without a value is for
    `orebook.close.gaps` to explain.
    """
    known = [node for node, value in enumerate(graph.values) if value is not None]
    unknown = _unknown_parts(graph)
    forward: deque[int] = deque()
    backward: deque[int] = deque()

    def ready(index: int) -> None:
        target = graph.relations[index].target
        (forward if graph.values[target] is None else backward).append(index)

    for index, left in enumerate(unknown):
        if left == 1:
            ready(index)
    rank = max((*graph.ranks, len(known)))
    while forward or backward:
        index = forward.popleft() if forward else backward.popleft()
        node = _only_unknown(graph, index)
        if node is None:
            continue
        value = _value_of(graph, index, node)
        if value is None:
            if node == graph.relations[index].target:
                graph.undefined.add(node)
            continue
        rank += 1
        graph.values[node], graph.origins[node], graph.ranks[node] = value, index, rank
        graph.derives[index] = node
        for used in graph.uses[node]:
            unknown[used] -= 1
            if unknown[used] == 1:
                ready(used)


def _unknown_parts(graph: Graph) -> list[int]:
    """For each relation, how many of its nodes have no value."""
    counts = [0] * len(graph.relations)
    for node, value in enumerate(graph.values):
        if value is None:
            for index in graph.uses[node]:
                counts[index] += 1
    return counts


def _only_unknown(graph: Graph, index: int) -> int | None:
    found = [node for node in graph.relations[index].nodes if graph.values[node] is None]
    return found[0] if len(found) == 1 else None


def _value_of(graph: Graph, index: int, node: int) -> Fraction | None:
    """What relation `index` says of `node`, all its other nodes being known; None where it says nothing."""
    relation = graph.relations[index]
    if node == relation.target:
        return forward_value(graph.values, relation)
    if relation.kind == SUM:
        return _solve_sum(graph.values, relation, node)
    return _solve_product(graph.values, relation, node) if relation.kind == PRODUCT else None


def forward_value(values: list[Fraction | None], relation: Relation) -> Fraction | None:
    """The target of a relation whose operands are known; None for a ratio to zero or an unknown operand."""
    if relation.kind == SUM:
        return _weighted_sum(values, relation, UNKNOWN)
    if relation.kind == PRODUCT:
        return _powers(values, relation, UNKNOWN)
    found = [values[node] for node, _ in relation.terms]
    sure = [value for value in found if value is not None]
    if len(sure) < len(found):
        return None
    return max(sure) if relation.kind == LARGEST else min(sure)


def _weighted_sum(values: list[Fraction | None], relation: Relation, without: int) -> Fraction | None:
    """The sum over one common denominator, reduced once at the end."""
    above, below = 0, 1
    for node, weight in relation.terms:
        if node != without:
            value = values[node]
            if value is None:
                return None
            part, of = (value if weight == 1 else weight * value).as_integer_ratio()
            if of == below:
                above += part
            elif below % of == 0:
                above += part * (below // of)
            elif of % below == 0:
                above, below = above * (of // below) + part, of
            else:
                above, below = above * of + part * below, below * of
    return Fraction(above, below)


def _powers(values: list[Fraction | None], relation: Relation, without: int) -> Fraction | None:
    made = relation.factor
    for node, power in relation.terms:
        if node != without:
            value = values[node]
            if value is None or (power < 0 and not value):
                return None
            made = made * value if power == 1 else made / value if power == -1 else made * value ** int(power)
    return made


def _solve_sum(values: list[Fraction | None], relation: Relation, node: int) -> Fraction | None:
    target, rest = values[relation.target], _weighted_sum(values, relation, node)
    weight = dict(relation.terms)[node]
    return None if target is None or rest is None or not weight else (target - rest) / weight


def _solve_product(values: list[Fraction | None], relation: Relation, node: int) -> Fraction | None:
    """Only for a factor that occurs once: a root need not be exact."""
    target, rest = values[relation.target], _powers(values, relation, node)
    power = dict(relation.terms)[node]
    if target is None or not rest or abs(power) != 1:
        return None
    if power == 1:
        return target / rest
    return rest / target if target else None


def change(graph: Graph, leaves: dict[int, Fraction]) -> dict[int, tuple[Fraction | None, Fraction | None]]:
    """Set given quantities to new values and recompute what was derived from them, and nothing else.

    Returns the old and new value of every node that moved, the leaves included. The direction in which each
    relation was solved stays as it is; a ratio whose divisor becomes zero loses its value.
    """
    moved: dict[int, tuple[Fraction | None, Fraction | None]] = {}
    heap: list[tuple[int, int]] = []
    waiting: set[int] = set()

    def move(node: int, value: Fraction | None) -> None:
        old = graph.values[node]
        if old == value:
            return
        graph.values[node] = value
        moved[node] = old, value
        for index in graph.uses[node]:
            derived = graph.derives[index]
            if derived not in {UNKNOWN, node} and derived not in waiting:
                waiting.add(derived)
                heappush(heap, (graph.ranks[derived], derived))

    for node, value in leaves.items():
        if graph.origins[node] != GIVEN:
            raise ValueError(f"{graph.keys[node]} is derived: change what it is derived from")
        move(node, value)
    while heap:
        _, node = heappop(heap)
        waiting.discard(node)
        move(node, _value_of(graph, graph.origins[node], node))
    return moved | _revived(graph, moved)


def _revived(graph: Graph, moved: Iterable[int]) -> dict[int, tuple[Fraction | None, Fraction | None]]:
    """What a ratio that could not be formed, and all that waited for it, comes to once its divisor has moved."""
    divisors = {
        index for node in moved for index in graph.uses[node] if graph.relations[index].target in graph.undefined
    }
    if not any(forward_value(graph.values, graph.relations[index]) is not None for index in divisors):
        return {}
    waiting = [node for node, origin in enumerate(graph.origins) if origin == UNKNOWN]
    graph.undefined.clear()
    solve(graph)
    return {node: (None, graph.values[node]) for node in waiting if graph.values[node] is not None}
