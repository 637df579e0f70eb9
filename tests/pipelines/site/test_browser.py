"""The site in a real browser: what a reader clicks, what it looks like at two widths, and that it asks nobody else.

Screenshots of every kind of page are left in the test's temporary folder. Needs Debian's chromium (see ./.ci/run).
"""

from __future__ import annotations

import csv
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.site.write_site import ENGINE
from tests.made.parsed import Parsed
from tests.made.sites import FLAGS, FORMULA, HOSTILE, chromium, hostile, made, published, served

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 (after the reason to skip)

pytestmark = [
    pytest.mark.last,
    pytest.mark.skipif(chromium() is None, reason="no chromium is installed: apt-get install chromium"),
]

#: Where `make web` builds the optional part; without it its tests are skipped.
WEB = Path(os.environ.get("GONGKAI_WORKSPACE", "workspace")) / "web"
HAS_ENGINE = all((WEB / name).is_file() for name in ENGINE)
PAGES = {
    "root": "index.html",
    "home": "zh/index.html",
    "bodies": "en/bodies.html",
    "province": "zh/province/330000.html",
    "body": "zh/body/x-a8af0d78.html",
    "evidence": "en/evidence.html#330100/2025/granted_or_partial_share",
    "compare": "zh/compare.html",
    "coverage": "en/coverage.html",
    "dictionary": "zh/dictionary.html",
    "table": "en/table/measures_by_report.html",
    "measure": "zh/measure/requests_denied.html",
    "downloads": "zh/downloads.html",
    "sql": "en/sql.html",
}
RECEIVED = "requests/received_new/total"
RANKING = """
select value_rank, member_count, body_id, body_name, report_year, measure, value, unit, grade, series, scope
from peer_group_comparison
where report_year = ? and measure = ? and group_kind = 'level' and group_code = ?
    and field_kind = 'government' and scope = 'territory' and value_rank is not null
order by value_rank, body_id
"""


@pytest.fixture(scope="module")
def database(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = published(built / "warehouse" / "gongkai.duckdb", tmp_path_factory.mktemp("browser") / "release")
    made(found, engine=WEB if HAS_ENGINE else None)
    return found


@pytest.fixture(scope="module")
def address(database: Path) -> Iterator[str]:
    with served(database.parent) as found:
        yield f"{found}site/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as running:
        found = running.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in Chinese; at its end nothing may have been asked of another host, and no script may have complained."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened, said, asked = context.new_page(), [], []
    opened.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    context.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "file:///", "data:", "blob:"))] == []


def wait(page: Page, selector: str) -> None:
    page.locator(selector).first.wait_for(timeout=30_000)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page_fits_its_window(page: Page, address: str, tmp_path: Path, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + PAGES[name])
    wait(page, {"compare": "body[data-charted]", "evidence": "#value"}.get(name, "h1"))
    shot = tmp_path / f"{name}-{width}.png"
    page.screenshot(path=shot, full_page=True)
    assert shot.stat().st_size > 5_000
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_root_picks_the_language_of_the_browser(page: Page, browser: Browser, address: str) -> None:
    page.goto(address)
    page.wait_for_url("**/zh/index.html")
    english = browser.new_context(locale="en-GB").new_page()
    english.goto(address)
    english.wait_for_url("**/en/index.html")
    assert english.locator("html").get_attribute("lang") == "en"
    english.context.close()


