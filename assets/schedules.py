"""Tells when things run by themselves: the statutory calendar, and files that are dropped into the inbox.

Belongs here: schedules and sensors. Does not belong here: what they run (`assets.jobs`) or the dates of the law
(`pipelines.harvest.register.calendar`).
"""

import json
import os
import warnings

import dagster as dg

from assets import dead_runs
from assets.jobs import build_all, refresh_and_build
from assets.resources import Gongkai
from pipelines.catalogue.inbox import fingerprint
from pipelines.harvest.register.calendar import CRONS, TIME_ZONE

# Dagster hands its own unset parameter on to itself, and warns of it with each build.
warnings.filterwarnings("ignore", "Parameter `owners` of initializer `SensorDefinition", category=dg.BetaWarning)

#: `1` lets the schedule and the sensor run from the start (`gongkai ui --scheduled`); else they are switched on by hand.
SWITCH = "GONGKAI_SCHEDULED"
_IS_ON = os.environ.get(SWITCH) == "1"
#: A run that a crash of the machine ended is begun again by Dagster's daemon; the refresh goes on where it was. One that
#: ended by itself is not: a missing contact or a closed gate wants a person, and would only fail twice more.
_AGAIN = {"dagster/max_retries": "2", "dagster/retry_on_asset_or_op_failure": "false"}


@dg.schedule(
    job=refresh_and_build,
    cron_schedule=CRONS,
    execution_timezone=TIME_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING if _IS_ON else dg.DefaultScheduleStatus.STOPPED,
)
def statutory_calendar(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Every night from 1 January to 30 April, when reports are due; every Monday in the rest of the year."""
    day = context.scheduled_execution_time.date().isoformat()
    return dg.RunRequest(run_key=day, tags={**_AGAIN, "gongkai/day": day})


@dg.sensor(
    job=build_all,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING if _IS_ON else dg.DefaultSensorStatus.STOPPED,
)
def inbox_files(context: dg.SensorEvaluationContext, gongkai: Gongkai) -> dg.RunRequest | dg.SkipReason:
    """Build when files were dropped into the inbox, once they have stopped changing from one look to the next."""
    now = fingerprint(gongkai.place.inbox)
    before = json.loads(context.cursor) if context.cursor else {}
    context.update_cursor(json.dumps({"seen": now, "built": before.get("built", "")}))
    if not now:
        return dg.SkipReason(f"nothing lies in {gongkai.place.inbox}")
    if now == before.get("built"):
        return dg.SkipReason("nothing new lies in the inbox")
    if now != before.get("seen"):
        return dg.SkipReason("files are still arriving")
    context.update_cursor(json.dumps({"seen": now, "built": now}))
    return dg.RunRequest(run_key=now, tags=_AGAIN)


@dg.sensor(
    minimum_interval_seconds=120,
    default_status=dg.DefaultSensorStatus.RUNNING if _IS_ON else dg.DefaultSensorStatus.STOPPED,
)
def died_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """End runs whose process died: they would hold up every later one. The schedule's begin again and go on."""
    ended = dead_runs.end(context.instance)
    return dg.SkipReason(f"ended {', '.join(ended)}: their processes died" if ended else "no run's process died")
