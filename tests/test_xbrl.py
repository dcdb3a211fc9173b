"""The XBRL package: what is in it, that every figure of the book is, and that nothing of a filing gets out of its place."""

from __future__ import annotations

import json
import re
import zipfile
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from orebook.cli import main
from orebook.close import close
from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.pipeline import check, read
from orebook.write.words import visible
from orebook.write.xbrl import Package, package, told
from orebook.write.xbrl.items import When, when
from orebook.write.xbrl.names import Names, beside_time, camel, dashed
from orebook.write.xbrl.units import currency_of, unit_of
from tests.xbrl_sample import BRIEF, LINK, REPORT, XLINK, XS, Seen, part, parts, seen

GOLDEN = Path(__file__).parent / "golden" / "birch-1999q2.xbrl.txt"
SEEDS = ("hecla-1995q3", "hecla-1996q1", "hecla-2003q3", "hecla-2004q3", "hecla-2007q3")
FILED = (
    "releases-html/0001289945-20-000036.html",
    "releases-html/AAPL_8-K_20140423.txt",
    "submissions/AMERICAN-PAD-PAPER-CO_10-Q_19970930_0000950134-97-008577.txt",
    "submissions/AMES-DEPARTMENT-STORES-INC_10-Q_19990501_0000006071-99-000013.txt",
)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")
# By record unit: measures above, measures below, and what a printed number is divided by.
UNITS: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "USD": (("iso4217:USD",), (), 1),
    "CAD": (("iso4217:CAD",), (), 1),
    "USD/share": (("iso4217:USD",), ("xbrli:shares",), 1),
    "USD/oz": (("iso4217:USD",), ("utr:ozt",), 1),
    "USD/ton": (("iso4217:USD",), ("utr:T",), 1),
    "USD/lb": (("iso4217:USD",), ("utr:lb",), 1),
    "cents/lb": (("iso4217:USD",), ("utr:lb",), 100),
    "cents": (("iso4217:USD",), (), 100),
    "oz": (("utr:ozt",), (), 1),
    "ton": (("utr:T",), (), 1),
    "tonne": (("utr:t",), (), 1),
    "oz/ton": (("utr:ozt",), ("utr:T",), 1),
    "g/t": (("utr:g",), ("utr:t",), 1),
    "days": (("own:days",), (), 1),
    "shares": (("xbrli:shares",), (), 1),
    "pure": (("xbrli:pure",), (), 1),
    "%": (("xbrli:pure",), (), 100),
}


def made(book: Book) -> Package:
    return package(book, check(book))


def sample(text: str = REPORT) -> Book:
    return read(text.encode(), "birch-1999q2.txt")


def first_day(period: Period) -> date | None:
    """The first day of a period, counted apart from how we count it: by whole weeks, or by the days of its months."""
    if period.months is None:
        return None
    if period.weeks is not None:
        return period.end - timedelta(days=7 * period.weeks - 1)
    year, month = divmod(period.end.year * 12 + period.end.month - 1 - period.months, 12)
    last = monthrange(year, month + 1)[1]
    whole = period.end.day == monthrange(period.end.year, period.end.month)[1]
    return date(year, month + 1, last if whole else min(period.end.day, last)) + timedelta(days=1)


def spot_of(fact: Fact) -> str:
    offset = "" if fact.spot.offset is None else " offset {}-{}".format(*fact.spot.offset)
    return f":{fact.spot.line}:{fact.spot.start}-{fact.spot.end}{offset} [{visible(fact.text)}]"


def by_spot(data: bytes) -> dict[str, Seen]:
    """The items of a package by each spot that their footnotes name."""
    pattern = re.compile(r":\d+:\d+-\d+(?: offset \d+-\d+)? \[.*?\](?= |$)")
    found: dict[str, Seen] = {}
    for item in seen(data).values():
        for text in item.spots:
            match = pattern.search(text)
            assert match is not None, text
            assert match.group() not in found
            found[match.group()] = item
    return found


