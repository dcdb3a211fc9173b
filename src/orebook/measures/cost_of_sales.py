"""The reconciliation between total cash cost and the cost of sales of the statement of operations.

Both ways: the equation is linear, so it is solved for whichever of its parts is missing.
"""

from __future__ import annotations

from orebook.measures.formula import parse
from orebook.measures.measure import Measure
from orebook.measures.sources import HECLA_2003, HECLA_2007, RECONCILED_FROM, RECONCILED_WITH_DEPRECIATION_FROM
from orebook.measures.units import USD

VERSIONS = (
    Measure(
        "cost_of_sales",
        "Costs of sales and other direct production costs (GAAP)",
        parse(
            "total_cash_cost - treatment_and_freight + by_product_credits + inventory_change"
            " + reclamation_and_other + excluded_costs"
        ),
        USD,
        HECLA_2003,
        since=RECONCILED_FROM,
    ),
    Measure(
        "cost_of_sales_and_depreciation",
        "Costs of sales and other direct production costs and depreciation, depletion and amortization (GAAP)",
        parse(
            "total_cash_cost + depreciation - treatment_and_freight + by_product_credits + inventory_change"
            " + reclamation_and_other + excluded_costs"
        ),
        USD,
        HECLA_2007,
        since=RECONCILED_WITH_DEPRECIATION_FROM,
        note="excluded_costs: labour and shutdown costs that the unit cost leaves out",
    ),
)
