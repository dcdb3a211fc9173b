"""The quick way of reading a line's figures gives what the full grammar gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orebook.read import tokens

FIGURES = st.sampled_from(
    [
        "1",
        "12",
        "1,234",
        "12,345,678",
        "0.25",
        "$ 5",
        "$   1,234",
        "$1,234",
        "(12)",
        "$(1,234)",
        "$  (5.40)",
        "12%",
        "1234,5",
        "--",
        "- -",
    ]
)
LINES = st.tuples(
    st.sampled_from(
        ["", "Sales", "Total (GAAP)", "Net, after tax.", "Note (1)", "Costs:", "Days 12", "expenses$", "a-"]
    ),
    st.lists(st.tuples(st.integers(0, 6), FIGURES), min_size=1, max_size=5),
)


@given(LINES)
def test_quick_way_is_the_full_grammar(drawn: tuple[str, list[tuple[int, str]]]) -> None:
    label, cells = drawn
    line = label + "".join(" " * gap + text for gap, text in cells)
    begin = tokens._columns_begin(line)  # noqa: SLF001  the two ways are compared from the same place
    quick = tokens._plain_tail(line, begin) if begin < len(line) else None  # noqa: SLF001
    if quick is not None:
        assert quick == tokens._any_tail(line, begin)  # noqa: SLF001


# What may belong to the first figure, or look like one, at the end of a label.
ENDS = st.sampled_from((
    "Sales", "Range of 430 to", "Paid in  R", "5.5x", "14c", "2.0 points", "3.7 years", "12 1/", "Cost C$", "  NM",
    "Total (b)", "Total (b", "Net (loss)", "Loss per share,", "$  519 (b)", "7.4)pp", "nil", "Due 2004 -", "Tax:",
))  # fmt: skip


@given(ENDS, st.lists(st.tuples(st.integers(0, 6), FIGURES), min_size=1, max_size=5))
def test_usual_line_is_read_as_any_other(label: str, cells: list[tuple[int, str]]) -> None:
    line = (label + "".join(" " * gap + text for gap, text in cells)).rstrip()
    quick = tokens._usual_tail(line)  # noqa: SLF001  the two ways are compared
    if quick:
        assert quick == tokens._pieces(line, ranges=True)  # noqa: SLF001
