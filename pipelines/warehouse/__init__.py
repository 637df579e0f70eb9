"""Parquet → DuckDB: the SQL models, the order they run in, and the gate over what they made.

Belongs here: finding and running the models of `dbt_like_sql/` (`models`, `runner`), asking great-expectations about
the finished tables (`gate`), and showing its answers (`page`). Does not belong here: any figure; those are computed in
the SQL. Nor any statement about a column; those stand in `expectations`.
"""
