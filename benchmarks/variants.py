"""Variants of the embedded HTML reports: other numbers, other spellings, other markup, a site's page around them.

A variant keeps the sample's markup and changes what stands in it. Its numbers satisfy every identity of the form by
construction, none comes from the program; the cells that it prints are known, so a reading can be checked.
"""

from __future__ import annotations

import csv
import html
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.forms import Form, Label, form_for, forms
from pipelines.workspace import PROJECT

ROOT = PROJECT
SAMPLE = ROOT / "data" / "sample"
#: The sample's HTML reports: file → (body as printed, report year, encoding of the bytes).
SOURCES = {
    "shanghai-office-2019.html": ("上海市人民政府办公厅", 2019, "utf-8"),
    "huaian-2024.html": ("淮安市人民政府", 2024, "gb18030"),
    "hangzhou-2025.html": ("杭州市人民政府", 2025, "utf-8"),
    "demo-city-2020.html": ("示例市人民政府", 2020, "utf-8"),
    "demo-city-2021.html": ("示例市人民政府", 2021, "utf-8"),
    "demo-city-2022.html": ("示例市人民政府", 2022, "utf-8"),
}
#: Share of labels that get another known spelling.
RESPELL = 0.2
BALANCE = ("received_new", "carried_in", "total_processed", "carried_out")
RESULTS = ("upheld", "corrected", "other", "pending")

