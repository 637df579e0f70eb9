"""Pagers that scripts draw: what their calls say of how many pages there are and how they are called.

The calls are those of TRS WCM (pages numbered from 0), its likes with an element's id first (numbered from 1), those
with the number of records before or behind that of pages, and pagers that are given named options.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from urllib.parse import urljoin, urlsplit

from pipelines.harvest.discovery.addresses import absolute
from pipelines.harvest.discovery.pager_options import pages_of_options
from pipelines.harvest.discovery.paging import MOST_PAGES
from pipelines.harvest.discovery.scripts import scripts_in, values_in

_CALL = re.compile(r"(?<!function )\b\w{0,20}?pag(?:e|er|ing|ination)\w{0,16}\s{0,3}\(([^()]{3,300})\)", re.IGNORECASE)
#: A number that an argument names by a variable.
_COUNT_NAME = re.compile(r"(?<![\w$.\"'])[A-Za-z_$][\w$]{0,30}(?![\w$(.\"'])")
_COMMENT = re.compile(r"/\*[^*]{0,100}\*/")
_ARGUMENT = re.compile(r"\"([^\"]*)\"|'([^']*)'|\$\{\s*[\"']?(\d{1,6})[\"']?\s*\}|(?<![\w.])(\d{1,6})(?![\w.])")
_PREFIX = r"\b(?:m_n|m_s|_n|_s|n|s|_)?"
_NUMBER_NAMES = (
    "countPage|page_?Count|total_?Page|currentPage|currPage|curPage|currIndex|page_?Index|record_?Count|page_?Size"
)
_NUMBER = re.compile(
    rf"{_PREFIX}({_NUMBER_NAMES})s?\s{{0,3}}=\s{{0,3}}(?:parseInt\()?[\"']?(\d{{1,6}})(?![\d.])", re.IGNORECASE
)
_NAME = re.compile(
    rf"{_PREFIX}(page_?Name|page_?Ext)s?\s{{0,3}}=\s{{0,3}}[\"']?([A-Za-z0-9_./-]{{1,60}})", re.IGNORECASE
)
_SUFFIX = re.compile(r"\.?([sj]?html?|jsp|aspx?|php)$", re.IGNORECASE)
_FILE = re.compile(r"^(.*?)(?:_(\d{1,4}))?(\.\w+)?$")


def pages_called(source: str, url: str) -> tuple[str, ...]:
    """The addresses of the pages behind `url` that the calls in a page's scripts name; none where there is no such call."""
    source = _in_use(source)
    calls = [_COMMENT.sub("", match[1]) for match in _CALL.finditer(source)]
    given = values_in(scripts_in(source)) if calls else {}
    for call in calls:
        if (pages := _from_call(_COUNT_NAME.sub(partial(_value, given), call), url)) is not None:
            return pages
    return _from_variables(source, url) or pages_of_options(source, url)


def _value(given: dict[str, str], name: re.Match[str]) -> str:
    return given.get(name[0], name[0])


def _in_use(source: str) -> str:
    """The source without what is commented out: whole comments, and whole lines. By hand: an expression could take minutes."""
    first, *others = source.split("/*")
    kept = [piece.partition("*/")[2] if "*/" in piece else f"/*{piece}" for piece in others]
    lines = "".join((first, *kept)).replace("<script>", "<script>\n").split("\n")
    return "\n".join(line for line in lines if not line.lstrip().startswith("//"))


def _from_call(arguments: str, url: str) -> tuple[str, ...] | None:
    """The pages that a call's arguments mean: their number, the present one, the file's name and suffix, in some order."""
    found = [(text or text2, number or number2) for text, text2, number2, number in _ARGUMENT.findall(arguments)]
    texts = [(at, text) for at, (text, number) in enumerate(found) if not number and not text.isdigit()]
    numbers = [(at, int(number or text)) for at, (text, number) in enumerate(found) if number or text.isdigit()]
    suffix_at = next((i for i, (_, text) in enumerate(texts) if i and _SUFFIX.fullmatch(text)), None)
    if suffix_at is None or len(numbers) < 2:
        return None
    suffix, name = texts[suffix_at][1].lstrip("."), texts[suffix_at - 1][1]
    before = [number for at, number in numbers if at < texts[suffix_at - 1][0]]
    count, present = _count_and_present(before if len(before) > 1 else [n for _, n in numbers], _here(name, url))
    has_element = suffix_at >= 2 and texts[0][0] < numbers[0][0]
    return _pages(url, name, suffix, count, present, has_element)


