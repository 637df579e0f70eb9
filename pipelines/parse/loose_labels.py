"""Tells whether the words around a row of loose numbers bear out the row that it is taken for.

The sums of a form hold for every order of its rows, so in lines of text the label alone tells them apart. It may be broken
over lines, with pieces of a group's label between them. But it must be whole, and nothing may stand there that belongs to no
label: `1.不属于国家秘` … `密` is not 属于国家秘密.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from expectations.forms import Label
from pipelines.parse.labels import Lexicon, annual_forms, full_key, key
from pipelines.parse.tables_in_text import TextRow

#: Words around a row that say nothing of it.
_BESIDE = Counter("续表单位件项年度接上页")
#: The number of a label, without its punctuation.
_NUMERALS = "0123456789一二三四五六七"
#: Words that turn the label behind them into another.
_TURNS = ("不", "不予", "未", "非", "无", "上年", "累计")
#: No label of a row stands farther from its numbers than so many signs.
_LONGEST = 200


def borne_out(
    found: Sequence[TextRow], codes: Sequence[str | None], labels: Sequence[Label], lexicon: Lexicon
) -> list[bool]:
    """For each row, whether its label is the one of its code: on its own line, or whole in the words around it."""
    by_code = {label.code: label for label in labels}
    whole = [_spelling(row, by_code[code]) if code in by_code else "" for row, code in zip(found, codes, strict=True)]
    sure = [
        code is None
        or _is_own(row, code, lexicon)
        or _is_whole(row, whole[max(i - 1, 0) : i + 2], whole[i], _around() + _heads() if i == 0 else _around())
        for i, (row, code) in enumerate(zip(found, codes, strict=True))
    ]
    return [ok and not _is_of_a_group(i, codes, whole, by_code) for i, ok in enumerate(sure)]


def _is_of_a_group(i: int, codes: Sequence[str | None], whole: Sequence[str], labels: Mapping[str, Label]) -> bool:
    """Tell whether a row's label is a group's, too, and the row below has none: both may be rows of the group."""
    label = labels.get(codes[i] or "")
    if label is None or i + 1 == len(codes) or not {full_key(s) for s in label.spellings} & set(_group_names()):
        return False
    return codes[i + 1] is None or not whole[i + 1]


def _is_own(row: TextRow, code: str, lexicon: Lexicon) -> bool:
    return (row.own or (lexicon.code(row.words) if row.words else None)) == code


def _is_whole(row: TextRow, near: Iterable[str], own: str, others: Counter[str]) -> bool:
    """Tell whether a label is whole in the words around a row, and all of these are of it, of its neighbours' or of others."""
    if not own or row.own is not None or _is_changed(full_key(row.words), own):
        return False
    words, beginning = _plain(row.around), own.lstrip(_NUMERALS)[:2]
    if any(turn + beginning in words for turn in _TURNS):
        return False  # 4.不保护第三方: the sign stands in the label of a group, too
    rest = Counter(words)
    for text in near:
        rest -= Counter(text)
    return not rest - others


def _is_changed(words: str, own: str) -> bool:
    """Tell whether a whole label on the line of its numbers has other words beside it than pieces of a group's label."""
    spelling = own.lstrip(_NUMERALS) if own not in words else own
    if spelling not in words:
        return not _is_in(words, own) and _is_in(own, words)
    before, _, behind = words.partition(spelling)
    return before.endswith(_TURNS) or not all(_is_of_groups(part) for part in (before, behind))


def _is_of_groups(words: str) -> bool:
    """Tell whether words are pieces of the labels of groups."""
    while words:
        piece = next((words[:n] for n in range(len(words), 0, -1) if any(words[:n] in g for g in _group_names())), "")
        if not piece:
            return False
        words = words[len(piece) :]
    return True


def _spelling(row: TextRow, label: Label) -> str:
    """The longest spelling of a label whose signs stand in the words around a row in their order; "" for none."""
    words = _plain(row.around)
    spellings = sorted(
        {full_key(s) for s in label.spellings} | {key(s) for s in label.spellings}, key=len, reverse=True
    )
    return next((s for s in spellings if s and _is_in(s, words)), "")


def _is_in(label: str, words: str) -> bool:
    """Tell whether the signs of a label stand in words in their order, with others between them."""
    rest = iter(words)
    return all(sign in rest for sign in label)


def _plain(lines: Sequence[str]) -> str:
    """The words around a row, without sentences and captions: `pipelines.parse.loose_heads` looks at these."""
    kept = [line for line in lines if "。" not in line and not any(title in full_key(line) for title in _titles())]
    return full_key("".join(kept))[-_LONGEST:]


@cache
def _around() -> Counter[str]:
    """The signs of all labels of groups: a converter strews them over the rows."""
    return sum((Counter(name) for name in _group_names()), Counter(_BESIDE))


@cache
def _group_names() -> tuple[str, ...]:
    groups = [group for form in annual_forms() for group in form.tables["requests"].groups]
    return tuple(full_key(s) for group in groups for s in group.spellings)


@cache
def _titles() -> tuple[str, ...]:
    return tuple({full_key(s) for form in annual_forms() for s in form.sections[3].spellings})


@cache
def _heads() -> Counter[str]:
    """The signs of what stands over the first row: see `pipelines.parse.loose_heads` for what is missing there."""
    tables = [form.tables["requests"] for form in annual_forms()]
    texts = [s for table in tables for column in table.columns for s in column.spellings]
    texts += [text for table in tables for text in (*table.headings, table.note or "")]
    return sum((Counter(full_key(text)) for text in dict.fromkeys(texts)), Counter())