#: A cell by (table, row, column); its text as printed.
Key = tuple[str, str, str]
_TOKEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]+>|[^<]+", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_CELL_END = re.compile(r"</?(?:td|th|tr|table|tbody)\b", re.IGNORECASE)
_BLOCK = re.compile(r"(?=<(?:p|h2)\b)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Variant:
    """One generated page, the encoding of its bytes, and the text of each statutory cell that it prints."""

    name: str
    data: bytes
    encoding: str
    cells: dict[Key, str]


@dataclass(frozen=True, slots=True)
class _Source:
    """A sample report taken apart: tokens of markup and text, and which tokens are the text of which cell."""

    name: str
    body: str
    form: Form
    encoding: str
    tokens: tuple[str, ...]
    printed: Mapping[Key, str]
    places: Mapping[Key, tuple[int, ...]]
    labels: tuple[tuple[str, tuple[int, ...]], ...]


def variants(count: int, seed: int, chrome: bool = True) -> Iterator[Variant]:
    """`count` variants, the same for the same seed; without `chrome` no site around them and no longer narrative."""
    sources = [_source(name) for name in SOURCES]
    for i in range(count):
        yield _variant(sources[i % len(sources)], i, random.Random(f"{seed}-{i}"), chrome)


def _variant(source: _Source, number: int, dice: random.Random, chrome: bool) -> Variant:
    cells = _figures(source, dice)
    tokens = list(source.tokens)
    for key, text in cells.items():
        _fill(tokens, source.places[key], text, dice)
    for label, places in source.labels:
        if dice.random() < RESPELL:
            _fill(tokens, places, dice.choice(_spellings(source.form.name)[label]), dice)
    page = "".join(_noise(tokens, dice)).replace(source.body, dice.choice(_bodies()))
    if chrome:
        page = _dress(_lengthen(page, dice), dice)
    return Variant(
        f"{number:04}-{source.name}", page.encode(source.encoding, "xmlcharrefreplace"), source.encoding, cells
    )


# ---------------------------------------------------------------- taking a sample apart


@cache
def _source(name: str) -> _Source:
    body, year, encoding = SOURCES[name]
    form = form_for(year)
    assert form is not None
    tokens = tuple(m[0] for m in _TOKEN.finditer((SAMPLE / name).read_bytes().decode(encoding)))
    with (SAMPLE / "expected" / f"{Path(name).stem}.csv").open(encoding="utf-8", newline="") as file:
        printed = {(r["table"], r["row"], r["column"]): r["raw"] for r in csv.DictReader(file)}
    places: dict[Key, tuple[int, ...]] = {}
    labels: list[tuple[str, tuple[int, ...]]] = []
    wanted = iter(printed.items())
    following = next(wanted, None)
    for cell in _cells(tokens):
        text = _words(tokens, cell)
        if following and text == following[1]:
            places[following[0]] = cell
            following = next(wanted, None)
        elif text in _spellings(form.name):
            labels.append((text, cell))
    assert following is None, f"{name} does not print {following}"
    return _Source(name, body, form, encoding, tokens, printed, places, tuple(labels))


def _cells(tokens: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """The places of the text of each table cell that holds no table of its own."""
    inside: list[int] | None = None
    for i, token in enumerate(tokens):
        if not token.startswith("<"):
            if inside is not None:
                inside.append(i)
        elif _CELL_END.match(token):
            if inside:
                yield tuple(inside)
            inside = [] if _CELL.match(token) else None


def _words(tokens: Sequence[str], places: Sequence[int]) -> str:
    return " ".join(html.unescape("".join(tokens[i] for i in places)).split())


@cache
def _spellings(form: str) -> dict[str, tuple[str, ...]]:
    """Official labels of cells with the other spellings that are known wherever the label stands."""
    found: dict[str, set[str]] = {}
    for table in forms()[form].tables.values():
        for label in (*table.rows, *(c for b in table.blocks for c in b.columns)):
            others = {s for s in _others(label) if len(s) > 1}
            found[label.official] = found.get(label.official, others) & others
    return {official: tuple(sorted(others)) for official, others in found.items() if others}


def _others(label: Label) -> tuple[str, ...]:
    """Other spellings, but those that state another unit."""
    return tuple(s for s in label.spellings[1:] if "元" not in s)


# ---------------------------------------------------------------- figures


def _figures(source: _Source, dice: random.Random) -> dict[Key, str]:
    """Every printed cell with another number in the same style; what was blank or a mark stays so."""
    scale = dice.uniform(0.2, 4.0)
    values = {key: _vary(_number(raw), scale, dice) for key, raw in source.printed.items() if key[0] != "proactive"}
    _balance(values)
    for row in {key[1] for key in values if key[0] == "disputes"}:
        _add_up(values, "disputes", row, RESULTS)
    texts = {key: _styled(source.printed[key], value) for key, value in values.items()}
    changed = {key: _vary_digits(raw, scale, dice) for key, raw in source.printed.items() if key[0] == "proactive"}
    return {key: changed[key] if key in changed else texts[key] for key in source.printed}


def _number(raw: str) -> int | None:
    digits = raw.translate(_HALF_WIDTH)
    return int(digits) if digits.isdecimal() else None


def _vary(value: int | None, scale: float, dice: random.Random) -> int | None:
    if not value:
        return value
    return max(1, round(value * scale * dice.uniform(0.8, 1.2)))


def _balance(values: dict[Key, int | None]) -> None:
    """Make the sums of section 3 right: per applicant from the outcomes, per row from the applicants."""
    rows = list(dict.fromkeys(row for table, row, _ in values if table == "requests"))
    columns = list(dict.fromkeys(column for table, _, column in values if table == "requests"))
    for column in columns[:-1]:
        processed = sum(values["requests", row, column] or 0 for row in rows if row not in BALANCE)
        moved_out = values["requests", "carried_out", column] or 0
        moved_in = min(values["requests", "carried_in", column] or 0, processed + moved_out)
        for row, value in zip(BALANCE, (processed + moved_out - moved_in, moved_in, processed, moved_out), strict=True):
            if values["requests", row, column] is not None:
                values["requests", row, column] = value
    for row in rows:
        _add_up(values, "requests", row, columns[:-1])


def _add_up(values: dict[Key, int | None], table: str, row: str, parts: Sequence[str]) -> None:
    if values[table, row, "total"] is not None:
        values[table, row, "total"] = sum(values[table, row, part] or 0 for part in parts)


def _styled(raw: str, value: int | None) -> str:
    if value is None:
        return raw
    full_width = raw != raw.translate(_HALF_WIDTH)
    return str(value).translate(_FULL_WIDTH) if full_width else str(value)


def _vary_digits(raw: str, scale: float, dice: random.Random) -> str:
    """Another number in the same dress: `+9`, `251000元`, `52,318`, `96171.6`."""
    match = re.search(r"\d[\d,\s]*", raw)
    if match is None:
        return raw
    value = _vary(int(re.sub(r"\D", "", match[0])), scale, dice) or 0
    return raw[: match.start()] + (f"{value:,}" if "," in match[0] else str(value)) + raw[match.end() :]


# ---------------------------------------------------------------- markup


def _fill(tokens: list[str], places: Sequence[int], text: str, dice: random.Random) -> None:
    """Put a text where another stood, spread over as many pieces of markup as the other was."""
    pieces = [i for i in places if tokens[i].replace("&nbsp;", "").strip()] or list(places[:1])
    cuts = sorted(dice.randint(0, len(text)) for _ in pieces[1:])
    for i, start, end in zip(pieces, [0, *cuts], [*cuts, len(text)], strict=True):
        tokens[i] = text[start:end]
    if not text:
        tokens[pieces[0]] = "&nbsp;"


def _noise(tokens: Sequence[str], dice: random.Random) -> Iterator[str]:
    """What editors leave behind: attributes, comments, empty spans, odd white space."""
    for token in tokens:
        lower = token[:4].lower()
        if lower.startswith("<td") and dice.random() < 0.3:
            yield f'{token[:3]} style="width:{dice.randint(30, 200)}px;border:1px solid #000" class="c{dice.randint(1, 40)}"{token[3:]}'
        elif lower == "</p>" and dice.random() < 0.2:
            yield dice.choice(("<span></span>", "&nbsp;", "<!-- -->", "<o:p></o:p>")) + token
        elif lower == "<tr>" and dice.random() < 0.2:
            yield f"\n    <!-- {dice.randint(1, 999)} -->\n    {token}"
        else:
            yield token


def _lengthen(page: str, dice: random.Random) -> str:
    """A narrative as long as real ones (2,000 to 7,000 characters), from the sample's own paragraphs."""
    target, paragraphs, length = dice.randint(2000, 7000), [], 0
    while length < target:
        paragraphs.append(dice.choice(_paragraphs()))
        length += len(paragraphs[-1])
    more = "".join(f'<p style="text-indent:2em">{text}</p>\n' for text in paragraphs)
    blocks = _BLOCK.split(page)
    for i, block in enumerate(blocks):
        if _TAG.sub("", block).strip().startswith("二、主动公开"):
            return "".join((*blocks[:i], more, *blocks[i:]))
    return page


@cache
def _paragraphs() -> tuple[str, ...]:
    """Paragraphs of the samples' narrative: no title, no field, no number of requests."""
    found = []
    for name, (_, _, encoding) in SOURCES.items():
        for block in _BLOCK.split((SAMPLE / name).read_bytes().decode(encoding).partition("二、主动公开")[0]):
            text = "".join(html.unescape(_TAG.sub("", block)).split())
            if len(text) > 40 and not re.search(r"新收|报告|来源|索引|样例|\{|<", text):
                found.append(text)
    return tuple(found)


# ---------------------------------------------------------------- a site's page


def _dress(page: str, dice: random.Random) -> str:
    """The site around a report: styles and scripts, menus, related links, a footer."""
    head = "".join(_script(dice) for _ in range(dice.randint(2, 5))) + _styles(dice)
    menu = f'<div class="nav"><ul>{_links(dice, dice.randint(40, 120))}</ul></div>'
    related = f'<div class="list"><h4>相关信息</h4><ul>{_links(dice, dice.randint(10, 30))}</ul></div>'
    foot = f'<div class="bottom"><p>网站地图 联系我们 技术支持</p><p>ICP备00000000号</p></div>{_script(dice)}'
    if not re.search(r"<body", page, re.IGNORECASE):
        page = f'<html><head><meta charset="utf-8"></head><body><div id="content">\n{page}</div></body></html>'
    page = re.sub(r"</head>", lambda m: head + m[0], page, count=1, flags=re.IGNORECASE)
    page = re.sub(r"<body[^>]*>", lambda m: m[0] + menu, page, count=1, flags=re.IGNORECASE)
    return re.sub(r"</body>", lambda m: related + foot + m[0], page, count=1, flags=re.IGNORECASE)


def _links(dice: random.Random, count: int) -> str:
    words = (
        "政务公开",
        "办事服务",
        "互动交流",
        "新闻动态",
        "数据开放",
        "政策解读",
        "规划计划",
        "财政预决算",
        "人事信息",
        "通知公告",
    )
    return "\n".join(
        f'<li><a href="/col/col{dice.randint(1000, 9999)}/index.html" target="_blank" title="{word}">{word}</a></li>'
        for word in (dice.choice(words) for _ in range(count))
    )


def _script(dice: random.Random) -> str:
    lines = (
        f'  if (document.getElementById("b{dice.randint(1, 99)}")) {{ show({i}, "{dice.random():.6f}"); }}'
        for i in range(dice.randint(10, 60))
    )
    return '<script type="text/javascript">\nfunction init() {\n' + "\n".join(lines) + "\n}\n</script>\n"


def _styles(dice: random.Random) -> str:
    rules = (
        f".c{i} {{ margin: {dice.randint(0, 20)}px; color: #{dice.randint(0, 0xFFFFFF):06x}; }}"
        for i in range(dice.randint(20, 80))
    )
    return "<style>\n" + "\n".join(rules) + "\n</style>\n"


@cache
def _bodies() -> tuple[str, ...]:
    """Prefectures of the division tree, as reporting governments."""
    with (ROOT / "data" / "governments.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["level"] == "prefecture"]
    return tuple(f"{name}人民政府" for name in names if name.endswith("市"))
