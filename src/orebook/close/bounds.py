"""How far a derived figure can be off because its leaves are printed, rounded figures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from orebook.close.graph import GIVEN, Graph, Relation
from orebook.measures.formula import LARGEST, PRODUCT, SUM
from orebook.model.interval import Interval, exact


def bounds(graph: Graph, leaves: Mapping[int, Interval]) -> dict[int, Interval]:
    """The interval of every known node, given those of the leaves; a leaf that is not named is exact.

    A node derived by a ratio to something that may be zero has no bound and is left out, with what follows.
    """
    found: dict[int, Interval] = {}
    for node in sorted(range(len(graph.keys)), key=graph.ranks.__getitem__):
        value = graph.values[node]
        if value is None:
            continue
        if graph.origins[node] == GIVEN:
            found[node] = leaves.get(node, exact(value))
            continue
        relation = graph.relations[graph.origins[node]]
        if any(other != node and other not in found for other in relation.nodes):
            continue
        made = solved(relation, node, found)
        if made is not None:
            found[node] = made
    return found


def solved(relation: Relation, node: int, found: Mapping[int, Interval]) -> Interval | None:
    """What a relation says of one of its nodes, all others having a bound."""
    rest = _others(relation, node, found)
    if node == relation.target or rest is None:
        return rest
    goal = found[relation.target]
    weight = dict(relation.terms)[node]
    if relation.kind == SUM:
        return goal.minus(rest).scaled(1 / weight)
    return goal.over(rest) if weight > 0 else rest.over(goal)


def _others(relation: Relation, node: int, found: Mapping[int, Interval]) -> Interval | None:
    terms = [(found[other], weight) for other, weight in relation.terms if other != node]
    if relation.kind == SUM:
        low = sum((part.scaled(weight).low for part, weight in terms), Fraction(0))
        high = sum((part.scaled(weight).high for part, weight in terms), Fraction(0))
        return Interval(low, high)
    if relation.kind == PRODUCT:
        return _product(relation.factor, terms)
    choose = max if relation.kind == LARGEST else min
    return Interval(choose(part.low for part, _ in terms), choose(part.high for part, _ in terms))


def _product(factor: Fraction, terms: list[tuple[Interval, Fraction]]) -> Interval | None:
    made: Interval | None = exact(factor)
    for part, power in terms:
        for _ in range(abs(int(power))):
            if made is None:
                return None
            made = made.times(part) if power > 0 else made.over(part)
    return made
