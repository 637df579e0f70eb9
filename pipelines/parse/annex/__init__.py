"""The statistical annex 政府信息公开情况统计表 (form 2014, 国办发〔2014〕32号) → facts of the table `statistics`.

The way of the annex: `grid` (a table as lines of labels and numbers, and the headers above them) or `lines` (the same of
text that lost its rules) → `align` (lines → row codes, in order under their headings) and `columns` (headers → which
column is this year's whole body) → `reader` (facts and doubts). Belongs here: this one table, in its national layout and
those of provinces. Does not belong here: the tables of the forms since 2019 (`pipelines.parse.statutory`).
"""

from __future__ import annotations

from pipelines.parse.annex.reader import NAME, Annex, find, read

__all__ = ["NAME", "Annex", "find", "read"]