def assert_same(fact: Fact, item: Seen, company: tuple[str, str]) -> None:
    """An item says what the book says of the figure: value, digits, unit, days, company."""
    above, below, divided = UNITS[fact.unit]
    assert item.unit == (above, below)
    assert fact.period is not None
    assert (item.start, item.end) == (first_day(fact.period), fact.period.end)
    assert item.company == company
    if fact.value is None:
        assert item.value in (None, 0)
        assert item.decimals == (None if item.value is None else "INF")
    else:
        assert item.value is not None
        assert item.value * divided == fact.value * fact.scale
        half = Decimal(1).scaleb(-int(item.decimals or 0)) * divided
        assert half == Decimal(1).scaleb(-fact.decimals) * fact.scale


def assert_whole(book: Book) -> Package:
    """Every figure of a book is an item, or is named with the cause why it is none."""
    done = made(book)
    items = by_spot(done.data)
    left = {fact.place for fact, cause in done.left if cause}
    assert len(items) + len(left) == len(book.facts)
    company = next(iter(items.values())).company if items else ("", "")
    for fact in book.facts:
        if fact.place in left:
            assert spot_of(fact) not in items
        else:
            assert_same(fact, items[spot_of(fact)], company)
    return done


def test_every_figure_of_the_example_is_in_its_package(root: Path) -> None:
    done = assert_whole(read(root / "examples" / "silverton-2007q3.txt"))
    assert done.left == ()
    assert next(iter(seen(done.data).values())).company == (
        "https://orebook.example/xbrl/company",
        "silverton-mining-company",
    )


@pytest.mark.parametrize("name", SEEDS)
def test_every_figure_of_a_filed_release_is_in_its_package(shared: Path, name: str) -> None:
    assert assert_whole(read(shared / "seeds" / f"{name}.txt")).left == ()


@pytest.mark.parametrize("name", FILED)
def test_other_companies_figures_are_in_theirs(shared: Path, name: str) -> None:
    done = assert_whole(read(shared / "corpus" / name))
    assert done.items > 100
    assert {cause for _, cause in done.left} <= {"no period is stated"}


def test_a_closed_quarter_is_a_package(root: Path) -> None:
    done = assert_whole(close(root / "examples" / "sawtooth").book)
    assert done.left == ()
    assert done.conflicts == ()


def test_the_parts_of_a_package(update_golden: bool) -> None:
    """Schema, linkbases and instance of the smaller report, and what is said of it."""
    book = sample(BRIEF)
    done = made(book)
    shown = [f"== {name}\n{data.decode()}" for name, data in parts(done.data).items()]
    shown.append("== said\n" + "".join(f"{line}\n" for line in told(book, done)))
    if update_golden:
        GOLDEN.write_text("".join(shown), encoding="utf-8")
    assert "".join(shown).splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_the_package_is_as_the_specifications_ask() -> None:
    data = made(sample()).data
    files = parts(data)
    kind = json.loads(files["META-INF/reportPackage.json"])
    assert kind == {"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbr"}}
    assert [name for name in files if name.startswith("reports/")] == [
        "reports/birch-river-mining-company-19990630.xbrl"
    ]
    (rewrite,) = part(files, "catalog.xml")
    assert rewrite.get("rewritePrefix") == "../taxonomy/"
    schema = part(files, ".xbrl").find(f"{{{LINK}}}schemaRef")
    assert schema is not None
    where = str(schema.get(f"{{{XLINK}}}href"))
    assert f"taxonomy/{where.removeprefix(str(rewrite.get('uriStartString')))}" in files


def test_a_package_is_the_same_byte_for_byte() -> None:
    one, other = made(sample()).data, made(sample()).data
    assert one == other
    with zipfile.ZipFile(BytesIO(one)) as opened:
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_dash_is_zero_where_figures_add_up_and_nothing_where_they_are_rates() -> None:
    items = by_spot(made(sample()).data)
    nils = {fact.label: items[spot_of(fact)] for fact in sample().facts if fact.nil}
    assert {label: item.value for label, item in nils.items()} == {
        "Cash flow from sale of timber": Decimal(0),
        "Tons of ore milled": Decimal(0),
        "Silver produced (oz.)": Decimal(0),
        "Total cash cost per ounce": None,
    }


def test_what_is_not_available_is_no_zero() -> None:
    book = sample(REPORT.replace("- -         52", "n/a         52"))
    items = by_spot(made(book).data)
    assert {items[spot_of(fact)].value for fact in book.facts if fact.text == "n/a"} == {None}


