"""Lists that are looked for anew: within four requests, not each night again, and only where there is reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipelines.harvest import run
from pipelines.harvest.register import proposals
from pipelines.harvest.walk.plan import Asked
from pipelines.workspace import Workspace
from tests.web.situations.serving import POLICY, Served
from tests.web.situations.situation import Answer, Row, Situation

BODY = "永嘉县人民政府"


def page(*links: tuple[str, str]) -> Answer:
    lines = "".join(f'<li><a href="{href}">{title}</a></li>' for href, title in links)
    return Answer(f"<html><title>政府信息公开年报</title><body><ul>{lines}</ul></body></html>".encode())


def report(year: int) -> Answer:
    title = f"{BODY}{year}年政府信息公开工作年度报告"
    text = f"<html><title>{title}</title><body><h1>{title}</h1><p>{'主动公开政府信息若干条。' * 60}</p></body></html>"
    return Answer(text.encode())


def reports(*years: int) -> tuple[dict[str, Answer], Answer]:
    """Reports by path, and a list of them."""
    paths = {year: f"/r/t{year + 1}0301_{year}1.html" for year in years}
    links = [(path, f"{BODY}{year}年政府信息公开工作年度报告") for year, path in paths.items()]
    return {path: report(year) for year, path in paths.items()}, page(*links)


def nights(site: Situation, folder: Path, count: int = 2) -> list[list[str]]:
    """The paths that were asked for in each night, robots.txt left out."""
    with Served([site]) as served:
        found = [served.refresh(site, folder, year=None) for _ in range(count)]
    return [[hit.path for hit in night.hits if hit.path != "/robots.txt"] for night in found]


def proposed(folder: Path) -> list[tuple[str, str, str]]:
    return [
        (each.how_found, each.confidence, "/" + each.proposed_url.split("/", 3)[3])
        for each in proposals.load(Workspace(folder).proposals)
    ]


def test_a_list_that_is_gone_costs_four_requests_once(tmp_path: Path) -> None:
    first, second = nights(Situation("gone", (Row("/nb/", BODY),), {}), tmp_path)
    assert first == ["/nb/", "/nb/index.html", "/nb/list.shtml", "/nb/index.shtml", "/nb/list.html"]
    assert second == ["/nb/"]
    assert proposed(tmp_path) == []


def test_what_was_found_is_asked_for_first_the_next_night(tmp_path: Path) -> None:
    answers, column = reports(2024)
    site = Situation("moved", (Row("/nb/", BODY),), {**answers, "/nb/index.shtml": column})
    first, second = nights(site, tmp_path)
    assert first[:4] == ["/nb/", "/nb/index.html", "/nb/list.shtml", "/nb/index.shtml"]
    assert [path for path in second if path not in answers] == ["/nb/", "/nb/index.shtml"]
    assert proposed(tmp_path) == [("variant", "medium", "/nb/index.shtml")]


def test_a_site_that_wants_a_browser_or_has_a_fault_is_not_tried_elsewhere(tmp_path: Path) -> None:
    challenge = Answer(b"<html><script>$_ts=window['$_ts']</script><body></body></html>", 412)
    for number, answer in enumerate((challenge, Answer(b"", 500))):
        site = Situation(f"closed{number}", (Row("/nb/", BODY),), {"/nb/": answer})
        (first,) = nights(site, tmp_path / str(number), 1)
        assert set(first) == {"/nb/"}


def test_a_list_of_an_old_year_leads_above_and_one_of_the_newest_does_not(tmp_path: Path) -> None:
    old, column = reports(2023)
    new, newest = reports(2025)
    years = page(("2023nb/", "2023年"), ("2025nb/", "2025年"))
    answers = {**old, **new, "/nb/2023nb/": column, "/nb/2025nb/": newest, "/nb/": years}
    site = Situation("old", (Row("/nb/2023nb/", BODY),), answers)
    with Served([site]) as served:
        night = served.refresh(site, tmp_path / "old", year=2025)
    assert set(night.named.values()) == {(BODY, 2023), (BODY, 2025)}
    assert proposed(tmp_path / "old") == [("parent", "high", "/nb/")]
    (asked,) = nights(Situation("new", (Row("/nb/2025nb/", BODY),), answers), tmp_path / "new", 1)
    assert "/nb/" not in asked


def test_an_old_year_without_anything_above_costs_two_requests(tmp_path: Path) -> None:
    old, column = reports(2023)
    first, second = nights(Situation("alone", (Row("/nb/2023nb/", BODY),), {**old, "/nb/2023nb/": column}), tmp_path)
    assert [path for path in first if path not in old] == ["/nb/2023nb/", "/nb/", "/nb/index.html"]
    assert [path for path in second if path not in old] == ["/nb/2023nb/"]


def test_a_list_that_moved_for_good_is_proposed_at_its_new_place(tmp_path: Path) -> None:
    answers, column = reports(2024)
    there = {**answers, "/new/": column}
    for status, confidence in ((301, "high"), (302, "medium")):
        moved = Answer(b"", status, headers={"Location": "/new/"})
        nights(Situation(f"m{status}", (Row("/nb/", BODY),), {**there, "/nb/": moved}), tmp_path / str(status), 1)
        assert proposed(tmp_path / str(status)) == [("redirect", confidence, "/new/")]


def test_a_report_that_names_nobody_above_a_list_of_many_is_not_the_bodys(tmp_path: Path) -> None:
    """The register has a group's folder of an old year; above it the city's own report stands, without a name."""
    old, column = reports(2023)
    city, own = "/nb/t20260301_99.html", "2025年政府信息公开工作年度报告"
    above = page(("2023nb/", "2023年"), (city, own))
    answers = {**old, "/nb/2023nb/xq/": column, "/nb/": above, city: report(2025)}
    site = Situation("shared", (Row("/nb/2023nb/xq/", BODY),), answers)
    with Served([site]) as served:
        assert city not in served.refresh(site, tmp_path / "shared", year=2025).found
    plain = Situation(
        "own", (Row("/nb/2023nb/", BODY),), {**old, "/nb/2023nb/": column, "/nb/": above, city: report(2025)}
    )
    with Served([plain]) as served:
        assert city in served.refresh(plain, tmp_path / "own", year=2025).found


def test_a_folder_that_leads_nowhere_is_not_asked_for_by_its_other_name(tmp_path: Path) -> None:
    old, column = reports(2023)
    answers = {**old, "/nb/2023nb/": column, "/nb/": page(("/xw/", "新闻")), "/nb/index.html": page(("/xw/", "新闻"))}
    (first,) = nights(Situation("bare", (Row("/nb/2023nb/", BODY),), answers), tmp_path, 1)
    assert [path for path in first if path not in old] == ["/nb/2023nb/", "/nb/"]


def test_where_tls_is_closed_the_same_list_is_asked_for_without(tmp_path: Path) -> None:
    answers, column = reports(2024)
    site = Situation("plain", (Row("/nb/", BODY),), {**answers, "/nb/": column})
    with Served([site]) as served:
        sources = [replace(each, url=each.url.replace("http:", "https:")) for each in served.sources(site)]
        # A server without TLS waits for the end of what it takes for a request: the client gives up first.
        run.run(Workspace(tmp_path), run.Registers(sources), Asked(), replace(POLICY, connect_seconds=1.0))
        assert {hit.path for hit in served.hits(site) if hit.status == 200} == {"/nb/", *answers}
    assert proposed(tmp_path) == [("http", "high", "/nb/")]
