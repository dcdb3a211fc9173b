"""The release as set: what stands where, in text and on the page, and what no book can do to the page."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.model.book import Book
from orebook.model.fact import Column
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.pipeline import read
from orebook.write.release import render
from orebook.write.release.columns import headings_of
from orebook.write.release.text import stacked, text
from orebook.write.release.wrap import wrap_label, wrap_prose, wrap_title

REPORT = """\
                         JUNIPER MINING COMPANY
                Consolidated Statements of Operations
   (dollars in thousands, except per share amounts - unaudited)

                                Three Months Ended    Nine Months Ended
                                ------------------   -------------------
                                Sept. 30, Sept. 30,  Sept. 30,  Sept. 30,
                                  2003      2002       2003       2002
                                --------- ---------  ---------- ---------
Sales of products (1)           $ 11,204  $  9,876   $  33,410  $ 28,117
                                --------- ---------  ---------- ---------
Costs:
  Cost of sales and other
   direct production costs         8,020     7,904      24,515    23,220
  Depreciation                     1,250        --       3,750        --
                                --------- ---------  ---------- ---------
                                   9,270     7,904      28,265    23,220
                                --------- ---------  ---------- ---------
Gross profit (loss)             $  1,934  $  1,972   $   5,145  $  4,897
                                ========= =========  ========== =========

- ------------------------------------------------------------------------
NORTH UNIT (Reflects a 41.25% share)
- ------------------------------------------------------------------------
Gain (loss)                     $   (121) $     44   $    (310) $     12

(1) Includes sales to the smelter.
"""

WRITTEN = """\
                            JUNIPER MINING COMPANY
                     Consolidated Statements of Operations
          (dollars in thousands, except per share amounts - unaudited)

                                       Three Months Ended    Nine Months Ended
                                      --------------------  --------------------
                                      Sept. 30,  Sept. 30,  Sept. 30,  Sept. 30,
                                        2003       2002       2003       2002

Sales of products (1)                 $ 11,204    $ 9,876   $ 33,410   $ 28,117
                                      ---------   --------  ---------  ---------
Costs:
  Cost of sales and other direct
   production costs                      8,020      7,904     24,515     23,220
  Depreciation                           1,250        - -      3,750        - -
                                      ---------   --------  ---------  ---------
                                         9,270      7,904     28,265     23,220
                                      ---------   --------  ---------  ---------
Gross profit (loss)                   $  1,934    $ 1,972   $  5,145   $  4,897
                                      =========   ========  =========  =========

--------------------------------------------------------------------------------
NORTH UNIT (Reflects a 41.25% share)
--------------------------------------------------------------------------------
Gain (loss)                           $   (121)   $    44   $   (310)  $     12

