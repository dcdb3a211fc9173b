"""The ticked page: the report as filed, every figure marked, in one file that needs nothing else."""

from __future__ import annotations

from orebook.model.book import Book
from orebook.model.tie import Checked
from orebook.write.marks import by_weight, marks
from orebook.write.page.charts import charts
from orebook.write.page.data import data
from orebook.write.page.escape import embedded, esc
from orebook.write.page.frame import Parts, frame
from orebook.write.page.grids import grids
from orebook.write.page.report import report
from orebook.write.page.side import counts, finding_list, grade_filter, legend, notices, summary
from orebook.write.view import views
from orebook.write.words import short_name

WIDEST = 96


def page(book: Book, checked: Checked | None, other: Book | None = None) -> str:
    """One self-contained HTML page of `book`, with the marks and findings of `checked` where it is given.

    `other` is an earlier report of the same company: the page then shows side by side what both print of the same
    periods, and what was restated. The page asks no network for anything: its style and script stand in it and are
    the only ones that its content security policy lets run. Text of the filing reaches it escaped only.
    """
    beside = ""
    if other is not None:
        checked, beside = _beside(book, checked, other)
    marked = None if checked is None else marks(checked)
    findings = () if checked is None else by_weight(checked.findings)
    seen = views(book)
    side = key = ""
    if checked is not None and marked is not None:
        side = f"{summary(book, checked)}{grade_filter(findings)}{finding_list(findings)}"
        key = legend(counts(book, marked))
    parts = Parts(
        title=_title(book),
        under=_under(book),
        side=side,
        legend=key,
        notices=notices(book, checked),
        report=report(book, checked, marked),
        tables=grids(seen, marked),
        charts=charts(seen, checked),
        compare=beside,
        wide=any(len(line) > WIDEST for line in book.lines),
        data=embedded(data(book, checked, findings)),
    )
    return frame(parts)


def _beside(book: Book, checked: Checked | None, other: Book) -> tuple[Checked | None, str]:
    """The check with what the comparison adds to its findings, and the comparison as markup."""
    from orebook.check.reports import compare  # noqa: PLC0415 - only where two reports are asked for
    from orebook.write.page.compare import added, side_by_side  # noqa: PLC0415

    reports = compare(other, book)
    if checked is not None:
        checked = checked._replace(findings=added(checked.findings, reports))
    return checked, side_by_side(reports, other.name)


def _title(book: Book) -> str:
    return esc(book.identity.company or short_name(book.name))


def _under(book: Book) -> str:
    """The file's name, the form and the period, as far as the document says them."""
    identity = book.identity
    end = "" if identity.period_end is None else f"period to {identity.period_end.isoformat()}"
    parts = (short_name(book.name) if identity.company else "", identity.form, end)
    return " · ".join(esc(part) for part in parts if part)
