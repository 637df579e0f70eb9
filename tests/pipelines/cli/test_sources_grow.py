"""`gongkai sources probe, discover, review, coverage, wanted, add-portal`: words, exit codes, files; nothing is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.harvest.register import portals, proposals, sources
from pipelines.harvest.register.proposals import Proposal
from pipelines.harvest.register.sources import COLUMNS

ROW = "永嘉县,浙江,county,list,body,,http://www.yj.gov.cn/old/zfxxgknb/,derived,"
FOUND = Proposal(
    "永嘉县", "浙江", "http://www.yj.gov.cn/old/zfxxgknb/", "http://www.yj.gov.cn/zfxxgknb/", "breadcrumb",
    "http://www.yj.gov.cn/r.html", "high", "2026-01-20",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GONGKAI_SOURCES", "GONGKAI_HOSTS", "GONGKAI_PORTALS", "GONGKAI_HARVEST_CONTACT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    """A register of one list, no portal, one proposal; the options that name them."""
    register = tmp_path / "sources.csv"
    register.write_text(f"{','.join(COLUMNS)}\n{ROW}\n", encoding="utf-8")
    proposals.add(tmp_path / "w" / "harvest" / "proposals.csv", [FOUND])
    return ["-w", str(tmp_path / "w"), "--sources", str(register)]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["sources", *arguments], catch_exceptions=False)
    return done.exit_code, " ".join(done.output.split())


def homes(tmp_path: Path) -> list[str]:
    return ["--portals", str(tmp_path / "portals.csv")]


def test_a_probe_says_beforehand_what_it_would_ask_for(place: list[str]) -> None:
    code, text = run("probe", "--dry-run", *place)
    assert code == 0
    assert "http://www.yj.gov.cn/old/zfxxgknb/" in text
    assert "never looked at" in text
    assert "1 addresses on 1 hosts" in text


def test_nothing_is_asked_for_without_a_contact(place: list[str], tmp_path: Path) -> None:
    code, text = run("probe", *place)
    assert (code, "GONGKAI_HARVEST_CONTACT" in text) == (2, True)
    run("add-portal", "浙江省永嘉县", "http://www.yj.gov.cn/", *homes(tmp_path))
    code, text = run("discover", "浙江省永嘉县", *place, *homes(tmp_path))
    assert (code, "GONGKAI_HARVEST_CONTACT" in text) == (2, True)


def test_a_pattern_that_fits_nothing_is_said(place: list[str]) -> None:
    code, text = run("probe", "--only", "火星", *place)
    assert (code, "no source matches '火星'; gongkai sources stats shows what there is" in text) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name a government, or give --province or --all"),
        (["永嘉县", "--all"], "only one of them"),
        (["--province", "火星"], "there is no province '火星'; write it as 浙江"),
        (["杭州市教育局"], "is no government; others are found through lists that name several bodies"),
        (["鼓楼区"], "write it with its province or city"),
    ],
)
def test_a_discovery_that_makes_no_sense_says_what_to_do(place: list[str], arguments: list[str], says: str) -> None:
    code, text = run("discover", *arguments, *place)
    assert (code, says in text) == (2, True), text


def test_a_discovery_says_beforehand_which_portals_it_would_walk(place: list[str], tmp_path: Path) -> None:
    code, text = run("discover", "--province", "浙江", "--dry-run", *place, *homes(tmp_path))
    assert code == 0
    assert "0 portals, at most 0 requests" in text
    assert "gongkai sources add-portal adds one" in text
    code, text = run("add-portal", "浙江省永嘉县", "http://www.yj.gov.cn/", *homes(tmp_path))
    assert (code, "added: the portal of 永嘉县 (330324)" in text) == (0, True)
    code, text = run("discover", "--province", "浙江", "--dry-run", *place, *homes(tmp_path))
    assert "1 portals, at most 8 requests" in text
    assert portals.load(tmp_path / "portals.csv")[0].known_by == "added"


def test_a_review_shows_and_accepts_by_a_person_who_is_named(place: list[str], tmp_path: Path) -> None:
    where = [*place, *homes(tmp_path)]
    code, text = run("review", *where)
    assert (code, "1 open" in text, "breadcrumb" in text) == (0, True, True)
    code, text = run("review", "--accept", "1", *where)
    assert (code, "--by NAME" in text) == (2, True)
    code, text = run("review", "--accept", "9", "--by", "me", *where)
    assert (code, "no open proposal '9'" in text) == (2, True)
    code, text = run("review", "--accept", "1", "--by", "me", "--dry-run", *where)
    assert (code, "1 proposals decided" in text) == (0, True)
    assert sources.load(tmp_path / "sources.csv")[0].origin == "derived"
    assert run("review", "--accept", "1", "--by", "me", *where)[0] == 0
    (row,) = sources.load(tmp_path / "sources.csv")
    assert (row.url, row.origin, row.level, row.covers) == (FOUND.proposed_url, "reviewed", "county", "body")
    (kept,) = proposals.load(tmp_path / "w" / "harvest" / "proposals.csv")
    assert (kept.state, kept.decided_by) == ("accepted", "me")
    assert "nothing is proposed" in run("review", *where)[1]


def test_rules_are_shown_with_what_they_accept(place: list[str], tmp_path: Path) -> None:
    code, text = run("review", "--rules", "--dry-run", *place, *homes(tmp_path))
    assert (code, "rule list_was_found_again: " in text, "1 proposals decided" in text) == (0, True, True)


def test_coverage_and_wanted_are_printed_and_written(place: list[str], tmp_path: Path) -> None:
    where = [*place, *homes(tmp_path)]
    csv, page = tmp_path / "coverage.csv", tmp_path / "coverage.md"
    code, text = run("coverage", "--year", "2025", "--csv", str(csv), "--page", str(page), *where)
    assert (code, "全国" in text) == (0, True)
    assert csv.read_text("utf-8").startswith("province,level,body_kind,bodies,")
    assert page.read_text("utf-8").startswith("# Coverage 登记覆盖")
    code, text = run("wanted", "--province", "浙江", "--csv", str(tmp_path / "wanted.csv"), *where)
    # 浙江 has 102 governments; for 永嘉县 a proposal waits.
    assert (code, "101 governments without a portal 缺门户, 0 without a list 缺目录" in text) == (0, True)
    assert len((tmp_path / "wanted.csv").read_text("utf-8").splitlines()) == 102
