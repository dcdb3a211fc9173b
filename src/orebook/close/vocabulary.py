"""What the books may name: items of production and cost, with their units and titles."""

from __future__ import annotations

from orebook.measures.units import DAY, OUNCE, PURE, TON, USD, USD_PER_OUNCE, Unit, parse_unit

COSTS: tuple[str, ...] = (
    "mining",
    "milling",
    "site_administration",
    "stripping_adjustment",
    "purchased_ore",
    "other_site_cost",
    "treatment",
    "refining",
    "freight",
    "royalties",
    "production_taxes",
    "by_product_charges",
    "depreciation",
    "reclamation",
    "other_direct_cost",
    "inventory_change",
    "excluded_costs",
    "realised_hedges_on_cost",
    "community",
    "permitting",
    "site_noncash_pay",
    "stockpile_write_down",
    "operational_stripping",
    "reclamation_accretion",
    "reclamation_amortisation",
    "sustaining_exploration",
    "sustaining_development",
    "sustaining_capital",
    "sustaining_leases",
    "non_current_operations",
    "growth_exploration",
    "growth_development",
    "growth_capital",
    "corporate_administration",
    "indirect_exploration",
    "interest",
)
"""Cost items of a mine, in dollars. A mine lists those it has; the others are none, and are so declared."""

FLOWS: dict[str, Unit] = {"ore": TON, "days": DAY, "capital": USD, **dict.fromkeys(COSTS, USD)}
"""Items that add up over time."""

UNSHARED: frozenset[str] = frozenset({"days"})
"""Items that a share of the mine does not divide."""

GRADE: dict[Unit, Unit] = {OUNCE: parse_unit("oz/ton")[0], TON: PURE}
PRICE: dict[Unit, Unit] = {OUNCE: USD_PER_OUNCE, TON: parse_unit("USD/lb")[0]}
METAL_UNIT: dict[str, Unit] = {
    "gold": OUNCE,
    "silver": OUNCE,
    "platinum": OUNCE,
    "palladium": OUNCE,
    "copper": TON,
    "lead": TON,
    "zinc": TON,
    "nickel": TON,
    "tin": TON,
}
"""What a metal is produced in."""

VOLUMES: tuple[str, ...] = ("produced", "sold", "payable", "third_party")
"""Amounts of a metal, written `produced.gold`."""

METAL_ITEMS: tuple[str, ...] = (*VOLUMES, "grade", "recovery", "payable_share")
"""All that is stated of a metal."""


def unit_of_item(item: str) -> Unit | None:
    """The unit of a production or cost item (`ore`, `mining`, `produced.gold`, `grade.silver`), None if unknown."""
    if item in FLOWS:
        return FLOWS[item]
    kind, _, metal = item.partition(".")
    unit = METAL_UNIT.get(metal)
    if unit is None:
        return None
    if kind in VOLUMES:
        return unit
    if kind == "grade":
        return GRADE[unit]
    return PURE if kind in {"recovery", "payable_share"} else None
