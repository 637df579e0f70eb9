"""Text that lost its rules → the lines of an annex: a label (over several lines, at times), its unit, its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.parse.annex.annex_labels import form_table, is_known_label, own_words
from pipelines.parse.annex.from_table import AnnexPart, AnnexRow
from pipelines.parse.labelled_rows import Value
from pipelines.parse.labels import key
from pipelines.parse.numbers import UNITS, read_cell
from pipelines.parse.year_words import years_in
from pipelines.read.document import Block, Paragraph, Table
from pipelines.read.furniture import is_page_number

#: Text is an annex where at least so many of its labels have numbers.
LEAST = 10
#: A line of prose is longer than any line of the annex.
LONGEST = 80
_GLUED = re.compile(r"^(.*?)[:：]?(\d[\d,.]*\D{0,2})$")
_TAIL = re.compile(r"\d[\d,.]*\D{0,2}$")
#: A title of the annex stands so few lines over it.
_OVER = 6
_TITLE = re.compile(r"统计表|情况表|附[表件]")
#: A label is broken over no more lines than this.
LABEL_LINES = 4


def piece(blocks: Sequence[Block]) -> AnnexPart | None:
    """The annex in running text; None where there is none."""
    texts = [b for b in blocks if not isinstance(b, Table)]
    if not _may_be(texts):
        return None
    lines = list(_lines(texts))
    known = [i for i, line in enumerate(lines) if is_known_label(line.label)]
    if sum(bool(lines[i].values) for i in known) < LEAST:
        return None
    inside = lines[known[0] : known[-1] + 1]
    width = max((len(line.values) for line in inside if line.has_numbers), default=1)
    inside = [line if len(line.values) <= width else _without_unit(line, width) for line in inside]
    header = next((found for b in texts if len(found := _header(b.text)) == width), ())
    heads: list[tuple[str, ...]] = [(text,) for text in header] or [()] * width
    return AnnexPart(inside, heads, _captions(texts), headed=bool(header))


def _may_be(texts: Sequence[Block]) -> bool:
    """Tell whether as many lines end in a number, or a sign for one, as those of an annex do. Most reports have few."""
    parts = (part for b in texts if not isinstance(b, Table) for part in b.text.split("\n") if len(part) <= LONGEST)
    return sum(_ends_in_number(tokens[-1]) for part in parts if (tokens := part.split())) >= LEAST


def _ends_in_number(token: str) -> bool:
    tail = _TAIL.search(token)
    return (tail is not None and read_cell(tail[0]).kind == "number") or read_cell(token).kind in ("number", "mark")


def _captions(texts: Sequence[Block]) -> tuple[str, ...]:
    """The lines right over the annex that name a year: its title, and another below it."""
    first = next((i for i, b in enumerate(texts) if any(x.values and is_known_label(x.label) for x in _lines([b]))), 0)
    over = [b.text for b in texts[max(first - _OVER, 0) : first] if not isinstance(b, Table)]
    return tuple(
        text for text in over if len(text) <= LONGEST and "。" not in text and years_in(text) and _TITLE.search(text)
    )


def _without_unit(line: AnnexRow, width: int) -> AnnexRow:
    """A line of dashes without those that stand where its unit would."""
    return replace(line, values=dict(enumerate(list(line.values.values())[-width:])))


def _header(text: str) -> list[str]:
    """The headers of the columns of numbers in a line that is the annex's head: 统计指标 单位 统计数."""
    tokens = text.split()
    table = form_table()
    names = {key(s) for label in table.columns for s in label.spellings}
    aside = {key(h) for h in table.headings} - names
    if len(text) > LONGEST or not any(key(token) in aside for token in tokens):
        return []
    return [token for token in tokens if key(token) not in aside]


def _lines(blocks: Sequence[Block]) -> Iterator[AnnexRow]:
    pending: list[str] = []
    for block in blocks:
        text = "" if isinstance(block, Table) else block.text
        for part in text.split("\n"):
            if is_page_number(part.strip()) or not part.strip():
                continue
            if len(part) > LONGEST:
                pending = []
                continue
            confidence = block.confidence if isinstance(block, Paragraph) else None
            words, unit, values = _parts(part, block.locator, confidence)
            if pending and not _goes_on(pending, words, bool(values)):
                yield _line(pending, None, [], block.locator)
                pending = []
            pending += [words] if words else []
            if values and pending:
                yield _line(pending, unit, values, block.locator)
                pending = []


def _goes_on(pending: Sequence[str], words: str, ends: bool) -> bool:
    """Tell whether words belong to the label begun before them: alone they are none, or together they are one."""
    if not words:
        return True
    before = "".join(pending)
    if is_known_label(before + words):
        return True
    return not (
        is_known_label(before)
        or is_known_label(words)
        or len(pending) >= LABEL_LINES
        or (ends and not own_words(words))
    )


def _line(labels: Sequence[str], unit: str | None, values: Sequence[Value], locator: str) -> AnnexRow:
    label = "".join(labels)
    return AnnexRow((label,), label, dict(enumerate(values)), unit, locator)


def _glued(tokens: Sequence[str]) -> tuple[str, str] | None:
    """The last token as the end of a known label and the number that sticks to it: 收到申请数：486件."""
    match = _GLUED.match(tokens[-1]) if tokens else None
    if match is None or read_cell(match[2]).kind != "number" or not is_known_label("".join([*tokens[:-1], match[1]])):
        return None
    return match[1], match[2]


def _parts(text: str, locator: str, confidence: float | None) -> tuple[str, str | None, list[Value]]:
    """A line as words, unit and the numbers at its end. A running number before the words is none of them."""
    tokens = text.split()
    end = len(tokens)
    while end and tokens[end - 1] not in UNITS and read_cell(tokens[end - 1]).kind in ("number", "mark"):
        end -= 1
    if end == len(tokens) and (glued := _glued(tokens)):
        tokens = [*tokens[:-1], *glued]
    values = [Value(t, read_cell(t), locator=locator, confidence=confidence) for t in tokens[end:]]
    unit = tokens[end - 1] if end and tokens[end - 1] in UNITS else None
    words = tokens[: end - 1] if unit else tokens[:end]
    if len(words) > 1 and words[0].isdecimal():
        words = words[1:]
    return "".join(words), unit, values
