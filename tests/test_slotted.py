"""Values with slots behave as named tuples do, but for assignment, which the type checker forbids."""

from __future__ import annotations

import copy

import pytest

from orebook.model.slotted import replaced, slotted


@slotted
class Point:
    """A place."""

    across: int
    down: int
    name: str = "here"

    @property
    def both(self) -> int:
        return self.across + self.down


def test_fields_are_given_in_order_or_by_name() -> None:
    assert Point(1, 2) == Point(down=2, across=1)
    assert Point(1, 2).name == "here"
    assert Point(1, 2, "there").both == 3


@pytest.mark.parametrize("fields", [{"across": 1}, {"across": 1, "down": 2, "up": 3}])
def test_a_missing_or_unknown_field_is_an_error(fields: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        Point(**fields)  # type: ignore[arg-type]


def test_values_are_equal_by_their_fields_and_by_their_class() -> None:
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != (1, 2, "here")  # type: ignore[comparison-overlap]
    assert len({Point(1, 2), Point(1, 2), Point(2, 1)}) == 2


def test_one_field_is_replaced_and_the_rest_kept() -> None:
    here = Point(1, 2)
    assert replaced(here, down=5) == Point(1, 5)
    assert here == Point(1, 2)
    with pytest.raises(TypeError):
        replaced(here, up=1)  # type: ignore[call-arg]


def test_a_value_is_shown_with_its_fields() -> None:
    assert repr(Point(1, 2)) == "Point(across=1, down=2, name='here')"


def test_a_value_has_no_other_attribute() -> None:
    with pytest.raises(AttributeError):
        Point(1, 2).up = 3  # type: ignore[attr-defined]


def test_values_are_copied() -> None:
    here = Point(1, 2)
    assert copy.copy(here) == copy.deepcopy(here) == here
