"""Optional libraries: what to say where one is missing."""

from __future__ import annotations


class TooManyDigitsError(ValueError):
    """A figure has more digits than a format holds; the message says where it stands and what holds it."""


class MissingExtraError(ImportError):
    """An optional library is not installed; the message says what it is for and how to get it."""

    def __init__(self, use: str, library: str, extra: str) -> None:
        super().__init__(
            f"{use} needs {library}, the extra orebook[{extra}]: in the project's folder `pip install -e '.[{extra}]'`"
        )
