"""What a refresh and `gongkai sources` say of lists that could not be read, by the commands themselves."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from tests.web.situations.made import SITUATIONS
from tests.web.situations.serving import Served, write_sources
from tests.web.situations.situation import Situation


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"CONTACT": "t@example.org", "ALLOW_LOOPBACK": "1", "DELAY_SECONDS": "0.001", "BACKOFF_SECONDS": "0.001"}
    for name, value in settings.items():
        monkeypatch.setenv(f"GONGKAI_HARVEST_{name}", value)
    monkeypatch.setenv("COLUMNS", "300")


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    return done.exit_code, " ".join(done.output.split())


def night(web: Served, situation: Situation, folder: Path) -> tuple[int, str, str]:
    """A refresh and then `sources due` for 2025: how the first ended, and what both say."""
    sources = write_sources(folder / "sources.csv", web.sources(situation))
    code, said = run("refresh", "--sources", sources, "-w", folder / "w")
    return code, said, run("sources", "due", "--year", "2025", "--all", "--sources", sources, "-w", folder / "w")[1]


def named(name: str) -> Situation:
    return next(each for each in SITUATIONS if each.name == name)


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize(
    ("name", "told", "due"),
    [
        ("challenge: 412", ("challenge", "the site wants a browser (瑞数)"), "unread"),
        ("robots: all is forbidden", ("forbidden", "leave all of it alone"), "unread"),
        ("cookie: a redirect to itself", ("wants_cookie", "until a cookie comes back"), "unread"),
        ("general: notices", ("general", "no column of annual reports"), "unread"),
        ("data: a post whose fields are made elsewhere", ("script", "a script that posts to /q"), "unread"),
        ("gone: 404", ("dead", "404 Not Found"), "unreachable"),
    ],
)
def test_a_list_that_is_not_read_is_told_by_address(name: str, told: tuple[str, str], due: str, tmp_path: Path) -> None:
    situation = named(name)
    with Served([situation]) as web:
        code, said, stands = night(web, situation, tmp_path)
        address = web.sources(situation)[0].url
    assert code == 0
    assert "is this machine on the Internet" not in said
    assert f"│ {address} │ {told[0]} │ 永嘉县 │" in said
    assert told[1] in said
    assert f"│ {due} │" in stands
    assert "0 missing" in stands


@pytest.mark.usefixtures("_quick")
def test_where_no_site_says_anything_the_network_is_asked_after(tmp_path: Path) -> None:
    situation = named("gone: 404")
    with Served([situation]) as web:
        sources = write_sources(tmp_path / "sources.csv", web.sources(situation))
    code, said = run("refresh", "--sources", sources, "-w", tmp_path / "w")
    assert code == 1
    assert "no site could be reached; is this machine on the Internet?" in said


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("date: nowhere", "│ published, date unknown │"),
        ("date: late by the list", "│ published late │ 2026-04-01 │"),
        ("date: in time by the list", "│ published │ 2026-03-15 │"),
        ("missing: a plain list without it", "│ missing │"),
    ],
)
def test_due_says_when_and_of_whom(name: str, state: str, tmp_path: Path) -> None:
    situation = named(name)
    with Served([situation]) as web:
        assert state in night(web, situation, tmp_path)[2]


@pytest.mark.usefixtures("_quick")
def test_what_share_of_the_lists_each_state_costs_is_a_table_and_data(tmp_path: Path) -> None:
    situation, file = named("challenge: 412"), tmp_path / "lists.csv"
    with Served([situation]) as web:
        night(web, situation, tmp_path)
        code, said = run("sources", "unread", "--all", "--csv", file, "-w", tmp_path / "w")
        address = web.sources(situation)[0].url
    assert code == 0
    assert "│ challenge │ 要求浏览器验证 · The site wants a browser │ 1 │ 100.0% │ 1 │ 1 │" in said
    assert address in said
    with file.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["url"], row["state"], row["code"], row["newest_year"], row["requests"]) == (
        address,
        "challenge",
        "challenge",
        "",
        "1",
    )


@pytest.mark.usefixtures("_quick")
def test_a_probe_that_reaches_nobody_says_so(tmp_path: Path) -> None:
    situation = named("gone: 404")
    with Served([situation]) as web:
        sources = write_sources(tmp_path / "sources.csv", web.sources(situation))
    code, said = run("sources", "probe", "--sources", sources, "-w", tmp_path / "w")
    assert code == 1
    assert "no site could be reached; is this machine on the Internet?" in said
    assert "ssl:" not in said


@pytest.mark.usefixtures("_quick")
def test_nothing_looked_at_and_nowhere_to_write_are_said(tmp_path: Path) -> None:
    assert "no list was looked at yet" in run("sources", "unread", "-w", tmp_path / "w")[1]
    code, said = run("sources", "unread", "-w", tmp_path / "w", "--csv", tmp_path / "none" / "x.csv")
    assert code == 1
    assert "cannot be written: No such file or directory" in said
    code, said = run("sources", "probe", "--sources", write_sources(tmp_path / "s.csv", []), "-w", tmp_path / "w")
    assert (code, "the register is empty" in said) == (2, True)