def test_copies_that_agree_are_one_item_and_others_are_told() -> None:
    book = sample()
    done = made(book)
    items = by_spot(done.data)
    sales = [items[spot_of(fact)] for fact in book.facts if fact.text == "$   4,120"]
    assert len(sales) == 2
    assert sales[0] is sales[1]
    assert len(sales[0].spots) == 2
    income = [items[spot_of(fact)] for fact in book.facts if fact.text in {"655", "$     665"}]
    assert [item.value for item in income] == [655_000, 665_000]
    assert income[0].concept == income[1].concept == "NetIncomeLoss"
    assert "contradicts itself: Net income (loss), six months to 30 June 1999: 655 on line 11" in "\n".join(
        told(book, done)
    )


METALS = """\
                     UNIT COSTS

                                  Three Months Ended
                                       June 30,
                                    1999       1998
                                 ---------  ---------
Cost per ounce of silver:
  Total cash cost                    $3.98      $4.20
  Full cost                          $5.01      $5.44
Cost per ounce of gold:
  Total cash cost                  $201.00    $215.00
  Full cost                        $266.00    $271.00
"""


def test_rows_of_one_name_that_no_check_ties_are_two_elements() -> None:
    """Figures of one name and period that the checks do not hold for one fact say nothing against each other."""
    book = read(METALS.encode(), "metals.txt")
    done = assert_whole(book)
    items = by_spot(done.data)
    rows = list(dict.fromkeys(items[spot_of(fact)].concept for fact in book.facts))
    assert len(rows) == 4
    assert rows[2].endswith("CostPerOunceOfGold") or rows[2].startswith("CostPerOunceOfGold")
    assert done.conflicts == ()


def test_labels_in_other_letters_are_told_apart() -> None:
    """Their words are in no name; rows that happen to print the same are still two."""
    text = re.sub(r"Receivables +1,903 +2,241", "\u77f3" + " " * 41 + "88           99", REPORT)
    text = re.sub(r"Properties, net +5,010 +4,870", "\u91d1" + " " * 41 + "88           99", text)
    book = sample(text)
    items = by_spot(assert_whole(book).data)
    two = {
        items[spot_of(fact)].concept: items[spot_of(fact)].label
        for fact in book.facts
        if fact.text == "88" and fact.period
    }
    assert sorted(two.values()) == ["\u77f3", "\u91d1"]
    assert all(map(NAME.match, two))


def test_a_mine_is_a_member_and_the_company_is_the_default() -> None:
    items = by_spot(made(sample()).data)
    told_of = {fact.entity: items[spot_of(fact)].members for fact in sample().facts if fact.period}
    assert told_of == {
        None: {},
        "ALDER UNIT": {"MineOrSegmentAxis": "AlderUnitMember"},
        "CEDAR CREEK UNIT (Reflects Birch River's 40% share)": {"MineOrSegmentAxis": "CedarCreekUnitMember"},
    }


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Year ended Dec. 31, 1999 Gold", "Gold"),
        ("Three months ended June 30, 1999", ""),
        ("The Company Second quarter 1999", "The Company"),
        ("for the year ended 1999 The Company", "The Company"),
        ("Cost of sales", "Cost of sales"),
        ("Silver as of March 31, 2001", "Silver"),
        ("", ""),
    ],
)
def test_a_column_is_called_by_what_it_says_besides_its_period(heading: str, said: str) -> None:
    assert beside_time(heading) == said


SIDE_BY_SIDE = """\
                    SEGMENTS
                 (in thousands)

                  Year ended December 31, 1999
                   Gold     Silver      Total
                --------   --------   --------
Sales           $  1,200   $    800   $  2,000
Costs                900        700      1,600
                --------   --------   --------
Profit          $    300   $    100   $    400
                ========   ========   ========
"""


def test_columns_of_one_period_are_members_of_an_axis() -> None:
    book = read(SIDE_BY_SIDE.encode(), "segments.txt")
    items = by_spot(assert_whole(book).data)
    columns = [items[spot_of(fact)].members for fact in book.facts[:3]]
    assert columns == [{"ColumnAxis": "GoldMember"}, {"ColumnAxis": "SilverMember"}, {}]
    assert made(book).conflicts == ()


