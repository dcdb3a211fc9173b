"""A store of reports: what goes in, what does not, and whose it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.lexicon.companies import company_key
from orebook.lexicon.times import without_time
from orebook.pipeline import read
from orebook.store import Found, Kept, Series, Store, StoreError, digest_of, packed, series
from tests import series_reports as reports

HEADER = """\
<SEC-HEADER>
CONFORMED SUBMISSION TYPE:\t10-Q
CONFORMED PERIOD OF REPORT:\t{period}
FILED AS OF DATE:\t\t{filed}
\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t{name}
\t\tCENTRAL INDEX KEY:\t{cik}
{former}</SEC-HEADER>
<DOCUMENT>
<TYPE>10-Q
<TEXT>
{body}
</TEXT>
</DOCUMENT>
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "reports.store"


def keep(store: Path, *given: bytes | tuple[str, bytes]) -> list[Kept]:
    """Keeps reports, called a, b, c unless they come with a name."""
    with Store.open(store) as opened:
        return [
            opened.keep(packed(read(data, name), digest_of(data)))
            for name, data in (
                each if isinstance(each, tuple) else ("abcdef"[place], each) for place, each in enumerate(given)
            )
        ]


def told(found: Sequence[Series] | Found) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """What each report prints of the figures of 2003, with the verdict on it, by label and unit."""
    every = found.series if isinstance(found, Found) else found
    return {
        (one.label, one.unit): [(vintage.fact.text.strip(" $"), vintage.verdict) for vintage in point.vintages]
        for one in every
        for point in one.points
        if point.period.end.year == 2003
    }


def submission(name: str, cik: str, body: bytes, year: int = 2003, former: str = "") -> bytes:
    """A report as filed with a header."""
    said = f"\tFORMER COMPANY:\n\t\tFORMER CONFORMED NAME:\t{former}\n" if former else ""
    dates = {"period": f"{year}0630", "filed": f"{year}0811"}
    return HEADER.format(**dates, name=name, cik=cik, former=said, body=body.decode()).encode()


@pytest.mark.parametrize(
    ("later", "label", "unit", "verdicts"),
    [
        (reports.second(), "Cost of sales", "USD", [("5,200", ""), ("5,200", "equal")]),
        (reports.divided(), "Exploration", "USD", [("562", ""), ("468", "re-presented")]),
        (reports.divided(), "Pre-development", "USD", [("94", "")]),
        (reports.restated(), "Cost of sales", "USD", [("5,200", ""), ("5,000", "restated")]),
        (reports.restated(), "Net income", "USD", [("2,400", ""), ("2,600", "restated")]),
        (reports.restated(), "Exploration", "USD", [("562", ""), ("562", "equal")]),
        (reports.split(), "Basic income per share", "USD/share", [("0.20", ""), ("0.10", "re-presented")]),
        (reports.second(cost=("5,500", "5,201")), "Cost of sales", "USD", [("5,200", ""), ("5,201", "rounded otherwise")]),
    ],
)  # fmt: skip
def test_what_a_later_report_makes_of_a_figure(
    later: bytes, label: str, unit: str, verdicts: list[tuple[str, str]], store: Path
) -> None:
    keep(store, reports.first(), later)
    assert told(series(store))[label, unit] == verdicts


@given(st.integers(1000, 9999), st.integers(1000, 9999), st.integers(-2, 2))
def test_a_verdict_says_what_the_digits_say(first: int, other: int, near: int) -> None:
    """Two figures are equal or rounded otherwise exactly where one number has both roundings."""
    for later in (other, max(first + near, 1000)):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "a.store"
            keep(
                path,
                reports.first(cost=(f"{first:,}", "5,000")),
                reports.second(cost=("5,500", f"{later:,}")),
            )
            [_, (printed, verdict)] = told(series(path, measure="cost of sales"))["Cost of sales", "USD"]
        apart = abs(first - later)
        assert printed == f"{later:,}"
        assert verdict in (["equal"], ["rounded otherwise"], ["re-presented", "restated"])[min(apart, 2)]


