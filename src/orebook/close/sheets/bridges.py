"""Measures outside GAAP, each with its bridge from the statements."""

from __future__ import annotations

from orebook.close.company import Company
from orebook.close.graph import Graph
from orebook.close.lines import BALANCE, CASH_FLOWS, OPERATIONS
from orebook.close.sheet import Sheet
from orebook.close.sheets.page import Page, money_caption
from orebook.measures import parse
from orebook.model.period import Period


def bridge(graph: Graph, company: Company, columns: tuple[Period, ...], at: int) -> Sheet:
    declared = company.bridges[at]
    page = Page(graph, company.scale, columns)
    parts: list[tuple[int, int]] = []
    for name, weight in parse(declared.formula).terms:
        words = _title_of(name)
        label = words if not parts else f"{'Add' if weight > 0 else 'Less'} {words[0].lower()}{words[1:]}"
        style = page.money if parts else page.total
        parts.append((page.row(label, name, style, sign=1 if weight > 0 else -1), 1))
    page.sum_of(page.row(declared.title, declared.id, page.total, rule=True, double=True), parts)
    return Sheet(f"Reconciliation of {declared.title}", money_caption(company), columns, tuple(page.rows))


def _title_of(name: str) -> str:
    known = {**OPERATIONS, **CASH_FLOWS, **BALANCE}.get(name)
    if known is not None:
        return known.title
    named = {"cash_from_operations": "Cash flow provided by operating activities", "net_income": "Net income (loss)"}
    return named.get(name, name.replace("_", " ").capitalize())
