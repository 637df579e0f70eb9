"""Accounts for what is printed over a table without rules: each column once, and nothing that could make it another table.

Nothing tells under which of its words a number of such a table stands. So its heads must be the form's, all of them, in the
form's order, and no other word may stand between them: a header of another year, a strange one, a unit in hundreds. They may
be broken over lines (`结果维 结果纠` over `持 正`): what counts is that their signs are there, as often as those of the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from unicodedata import normalize

from expectations.forms import FormTable, Label
from pipelines.parse.labels import annual_forms, full_key
from pipelines.parse.report import Fact
from pipelines.parse.table_reading import TableReading, is_loose
from pipelines.read.document import Block, Table

#: A head has no more lines than this.
_MOST_LINES = 40
#: A table of so few rows has its heads between them, too: the procedures of section 4.
_FEW_ROWS = 3
#: The rest of a label on a line below its numbers is no longer.
_LONGEST_PIECE = 8
#: Words over a table that say nothing of its columns.
_BESIDE = re.compile(
    r"[（(]?(?:续[上前]?表|接上[页表]|单位\s*[:：]\s*[件条项个份、，/]{1,6}(?=[\s）)]|$))[）)]?|表\s?\d(?!\d年)"
)
_FILLERS = Counter("一二三四项目类别序号信息内容指标名称情况年度表第")
_SENTENCE = re.compile(r"。|\d[件条次人]")
#: Numbers, and a sign for nothing, that stand by themselves or behind a label.
_NUMBERS = re.compile(r"(?:(?<=\s)|(?<=[一-鿿)])|^)\d[\d,.]*(?=\s|$)|(?<=\s)(?:无|一)(?=\s|$)")


def doubt(reading: TableReading, lines: Sequence[Block], table: FormTable, year: int | None) -> None:
    """Say of a table in lines of text that a head lacks, stands elsewhere, or is none of the form's."""
    loose = [fact for fact in reading.facts if is_loose(fact)]
    if table.layout != "matrix" or not loose:
        return
    head = _head(lines, loose, table, year)
    first = next((row for row in table.rows if row.code == loose[0].row), None)
    why = _unaccounted("".join(head), table, first) or _elsewhere(head, table, loose)
    if why:
        reading.is_open = True
        reading.doubt("columns_in_order", "", why)


def _head(lines: Sequence[Block], loose: Sequence[Fact], table: FormTable, year: int | None) -> list[str]:
    """The lines from behind the last sentence to the first numbers, or to the last of few rows, without numbers."""
    first = _block_of([fact for fact in loose if fact.row == loose[0].row], lines)
    last = _block_of([fact for fact in loose if fact.row == loose[-1].row], lines)
    end = 1 + (max(first, last) if len(table.rows) <= _FEW_ROWS else first)
    if len(table.rows) <= _FEW_ROWS and end < len(lines) and len(_text(lines[end])) <= _LONGEST_PIECE:
        end += 1  # 起诉）: the rest of the last row's label
    start = next((i + 1 for i in range(first - 1, -1, -1) if _SENTENCE.search(_text(lines[i]))), 0)
    this_year = re.compile(rf"(?<!\d)(?:(?<=表\d))?{year}年") if year else None
    texts = [normalize("NFKC", _text(block)) for block in lines[max(start, first - _MOST_LINES) : end]]
    texts = [_NUMBERS.sub(" ", _BESIDE.sub(" ", text)) for text in texts]
    return [this_year.sub(" ", text) for text in texts] if this_year else texts


def _block_of(row: Sequence[Fact], lines: Sequence[Block]) -> int:
    """The block that a row of numbers stands in: all lines of a page have one place, so the numbers tell the line."""
    place = row[0].locator.partition(" row ")[0]
    here = [i for i, block in enumerate(lines) if block.locator == place]
    numbers = " ".join(fact.raw for fact in row[1:])  # the first may be stuck to its label
    found = [i for i in here if f" {numbers} " in f" {' '.join(_text(lines[i]).split())} "]
    alone = [i for i in here if _text(lines[i]).strip() == row[0].raw]
    return next(iter([*found, *alone, *here]), 0)


def _text(block: Block) -> str:
    return " ".join(cell.text for cell in block.cells()) if isinstance(block, Table) else block.text


# --- the signs


def _unaccounted(head: str, table: FormTable, first: Label | None) -> str | None:
    """Why the signs of a head are not those of the form's, each column as often as the others; None where they are."""
    text = full_key(head)
    for phrase in _phrases(table.section):
        text = text.replace(phrase, "")
    text, _ = _without_phrases(text, [Label(h, (h,)) for h in table.headings])
    text, counts = _without_phrases(text, table.columns)
    rows = table.rows if len(table.rows) <= _FEW_ROWS else ()
    text, named = _without_phrases(text, rows)
    signs = Counter(text)
    _take(signs, [Label(h, (h,)) for h in table.headings if h not in head], {}, once=True)
    _take(signs, table.columns, counts)
    if not any(counts.values()):
        return None
    _take(signs, rows, named)
    lacking = [c.official for c in table.columns if counts.get(c.code, 0) < max(counts.values())]
    lacking += [r.official for r in rows if named and not named.get(r.code)]
    if lacking:
        return f"no words over the numbers are {lacking[0]!r}"
    strange = signs - _others(table, first)
    return f"the words over the numbers are not only the form's: {''.join(strange)!r}" if strange else None


