"""Facts as an Arrow table, and from it Parquet, Arrow files, and polars or pandas frames.

Figures stay exact: they are decimals, with as many places as the most precise figure prints.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orebook.model.book import Book
from orebook.write.columns import Value, flat
from orebook.write.extras import MissingExtraError, TooManyDigitsError
from orebook.write.words import visible

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_DIGITS = 76  # of the widest decimal of Arrow
_SCALED = 11  # the most digits that a scale adds, and one for the first


def arrow_table(books: Sequence[Book]) -> pa.Table:
    """One row a fact, in the columns of `orebook.write.columns`.

    Raises MissingExtraError without pyarrow, TooManyDigitsError for a figure that no decimal of Arrow holds.
    """
    pyarrow = _pyarrow()
    _refuse_endless(books)
    columns = flat(books)
    types = {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "whole": pyarrow.int64(),
        "truth": pyarrow.bool_(),
        "day": pyarrow.date32(),
    }
    arrays = [
        pyarrow.array(
            [_clean(value) for value in values],
            type=_decimal_type(pyarrow, values) if kind == "decimal" else types[kind],
        )
        for _, kind, values in columns
    ]
    return pyarrow.table(arrays, names=[name for name, _, _ in columns])


def parquet(books: Sequence[Book]) -> bytes:
    """The bytes of a Parquet file."""
    table = arrow_table(books)
    from pyarrow.parquet import write_table  # noqa: PLC0415 - heavy, and needed only here

    out = io.BytesIO()
    write_table(table, out, compression="zstd")
    return out.getvalue()


def arrow_file(books: Sequence[Book]) -> bytes:
    """The bytes of an Arrow file (the IPC file format, also called Feather)."""
    table = arrow_table(books)
    out = io.BytesIO()
    with _pyarrow().ipc.new_file(out, table.schema) as file:
        file.write_table(table)
    return out.getvalue()


def polars_frame(books: Sequence[Book]) -> pl.DataFrame:
    """A polars data frame; MissingExtraError without polars."""
    try:
        import polars  # noqa: ICN001, PLC0415 - optional
    except ImportError as missing:
        raise MissingExtraError("a polars data frame", "polars", "polars") from missing
    frame = polars.from_arrow(arrow_table(books))
    if not isinstance(frame, polars.DataFrame):
        raise TypeError(f"polars made a {type(frame).__name__} of a table")
    return frame


def pandas_frame(books: Sequence[Book]) -> pd.DataFrame:
    """A pandas data frame whose figures are exact (`decimal128` of Arrow); MissingExtraError without pandas."""
    try:
        import pandas  # noqa: ICN001, PLC0415 - optional
    except ImportError as missing:
        raise MissingExtraError("a pandas data frame", "pandas", "pandas") from missing
    return arrow_table(books).to_pandas(types_mapper=pandas.ArrowDtype)


def _pyarrow() -> Any:
    try:
        import pyarrow  # noqa: ICN001, PLC0415 - heavy and optional
    except ImportError as missing:
        raise MissingExtraError("an Arrow table", "pyarrow", "arrow") from missing
    return pyarrow


def _clean(value: Value) -> Value:
    """Text without halves of surrogate pairs, which Arrow's UTF-8 cannot hold; anything else as it is."""
    if isinstance(value, str):
        return value if value.isprintable() else visible(value)
    if isinstance(value, tuple):
        return [visible(each) for each in value]
    return value


def _refuse_endless(books: Sequence[Book]) -> None:
    """No figure of a report is so long; what is comes of a damaged file, and must not be cut in silence."""
    places = max(
        (-int(fact.value.as_tuple().exponent) for book in books for fact in book.facts if fact.value), default=0
    )
    for book in books:
        for fact in book.facts:
            if fact.value and fact.value.adjusted() + max(places, 0) + _SCALED > _DIGITS:
                raise TooManyDigitsError(
                    f"{book.name}:{fact.spot.line}:{fact.spot.start}: a figure of {len(fact.text)} characters is longer"
                    " than a decimal of Arrow; csv, json and jsonl hold it"
                )


def _decimal_type(pyarrow: Any, values: Sequence[Value]) -> pa.DataType:
    """The narrowest decimal that holds every figure exactly."""
    figures = [value.as_tuple() for value in values if isinstance(value, Decimal)]
    places = max((max(0, -int(figure.exponent)) for figure in figures), default=0)
    whole = max((len(figure.digits) + int(figure.exponent) for figure in figures), default=1)
    digits = max(whole, 1) + places
    return pyarrow.decimal128(38, places) if digits <= 38 else pyarrow.decimal256(_DIGITS, places)
