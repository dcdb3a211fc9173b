"""The page in a real browser, from disk: clicks, keys, filters, search, and what it must never do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from orebook.write.html import page as make_page
from tests.browser.conftest import Opener
from tests.page_sample import LINES, sample, seeds, slow_seeds, thorough

SEEDS = [seed.stem for seed in seeds()]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The page of the small hand-made book."""
    path = tmp_path / "small.html"
    path.write_text(make_page(*sample()), "utf-8")
    return path


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_opens_and_answers(seed: str, pages: dict[str, Path], open_page: Opener) -> None:
    watched = open_page(pages[seed])
    page = watched.page
    figures = page.locator(".paper .fig")
    assert figures.count() > 200
    figures.nth(20).click()
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#panel .big")).to_have_text(" ".join(figures.nth(20).inner_text().split()))
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    for key, view in (("3", "tables"), ("4", "charts"), ("2", "report")):
        page.keyboard.press(key)
        expect(page.locator(f"#view-{view}")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert watched.requests == [pages[seed].as_uri()]
    assert watched.faults == []


def has(name: str) -> re.Pattern[str]:
    """A pattern for a class among others."""
    return re.compile(rf"(^|\s){name}(\s|$)")


def serious_faults(page: Page, axe: str, *, contrast: bool = True) -> list[tuple[str, str, str]]:
    """What axe-core calls serious or critical, with every part of the page laid out.

    Content that the browser skips while it is out of view has no true place, and would seem to lie over other content.
    """
    page.add_style_tag(content="* { content-visibility: visible !important; }")
    page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(
        "contrast => axe.run(document, {resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}}})"
        ".then(r => r.violations)",
        contrast,
    )
    return [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"][:300])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("seed", [seed.stem for seed in slow_seeds()])
def test_axe_finds_no_serious_fault_in_a_seed(seed: str, pages: dict[str, Path], open_page: Opener, axe: str) -> None:
    page = open_page(pages[seed], bypass_csp=True).page
    page.keyboard.press("n")
    # Contrast takes many seconds on thousands of figures, and all pages share the colours of the small one.
    assert serious_faults(page, axe, contrast=thorough()) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 1100), ("dark", 390)])
def test_axe_finds_no_serious_fault_in_any_view(
    scheme: str, width: int, small: Path, open_page: Opener, axe: str
) -> None:
    page = open_page(small, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True).page
    assert serious_faults(page, axe) == [], "nothing chosen"
    page.keyboard.press("n")
    for view in ("findings", "report", "tables", "charts"):
        page.evaluate("name => document.querySelector(`.views [data-view=${name}]`)?.click()", view)
        assert serious_faults(page, axe) == [], view


