"""The documents that a file holds."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.model.book import Identity
from orebook.model.named import NamedTuple

TEXT, HTML, SCHEDULE, SKIP = "text", "html", "schedule", "skip"


class PartSpec(NamedTuple):
    """One document: `kind` is `text`, `html`, `schedule` (an EX-27) or `skip`.

    `first` and `last` are the lines of its body (from 1, inclusive; `last < first` for an empty body);
    `type` is the printed `<TYPE>` ("10-Q", "EX-99.1"), "" for a file that is no submission.
    """

    kind: str
    type: str
    sequence: str
    name: str
    description: str
    first: int
    last: int


class Submission(NamedTuple):
    """Who filed what, and the documents in the order of the file."""

    identity: Identity
    parts: tuple[PartSpec, ...]


def whole(lines: Sequence[str]) -> Submission:
    """A file without a single tag: one text that says nothing of itself."""
    return Submission(Identity(), (PartSpec(TEXT, "", "", "", "", 1, len(lines)),))