def test_why_a_figure_is_re_presented(store: Path) -> None:
    keep(store, reports.first(), reports.divided())
    [found] = series(store, measure="exploration", months=3).series
    assert [
        vintage.why for point in found.points for vintage in point.vintages if vintage.verdict == "re-presented"
    ] == ["'Pre-development' takes 94 of it"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_keeping_changes_nothing(order: tuple[int, ...], store: Path) -> None:
    amended = submission("LARKSPUR MINES INC", "17", reports.restated(), 2004)
    given = [("a", reports.first()), ("b", reports.divided()), ("c", amended)]
    keep(store, *(given[place] for place in order))
    found = told(series(store))
    assert found["Exploration", "USD"] == [("562", ""), ("468", "re-presented"), ("562", "restated")]
    assert found["Net income", "USD"] == [("2,400", ""), ("2,400", "equal"), ("2,600", "restated")]


def test_a_report_is_kept_once(store: Path) -> None:
    assert [made.before for made in keep(store, ("a", reports.first()), ("other", reports.first()))] == ["", "a"]
    assert keep(store, ("third", reports.first()))[0].before == "a"
    assert series(store).reports == 1


@pytest.mark.parametrize("gone", ["a", "b", "c"])
def test_a_report_that_is_dropped_was_never_there(gone: str, store: Path, tmp_path: Path) -> None:
    amended = submission("LARKSPUR MINES INC", "17", reports.restated(), 2004)
    given = [("a", reports.first()), ("b", reports.divided()), ("c", amended)]
    keep(store, *given)
    with Store.existing(store) as opened:
        assert opened.drop(gone) == 1
    other = tmp_path / "other.store"
    keep(other, *(each for each in given if each[0] != gone))
    assert told(series(store)) == told(series(other))
    with sqlite3.connect(store) as one, sqlite3.connect(other) as two:
        for table in ("reports", "rows", "facts", "tables", "columns", "spans", "changes", "companies"):
            count = f"SELECT count(*) FROM {table}"  # noqa: S608
            assert one.execute(count).fetchone() == two.execute(count).fetchone(), table


def test_a_company_goes_with_its_last_report(store: Path) -> None:
    keep(store, ("a", reports.first()), ("b", submission("TAMARACK MINES INC", "23", reports.first(), 2003)))
    with Store.existing(store) as opened:
        assert opened.drop("b") == 1
        with pytest.raises(StoreError, match=r"no report is kept as 'b'; the nearest are 'a'"):
            opened.drop("b")
    with sqlite3.connect(store) as base:
        assert base.execute("SELECT name FROM companies").fetchall() == [("LARKSPUR MINES INC.",)]
    assert [
        made.before for made in keep(store, ("b", submission("TAMARACK MINES INC", "23", reports.first(), 2003)))
    ] == [""]


def test_nothing_is_dropped_from_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store"):
        Store.existing(tmp_path / "none.store")
    assert not list(tmp_path.iterdir())


def test_another_content_under_one_name_is_told(store: Path) -> None:
    made = keep(store, ("a", reports.first()), ("a", reports.second()))
    assert [kept.others for kept in made] == [0, 1]
    assert series(store).reports == 2


def test_a_report_goes_in_whole_or_not_at_all(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(base: sqlite3.Connection, shelf: object, report: int) -> None:
        if report == 2:
            raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("orebook.store.keep.compare_with_neighbours", fail)
    with pytest.raises(StoreError, match="disk I/O error"):
        keep(store, reports.first(), reports.second())
    with sqlite3.connect(store) as base:
        counts = {
            table: base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("reports", "tables", "facts")
        }
    assert counts == {"reports": 1, "tables": 1, "facts": 16}


def test_what_is_kept_stays_when_the_run_is_stopped(store: Path) -> None:
    opened = Store.open(store)
    opened.keep(packed(read(reports.first(), "a"), digest_of(reports.first())))
    opened.__exit__(KeyboardInterrupt, None, None)
    assert series(store).reports == 1


def test_figures_are_kept_to_the_last_digit(store: Path) -> None:
    long = "12,345,678,901,234,567,890,123,456,789.1234567890"
    body = reports.first().replace(b"    5,200 ", f"    {long} ".encode())
    keep(store, body)
    [found] = series(store, measure="cost of sales").series
    assert found.points[-1].latest.fact.value == Decimal(long.replace(",", ""))
    [share] = series(store, unit="usd/share").series
    assert str(share.points[-1].latest.fact.value) == "0.20"


def test_every_figure_stands_in_a_series_or_is_counted(root: Path, store: Path) -> None:
    data = (root / "examples" / "silverton-2007q3.txt").read_bytes()
    [made] = keep(store, data)
    found = series(store)
    assert made.standing + sum(found.left_out.values()) == made.figures == found.figures == 686
    places = {
        copy.place
        for one in found.series
        for point in one.points
        for vintage in point.vintages
        for copy in vintage.copies
    }
    assert len(places) == made.standing
    printed = {fact.place: fact for fact in read(data, "x").facts}
    for one in found.series:
        for point in one.points:
            for copy in point.latest.copies:
                fact = printed[copy.place]
                assert (copy.text, copy.value, copy.unit, copy.scale, copy.period, copy.concept) == (
                    (fact.text, fact.value, fact.unit, fact.scale, fact.period, fact.concept)
                )


HIGHLIGHTS = b"""
                      FINANCIAL HIGHLIGHTS
                     (dollars in thousands)

                                          Three Months Ended June 30,
                                              2003           2002
                                          ----------    ------------
Net income                                $   %s      $   2,400
"""


def test_copies_of_one_report_are_one_vintage(store: Path) -> None:
    keep(store, reports.first() + HIGHLIGHTS % b"2,400")
    [vintage] = series(store, measure="net income", unit="USD").series[0].points[-1].vintages
    assert (len(vintage.copies), vintage.conflict, vintage.fact.table.kind) == (2, False, "operations")


def test_copies_that_contradict_each_other_are_a_conflict(store: Path) -> None:
    keep(store, reports.first() + HIGHLIGHTS % b"2,450", reports.second())
    [first, second] = series(store, measure="net income", unit="USD").series[0].points[1].vintages
    assert (first.conflict, [copy.text.strip(" $") for copy in first.copies]) == (True, ["2,400", "2,450"])
    assert (second.conflict, second.verdict) == (False, "")


def test_rows_of_one_concept_in_one_table_are_told_apart(store: Path) -> None:
    more = "Reclamation, current                            120             90\n"
    keep(store, reports.second(more=more.replace("current", "other") + more))
    labels = [one.label for one in series(store, measure="reclamation").series]
    assert sorted(labels) == ["Reclamation, current", "Reclamation, other"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HECLA MINING CO/DE/", "Hecla Mining Company and Subsidiaries"),
        ("The St. Joe Company", "ST JOE CO"),
        ("Larkspur Mines, Inc.", "LARKSPUR MINES INC"),
        ("AMERCO /NV/", "Amerco"),
        ("Smith & Sons Corp.", "Smith and Sons Corporation"),
    ],
)
def test_one_name_in_several_forms(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


def test_other_names_are_other_companies() -> None:
    assert company_key("Larkspur Mines") != company_key("Larkspur Silver Mines")
    assert company_key("Inc.") == "inc"
    assert company_key("") == company_key(" - ") == ""


def test_the_number_of_the_register_decides(store: Path) -> None:
    body = reports.first()
    made = keep(
        store,
        submission("ALDER GOLD INC", "0000000017", body),
        submission("BIRCH GOLD INC", "17", reports.second(), 2004),
        submission("ALDER GOLD INC", "18", reports.divided(), 2004),
    )
    assert [kept.company for kept in made] == ["ALDER GOLD INC", "ALDER GOLD INC", "ALDER GOLD INC"]
    found = series(store, measure="cost of sales").series
    assert [(one.cik, one.company) for one in found] == [("18", "ALDER GOLD INC"), ("17", "BIRCH GOLD INC")]


def test_a_former_name_joins_what_was_kept_apart(store: Path) -> None:
    old, new = reports.first("ALDER GOLD INC."), reports.restated()
    keep(store, ("a", old), ("b", submission("BIRCH GOLD INC", "17", new, 2004, "ALDER GOLD INC")))
    found = series(store, company="alder")
    assert (found.companies, found.reports) == (1, 2)
    assert told(found)["Cost of sales", "USD"] == [("5,200", ""), ("5,000", "restated")]
    assert {one.company for one in found.series} == {"BIRCH GOLD INC"}


def test_a_name_that_two_companies_bear_joins_neither(store: Path) -> None:
    keep(
        store,
        submission("ALDER GOLD INC", "17", reports.first()),
        submission("ALDER GOLD INC", "18", reports.divided(), 2004),
        reports.second("ALDER GOLD INC."),
    )
    assert series(store).companies == 3


def test_a_report_without_figures_is_kept(store: Path) -> None:
    empty = submission("LARKSPUR MINES INC", "17", b"No table stands here.", 2004)
    keep(store, reports.first(), empty, reports.second())
    found = series(store, measure="cost of sales")
    assert (found.reports, len(found.series[0].points)) == (3, 3)


def test_reports_that_state_no_company_are_not_joined(store: Path) -> None:
    keep(store, reports.first(" "), reports.second(" "))
    found = series(store)
    assert (found.companies, found.reports) == (2, 2)
    assert all(len(point.vintages) == 1 for one in found.series for point in one.points)


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ({"measure": "exploration"}, {"Exploration"}),
        ({"measure": "COST OF"}, {"Cost of sales"}),
        ({"measure": "ExplorationExpenseMining"}, {"Exploration"}),
        ({"measure": "earnings per share"}, {"Basic income per share"}),
        ({"unit": "shares"}, {"Weighted average shares outstanding"}),
        ({"company": "larkspur mines corporation", "unit": "USD/share"}, {"Basic income per share"}),
        ({"entity": "company", "measure": "net income"}, {"Net income"}),
        ({"measure": "net income", "months": 3}, {"Net income"}),
        ({"restated": True, "measure": "sales"}, {"Cost of sales"}),
    ],
)
def test_what_is_asked_for(asked: dict[str, str], labels: set[str], store: Path) -> None:
    keep(store, reports.first(), reports.restated())
    assert {one.label for one in series(store, **asked).series} == labels  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"measure": "exploraton"}, "no figure is called 'exploraton'; the nearest are 'Exploration'"),
        ({"company": "larkspor"}, "no company is called 'larkspor'; the nearest are 'LARKSPUR MINES INC.'"),
        ({"measure": "exploration", "unit": "oz"}, "there are figures of --unit USD --months 3"),
        ({"instant": True}, "no figure is of that unit and length"),
        ({"measure": "'; DROP TABLE facts; --"}, "no figure is called"),
        ({"company": "' OR 1=1 --"}, "no company is called"),
    ],
)
def test_what_is_not_found_is_told_with_what_is_near(asked: dict[str, str], said: str, store: Path) -> None:
    keep(store, reports.first())
    with pytest.raises(StoreError) as refused:
        series(store, **asked)  # type: ignore[arg-type]
    assert said in str(refused.value)
    assert series(store).reports == 1


