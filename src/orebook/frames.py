"""The facts of books as Arrow, polars and pandas tables: one row a figure, the columns of the CSV form.

pyarrow, polars and pandas are extras (`pip install -e '.[polars]'` in the project's folder); without them MissingExtraError says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from orebook.model.book import Book


def to_arrow(*books: Book) -> pa.Table:
    """The facts as an Arrow table; values are exact decimals."""
    from orebook.write.arrow import arrow_table  # noqa: PLC0415

    return arrow_table(books)


def to_polars(*books: Book) -> pl.DataFrame:
    """The facts as a polars frame."""
    from orebook.write.arrow import polars_frame  # noqa: PLC0415

    return polars_frame(books)


def to_pandas(*books: Book) -> pd.DataFrame:
    """The facts as a pandas frame."""
    from orebook.write.arrow import pandas_frame  # noqa: PLC0415

    return pandas_frame(books)
