"""A duckdb-engine dialect whose results outlive the connection's return to the pool.

great-expectations fetches rows after it has given the connection back, and the engine's rollback on that occasion
clears the cursor. This dialect leaves transactions alone, which a read-only connection does not need anyway. And it
asks DuckDB itself for the columns of a table: the engine asks through PostgreSQL's catalogue, which takes longer than
all that is expected of the table. Importing the module registers it under `URL`. It imports SQLAlchemy: import it
where a gate is run.
"""

from __future__ import annotations

import atexit
import sys
from typing import Any

import duckdb_engine
from sqlalchemy import text
from sqlalchemy.dialects import registry
from sqlalchemy.types import NullType

#: What stands before the absolute path of a DuckDB file.
URL = "duckdb+gx:///"


class Dialect(duckdb_engine.Dialect):
    """duckdb-engine's dialect without transactions, and with names of columns that are cheap to have."""

    name = "duckdb"
    driver = "gx"
    supports_statement_cache = False

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin nothing."""

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Undo nothing: it would clear the rows that are still to be fetched."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit nothing."""

    def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **_: Any) -> list[Any]:
        """The columns of a table in order, by name; of what type they are nothing here asks."""
        asked = text(
            "select column_name, is_nullable from duckdb_columns() where database_name = current_database() "
            "and schema_name = coalesce(:schema, current_schema()) and table_name = :name order by column_index"
        )
        found = connection.execute(asked, {"schema": schema, "name": str(table_name)})
        return [{"name": name, "type": NullType(), "nullable": nullable, "default": None} for name, nullable in found]

    def get_pk_constraint(self, connection: Any, table_name: str, schema: str | None = None, **_: Any) -> Any:
        """No key is known to the database: keys are what the suites look at."""
        return {"constrained_columns": [], "name": None}


registry.register("duckdb.gx", __name__, "Dialect")


def _let_go() -> None:
    """Drop the references by which great-expectations keeps DuckDB's types beyond the end of the interpreter.

    DuckDB 2.0 would print forty lines about leaked instances to stderr after every build.
    """
    for name in [name for name in sys.modules if name.startswith("great_expectations.compatibility")]:
        vars(sys.modules[name]).clear()


atexit.register(_let_go)
