"""Reports given by name on the command line, read as a build reads them: shared by `parse` and `evaluate`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from expectations.every_file import read_all
from pipelines.catalogue.inspection import FileJob, Inspected, inspect
from pipelines.cli.screen import messages

#: Wide enough for the requests table when the output is no terminal.
WIDTH = 160


def inspected(jobs: list[FileJob]) -> dict[Path, Inspected]:
    """Tell what is in each file, read in workers with limits, so that no file can hang or end the command.

    Raises `expectations.data_files.DataFileError` before any file is read.
    """
    read_all()
    console = messages()
    results: dict[Path, Inspected] = {}
    with console.status("reading …") if console.is_terminal else nullcontext():
        for job, found in inspect(jobs):
            results[job.path] = found
    return results
