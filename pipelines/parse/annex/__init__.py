"""The statistical annex 政府信息公开情况统计表 (form 2014, 国办发〔2014〕32号) → facts of the table `statistics`.

The way of the annex: `from_table` (a table as rows of labels and numbers, and the headers above them) or `from_text`
(the same of text that lost its rules) → `annex_codes` (rows → row codes, in order under their headings) and
`column_headers` (headers → which column is this year's whole body) → `reader` (facts and doubts). Belongs here: this one
table, in its national layout and those of provinces. Does not belong here: the tables of the forms since 2019
(`pipelines.parse.statutory`).
"""

from __future__ import annotations

from pipelines.parse.annex.reader import NAME, Annex, find, read

__all__ = ["NAME", "Annex", "find", "read"]
