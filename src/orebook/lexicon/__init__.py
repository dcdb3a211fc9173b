"""The vocabulary of the trade, as data with a source for each entry, and the one loader that reads it.

Each `*.toml` file here is one vocabulary, and so are `layout` and `kinds`, which every reading needs and which therefore are
literals of Python. A new wording is a new line of data; no code changes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_FOLDER = __file__.rpartition("/")[0] or "."


@cache
def load(name: str) -> dict[str, Any]:
    """The vocabulary `name` (a file `name.toml` beside this module), parsed once a process.

    Raises FileNotFoundError where no such vocabulary exists, tomllib.TOMLDecodeError where it is malformed.
    """
    import tomllib  # noqa: PLC0415  (only the commands that read a document pay for it)

    with open(f"{_FOLDER}/{name}.toml", "rb") as file:  # noqa: PTH123  pathlib is dear at start
        return tomllib.load(file)


def listed(text: str) -> tuple[str, ...]:
    """The phrases of a text that strokes and line ends part: vocabularies that are read at every start hold such texts,
    for lists of strings are dear to parse."""
    return tuple(text.strip("\n").replace("\n", "|").split("|"))
