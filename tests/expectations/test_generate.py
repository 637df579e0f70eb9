"""What is generated from the contract reaches its readers: DuckDB, Arrow, Data Package."""

import duckdb
from frictionless import Schema

from expectations.columns import Table, about, columns
from expectations.generate import arrow_schema, column_definitions, comment_statements, table_comment, table_schema
from expectations.tables import TABLES
from tests.made.cases import folded

MODELS = folded("model", TABLES.values())


@MODELS
def test_duckdb_takes_the_comments_word_for_word(model: type[Table]) -> None:
    name = about(model).name
    with duckdb.connect() as connection:
        connection.execute(f"create table {name} ({column_definitions(model)})")
        for statement in comment_statements(model):
            connection.execute(statement)
        assert connection.execute("select comment from duckdb_tables()").fetchall() == [(table_comment(model),)]
        columns_of = "select column_name, data_type, comment from duckdb_columns() where not internal"
        found = connection.execute(columns_of).fetchall()
    assert found == [(c.name, c.duckdb, c.comment) for c in columns(model)]


@MODELS
def test_arrow_fields_are_described(model: type[Table]) -> None:
    schema = arrow_schema(model, {"source": "here"})
    assert schema.metadata[b"grain"].decode() == about(model).grain
    assert schema.metadata[b"source"] == b"here"
    for column in columns(model):
        metadata = schema.field(column.name).metadata
        assert metadata[b"zh"].decode() == column.zh
        assert metadata[b"description"].decode() == column.description
        assert (b"unit" in metadata) == (column.unit is not None)


@MODELS
def test_the_table_schema_is_one(model: type[Table]) -> None:
    schema = table_schema(model)
    assert Schema.validate_descriptor(schema).flatten() == []
    assert [f["name"] for f in schema["fields"]] == [c.name for c in columns(model)]
    assert schema["primaryKey"] == list(about(model).key)
    assert [f["constraints"]["required"] for f in schema["fields"]] == [not c.nullable for c in columns(model)]
