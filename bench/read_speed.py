"""How fast reading is, as ratios that hold on any machine.

    python bench/read_speed.py [SHARED_DIR]

- A seed in process, against a bare per-line regular-expression scan for numbers over the same text: medians of
  many turns, taken in turn in the same run. Required: at most 10.
- Time per line of the longest filings of the corpus, and of a seed printed 1, 2, 4 and 8 times over: growth must
  be no worse than linear.
- Cold starts against `python -c pass`: `orebook --version` at most 4 times, `orebook read SEED` at most 8 times.

Prints the ratios; the tests assert none of them, since a busy machine would make them fail.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from orebook.pipeline import read
from seeds import seeds_in

NUMBER = re.compile(r"[($]*\d[\d,]*\.?\d*[)%]*")
TURNS = 41
STARTS = 21
MOST_READ, MOST_VERSION, MOST_COLD = 10, 4, 8


def scan(lines: list[str]) -> int:
    """The bare scan: every number of every line."""
    count = 0
    for line in lines:
        for match in NUMBER.finditer(line):
            count += len(match.group()) > 0
    return count


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turn(works: list[Callable[[], object]], turns: int) -> list[float]:
    """The median seconds of each of several works, taken in turn so that a slow moment hits them all."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(turns):
        for work, times in zip(works, taken, strict=True):
            times.append(timed(work))
    return [median(times) for times in taken]


def against_the_scan(seeds: list[Path]) -> None:
    """Reading a seed against scanning its lines."""
    print(f"in process, median of {TURNS} turns (required: at most {MOST_READ} times the scan)")
    for path in seeds:
        data = path.read_bytes()
        lines = data.decode().split("\n")
        read(data, path.name)
        ours, bare = in_turn([lambda data=data: read(data, "x"), lambda lines=lines: scan(lines)], TURNS)  # type: ignore[misc]
        print(f"  {path.name:20} read {ours * 1e3:7.2f} ms  scan {bare * 1e3:6.2f} ms  ratio {ours / bare:6.2f}")


def growth(seeds: list[Path], corpus: Path) -> None:
    """Time per line as the input grows."""
    seed = seeds[-1].read_bytes()
    print("time per line, microseconds")
    single = 0.0
    for copies in (1, 2, 4, 8):
        data = seed * copies
        taken = median(timed(lambda data=data: read(data, "x")) for _ in range(5))  # type: ignore[misc]
        each = taken / data.count(b"\n") * 1e6
        single = single or each
        print(f"  {seeds[-1].name} x {copies}: {each:7.1f}  ({each / single:.2f} times that of one)")
    files = sorted(corpus.glob("submissions/*.txt"), key=lambda path: path.stat().st_size)
    for path in files[-3:]:
        data = path.read_bytes()
        taken = median(timed(lambda data=data: read(data, "x")) for _ in range(3))  # type: ignore[misc]
        each = taken / data.count(b"\n") * 1e6
        print(f"  {data.count(10):6} lines: {each:7.1f}  ({each / single:.2f} times the seed's)  {path.name}")


def cold(seed: Path) -> None:
    """Whole processes, against an interpreter that does nothing.

    Byte code is kept as on a user's machine, whatever the environment says, and made by a start outside the clock.
    """
    program = Path(sys.executable).with_name("orebook")
    if not program.exists():
        print(f"cold starts: {program} is not installed")
        return
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "orebook --version": [str(program), "--version"],
        f"orebook read {seed.name}": [str(program), "read", str(seed)],
    }
    print(f"cold starts, median of {STARTS} in turn (required: at most 1, {MOST_VERSION}, {MOST_COLD})")
    taken: dict[str, list[float]] = {name: [] for name in commands}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for command in commands.values():
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=kept)
    for _ in range(STARTS):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=kept)
            taken[name].append(time.perf_counter() - start)
    base = median(taken["python -c pass"])
    for name, times in taken.items():
        print(f"  {name:32} {median(times) * 1e3:7.1f} ms  ratio {median(times) / base:5.2f}")


def main() -> int:
    """Prints all three."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    seeds = seeds_in(shared)
    against_the_scan(seeds)
    growth(seeds, shared / "corpus")
    cold(seeds[-1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
