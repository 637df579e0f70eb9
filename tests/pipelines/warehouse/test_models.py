"""Finding, reading, ordering and selecting the SQL models."""

from pathlib import Path
from typing import ClassVar

import duckdb
import pytest

from expectations.columns import Table, column
from pipelines.warehouse.models import ModelError, load, macros, select

HEADER = "-- grain: one thing\n-- purpose: to test\n-- do not assume: anything\n-- unit: whole\n"


def write(folder: Path, **sql: str) -> Path:
    """Models as `layer__name=sql`, each with a header unless it has comments of its own."""
    for name, text in sql.items():
        layer, _, stem = name.partition("__")
        (folder / layer).mkdir(parents=True, exist_ok=True)
        (folder / layer / f"{stem}.sql").write_text(text if text.startswith("--") else HEADER + text, encoding="utf-8")
    return folder


class Given(Table):
    """A table that is given."""

    y: int = column("Second in the key", zh="乙")
    x: str = column("First in the key", zh="甲")

    class Config:
        """Table facts."""

        name = "given"
        title = "给定"
        description = "What is given."
        unique: ClassVar = ["x", "y"]
        metadata: ClassVar = {"grain": "one thing"}


def chain(folder: Path) -> Path:
    """given → a → b → m, and n, which reads a too."""
    return write(
        folder,
        core__a="select * from given",
        core__b="select * from a",
        marts__m="with own as (select * from b) select * from own join a using (x)",
        marts__n="select * from a",
    )


def names(folder: Path, selection: str | None) -> list[str]:
    return [model.name for model in select(load(folder, [Given]), selection)]


def test_dependencies_are_read_from_the_sql(tmp_path: Path) -> None:
    models = load(chain(tmp_path), [Given])
    assert models["m"].needs == {"a", "b"}
    assert (models["given"].needs, models["given"].sources) == (frozenset(), {"given"})
    assert [m.layer for m in models.values()] == ["staging", "core", "core", "marts", "marts"]


def test_staging_is_made_of_the_contract(tmp_path: Path) -> None:
    given = load(tmp_path, [Given])["given"]
    assert (given.grain, given.purpose) == ("one thing", "What is given.")
    with duckdb.connect() as connection:
        connection.execute("create schema source")
        rows = "(2, 'b', 0), (10, 'a', 0), (9, 'a', 0)"
        connection.execute(
            f"create table source.given as select x, y::tinyint as y, more from (values {rows}) as t(y, x, more)"
        )
        made = connection.execute(given.sql)
        assert [(name, str(kind)) for name, kind, *_ in made.description or ()] == [("y", "BIGINT"), ("x", "VARCHAR")]
        assert made.fetchall() == [(9, "a"), (10, "a"), (2, "b")]


def test_macros_are_statements_in_the_order_of_their_files(tmp_path: Path) -> None:
    write(tmp_path, macros__b="create macro b(x) as a(x) + 1", macros__a="create macro a(x) as x + 1")
    with duckdb.connect() as connection:
        for statement in macros(tmp_path):
            connection.execute(statement)
        assert connection.execute("select b(1)").fetchall() == [(3,)]


def test_every_model_comes_after_what_it_reads() -> None:
    models = load()
    order = list(models)
    assert all(order.index(need) < order.index(m.name) for m in models.values() for need in m.needs)
    assert order == list(load())


def test_the_header_is_kept_over_several_lines(tmp_path: Path) -> None:
    sql = "-- grain: one\n-- purpose: first\n--   second\n-- do not assume: x\n-- unit: body\nselect 1 as a -- grain: not this\n"
    model = load(write(tmp_path, core__a=sql), [])["a"]
    assert (model.grain, model.purpose, model.caution, model.unit) == ("one", "first second", "x", "body")


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (None, {"given", "a", "b", "m", "n"}),
        ("b", {"b"}),
        ("+b", {"given", "a", "b"}),
        ("b+", {"b", "m"}),
        ("+b+", {"given", "a", "b", "m"}),
        ("n, b+", {"n", "b", "m"}),
        ("given+", {"given", "a", "b", "m", "n"}),
    ],
)
def test_selections(tmp_path: Path, selection: str | None, expected: set[str]) -> None:
    found = names(chain(tmp_path), selection)
    assert set(found) == expected
    assert [name for name in names(tmp_path, None) if name in expected] == found


@pytest.mark.parametrize("selection", ["nothing", "+nothing", "b nothing+", ""])
def test_an_unknown_name_is_told_with_those_there_are(tmp_path: Path, selection: str) -> None:
    with pytest.raises(ModelError, match="there are: given, a, b, "):
        names(chain(tmp_path), selection)


def test_a_circle_is_told_model_by_model(tmp_path: Path) -> None:
    write(tmp_path, core__a="select * from c", core__b="select * from a", core__c="select * from b")
    with pytest.raises(ModelError, match=r"in a circle: .*→.*→") as error:
        load(tmp_path, [])
    assert all(name in str(error.value) for name in "abc")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select * from elsewhere", "a reads elsewhere: no such model; there are: a"),
        ("-- grain: x\nselect 1", "a.sql must begin with `-- purpose: …`, `-- do not assume: …`"),
        ("select from where", "a.sql is no SQL"),
        ("select 1; select 2", "a.sql must hold exactly one SELECT"),
        ("create table x (i int)", "a.sql must hold exactly one SELECT"),
    ],
)
def test_an_unclear_model_is_refused_by_name(tmp_path: Path, sql: str, told: str) -> None:
    with pytest.raises(ModelError) as error:
        load(write(tmp_path, core__a=sql), [])
    assert told in str(error.value)
