"""`gongkai sources`: what it counts, what it finds, what it adds, by its words, its exit code and the file."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import sources
from pipelines.cli.app import app
from pipelines.harvest.register.sources import COLUMNS, Source, load

HEADER = ",".join(COLUMNS)
HOSTS = "host,delay_seconds,tls,note\n"
#: Two names of one government, a department, a zone, a township of unknown home, a merged district.
ROWS = (
    "杭州市,浙江,prefecture,report,,2023,https://www.hangzhou.gov.cn/a/1.html,collected,",
    "杭州市人民政府,浙江,prefecture,list,territory,,https://www.hangzhou.gov.cn/a/,derived,",
    "杭州市教育局,浙江,department,report,,2024,https://edu.hangzhou.gov.cn/1.html,collected,",
    "唐山高新区管委会,河北,county,report,,2022,http://www.tshg.cn/1.html,collected,a zone",
    "慈云镇人民政府,重庆,township,report,,2024,http://www.jiangjin.gov.cn/1.html,added,",
    "上海市卢湾区,上海,county,report,,2009,https://www.shanghai.gov.cn/1.html,collected,",
)


@pytest.fixture(autouse=True)
def _on_a_day_in_february(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_today", lambda: date(2026, 2, 10))
    for name in ("GONGKAI_SOURCES", "GONGKAI_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def register(folder: Path, *rows: str) -> Path:
    path = folder / "sources.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["sources", *map(str, arguments)], catch_exceptions=False)
    return done.exit_code, done.output


def cells(text: str, first: str) -> list[str]:
    """The cells of the table row that begins with these words."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"│ {first} ")]
    return [cell.strip() for cell in line.strip("│").split("│")]


def test_stats_count_by_place_year_host_and_day(tmp_path: Path) -> None:
    code, text = run("stats", "--sources", register(tmp_path, *ROWS))
    assert code == 0
    summary = [" ".join(line.split()) for line in text.splitlines()[:4]]
    assert summary == [
        "addresses 6 5 reports, 1 lists",
        "origins 4 collected, 1 derived, 1 added",
        "bodies 5",
        "without a list 3 `gongkai sources check --all` names them",
    ]
    assert cells(text, "浙江") == ["浙江", "1", "", "", "1", "2"]
    assert cells(text, "河北") == ["河北", "", "1", "", "", "1"]
    assert cells(text, "2024") == ["2024", "2"]
    assert cells(text, "www.hangzhou.gov.cn") == ["www.hangzhou.gov.cn", "2"]
    assert "due: the reports for 2025" in text
    due = [line.split("│")[2:6] for line in text.splitlines() if line.startswith("│ 2026-0")]
    assert [[cell.strip() for cell in row] for row in due] == [
        ["statute", "department", "1", "10 days ago"],
        ["our reading", "development_zone", "1", "in 49 days"],
        ["our reading", "township", "1", "in 49 days"],
        ["statute", "government", "1", "in 49 days"],
    ]


def test_stats_of_the_projects_own_register_and_of_an_empty_one(tmp_path: Path) -> None:
    code, text = run("stats")
    assert (code, "first 10 of" in text) == (0, True)
    code, text = run("stats", "--sources", register(tmp_path))
    assert code == 0
    assert "0 reports, 0 lists" in text


def test_stats_of_a_register_with_mistakes_say_all_of_them(tmp_path: Path) -> None:
    code, text = run("stats", "--sources", register(tmp_path, "甲,浙江", "乙,浙江,town,list,body,,http://a.cn/,added,"))
    assert code == 1
    assert "2 problems" in text
    assert "line 2: 2 fields; 9 are expected" in text
    assert "line 3: level is 'town'" in text


def test_the_environment_names_the_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_SOURCES", str(register(tmp_path, ROWS[0])))
    code, text = run("check")
    assert (code, "1 addresses; 0 errors, 1 warnings" in text) == (0, True)


def test_the_projects_own_registers_have_no_error() -> None:
    code, text = run("check", "--all")
    assert code == 0
    assert " 0 errors, " in text
    assert "cn.chinagate.cn: 重庆市" in text


