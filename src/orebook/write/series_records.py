"""Series as records: JSON Lines, one series a line, and comma-separated values, one report's figure a line."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from csv import writer
from datetime import date
from json import dumps

from orebook.model.fact import Fact
from orebook.store import Point, Series, Vintage
from orebook.write.columns import EXACT, Value
from orebook.write.csv import cell

_Get = Callable[[Series, Point, Vintage], Value]

# Name and how to get it; what a report prints stays as printed, which only `text` is.
_COLUMNS: tuple[tuple[str, _Get], ...] = (
    ("company", lambda series, _, __: series.company),
    ("cik", lambda series, _, __: series.cik or None),
    ("concept", lambda series, _, __: series.concept),
    ("label", lambda series, _, __: series.label),
    ("heading", lambda series, _, __: series.heading),
    ("statement", lambda series, _, __: series.statement or None),
    ("entity", lambda series, _, __: series.entity),
    ("column", lambda series, _, __: series.column or None),
    ("unit", lambda series, _, __: series.unit),
    ("period_months", lambda series, _, __: series.months),
    ("period_end", lambda _, point, __: point.period.end),
    ("document", lambda _, __, vintage: vintage.report.document),
    ("report", lambda _, __, vintage: vintage.report.key),
    ("form", lambda _, __, vintage: vintage.report.form or None),
    ("report_end", lambda _, __, vintage: vintage.report.ends),
    ("filed", lambda _, __, vintage: vintage.report.filed),
    ("line", lambda _, __, vintage: vintage.fact.spot.line),
    ("start", lambda _, __, vintage: vintage.fact.spot.start),
    ("end", lambda _, __, vintage: vintage.fact.spot.end),
    ("text", lambda _, __, vintage: vintage.fact.text),
    ("value", lambda _, __, vintage: vintage.fact.value),
    ("nil", lambda _, __, vintage: vintage.fact.nil),
    ("scale", lambda _, __, vintage: vintage.fact.scale),
    ("amount", lambda _, __, vintage: _amount(vintage.fact)),
    ("decimals", lambda _, __, vintage: vintage.fact.decimals),
    ("copies", lambda _, __, vintage: len(vintage.copies)),
    ("conflict", lambda _, __, vintage: vintage.conflict),
    ("verdict", lambda _, __, vintage: vintage.verdict or None),
    ("why", lambda _, __, vintage: vintage.why or None),
)


def series_csv(found: Iterable[Series]) -> Iterator[str]:
    """A line of names, then a line for each report's figure of each point of each series, without line ends."""
    yield ",".join(name for name, _ in _COLUMNS)
    for series in found:
        for point in series.points:
            for vintage in point.vintages:
                yield _line([cell(get(series, point, vintage), printed=name == "text") for name, get in _COLUMNS])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _amount(fact: Fact) -> Value:
    return 0 if fact.value is None else EXACT.multiply(fact.value, fact.scale)


def series_lines(found: Iterable[Series]) -> Iterator[str]:
    """The series, one JSON object each, without line ends."""
    for series in found:
        yield dumps({"record": "series", **series._asdict(), "points": [_point(point) for point in series.points]})


def left_out_line(reports: int, figures: int, left_out: Mapping[str, int]) -> str:
    """The record that closes the series: how many figures of how many reports, and how many stand in no series, by reason."""
    return dumps({"record": "left-out", "reports": reports, "figures": figures, "left_out": dict(left_out)})


def _point(point: Point) -> dict[str, object]:
    return {"period": point.period.record(), "vintages": [_vintage(vintage) for vintage in point.vintages]}


def _vintage(vintage: Vintage) -> dict[str, object]:
    report, fact = vintage.report, vintage.fact
    return {
        "document": report.document,
        "report": report.key,
        "form": report.form or None,
        "report_end": _day(report.ends),
        "filed": _day(report.filed),
        **_printed(fact),
        "copies": [_printed(copy) for copy in vintage.copies if copy is not fact],
        "conflict": vintage.conflict,
        "verdict": vintage.verdict or None,
        "why": vintage.why or None,
    }


def _printed(fact: Fact) -> dict[str, object]:
    value = None if fact.value is None else f"{fact.value:f}"
    figure = {"text": fact.text, "value": value, "nil": fact.nil, "decimals": fact.decimals, "scale": fact.scale}
    return {**fact.spot.record(), **figure}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
