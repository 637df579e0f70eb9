"""The declaration of the index of fetches, which is no table of the dataset but says as much of itself as they do."""

from __future__ import annotations

import re

import sqlglot
from sqlglot import exp

from expectations import vocabulary
from expectations.columns import about, columns, polars_schema
from expectations.constraints import constraints
from expectations.fetches import Fetches
from expectations.tables import TABLES
from pipelines.harvest.ledger.database import COLUMNS, DOCUMENTS, GOOD

DECLARED = {column.name: column for column in columns(Fetches)}


def test_it_is_no_table_of_the_dataset() -> None:
    assert "fetches" not in TABLES


def test_table_and_columns_say_what_they_are() -> None:
    facts = about(Fetches)
    assert (facts.name, facts.key) == ("fetches", ("run_id", "url"))
    assert facts.grain.startswith("one ") and facts.description.endswith(".")
    for column in DECLARED.values():
        assert len(column.description) > 3, column.name
        # ETag and Last-Modified have no other name in Chinese.
        assert re.search(r"[\u4e00-\u9fff]", column.zh) or column.name in ("etag", "last_modified"), column.name
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", column.name)
        assert column.unit or column.duckdb not in ("DOUBLE",), column.name


def test_it_has_the_columns_of_the_ledger_in_its_order() -> None:
    assert tuple(polars_schema(Fetches)) == COLUMNS


def test_its_words_are_those_of_the_ledger() -> None:
    assert set(GOOD) < set(vocabulary.FETCH_OUTCOMES) == set(DECLARED["outcome"].allowed)
    assert set(DOCUMENTS) < set(vocabulary.FETCH_KINDS) == set(DECLARED["kind"].allowed)


def test_the_same_name_means_the_same_as_in_the_dataset() -> None:
    for table, model in TABLES.items():
        for column in columns(model):
            # Dates are text in the ledger, whose SQLite has no other, and in the index with it.
            if column.name in DECLARED and column.name != "published_on":
                mine = DECLARED[column.name]
                assert (mine.duckdb, mine.unit) == (column.duckdb, column.unit), f"{table}.{column.name}"


def test_rules_name_columns_that_are_there() -> None:
    assert about(Fetches).rules
    for rule in about(Fetches).rules.values():
        used = {column.name for column in sqlglot.parse_one(rule, dialect="duckdb").find_all(exp.Column)}
        assert used and used <= DECLARED.keys()
    assert not any(DECLARED[name].nullable for name in about(Fetches).key)
    names = [constraint.name for constraint in constraints(Fetches)]
    assert len(names) == len(set(names))
