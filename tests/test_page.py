"""The page as text: complete, escaped, bounded, and under its own policy."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.model.book import Part, Problem
from orebook.model.slotted import replaced
from orebook.model.tie import Checked
from orebook.pipeline import check, read
from orebook.write.html import page
from orebook.write.marks import MARKS, by_weight, marks
from orebook.write.page.charts import charts
from orebook.write.page.data import sentence
from orebook.write.page.report import CUT, tokens
from orebook.write.view import Heading, Line, views
from orebook.write.words import grouped, period_words, unit_words, visible
from tests.page_sample import LINES, QUARTER, sample, seeds
from tests.steps import steps


def lines_of(text: str) -> list[str]:
    """The lines of the report as a browser would show them."""
    found = re.findall(r'<span class="l[^"]*" data-n="\d+">(.*?)\n</span>', text, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", line)) for line in found]


def data_of(text: str) -> dict[str, list[list[object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    made: dict[str, list[list[object]]] = json.loads(found.group(1))
    return made


def test_the_report_stands_there_as_filed() -> None:
    assert lines_of(page(*sample())) == list(LINES)


def test_every_figure_has_a_mark_and_an_address() -> None:
    book, checked = sample()
    text = page(book, checked)
    for fact in book.facts:
        place = f"L{fact.spot.line}C{fact.spot.start}"
        assert re.search(rf'<a class="fig m-\w+ [^"]*" id="{place}" href="#{place}"', text)


def test_the_weightiest_mark_is_drawn() -> None:
    book, checked = sample()
    found = marks(checked)
    total, broken = book.facts[4], book.facts[5]
    assert found[total.place] == ("foot", "said")
    assert found[broken.place] == ("break",)
    assert book.facts[6].place not in found, "a figure that nothing touches is untied"


def test_a_page_without_a_check_has_no_marks() -> None:
    book, _ = sample()
    text = page(book, None)
    assert 'class="fig"' in text
    assert " m-" not in re.sub(r"<style>.*</style>|<script>.*</script>", "", text, flags=re.DOTALL)
    assert lines_of(text) == list(LINES)


def test_findings_come_by_weight() -> None:
    book, checked = sample()
    first = checked.findings[0]
    query = first._replace(grade="query", message="a question")
    small = first._replace(message="small", ties=(replaced(first.ties[0], computed=first.ties[0].printed),))
    ordered = by_weight((query, small, first))
    assert [each.message for each in ordered] == [first.message, "small", "a question"]
    assert page(book, Checked(checked.ties, checked.claims, ordered)).index("small") > 0


def test_the_policy_lets_only_its_own_style_and_script_run() -> None:
    text = page(*sample())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert "default-src 'none'" in policy.group(1)
    for name in ("style", "script"):
        inside = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside.group(1).encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy.group(1)
    assert "unsafe" not in policy.group(1)
    assert not re.search(r"<[^>]* on\w+=", text)
    assert not re.search(r'<[^>]* style="', text)
    assert "http:" not in text.replace("http-equiv", "")
    assert "https:" not in text


@given(st.text(min_size=1, max_size=60).filter(lambda text: "\r" not in text and "\n" not in text))
@settings(max_examples=60, deadline=None)
def test_no_text_of_a_filing_becomes_markup(odd: str) -> None:
    lines = (odd, *LINES[1:])
    book, checked = sample(lines=LINES, label=odd, title=odd)
    text = page(book._replace(lines=lines, identity=book.identity._replace(company=odd)), checked)
    assert lines_of(text)[0] == visible(odd)
    assert data_of(text)["texts"]
    assert text.count("<script") == 2


@pytest.mark.parametrize("odd", ["\u202e", "\u2066", "\u200b", "\x00", "\x1b", "\ufeff", "\ud800", "\u2028"])
def test_hidden_characters_are_shown(odd: str) -> None:
    book, checked = sample(label=f"a{odd}b")
    text = page(book._replace(lines=(f"x{odd}y", *LINES[1:])), checked)
    assert odd not in text
    assert f"x‹U+{ord(odd):04X}›y" in lines_of(text)[0]
    text.encode("utf-8")


def test_a_line_of_a_million_characters_stays_bounded() -> None:
    book, checked = sample()
    _, short = steps(lambda: page(book._replace(lines=("x" * 2 * CUT, *LINES[1:])), checked))
    text, ran = steps(lambda: page(book._replace(lines=("x" * 1_000_000, *LINES[1:])), checked))
    assert ran < 2 * short
    assert len(text) < 200_000
    assert f"{1_000_000 - CUT:,} more characters" in text


def test_overlapping_places_leave_one_link() -> None:
    book, checked = sample()
    finding = checked.findings[0]
    wide = finding._replace(spot=finding.spot._replace(start=0))
    found = tokens(book, Checked(checked.ties, checked.claims, (finding, wide)))
    assert [token.kind for token in found[7]] == ["fig", "fig"]
    assert [token.kind for token in found[1]] == ["claim", "claim"]


def test_the_script_gets_finished_text() -> None:
    book, checked = sample()
    made = data_of(page(book, checked))
    assert len(made["figures"]) == len(book.facts)
    assert made["figures"][0][:6] == [4, 24, 33, 0, "39,809", "39,809,000"]
    tie = made["ties"][1]
    assert tie[6:10] == ["50,415", "50,414", "1", "1.5"]
    assert made["findings"][0][10] == [1]


def test_a_sentence_is_cut_at_its_full_stops() -> None:
    lines = ("Costs rose. Sales came to", "$49.2 million in 2007. More followed.")
    book, _ = sample()
    spot = book.facts[0].spot._replace(line=2, start=0, end=5)
    assert sentence(lines, spot, (1, 2)) == "Sales came to $49.2 million in 2007."


def test_a_grid_keeps_rows_headings_and_blanks() -> None:
    book, _ = sample()
    (view,) = views(book)
    kinds = [line.text if isinstance(line, Heading) else line.row.label for line in view.lines]
    assert kinds == [
        *("Silver operations", "Gold operations", "Total sales", "LUCKY FRIDAY", "Cost per ounce"),
        *("Pounds, in thousands", "Rounded pounds, total"),
    ]
    last = view.lines[-1]
    assert isinstance(last, Line)
    assert [fact.value if fact else None for fact in last.cells] == [Decimal(21), Decimal(24)]
    without = views(book._replace(facts=tuple(fact for fact in book.facts if fact.place != book.facts[1].place)))
    line = without[0].lines[0]
    assert isinstance(line, Line)
    assert line.cells[1] is None


def test_words() -> None:
    assert period_words(QUARTER) == "three months to 30 September 2007"
    assert period_words(QUARTER.instant()) == "at 30 September 2007"
    assert unit_words("USD", 1000) == "thousand US dollars"
    assert unit_words("oz/ton") == "ounces per ton"
    assert grouped(Decimal("-1234567.50")) == "-1,234,567.50"
    assert grouped(None) == "nil"


def test_what_was_not_read_is_said() -> None:
    book, checked = sample()
    assert 'class="notices"' not in page(book, checked)
    part = Part("EX-99", "scan.pdf", "a picture", 20, 30, read=False)
    odd = book._replace(problems=(Problem(7, "<no> table"),), parts=(part,))
    text = page(odd, checked._replace(notes=("unobservable: 3",)))
    assert "3 notes on the reading" in text
    assert "Line 7: &lt;no&gt; table" in text
    assert "Lines 20 to 30 (scan.pdf) were not read: EX-99" in text


def test_the_legend_explains_every_mark() -> None:
    text = page(*sample())
    assert [mark.name for mark in MARKS if f'id="mark-{mark.name}"' not in text] == []


def test_charts_are_drawn_from_facts() -> None:
    text = page(*sample())
    charts = text[text.index('id="view-charts"') : text.index('<aside class="panel"')]
    assert charts.count("<svg") == 5
    assert "+36 %" in charts
    assert "−55 %" in charts


@pytest.mark.parametrize("seed", seeds(), ids=lambda path: str(path.stem))
def test_the_page_of_a_seed_is_complete_and_small(seed: Path) -> None:
    book = read(seed)
    text = page(book, check(book))
    assert len(text.encode()) < 1_500_000
    assert lines_of(text) == [visible(line) for line in book.lines]
    assert len(re.findall(r'<a class="fig [^"]*" id=', text)) == len(book.facts)


def test_two_reports_stand_side_by_side() -> None:
    earlier, _ = sample()
    lines = tuple(line.replace("$  29,255", "$  29,155").replace("$  50,415", "$  50,315") for line in LINES)
    book, checked = sample(lines=lines, before=("$  29,155", "$  50,315"))
    text = page(book._replace(name="later.txt"), checked, other=earlier)
    beside = text[text.index('id="view-compare"') : text.index('<aside class="panel"')]
    assert beside.count('<tr class="changed">') == 2
    assert "Against <b>sample.txt</b>" in beside
    assert 'id="differing" checked' in beside
    unchanged = page(earlier._replace(name="later.txt"), checked, other=earlier)
    assert 'id="differing">' in unchanged
    row = beside[beside.index("Silver operations") :]
    assert re.findall(r"29,[12]55|-100", row)[:3] == ["29,255", "29,155", "-100"]
    assert "RP01" in text


def test_a_restated_line_says_where_it_went(shared: Path) -> None:
    earlier, later = read(shared / "seeds" / "hecla-2003q3.txt"), read(shared / "seeds" / "hecla-2004q3.txt")
    text = page(later, check(later), other=earlier)
    assert "2,562 = 2,468 + 94 Pre-development" in text


@pytest.mark.parametrize("name", ["hecla-2003q3", "hecla-2004q3", "hecla-2007q3"])
def test_a_reconciliation_is_drawn_as_a_bridge(name: str, shared: Path) -> None:
    book = read(shared / "seeds" / f"{name}.txt")
    drawn = charts(views(book), check(book))
    bridges = [part for part in drawn.split('<section class="chart">') if '<th scope="col">Bridge</th>' in part]
    assert len(bridges) >= 3
    for bridge in bridges:
        places = re.findall(r'href="#L(\d+)C(\d+)"', bridge)
        facts = {(fact.spot.line, fact.spot.start): fact for fact in book.facts}
        *steps, total = [facts[int(line), int(start)] for line, start in places]
        assert sum(step.amount for step in steps) == total.amount
        assert bridge.count('class="down"') == sum(step.amount < 0 for step in steps[1:])
