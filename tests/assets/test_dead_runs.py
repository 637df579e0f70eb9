"""Runs whose process died: told by their process, and ended so that others can begin."""

from __future__ import annotations

import os
import subprocess
import sys

import dagster as dg

from assets import dead_runs
from assets.jobs import build_all
from assets.schedules import _AGAIN, died_runs

STARTED = dg.DagsterRunStatus.STARTED


def process() -> subprocess.Popen[str]:
    """A process that says who it is and waits."""
    code = "from assets import dead_runs; print(dead_runs.this_process(), flush=True); input()"
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_process_is_gone_when_it_was_killed_and_not_before() -> None:
    with process() as living:
        assert living.stdout
        tag = living.stdout.readline().strip()
        assert not dead_runs.is_gone(tag)
        living.kill()
        living.wait()
        assert dead_runs.is_gone(tag)


def test_another_process_of_the_same_number_is_another_one() -> None:
    host, number, began = dead_runs.this_process().split(" ")
    assert not dead_runs.is_gone(f"{host} {number} {began}")
    assert dead_runs.is_gone(f"{host} {number} {began}0")


def test_nobody_knows_of_other_machines_and_of_runs_that_do_not_say() -> None:
    assert not dead_runs.is_gone(f"elsewhere {os.getpid()} 0")
    assert not dead_runs.is_gone("")
    assert not dead_runs.is_gone(f"{dead_runs.this_process().split(' ')[0]} x")


def test_the_sensor_ends_dead_runs_only_and_those_of_the_schedule_begin_again() -> None:
    host, number, began = dead_runs.this_process().split(" ")
    with dg.DagsterInstance.ephemeral() as instance:

        def run(tag: str) -> str:
            tags = {dead_runs.TAG: tag, **_AGAIN}
            return instance.create_run_for_job(build_all, status=STARTED, tags=tags).run_id

        living, dead = run(f"{host} {number} {began}"), run(f"{host} {number} 0")
        with dg.build_sensor_context(instance=instance) as context:
            assert dead in (died_runs.evaluate_tick(context).skip_message or "")
        states = {each.run_id: each.status for each in instance.get_runs()}
        assert states == {living: STARTED, dead: dg.DagsterRunStatus.FAILURE}
        with dg.build_sensor_context(instance=instance) as context:
            assert died_runs.evaluate_tick(context).skip_message == "no run's process died"


def test_every_run_says_in_which_process_it_is() -> None:
    from assets.in_process import Session

    @dg.asset
    def harvest() -> None:
        """Nothing."""

    with dg.DagsterInstance.ephemeral() as instance:
        Session(instance, dg.Definitions(assets=[harvest]).resolve_implicit_global_asset_job_def()).materialise(
            "harvest"
        )
        assert [run.tags[dead_runs.TAG] for run in instance.get_runs()] == [dead_runs.this_process()]