def test_what_is_no_store_is_refused(tmp_path: Path, store: Path) -> None:
    text, other, newer, empty = (tmp_path / name for name in ("report.txt", "other.db", "newer.store", "empty"))
    text.write_bytes(reports.first())
    empty.touch()
    keep(newer, reports.first())
    with sqlite3.connect(other) as base:
        base.execute("CREATE TABLE notes (said TEXT)")
    with sqlite3.connect(newer) as base:
        base.execute("PRAGMA user_version = 99")
    said = {
        text: "this is no store; give the store first",
        other: "a database of another program",
        newer: "of version 99, and this orebook reads version 1",
        tmp_path: "this is a folder",
        Path("/dev/null"): "this is no file",
    }
    for path, words in said.items():
        for use in (series, Store.open):
            with pytest.raises(StoreError, match=words):
                use(path)
    for path in (store, empty):
        with pytest.raises(StoreError, match="orebook keep"):
            series(path)
    assert not store.exists()
    assert text.read_bytes() == reports.first()


def test_two_runs_do_not_write_at_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orebook.store.file.PATIENCE", 0)
    keep(store, reports.first())
    with Store.open(store) as opened:
        opened.keep(packed(read(reports.second(), "b"), "other"))
        with pytest.raises(StoreError, match="another run is writing"):
            keep(store, reports.divided())
    assert series(store).reports == 2


