"""Where a lost list may be: a few addresses, in order, and none where there is nothing to go by."""

from __future__ import annotations

import pytest

from pipelines.harvest.walk.lost_lists import is_of_old_year, other_addresses, parents

HOST = "https://www.a.gov.cn"


def others(path: str, code: str) -> list[tuple[str, str]]:
    return [(each.how, each.url.removeprefix(HOST)) for each in other_addresses(HOST + path, code)]


def test_a_folder_is_tried_under_the_usual_names() -> None:
    assert others("/nb/", "http_403") == [
        ("variant", f"/nb/{name}") for name in ("index.html", "list.shtml", "index.shtml", "list.html")
    ]
    assert others("/x/c111341/", "http_404")[0] == ("variant", "/x/c111341/list.shtml")
    assert ("variant", "/nb/") in others("/nb/index.html", "http_404")
    assert ("variant", "/nb/index.html") not in others("/nb/index.html", "http_404")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/nb/", "challenge"),  # it is there, and wants a browser
        ("/nb/", "robots_disallowed"),
        ("/nb/", "http_503"),
        ("/nb/list.jsp?id=3", "http_404"),
        ("/nb/t20250101_1.html", "http_404"),
    ],
)
def test_nothing_is_tried_without_reason(path: str, code: str) -> None:
    assert others(path, code) == []


@pytest.mark.parametrize("code", ["connection_failed", "tls_failed", "too_slow"])
def test_without_tls_where_that_is_closed(code: str) -> None:
    assert others("/nb/", code) == [("http", "http://www.a.gov.cn/nb/")]
    assert list(other_addresses("http://www.a.gov.cn/nb/", code)) == []


def test_a_list_of_an_old_year() -> None:
    old = f"{HOST}/gknb/2023nb/bm2023/"
    assert is_of_old_year(old, {2023}, 2025)
    assert is_of_old_year(old, set(), 2025)
    assert not is_of_old_year(old, {2023, 2024}, 2025)  # the folder's name says less than its reports
    assert not is_of_old_year(f"{HOST}/gknb/2025nb/", {2025}, 2025)
    assert not is_of_old_year(f"{HOST}/gknb/", {2023}, 2025)
    assert [each.url for each in parents(old)] == [f"{HOST}/gknb/", f"{HOST}/gknb/index.html"]
