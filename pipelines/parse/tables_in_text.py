"""Tables that lost their rules: lines of labels and numbers in running text → rows, by the run of numbers.

What a PDF converter or OCR leaves of a statutory table: a label over several lines, its numbers behind, before or in
the midst of it, or one number a line. The runs of numbers are the rows; the text around each run is its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from expectations.forms import FormTable
from pipelines.parse.labelled_rows import Row, Value
from pipelines.parse.labels import Lexicon, is_numbered, key
from pipelines.parse.numbers import read_cell
from pipelines.parse.row_codes import best_monotone
from pipelines.read.document import Block, Cell, Paragraph, Table
from pipelines.read.furniture import is_page_number

#: Words around a run are taken for a spelling when their similarity (0-100) is at least this.
NEAR_IN_TEXT = 75.0
#: How many lines a label may be broken over.
LABEL_LINES = 8
#: No table has more numbers than this; a longer run is no table, and to look for a page number in it would take long.
LONGEST_RUN = 400
#: No section has more rows of numbers than this; text that has is no table, and to compare it with labels would take long.
MOST_ROWS = 300
#: What stands beside a table and is no label: 单位：件, 续表.
_BESIDE = re.compile(
    r"^[（(]?(?:续[上前]?表|接上[页表]|转下页|见下页|单位\s*[:：]\s*[件条项个份万元、，/]{1,6})[）)]?$"
)
#: A numbered row behind the groups that it is in, on one line.
_GROUPS = re.compile(
    r"^(?:[一二三四]\s*[、.．][^\d（）()]{2,14})?(?:[（(][一二三四五六七][)）][^\d（）()]{0,10})?(?P<rest>(?:\d[.．、]|[（(][一二三四五六七][)）]).+)$"
)
_GLUED = re.compile(r"^(.*[一-鿿”）)])(\d[\d,.]*)$")


@dataclass(slots=True)
class NumberRun:
    """Consecutive numbers and the lines of text before and after them, nearest last and first.

    `own` is the text before them on the same line, "" where they stand alone: if it is a label, it is theirs.
    """

    values: list[Value]
    locator: str
    own: str = ""
    before: list[str] = field(default_factory=list)
    #: The text before a lone number that stands before `before`: the number may be a page's that cuts a label.
    beyond: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    @property
    def is_of_grid(self) -> bool:
        """Tell whether it is a row of a table that was read as one: its groups were cells of their own there."""
        return " row " in self.locator


def runs(blocks: Sequence[Block], least: int) -> list[NumberRun]:
    """The runs of numbers. In a line that has words too, fewer than `least` numbers together are part of the words.

    Tables count as lines too, a row each: converters leave half a row in a table and its label beside it.
    """
    found: list[NumberRun] = []
    words: list[str] = []
    was_number = False
    for line, locator, confidence in _lines(blocks):
        if is_page_number(line.strip()) or _BESIDE.match(line.strip()):
            continue
        pieces = _pieces(line, least)
        own = pieces[0][0] if len(pieces) == 2 else ""
        for text, tokens in pieces:
            values = [value._replace(locator=locator, confidence=confidence) for value in tokens]
            if values and was_number:
                found[-1].values += values
            elif values:
                beyond = found[-1].before if found and len(found[-1].values) == 1 and words else []
                found.append(NumberRun(values, locator, own, before=words[-LABEL_LINES:], beyond=beyond))
                words = []
            if text:
                words.append(text)
                # A text with numbers behind it on its line is theirs, and no rest of the label before.
                is_theirs = text == own and bool(found) and not found[-1].is_of_grid
                if found and len(found[-1].after) < LABEL_LINES and not is_theirs:
                    found[-1].after.append(text)
            was_number = bool(values)
    return found


def _lines(blocks: Sequence[Block]) -> Iterator[tuple[str, str, float | None]]:
    """Every line of text and every row of a table, with where it stands, and how sure OCR is of it, if it read it."""
    for block in blocks:
        if isinstance(block, Table):
            for i in range(block.height):
                own = [c for c in block.grid[i] if c is not None and c.row == i]
                # A group over several rows before a blank label is no label of this one.
                cells = [c.text for c, behind in zip_longest(own, own[1:]) if not _is_group(c, behind)]
                text = " ".join(dict.fromkeys(cells) if len(set(cells)) == 1 else cells)
                sure = min((c.confidence for c in own if c.confidence is not None), default=None)
                yield text, f"{block.locator} row {i}", sure
        else:
            yield block.text, block.locator, block.confidence if isinstance(block, Paragraph) else None


def _is_group(cell: Cell, behind: Cell | None) -> bool:
    return cell.rowspan > 1 and behind is not None and not behind.text


def _pieces(line: str, least: int) -> list[tuple[str, list[Value]]]:
    """A line as pieces of text and of values, in order; each piece is (text, []) or ("", values)."""
    tokens = _tokens(line)
    pieces: list[tuple[str, list[Value]]] = []
    for token in tokens:
        reading = read_cell(token)
        if reading.kind in ("number", "mark") and (reading.unit is None or (len(tokens) == 1 and "元" in reading.unit)):
            if pieces and pieces[-1][1]:
                pieces[-1][1].append(Value(token, reading))
            else:
                pieces.append(("", [Value(token, reading)]))
        elif pieces and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + token, [])
        else:
            pieces.append((token, []))
    if len(pieces) > 1 and any(not text and len(values) < least for text, values in pieces):
        return _short_runs_are_words(pieces, least)
    return pieces


def _tokens(line: str) -> list[str]:
    """Words of a line; a number stuck to the end of a label is a word of its own where more numbers follow."""
    tokens = line.split()
    for i, token in enumerate(tokens[:-1]):
        glued = _GLUED.match(token)
        if glued and read_cell(tokens[i + 1]).kind == "number":
            return [*tokens[:i], glued[1], glued[2], *tokens[i + 1 :]]
    return tokens


def _short_runs_are_words(pieces: list[tuple[str, list[Value]]], least: int) -> list[tuple[str, list[Value]]]:
    kept: list[tuple[str, list[Value]]] = []
    for text, values in pieces:
        if values and len(values) >= least:
            kept.append((text, values))
            continue
        words = text or " ".join(v.raw for v in values)
        if kept and not kept[-1][1]:
            kept[-1] = (kept[-1][0] + words, [])
        else:
            kept.append((words, []))
    return kept


def split_runs(found: Sequence[NumberRun], width: int) -> list[NumberRun]:
    """Runs of several rows cut into rows of `width`. A run that does not divide keeps its length: it is in doubt.

    One number too many in a run of several lines is a page number that stayed; it is dropped only where the last
    number of every row is then the sum of the others, so the form's arithmetic vouches for the cut.
    """
    cut: list[NumberRun] = []
    for run in found:
        values = _with_glued(run, width)
        if len(values) > width and len(values) % width == 1:
            values = _without_page_number(values, width) or values
        if len(values) % width or len(values) == width:
            cut.append(NumberRun(values, run.locator, run.own, run.before, run.beyond, run.after))
            continue
        rows = [values[k : k + width] for k in range(0, len(values), width)]
        for k, row in enumerate(rows):
            first, last = k == 0, k == len(rows) - 1
            before, after = run.before if first else [], run.after if last else []
            beyond = run.beyond if first else []
            cut.append(NumberRun(row, run.locator, run.own if first else "", before, beyond, after))
    return cut


def _halves_joined(found: Sequence[NumberRun], width: int, lexicon: Lexicon) -> list[NumberRun]:
    """The runs, two as one where a line that is no label stands in the midst of a row, and the row's sum bears it out."""
    joined: list[NumberRun] = []
    for run in found:
        last = joined[-1] if joined else None
        if last is not None and _are_halves(last, run, width, lexicon):
            joined[-1] = NumberRun(
                [*last.values, *run.values], last.locator, last.own, last.before, last.beyond, run.after
            )
        else:
            joined.append(run)
    return joined


