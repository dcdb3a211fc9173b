"""Many reports in one file, and what they say together: series of figures with their restatements.

    with Store.open("reports.store") as store:      # made where there is none
        store.keep(packed(book, digest))            # a report, whole or not at all
    series("reports.store", company="silverton", measure="exploration")

`packed` may run in another process: it makes plain values of a book.
"""

from __future__ import annotations

from orebook.store.answer import Answer, Found, Point, Series, series
from orebook.store.file import StoreError
from orebook.store.keep import Kept, Store
from orebook.store.pack import Packed, digest_of, packed
from orebook.store.question import Question
from orebook.store.vintage import Report, Vintage

__all__ = [
    "Answer",
    "Found",
    "Kept",
    "Packed",
    "Point",
    "Question",
    "Report",
    "Series",
    "Store",
    "StoreError",
    "Vintage",
    "digest_of",
    "packed",
    "series",
]
