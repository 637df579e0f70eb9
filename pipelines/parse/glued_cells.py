"""Tables whose cells a converter ran together → cells, where the form's sums leave exactly one way to cut the digits.

`一、本年新收政府信息公开申请数量401000041` can only be 40 1 0 0 0 0 41. The heads must stand in the form's order, every row must
add up, and the requests must balance in every column: a row that can still be cut in two ways is not read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from expectations.forms import forms
from pipelines.parse.labels import annual_forms, rows_of
from pipelines.parse.narrative.glued_tables import stretches
from pipelines.read.document import Block, Cell, Paragraph, Table

#: The heads of the requests' columns and of the disputes' results, run together in the form's order.
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_APPLICANTS_RUN = re.compile(r"自然人(?:法人或其他组织)?(?:总计)?商业企业科研机构社会公益组织法律服务机构其他(?:总计)?")
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_RESULTS_RUN = re.compile(
    r"行政复议行政诉讼(?:未经复议直接起诉|复议后起诉|结果维持|结果纠正|其他结果|尚未审结|总计)*"
    r"结果维持结果纠正其他结果尚未审结总计(?P<digits>\d{15,40})(?!\d)"
)
_PROCEDURES = ("行政复议", "未经复议直接起诉", "复议后起诉")
_BALANCE = ("received_new", "carried_in", "total_processed", "carried_out")
#: More digits have too many cuts to try.
_MOST_DIGITS = 26
_SHORTEST = 60
#: More ways to cut all rows are not tried.
_MOST_WAYS = 4096
#: A row of each table with its digits.
_SIGNS = {
    "proactive": re.compile(r"(?:规章|规范性文件|行政许可|行政处罚|行政强制)\d"),
    "requests": re.compile(r"(?:申请数量|予以公开|总计|继续办理)\d"),
    "disputes": re.compile(r"尚未审结总计\d"),
}
Grid = list[list[str]]


def cut(blocks: Sequence[Block]) -> tuple[Sequence[Block], frozenset[str]]:
    """The blocks, each that holds such a table as a grid of its cells, and the places of these."""
    found = {i: grid for i, block in enumerate(blocks) if isinstance(block, Paragraph) and (grid := _grid(block.text))}
    if not found:
        return blocks, frozenset()
    made = [_table(found[i], block.locator) if i in found else block for i, block in enumerate(blocks)]
    return made, frozenset(blocks[i].locator for i in found)


def tables_run_together(blocks: Sequence[Block]) -> frozenset[str]:
    """The statutory tables of which labels and digits stand run together in the text."""
    texts = ["".join(b.text.split()) for b in blocks if isinstance(b, Paragraph) and len(b.text) >= _SHORTEST]
    glued = [text[start:end] for text in texts for start, end in stretches(text)]
    return frozenset(name for name, sign in _SIGNS.items() if any(sign.search(text) for text in glued))


def _grid(text: str) -> Grid:
    if len(text) < _SHORTEST or not ("商业企业" in text or "结果维持" in text):
        return []
    plain = "".join(text.split())
    return _requests(plain) + _disputes(plain)


def _table(grid: Grid, locator: str) -> Table:
    width = max(map(len, grid))
    return Table(
        tuple(tuple(Cell(row[j], i, j) if j < len(row) else None for j in range(width)) for i, row in enumerate(grid)),
        locator,
    )


def _requests(plain: str) -> Grid:
    heads = _APPLICANTS_RUN.search(plain)
    if heads is None:
        return []
    results = plain.find(_RESULTS[0], heads.end())
    labels: dict[str, str] = {}
    ways: dict[str, list[list[int]]] = {}
    for match in _request_rows().finditer(plain, heads.end(), results if results >= 0 else len(plain)):
        code = _code(match["label"])
        if code is None or code in ways:
            return []
        labels[code] = match["label"]
        ways[code] = list(_cuts(match["digits"], len(_APPLICANTS)))
    told = _agreed(ways)
    return [["", *_APPLICANTS], *([labels[code], *map(str, numbers)] for code, numbers in told.items())] if told else []


def _agreed(ways: Mapping[str, Sequence[Sequence[int]]]) -> dict[str, Sequence[int]]:
    """The rows that are the same in every way to cut all of them that balances."""
    if not ways or math.prod(map(len, ways.values())) > _MOST_WAYS:
        return {}
    whole = [dict(zip(ways, each, strict=True)) for each in product(*ways.values())]
    fitting = [rows for rows in whole if _balances(rows)]
    return {code: fitting[0][code] for code in ways if len({tuple(rows[code]) for rows in fitting}) == 1}


def _disputes(plain: str) -> Grid:
    match = _RESULTS_RUN.search(plain)
    if match is None:
        return []
    ways = list(_three(match["digits"]))
    if len(ways) != 1:
        return []
    return [["", *_RESULTS], *([name, *map(str, row)] for name, row in zip(_PROCEDURES, ways[0], strict=True))]


def _three(digits: str) -> Iterator[list[list[int]]]:
    """The ways to cut digits into three rows of results, each with its sum; no more than two are of interest."""
    found = 0
    for i in range(5, len(digits) - 9):
        for first in _cuts(digits[:i], 5):
            for j in range(i + 5, len(digits) - 4):
                for second in _cuts(digits[i:j], 5):
                    for third in _cuts(digits[j:], 5):
                        yield [first, second, third]
                        found += 1
                        if found > 1:
                            return


def _cuts(digits: str, width: int) -> Iterator[list[int]]:
    """The ways to cut digits into so many numbers of which the last is the sum of the others. No number begins with 0."""
    if not width <= len(digits) <= _MOST_DIGITS:
        return
    for start in range(width - 1, len(digits)):
        last = digits[start:]
        if last == "0" or last[0] != "0":
            yield from ([*parts, int(last)] for parts in _parts(digits[:start], width - 1, int(last)))


def _parts(digits: str, count: int, total: int) -> Iterator[list[int]]:
    if count == 1:
        if (digits == "0" or digits[:1] not in ("", "0")) and int(digits) == total:
            yield [total]
        return
    for end in range(1, len(digits) - count + 2):
        value = int(digits[:end])
        if value > total or (end > 1 and digits[0] == "0"):
            return
        yield from ([value, *rest] for rest in _parts(digits[end:], count - 1, total - value))


def _balances(rows: Mapping[str, Sequence[int]]) -> bool:
    """Tell whether the requests of every column are all accounted for, and no outcome is more than all of them."""
    if any(code not in rows for code in _BALANCE):
        return False
    new, before, processed, after = (rows[code] for code in _BALANCE)
    outcomes = [numbers for code, numbers in rows.items() if code not in _BALANCE]
    return all(
        new[k] + before[k] == processed[k] + after[k] and sum(numbers[k] for numbers in outcomes) <= processed[k]
        for k in range(len(_APPLICANTS))
    )


@cache
def _request_rows() -> re.Pattern[str]:
    """A row's label in the form's own words, and the digits behind it: not the number of the next label (…2.没有现成信息)."""
    labels = {
        "".join(spelling.split())
        for form in annual_forms()
        for row in form.tables["requests"].rows
        for spelling in row.spellings
    }
    words = "|".join(re.escape(label) for label in sorted(labels, key=lambda label: (-len(label), label)))
    return re.compile(rf"(?P<label>{words})(?P<digits>\d{{7,}}?)(?=\d[.．、]|\D|$)")


def _code(label: str) -> str | None:
    """The row that every form with the label means by it."""
    codes = {rows_of(form.name, "requests").known(label) for form in forms().values() if "requests" in form.tables}
    codes.discard(None)
    return codes.pop() if len(codes) == 1 else None