(1) Includes sales to the smelter.
"""


def test_a_table_is_set_as_releases_set_it() -> None:
    assert text(read(REPORT.encode(), "juniper.txt")).splitlines() == WRITTEN.splitlines()


LABELS = (
    ("Cost of sales and other direct production costs", 26, ["Cost of sales and other", "direct production costs"]),
    ("Gold - London Final ($/oz.)", 20, ["Gold - London Final", "($/oz.)"]),
    (
        "Provision for Closed Operations and Environmental Matters",
        30,
        ["Provision for", "Closed Operations and", "Environmental Matters"],
    ),
    ("Total Assets Under Management Of Record", 12, ["Total Assets Under", "Management Of", "Record"]),
    ("Series B Preferred", 4, ["Series B Preferred"]),
)


@pytest.mark.parametrize(("label", "width", "lines"), LABELS)
def test_labels_break_where_the_second_line_goes_on(label: str, width: int, lines: list[str]) -> None:
    assert wrap_label(label, width) == lines


@given(st.lists(st.text("abcXYZ(),.0123456789", min_size=1, max_size=12), min_size=1, max_size=30), st.integers(12, 80))
def test_no_word_is_lost_in_wrapping(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert " ".join(wrap_prose(text, width, "")) == text
    assert " ".join(wrap_label(text, width)) == text
    assert " ".join(wrap_title(text, width)) == text
    assert all(len(line) <= width or " " not in line for line in wrap_prose(text, width, "")[:-1])


def test_headings_stand_on_as_many_lines() -> None:
    assert stacked(("Sept. 30, 2003", "Dec. 31, 2002"), 2) == (("Sept. 30,", "2003"), ("Dec. 31,", "2002"))
    assert stacked(("Change", "Dec. 31, 2002"), 2) is None
    assert stacked(("Change", "Dec. 31, 2002"), 2, ragged=True) == (("", "Change"), ("Dec. 31,", "2002"))
    assert stacked(("", ""), 1) == (("",), ("",))


class Outline(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("!comment", {}))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


ELEMENTS = frozenset(
    "html head meta title style body main h1 h2 p ul li br hr section div table caption thead tbody tr th td".split()  # noqa: SIM905
)
ATTRIBUTES = frozenset("lang charset http-equiv content name class style scope colspan".split())  # noqa: SIM905


def test_words_that_begin_like_a_month_are_no_time() -> None:
    day = Period(date(1999, 12, 31))
    columns = [
        Column(at, f"December 31, 1999 {called}", day)
        for at, called in enumerate(("Market value", "Decrease", "Mar 1999"))
    ]
    headings = headings_of(columns, untitled=False)
    assert headings.leaves[:2] == ("Market value", "Decrease")


def test_the_page_is_made_of_tables_that_say_what_heads_what() -> None:
    page = Outline(render(read(REPORT.encode(), "juniper.txt"), "html"))
    assert page.count("table") == 1
    assert page.count("caption") == 1
    scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
    assert scopes.count("col") == 4
    assert scopes.count("colgroup") == 2
    assert scopes.count("row") == 6
    assert scopes.count("rowgroup") == 2
    assert page.count("script") == 0
    assert "@media print" in render(read(REPORT.encode(), "juniper.txt"), "html")


HOSTILE = (
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "</table></style><b>", "' onmouseover='x", "&lt;b&gt;", "<!--",
    "]]>", "{sales}", "\u202egnp.exe", "\x00\x1b[31m", "javascript:alert(1)", "</title>",
)  # fmt: skip


def hostile(book: Book, text: str) -> Book:
    """The book with `text` wherever a book holds text that is printed."""
    tables = {table.number: replaced(table, title=f"T {text}", caption=f"({text})") for table in book.tables}
    facts = tuple(
        replaced(
            fact,
            table=tables[fact.table.number],
            row=replaced(
                fact.row,
                label=f"{fact.label} {text}",
                heading=(f"H {text}",),
                entity=text,
                notes=(text, *fact.row.notes),
            ),
            column=replaced(fact.column, heading=text, period=None),
            text=f"{fact.text}{text}" if fact.nil else fact.text,
        )
        for fact in book.facts
    )
    lines = tuple(f"{line} {text}" for line in book.lines)
    identity = book.identity._replace(company=f"{text} COMPANY")
    return book._replace(tables=tuple(tables.values()), facts=facts, lines=lines, identity=identity)


@given(st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=30))
def test_no_text_of_a_book_becomes_markup(said: str) -> None:
    page = Outline(render(hostile(_BOOK, said), "html"))
    assert {tag for tag, _ in page.tags} <= ELEMENTS
    assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
    rows = sum(tag == "tr" for tag, _ in page.tags)
    assert rows == _ROWS or rows > 6
    shown = "".join(page.text)
    assert "\x1b" not in shown
    assert "\u202e" not in shown


_BOOK = read(REPORT.encode(), "juniper.txt")
_ROWS = Outline(render(_BOOK, "html")).count("tr")


def test_a_release_is_written_from_the_shipped_example(root: Path) -> None:
    book = read(root / "examples" / "silverton-2007q3.txt")
    for kind in ("text", "html"):
        again = read(render(book, kind).encode(), "again")
        assert [(f.value, f.unit, f.scale, f.period, f.label) for f in again.facts] == [
            (f.value, f.unit, f.scale, f.period, f.label) for f in book.facts
        ]
