"""Python's collector of cycles, off while many small values without a cycle are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Books and graphs are tens of thousands of tuples: looking for cycles among them takes up to a third of the time.

    What was made meanwhile joins the oldest generation at once, or the first look after would go through all of it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
