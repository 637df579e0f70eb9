"""Pagers that scripts draw: what their calls say of how many pages there are and how they are called.

The calls are those of TRS WCM (pages numbered from 0) and its likes with an element's id first (numbered from 1).
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.paging import MOST_PAGES

_CALL = re.compile(
    r"(?<![\w.])(?<!function )(?:create|show|make|build|write|init|set)_?(?:Page|Pager|Pagination|PageNav)\w{0,12}\s{0,3}\(([^()]{3,300})\)",
    re.IGNORECASE,
)
_ARGUMENT = re.compile(r"\"([^\"]*)\"|'([^']*)'|\$\{\s*[\"']?(\d{1,6})[\"']?\s*\}|(?<![\w.])(\d{1,6})(?![\w.])")
_VARIABLE = re.compile(
    r"\b(?:m_n|m_s|_n|_s|n|s)?(countPage|pageCount|totalPage|currentPage|currPage|curPage|currIndex|recordCount|pageSize|pageName|pageExt)s?"
    r"\s{0,3}=\s{0,3}(?:parseInt\()?[\"']?([\w./-]{1,60})",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.?([sj]?html?|jsp|aspx?|php)$", re.IGNORECASE)
_FILE = re.compile(r"^(.*?)(?:_(\d{1,4}))?(\.\w+)?$")


def pages_called(source: str, url: str) -> tuple[str, ...]:
    """The addresses of the pages behind `url` that the calls in a page's scripts name; none where there is no such call."""
    for match in _CALL.finditer(source):
        if (pages := _from_call(match[1], url)) is not None:
            return pages
    return _from_variables(source, url) or ()


def _from_call(arguments: str, url: str) -> tuple[str, ...] | None:
    """The pages that a call's arguments mean: their number, the present one, the file's name and suffix, in some order."""
    found = [(text or text2, number or number2) for text, text2, number2, number in _ARGUMENT.findall(arguments)]
    texts = [(at, text) for at, (text, number) in enumerate(found) if not number and not text.isdigit()]
    numbers = [(at, int(number or text)) for at, (text, number) in enumerate(found) if number or text.isdigit()]
    suffix_at = next((i for i, (_, text) in enumerate(texts) if i and _SUFFIX.fullmatch(text)), None)
    if suffix_at is None or len(numbers) < 2:
        return None
    suffix, name = texts[suffix_at][1].lstrip("."), texts[suffix_at - 1][1]
    count, present = numbers[0][1], numbers[1][1]
    if present > count:
        count, present = present, count
    has_element = suffix_at >= 2 and texts[0][0] < numbers[0][0]
    return _pages(url, name, suffix, count, present, has_element)


def _from_variables(source: str, url: str) -> tuple[str, ...] | None:
    """The same from variables that a pager's script is given before it runs."""
    given = {name.lower(): value for name, value in _VARIABLE.findall(source)}
    present = next((given[k] for k in ("currentpage", "currpage", "curpage", "currindex") if k in given), "")
    count = next((given[k] for k in ("countpage", "pagecount", "totalpage") if k in given), "")
    if not count.isdigit() and given.get("recordcount", "").isdigit() and given.get("pagesize", "").isdigit():
        count = str(-(-int(given["recordcount"]) // max(1, int(given["pagesize"]))))
    if not (present.isdigit() and count.isdigit()):
        return None
    match = _FILE.match(urlsplit(url).path.rpartition("/")[2])
    name = given.get("pagename") or (match[1] if match and match[1] else "index")
    suffix = given.get("pageext") or (match[3] if match and match[3] else ".html")
    return _pages(url, name, suffix.lstrip("."), int(count), int(present), False)


def _pages(url: str, name: str, suffix: str, count: int, present: int, has_element: bool) -> tuple[str, ...] | None:
    """name_1.suffix … where the first page has no number; None where the name is no file's.

    Where the present page has no number in its address, a `present` of 0 or 1 says from what pages are counted. Where
    it has one, the two agree in both ways of counting, and only the pager with an element's id counts from 1.
    """
    file = name.rpartition("/")[2]
    if not re.fullmatch(r"[\w-]{1,80}", file):
        return None
    here = re.search(rf"/{re.escape(file)}_(\d{{1,4}})\.\w+$", urlsplit(url).path)
    number = int(here[1]) if here else 0
    counts_from_1 = (present == number and has_element) if here else present >= 1
    last = min(count if counts_from_1 else count - 1, number + MOST_PAGES + 1)
    first = number + 1 if here else (2 if counts_from_1 else 1)
    links = (absolute(url, urljoin(name, f"{file}_{n}.{suffix}")) for n in range(first, last + 1))
    return tuple(link for link in links if link)[:MOST_PAGES]
