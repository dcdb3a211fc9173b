"""Writes each report as text and as a page, reads that back, and compares every figure, tie and number in the prose.

    python bench/round_trip.py [--show N] [--keep FOLDER] [FILE...]

Without files, the seeds of the folder that OREBOOK_SHARED names. `--show` lists the first N differences of each sort,
`--keep` leaves what was written in FOLDER, for a person to hold beside the original.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

from orebook.pipeline import UnreadableError, read
from orebook.write.release.trip import Compared, Trip, round_trip
from seeds import documents

FORMS = {"text": "txt", "html": "html"}


def report(path: Path, show: int, keep: Path | None) -> bool:
    """Print one file's result in each form; whether everything came back."""
    book = read(path)
    same = True
    for kind, suffix in FORMS.items():
        trip = round_trip(book, kind)
        same = same and trip.same
        print(f"{path.name:52} {kind:4} {_line(trip)}")
        for name, compared in (("fact", trip.facts), ("tie", trip.ties), ("claim", trip.claims)):
            for sign, keys in (("-", compared.lost), ("+", compared.new)):
                for key in keys[:show]:
                    print(f"    {sign} {name} {key}")
        if keep is not None:
            (keep / f"{path.stem}.{suffix}").write_text(trip.written, encoding="utf-8")
    return same


def _line(trip: Trip) -> str:
    parts = (("facts", trip.facts), ("ties", trip.ties), ("claims", trip.claims))
    return "  ".join(f"{name} {_share(compared)}" for name, compared in parts)


def _share(compared: Compared) -> str:
    kept = compared.total - len(compared.lost)
    extra = f" +{len(compared.new)}" if compared.new else ""
    return f"{kept:5}/{compared.total}{extra}"


def main() -> int:
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    shared = Path(os.environ.get("OREBOOK_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    same = True
    for path in documents(options.files) or sorted((shared / "seeds").glob("*.txt")):
        try:
            same = report(path, options.show, options.keep) and same
        except UnreadableError as error:
            print(f"{path.name:52} {error}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
