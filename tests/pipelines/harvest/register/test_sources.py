"""The register of sources: what is in the project's own, what makes one wrong, adding, choosing."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines.harvest.register import sources
from pipelines.harvest.register.sources import COLUMNS, SOURCES_FILE, Source, SourcesError, add, as_csv, load, matching
from pipelines.workspace import PROJECT

ROOT = PROJECT
REGISTRY = ROOT.parent / "shared" / "registry" / "sources.csv"

REPORT = Source(
    "杭州市", "浙江", "prefecture", "report", None, 2023, "https://www.hangzhou.gov.cn/a/1.html", "collected", ""
)
LIST = Source(
    "杭州市", "浙江", "prefecture", "list", "territory", None, "https://www.hangzhou.gov.cn/a/", "added", "seen"
)
HEADER = ",".join(COLUMNS)


def written(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "sources.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(SourcesError) as raised:
        load(path)
    assert all(told in str(raised.value) for told in raised.value.problems)
    return raised.value.problems


def test_the_header_of_the_projects_register_is_the_documented_one() -> None:
    assert SOURCES_FILE.read_bytes().partition(b"\n")[0] == (
        b"body_name,province,level,kind,covers,report_year,url,origin,note"
    )


def test_the_projects_register_is_whole_and_as_the_program_would_write_it() -> None:
    assert len(load()) >= 374
    assert as_csv(load()) == SOURCES_FILE.read_bytes()


@pytest.mark.skipif(not REGISTRY.exists(), reason="../shared with the registry of sources is not there")
def test_every_address_of_the_registry_is_there() -> None:
    with REGISTRY.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = {(s.body_name, s.province, s.level, str(s.report_year), s.url): s for s in load()}
    wanted = [(r["government"], r["province"], r["level"], r["report_year"], r["url"]) for r in rows]
    assert len(wanted) == 374
    assert [row for row in wanted if row not in kept] == []
    foreign = [key for key, row in zip(wanted, rows, strict=True) if row["official_host"] == "no"]
    assert len(foreign) == 10
    assert {kept[key].note for key in foreign} == {"not the body's own host"}


def test_a_row_is_read_with_its_types(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "杭州市,浙江,prefecture,report,,2023,https://www.hangzhou.gov.cn/a/1.html,collected,",
        "",
        " 杭州市 ,浙江,prefecture,list,territory,,https://www.hangzhou.gov.cn/a/,added,seen",
    )
    assert load(path) == [REPORT, LIST]


def test_a_byte_order_mark_and_other_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_bytes(b"\xef\xbb\xbf" + as_csv([REPORT]).replace(b"\n", b"\r\n"))
    assert load(path) == [REPORT]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",浙江,county,report,,2020,http://a.cn/,collected,", "body_name is empty"),
        ("甲,,county,report,,2020,http://a.cn/,collected,", "province is empty"),
        ("甲,浙江,city,report,,2020,http://a.cn/,collected,", "level is 'city'; it is one of province"),
        ("甲,浙江,county,page,,2020,http://a.cn/,collected,", "kind is 'page'; it is one of report, list"),
        ("甲,浙江,county,list,all,,http://a.cn/,collected,", "covers is 'all'; it is one of body, territory"),
        ("甲,浙江,county,list,,,http://a.cn/,collected,", "covers is empty; a list says whose reports count"),
        ("甲,浙江,county,list,body,2020,http://a.cn/,collected,", "report_year is '2020' for a list; leave it empty"),
        ("甲,浙江,county,report,body,2020,http://a.cn/,collected,", "covers is given for a report"),
        ("甲,浙江,county,report,,,http://a.cn/,collected,", "report_year is empty; say which year"),
        ("甲,浙江,county,report,,2006,http://a.cn/,collected,", "report_year is '2006'; it is a year from 2007 to"),
        ("甲,浙江,county,report,,２０２０,http://a.cn/,collected,", "report_year is '２０２０'"),
        ("甲,浙江,county,report,,2020,http://a.cn/,guessed,", "origin is 'guessed'; it is one of collected, derived"),
        ("甲,浙江,county,report,,2020,,collected,", "url is empty"),
        ("甲,浙江,county,report,,2020,ftp://a.cn/,collected,", "does not begin with http:// or https://"),
        ("甲,浙江,county,report,,2020,a.cn/x,collected,", "does not begin with http:// or https://"),
        ("甲,浙江,county,report,,2020,http:///x,collected,", "has no host"),
        ("甲,浙江,county,report,,2020,http://u:p@a.cn/,collected,", "has a user name or password in it"),
        ("甲,浙江,county,report,,2020,http://a.cn/#top,collected,", "has a fragment"),
        ("甲,浙江,county,report,,2020,http://a.cn/a b,collected,", "has spaces or control characters"),
        ("甲,浙江,county,report,,2020,http://a.cn:99999/,collected,", "is none (Port out of range"),
        ("甲,浙江,county,report,,2020,http://[::1/,collected,", "is none (Invalid IPv6 URL)"),
        ("甲,浙江,county,report,,2020,http://a.cn/", "7 fields; 9 are expected"),
        ("甲,浙江,county,report,,2020,http://a.cn/,collected,,x", "10 fields; 9 are expected"),
        ('甲,浙江,county,report,,2020,http://a.cn/,collected,"x"y', "no CSV"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    (told,) = problems(written(tmp_path, row))
    assert told.startswith("line 2: ")
    assert says in told


def test_the_year_after_this_one_is_the_last(tmp_path: Path) -> None:
    year = date.today().year
    rows = [f"甲,浙江,county,report,,{year + n},http://a.cn/,collected," for n in (1, 2)]
    assert problems(written(tmp_path, *rows)) == (
        f"line 3: report_year is '{year + 2}'; it is a year from 2007 to {year + 1}",
    )


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "甲,浙江,town,sheet,,2020,ftp://a.cn/,collected,",
        "乙,浙江,county,report,,2020,http://a.cn/,collected,",
        "丙,浙江,county,list,,2020,http://a.cn/,collected,",
        "乙,浙江,county,report,,2020,http://a.cn/,added,again",
    )
    assert [told[: told.index(" ", 8)] for told in problems(path)] == [
        "line 2: level",
        "line 2: kind",
        "line 2: the",
        "line 4: covers",
        "line 4: report_year",
        "line 5: 乙",
    ]
    assert "乙 has this address already on line 3; remove one of them" in problems(path)[-1]


def test_a_row_with_too_few_fields_hides_no_other_mistake_nor_does_broken_csv(tmp_path: Path) -> None:
    path = written(tmp_path, "甲,浙江", "乙,浙江,town,list,body,,http://a.cn/,added,", '丙,"x"y')
    assert [told.split(" ")[1:3] for told in problems(path)] == [["2:", "2"], ["3:", "level"], ["4:", "no"]]


def test_a_header_with_other_columns_is_told_by_name(tmp_path: Path) -> None:
    (told,) = problems(written(tmp_path, header="body_name,province,level,kind,report_year,url,origin,note,url,extra"))
    assert told.startswith("line 1: the header lacks 'covers'; has besides 'extra'; has twice 'url'; it is to be body_")


@pytest.mark.parametrize(("data", "says"), [(b"\xb9\xfe", "not UTF-8"), (b"", "the header lacks 'body_name'")])
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "sources.csv").write_bytes(data)
    assert says in problems(tmp_path / "sources.csv")[0]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.csv") == ("there is no such file; name another one",)


def test_a_private_host_may_stand_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "甲,浙江,county,list,body,,http://127.0.0.1:8080/list,added,")
    assert load(path)[0].host == "127.0.0.1"


def test_adding_sorts_and_keeps_the_bytes_where_nothing_is_new(tmp_path: Path) -> None:
    path = tmp_path / "new" / "sources.csv"
    assert add(path, REPORT)
    assert add(path, LIST)
    assert path.read_bytes().decode() == (
        f"{HEADER}\n"
        "杭州市,浙江,prefecture,list,territory,,https://www.hangzhou.gov.cn/a/,added,seen\n"
        "杭州市,浙江,prefecture,report,,2023,https://www.hangzhou.gov.cn/a/1.html,collected,\n"
    )
    loose = written(tmp_path, *path.read_text(encoding="utf-8").splitlines()[:0:-1])
    before = loose.read_bytes()
    assert not add(loose, REPORT)
    assert not add(loose, replace(LIST, body_name=" 杭州市 ", note=""))
    assert loose.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["sources.csv"]


def test_adding_confirms_what_was_derived_and_changes_whom_a_list_covers(tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    add(path, replace(LIST, origin="derived", note="by pattern"))
    assert add(path, replace(LIST, covers="body", note=""))
    assert load(path) == [replace(LIST, covers="body", origin="added", note="by pattern")]
    add(path, REPORT)
    assert add(path, replace(REPORT, origin="added", note="read twice"))
    assert load(path)[1] == replace(REPORT, note="read twice")


def test_the_order_of_the_file_does_not_depend_on_that_of_the_sources() -> None:
    kept = load()
    assert as_csv(reversed(kept)) == as_csv(kept)


def test_nothing_wrong_is_added_and_nothing_is_added_to_a_wrong_file(tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    with pytest.raises(SourcesError, match="has a fragment"):
        add(path, replace(REPORT, url="http://a.cn/#x"))
    assert not path.exists()
    written(tmp_path, "甲,浙江")
    before = path.read_bytes()
    with pytest.raises(SourcesError, match="line 2: 2 fields"):
        add(path, REPORT)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-乙", "@丙", '丁"戊,己', "#庚"])
def test_a_name_that_a_spreadsheet_takes_for_a_formula_stays_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sources.csv"
    add(path, replace(REPORT, body_name=name))
    assert load(path)[0].body_name == name
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["body_name"] for row in csv.DictReader(file)] == [name]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (None, ["杭州市", "教育部"]),
        ("", ["杭州市", "教育部"]),
        ("杭州", ["杭州市"]),
        ("国务院", ["教育部"]),
        ("HANGZHOU.gov", ["杭州市"]),
        ("*.moe.gov.cn", ["教育部"]),
        ("www.*.gov.cn", ["杭州市", "教育部"]),
        ("http://www.moe.gov.cn/show?id=5", ["教育部"]),
        ("show?id=5", ["教育部"]),
        ("*部", ["教育部"]),
        ("宁波", []),
    ],
)
def test_sources_are_chosen_by_name_province_host_or_address(pattern: str | None, found: list[str]) -> None:
    ministry = Source(
        "教育部", "国务院", "ministry", "report", None, 2016, "http://WWW.moe.gov.cn/show?id=5", "collected"
    )
    assert [source.body_name for source in matching([REPORT, ministry], pattern)] == found


def test_the_words_of_the_register_are_the_documented_ones() -> None:
    assert sources.KINDS == ("report", "list")
    assert sources.COVERS == ("body", "territory")
    assert sources.ORIGINS == ("collected", "derived", "added", "reviewed", "suspect")
    assert sources.LEVELS == ("province", "prefecture", "county", "township", "department", "ministry")


def test_the_fragment_of_an_app_names_its_column() -> None:
    assert sources.fault_of("http://whly.gd.gov.cn/gkmlpt/annualreport#2629") is None
    for url in ("http://whly.gd.gov.cn/gkmlpt/annualreport#top", "http://a.gov.cn/nb/#2629"):
        assert "has a fragment" in (sources.fault_of(url) or "")
