"""What the tests share: where the shared documents are, and how much hypothesis tries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).resolve().parent.parent

# `dev` is the default: the same examples on every run, so that a failure is a failure everywhere.
# `OREBOOK_HYPOTHESIS=deep` draws new ones, many more of them.
# A failure is shown as it was drawn there; `deep` shrinks it, which takes minutes.
settings.register_profile(
    "dev",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.register_profile(
    "deep", max_examples=3000, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("OREBOOK_HYPOTHESIS", "dev"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared documents (`OREBOOK_SHARED`, default `../shared` from the root); skips without it."""
    folder = Path(os.environ.get("OREBOOK_SHARED", ROOT.parent / "shared")).resolve()
    if not (folder / "seeds").is_dir():
        pytest.skip(f"the shared documents are not here: {folder} has no seeds/ (set OREBOOK_SHARED)")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden files anew; look at the difference before you commit it."""
    parser.addoption("--update-golden", action="store_true", help="write golden files instead of comparing with them")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))
