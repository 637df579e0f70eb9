"""One spelling for each address of the web."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yarl import URL

from pipelines.harvest.fetch.address import canonical, host_of, joined
from tests.made.cases import folded

#: What hostile and careless addresses are made of, so that chance finds more than text without a host.
PIECES = st.sampled_from(
    [
        *("http://", "https://", "HTTP://", "//", "ftp://", "a.gov.cn", "政府.cn", "A.GOV.CN.", "[::1]", "[fe80::1%1]"),
        *(
            ":",
            ":80",
            ":443",
            ":8080",
            ":0",
            ":x",
            "@",
            "u:p@",
            "/",
            "\\",
            ".",
            "..",
            "/../",
            "/./",
            "%C4%EA",
            "%",
            "%2",
        ),
        *("年报", " ", "\u3000", "\t", "\n", "\0", "\x7f", "?", "#", "&", "=", "+", "[", "]", "<", '"', "^", "\ud800"),
        *("index.html", "。", "．", "ß", "💩", "xn--", "-", "_", "*", ";", ",", "'", "|", "~"),
    ]
)
ANY = st.one_of(
    st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(lambda each: "http://a.cn/" + "".join(each))
)


@folded(
    ("given", "expected"),
    [
        ("http://a.gov.cn", "http://a.gov.cn/"),
        ("HTTP://A.Gov.CN:80/Zwgk", "http://a.gov.cn/Zwgk"),
        ("https://a.gov.cn:443?x=1", "https://a.gov.cn/?x=1"),
        ("https://a.gov.cn:80/", "https://a.gov.cn:80/"),
        ("http://a.gov.cn:8004/", "http://a.gov.cn:8004/"),
        ("http://a.gov.cn:/", "http://a.gov.cn/"),
        ("http://a.gov.cn./x", "http://a.gov.cn/x"),
        (" http://a.gov.cn/x\r\n.html ", "http://a.gov.cn/x.html"),
        ("http://a.gov.cn/x#part", "http://a.gov.cn/x"),
        ("http://a.gov.cn/x?#part", "http://a.gov.cn/x"),
        ("http://a.gov.cn/a/./b/../c", "http://a.gov.cn/a/c"),
        ("http://a.gov.cn/../../a/..", "http://a.gov.cn/"),
        ("http://a.gov.cn/a/b/.", "http://a.gov.cn/a/b/"),
        ("http://a.gov.cn/a//./b", "http://a.gov.cn/a//b"),
        ("http://a.gov.cn//.well-known//x", "http://a.gov.cn//.well-known//x"),
        ("http://a.gov.cn\\zwgk\\x.html?p=a\\b", "http://a.gov.cn/zwgk/x.html?p=a%5Cb"),
        ("http://[::0:1]:81/", "http://[::1]:81/"),
        ("http://a_b.gov.cn/", "http://a_b.gov.cn/"),
    ],
)
def test_what_says_the_same_is_spelt_the_same(given: str, expected: str) -> None:
    assert canonical(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # GBK, as many of these sites write it: quoting it anew, or reading it as UTF-8, would ask for another page.
        ("http://a.cn/%C4%EA%b1%a8.html?t=%C4%EA+x", "http://a.cn/%C4%EA%b1%a8.html?t=%C4%EA+x"),
        ("http://a.cn/年报.html", "http://a.cn/%E5%B9%B4%E6%8A%A5.html"),
        ("http://a.cn/%E5%B9%B4报%20a.html", "http://a.cn/%E5%B9%B4%E6%8A%A5%20a.html"),
        ("http://a.cn/附件 1.docx", "http://a.cn/%E9%99%84%E4%BB%B6%201.docx"),
        ("http://a.cn/x?标题=年&n=1", "http://a.cn/x?%E6%A0%87%E9%A2%98=%E5%B9%B4&n=1"),
        ("http://a.cn/100%.html", "http://a.cn/100%.html"),
        ('http://a.cn/a\0b\x7fc<">.html', "http://a.cn/a%00b%7Fc%3C%22%3E.html"),
        ("http://a.cn/[1]?[2]", "http://a.cn/[1]?[2]"),
        ("http://政府.cn:8080/年", "http://xn--mxtq1m.cn:8080/%E5%B9%B4"),
        ("http://ａ。cn/", "http://a.cn/"),
    ],
)
def test_what_is_no_plain_ascii_is_quoted_once(given: str, expected: str) -> None:
    assert canonical(given) == expected


@folded(
    "given",
    [
        *(
            "",
            "x",
            "/x",
            "//a.cn/x",
            "http://",
            "http:///x",
            "http://./",
            "ftp://a.cn/",
            "javascript:void(0)",
            "mailto:a@b.cn",
        ),
        *(
            "http://user:word@a.cn/",
            "http://user@a.cn/",
            "http://@a.cn/",
            "http://a.cn:99999/",
            "http://a.cn:0/",
            "http://a.cn:x/",
        ),
        *("http://[::1/", "http://[::1%25eth0]/", "http://a b.cn/", "http://a\0.cn/", "http://a<b/", "http://a%41/"),
        *("http://*.gov.cn/", "http://a..cn/", "http://-a.cn/", "http://a.cn/\ud800"),
    ],
)
def test_what_is_no_address_of_the_web_is_none(given: str) -> None:
    assert canonical(given) is None


@settings(deadline=None)
@given(ANY)
@example("http://a.cn/%25%")
@example("http://a.cn/..;/x")
def test_any_text_has_one_spelling_or_none(text: str) -> None:
    once = canonical(text)
    if once is not None:
        assert canonical(once) == once
        assert once.isascii() and once.isprintable() and " " not in once and "#" not in once
        assert str(URL(once, encoded=True)) == once
        assert host_of(once) == urlsplit(once).netloc
        assert not {"..", "."} & set(urlsplit(once).path.split("/"))


@settings(deadline=None)
@given(ANY, ANY)
def test_a_link_of_any_text_leads_to_an_address_or_nowhere(base: str, href: str) -> None:
    target = joined(base, href)
    assert target is None or canonical(target) == target


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../t1.html", "http://a.gov.cn/zwgk/t1.html"),
        (" ./P0 1.pdf\n", "http://a.gov.cn/zwgk/nb/P0%201.pdf"),
        ("\\xxgk\\t1.html", "http://a.gov.cn/xxgk/t1.html"),
        ("//b.gov.cn/x", "http://b.gov.cn/x"),
        ("?page=2", "http://a.gov.cn/zwgk/nb/index.html?page=2"),
        ("#top", "http://a.gov.cn/zwgk/nb/index.html"),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_links_are_joined_as_browsers_do(href: str, expected: str | None) -> None:
    assert joined("http://a.gov.cn/zwgk/nb/index.html", href) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://A.gov.cn/x", "a.gov.cn"),
        ("http://a.gov.cn.:80/x", "a.gov.cn"),
        ("https://a.gov.cn:8443/x", "a.gov.cn:8443"),
        ("http://[2001:DB8::1]/", "[2001:db8::1]"),
        ("http://政府.cn/", "xn--mxtq1m.cn"),
        ("ftp://a.gov.cn/", None),
        ("http://a:1:2/", None),
    ],
)
def test_hosts(url: str, expected: str | None) -> None:
    assert host_of(url) == expected
