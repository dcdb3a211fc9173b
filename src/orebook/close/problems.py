"""What is wrong with a set of books, told to the person who keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.model.named import NamedTuple


class Problem(NamedTuple):
    """One thing to put right: the file, its row (from 1, the heading row counted; 0 for the file) and column."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = (
            self.file + (f", row {self.row}" if self.row else "") + (f", column {self.column}" if self.column else "")
        )
        return f"{place}: {self.message}"


class BooksError(ValueError):
    """Books that cannot be closed. `problems` holds all that was found, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(
            f"{count} problem{'s' if count != 1 else ''} in the books:\n" + "\n".join(map(str, self.problems))
        )