def _are_halves(one: NumberRun, other: NumberRun, width: int, lexicon: Lexicon) -> bool:
    rest = len(one.values) % width
    if rest == 0 or rest + len(other.values) % width != width or len(one.values) > LONGEST_RUN:
        return False
    between = other.before
    if len(between) != 1 or is_numbered(between[0]) or lexicon.code(between[0]) or label_scores(other, lexicon):
        return False
    values = [*one.values[-rest:], *other.values[: width - rest]]
    return adds_up(values) and any(value.reading.value for value in values)


def _with_glued(run: NumberRun, width: int) -> list[Value]:
    """The numbers of a run; where one is lacking, with the one stuck to the label before, if the sum then holds."""
    glued = _GLUED.match(run.before[-1]) if run.before and len(run.values) == width - 1 else None
    if glued is None:
        return run.values
    whole = [run.values[0]._replace(raw=glued[2], reading=read_cell(glued[2])), *run.values]
    return whole if adds_up(whole) else run.values


def _without_page_number(values: list[Value], width: int) -> list[Value] | None:
    fitting = []
    for k in range(len(values) if len(values) <= LONGEST_RUN else 0):
        rest = values[:k] + values[k + 1 :]
        if all(adds_up(rest[i : i + width]) for i in range(0, len(rest), width)):
            fitting.append(rest)
    readings = {tuple(v.raw for v in rest) for rest in fitting}
    return fitting[0] if len(readings) == 1 else None