SUBMISSION = """\
<SEC-DOCUMENT>0000123456-99-000007.txt
<SEC-HEADER>
ACCESSION NUMBER:  0000123456-99-000007
CONFORMED SUBMISSION TYPE: 10-Q
CONFORMED PERIOD OF REPORT: 19990630

FILER:

  COMPANY DATA:
    COMPANY CONFORMED NAME:   BIRCH RIVER MINING CO
    CENTRAL INDEX KEY:        0000123456

FILER:

  COMPANY DATA:
    COMPANY CONFORMED NAME:   ALDER HOLDING CO
    CENTRAL INDEX KEY:        0000654321
</SEC-HEADER>
<DOCUMENT>
<TYPE>10-Q
<SEQUENCE>1
<TEXT>
{}
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def test_a_company_is_named_by_its_key_where_the_header_states_it() -> None:
    book = read(SUBMISSION.format(REPORT).encode(), "filing.txt")
    assert {item.company for item in seen(assert_whole(book).data).values()} == {
        ("http://www.sec.gov/CIK", "0000123456")
    }


def calculations(files: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    for arc in part(files, "-cal.xml").iter(f"{{{LINK}}}calculationArc"):
        ends = (str(arc.get(f"{{{XLINK}}}{end}")).removeprefix("loc_ore_") for end in ("from", "to"))
        yield (*ends, str(arc.get("weight")))  # type: ignore[misc]  # a pair and a weight


def test_the_calculations_are_the_sums_that_hold() -> None:
    arcs = set(calculations(parts(made(sample()).data)))
    assert {("AssetsCurrent", "CashAndCashEquivalentsAtCarryingValue", "1"), ("Assets", "AssetsCurrent", "1")} <= arcs
    assert {weight for total, _, weight in arcs if total == "GrossProfit"} == {"1", "-1"}


def selected(day: str, *rows: str) -> str:
    """A table of selected data at a day of two years."""
    head = f"\n              SELECTED BALANCE SHEETS\n              (in thousands)\n\n{day:>38},{day:>11},\n"
    return f"{head}{'1999':>37}{'1998':>12}\n{'-' * 10:>39}{'-' * 10:>12}\n" + "".join(f"{row}\n" for row in rows)


SOLD = "Total current assets          $    2,201  $    2,402"
WHOLE = "Total assets                       7,018       7,350"


def test_a_sum_that_is_printed_in_part_elsewhere_is_solved_for_what_is_not() -> None:
    """A processor takes parts that are not printed for nothing: the sum would be wrong where the report is right."""
    done = made(sample(REPORT + selected("March 31", SOLD, WHOLE)))
    arcs = set(calculations(parts(done.data)))
    assert "Assets" not in {total for total, _, _ in arcs}
    assert {("PropertiesNet", "Assets", "1"), ("PropertiesNet", "AssetsCurrent", "-1")} <= arcs
    assert done.sums.unsaid == ()


def test_a_sum_whose_every_part_is_printed_without_others_is_no_calculation() -> None:
    text = REPORT + selected("March 31", SOLD, WHOLE)
    book = sample(text + selected("Sept. 30", "Properties, net               $    4,817  $    4,848", WHOLE))
    done = made(book)
    assert [each.total.name for each in done.sums.unsaid] == ["Assets"]
    assert "Assets" not in {name for arc in calculations(parts(done.data)) for name in arc}
    assert "1 sum that holds is not in the calculations" in "\n".join(told(book, done))


HOSTILE = (
    ("Receivables", "<b>&\"'</b>]]>"),
    ("Receivables", "&xxe; ../../x"),
    ("Receivables", "Caf\u00e9 \u77f3\u5c71"),
    ("Receivables", "\u202eReceivables\u200b"),
    ("Receivables", "1999 notes"),
    ("Receivables", "xml:id=x"),
    ("BIRCH RIVER MINING COMPANY", "../BIRCH/RIVER \x01 COMPANY"),
    ("ALDER UNIT", "ALDER <UNIT> UNIT"),
)


@pytest.mark.parametrize(("old", "new"), HOSTILE)
def test_text_of_a_filing_stays_text(old: str, new: str) -> None:
    book = sample(REPORT.replace(old, new))
    done = assert_whole(book)
    for name, data in parts(done.data).items():
        assert re.fullmatch(r"(?:META-INF|reports|taxonomy)/[A-Za-z0-9.-]+", name)
        if not name.endswith(".json"):
            etree.fromstring(data)
    assert_names(done.data)


def assert_names(data: bytes) -> None:
    """Names and identifiers are plain, and none is given twice."""
    files = parts(data)
    declared = [str(each.get("name")) for each in part(files, ".xsd").iter(f"{{{XS}}}element")]
    assert all(map(NAME.match, declared))
    assert max(Counter(name.casefold() for name in declared).values(), default=1) == 1
    top = part(files, ".xbrl")
    identifiers = [str(each.get("id")) for each in top if each.get("id")]
    assert all(map(NAME.match, identifiers))
    assert len(set(identifiers)) == len(identifiers)
    used = {etree.QName(each).localname for each in top if each.get("contextRef")}
    assert used <= set(declared)


@given(st.lists(st.text(max_size=12), max_size=20))
def test_any_words_give_plain_names_each_once(words: list[str]) -> None:
    names = Names()
    given_names = [names.give((camel(text), f"{camel(text)}Tail")) for text in words]
    assert all(map(NAME.match, given_names))
    assert len({name.casefold() for name in given_names}) == len(words)
    assert all(re.fullmatch(r"[a-z0-9-]*", dashed(text)) for text in words)


LABELS = st.text(
    st.characters(codec="utf-8", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\t"), max_size=24
)


@given(LABELS, LABELS)
def test_any_label_gives_a_whole_package(one: str, other: str) -> None:
    book = sample(REPORT.replace("Receivables ", f"{one} ").replace("ALDER UNIT", f"{other} UNIT"))
    assert_names(assert_whole(book).data)


@given(
    st.decimals(min_value=-(10**6), max_value=10**6, places=2),
    st.sampled_from([1, 1000, 10**6]),
    st.sampled_from(["USD", "cents/lb", "%"]),
)
def test_values_keep_every_digit(number: Decimal, scale: int, unit: str) -> None:
    """Scaled and divided exactly, and the decimals are those of the printed digits."""
    book = sample()
    fact = next(fact for fact in book.facts if fact.text == "1,903")
    other = replaced(fact, value=number, decimals=2, scale=scale, unit=unit)
    changed = book._replace(facts=tuple(other if each is fact else each for each in book.facts))
    item = by_spot(made(changed).data)[spot_of(fact)]
    assert_same(other, item, item.company)


@given(
    st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    st.sampled_from([1, 3, 6, 9, 12]),
    st.sampled_from([None, 13, 26, 39, 52, 53]),
)
def test_a_duration_begins_the_day_after_the_one_before_it_ends(end: date, months: int, weeks: int | None) -> None:
    period = Period(end, months, weeks)
    assert when(period) == When(first_day(period), end)
    assert when(period.instant()) == When(None, end)


def test_every_unit_of_the_records_can_be_told() -> None:
    for name, (above, below, divided) in UNITS.items():
        unit = unit_of(name, "USD")
        assert unit is not None
        assert unit.above.name == above[0].partition(":")[2]
        assert (unit.below is not None) == bool(below)
        assert 10**unit.places == divided


def test_cents_of_no_single_currency_are_left_out() -> None:
    assert unit_of("cents/lb", "") is None
    book = sample(REPORT.replace("Exploration   ", "Exploration (C$ thousands)"))
    assert currency_of(book.facts) == ""
    done = assert_whole(book)
    assert {(fact.label, cause) for fact, cause in done.left if cause != "no period is stated"} == {
        ("Lead price - average (cents/lb)", "its unit cannot be told in XBRL")
    }


def test_a_book_without_figures_is_a_report_without_items() -> None:
    done = made(read(b"Nothing to report this quarter.\n", "letter.txt"))
    assert done.items == 0
    assert seen_names(done.data) == set()


def seen_names(data: bytes) -> set[str]:
    return {str(each.get("id")) for each in part(parts(data), ".xbrl") if each.get("contextRef")}


def test_the_command_writes_and_says_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "birch.txt").write_text(REPORT)
    assert main(["write", "birch.txt", "--to", "birch.xbr"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[:2] == [
        "orebook: birch.txt: 2 of 80 figures are left out",
        "orebook: birch.txt:67: Employees (2 figures): no period is stated",
    ]
    assert len(seen((tmp_path / "birch.xbr").read_bytes())) > 60
    assert main(["write", "birch.txt", "--to", "none/birch.xbr"]) == 2
    assert "nothing was written" in capsys.readouterr().err
