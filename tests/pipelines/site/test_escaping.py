"""Names that mean harm are text everywhere: in pages, in scripts' data, in addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.site.packing import json_text
from pipelines.site.pages import outside, slug
from tests.made.sites import FORMULA, HOSTILE, Page, hostile, made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(hostile(tmp_path_factory.mktemp("hostile")))


def test_pages_show_them_as_they_are_printed(site: Path) -> None:
    page = Page(site / "zh" / "body" / "110000.html")
    assert HOSTILE in page.text
    assert HOSTILE in Page(site / "en" / "coverage.html").text
    assert FORMULA in Page(site / "zh" / "province" / "other.html").text


def test_no_page_has_an_element_more_than_its_template(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = Page(path)
        assert "img" not in page.tags, path.name
        assert [
            own for tag, own in page.attributes if tag == "script" and not (own.get("src") or own.get("type"))
        ] == []
        assert [link for link in page.links if link.startswith("javascript:")] == []


def test_data_for_scripts_cannot_end_a_script(site: Path) -> None:
    for path in (site / "data").rglob("*.js"):
        assert not set("<>&") & set(path.read_text(encoding="utf-8")), path.name
    index = (site / "data" / "index.js").read_text(encoding="utf-8")
    head, _, rest = index.partition(",")
    assert head == 'gongkai.take("index"'
    assert json.loads(rest.removesuffix(");\n"))["bodies"]["name"]["of"][:2] == [HOSTILE, FORMULA]


def test_text_for_scripts_has_no_line_ends_of_javascript() -> None:
    assert json_text({"a": "\u2028</script>\u2029&"}) == '{"a":"\\u2028\\u003c/script\\u003e\\u2029\\u0026"}'
    assert json.loads(json_text({"a": "\u2028</script>"})) == {"a": "\u2028</script>"}


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://www.hangzhou.gov.cn/a.html?b=1", "https://www.hangzhou.gov.cn/a.html?b=1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org/x", ""),
        ("http://[", ""),
        ("https:nothing", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str | None, link: str) -> None:
    assert outside(address) == link


def test_ids_become_names_of_files_that_stay_apart_and_inside() -> None:
    assert slug("310000-f435f595") == "310000-f435f595"
    assert slug("../a") == "_2e__2e__2f_a"
    assert len({slug(name) for name in ("a.b", "a/b", "a_b", "a b")}) == 4
