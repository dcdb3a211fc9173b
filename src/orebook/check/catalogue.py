"""The catalogue: every check, in the order in which they run.

A check is a module with a `CODE`, a `NAME`, a `run`, and a docstring with What it ties / Why / Ties / Breaks;
its page in the docs is made from that. `run(context)` yields equations (evaluated by the one evaluator),
findings of its own where a defect is no equation, and plain strings: notes on what was not looked at.

Checks of `SAME_FACT` run first: they say which figures are sightings of the same fact, and every later check
sees the intersection of all sightings. To add a check, write its module and name it here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from types import ModuleType

from orebook.check import schedule
from orebook.check.context import Context
from orebook.check.cross import capital, copies, cost_of_sales, gross_profit, units
from orebook.check.footing import across, sections, shares, sides, totals
from orebook.check.headings import periods, scale
from orebook.check.prose import claimed, moves
from orebook.check.roll import balances, cash, movements
from orebook.check.statements import average_shares, income, parts, per_share
from orebook.check.unitcost import above, average, beside, grade, per_ounce, plausible, quotients
from orebook.model.equation import Equation
from orebook.model.named import NamedTuple
from orebook.model.tie import Claim, Finding

Said = Equation | Finding | Claim | str


class Check(NamedTuple):
    """A check: `name` states the defect that it finds (`footing.total-breaks`)."""

    code: str
    name: str
    run: Callable[[Context], Iterable[Said]]


def _check(module: ModuleType) -> Check:
    return Check(module.CODE, module.NAME, module.run)


SAME_FACT: tuple[Check, ...] = (_check(copies),)
"""One fact printed in several places."""

RELATIONS: tuple[Check, ...] = (
    _check(totals),
    _check(sides),
    _check(sections),
    _check(across),
    _check(shares),
    _check(scale),
    _check(periods),
    _check(units),
    _check(gross_profit),
    _check(cost_of_sales),
    _check(capital),
    _check(per_ounce),
    _check(average),
    _check(beside),
    _check(above),
    _check(quotients),
    _check(grade),
    _check(plausible),
    _check(cash),
    _check(movements),
    _check(balances),
    _check(per_share),
    _check(parts),
    _check(average_shares),
    _check(income),
    _check(schedule),
)
"""Relations between different facts."""

CLAIMS: tuple[Check, ...] = (_check(claimed), _check(moves))
"""Numbers in sentences, and words that say up or down; they run last."""

POSSIBLE = (movements.possible, balances.possible)
"""Relations that need not hold: asked only for what they say of the suspects of a break."""

CATALOGUE: tuple[Check, ...] = SAME_FACT + RELATIONS + CLAIMS
"""All checks in the order in which they run."""


def page(check: Check) -> str:
    """What a check says of itself: the docstring of its module."""
    return sys.modules[check.run.__module__].__doc__ or ""
