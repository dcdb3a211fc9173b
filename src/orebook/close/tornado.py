"""A tornado: how far one figure moves when each price moves by the same part, widest first."""

from __future__ import annotations

from fractions import Fraction
from xml.sax.saxutils import escape

from orebook.close.company import Company
from orebook.close.graph import Graph, change
from orebook.close.shown import amount
from orebook.close.totals import COMPANY
from orebook.close.whatif import leaves_named, watched_figures
from orebook.model.named import NamedTuple
from orebook.model.period import Period


class Bar(NamedTuple):
    """The figure when one price is lower and when it is higher, less the figure as it is."""

    label: str
    low: Fraction
    high: Fraction

    @property
    def sides(self) -> tuple[tuple[Fraction, str], tuple[Fraction, str]]:
        """What the lower and what the higher price does."""
        return (self.low, "low"), (self.high, "high")

    @property
    def reach(self) -> Fraction:
        return max(abs(self.low), abs(self.high))


def tornado(company: Company, graph: Graph, node: int, period: Period, part: Fraction) -> tuple[Bar, ...]:
    """The bars for a figure of a scenario graph, prices moving by `part` (1/10 for 10 %); the graph is as before."""
    made = []
    for metal in company.metals:
        leaves = leaves_named(graph, f"price.realized.{metal}", COMPANY, period)
        low, high = (_moved(graph, node, leaves, factor) for factor in (1 - part, 1 + part))
        if low or high:
            made.append(Bar(metal, low, high))
    return tuple(sorted(made, key=lambda bar: -bar.reach))


def income_tornado(company: Company, graph: Graph, period: Period, part: Fraction) -> tuple[str, tuple[Bar, ...]]:
    """The tornado of net income, or of the first figure that the books have where they have no ledger.

    The label of the figure, and its bars; no bars where nothing is known.
    """
    watched = dict(watched_figures(company, graph, period))
    label = "Net income" if "Net income" in watched else next(iter(watched), "")
    return label, tornado(company, graph, watched[label], period, part) if label else ()


def _moved(graph: Graph, node: int, leaves: list[int], factor: Fraction) -> Fraction:
    before = {leaf: graph.values[leaf] or Fraction(0) for leaf in leaves}
    start = graph.values[node] or Fraction(0)
    change(graph, {leaf: value * factor for leaf, value in before.items()})
    after = graph.values[node] or Fraction(0)
    change(graph, before)
    return after - start


def text_lines(bars: tuple[Bar, ...], width: int = 24) -> list[str]:
    """The tornado as text, with what lower and higher prices make of the figure on either side: `-` to the left of the
    axis, `+` to the right, in proportion to the widest bar."""
    widest = max((bar.reach for bar in bars), default=Fraction(0))
    made = []
    for bar in bars:
        left, right = sorted((bar.low, bar.high))
        minus = "-" * _length(min(left, Fraction(0)), widest, width)
        plus = "+" * _length(max(right, Fraction(0)), widest, width)
        made.append(f"{bar.label:<10} {amount(left, ''):>14}  {minus:>{width}}|{plus:<{width}}  {amount(right, '')}")
    return made


def _length(value: Fraction, widest: Fraction, width: int) -> int:
    return int(abs(value) * width / widest + Fraction(1, 2)) if widest else 0


AXIS, REACH, TEXT, STEP, TOP = 460, 240, 14, 28, 44
"""Of the drawing, in pixels: where the axis stands, the longest bar, the size of letters, a row, what is above the rows."""
_STYLE = (
    f"text {{ font: {TEXT}px sans-serif; fill: #222 }} .low {{ fill: #b3541e }} .high {{ fill: #2a6f8f }}"
    " .axis { stroke: #888 }"
)


def svg(bars: tuple[Bar, ...], title: str) -> str:
    """The tornado as an SVG that stands by itself: one bar a side, the figures at their ends."""
    widest = max((bar.reach for bar in bars), default=Fraction(0))
    height = TOP + STEP * len(bars) + 8
    made = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * AXIS} {height}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<text x="8" y="22">{escape(title)}</text>',
    ]
    for at, bar in enumerate(bars):
        top = TOP + STEP * at
        made.append(f'<text x="8" y="{top + TEXT}">{escape(bar.label)}</text>')
        made += [_side(value, kind, _length(value, widest, REACH), top) for value, kind in bar.sides]
    made.append(f'<line class="axis" x1="{AXIS}" y1="{TOP - 6}" x2="{AXIS}" y2="{height - 6}"/>')
    return "\n".join([*made, "</svg>\n"])


def _side(value: Fraction, kind: str, size: int, top: int) -> str:
    """One bar from the axis, and its figure beyond its end."""
    left, end, anchor = (AXIS - size, AXIS - size - 6, "end") if value < 0 else (AXIS, AXIS + size + 6, "start")
    bar = f'<rect class="{kind}" x="{left}" y="{top}" width="{size}" height="{STEP - 8}"/>'
    return f'{bar}<text x="{end}" y="{top + TEXT}" text-anchor="{anchor}">{escape(amount(value, ""))}</text>'
