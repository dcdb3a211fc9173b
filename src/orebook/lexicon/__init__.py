"""The vocabulary of the trade, as data with a source for each entry, and the one loader that reads it.

Each `*.toml` file here is one vocabulary. A new wording is a new line of data; no code changes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The vocabulary `name` (a file `name.toml` beside this module), parsed once a process.

    Raises FileNotFoundError where no such vocabulary exists, tomllib.TOMLDecodeError where it is malformed.
    """
    import tomllib  # noqa: PLC0415  (only the commands that read a document pay for it)

    path = Path(__file__).with_name(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
