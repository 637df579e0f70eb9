"""Dagster's own folder in the workspace: where its run history lies, and how it behaves."""

from pathlib import Path

from pipelines.files import write_atomically
from pipelines.workspace import Workspace

_CONFIGURATION = b"""\
# Written by gongkai once; yours to change.
telemetry:
  enabled: false
nux:
  enabled: false
# One run writes to the workspace at a time anyway; a queue is kinder than a lock.
# A run whose process died is seen by the sensor died_runs and, where its tags say so, begun again. One that it cannot know
# of (another machine's) ends by its time: 20 hours.
run_monitoring:
  enabled: true
  max_runtime_seconds: 72000
run_retries:
  enabled: true
concurrency:
  runs:
    max_concurrent_runs: 1
# The assets print nothing; capturing their output would start processes that outlive a killed build.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""


def prepare(workspace: Workspace) -> Path:
    """The folder to give to Dagster as `DAGSTER_HOME`, with its configuration."""
    configuration = workspace.dagster_home / "dagster.yaml"
    if not configuration.is_file():
        write_atomically(configuration, _CONFIGURATION)
    return workspace.dagster_home
