"""The command `gongkai` but for what needs Dagster: `assets.command` adds `build` and `ui`.

Exit codes: 0 done, 1 a gate did not open or a step broke, 2 the request makes no sense (as typer's own).
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from pipelines.cli import screen
from pipelines.cli.archive import archive
from pipelines.cli.compare import compare
from pipelines.cli.doctor import doctor
from pipelines.cli.evaluate import evaluate
from pipelines.cli.measures import measures
from pipelines.cli.parse import parse
from pipelines.cli.query import query
from pipelines.cli.refresh import refresh
from pipelines.cli.release import release
from pipelines.cli.review import review
from pipelines.cli.search import search
from pipelines.cli.serve import serve
from pipelines.cli.sources import sources
from pipelines.cli.sql import sql
from pipelines.cli.trace import trace


class Commands(TyperGroup):
    """The commands. A mistake in a file that is kept by hand ends any of them with a sentence."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command. Exit 2 where a data file cannot be used."""
        try:
            return super().invoke(ctx)
        except ValueError as error:
            from expectations.data_files import DataFileError

            if not isinstance(error, DataFileError):
                raise
            screen.stop(str(error), 2)


app = typer.Typer(
    name="gongkai",
    cls=Commands,
    help="The comparative open dataset of Chinese government transparency (政府信息公开工作年度报告).",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
for _name, _group in (("sql", sql), ("sources", sources), ("archive", archive), ("release", release)):
    app.add_typer(_group, name=_name)
for _command in (refresh, parse, evaluate, doctor, trace, measures, serve, compare, search, query, review):
    app.command()(_command)
