"""Exact derivatives of everything in a solved graph, in the direction of a change of its leaves."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from heapq import heappop, heappush

from orebook.close.graph import UNKNOWN, Graph, Relation
from orebook.measures.formula import LARGEST, PRODUCT, SUM

ZERO, ONE = Fraction(0), Fraction(1)


def slopes(graph: Graph, leaves: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """How fast each node moves when each of `leaves` moves at the given speed; nodes that stay are left out.

    The chain rule over the relations in the order in which they were solved. At a kink (two equal operands
    of a largest or smallest) the slope is that of the first.
    """
    found: dict[int, Fraction] = {node: speed for node, speed in leaves.items() if speed}
    heap: list[tuple[int, int]] = []
    waiting: set[int] = set()

    def spread(node: int) -> None:
        for index in graph.uses[node]:
            derived = graph.derives[index]
            if derived not in {UNKNOWN, node} and derived not in waiting:
                waiting.add(derived)
                heappush(heap, (graph.ranks[derived], derived))

    for node in tuple(found):
        spread(node)
    while heap:
        _, node = heappop(heap)
        slope = _slope(graph, node, found)
        if slope:
            found[node] = slope
            spread(node)
    return found


def _slope(graph: Graph, node: int, speeds: Mapping[int, Fraction]) -> Fraction:
    relation = graph.relations[graph.origins[node]]
    if relation.kind == SUM:
        return _slope_of_sum(relation, node, speeds)
    if relation.kind == PRODUCT:
        return _slope_of_product(graph.values, relation, node, speeds)
    values = [(graph.values[operand] or ZERO, operand) for operand, _ in relation.terms]
    best = max(value for value, _ in values) if relation.kind == LARGEST else min(value for value, _ in values)
    return speeds.get(next(operand for value, operand in values if value == best), ZERO)


def _slope_of_sum(relation: Relation, node: int, speeds: Mapping[int, Fraction]) -> Fraction:
    made = sum((weight * speeds.get(other, ZERO) for other, weight in relation.terms if other != node), ZERO)
    if node == relation.target:
        return made
    return (speeds.get(relation.target, ZERO) - made) / dict(relation.terms)[node]


def _slope_of_product(
    values: list[Fraction | None], relation: Relation, node: int, speeds: Mapping[int, Fraction]
) -> Fraction:
    """The product rule; solved for an operand, the quotient rule."""
    others = [(other, int(power)) for other, power in relation.terms if other != node]
    product, moved = relation.factor, ZERO
    for other, power in others:
        value = values[other] or ZERO
        step = power * value ** (power - 1) * speeds.get(other, ZERO)
        moved = moved * value**power + product * step
        product *= value**power
    if node == relation.target:
        return moved
    goal, speed = values[relation.target] or ZERO, speeds.get(relation.target, ZERO)
    if dict(relation.terms)[node] > 0:
        return (speed * product - goal * moved) / product**2
    return (moved * goal - product * speed) / goal**2
