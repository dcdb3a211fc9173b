"""How fast reports go into a store, and figures come out.

    python bench/store_speed.py [SHARED_DIR] [REPORTS]

The workload: the seeds and the corpus, over and over until there are REPORTS (1,000) of them, each round under companies'
names and numbers of the register of its own, and with the last digit of one figure in two hundred changed. Two thirds of the
reports are of companies with 4 to 12 of them, and most of those print something otherwise than the one before, as the
filings do: they are compared.

- Keeping in one process against plain reading of the same reports in the same run, processor time. Required: at most
  1.3 times.
- A series of one company and measure out of all that. Required: under 0.2 seconds.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from orebook.pipeline import read
from orebook.store import Store, digest_of, packed, series
from seeds import documents, seeds_in

MOST_KEEP, MOST_QUERY = 1.3, 0.2
REPORTS = 1000
ONE_IN = 200
TURNS = 9
FIGURE = re.compile(rb"\d,\d{3}(?![\d,])")
NUMBER = re.compile(rb"(CENTRAL INDEX KEY:\s*\d{4})\d{2}")


def workload(shared: Path, count: int) -> Iterator[tuple[str, bytes]]:
    """The reports, with their names."""
    files = [*seeds_in(shared), *documents(sorted((shared / "corpus").glob("*/")))]
    data = [path.read_bytes() for path in files]
    words = [_first_word(path, one) for path, one in zip(files, data, strict=True)]
    for made in range(count):
        turn, place = divmod(made, len(files))
        report = NUMBER.sub(rb"\g<1>%02d" % (turn % 100), data[place])
        if words[place]:
            named = (b"%c%c" % (65 + turn % 26, 65 + turn // 26)) + words[place][2:]
            report = re.sub(re.escape(words[place]), named, report, flags=re.IGNORECASE)
        yield f"{turn:03}-{files[place].name}", _changed(report, turn)


def _first_word(path: Path, data: bytes) -> bytes:
    """The first word of the company's name, if it is long enough to be changed."""
    word = read(data, path.name).identity.company.split(" ")[0].strip(".,")
    return word.encode() if len(word) > 3 else b""


def _changed(report: bytes, turn: int) -> bytes:
    """A report with the last digit of some figures changed, other ones in each round; none in the first."""
    seen = iter(range(turn, sys.maxsize))

    def other(found: re.Match[bytes]) -> bytes:
        text = found.group()
        return text if next(seen) % ONE_IN else text[:-1] + b"%d" % ((text[-1] - 43) % 10)

    return FIGURE.sub(other, report) if turn else report


def keeping(shared: Path, path: Path, count: int) -> None:
    """Keeps the workload, and prints how long that takes against reading it."""
    reading = kept = figures = 0.0
    began = time.perf_counter()
    with Store.open(path) as store:
        for name, data in workload(shared, count):
            start = time.process_time()
            book = read(data, name)
            middle = time.process_time()
            made = store.keep(packed(book, digest_of(data)))
            kept += time.process_time() - middle
            reading += middle - start
            figures += made.figures
    taken = time.perf_counter() - began
    ratio = (reading + kept) / reading
    print(f"{count:,} reports with {figures:,.0f} figures in {taken:.1f} s: {count / taken:.1f} reports a second")
    print(f"  reading {reading:.1f} s, keeping {reading + kept:.1f} s of processor time: ratio {ratio:.2f}", end="")
    print(f" (required: at most {MOST_KEEP}); {path.stat().st_size / count / 1024:.0f} KiB a report")


def asking(path: Path, company: str, measure: str) -> None:
    """Prints how long a series takes."""
    taken = []
    for _ in range(TURNS):
        start = time.perf_counter()
        found = series(path, company=company, measure=measure)
        taken.append(time.perf_counter() - start)
    points = sum(len(one.points) for one in found.series)
    told = f"{len(found.series)} series, {points} points of {found.reports} reports"
    print(f"  {company}, {measure}: {median(taken) * 1e3:.1f} ms ({told}; required: under {MOST_QUERY * 1e3:.0f} ms)")


def main() -> int:
    """Prints both."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    count = int(sys.argv[2]) if len(sys.argv) > 2 else REPORTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.store"
        keeping(shared, path, count)
        print(f"a series out of {count:,} reports, median of {TURNS}")
        asking(path, "BACLA MINING", "total cash cost")
        asking(path, "BAERCO", "net earnings")
        asking(path, "BAERICAN PAD", "accounts receivable")
    return 0


if __name__ == "__main__":
    sys.exit(main())
