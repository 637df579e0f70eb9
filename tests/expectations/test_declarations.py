"""The declarations agree with each other: columns, rules, SQL models, form codes."""

import re
from collections import defaultdict
from itertools import chain

import pytest
import sqlglot
from sqlglot import exp

from expectations.columns import Table, about, columns
from expectations.constraints import constraints
from expectations.crosswalk import crosswalk
from expectations.forms import forms
from expectations.indicators import indicators
from expectations.tables import CORE, DICTIONARIES, MARTS, PARSED, TABLES, model_of
from pipelines.warehouse.models import load
from pipelines.workspace import SQL

ALL = [(name, column) for name, model in TABLES.items() for column in columns(model)]
#: The grammar of names: lower-case words; what is counted or shared says so at the end, and a quantity names its unit.
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
QUANTITY = re.compile(r"_(count|share|bytes|yuan_10k|yuan|pct)$|_share_change$")


def test_every_column_says_what_it_is() -> None:
    for table, column in ALL:
        place = f"{table}.{column.name}"
        assert len(column.description) > 3, place
        assert re.search(r"[\u4e00-\u9fff]", column.zh), f"{place} has no Chinese original"


def test_every_table_says_what_it_is() -> None:
    for name, model in TABLES.items():
        facts = about(model)
        assert facts.name == name and NAME.fullmatch(name)
        assert re.search(r"[\u4e00-\u9fff]", facts.zh)
        assert facts.grain.startswith("one ") and facts.description.endswith(".")


def test_names_follow_the_grammar_and_quantities_have_units() -> None:
    for table, column in ALL:
        place = f"{table}.{column.name}"
        assert NAME.fullmatch(column.name), place
        if QUANTITY.search(column.name):
            assert column.unit, f"{place} is a quantity without a unit"
            assert column.duckdb in ("BIGINT", "DOUBLE"), place
        if column.name.endswith("_share") and "change" not in column.name:
            assert (column.unit, column.minimum, column.maximum) == ("share of 1", 0, 1), place


def test_the_same_name_means_the_same_everywhere() -> None:
    seen: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for _, column in ALL:
        seen[column.name].add((column.duckdb, column.unit))
    assert {name: kinds for name, kinds in seen.items() if len(kinds) > 1} == {}


def test_keys_and_rules_name_columns_that_are_there() -> None:
    for name, model in TABLES.items():
        declared = {c.name: c for c in columns(model)}
        assert about(model).key, f"{name} has no key"
        assert all(not declared[k].nullable for k in about(model).key), f"a key column of {name} may be null"
        for rule in about(model).rules.values():
            used = {c.name for c in sqlglot.parse_one(rule, dialect="duckdb").find_all(exp.Column)}
            assert used and used <= declared.keys(), (name, rule)


def test_constraint_names_are_unique_within_a_table() -> None:
    for model in TABLES.values():
        names = [c.name for c in constraints(model)]
        assert len(names) == len(set(names))


def test_every_sql_file_is_a_table_of_the_contract_and_the_reverse() -> None:
    stems = {layer: {path.stem for path in (SQL / layer).glob("*.sql")} for layer in ("core", "marts")}
    assert stems["core"] == {about(m).name for m in CORE}
    assert stems["marts"] == {about(m).name for m in MARTS}
    assert {p.parent.name for p in SQL.rglob("*.sql")} == {*stems, "inner", "macros"}
    known = {about(m).name for m in (*PARSED, *DICTIONARIES, *CORE, *MARTS)}
    inner = {path.stem for path in (SQL / "inner").glob("*.sql")}
    assert set(load()) == known | inner
    assert not known & inner


def test_the_header_of_a_model_gives_the_grain_of_the_contract() -> None:
    for model in (each for each in load().values() if each.layer != "inner"):
        assert model.grain == about(model_of(model.name)).grain, model.name


def test_words_of_closed_lists_are_there_once() -> None:
    for _, column in ALL:
        assert len(column.allowed) == len(set(column.allowed))


def test_the_sql_speaks_the_codes_of_the_forms() -> None:
    """A code that no form has would give nulls for ever, and nothing would say so."""
    tables = [t for form in forms().values() for t in form.tables.values()]
    rows = {row.code for table in tables for row in table.rows}
    known = {
        "form_row": rows,
        "form_column": {column.code for table in tables for column in table.columns},
        "form_table": {table.name for table in tables},
    }
    used = list(chain.from_iterable(_codes(path.read_text(encoding="utf-8")) for path in SQL.rglob("*.sql")))
    assert len(used) > 30
    assert [(column, code) for column, code in used if code not in known[column]] == []


def _codes(sql: str) -> list[tuple[str, str]]:
    """Every (column, literal) that a statement compares, of the three columns that hold codes."""
    found = []
    for node in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.EQ, exp.NEQ, exp.In):
        if isinstance(node.this, exp.Column) and node.this.name in ("form_row", "form_column", "form_table"):
            found += [(node.this.name, literal.this) for literal in node.find_all(exp.Literal)]
    return found


def test_every_row_of_the_requests_table_has_a_measure() -> None:
    for form in ("2019", "2021"):
        rows = {row.code for row in forms()[form].tables["requests"].rows}
        terms = {
            term.row for line in crosswalk() if line.form == form for term in line.terms if term.table == "requests"
        }
        assert rows - terms == set()


def test_a_comment_carries_original_and_unit() -> None:
    for _, column in ALL:
        assert column.comment.startswith(f"{column.zh}: ")
        assert column.unit is None or column.unit in column.comment


def test_an_unknown_table_is_told_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="comparison_by_year"):
        model_of("nothing")


def test_models_are_tables() -> None:
    assert all(issubclass(model, Table) for model in TABLES.values())


def test_a_closed_list_that_nobody_would_read_is_cut_in_messages() -> None:
    said = {c.name: c.says for c in constraints(model_of("figures"))}
    assert said["allowed(aspect)"] == "aspect is one of amount, share, change, rank"
    assert said["allowed(indicator)"].endswith(f", … ({len(indicators()) + 1} in all)")
    assert len(said["allowed(indicator)"]) < 600
