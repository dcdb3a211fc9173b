"""How many figures of each seed's statements are tied, and by how many independent relations.

    uv run python bench/proof_coverage.py [SHARED_DIR]

Statements are the tables that the lexicon recognises as operations, balance sheet, cash flows, equity, highlights or
reconciliation. A figure tied twice is one where an error can be located as well as found.
"""

from __future__ import annotations

import sys
from pathlib import Path

from orebook import check, read
from orebook.check.coverage import STATEMENTS, coverage
from seeds import seeds_in


def main() -> int:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    seeds = seeds_in(shared)
    for path in seeds:
        book = read(path)
        checked = check(book)
        parts = []
        for what, made in (("statements", coverage(book, checked, STATEMENTS)), ("all", coverage(book, checked))):
            once, twice = (100 * count / max(made.figures, 1) for count in (made.once, made.twice))
            parts.append(f"{what:10} {made.figures:4} figures, tied once {once:5.1f} %, twice {twice:5.1f} %")
        print(f"{path.name:20} {'   '.join(parts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
