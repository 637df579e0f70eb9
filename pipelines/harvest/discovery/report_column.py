"""Where the column of a report is: the list in which the same body's reports of other years stand.

Belongs here: candidates, from the form of a report's address and from what its page names. Does not belong here:
whether there is such a list, which only fetching tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlencode

from selectolax.lexbor import LexborNode

from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.page_trees import attribute, text_of, tree_of, words_of
from pipelines.harvest.discovery.titles import judge

MOST_CANDIDATES = 3

_GATE = re.compile(r"^https?://[^/]+/gate/big5/+([\w.-]+\.\w+)/+(.*)$")
_FILE = r"[^/]+\.[sj]?html?$"
_YEAR_MONTH = re.compile(
    rf"^(.*/)(?:\d{{6}}|\d{{8}}|\d{{4}}/\d{{1,2}}/\d{{1,2}}|\d{{4}}/\d{{1,3}}|\d{{4}}-\d\d(?:-|/)\d\d|\d{{4}}/\d\d-\d\d|\d{{4}}_\d\d/\d\d_\d\d)/{_FILE}"
)
_JCMS = re.compile(r"^(.*/)art/\d{4}/\d{1,2}/\d{1,2}/art_(\d+)_\d+\.html?$")
_JCMS_HASH = re.compile(r"^(.*/)art/\d{4}/art_[0-9a-f]+\.html?$")
_PUBLIC = re.compile(r"^(.*/public/)(?!column/|content/)(\d+)/\d+\.html?$")
_PUBLIC_COLUMN = re.compile(r"^.*/public/column/\d+$")
_COLUMN_ID = re.compile(r"^(.*/)columns/([0-9a-f-]{30,})/\d{6}/\d\d/[0-9a-f-]{30,}\.html?$")
_CONTENTS = re.compile(r"^(.*/)contents/(\d+)/\d+\.html?$")
_POST = re.compile(rf"^(.*/)content/(?:post|mpost|mmpost)_{_FILE}")
_SHOW = re.compile(r"^(.*/\w*(?:nb|annualreport)\w*/)(?:year/)?show/[\d/]+\.html?$", re.IGNORECASE)
_ID_FILE = re.compile(
    r"^(.*/)(?:t_?|content[_-]|article_)?(?:\d{4,}|[0-9a-f]{24,}|[0-9a-f-]{36})(?:_\w+)?\.[sj]?html?$", re.IGNORECASE
)
_YEAR_FILE = re.compile(r"^(.*/)20\d\d(?:年|n|nb|nian|year)?\.[sj]?html?$")
_DEEP_INDEX = re.compile(r"^(.*/)[^/]+/(?:index\.[sj]?html?)?$")
#: A folder for one year: 2024n, 2019nb_1, 2016year, nb2022, 2015n, xxgknb2020.
_YEAR_FOLDER = re.compile(r"^(?:[a-z]{0,12}_?)?(?<!\d)20\d\d(?!\d)[a-z]{0,12}(?:_\d+)?$", re.IGNORECASE)
#: Folders that only say that articles lie in them.
_ARTICLES = re.compile(r"/(?:content|show|detail|view)/(?=[^/]*$)")
#: What folders of annual reports are called.
_REPORTS = re.compile(r"nb|ndbg|ndgz|gzbg|ndgk|nianbao|annual|xxgk|zfxxgk|gkzl|gongkai", re.IGNORECASE)
_ANNUAL = re.compile(r"nb(?![a-z]{0,3}gs)|ndbg|ndgz|gzbg|ndxx|nianbao|annual", re.IGNORECASE)
_CRUMB = re.compile(r"crumb|position|location|dqwz|weizhi|current|local|path|wz|mbx|bread", re.IGNORECASE)


def column_of(report_url: str) -> tuple[str, ...]:
    """Addresses that a report's column may have, likeliest first; none where the address says nothing of it.

    Where a column has a folder for each year, that of the report's year and the one above it are both candidates. The
    home page of a site is never one.
    """
    if gate := _GATE.match(report_url):
        report_url = f"http://{gate[1]}/{gate[2]}"
    parts = addresses.split(report_url)
    if parts is None:
        return ()
    origin = f"{parts.scheme}://{parts.netloc}"
    found: dict[str, None] = {}
    for rule in (_by_query, _by_system, _by_folder):
        for path in rule(parts.path, parts.query):
            if not _is_home(path, parts.hostname or ""):
                found.setdefault(origin + path)
        if found:
            break
    return tuple(found)[:MOST_CANDIDATES]


def named_columns(data: bytes, url: str, content_type: str | None = None) -> tuple[str, ...]:
    """The columns of reports that a report's page links, those of its breadcrumb first. `content_type` is not believed."""
    tree = tree_of(text_of(data))
    base_node = tree.css_first("base[href]")
    base = (addresses.absolute(url, attribute(base_node, "href")) if base_node else None) or url
    found: dict[str, tuple[bool, str]] = {}
    for node in tree.css("a[href]")[:2000]:
        link = addresses.absolute(base, attribute(node, "href"))
        if link is None or addresses.page_key(link) == addresses.page_key(url) or addresses.is_root(link):
            continue
        title = max(words_of(node), attribute(node, "title"), key=len)
        if judge(title).kind == "column" and not addresses.is_document(link) and _is_near(link, url):
            in_crumb = _in_breadcrumb(node)
            known = found.get(addresses.page_key(link))
            found[addresses.page_key(link)] = (in_crumb or (known is not None and known[0]), link)
    ordered = sorted(found.values(), key=lambda pair: not pair[0])
    return tuple(link for _, link in ordered)[:MOST_CANDIDATES]