def _count_and_present(numbers: Sequence[int], here: int | None) -> tuple[int, int]:
    """Tell which of a call's numbers is that of the pages and which the present one's.

    They are pages and present (3, 0), records before or behind the pages (15, 3, 0; 3, 15, 0), also with the size of a page
    (3, 15, 5, 0), or the size behind (3, 0, 5). The present one must be the page whose address is looked at.
    """
    at = next((i for i in range(len(numbers) - 1, 0, -1) if _is_present(numbers[i], here)), None)
    if at is None or (len(numbers) == 2 and _is_present(numbers[0], here) and numbers[1] > numbers[0]):
        count, present = numbers[:2]
        return (present, count) if present > count or _is_present(count, here) else (count, present)
    before = numbers[:at]
    stated = [each for i, each in enumerate(before) if _is_quotient(each, [*before[:i], *before[i + 1 :]])]
    count = stated[0] if len(before) > 2 and stated else min(before)
    return max(count, numbers[at]), min(count, numbers[at])


def _is_quotient(count: int, others: Sequence[int]) -> bool:
    """Tell whether a number is that of the pages, by those of the records and of a page's size."""
    return any(size and -(-records // size) == count for records in others for size in others if size < records)


def _is_present(number: int, here: int | None) -> bool:
    """Tell whether a number can be that of the page at hand, counted from 0 or from 1."""
    return number in (0, 1) if here is None else number in (here, here + 1)


def _here(name: str, url: str) -> int | None:
    """The number in the address of the present page; None where it has none, as the first page has."""
    here = re.search(rf"/{re.escape(name.rpartition('/')[2])}_(\d{{1,4}})\.\w+$", urlsplit(url).path)
    return int(here[1]) if here else None


def _from_variables(source: str, url: str) -> tuple[str, ...] | None:
    """The same from variables that a pager's script is given before it runs. A comment may stand right behind a number."""
    given = {name.lower().replace("_", ""): int(value) for name, value in _NUMBER.findall(source)}
    named = {name.lower().replace("_", ""): value for name, value in _NAME.findall(source)}
    shown = ("currentpage", "currpage", "curpage", "currindex", "pageindex")
    present = next((given[k] for k in shown if k in given), None)
    count = next((given[k] for k in ("countpage", "pagecount", "totalpage") if k in given), None)
    if count is None and "recordcount" in given and "pagesize" in given:
        count = -(-given["recordcount"] // max(1, given["pagesize"]))
    if present is None or count is None:
        return None
    match = _FILE.match(urlsplit(url).path.rpartition("/")[2])
    name = named.get("pagename") or (match[1] if match and match[1] else "index")
    suffix = named.get("pageext") or (match[3] if match and match[3] else ".html")
    return _pages(url, name, suffix.lstrip("."), count, present, False)


def _pages(url: str, name: str, suffix: str, count: int, present: int, has_element: bool) -> tuple[str, ...] | None:
    """name_1.suffix … where the first page has no number; None where the name is no file's.

    Where the present page has no number in its address, a `present` of 0 or 1 says from what pages are counted. Where
    it has one, the two agree in both ways of counting, and only the pager with an element's id counts from 1.
    """
    file = name.rpartition("/")[2]
    if not re.fullmatch(r"[\w-]{1,80}", file):
        return None
    here = _here(name, url)
    number = here or 0
    counts_from_1 = present >= 1 if here is None else (present == number and has_element)
    last = min(count if counts_from_1 else count - 1, number + MOST_PAGES + 1)
    first = number + 1 if here is not None else (2 if counts_from_1 else 1)
    links = (absolute(url, urljoin(name, f"{file}_{n}.{suffix}")) for n in range(first, last + 1))
    return tuple(link for link in links if link)[:MOST_PAGES]
