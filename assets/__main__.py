"""`python -m assets`: the command `gongkai`, where it is not installed."""

import assets.command  # noqa: F401 - adds `build` and `ui`
from pipelines.cli.app import app

app(prog_name="gongkai")
