"""A mine's equations: metal, revenue, credits and costs, at the company's share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from orebook.close.builder import Builder
from orebook.close.company import EQUITY, FULL, Mine
from orebook.close.quantity import Quantity, Source
from orebook.close.spans import Spans
from orebook.close.vocabulary import METAL_UNIT, UNSHARED, unit_of_item
from orebook.measures import Formula, Measure, equivalent_ounces
from orebook.measures.formula import PRODUCT, SUM
from orebook.measures.units import PURE, TON, USD, Unit, parse_unit
from orebook.model.period import Period

ONE = Fraction(1)
MeasuresOf = Callable[[Period], tuple[Measure, ...]]
"""The measures that are in force in a period."""
_LB_PER_TON = (Fraction(2000), parse_unit("lb/ton")[0])


def items_of(mine: Mine) -> tuple[str, ...]:
    """The items that the books must state for every period of a mine."""
    made = ["ore", *mine.costs]
    made.extend(f"produced.{metal}" for metal in mine.metals)
    made.extend(f"third_party.{metal}" for metal in mine.third_party)
    made.extend(f"sold.{metal}" for metal in mine.sold)
    made.extend(f"grade.{metal}" for metal in mine.graded)
    return tuple(made)


def add_mine(build: Builder, mine: Mine, spans: Spans, measures: MeasuresOf) -> None:
    """All equations of one mine, for every period in which it works."""
    optional = [name for name in ("days", "capital") if _stated(build, mine, spans, name)]
    for period in spans.base:
        if mine.works(period.end):
            _add_period(build, mine, period, optional)
    for name in _additive(mine, optional):
        build.spread(name, mine.id, spans.parts, spans.sums)
    for period in spans.all:
        _add_ratios(build, mine, period)
        add_measures(build, measures(period), mine.id, period, (mine.primary, *mine.metals))
        _add_reported(build, mine, period)


def _stated(build: Builder, mine: Mine, spans: Spans, name: str) -> bool:
    whole = f"whole.{name}" if mine.scaled() and name not in UNSHARED else name
    return any(build.has(whole, mine.id, period) for period in spans.base)


def _add_period(build: Builder, mine: Mine, period: Period, optional: list[str]) -> None:
    for item in (*items_of(mine), *optional):
        _name_item(build, mine, item, period)
    for metal in mine.graded:
        build.define(f"contained.{metal}", mine.id, period, f"ore * grade.{metal}")
    for metal in mine.metals:
        _add_metal(build, mine, metal, period)
    revenues = [f"revenue.{metal}" for metal in mine.metals]
    build.define("revenue", mine.id, period, _sum(revenues))
    credits_ = [f"revenue.{metal}" for metal in mine.metals if metal != mine.primary]
    credits_.extend(f"third_party_revenue.{metal}" for metal in mine.third_party)
    charged = [*((name, ONE) for name in credits_), ("by_product_charges", -ONE)]
    if credits_:
        build.define("by_product_credits", mine.id, period, Formula(SUM, tuple(charged)))


def _name_item(build: Builder, mine: Mine, item: str, period: Period) -> None:
    """Make an item known at the company's share; its value may still be missing."""
    unit = unit_of_item(item)
    if unit is None:
        raise ValueError(f"{item} is in no vocabulary")
    if not mine.scaled() or item in UNSHARED or item.startswith("grade."):
        _entered(build, mine, item, period, unit)
        return
    _entered(build, mine, f"whole.{item}", period, unit)
    give_share(build, mine, period)
    build.define(item, mine.id, period, f"ownership_share * whole.{item}")


def give_share(build: Builder, mine: Mine, period: Period) -> None:
    """State the company's part of a mine for a period."""
    share = Quantity("ownership_share", mine.id, period)
    build.graph.give(share, mine.share, PURE, Source("company.toml", column=f"mines.{mine.id}.share"))


def _entered(build: Builder, mine: Mine, name: str, period: Period, unit: Unit) -> None:
    """Make a figure known as it is entered; one in another currency is worth its amount at the rate."""
    local = name.replace("whole.", "whole.local.") if name.startswith("whole.") else f"local.{name}"
    node = build.graph.find(Quantity(local, mine.id, period)) if unit == USD else None
    if node is None:
        build.graph.node(Quantity(name, mine.id, period), unit)
        return
    rate = Quantity(f"exchange_rate.{build.graph.units[node]}", "", period)
    product = Formula(PRODUCT, ((local, ONE), (rate.name, ONE)))
    build.graph.relate(Quantity(name, mine.id, period), product, [Quantity(local, mine.id, period), rate])


def _add_metal(build: Builder, mine: Mine, metal: str, period: Period) -> None:
    """Payable metal and what it is worth. A payable share that no file states is missing, not 100 %."""
    share = Quantity(f"payable_share.{metal}", mine.id, period)
    fixed = dict(mine.payable).get(metal)
    if fixed is not None:
        build.graph.give(share, fixed, PURE, Source("company.toml", column=f"mines.{mine.id}.payable.{metal}"))
    build.graph.node(share, PURE)
    build.define(f"payable.{metal}", mine.id, period, f"produced.{metal} * payable_share.{metal}")
    _add_revenue(build, mine, f"revenue.{metal}", f"payable.{metal}", period)
    if metal in mine.third_party:
        _add_revenue(build, mine, f"third_party_revenue.{metal}", f"third_party.{metal}", period)
    if metal in mine.sold:
        _add_revenue(build, mine, f"sales_value.{metal}", f"sold.{metal}", period)