def test_a_tie_lights_up_its_operands(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.locator("#L7C24").click()
    expect(page.locator("#L4C24")).to_have_class(has("part-of-it"))
    expect(page.locator("#L5C28")).to_have_class(has("part-of-it"))
    expect(page.locator("#panel .tie").first).to_contain_text("recomputed")
    expect(page.locator("#L1C30")).to_have_class(has("part-of-it"))
    page.locator("#panel .tie a", has_text="Gold operations").first.click()
    expect(page.locator("#panel h2")).to_have_text("Gold operations")
    assert page.url.endswith("#L5C28")


def test_a_claim_lights_up_with_its_figures(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.locator(".claim").first.click()
    expect(page.locator("#panel .big")).to_have_text("$49.2 million")
    expect(page.locator("#L7C24")).to_have_class(has("part-of-it"))
    expect(page.locator(".l").first).to_have_class(has("lit"))


def test_findings_are_stepped_through_with_keys(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.keyboard.press("n")
    expect(page.locator("#panel .alarm")).to_contain_text("Total sales do not foot")
    expect(page.locator(".findings a")).to_have_attribute("aria-current", "true")
    assert page.evaluate("document.activeElement.id") == "L7C34"
    page.locator(".choices button", has_text="Queries").click()
    expect(page.locator(".findings li")).to_be_hidden()


def test_arrows_go_from_figure_to_figure(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.locator("#L4C24").click()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "L4C34"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "L5C37"


def test_one_figure_is_a_tab_stop_and_arrows_lead_on(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    assert page.locator(".paper [tabindex='0']").count() == 1
    page.locator(".claim").first.click()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#panel .big")).to_have_text("900")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "L4C24"
    assert page.locator(".paper [tabindex='0']").get_attribute("id") == "L4C24"


def test_a_tick_at_the_edge_leads_to_its_finding(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.locator(".ribbon a").click()
    expect(page.locator("#panel .alarm")).to_contain_text("Total sales do not foot")


def test_a_deep_link_opens_its_figure(small: Path, open_page: Opener) -> None:
    page = open_page(small, "#L7C24").page
    expect(page.locator("#panel h2")).to_have_text("Total sales")
    page.evaluate("location.hash = '#L8C29'")
    expect(page.locator("#panel h2")).to_have_text("Cost per ounce")
    page.evaluate("location.hash = '#L9'")
    expect(page.locator('.l[data-n="9"]')).to_have_class(has("lit"))


def test_a_mark_filters_the_figures(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.locator('.legend [data-only="foot"]').click()
    assert page.locator(".paper .kept").count() == 3
    page.keyboard.press("Escape")
    assert page.locator(".paper .kept").count() == 0


def test_search_counts_and_steps(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.keyboard.press("/")
    page.keyboard.type("OPERATIONS")
    expect(page.locator("#found")).to_have_text("2")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("1 of 2")
    page.keyboard.press("Shift+Enter")
    expect(page.locator("#found")).to_have_text("2 of 2")


def test_a_table_is_copied_as_tab_separated_values(small: Path, open_page: Opener) -> None:
    page = open_page(small, permissions=["clipboard-read", "clipboard-write"]).page
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    page.keyboard.press("3")
    page.locator(".copy").click()
    lines = page.evaluate("window.copied").split("\n")
    assert lines[1].split("\t") == ["Silver operations", "39809", "29255", "thousand US dollars"]


def test_a_figure_of_a_grid_leads_to_the_report(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.keyboard.press("3")
    page.locator(".grid .fig").first.click()
    page.locator("#panel .jump button", has_text="Show in the report").click()
    expect(page.locator("#L4C24")).to_be_visible()
    expect(page.locator("#L4C24")).to_have_class(has("selected"))


def test_a_hostile_filing_shows_as_text(tmp_path: Path, open_page: Opener) -> None:
    attack = '<script>window.hit=1</script>"><img src=x onerror="window.hit=1"></textarea></script><!--\u202e'
    book, checked = sample(label=attack, title=attack)
    finding = checked.findings[0]._replace(message=attack, printed=attack)
    claim = checked.claims[0]._replace(number=attack, formula=attack)
    lines = (attack, *LINES[1:], "y" * 1_000_000)
    book = book._replace(lines=lines, name=attack, identity=book.identity._replace(company=attack))
    path = tmp_path / "hostile.html"
    path.write_text(make_page(book, checked._replace(findings=(finding,), claims=(claim,))), "utf-8")
    watched = open_page(path)
    page = watched.page
    for key in ("n", "3", "4", "2"):
        page.keyboard.press(key)
    page.locator("#L4C24").click()
    assert page.evaluate("window.hit") is None
    shown = attack.replace("\u202e", "‹U+202E›")
    assert page.locator(".l").first.inner_text().strip() == shown
    expect(page.locator("#panel h2")).to_have_text(shown)
    assert page.locator("img").count() == 0
    assert watched.requests == [path.as_uri()]
    assert watched.faults == []


def test_paper_carries_marks_and_findings(small: Path, open_page: Opener) -> None:
    page = open_page(small).page
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_visible()
    expect(page.locator(".legend")).to_be_visible()
    expect(page.locator("#view-report")).to_be_visible()
    expect(page.locator(".views")).to_be_hidden()
    assert len(page.pdf()) > 10_000


@pytest.mark.parametrize("width", [360, 720])
def test_nothing_runs_off_the_side(width: int, pages: dict[str, Path], open_page: Opener) -> None:
    if not pages:
        pytest.skip("needs the seeds")
    page = open_page(pages[SEEDS[-1]], viewport={"width": width, "height": 800}).page
    for view in ("findings", "report", "tables", "charts"):
        page.evaluate("name => document.querySelector(`.views [data-view=${name}]`)?.click()", view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view


def test_a_long_filing_stays_usable(tmp_path: Path, open_page: Opener) -> None:
    book, checked = sample()
    many = book._replace(lines=book.lines + ("a line of a very long filing, with a figure of 1,234 in it",) * 23_000)
    path = tmp_path / "long.html"
    path.write_text(make_page(many, checked), "utf-8")
    page = open_page(path).page
    # Only what is in view is laid out: that is what keeps the page quick, whatever the machine.
    laid_out = (
        "() => [...document.querySelectorAll('.l')]"
        ".filter(line => line.checkVisibility({ contentVisibilityAuto: true })).length"
    )
    assert page.locator(".l").count() > 23_000
    assert page.evaluate(laid_out) < 500
    page.locator("#L7C24").click()
    expect(page.locator("#panel h2")).to_have_text("Total sales")
    assert page.evaluate(laid_out) < 500
