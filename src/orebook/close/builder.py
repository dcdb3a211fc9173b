"""Writing equations into the graph: formulas by name, over an entity and a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from orebook.close.graph import Graph
from orebook.close.quantity import Quantity, Source
from orebook.measures import Measure
from orebook.measures.formula import PRODUCT, SUM, Formula, parse
from orebook.measures.units import PURE, Unit
from orebook.model.period import Period

ONE = Fraction(1)


class Builder:
    """A graph under construction, and the formulas that were read for it."""

    def __init__(self) -> None:
        self.graph = Graph()
        self._formulas: dict[str, Formula] = {}
        self._named: dict[tuple[str, str, str], tuple[str, Formula]] = {}

    def formula(self, text: str) -> Formula:
        """The formula that `text` writes, read once."""
        made = self._formulas.get(text)
        if made is None:
            made = self._formulas[text] = parse(text)
        return made

    def has(self, name: str, entity: str, period: Period) -> bool:
        """Whether the graph knows the quantity at all, with or without a value."""
        return self.graph.find(Quantity(name, entity, period)) is not None

    def define(self, name: str, entity: str, period: Period, formula: Formula | str, note: str = "") -> None:
        """`name` = `formula`, whose names are quantities of the same entity and period.

        A sum, and a choice of the largest or smallest, leaves out what the graph does not know, which is to say
        what was declared not to exist; the equation that is shown keeps to what is left. A product over
        something unknown is not defined at all.
        """
        read = self.formula(formula) if isinstance(formula, str) else formula
        found = [self.graph.find(Quantity(term, entity, period)) for term, _ in read.terms]
        known = [node for node in found if node is not None]
        if len(known) < len(found):
            if read.kind == PRODUCT or not known:
                return
            kept = zip(read.terms, found, strict=True)
            read = read._replace(terms=tuple(term for term, node in kept if node is not None))
        self.graph.relate_nodes(Quantity(name, entity, period), read, known, note)

    def measured(self, measure: Measure, primary: str, metal: str) -> tuple[str, Formula]:
        """The name and the formula of a measure for an entity's primary metal and one of its metals."""
        key = measure.name + measure.source, primary, metal
        made = self._named.get(key)
        if made is None:

            def named(name: str) -> str:
                return name.replace("{primary}", primary).replace("{metal}", metal)

            made = self._named[key] = named(measure.name), measure.formula.renamed(named)
        return made

    def total(self, target: Quantity, parts: Iterable[Quantity], note: str) -> None:
        """`target` = the sum of the parts that the graph knows; nothing where it knows none."""
        known = [part for part in parts if self.graph.find(part) is not None]
        if known:
            formula = Formula(SUM, tuple((part.name, ONE) for part in known))
            self.graph.relate(target, formula, known, note)

    def zero(self, quantity: Quantity, unit: Unit, source: Source) -> None:
        """State that something is none."""
        self.graph.give(quantity, Fraction(0), unit, source)

    def spread(
        self, name: str, entity: str, parts: Callable[[Period], Iterable[Period]], over: Iterable[Period]
    ) -> None:
        """Each period of `over` = the sum of its parts, for a quantity that adds up over time."""
        for period in over:
            quantities = [Quantity(name, entity, part) for part in parts(period)]
            self.total(Quantity(name, entity, period), quantities, "the sum of its periods")

    def ratio(self, target: str, above: str, below: str, entity: str, period: Period) -> None:
        """`target` = `above` / `below`, where the graph knows both."""
        formula = Formula(PRODUCT, ((above, ONE), (below, -ONE)), ONE, PURE)
        self.define(target, entity, period, formula)

    def mean(self, target: Quantity, parts: list[Quantity]) -> None:
        """`target` = the plain mean of the parts."""
        weight = Fraction(1, len(parts))
        formula = Formula(SUM, tuple((part.name, weight) for part in parts))
        self.graph.relate(target, formula, parts, f"the mean of {len(parts)} periods")