def _add_revenue(build: Builder, mine: Mine, name: str, volume: str, period: Period) -> None:
    """Metal (`volume`, such as `payable.lead`) times the realised price of the company, pounds for tons."""
    metal = volume.partition(".")[2]
    factor, unit = _LB_PER_TON if METAL_UNIT[metal] == TON else (ONE, PURE)
    price = Quantity(f"price.realized.{metal}", "", period)
    formula = Formula(PRODUCT, ((volume, ONE), (price.name, ONE)), factor, unit)
    build.graph.node(price, parse_unit("USD/lb" if METAL_UNIT[metal] == TON else "USD/oz")[0])
    operands = [Quantity(volume, mine.id, period), price]
    target = Quantity(name, mine.id, period)
    build.graph.relate(target, formula, operands)


def _additive(mine: Mine, optional: list[str]) -> Iterator[str]:
    yield from ("ore", *mine.costs, *optional, "revenue", "by_product_credits")
    for metal in mine.metals:
        yield from (f"produced.{metal}", f"payable.{metal}", f"revenue.{metal}")
    for metal in mine.third_party:
        yield from (f"third_party.{metal}", f"third_party_revenue.{metal}")
    for metal in mine.sold:
        yield from (f"sold.{metal}", f"sales_value.{metal}")
    for metal in mine.graded:
        yield f"contained.{metal}"


def _add_ratios(build: Builder, mine: Mine, period: Period) -> None:
    """Grade, recovery, cost per ton: ratios of sums, never averages of ratios."""
    for metal in mine.graded:
        build.ratio(f"grade.{metal}", f"contained.{metal}", "ore", mine.id, period)
        build.ratio(f"recovery.{metal}", f"produced.{metal}", f"contained.{metal}", mine.id, period)
    for cost in ("mining", "milling"):
        build.ratio(f"{cost}_per_ton", cost, "ore", mine.id, period)


def add_equivalents(build: Builder, mine: Mine, period: Period) -> None:
    """All metal produced, counted in ounces of the primary metal at the realised prices of the period."""
    for metal in mine.metals:
        price = Quantity(f"price.{metal}", mine.id, period)
        known = build.graph.find(Quantity(f"price.realized.{metal}", "", period))
        if known is None or not build.has(f"produced.{metal}", mine.id, period):
            continue
        build.graph.relate_nodes(price, Formula(SUM, ((f"price.realized.{metal}", ONE),)), [known])
        factor, unit = _LB_PER_TON if METAL_UNIT[metal] == TON else (ONE, PURE)
        value = Formula(PRODUCT, ((f"produced.{metal}", ONE), (price.name, ONE)), factor, unit)
        build.define(f"value.{metal}", mine.id, period, value)
    build.define("value_of_production", mine.id, period, _sum([f"value.{metal}" for metal in mine.metals]))
    for measure in equivalent_ounces.VERSIONS:
        name, formula = build.measured(measure, mine.primary, mine.primary)
        build.define(name, mine.id, period, formula, measure.source)


def add_measures(
    build: Builder, measures: tuple[Measure, ...], entity: str, period: Period, metals: tuple[str, ...]
) -> None:
    """The measures of an entity in a period, each a formula over what the entity has; its primary metal first."""
    build.define("reclamation_and_other", entity, period, "reclamation + other_direct_cost")
    for measure in measures:
        if "{metal}" in measure.name:
            for metal in dict.fromkeys(metals):
                _add_measure(build, measure, entity, period, (metals[0], metal))
        else:
            _add_measure(build, measure, entity, period, (metals[0], metals[0]))


def _add_measure(build: Builder, measure: Measure, entity: str, period: Period, metals: tuple[str, str]) -> None:
    name, formula = build.measured(measure, *metals)
    build.define(name, entity, period, formula, measure.source)


def _add_reported(build: Builder, mine: Mine, period: Period) -> None:
    """What the statements take up of a mine's costs: the share of a joint venture, all of a mine that is
    consolidated in full, nothing of one that is accounted for by the equity method."""
    for name in ("cost_of_sales", "depreciation"):
        if not build.has(name, mine.id, period):
            continue
        target = Quantity(f"reported_{name}", mine.id, period)
        own = Quantity(name, mine.id, period)
        if mine.method == EQUITY:
            build.zero(target, USD, Source("company.toml", column=f"mines.{mine.id}.method", note="equity method"))
        elif mine.method == FULL and mine.share not in {0, 1}:
            give_share(build, mine, period)
            build.define(target.name, mine.id, period, f"{name} / ownership_share", "at 100 %: consolidated in full")
        else:
            build.graph.relate(target, Formula(SUM, ((name, ONE),)), [own])


def _sum(names: list[str]) -> Formula:
    return Formula(SUM, tuple((name, ONE) for name in names))
