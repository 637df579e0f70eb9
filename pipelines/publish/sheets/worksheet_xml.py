"""Rows of a table as the XML of a worksheet, whole columns at a time: a library that writes cell by cell takes minutes.

Every text is an inline string, so that nothing is a formula or a link whatever it begins with. Belongs here: cells.
Does not belong here: the workbook around them (`workbook`, by XlsxWriter).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from expectations.columns import Column

#: Characters that a cell can hold.
_LONGEST = 32_767
#: What XML 1.0 cannot hold, shown as what it is: a character that cannot be read.
_ILLEGAL = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]"
#: Excel reads `_x0041_` as the letter A: an underscore that begins such a thing is written as one of its kind.
_CODED = "_(x[0-9A-Fa-f]{4}_)"
#: Space at an end, which XML drops unless told otherwise.
_SPACED = r"^\s|\s$|\n"
_PRESERVED = ' xml:space="preserve">'
#: Day 0 of Excel's calendar, which is right from March 1900 on.
_DAY_ZERO = pl.date(1899, 12, 30)


def column_letters(index: int) -> str:
    """The name of a column by its index from 0: A … Z, AA …"""
    name, left = "", index + 1
    while left:
        left, digit = divmod(left - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def rows_xml(frame: pl.DataFrame, declared: Sequence[Column], styles: Mapping[int, int], first: int) -> str:
    """The `<row>` elements of a frame, the first of them row `first` (from 1). `styles` are cell formats by column."""
    number = (pl.int_range(pl.len()) + first).cast(pl.String)
    cells = [_cell(column, index, styles.get(index, 0), number) for index, column in enumerate(declared)]
    row = pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *cells, pl.lit("</row>"))
    return str(frame.select(row.str.join("")).item() or "")


def _cell(column: Column, index: int, style: int, number: pl.Expr) -> pl.Expr:
    """One cell of each row; nothing where the value is null."""
    kind, opening, closing = "", "<v>", "</v>"
    value = pl.col(column.name)
    if column.polars is pl.String:
        kind, opening, closing = ' t="inlineStr"', "<is><t", "</t></is>"
        value = pl.when(value.str.contains(_SPACED)).then(pl.lit(_PRESERVED)).otherwise(pl.lit(">")) + _text(value)
    elif column.polars is pl.Boolean:
        kind, value = ' t="b"', value.cast(pl.Int8).cast(pl.String)
    elif column.polars is pl.Date:
        value = (value - _DAY_ZERO).dt.total_days().cast(pl.String)
    else:
        value = value.cast(pl.String)
    begins = pl.lit(f'<c r="{column_letters(index)}') + number + pl.lit(f'" s="{style}"{kind}>{opening}')
    return (begins + value + pl.lit(f"{closing}</c>")).fill_null("")


def _text(value: pl.Expr) -> pl.Expr:
    cut = value.str.slice(0, _LONGEST).str.replace_all(_ILLEGAL, "\ufffd").str.replace_all(_CODED, "_x005F_$1")
    for character, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "_x000D_")):
        cut = cut.str.replace_all(character, written, literal=True)
    return cut
