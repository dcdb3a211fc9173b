"""Templates: what each field prints, what is refused and where, and that the default's numbers all tie."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orebook.close import close
from orebook.model.book import Book, Identity
from orebook.model.tie import TIES, WITHIN
from orebook.pipeline import check, read
from orebook.write.release import TemplateError, render
from orebook.write.release.compose import compose, default_template
from orebook.write.release.fields import vocabulary
from orebook.write.release.phrases import OPTIONS
from tests.close_company import months_from, write_books

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "silverton-2007q3.txt"
SEEDS = ("hecla-1995q3", "hecla-1996q1", "hecla-2003q3", "hecla-2004q3", "hecla-2007q3")


@pytest.fixture(scope="module")
def book() -> Book:
    return read(EXAMPLE)


def written(book: Book, template: str) -> str:
    return "\n".join(prose.text for prose in compose(book, template, "t.md"))


def problems(book: Book, template: str) -> list[tuple[int, int, str]]:
    with pytest.raises(TemplateError) as told:
        compose(book, template, "t.md")
    assert {problem.file for problem in told.value.problems} == {"t.md"}
    return [(problem.line, problem.column, problem.message) for problem in told.value.problems]


# Filed figures of the quarter: sales 49,228 after 50,414, in thousands; gross profit 20,993 after 14,372; income per
# share 0.10 after 0.01; silver 1,341,395 ounces after 1,496,315 at (4.91) after 0.59 an ounce.
PRINTED = (
    ("{sales}", "$49,228,000"),
    ("{sales | million}", "$49.2 million"),
    ("{sales | million, no decimals}", "$49 million"),
    ("{sales | thousand}", "$49,228.0 thousand"),
    ("{sales, year-ago quarter | million}", "$50.4 million"),
    ("{sales, year to date | million}", "$162.5 million"),
    ("{gross profit, year-ago year to date | million, 2 decimals}", "$43.81 million"),
    ("{growth gross profit}", "46%"),
    ("{growth gross profit | 1 decimal}", "46.1%"),
    ("{change gross profit | million}", "$6.6 million"),
    ("{direction sales}", "decreased"),
    ("{direction gross profit | rose or fell}", "rose"),
    ("{direction sales | rose or fell}", "fell"),
    ("{sign net income | income or a loss}", "income"),
    ("{income per share}", "$0.10"),
    ("{income per share | cents}", "10 cents"),
    ("{income per share, year-ago quarter | cents}", "1 cent"),
    ("{silver produced}", "1,341,395 ounces"),
    ("{silver produced | million}", "1.3 million ounces"),
    ("{silver produced | plain}", "1,341,395"),
    ("{lead produced}", "5,729 tons"),
    ("{silver cash cost}", "negative $4.91"),
    ("{gold cash cost}", "$538"),
    ("{lead price}", "$1.43"),
    ('{"Interest expense" | million}', "negative $0.1 million"),
    ('{"Total sales"}', "$49,228,000"),
    ('{"Silver operations" of "Gross Profit" | million}', "$20.7 million"),
    ("{cash | million}", "$120.9 million"),
    ("{quarter}", "third quarter of 2007"),
    ("{year to date}", "first nine months of 2007"),
    ("{year-ago year to date}", "first nine months of 2006"),
    ("{date}", "September 30, 2007"),
    ("{company}", "Silverton Mining Company"),
    ("{company | capitals}", "SILVERTON MINING COMPANY"),
    ("{if sales}\nyes\n{else}\nno\n{end}", "yes"),
    ("{if lead cash cost}\nyes\n{else}\nno\n{end}", "no"),
    ("{if growth silver cash cost}\nyes\n{end}", "yes"),
    ("{for metal}\n{metal}\n{end}", "silver gold lead zinc"),
    ("<!-- nothing -->\none\ntwo", "one two"),
    ("# A heading\nand text", "A heading\nand text"),
    ("- one\n- two", "-- one\n-- two"),
)


@pytest.mark.parametrize(("template", "text"), PRINTED)
def test_a_field_prints(book: Book, template: str, text: str) -> None:
    assert written(book, template) == text


def test_a_sentence_goes_by_the_signs(book: Book) -> None:
    text = written(book, "Silver cash costs improved {growth silver cash cost}, to {silver cash cost} per ounce.")
    assert text == "Silver cash costs improved 932%, to negative $4.91 per ounce."


def test_mines_in_the_reports_order(book: Book) -> None:
    template = "{for mine}\n{mine}: {metal produced of mine} of {metal} at {metal cash cost of mine}.\n\n{end}"
    lines = written(book, template).split("\n")
    assert [line.split(":")[1] for line in lines] == [
        " 661,511 ounces of silver at negative $2.38.",
        " 679,884 ounces of silver at negative $7.42.",
        " 17,624 ounces of gold at $538.",
    ]


WRONG = (
    ("one\n  {slaes}", 2, 3, "no figure is called `slaes`; did you mean `sales`"),
    ("{lead cash cost}", 1, 1, "the book has no lead cash cost"),
    ('and {"Total salse"}', 1, 5, "the book prints no “Total salse”; the nearest labels are “Total sales”"),
    ('{"Silver operations"}', 1, 1, "“Silver operations” names several figures"),
    ("{metal produced}", 1, 1, "`metal produced` needs a metal"),
    ("{sales, last year}", 1, 1, "`last year` is no period"),
    ("{sales | huge}", 1, 1, "`huge` is no option"),
    ("{direction sales | up}", 1, 1, "`up` gives no choice"),
    ("{growth cash}", 1, 1, "the book has no cash a year ago to compare with"),
    ("{growth silver cash cost, year-ago quarter}", 1, 1, "a year ago to compare with"),
    ('{growth "Interest expense"}', 1, 1, "no rate of growth from a year-ago figure of zero or less"),
    ("{}", 1, 1, "is no field"),
    ("a { b", 1, 3, "a `{` without its partner"),
    ("a } b", 1, 3, "a `}` without its partner"),
    ("{if sales}\nx", 1, 1, "is never closed"),
    ("x\n{end}", 2, 1, "closes no block"),
    ("{for mine}\n{else}\n{end}", 2, 1, "`{else}` belongs to no `{if …}`"),
    ("{for year}\n{end}", 1, 1, "a loop runs over mine or metal"),
    ("{if slaes}\n{end}", 1, 1, "no figure is called `slaes`"),
    ("{mine}", 1, 1, "there is no mine here"),
)


@pytest.mark.parametrize(("template", "line", "column", "message"), WRONG)
def test_a_wrong_template_is_refused_where_it_is_wrong(
    book: Book, template: str, line: int, column: int, message: str
) -> None:
    told = problems(book, template)
    assert len(told) == 1
    assert told[0][:2] == (line, column)
    assert message in told[0][2]


# Sales fell, gross profit rose, the cost of silver fell, income is above zero, interest expense below.
CONTRADICTED = (
    ("Sales increased {growth sales}.", 1, 7, "“increased” contradicts the figures: sales fell"),
    ("Results are in.\nSales of the company\ngrew by {change sales | million}.", 3, 1, "“grew” contradicts"),
    ("Sales rose to {sales | million}.", 1, 7, "“rose” contradicts the figures: sales fell"),
    (
        "Gross profit declined to {gross profit | million}.",
        1,
        14,
        "“declined” contradicts the figures: gross profit rose",
    ),
    ("A {growth gross profit} decrease in gross profit.", 1, 25, "“decrease” contradicts"),
    ("Costs rose {growth silver cash cost}.", 1, 7, "“rose” contradicts the figures: silver cash cost fell"),
    ("A net loss of {net income | size, million}.", 1, 7, "“loss” contradicts the figures: net income is above zero"),
    ('Interest of {"Interest expense" | size}.', 1, 13, "is below zero and no word before it says so"),
)


@pytest.mark.parametrize(("template", "line", "column", "message"), CONTRADICTED)
def test_words_that_the_figures_contradict_are_refused(
    book: Book, template: str, line: int, column: int, message: str
) -> None:
    told = problems(book, template)
    assert [(each[0], each[1]) for each in told] == [(line, column)]
    assert message in told[0][2]


AGREED = (
    "Sales decreased {growth sales} to {sales | million}.",
    "Gross profit increased {growth gross profit}. Sales fell to {sales | million}.",
    "Silver cash costs improved {growth silver cash cost}, to {silver cash cost} per ounce.",
    "Gross profit rose to {gross profit | million} while sales declined {growth sales}.",
    "Sales {direction sales} {growth sales}, gross profit {direction gross profit} {growth gross profit}.",
    "Net income of {net income | million}.",
    'Interest expense was a loss of {"Interest expense" | size}.',
    "The growth of our company goes on. Sales were {sales | million}.",
)


@pytest.mark.parametrize("template", AGREED)
def test_words_that_agree_pass(book: Book, template: str) -> None:
    assert written(book, template)


def test_a_loss_is_called_one(shared: Path) -> None:
    book = read(shared / "seeds" / "hecla-1995q3.txt")
    assert written(book, "{sign net income | Net income or A net loss} of {net income | size, million}") == (
        "A net loss of $102.7 million"
    )
    assert problems(book, "A profit of {net income | size, million}")[0][:2] == (1, 3)
    assert written(book, "{net income | million}") == "negative $102.7 million"


def test_all_problems_are_told_at_once(book: Book) -> None:
    assert [each[:2] for each in problems(book, "{one}\n{two}\n\nSales rose {growth sales}.")] == [
        (1, 1),
        (2, 1),
        (4, 7),
    ]


def untied(book: Book) -> list[str]:
    """The numbers above the first table that nothing ties, and what is said against any of them."""
    again = read(render(book, "text").encode(), "written.txt")
    first = min(table.first_line for table in again.tables)
    checked = check(again)
    claims = [claim for claim in checked.claims if claim.spot.line < first]
    assert claims
    wrong = [f"{c.spot.line}: {c.number} {c.verdict}" for c in claims if c.verdict not in (TIES, WITHIN)]
    return wrong + [finding.message for finding in checked.findings if finding.spot.line < first]


@pytest.mark.parametrize("name", SEEDS)
def test_the_defaults_numbers_all_tie(shared: Path, name: str) -> None:
    assert untied(read(shared / "seeds" / f"{name}.txt")._replace(prose=())) == []


def test_the_example_companys_release_ties(root: Path) -> None:
    book = close(root / "examples" / "sawtooth").book
    assert untied(book) == []
    assert [f.message for f in check(read(render(book, "text").encode())).findings if f.grade == "break"] == []


@pytest.mark.parametrize(("seed", "mines", "months"), [(5, 1, 3), (6, 5, 9), (7, 20, 24)])
def test_random_companies_releases_tie(tmp_path: Path, seed: int, mines: int, months: int) -> None:
    write_books(tmp_path, seed, mines, months_from(2003, months))
    assert untied(close(tmp_path).book) == []


def test_the_default_writes_any_report(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("releases-*/*"))[::3]:
        book = read(path)
        for each in (book, book._replace(identity=Identity())):
            assert render(each._replace(prose=()), "text")


def test_a_template_takes_the_place_of_the_opening(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("Sales of {sales | million}.\n", encoding="utf-8")
    text = render(book, "text", path)
    assert text.startswith("    Sales of $49.2 million.\n")
    assert len(read(text.encode()).facts) == len(book.facts)
    path.write_text("Sales of {sale}.\n", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"mine\.md:1:10 no figure is called `sale`"):
        render(book, "text", path)


_SCRAPS = (
    *("{", "}", "{if sales}", "{end}", "{else}", "{for mine}", "\n", "{growth sales}", "rose", " of ", "|", ",", '"'),
    *("{metal produced of mine}", "{sales | million}", "- ", "# ", "loss ", ". ", "{quarter}", "<!--", "-->"),
)


@given(
    st.lists(
        st.sampled_from(_SCRAPS),
        max_size=14,
    ).map("".join)
    | st.text(max_size=40)
)
def test_any_text_is_written_or_refused(text: str) -> None:
    try:
        compose(_EXAMPLE, text, "t.md")
    except TemplateError as error:
        lines = text.splitlines()
        for problem in error.problems:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


_EXAMPLE = read(EXAMPLE)


def test_the_default_is_a_template(book: Book) -> None:
    assert compose(book, default_template(), "default.md")


def test_the_manual_names_every_figure_option_and_error(root: Path) -> None:
    manual = (root / "docs" / "templates.md").read_text(encoding="utf-8")
    for name in vocabulary():
        assert f"`{name.replace('metal ', 'silver ')}`" in manual
    for option in OPTIONS:
        assert f"`{option}`" in manual


def test_the_manuals_example_prints_what_it_says(book: Book, root: Path) -> None:
    manual = (root / "docs" / "templates.md").read_text(encoding="utf-8")
    lines = manual.split("## What a template looks like")[1].split("From the report")[0].splitlines()
    template = "\n".join(line.removeprefix("    ") for line in lines)
    text = written(book, template)
    assert "Sales decreased 2% to $49.2 million, compared to $50.4 million in the third quarter of 2006." in text
    assert "Silver cash costs improved 932%, to negative $4.91 per ounce" in text
    assert text.count(" unit produced ") == 3