def adds_up(row: Sequence[Value]) -> bool:
    """Tell whether the last number of a row is the sum of the others."""
    numbers = [v.reading.value for v in row]
    return numbers[-1] is not None and sum(n for n in numbers[:-1] if n is not None) == numbers[-1]


class TextRow(NamedTuple):
    """A row in running text: its code by the labels taken in order, and all codes whose label is near it.

    `own` is the code of the label on the row's own line, None where there is none or it is not a known spelling.
    """

    row: Row
    code: str | None
    near: frozenset[str]
    own: str | None
    #: The text before the numbers on their line, "" for none, and the lines of text around the row.
    words: str = ""
    around: tuple[str, ...] = ()


def rows(blocks: Sequence[Block], table: FormTable, lexicon: Lexicon, width: int) -> list[TextRow]:
    """The rows of a matrix with `width` columns: labels all before (or around) their numbers, or all behind them."""
    found = split_runs(_halves_joined(runs(blocks, max(width // 2, 2)), width, lexicon), width)
    if not found or len(found) > MOST_ROWS:
        return []
    order = [row.code for row in table.rows]
    before = [_of_width(label_scores(run, lexicon), run, width) for run in found]
    behind = [_of_width(label_scores(run, lexicon, trailing=True), run, width) for run in found]
    by_before, by_behind = best_monotone(before, order), best_monotone(behind, order)
    trailing = by_behind[1] > by_before[1]
    codes = by_behind[0] if trailing else by_before[0]
    return [
        TextRow(
            as_row(run, trailing),
            code,
            frozenset({*one, *two}),
            _known(run.own, run, lexicon) if run.own else None,
            run.own,
            (*run.before, *run.after),
        )
        for run, code, one, two in zip(found, codes, before, behind, strict=True)
    ]


def _of_width(scores: dict[str, float], run: NumberRun, width: int) -> dict[str, float]:
    """The scores of a run; one of another length than a row yields a label to a whole row beside it."""
    return (
        scores if len(run.values) == width or run.is_of_grid else {code: score * 0.8 for code, score in scores.items()}
    )


def as_row(run: NumberRun, trailing: bool = False) -> Row:
    """A run as a row, with the text next to it as its label."""
    label = "".join(run.after[:1] if trailing else run.before[-2:])
    return Row((label,) if label else (), label, run.values, run.locator)


def label_scores(run: NumberRun, lexicon: Lexicon, trailing: bool = False) -> dict[str, float]:
    """Tell how well each code's label fits the text around a run: before it or around it, or (`trailing`) after it."""
    scores: dict[str, float] = {}
    for text, weight in _candidates(run, trailing):
        bare = key(text)
        code = _known(text, run, lexicon)
        if code:
            scores[code] = max(scores.get(code, 0.0), weight * (100.0 + min(len(bare), 20)))
        elif len(bare) >= 4:
            for other, score in lexicon.alike(bare, NEAR_IN_TEXT).items():
                scores[other] = max(scores.get(other, 0.0), weight * score)
    for text in [] if run.is_of_grid else [*_cut_by_a_number(run), *_cut_by_a_line(run)]:
        if code := _known(text, run, lexicon):
            scores[code] = max(scores.get(code, 0.0), 99.0)
    return scores


def _known(text: str, run: NumberRun, lexicon: Lexicon) -> str | None:
    """The code of a known spelling, alone or (in a line) behind the groups that it is in: （三）不予公开 1.属于国家秘密."""
    match = None if run.is_of_grid else _GROUPS.match(text)
    return lexicon.known(text) or (lexicon.known(match["rest"]) if match else None)


def _cut_by_a_number(run: NumberRun) -> list[str]:
    """The texts around a lone number before a run: as one they may be its label, which the number of a page cut."""
    return [
        "".join(run.beyond[-k:] + run.before[:m]) for k in (1, 2) for m in range(1, len(run.before) + 1) if run.beyond
    ]


def _cut_by_a_line(run: NumberRun) -> list[str]:
    """The texts around one line before a run: as one they may be its label, which a running head cut."""
    count = len(run.before)
    return [
        "".join(run.before[i:k] + run.before[k + 1 :]) for k in range(1, count - 1) for i in range(max(k - 3, 0), k)
    ]


def _candidates(run: NumberRun, trailing: bool) -> list[tuple[str, float]]:
    """Texts that may be the label of a run, with weights: whole before broken, nearest lines first."""
    if trailing:
        return [("".join(run.after[:k]), 1.0) for k in range(1, LABEL_LINES + 1) if len(run.after) >= k]
    before = [("".join(run.before[-k:]), 1.0) for k in range(1, LABEL_LINES + 1) if len(run.before) >= k]
    around = [
        ("".join(run.before[-k:]) + "".join(run.after[:m]), 0.99)
        for k in range(1, 4)
        for m in range(1, 4)
        if len(run.before) >= k and len(run.after) >= m
    ]
    return before + around