def _by_query(path: str, query: str) -> Iterator[str]:
    """Systems that name the body in a parameter: without the year, the same address lists them all."""
    given = parse_qsl(query, keep_blank_values=True)
    if path.lower().endswith("annualreport.jsp") and any(name == "area" for name, _ in given):
        yield f"{path}?{urlencode([(n, v) for n, v in given if n not in ('fbtime', 'showType')])}"
    elif _PUBLIC_COLUMN.match(path):
        kept = [(n, v) for n, v in given if n in ("type", "nav", "sub", "catId")]
        yield f"{path}?{urlencode(kept)}" if kept else path


def _by_system(path: str, query: str) -> Iterator[str]:
    """Systems whose articles carry the number of their column."""
    rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_JCMS, lambda m: f"{m[1]}col/col{m[2]}/index.html"),
        (_JCMS_HASH, lambda m: f"{m[1]}index.html"),
        (_PUBLIC, lambda m: f"{m[1]}column/{m[2]}?type=3"),
        (_COLUMN_ID, lambda m: f"{m[1]}columns/{m[2]}/index.html"),
        (_CONTENTS, lambda m: f"{m[1]}channels/{m[2]}.html"),
        (_SHOW, lambda m: m[1]),
    )
    for pattern, made in rules:
        if (match := pattern.match(path)) is not None:
            yield made(match)


def _by_folder(path: str, query: str) -> Iterator[str]:
    """Systems whose articles lie in the folder of their column, or in folders for months and days below it."""
    if "/gkmlpt/" in path or re.search(r"/info/\d+/\d+\.htm", path):
        return
    for pattern in (_POST, _YEAR_MONTH, _YEAR_FILE, _ID_FILE):
        if (match := pattern.match(path)) is not None:
            if pattern in (_POST, _YEAR_FILE) or _is_telling(match[1], path, query, dated=pattern is _YEAR_MONTH):
                yield from _folders(match[1], path)
            return
    if (match := _DEEP_INDEX.match(path)) and (_ANNUAL.search(match[1]) or re.search(r"/\d{5,}/$", match[1])):
        yield match[1]


def _is_telling(folder: str, path: str, query: str, dated: bool) -> bool:
    """Whether a folder can be that of a column: it is called so, or the article lies in a folder of a date below it."""
    if query and not dated:
        return False
    depth = folder.strip("/").count("/") + 1
    return (
        bool(_REPORTS.search(folder))
        or (dated and (depth > 1 or not folder.strip("/").isalpha()))
        or (bool(re.search(r"/t_?\d+(?:_\d+)?\.s?html?$", path)) or bool(re.search(r"\d", folder)))
    )


def _folders(folder: str, path: str) -> Iterator[str]:
    """The folder itself; above a folder of one year, the column that has one for each."""
    folder = _ARTICLES.sub("/", folder)
    segments = folder.strip("/").split("/")
    if len(segments) == 1 and _ARTICLES.search(path) and not _ANNUAL.search(folder):
        return
    if path.endswith(".jhtml"):
        yield f"{folder}index.jhtml"
    yield folder
    year_at = next((i for i in range(len(segments) - 1, 0, -1) if _YEAR_FOLDER.match(segments[i])), None)
    above = "/" + "/".join(segments[:year_at]) + "/"
    if year_at is not None and _REPORTS.search(above):
        yield above
    elif re.search(r"/[0-9a-f]{32}\.s?html?$", path) and path.endswith(".shtml"):
        yield f"{folder}list.shtml"
    elif path.endswith(".htm") and _ANNUAL.search(segments[-1]):
        yield f"/{'/'.join(segments)}.htm"


def _is_home(path: str, host: str) -> bool:
    """Whether a folder is that of a whole site: the root, or one that is called as the host is."""
    segments = [s for s in path.partition("?")[0].strip("/").split("/") if s and not s.startswith("index.")]
    if not segments:
        return True
    return (
        len(segments) == 1
        and "?" not in path
        and segments[0].lower() in {*host.lower().split("."), "html", "web", "cms", "news"}
    )


def _is_near(link: str, url: str) -> bool:
    one, two = addresses.site_of(link), addresses.site_of(url)
    return one == two or one.endswith(".gov.cn")


def _in_breadcrumb(node: LexborNode) -> bool:
    """Whether a link stands in the line that says where in the site the page is."""
    here: LexborNode | None = node.parent
    for _ in range(4):
        if here is None or here.tag == "body":
            return False
        if _CRUMB.search(f"{attribute(here, 'class')} {attribute(here, 'id')}") or "位置" in words_of(here)[:40]:
            return True
        here = here.parent
    return False
