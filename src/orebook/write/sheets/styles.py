"""The looks of cells: fonts, number formats and borders, each made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orebook.model.fact import Fact
from orebook.write.sheets.live import Made

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT = "Calibri"
FILED = "#0000FF"
FORMULA = "#000000"
LINK = "#1E6B32"
ENTERED = "#FFF9DB"
TYPED = "#E7E9EC"
SOFT = "#5F6670"
ACCENT = "#0F5F6B"

LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "soft": {"font_color": SOFT, "italic": True},
    "column": {"bold": True, "align": "right", "valign": "bottom", "text_wrap": True, "bottom": 1},
    "corner": {"bold": True, "valign": "bottom", "bottom": 1},
    "under": {"font_color": SOFT, "italic": True, "align": "right", "text_wrap": True, "valign": "top", "font_size": 9},
    "under-left": {"font_color": SOFT, "italic": True, "valign": "top", "font_size": 9},
    "mine": {"bold": True, "font_color": ACCENT, "valign": "bottom"},
    "heading": {"bold": True},
    "label": {"text_wrap": True, "valign": "bottom"},
    "unit": {"font_color": SOFT, "font_size": 9, "align": "left"},
    "note": {"font_color": "#B3261E", "font_size": 9},
    "wrap": {"text_wrap": True, "valign": "top"},
    "text": {"valign": "top"},
    "right": {"align": "right", "valign": "top"},
    "number": {"valign": "top", "num_format": "#,##0.######"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "break": {"bold": True, "font_color": "#B3261E", "valign": "top"},
    "query": {"bold": True, "font_color": "#8A5A00", "valign": "top"},
    "filed": {"font_color": FILED},
    "formula": {"font_color": FORMULA},
    "input": {"font_color": FILED, "bg_color": ENTERED, "border": 4, "border_color": "#D8C98A"},
    "derived": {"font_color": FORMULA},
    "link": {"font_color": LINK},
    "typed": {"font_color": FORMULA, "bg_color": TYPED},
    "span": {"font_color": SOFT, "font_size": 9, "align": "right"},
    "day": {"bold": True, "align": "right", "bottom": 1, "num_format": "d mmm yyyy"},
    "far": {"font_color": SOFT, "font_size": 9, "align": "left", "indent": 1},
}


class Styles:
    """Hands out the formats of one workbook; the same look is the same format."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, look: str, **more: object) -> Format:
        """The format of a look of `LOOKS`, with properties of XlsxWriter added."""
        return self._format({**LOOKS[look], **more})

    def figure(self, fact: Fact, made: Made | None) -> Format:
        """How a figure looks: blue as typed, black as a formula, green as one that fetches from another sheet; with
        the decimals and rules of the report."""
        color = FILED if made is None else LINK if made.link else FORMULA
        properties: dict[str, object] = {"num_format": number_format(fact), "font_color": color}
        if fact.row.rule_above:
            properties["top"] = 1
        if fact.row.rule_below == "=":
            properties["bottom"] = 6
        return self._format(properties)

    def _format(self, properties: dict[str, object]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 11, **properties})
        return self._made[key]


def number_format(fact: Fact) -> str:
    """The printed decimals, negatives in parentheses, a dash for nil, `$` and `%` where the report prints them."""
    digits = "#,##0" + ("." + "0" * min(fact.decimals, 12) if fact.decimals else "")
    lead = '"$"* ' if "$" in fact.text else ""
    tail = '"%"' if fact.text.rstrip().rstrip(")").endswith("%") else ""
    zero = f'{lead}"–"_)' if fact.nil else f"{lead}{digits}{tail}_)"
    return f"{lead}{digits}{tail}_);{lead}({digits}{tail});{zero}"
