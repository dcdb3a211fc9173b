"""A headless Chromium for the tests of the page; skips plainly where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from orebook.pipeline import check, read
from orebook.write.html import page as make_page
from tests.page_sample import seeds

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
AXE = "4.10.3"

Opener = Callable[..., "Watched"]


class Watched:
    """An open page, with every request that left its file and every fault that it reported."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("OREBOOK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("needs Chromium: `apt-get install chromium`, or set OREBOOK_CHROMIUM to its path")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        except Error as fault:
            pytest.skip(f"Chromium does not start here: {fault}")
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Opens a file in a fresh context; the keywords are those of Playwright's `new_context`."""
    contexts = []

    def opened(path: Path, address: str = "", **options: object) -> Watched:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.goto(path.as_uri() + address)
        return watched

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each seed, written once."""
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for seed in seeds():
        book = read(seed)
        made[seed.stem] = folder / f"{seed.stem}.html"
        made[seed.stem].write_text(make_page(book, check(book)), "utf-8")
    return made


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, fetched once into a cache folder by npm."""
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "orebook-tests" / f"axe-{AXE}"
    source = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        if shutil.which("npm") is None:
            pytest.skip("needs npm, to fetch axe-core")
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), f"axe-core@{AXE}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode or not source.exists():
            pytest.skip(f"axe-core could not be fetched: {done.stderr.strip()[:200]}")
    return source.read_text("utf-8")
