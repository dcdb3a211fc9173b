"""Hedged positions and ore reserves as printed tables."""

from __future__ import annotations

from fractions import Fraction

from orebook.close.books import Books
from orebook.close.graph import Graph
from orebook.close.quantity import Quantity
from orebook.close.schedules import HEDGES, RESERVES, Entry, Schedule
from orebook.close.sheet import Row, Sheet, Style
from orebook.close.sheets.page import COUNT, money_caption, per_ounce
from orebook.measures.units import OUNCE
from orebook.model.period import Period


def schedule_sheets(books: Books, graph: Graph) -> tuple[Sheet, ...]:
    """The tables of what stands at the end of the period; none for a schedule without a case."""
    at = Period(books.company.calendar.last)
    money = Style(0, Fraction(books.company.scale), dollar=True)
    hedges = [row for entry in _cases(books, HEDGES, at) for row in _hedge(graph, entry, money)]
    reserves = [row for entry in _cases(books, RESERVES, at) for row in _reserve(books, graph, entry)]
    made = [
        Sheet(
            "Hedged Positions",
            money_caption(books.company, ", except per ounce and per pound amounts"),
            (at,),
            tuple(hedges),
        )
    ]
    made.append(Sheet("Ore Reserves", "", (at,), tuple(reserves)))
    return tuple(sheet for sheet in made if sheet.rows)


def _cases(books: Books, schedule: Schedule, at: Period) -> list[Entry]:
    return [
        entry
        for entry in books.schedules
        if entry.schedule is schedule and any(quantity.period == at for quantity, _, _ in entry.values.values())
    ]


def _row(graph: Graph, entry: Entry, name: str, label: str, style: Style) -> Row:
    """A figure of a case in the one column of its table."""
    period = next(iter(entry.values.values()))[0].period
    quantity = Quantity(f"{entry.schedule.file[:-4]}.{name}", entry.entity, period)
    node = graph.find(quantity)
    made = Row(label, (None if node is None else graph.values[node],), style, name=f"{entry.schedule.file}.{name}")
    return made._replace(entity=entry.entity, quantities=(quantity,))


def _hedge(graph: Graph, entry: Entry, money: Style) -> list[Row]:
    metal, unit = entry.keys["metal"], entry.values["quantity"][2]
    per = "oz." if unit == OUNCE else "pound"
    style = per_ounce(metal) if unit == OUNCE else Style(3)
    rows = [Row(f"{metal.title()} sold forward:", space=True)]
    counted = {"oz": "ounces", "ton": "tons", "tonne": "metric tons"}.get(str(unit), str(unit))
    rows.append(_row(graph, entry, "quantity", f"Quantity ({counted})", COUNT)._replace(indent=2))
    rows.append(_row(graph, entry, "price", f"Average price ($/{per})", style)._replace(indent=2))
    rows.append(_row(graph, entry, "gain", "Gain (loss) against the market", money)._replace(indent=2))
    return [row for row in rows if not row.values or row.values[0] is not None]


def _reserve(books: Books, graph: Graph, entry: Entry) -> list[Row]:
    mine, metal = books.company.mine(entry.keys["mine"]), entry.keys["metal"]
    title = mine.title if mine else entry.keys["mine"].upper()
    metric = str(entry.values["grade"][2]) != "oz/ton" if "grade" in entry.values else False
    unit = "g/tonne" if metric else "oz./ton"
    rows = [Row(f"{title} - {entry.keys['class'].upper()}", space=True)]
    rows.append(_row(graph, entry, "tons", "Tons of ore", COUNT))
    grade = Style(2 if metal == "silver" or metric else 3)
    rows.append(_row(graph, entry, "grade", f"Ore grade - {metal.title()} ({unit})", grade))
    rows.append(_row(graph, entry, "contained", f"{metal.title()} contained (oz.)", COUNT))
    return [row for row in rows if not row.values or row.values[0] is not None]
