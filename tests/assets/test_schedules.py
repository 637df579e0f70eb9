"""When things run by themselves: the statutory calendar, and the inbox."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from assets.definitions import defs
from assets.resources import Gongkai
from assets.schedules import inbox_files, statutory_calendar

CHINA = ZoneInfo("Asia/Shanghai")


def ticks(start: datetime, count: int) -> list[str]:
    """The next times of the schedule, in China."""
    crons, zone = statutory_calendar.cron_schedule, statutory_calendar.execution_timezone
    times = schedule_execution_time_iterator(start.timestamp(), crons, zone)
    return [next(times).astimezone(CHINA).strftime("%a %Y-%m-%d %H:%M") for _ in range(count)]


def test_in_the_season_it_runs_every_night() -> None:
    assert ticks(datetime(2026, 12, 30, 12, tzinfo=CHINA), 3) == [
        "Fri 2027-01-01 03:00",
        "Sat 2027-01-02 03:00",
        "Sun 2027-01-03 03:00",
    ]
    # Departments are due by 31 January, governments by 31 March: the nights after are looked at too.
    assert ticks(datetime(2027, 1, 31, 12, tzinfo=CHINA), 1) == ["Mon 2027-02-01 03:00"]
    assert ticks(datetime(2027, 3, 31, 12, tzinfo=CHINA), 1) == ["Thu 2027-04-01 03:00"]


def test_for_the_rest_of_the_year_it_runs_on_mondays() -> None:
    assert ticks(datetime(2026, 4, 29, 12, tzinfo=CHINA), 3) == [
        "Thu 2026-04-30 03:00",
        "Mon 2026-05-04 03:00",
        "Mon 2026-05-11 03:00",
    ]
    assert ticks(datetime(2026, 12, 28, 12, tzinfo=CHINA), 1) == ["Fri 2027-01-01 03:00"]


@pytest.mark.parametrize(("time", "day"), [("2026-01-31T19:00", "2026-02-01"), ("2026-05-03T19:00", "2026-05-04")])
def test_a_night_asks_for_one_run_by_its_day_in_china(time: str, day: str) -> None:
    moment = datetime.fromisoformat(time).replace(tzinfo=UTC).astimezone(CHINA)
    with dg.build_schedule_context(scheduled_execution_time=moment) as context:
        (request,) = statutory_calendar.evaluate_tick(context).run_requests or []
    assert request.run_key == day
    assert request.tags["dagster/max_retries"] == "2"
    assert statutory_calendar.job_name == "refresh_and_build"


def test_nothing_runs_by_itself_unless_it_is_switched_on() -> None:
    schedule = defs.resolve_schedule_def("statutory_calendar")
    assert schedule.default_status == dg.DefaultScheduleStatus.STOPPED
    assert schedule.execution_timezone == "Asia/Shanghai"
    assert defs.resolve_sensor_def("inbox_files").default_status == dg.DefaultSensorStatus.STOPPED


def test_the_inbox_is_built_once_when_files_have_stopped_arriving(tmp_path: Path) -> None:
    gongkai = Gongkai(workspace=str(tmp_path))
    inbox = gongkai.place.inbox
    cursor = None

    def look() -> tuple[list[str], str]:
        """One look of the sensor: the runs that it asks for, and why it asks for none."""
        nonlocal cursor
        with dg.build_sensor_context(cursor=cursor, resources={"gongkai": gongkai}) as context:
            found = inbox_files.evaluate_tick(context)
        cursor = found.cursor
        return [str(request.run_key) for request in found.run_requests or []], found.skip_message or ""

    assert "nothing lies in" in look()[1]
    inbox.mkdir(parents=True)
    (inbox / "report.html").write_text("<p>", "utf-8")
    assert "still arriving" in look()[1]
    (first,) = look()[0]
    assert "nothing new" in look()[1]
    (inbox / "report.html").write_text("<p>2</p>", "utf-8")
    assert "still arriving" in look()[1]
    (second,) = look()[0]
    assert first != second
