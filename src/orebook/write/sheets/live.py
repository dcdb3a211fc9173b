"""What a live figure is: its formula, and what to say of the figures that stay typed."""

from __future__ import annotations

from orebook.model.named import NamedTuple

Place = tuple[int, int]


class Cell(NamedTuple):
    """Where a figure stands in the workbook; `row` and `column` count from 0."""

    sheet: str
    row: int
    column: int


class Made(NamedTuple):
    """The formula of a printed figure, what its comment says of it, and whether it fetches from another sheet."""

    text: str
    told: str
    link: bool = False


class Live(NamedTuple):
    """The figures that are formulas, and what to say of others (and of formulas that hold a number of their own)."""

    made: dict[Place, Made]
    notes: dict[Place, str]