def test_without_scripts_the_root_has_two_links(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/index.html")
    context.close()


def test_a_number_is_followed_to_its_cell_and_its_document(page: Page, address: str) -> None:
    page.goto(f"{address}zh/body/330100.html")
    page.locator("table.series").get_by_role("link", name="14,069").click()
    wait(page, "#value")
    text = page.inner_text("#evidence")
    assert page.inner_text("#value") == "14,069 件"
    assert [
        said for said in ("14069", "总计", "hangzhou-2025.html", "已核验", "grid", "94e5f794") if said not in text
    ] == ["grid"]
    assert page.locator("td.hit").all_inner_texts() == ["14069"]


def test_a_quotient_is_followed_to_its_parts(page: Page, address: str) -> None:
    page.goto(f"{address}en/evidence.html#330100/2025/granted_or_partial_share")
    wait(page, "#value")
    assert page.inner_text("#value") == "55.9%"
    assert sorted(page.locator("td.hit").all_inner_texts()) == ["13810", "2168", "5548"]


def test_a_contradicted_number_says_so_where_it_comes_from(page: Page, address: str) -> None:
    page.goto(f"{address}en/evidence.html#x-a8af0d78/2022/reconsiderations")
    wait(page, "#value")
    assert "at least one identity fails" in page.inner_text("#evidence")


def test_evidence_that_is_not_there_is_said_to_be_missing(page: Page, address: str) -> None:
    page.goto(f"{address}en/evidence.html#330100/1999/requests_received")
    page.get_by_text("This release has no evidence").wait_for()


def test_language_is_switched_on_the_same_page_with_what_was_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}zh/compare.html#measure=denied_share&year=2024")
    wait(page, "body[data-charted]")
    page.click("#other-language")
    page.wait_for_url("**/en/compare.html#*")
    wait(page, "body[data-drawn]")
    assert page.input_value("#measure") == "denied_share"
    assert page.input_value("#year") == "2024"
    page.goto(f"{address}zh/body/330100.html")
    page.click("#other-language")
    page.wait_for_url("**/en/body/330100.html")


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a field of six cities, two of them equal; one more is contradicted, and one is an own organ."""
    parsed = Parsed()
    for code, count in {"330100": 50, "330200": 40, "330300": 40, "330400": 30, "330500": 20, "330600": 10}.items():
        parsed.report(
            f"{code}-2022", {RECEIVED: count}, body_name=f"市{code}", body_kind="government", level="prefecture"
        )
    city = {"body_kind": "government", "level": "prefecture"}
    parsed.report("330700-2022", {RECEIVED: (99, "contradicted")}, body_name="疑市", **city)
    parsed.report("330800-2022", {RECEIVED: 70}, body_name="本级市", scope="organ", **city)
    parsed.report("330900-2022", {RECEIVED: 80}, body_name="某县", body_kind="government", level="county")
    folder = tmp_path_factory.mktemp("field")
    found = published(parsed.build(folder).path, folder / "release")
    made(found)
    return found


def test_a_measure_is_chosen_ranked_and_downloaded_as_the_database_has_it(
    page: Page, field: Path, tmp_path: Path
) -> None:
    with served(field.parent) as address:
        page.goto(f"{address}site/en/compare.html")
        wait(page, "body[data-charted]")
        page.select_option("#year", "2022")
        page.select_option("#measure", "requests_received")
        wait(page, "body[data-charted='requests_received 2022']")
        assert "measure=requests_received" in page.url and "level=prefecture" in page.url
        # Another level is another field, which a reader cannot mix in.
        assert page.locator("#level option[value='']").count() == 0
        page.click("#unranked summary")
        told = page.locator("#unranked tbody tr").all_inner_texts()
        with page.expect_download() as waiting:
            page.click("#download")
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        page.select_option("#level", "county")
        wait(page, "#unranked tbody tr td:has-text('某县')")
        assert page.locator("#ranked tbody tr").count() == 0
        assert "Fewer than five reports compare" in page.inner_text("#summary")
    assert [(name, reason) for name, *_, reason in (line.split("\t") for line in told)] == [
        ("疑市", "contradicted"),
        ("本级市", "other scope"),
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["rank"]]
    with duckdb.connect(str(field), read_only=True) as connection:
        asked = connection.execute(RANKING, [2022, "requests_received", "prefecture"])
        names = [column[0] for column in asked.description or ()]
        wanted = [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
    names[0] = "rank"
    found = [[line[name] for name in names] for line in lines]
    assert found == [[text(value) for value in row.values()] for row in wanted]
    assert [(row[0], row[1]) for row in found] == [
        ("1", "6"),
        ("2", "6"),
        ("2", "6"),
        ("4", "6"),
        ("5", "6"),
        ("6", "6"),
    ]


def text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_a_change_of_measure_shows_the_table_in_300_milliseconds(page: Page, address: str) -> None:
    page.goto(f"{address}zh/compare.html")
    wait(page, "body[data-charted]")
    page.select_option("#measure", "requests_granted")
    wait(page, "body[data-charted^='requests_granted']")
    assert int((page.locator("body").get_attribute("data-drawn") or "").split()[-1]) < 300


def test_what_is_not_comparable_is_listed_with_its_reason(page: Page, address: str) -> None:
    page.goto(f"{address}en/compare.html#measure=reconsiderations&year=2022&level=unresolved")
    wait(page, "body[data-charted]")
    page.click("#unranked summary")
    assert "level or kind of the body not known" in page.inner_text("#unranked")


def test_a_body_is_found_by_name(page: Page, address: str) -> None:
    page.goto(f"{address}zh/bodies.html")
    page.fill("#name", "淮安市")
    page.locator("#hits a").nth(1).wait_for()
    assert page.locator("#hits a").all_inner_texts() == ["淮安市人民政府", "淮安市洪泽区人民政府"]


def test_the_keyboard_reaches_the_content_first(page: Page, address: str) -> None:
    page.goto(f"{address}zh/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"


def test_from_a_folder_everything_but_sql_works(page: Page, database: Path) -> None:
    site = database.parent / "site"
    page.goto((site / "zh" / "compare.html").as_uri())
    wait(page, "body[data-charted]")
    page.click("#unranked summary")
    page.locator("#unranked tbody a.n").first.click()
    wait(page, "#value")
    page.click("#other-language")
    wait(page, "#value")
    assert page.locator("html").get_attribute("lang") == "en"


def test_names_that_mean_harm_are_text_in_the_browser_and_in_csv(
    page: Page, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = hostile(tmp_path_factory.mktemp("harm")).parent
    made(folder / "gongkai.duckdb")
    with served(folder) as address:
        page.goto(
            f"{address}site/zh/compare.html#measure=requests_received&year=2022&level=province&scope=territory&kind=government"
        )
        wait(page, "body[data-charted]")
        names = page.locator("#ranked tbody td:nth-child(2)").all_inner_texts()
        assert names == [FORMULA, "省0", "省1", "省2", "省3"]
        page.click("#unranked summary")
        assert HOSTILE in page.inner_text("#unranked")
        with page.expect_download() as waiting:
            page.click("#download")
        waiting.value.save_as(tmp_path / "ranking.csv")
        page.goto(f"{address}site/en/evidence.html#110000/2022/requests_received")
        wait(page, "#value")
        assert HOSTILE in page.inner_text("#evidence")
        assert page.locator("#evidence a[href^=javascript], #evidence img").count() == 0
    with (tmp_path / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["body_name"] == f"'{FORMULA}"


@pytest.mark.skipif(not HAS_ENGINE, reason="the optional part for npm is not built: make web")
def test_a_query_runs_in_the_browser_over_the_release_itself(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}zh/sql.html")
    wait(page, "#run:enabled")
    page.fill("#query", "select body_name, value from trends where measure = 'requests_received' order by value desc")
    page.click("#run")
    wait(page, "#save:enabled")
    assert page.locator("#result tbody tr").first.locator("td").all_inner_texts() == ["杭州市人民政府", "14069"]
    with page.expect_download() as waiting:
        page.click("#save")
    waiting.value.save_as(tmp_path / "query.csv")
    assert len((tmp_path / "query.csv").read_text(encoding="utf-8-sig").splitlines()) == 12
    page.fill("#query", "from nowhere")
    page.click("#run")
    page.get_by_text("Catalog Error").wait_for()


@pytest.mark.skipif(not HAS_ENGINE, reason="the optional part for npm is not built: make web")
def test_a_query_reaches_no_other_host(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    with socket.create_server(("127.0.0.1", 0)) as other:
        page.goto(f"{address}en/sql.html")
        wait(page, "#run:enabled")
        page.fill("#query", f"from read_csv('http://127.0.0.1:{other.getsockname()[1]}/x.csv')")
        page.click("#run")
        wait(page, "#status.bad")
        other.setblocking(False)
        with pytest.raises(BlockingIOError):
            other.accept()
    context.close()
