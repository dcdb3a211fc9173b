"""What a solved graph could not say: missing leaves, cycles, undefined ratios, and conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from orebook.close.bounds import solved
from orebook.close.graph import GIVEN, Graph, Relation, equation_text, forward_value
from orebook.close.quantity import Conflict, Missing, Quantity, Source
from orebook.close.trace import leaves_of
from orebook.model.interval import Interval


def conflicts(
    graph: Graph, among: Iterable[int] | None = None, within: Mapping[int, Interval] | None = None
) -> tuple[Conflict, ...]:
    """The relations (all, or those `among` them) whose known parts disagree, with the leaves on both sides.

    Figures are exact, unless `within` gives the intervals that rounded ones stand for.
    """
    found = []
    for index in range(len(graph.relations)) if among is None else among:
        relation = graph.relations[index]
        stated = graph.values[relation.target]
        if graph.derives[index] >= 0 or stated is None:
            continue
        derived = forward_value(graph.values, relation)
        if derived is not None and derived != stated and not _within(relation, within):
            sources = _sources(graph, relation.nodes)
            found.append(
                Conflict(graph.keys[relation.target], stated, derived, equation_text(graph, relation), sources)
            )
    return tuple(found)


def _within(relation: Relation, within: Mapping[int, Interval] | None) -> bool:
    """Whether rounding explains a difference."""
    if within is None or any(node not in within for node in relation.nodes):
        return False
    made = solved(relation, relation.target, within)
    return made is None or made.meets(within[relation.target])


def _sources(graph: Graph, nodes: Iterable[int]) -> tuple[Source, ...]:
    made: dict[Source, None] = {}
    for node in nodes:
        for leaf in leaves_of(graph, node):
            made[graph.sources[leaf]] = None
    return tuple(made)


def missing(graph: Graph) -> tuple[Missing, ...]:
    """The quantities that no equation defines and nobody gave, each with all that it blocks."""
    targets = {relation.target for relation in graph.relations}
    made = []
    for node, value in enumerate(graph.values):
        if value is None and node not in targets:
            blocked = sorted(_blocked_by(graph, [node]) - {node})
            made.append(Missing(graph.keys[node], tuple(graph.keys[other] for other in blocked)))
    return tuple(made)


def undefined(graph: Graph) -> tuple[Quantity, ...]:
    """The ratios whose divisor is zero."""
    return tuple(graph.keys[node] for node in sorted(graph.undefined) if graph.values[node] is None)


def cycles(graph: Graph) -> tuple[tuple[Quantity, ...], ...]:
    """Groups of quantities that are defined by each other and by nothing that is given."""
    targets = {relation.target for relation in graph.relations}
    unknown = [node for node, value in enumerate(graph.values) if value is None]
    explained = _blocked_by(graph, [node for node in unknown if node not in targets or node in graph.undefined])
    left = [node for node in unknown if node not in explained]
    members = set(left)
    needs = {node: _needs(graph, node, members) for node in left}
    return tuple(tuple(graph.keys[node] for node in group) for group in _loops(left, needs))


def _needs(graph: Graph, node: int, members: set[int]) -> set[int]:
    """The unknown nodes from which `node` would be derived."""
    made: set[int] = set()
    for index in graph.uses[node]:
        relation = graph.relations[index]
        if relation.target == node:
            made |= {other for other, _ in relation.terms} & members
    return made


def _loops(nodes: list[int], needs: dict[int, set[int]]) -> list[list[int]]:
    """The nodes of each loop: those that reach each other."""
    reach = {node: _reached(node, needs) for node in nodes}
    seen: set[int] = set()
    groups = []
    for node in nodes:
        if node not in seen and node in reach[node]:
            group = [other for other in nodes if other in reach[node] and node in reach[other]]
            seen.update(group)
            groups.append(group)
    return groups


def _reached(start: int, needs: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    stack = list(needs[start])
    while stack:
        node = stack.pop()
        if node not in found:
            found.add(node)
            stack.extend(needs[node])
    return found


def _blocked_by(graph: Graph, start: list[int]) -> set[int]:
    """All unknown nodes whose derivation waits for one of `start`, themselves included."""
    found = set(start)
    stack = list(start)
    while stack:
        for index in graph.uses[stack.pop()]:
            target = graph.relations[index].target
            if graph.values[target] is None and target not in found:
                found.add(target)
                stack.append(target)
    return found


def dependants(graph: Graph, node: int) -> set[int]:
    """All nodes whose value was derived from `node`."""
    found: set[int] = set()
    stack = [node]
    while stack:
        for index in graph.uses[stack.pop()]:
            derived = graph.derives[index]
            if derived >= 0 and derived not in found and derived != node and _feeds(graph, index, derived):
                found.add(derived)
                stack.append(derived)
    return found


def _feeds(graph: Graph, index: int, derived: int) -> bool:
    return graph.origins[derived] == index and graph.origins[derived] != GIVEN
