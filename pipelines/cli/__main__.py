"""`python -m pipelines.cli`: the commands that need no Dagster. `build` and `ui` are in `python -m assets`."""

from pipelines.cli.app import app

app(prog_name="gongkai")