def _without_phrases(text: str, labels: Sequence[Label]) -> tuple[str, dict[str, int]]:
    """A text without the official labels in it, and how often each stood there."""
    counts: dict[str, int] = {}
    for label in sorted(labels, key=lambda each: -len(each.official)):
        phrase = full_key(label.official)
        if found := text.count(phrase):
            counts[label.code] = found
            text = text.replace(phrase, "")
    return text, counts


def _take(signs: Counter[str], labels: Sequence[Label], counts: dict[str, int], once: bool = False) -> None:
    """Take labels out of signs as often as these hold all of theirs: other spellings only where the official is not there."""
    for label in sorted(labels, key=lambda each: -len(each.official)):
        for spelling in sorted(map(full_key, label.spellings), key=lambda s: (s != full_key(label.official), -len(s))):
            if counts.get(label.code) and spelling != full_key(label.official):
                continue
            own = Counter(spelling)
            times = min((signs[sign] // n for sign, n in own.items()), default=0)
            for _ in range(min(times, 1) if once else times):
                signs -= own
            if times:
                counts[label.code] = counts.get(label.code, 0) + times


def _others(table: FormTable, first: Label | None) -> Counter[str]:
    """The signs of what may stand there besides: the first row's label with its groups, the note, fillers."""
    texts = [table.note or "", *table.headings, *(s for group in table.groups for s in group.spellings)]
    signs = sum((Counter(full_key(text)) for text in texts), Counter(_FILLERS))
    own: Counter[str] = Counter()
    for spelling in first.spellings if first is not None else ():
        own |= Counter(full_key(spelling))
    return signs + own


@cache
def _phrases(section: int | None) -> tuple[str, ...]:
    """The titles of a section and the notes, as they may stand over its table, longest first."""
    titles = {s for form in annual_forms() for s in form.sections[section].spellings} if section else set()
    notes = {table.note for form in annual_forms() for table in form.tables.values() if table.note}
    return tuple(sorted((full_key(text) for text in titles | notes), key=lambda text: (-len(text), text)))


# --- the order


def _elsewhere(head: Sequence[str], table: FormTable, loose: Sequence[Fact]) -> str | None:
    """Why the heads do not stand in the form's order; None where they do, or where the numbers were read by another one."""
    order = [column.code for column in table.columns]
    codes = [fact.column for fact in loose if fact.row == loose[0].row]
    if codes != [code for code in order if code in codes]:
        return None
    fixed = {column.code for column in table.columns if not column.under}
    lines = [_named(line, table) for line in head]
    if len(fixed) < len(order):
        mixed = [line for line in lines if fixed & set(line) and set(line) - fixed]
        if any(set(line) != set(order) for line in mixed):
            return "a header of all applicants stands among those of the organisations"
        lines = [[c for c in line if (c in fixed) == is_fixed] for line in lines for is_fixed in (True, False)]
    for line in lines:
        if line and not _is_repeated(line, order):
            return f"the headers stand in another order: {', '.join(line)}"
    return None


def _is_repeated(line: Sequence[str], order: Sequence[str]) -> bool:
    """Tell whether a line names columns in the form's order, once or (over each procedure) several times."""
    once = list(dict.fromkeys(line))
    return once == [code for code in order if code in once] and list(line) == once * (len(line) // len(once))


def _named(line: str, table: FormTable) -> list[str]:
    """The columns of which a line has the beginning of the label, in its order."""
    text = full_key(line)
    for phrase in (*_phrases(table.section), *map(full_key, table.headings)):
        text = text.replace(phrase, "|")
    beginnings = _beginnings(table.columns, "".join((*table.headings, table.note or "", *_phrases(table.section))))
    found = re.finditer("|".join(sorted(beginnings, key=len, reverse=True)), text)
    return [beginnings[match[0]] for match in found]


def _beginnings(columns: Sequence[Label], others: str) -> dict[str, str]:
    """The beginnings of official labels that tell a column; one sign only where it stands in nothing else."""
    made = {label.official[:n]: label.code for label in columns for n in range(1, len(label.official) + 1)}
    spellings = {label.code: full_key("".join(label.spellings)) for label in columns}
    return {
        piece: code
        for piece, code in made.items()
        if sum(label.official.startswith(piece) for label in columns) == 1
        and (len(piece) > 1 or not any(piece in text for c, text in spellings.items() if c != code))
        and (len(piece) > 1 or piece not in others)
    }
