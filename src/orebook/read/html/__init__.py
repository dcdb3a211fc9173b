"""HTML documents -> the same layout that plain text gives: lines, grids, paragraphs."""

from __future__ import annotations

from orebook.model.grid import Layout
from orebook.read.html.scan import HtmlError

__all__ = ["HtmlError", "layout"]


def layout(source: str, first_line: int = 1, base_offset: int = 0) -> Layout:
    """Lays out one HTML document.

    `source` is its decoded text. The lines of the layout are a rendered text grid, numbered from
    `first_line`: tables with their columns aligned, paragraphs wrapped to 100 characters. The spot of every
    cell refers to those lines, and its `offset` to the figure in `source`, plus `base_offset`. Raises
    HtmlError (an UnreadableError, a ValueError, with the line in `source`) for a document that no report is: too large, or with
    a table too wide. Nothing that a document says is followed, on disk or on the network.
    """
    from orebook.read.html.commas import as_printed, prints_commas, turn  # noqa: PLC0415  (only HTML pays for the modules below)
    from orebook.read.html.dom import parse  # noqa: PLC0415
    from orebook.read.html.flow import Page  # noqa: PLC0415
    from orebook.read.html.scan import mark  # noqa: PLC0415

    page = Page(first_line)
    try:
        marked, runs = mark(source, base_offset)
        flow = parse(marked, runs)
        turned = turn(flow) if prints_commas(runs) else []
        page.set(flow)
    except HtmlError as error:
        raise error.placed(source, base_offset) from None
    made = page.layout()
    return as_printed(made, turned) if turned else made