def test_what_utf8_cannot_hold_is_escaped(store: Path) -> None:
    more = "".join(
        f"Reclamation \ud800{which}                              12{which}             9{which}\n" for which in "12"
    )
    text = reports.second().decode().replace("General and", f"{more}General and")
    data = ("\ufeff" + text).encode("utf-16-le", "surrogatepass")
    with Store.open(store) as opened:
        opened.keep(packed(read(data, "name\udcff"), digest_of(data)))
    found = series(store, measure="reclamation").series
    assert {one.points[0].latest.report.document for one in found} == {"name\\udcff"}
    assert len({one.label for one in found}) == 2


MINES = b"""
LARKSPUR MINES INC.
                           PRODUCTION BY MINE

                             Three Months Ended June 30, %(year)d
                       -------------------------------------------
                       North Shaft     Dry Creek           Total
                       -----------   -----------     -----------
Gold produced (oz)          %(gold)s         2,300           %(all)s
Ore milled (tons)           61,000        40,000         101,000
"""


def test_mines_in_columns_are_series_of_their_own(store: Path) -> None:
    keep(store, MINES % {b"year": 2003, b"gold": b"5,100", b"all": b"7,400"})
    found = series(store, measure="gold produced")
    assert {one.column: str(one.points[0].latest.fact.value) for one in found.series} == {
        "": "7400",
        "north shaft": "5100",
        "dry creek": "2300",
    }
    assert [one.column for one in series(store, entity="Dry Creek", measure="gold").series] == ["dry creek"]
    assert [one.column for one in series(store, entity="company", measure="gold").series] == [""]


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("Three Months Ended June 30, 2003 North Shaft", "north shaft"),
        ("Q3\u201914 Units", "units"),
        ("13 Weeks Ended Mar. 28, 2020 (unaudited)", ""),
        ("Year to date 2004 High", "high"),
        ("May Creek 2Q03", "creek"),
        ("", ""),
    ],
)
def test_what_a_heading_says_besides_time(heading: str, left: str) -> None:
    assert without_time(heading) == left


def test_a_quarter_that_is_dated_by_its_month_is_the_same(store: Path) -> None:
    week = reports.first().replace(b"June 30,", b"June 28,")
    keep(store, week, submission("LARKSPUR MINES INC", "17", reports.second(), 2004))
    [found] = series(store, measure="cost of sales").series
    assert [str(point.period.end) for point in found.points] == ["2002-06-28", "2003-06-28", "2004-06-30"]
    assert [vintage.verdict for vintage in found.points[1].vintages] == ["", "equal"]
