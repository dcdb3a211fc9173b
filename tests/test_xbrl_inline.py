"""The release as Inline XBRL: a page that reads back to the same figures, each tagged with what the book says of it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from orebook.cli import main
from orebook.close import close
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.slotted import replaced
from orebook.pipeline import check, read
from orebook.write.release.trip import fact_key
from orebook.write.words import place
from orebook.write.xbrl import inline_package, package
from tests.test_xbrl import HOSTILE, LABELS, SEEDS
from tests.xbrl_sample import REPORT, part, parts, seen

IX = "{http://www.xbrl.org/2013/inlineXBRL}"
XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def page(book: Book) -> bytes:
    files = parts(inline_package(book, check(book)).data)
    (name,) = [name for name in files if name.startswith("reports/")]
    assert name.endswith(".xhtml")
    return files[name]


def above(tag: etree._Element) -> etree._Element:
    found = tag.getparent()
    assert found is not None
    return found


def said(tag: etree._Element) -> Decimal | None:
    """The value of a tag, by the rules of Inline XBRL: its transformation, then its scale and sign."""
    if tag.get(XSI_NIL) == "true":
        assert not tag.text
        return None
    text = tag.text or ""
    rule = tag.get("format")
    assert rule in (None, "ixt:fixed-zero", "ixt:num-dot-decimal")
    number = Decimal(0) if rule == "ixt:fixed-zero" else Decimal(text.replace(",", "") if rule else text)
    number = number.scaleb(int(tag.get("scale", "0")))
    assert number >= 0
    return -number if tag.get("sign") == "-" else number


def assert_tagged(book: Book) -> Counter[str]:
    """Every figure that can be stated is one tag, which says what the other package says; where the tags stand."""
    top = etree.fromstring(page(book))
    tags = {str(tag.get("id")): tag for tag in top.iter(f"{IX}nonFraction")}
    plain = {text: item for item in seen(package(book, check(book)).data).values() for text in item.spots}
    notes = {str(note.get("id")): str(note.text) for note in top.iter(f"{IX}footnote")}
    links = {str(each.get("fromRefs")): str(each.get("toRefs")) for each in top.iter(f"{IX}relationship")}
    assert len(tags) == len(notes) == len(links) == len(plain)
    where: Counter[str] = Counter()
    for name, tag in tags.items():
        item = plain[notes[links[name]]]
        assert said(tag) == item.value
        assert tag.get("decimals") == item.decimals
        assert tag.get("name") == f"ore:{item.concept}"
        where["hidden" if above(tag).tag == f"{IX}hidden" else "shown"] += 1
    return where


@pytest.mark.parametrize("name", ["example", *SEEDS])
def test_a_tagged_release_reads_back_to_the_same_figures(root: Path, request: pytest.FixtureRequest, name: str) -> None:
    example = root / "examples" / "silverton-2007q3.txt"
    path = example if name == "example" else request.getfixturevalue("shared") / "seeds" / f"{name}.txt"
    book = read(path)
    assert Counter(map(fact_key, read(page(book), book.name).facts)) == Counter(map(fact_key, book.facts))
    where = assert_tagged(book)
    assert where["shown"] > 250
    assert where["hidden"] <= 4  # positions that the report tells in sentences


def test_a_closed_quarter_is_tagged(root: Path) -> None:
    where = assert_tagged(close(root / "examples" / "sawtooth").book)
    assert where == Counter(shown=402)


def test_figures_stand_where_they_are_printed() -> None:
    top = etree.fromstring(page(read(REPORT.encode(), "birch-1999q2.txt")))
    cells = {str(tag.get("id")): above(tag) for tag in top.iter(f"{IX}nonFraction")}
    shown = {name: "".join(map(str, cell.itertext())) for name, cell in cells.items()}
    facts = {place(fact): fact for fact in read(REPORT.encode(), "birch-1999q2.txt").facts}
    assert shown["L11C54"] == "(187)"
    assert {shown[name] for name, fact in facts.items() if fact.nil} == {"\u2014"}


@pytest.mark.parametrize(("text", "value"), [("12 1/8", "12.125"), ("1.234,5", "1234.5"), ("1 2", "12")])
def test_digits_that_no_rule_reads_are_said_in_the_hidden_part(text: str, value: str) -> None:
    book = read(REPORT.encode(), "birch-1999q2.txt")
    first = book.facts[0]
    other: Fact = replaced(first, text=text, value=Decimal(value), decimals=3, scale=1)
    book = book._replace(facts=(other, *book.facts[1:]))
    tags = {tag.get("id"): tag for tag in etree.fromstring(page(book)).iter(f"{IX}nonFraction")}
    tag = tags[place(other)]
    assert said(tag) == Decimal(value)
    assert (above(tag).tag == f"{IX}hidden") == (text != "1 2")


def assert_harmless(data: bytes) -> None:
    top = etree.fromstring(data)
    names = {etree.QName(each).localname for each in top.iter(etree.Element)}
    assert names.isdisjoint({"script", "link", "img", "a", "iframe", "object", "form", "base"})
    assert not [name for each in top.iter(etree.Element) for name in each.attrib if str(name).startswith("on")]


@pytest.mark.parametrize(("old", "new"), HOSTILE)
def test_text_of_a_filing_stays_text(old: str, new: str) -> None:
    book = read(REPORT.replace(old, new).encode(), "birch-1999q2.txt")
    assert_harmless(page(book))
    assert_tagged(book)


@given(LABELS, LABELS)
def test_any_label_gives_a_whole_page(one: str, other: str) -> None:
    text = REPORT.replace("Receivables ", f"{one} ").replace("ALDER UNIT", f"{other} UNIT")
    assert_harmless(page(read(text.encode(), "birch-1999q2.txt")))


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(["USD", "cents/lb", "%"]))
def test_a_tag_says_the_printed_value(number: Decimal, unit: str) -> None:
    book = read(REPORT.encode(), "birch-1999q2.txt")
    fact = book.facts[0]
    text = f"({-number:,})" if number < 0 else f"{number:,}"
    other: Fact = replaced(fact, text=text, value=number, decimals=2, unit=unit)
    book = book._replace(facts=(other, *book.facts[1:]))
    assert_tagged(book)


def test_the_package_says_that_it_is_inline() -> None:
    files = parts(inline_package(book := read(REPORT.encode(), "birch.txt"), check(book)).data)
    assert b'"https://xbrl.org/report-package/2023/xbri"' in files["META-INF/reportPackage.json"]
    assert part(files, ".xsd") is not None


def test_the_command_takes_a_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "birch.txt").write_text(REPORT)
    (tmp_path / "own.md").write_text("# {company} reports\n")
    assert main(["write", "birch.txt", "--to", "birch.xbri", "--template", "own.md"]) == 0
    data = parts((tmp_path / "birch.xbri").read_bytes())
    assert "reports</h1>" in next(body.decode() for name, body in data.items() if name.endswith(".xhtml"))
    (tmp_path / "own.md").write_text("# {sales of nowhere}\n")
    assert main(["write", "birch.txt", "--to", "other.xbri", "--template", "own.md"]) == 2
    assert "own.md:1" in capsys.readouterr().err
    assert not (tmp_path / "other.xbri").exists()
