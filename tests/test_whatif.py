"""What if: derivatives against differences, the ledger that follows, settings, the tornado."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.cli import main
from orebook.close import Books, Closed, change, close
from orebook.close.derivative import slopes
from orebook.close.graph import Graph
from orebook.close.sheets import columns_of
from orebook.close.shown import amount
from orebook.close.tornado import income_tornado, svg, text_lines, tornado
from orebook.close.whatif import (
    SettingError,
    leaves_named,
    parse_setting,
    scenario_graph,
    watched_figures,
    whatif,
)
from orebook.model.period import Period
from tests.close_company import months_from, write_books

STEP = Fraction(1, 10**9)
EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Closed:
    folder = tmp_path_factory.mktemp("books")
    write_books(folder, 7, 5, months_from(2003, 9))
    text = (folder / "company.toml").read_text(encoding="utf-8")
    (folder / "company.toml").write_text(
        text.replace("[company]\n", '[company]\ntax_rate = "30 %"\n'), encoding="utf-8"
    )
    return close(folder)


@pytest.fixture(scope="module")
def scenario(made: Closed) -> Graph:
    return scenario_graph(books(made), made.graph)


def books(made: Closed) -> Books:
    assert made.books is not None
    return made.books


def year(made: Closed) -> Period:
    return columns_of(books(made).company)[-1]


def test_the_scenario_starts_from_the_same_figures(made: Closed, scenario: Graph) -> None:
    for node, quantity in enumerate(made.graph.keys):
        same = scenario.find(quantity)
        assert same is not None
        assert scenario.values[same] == made.graph.values[node], quantity


def test_each_slope_to_a_price_is_its_difference(made: Closed, scenario: Graph) -> None:
    """Everything that is watched is linear in a price, so slope and difference agree exactly."""
    period = year(made)
    for metal in books(made).company.metals:
        leaves = leaves_named(scenario, f"price.realized.{metal}", "", period)
        found = slopes(scenario, dict.fromkeys(leaves, Fraction(1)))
        before = {leaf: scenario.values[leaf] or Fraction(0) for leaf in leaves}
        watched = watched_figures(books(made).company, scenario, period)
        start = [scenario.values[node] for _, node in watched]
        change(scenario, {leaf: value + 1 for leaf, value in before.items()})
        for (label, node), old in zip(watched, start, strict=True):
            new = scenario.values[node]
            assert new is not None
            assert old is not None
            assert new - old == found.get(node, 0), (metal, label)
        change(scenario, before)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_every_slope_is_the_limit_of_its_difference(made: Closed, scenario: Graph, data: st.DataObject) -> None:
    """Ratios bend: the difference over a small step is as near as the step is small."""
    leaf = data.draw(st.sampled_from(sorted(scenario.sources)))
    value = scenario.values[leaf]
    assert value is not None
    found = slopes(scenario, {leaf: Fraction(1)})
    start = list(scenario.values)
    above = {node: new for node, (_, new) in change(scenario, {leaf: value + STEP}).items()}
    change(scenario, {leaf: value - STEP})
    below = list(scenario.values)
    change(scenario, {leaf: value})
    assert scenario.values == start
    for node, slope in found.items():
        high, low, here = above.get(node, start[node]), below[node], start[node]
        assert high is not None
        assert low is not None
        assert here is not None
        difference = (high - low) / (2 * STEP)
        bend = abs(high + low - 2 * here) / STEP
        assert abs(difference - slope) <= bend + abs(slope) * STEP, scenario.keys[node]


def test_a_price_moves_sales_and_the_tax_at_its_rate(made: Closed) -> None:
    by_product = next(metal for metal in ("lead", "zinc", "gold") if metal in books(made).company.metals)
    result = whatif(books(made), made.graph, [f"price.{by_product} *= 1.1"], year(made))
    moved = {effect.label: effect.after - effect.before for effect in result.effects}
    assert moved["Sales of products"] > 0
    assert moved["Gross profit"] == moved["Sales of products"]
    assert moved["Net income"] == moved["Gross profit"] * Fraction(7, 10)


def test_a_cost_moves_the_cash_cost_and_not_the_sales(made: Closed) -> None:
    mine = books(made).company.mines[0]
    result = whatif(books(made), made.graph, [f"mining@{mine.id} += 12,000 USD"], year(made))
    moved = {effect.label: effect.after - effect.before for effect in result.effects}
    months = 9
    share = mine.share
    assert moved[f"{mine.title}: total cash costs"] == 12_000 * months * share
    assert moved["Sales of products"] == 0
    assert moved["Income before income taxes"] == -12_000 * months * (1 if mine.method == "full" else share)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("price.lead ++ 3", "write it as"),
        ("price.gold += 5/lb", "USD/oz"),
        ("price.copper += 5/lb", "the books give no"),
        ("net_income += 5 USD", "derived figures cannot be set"),
        ("price.gold += 5/furlong", "furlong"),
        ("price.gold *= 1/0 %", "a mere number or by a percentage"),
        ("price.gold *= 1.05 USD/oz", "a mere number or by a percentage"),
    ],
)
def test_a_setting_that_cannot_be_made_says_why(made: Closed, text: str, message: str) -> None:
    with pytest.raises(SettingError, match=message):
        whatif(books(made), made.graph, [text], year(made))


@pytest.mark.parametrize(
    ("text", "name", "how", "amount"),
    [
        ("price.lead += 0.50/lb", "price.realized.lead", "+=", "0.5"),
        ("mining@north *= 105 %", "mining", "*=", "105"),
        ("produced.gold@north = 12,000 oz", "produced.gold", "=", "12000"),
    ],
)
def test_settings_are_read(text: str, name: str, how: str, amount: str) -> None:
    setting = parse_setting(text)
    assert (setting.name, setting.how, setting.amount) == (name, how, Fraction(amount))


def test_the_tornado_is_widest_first_and_leaves_no_trace(made: Closed, scenario: Graph) -> None:
    period = year(made)
    node = dict(watched_figures(books(made).company, scenario, period))["Net income"]
    start = list(scenario.values)
    bars = tornado(books(made).company, scenario, node, period, Fraction(1, 10))
    assert scenario.values == start
    assert [bar.reach for bar in bars] == sorted((bar.reach for bar in bars), reverse=True)
    assert bars[0].low == -bars[0].high
    assert income_tornado(books(made).company, scenario, period, Fraction(1, 10)) == ("Net income", bars)
    lines = text_lines(bars)
    assert len(lines) == len(bars)
    assert lines[0].count("+") == 24
    drawn = ET.fromstring(svg(bars, "Net income & prices"))  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    assert len(drawn.findall(f"{space}rect")) == 2 * len(bars)
    told = [text.text for text in drawn.findall(f"{space}text")]
    assert told[0] == "Net income & prices"
    assert told[1:4] == [bars[0].label, amount(bars[0].low, ""), amount(bars[0].high, "")]
    assert all(amount(value, "") in line for bar, line in zip(bars, lines, strict=True) for value, _ in bar.sides)


def test_the_tornado_is_drawn_to_a_file_of_books_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = tmp_path / "tornado.svg"
    asked = ["whatif", str(EXAMPLES / "sawtooth"), "--set", "price.lead += 0.50/lb", "--svg", str(drawn)]
    assert main(asked) == 0
    assert drawn.read_text().startswith("<svg ")
    asked[1] = str(EXAMPLES / "silverton-2007q3.txt")
    assert main(asked) == 2
    assert "a report has no tornado" in capsys.readouterr().err
