"""The site of the sample as a folder: numbers by hand, links, identity, weight, and what it may load."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from pipelines.site import build
from tests.made.sites import VERSION, Page, made, published

BODY = "x-a8af0d78"


@pytest.fixture(scope="module")
def database(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(built / "warehouse" / "gongkai.duckdb", tmp_path_factory.mktemp("site") / "release")


@pytest.fixture(scope="module")
def site(database: Path) -> Path:
    return made(database)


@pytest.fixture(scope="module")
def pages(site: Path) -> Mapping[str, Page]:
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


def data(site: Path, name: str) -> Any:
    """A data file as its page gets it."""
    text = (site / "data" / f"{name}.js").read_text(encoding="utf-8")
    head = f"gongkai.take({json.dumps(name)},"
    assert text.startswith(head) and text.endswith(");\n")
    return json.loads(text[len(head) : -3])


def column(table: Mapping[str, Any], name: str) -> list[Any]:
    packed = table["columns"][name]
    if isinstance(packed, list):
        return packed
    return [None if at < 0 else packed["of"][at] for at in packed["at"]]


def test_every_page_stands_in_both_languages(pages: Mapping[str, Page]) -> None:
    zh, en = ({name[3:] for name in pages if name.startswith(f"{language}/")} for language in ("zh", "en"))
    assert zh == en
    assert {"index.html", "bodies.html", "compare.html", "coverage.html", "dictionary.html", "sql.html"} <= zh
    assert {"body/330100.html", "province/330000.html", "table/facts.html", "measure/granted_share.html"} <= zh


@pytest.mark.parametrize(
    ("page", "says"),
    [
        # The report of Hangzhou prints 14069 requests, 13810 results, 5548 granted and 2168 granted in part, 7716 in all:
        # Wilson's interval of 7716 in 13810 is 55.04 to 56.70 %.
        ("zh/body/330100.html", ["杭州市人民政府", "14,069", "13,810", "55.9%", "5,548", "2,168"]),
        ("en/body/330100.html", ["7,716/13,810", "7,716/13,810, 95%: 55.0%–56.7%"]),
        # 0 reconsiderations stand against results that add up to 11; 24 carried in against 27 carried out.
        ("en/body/x-a8af0d78.html", ["disputes.result_sum", "years.carried_over", "0✕", "3 years missing"]),
        (
            "zh/body/x-a8af0d78.html",
            ["示例市人民政府", "2016–2022", "缺 3 年", "培训只到市级部门，没有到镇"],
        ),
        ("en/index.html", ["What 2025 shows", "only 2 reports for 2025", "Of 400 facts", "380 pass"]),
        ("zh/coverage.html", ["2022", "345", "disputes.result_sum", "示例市人民政府"]),
    ],
)
def test_pages_say_what_the_reports_print(pages: Mapping[str, Page], page: str, says: list[str]) -> None:
    text = pages[page].text + " ".join(str(own.get("title")) for _, own in pages[page].attributes)
    assert [said for said in says if said not in text] == []


def test_every_share_of_a_body_stands_with_its_cases(site: Path) -> None:
    cell = re.compile(r'<td class="num[^>]*><a class="n"[^>]*>[0-9.]+%</a>(.*?)</td>', re.DOTALL)
    pages = {path.name: path.read_text(encoding="utf-8") for path in (site / "en" / "body").glob("*.html")}
    beside = [(name, text) for name, page in pages.items() for text in cell.findall(page)]
    assert len(beside) > 50
    assert [one for one in beside if not re.search(r">[0-9,]+/[0-9,]+<", one[1])] == []


def test_a_missing_number_is_a_dash_with_its_reason(pages: Mapping[str, Page]) -> None:
    titles = [
        own["title"] for tag, own in pages["en/body/x-a8af0d78.html"].attributes if "nil" in (own.get("class") or "")
    ]
    assert {"not asked for by the form", "not in the report"} <= set(titles)


def test_breaks_of_a_series_are_told_in_the_table(pages: Mapping[str, Page]) -> None:
    titles = {
        own.get("title") for _, own in pages["en/body/x-a8af0d78.html"].attributes if own.get("class") == "num break"
    }
    assert "not comparable with the year before: no report of the year before" in titles
    assert "not comparable with the year before: one of the two years is doubtful" in titles


def test_a_number_leads_to_the_cell_that_it_was_read_from(site: Path, pages: Mapping[str, Page]) -> None:
    assert "../evidence.html#330100/2025/requests_received" in pages["zh/body/330100.html"].links
    found = data(site, "evidence/330100")
    measures = dict(zip(column(found["measures"], "measure"), column(found["measures"], "evidence"), strict=True))
    assert measures["requests_received"] == "requests/received_new/total"
    cells = zip(*(column(found["facts"], name) for name in ("tab", "row_code", "column_code", "raw")), strict=True)
    assert ("requests", "received_new", "total", "14069") in set(cells)
    assert column(found["documents"], "file") == ["hangzhou-2025.html"]


def test_a_sentence_is_marked_where_the_number_stands(site: Path) -> None:
    figures = data(site, "evidence/210100")["figures"]
    rows = zip(*(column(figures, name) for name in ("sentence", "at", "raw")), strict=True)
    assert [raw for sentence, at, raw in rows if sentence[at : at + len(raw)] != raw] == []
    assert figures["count"] > 0


def test_the_comparison_has_every_measure_of_every_report(site: Path) -> None:
    index = data(site, "index")
    assert (index["count"], len(index["measures"]), index["years"][0]) == (8, 173, 2025)
    values = data(site, "measure/requests_received")
    assert values["count"] == 11
    at = column(values, "year").index(2016)
    assert (column(values, "value")[at], column(values, "grade")[at]) == (486, "verified")


def test_the_home_page_names_no_extreme_of_a_small_field(site: Path) -> None:
    text = (site / "en" / "index.html").read_text(encoding="utf-8")
    assert "highest" not in text and "55.9%" not in text


def test_a_page_of_a_measure_tells_what_the_law_changed(site: Path) -> None:
    chinese = (site / "zh" / "measure" / "lawsuits.html").read_text(encoding="utf-8")
    assert "2024-01-01" in chinese and "修订后的《行政复议法》施行" in chinese
    english = (site / "en" / "measure" / "request_fees.html").read_text(encoding="utf-8")
    assert "2017-04-01" in english and "source still to be found: 财税〔2017〕20号的目录" in english


def test_ids_are_unique_and_every_page_can_be_walked(pages: Mapping[str, Page]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        assert "main" in page.tags and page.tags.count("h1") <= 2, name
        (html,) = (own for tag, own in page.attributes if tag == "html")
        assert html["lang"] in ("zh-Hans", "en"), name
        if name != "index.html":
            assert page.links[0] == "#main" and "nav" in page.tags, name


def test_every_link_within_the_site_leads_somewhere(site: Path, pages: Mapping[str, Page]) -> None:
    lost = []
    for name, page in pages.items():
        for link in {*page.links, *page.loads}:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            if not target.is_file():
                lost.append((name, link))
            elif parts.fragment and not set("=/") & set(parts.fragment) and target.suffix == ".html":
                key = target.resolve().relative_to(site.resolve()).as_posix()
                lost += [(name, link)] if parts.fragment not in pages[key].ids else []
    assert lost == []


def test_no_page_loads_from_elsewhere_or_runs_what_stands_in_it(pages: Mapping[str, Page]) -> None:
    for name, page in pages.items():
        assert [load for load in page.loads if urlsplit(load).scheme not in ("", "data")] == [], name
        assert [
            own for _, own in page.attributes if any(key.startswith("on") or key == "style" for key in own)
        ] == [], name
        inline = [own for tag, own in page.attributes if tag == "script" and "src" not in own]
        assert [own for own in inline if own.get("type") != "application/json"] == [], name
        (policy,) = (own["content"] for _, own in page.attributes if own.get("http-equiv") == "Content-Security-Policy")
        assert policy and policy.startswith("default-src 'none'; script-src 'self'") and "http" not in policy, name


def test_the_first_view_weighs_less_than_200_kilobytes(site: Path, pages: Mapping[str, Page]) -> None:
    for name, page in pages.items():
        loaded = {(site / name).parent / load for load in page.loads if not load.startswith("data:")}
        weight = page.path.stat().st_size + sum(path.stat().st_size for path in loaded)
        assert weight < 200_000, (name, weight)


def test_the_same_database_gives_the_same_bytes(site: Path, database: Path) -> None:
    again = made(database, "again")
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}


def test_without_node_the_sql_page_says_how_to_open_the_file(pages: Mapping[str, Page]) -> None:
    page = pages["en/sql.html"]
    assert "came without DuckDB for the browser" in page.text
    assert "../../gongkai.duckdb" in page.links
    assert "textarea" not in page.tags


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="not empty"):
        build(tmp_path / "none.duckdb", tmp_path, version=VERSION)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
