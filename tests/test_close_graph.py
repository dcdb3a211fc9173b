"""The equation graph: solving both ways, traces, gaps, conflicts, and change of what depends on a leaf only."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.close.gaps import conflicts, cycles, dependants, missing, undefined
from orebook.close.graph import Graph, change, solve
from orebook.close.quantity import Quantity, Source
from orebook.close.trace import leaves_of, trace
from orebook.measures import UnitError, parse
from orebook.measures.units import OUNCE, TON, USD, Unit
from orebook.model.period import Period

QUARTER = Period(date(2003, 9, 30), 3)


def quantity(name: str) -> Quantity:
    return Quantity(name, "mine", QUARTER)


def graph_of(equations: dict[str, str], leaves: dict[str, int], units: dict[str, Unit] | None = None) -> Graph:
    graph = Graph()
    units = units or {}
    for name, value in leaves.items():
        graph.give(quantity(name), Fraction(value), units.get(name, USD), Source("costs.csv", len(graph.keys) + 2))
    for target, text in equations.items():
        formula = parse(text)
        for name in formula.names:
            graph.node(quantity(name), units.get(name, USD))
        graph.relate(quantity(target), formula, [quantity(name) for name in formula.names], f"{target} = {text}")
    solve(graph)
    return graph


def value(graph: Graph, name: str) -> Fraction | None:
    node = graph.find(quantity(name))
    assert node is not None
    return graph.values[node]


@pytest.mark.parametrize(
    ("leaves", "solved", "expected"),
    [
        ({"a": 3, "b": 4}, "total", 7),
        ({"a": 3, "total": 7}, "b", 4),
        ({"b": 4, "total": 7}, "a", 3),
    ],
)
def test_a_sum_is_solved_for_what_is_missing(leaves: dict[str, int], solved: str, expected: int) -> None:
    assert value(graph_of({"total": "a + b"}, leaves), solved) == expected


def test_a_quarter_comes_from_the_year_to_date_and_back() -> None:
    equations = {"nine": "six + quarter"}
    assert value(graph_of(equations, {"nine": 100, "six": 60}), "quarter") == 40
    assert value(graph_of(equations, {"six": 60, "quarter": 40}), "nine") == 100


def test_a_ratio_is_solved_for_its_divisor() -> None:
    units = {"cost": USD, "ounces": OUNCE, "unit": USD.times(OUNCE, -1)}
    graph = graph_of({"unit": "cost / ounces"}, {"unit": 5, "cost": 100}, units)
    assert value(graph, "ounces") == 20


def test_trace_leads_to_the_leaves_with_their_rows() -> None:
    graph = graph_of({"cash": "site + freight", "total": "cash + royalty"}, {"site": 5, "freight": 2, "royalty": 1})
    steps = trace(graph, quantity("total"))
    assert [(step.depth, step.quantity.name) for step in steps] == [
        (0, "total"),
        (1, "cash"),
        (2, "site"),
        (2, "freight"),
        (1, "royalty"),
    ]
    assert [step.source.row for step in steps if step.source] == [2, 3, 4]


def test_what_is_missing_is_named_with_what_it_blocks() -> None:
    graph = graph_of({"cash": "site + freight", "unit": "cash + other"}, {"site": 5, "other": 1})
    (gap,) = missing(graph)
    assert gap.quantity.name == "freight"
    assert {blocked.name for blocked in gap.blocks} == {"cash", "unit"}


def test_two_sources_that_disagree_are_reported_with_both() -> None:
    graph = graph_of({"total": "a + b"}, {"a": 1, "b": 2, "total": 4})
    (conflict,) = conflicts(graph)
    assert (conflict.stated, conflict.derived) == (Fraction(4), Fraction(3))
    assert {source.row for source in conflict.sources} == {2, 3, 4}


def test_a_cycle_is_named() -> None:
    graph = graph_of({"a": "b + one", "b": "a + two"}, {"one": 1, "two": 2})
    (loop,) = cycles(graph)
    assert {member.name for member in loop} == {"a", "b"}
    assert not missing(graph)


def test_a_ratio_to_zero_is_undefined_and_not_filled() -> None:
    units = {"cost": USD, "ounces": OUNCE, "unit": USD.times(OUNCE, -1)}
    graph = graph_of({"unit": "cost / ounces"}, {"cost": 5, "ounces": 0}, units)
    assert [name.name for name in undefined(graph)] == ["unit"]


def test_ounces_do_not_add_to_tons() -> None:
    with pytest.raises(UnitError, match="added"):
        graph_of({"both": "gold + lead"}, {"gold": 1, "lead": 2}, {"gold": OUNCE, "lead": TON})


def test_nothing_is_defined_by_itself() -> None:
    with pytest.raises(ValueError, match="by itself"):
        graph_of({"a": "a + b"}, {"b": 1})


def test_a_derived_figure_cannot_be_changed() -> None:
    graph = graph_of({"total": "a + b"}, {"a": 1, "b": 2})
    node = graph.find(quantity("total"))
    assert node is not None
    with pytest.raises(ValueError, match="derived"):
        change(graph, {node: Fraction(5)})


@st.composite
def layered(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, int]]:
    """Equations in layers, each over names of the layers below."""
    leaves = {f"leaf{at}": draw(st.integers(-50, 50)) for at in range(draw(st.integers(2, 6)))}
    names, equations = list(leaves), {}
    for at in range(draw(st.integers(1, 12))):
        used = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        signs = [draw(st.sampled_from(["+", "-"])) for _ in used]
        equations[f"sum{at}"] = " ".join(f"{sign} {name}" for sign, name in zip(signs, used, strict=True)).lstrip("+ ")
        names.append(f"sum{at}")
    return equations, leaves


@given(layered(), st.integers(-50, 50))
@settings(max_examples=80, deadline=None)
def test_a_changed_leaf_changes_its_dependants_only(books: tuple[dict[str, str], dict[str, int]], new: int) -> None:
    equations, leaves = books
    graph = graph_of(equations, leaves)
    leaf = graph.find(quantity("leaf0"))
    assert leaf is not None
    allowed = {*dependants(graph, leaf), leaf}
    moved = change(graph, {leaf: Fraction(new)})
    assert set(moved) <= allowed
    again = graph_of(equations, {**leaves, "leaf0": new})
    assert graph.values == again.values


@given(layered())
@settings(max_examples=40, deadline=None)
def test_every_figure_rests_on_leaves_alone(books: tuple[dict[str, str], dict[str, int]]) -> None:
    equations, leaves = books
    graph = graph_of(equations, leaves)
    for node, key in enumerate(graph.keys):
        if key.name in equations:
            assert {graph.keys[leaf].name for leaf in leaves_of(graph, node)} <= set(leaves)


def test_a_ratio_revives_when_its_divisor_is_no_longer_zero() -> None:
    units = {"cost": USD, "ounces": OUNCE, "unit": USD.times(OUNCE, -1), "twice": USD.times(OUNCE, -1)}
    graph = graph_of({"unit": "cost / ounces", "twice": "2 * unit"}, {"cost": 6, "ounces": 0}, units)
    ounces = graph.find(quantity("ounces"))
    assert ounces is not None
    moved = change(graph, {ounces: Fraction(3)})
    assert value(graph, "twice") == 4
    assert {graph.keys[node].name for node in moved} == {"ounces", "unit", "twice"}
    change(graph, {ounces: Fraction(0)})
    assert value(graph, "twice") is None
    change(graph, {ounces: Fraction(2)})
    assert value(graph, "twice") == 6