def test_check_warns_and_ends_with_0(tmp_path: Path) -> None:
    code, text = run("check", "--sources", register(tmp_path, *ROWS))
    assert code == 0
    lines = text.splitlines()
    start = lines.index("warning: name not resolved: 1 (the body has no code; a longer name, with its county, helps)")
    assert lines[start + 1] == "  慈云镇人民政府 (重庆): the name does not say whose township it is"
    assert "  www.tshg.cn: 唐山高新区管委会, http://www.tshg.cn/1.html (a zone)" in lines
    start = next(n for n, line in enumerate(lines) if line.startswith("warning: no list: 3 "))
    # 杭州市 has one under its other name; 卢湾区 is no more, so none is wanted.
    assert lines[start + 1 :] == [
        "  杭州市教育局",
        "  唐山高新区管委会",
        "  慈云镇人民政府",
        "1 lists 目录: 1 unprobed 未探测, 0 probed 已探测, 0 confirmed 已确认, 0 suspect 存疑停用",
        "6 addresses; 0 errors, 5 warnings",
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "宁波市,浙江,prefecture,report,,2023,https://www.hangzhou.gov.cn/a/1.html,added,",
            "  https://www.hangzhou.gov.cn/a/1.html: 宁波市, 杭州市",
        ),
        (
            "杭州市,浙江,prefecture,report,,2023,http://www.hangzhou.gov.cn/a/1.html,added,",
            "  杭州市: report //www.hangzhou.gov.cn/a/1.html",
        ),
        (
            "宁波市,浙江省,prefecture,report,,2023,https://www.ningbo.gov.cn/a/1.html,added,",
            "  宁波市: 浙江省",
        ),
    ],
)
def test_check_ends_with_1_where_rows_contradict_one_another(tmp_path: Path, row: str, says: str) -> None:
    code, text = run("check", "--sources", register(tmp_path, ROWS[0], row))
    assert code == 1
    assert says in text.splitlines()
    assert " 1 errors, " in text


def test_a_rolling_page_of_one_body_and_a_list_of_several_are_no_errors(tmp_path: Path) -> None:
    rolling = ROWS[0].replace(",2023,", ",2024,")
    shared = "杭州市教育局,浙江,department,list,body,,https://www.hangzhou.gov.cn/a/,added,"
    code, text = run("check", "--sources", register(tmp_path, ROWS[0], rolling, ROWS[1], shared))
    assert code == 0
    assert "warning: one list of several bodies: 1" in text
    assert "  https://www.hangzhou.gov.cn/a/: 杭州市人民政府, 杭州市教育局" in text.splitlines()


