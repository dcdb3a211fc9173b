"""A measure: a dated formula with its unit, its basis and its source."""

from __future__ import annotations

from datetime import date

from orebook.measures.formula import Formula
from orebook.measures.units import Unit
from orebook.model.named import NamedTuple

BY_PRODUCT, CO_PRODUCT = "by-product", "co-product"
PRODUCED, SOLD, PAYABLE = "produced", "sold", "payable"
ATTRIBUTABLE = "attributable"


class Basis(NamedTuple):
    """What makes two figures of one name differ: how other metals count, which ounces divide, whose share."""

    metals: str = BY_PRODUCT
    volume: str = PRODUCED
    share: str = ATTRIBUTABLE


class Measure(NamedTuple):
    """One version of a measure.

    `formula` names other quantities of the same entity and period; `{primary}` in a name stands for the
    entity's primary metal, `{metal}` for each of its metals in turn. A version is in force from `since` up
    to, not including, `until`; versions coexist and none is edited in place. `basis` is None for totals that
    do not depend on it.
    """

    name: str
    title: str
    formula: Formula
    unit: Unit
    source: str
    since: date | None = None
    until: date | None = None
    basis: Basis | None = None
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether this version was the one to use on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)
