"""The pages on method: every chart leads to them, and the page beside other countries is the data."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from expectations.international import concepts
from expectations.references import cited, is_open
from expectations.review import lines
from pipelines.site.method_pages import SECTIONS
from pipelines.site.wording import LANGUAGES, words
from tests.made.parsed import Parsed
from tests.made.sites import Page, made, published


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Page]:
    folder = tmp_path_factory.mktemp("method")
    parsed = Parsed()
    for year, count in ((2021, 100), (2022, 120)):
        cells = {"requests/received_new/total": (float(count), "verified")}
        parsed.report(f"330100-{year}", cells, body_name="杭州市人民政府", body_kind="government", level="prefecture")
    site = made(published(parsed.build(folder).path, folder / "release"))
    return {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}


def test_every_page_with_a_chart_leads_to_the_method_beside_the_menu(pages: Mapping[str, Page]) -> None:
    charted = {name: page for name, page in pages.items() if "figure" in page.tags}
    assert {name.split("/")[1] for name in charted} >= {"body", "compare.html", "coverage.html"}
    short = [n for n, page in charted.items() if sum(link.endswith("method.html") for link in page.links) < 2]
    # The link to the other language of a page is no link to the method.
    assert short == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_source(pages: Mapping[str, Page], language: str) -> None:
    text, t = pages[f"{language}/method.html"].text, words(language)
    for section, count in SECTIONS.items():
        assert f"method.{section}_{count + 1}" not in t.entries
        for number in range(1, count + 1):
            assert t(f"method.{section}_{number}") in text
            assert t("method.from", source=t(f"method.{section}_{number}_from")) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_beside_other_countries_is_the_file(pages: Mapping[str, Page], language: str) -> None:
    page = pages[f"{language}/international.html"]
    assert [code for code in page.ids if code not in {"main", "other-language", "texts"}] == [
        c.code for c in concepts()
    ]
    for concept in concepts():
        for other in concept.others:
            assert (other.reason_zh if language == "zh" else other.reason_en) in page.text
            assert other.field in page.text
    needed = sum(other.needs_source for concept in concepts() for other in concept.others)
    ours = sum(is_open(concept.our_source) for concept in concepts())
    assert page.text.count(words(language)("method.needs_source")) == needed + ours + 1
    assert "needs_source" not in page.text
    assert "measure/requests_received.html" in page.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_other_countries_stands_with_its_address(pages: Mapping[str, Page], language: str) -> None:
    page = pages[f"{language}/international.html"]
    texts = cited([other.source for concept in concepts() for other in concept.others])
    assert {"FOIA.gov, FOIA Glossary", "Freedom of Information Act 2000, Part II"} <= {text.cited_as for text in texts}
    for text in texts:
        assert (text.title_zh if language == "zh" else text.title_en) in page.text
        assert not text.address or text.address in page.links


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_page_counts_what_needs_a_source(pages: Mapping[str, Page], language: str) -> None:
    text, t = pages[f"{language}/method.html"].text, words(language)
    kinds = {"measures.csv": "measures", "crosswalk.csv": "crosswalk", "legal_breaks.csv": "law"}
    for file, kind in kinds.items():
        of_file = [line for line in lines() if line.file == file]
        waiting = sum(line.is_open for line in of_file)
        assert t(f"method.sources_{kind}", lines=len(of_file), waiting=waiting) in text
    theirs = [other for concept in concepts() for other in concept.others]
    waiting = sum(other.needs_source for other in theirs)
    assert t("method.sources_international", lines=len(theirs), waiting=waiting) in text


def test_the_page_of_a_measure_says_what_is_still_to_be_found(pages: Mapping[str, Page]) -> None:
    assert (
        "source still to be found: where 驳回行政复议请求 goes" in pages["en/measure/reconsiderations_upheld.html"].text
    )
    share = pages["zh/measure/merits_disclosure_share.html"].text
    assert "国务院令第711号 第三十六条第七项" in share and "Only requests whose content was decided" in share


def test_the_page_counts_the_reports_that_have_a_value(pages: Mapping[str, Page]) -> None:
    page = pages["en/international.html"]
    own = page.text.split("Requests received", 1)[1].split("Number of Requests Received", 1)[0]
    assert "\n2\n" in own