def test_check_says_the_mistakes_of_both_files(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.csv"
    hosts.write_text(HOSTS + "*.gov.cn,1,off,\n", encoding="utf-8")
    code, text = run("check", "--sources", register(tmp_path, "甲,浙江"), "--hosts", hosts)
    assert code == 1
    for part in ("sources.csv: 1 problem\n", "hosts.csv: 2 problems\n", "line 2: tls is 'off'", "3 errors, 0 warnings"):
        assert part in text


def test_check_shows_the_first_lines_and_all_when_asked(tmp_path: Path) -> None:
    rows = [f"杭州市第{n}局,浙江,department,report,,2024,http://a.gov.cn/{n},added," for n in range(10, 30)]
    path = register(tmp_path, *rows)
    _, short = run("check", "--sources", path)
    _, whole = run("check", "--sources", path, "--all")
    assert "  … and 8 more; --all shows them" in short
    assert [f"  杭州市第{n}局" in whole.splitlines() for n in range(10, 30)] == [True] * 20


def test_adding_a_list_tells_place_and_level_by_the_name(tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    url = "https://edu.hangzhou.gov.cn/col/col1/index.html"
    code, text = run("add", "杭州市教育局", url, "--sources", path)
    assert code == 0
    assert load(path) == [Source("杭州市教育局", "浙江", "department", "list", "body", None, url, "added", "")]
    assert text.splitlines() == [
        f"added: the list (covers body) of 杭州市教育局, 浙江, department: {url}",
        f"in: {path}",
        f"next: GONGKAI_SOURCES={path} gongkai sources check",
        f"then: GONGKAI_SOURCES={path} gongkai refresh --only '杭州市教育局' --dry-run",
    ]
    before = path.read_bytes()
    code, text = run("add", "杭州市教育局", url, "--sources", path, "--list")
    assert (code, text.startswith("nothing is new")) == (0, True)
    assert path.read_bytes() == before
    code, text = run("add", "杭州市教育局", url, "--sources", path, "--covers", "territory", "--note", "x[red]")
    assert (code, load(path)[0].covers, load(path)[0].note) == (0, "territory", "x[red]")


def test_a_year_makes_it_a_report(tmp_path: Path) -> None:
    path = register(tmp_path, ROWS[0])
    code, text = run("add", "教育部", "http://www.moe.gov.cn/1.html", "--year", "2024", "--sources", path)
    assert code == 0
    assert "added: the report for 2024 of 教育部, 国务院, ministry" in text
    assert path.read_text(encoding="utf-8").splitlines()[1:] == [
        "教育部,国务院,ministry,report,,2024,http://www.moe.gov.cn/1.html,added,",
        ROWS[0],
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["甲县", "http://a.gov.cn/"], "write the name in full, or give --province and --level"),
        (
            ["慈云镇人民政府", "http://a.gov.cn/"],
            "does not say whose township it is; write the name in full, or give --province\n",
        ),
        (["杭州市", "http://a.gov.cn/", "--province", "浙江省"], "there is no province '浙江省'; there are 北京, "),
        (["杭州市", "http://a.gov.cn/", "--level", "city"], "level is 'city'; it is one of province"),
        (["杭州市", "http://a.gov.cn/#x"], "has a fragment"),
        (["杭州市", "ftp://a.gov.cn/"], "does not begin with http:// or https://"),
        (["杭州市", "http://a.gov.cn/", "--list", "--year", "2020"], "report_year is '2020' for a list"),
        (["杭州市", "http://a.gov.cn/", "--report"], "report_year is empty; say which year"),
        (["杭州市", "http://a.gov.cn/", "--year", "1999"], "report_year is '1999'; it is a year from 2007 to"),
        (["杭州市", "http://a.gov.cn/", "--year", "2020", "--covers", "body"], "covers is given for a report"),
        (["杭州市", "http://a.gov.cn/", "--covers", "all"], "covers is 'all'; it is one of body, territory"),
    ],
)
def test_what_makes_no_sense_is_not_added(tmp_path: Path, arguments: list[str], says: str) -> None:
    path = register(tmp_path, ROWS[0])
    before = path.read_bytes()
    code, text = run("add", *arguments, "--sources", path)
    assert code == 2
    assert says in text
    assert path.read_bytes() == before


def test_a_name_that_says_too_little_is_added_with_what_is_missing(tmp_path: Path) -> None:
    path = register(tmp_path)
    code, _ = run("add", "慈云镇人民政府", "http://a.gov.cn/", "--province", "重庆", "--sources", path)
    assert (code, load(path)[0].province, load(path)[0].level) == (0, "重庆", "township")


def test_nothing_is_added_to_a_register_with_mistakes(tmp_path: Path) -> None:
    path = register(tmp_path, "甲,浙江")
    code, text = run("add", "杭州市", "http://a.gov.cn/", "--sources", path)
    assert (code, "line 2: 2 fields" in text) == (1, True)


@pytest.mark.parametrize(
    ("command", "words"), [("stats", ["--sources", "GONGKAI_SOURCES"]), ("add", ["--covers", "--year", "territory"])]
)
def test_help_names_the_options(command: str, words: list[str]) -> None:
    done = CliRunner().invoke(app, ["sources", command, "--help"], env=os.environ | {"COLUMNS": "160", "TERM": "dumb"})
    assert done.exit_code == 0
    assert [word for word in words if word not in done.output] == []
