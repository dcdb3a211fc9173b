"""Named tuples of ours are those of the standard library, but for the time that it takes to define them."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import NamedTuple as Standard

import pytest

from orebook.model.named import NamedTuple


class Place(NamedTuple):
    """A place."""

    across: int
    down: int
    name: str = "here"

    @property
    def both(self) -> int:
        return self.across + self.down


class Again(Standard):
    """A place."""

    across: int
    down: int
    name: str = "here"


def test_fields_are_those_of_the_class_body() -> None:
    assert Place(1, 2) == Place(down=2, across=1) == (1, 2, "here")
    assert Place(1, 2)._replace(name="there").both == 3
    assert repr(Place(1, 2)) == "Place(across=1, down=2, name='here')"


@pytest.mark.parametrize("name", ["_fields", "_field_defaults", "__doc__", "__module__", "__bases__"])
def test_the_class_is_described_as_the_standard_one(name: str) -> None:
    assert getattr(Place, name) == getattr(Again, name)


@pytest.mark.parametrize("fields", [{"across": 1}, {"across": 1, "down": 2, "up": 3}])
def test_a_missing_or_unknown_field_is_an_error(fields: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        Place(**fields)  # type: ignore[arg-type]


def test_values_go_to_another_process_and_back() -> None:
    assert pickle.loads(pickle.dumps(Place(1, 2))) == Place(1, 2)  # noqa: S301


def test_nothing_can_be_assigned() -> None:
    with pytest.raises(AttributeError):
        Place(1, 2).across = 3  # type: ignore[misc]


def test_no_module_defines_its_named_tuples_the_slow_way(root: Path) -> None:
    slow = re.compile(r"^from typing import .*\bNamedTuple\b", re.MULTILINE)
    found = [path.name for path in (root / "src").rglob("*.py") if slow.search(path.read_text(encoding="utf-8"))]
    assert found == []
