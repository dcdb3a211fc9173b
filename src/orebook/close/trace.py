"""Where a derived figure comes from, step by step down to the leaves."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.graph import GIVEN, UNKNOWN, Graph, equation_text
from orebook.close.quantity import Quantity, Source
from orebook.model.named import NamedTuple


class Step(NamedTuple):
    """One figure of a trace.

    `rule` says how it was derived and is "" for a leaf, which has a `source`. `backward` is True where an
    equation was solved for an operand. `depth` counts the steps from the figure that was asked for; a figure
    that was shown before is `repeated` and not opened again.
    """

    depth: int
    quantity: Quantity
    value: Fraction
    unit: str
    rule: str = ""
    backward: bool = False
    source: Source | None = None
    repeated: bool = False


def trace(graph: Graph, quantity: Quantity) -> tuple[Step, ...]:
    """The steps that lead to `quantity`, itself first. Raises `KeyError` where it has no value."""
    start = graph.find(quantity)
    if start is None or graph.values[start] is None:
        raise KeyError(str(quantity))
    steps: list[Step] = []
    seen: set[int] = set()
    stack = [(0, start)]
    while stack:
        depth, node = stack.pop()
        repeated = node in seen and graph.origins[node] != GIVEN
        steps.append(_step(graph, node, depth, repeated))
        if not repeated:
            seen.add(node)
            stack.extend((depth + 1, parent) for parent in reversed(parents(graph, node)))
    return tuple(steps)


def _step(graph: Graph, node: int, depth: int, repeated: bool) -> Step:
    origin, value = graph.origins[node], graph.values[node]
    assert value is not None  # noqa: S101 - parents of a known node are known
    made = Step(depth, graph.keys[node], value, str(graph.units[node]), repeated=repeated)
    if origin == GIVEN:
        return made._replace(source=graph.sources[node])
    relation = graph.relations[origin]
    return made._replace(rule=equation_text(graph, relation), backward=relation.target != node)


def parents(graph: Graph, node: int) -> tuple[int, ...]:
    """The nodes that a node was derived from; none for a leaf."""
    origin = graph.origins[node]
    if origin in {GIVEN, UNKNOWN}:
        return ()
    return tuple(other for other in graph.relations[origin].nodes if other != node)


def leaves_of(graph: Graph, node: int) -> tuple[int, ...]:
    """The given nodes that a node rests on, in the order in which its trace meets them."""
    found: dict[int, None] = {}
    seen: set[int] = set()
    stack = [node]
    while stack:
        at = stack.pop()
        if at in seen:
            continue
        seen.add(at)
        if graph.origins[at] == GIVEN:
            found[at] = None
        stack.extend(reversed(parents(graph, at)))
    return tuple(found)
