"""Where a printed token stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from orebook.model.named import NamedTuple


class Spot(NamedTuple):
    """A printed token's place in the file as given.

    `line` counts from 1; `start` and `end` are columns from 0, `end` exclusive. For HTML input the
    line and columns are those of the rendered text grid and `offset` is the character range of the
    figure in the decoded source.
    """

    line: int
    start: int
    end: int
    offset: tuple[int, int] | None = None

    def record(self) -> dict[str, object]:
        """The spot as `records.md` writes it."""
        made: dict[str, object] = {"line": self.line, "span": [self.start, self.end]}
        if self.offset is not None:
            made["offset"] = list(self.offset)
        return made


# A spot of its four fields, in a third of the time: layout makes one for every figure.
spot_of: Callable[[tuple[int, int, int, tuple[int, int] | None]], Spot] = partial(tuple.__new__, Spot)
