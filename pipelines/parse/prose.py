"""Prose against table, first version: what the sections say of new requests and their applicants.

A difference is reported, not held against the facts: prose often speaks of one organ and the table of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from expectations.forms import FormTable, forms
from expectations.identities import Number
from pipelines.parse.numbers import read_cell
from pipelines.parse.report import Check, Fact, Section

_SENTENCE_END = re.compile(r"[。；;]")
_RECEIPT = ("新收", "收到", "受理", "接收")
_NEGATED = re.compile(r"上年|上一年|结转|累计|比|同比")
_TOTAL = re.compile(r"(?:新收|收到|受理|接收)[^\d，。；;、,]{0,16}?申请[^\d，。；;、,]{0,6}?(\d[\d,]*)\s*[件宗条]")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A pattern for each applicant column that has a name of its own in prose."""
    table = forms()["2021"].tables["requests"]
    found = []
    for column in table.columns:
        if column.code in ("total", "other_org"):
            continue
        names = "|".join(re.escape(s) for s in column.spellings if len(s) > 2)
        found.append((column.code, re.compile(rf"(?:{names})[^\d，。；;、,]{{0,8}}?(\d[\d,]*)\s*[件宗]")))
    return tuple(found)


def checks(sections: Sequence[Section], facts: Sequence[Fact], table: FormTable) -> list[Check]:
    """Compare the sentences about new requests with rows 一 and 二. Not testable where prose or cell is silent."""
    cells = {(f.row, f.column): f.value for f in facts if f.table == "requests"}
    said = _said(sections)
    return [_check(column.code, said.get(column.code), cells) for column in table.columns if column.code != "other_org"]


def _said(sections: Sequence[Section]) -> dict[str, Number]:
    """The first number that the sections give for each applicant column."""
    said: dict[str, Number] = {}
    for section in sections:
        if section.number not in (1, 3):
            continue
        for sentence in _sentences(section.text):
            total = _TOTAL.search(sentence)
            if total and not _NEGATED.search(sentence[: total.start()]):
                said.setdefault("total", _value(total[1]))
            for column, pattern in _kinds():
                match = pattern.search(sentence)
                if match:
                    said.setdefault(column, _value(match[1]))
    return said


def _sentences(text: str) -> Iterable[str]:
    """The sentences that may tell of new requests; line ends within a sentence are a converter's."""
    for sentence in _SENTENCE_END.split(text.replace("\n", "")):
        if "申请" in sentence and any(word in sentence for word in _RECEIPT):
            yield sentence


def _value(digits: str) -> Number:
    value = read_cell(digits.replace(",", "")).value
    return value if value is not None else 0


def _check(column: str, said: Number | None, cells: dict[tuple[str, str], Number | None]) -> Check:
    code = "requests.prose_received"
    printed = cells.get(("received_new", column))
    if said is None or printed is None:
        return Check("prose", code, column, "not_testable", "the prose or the table gives no number", said, printed)
    carried = cells.get(("carried_in", column)) or 0
    agrees = said in (printed, printed + carried)
    right = printed + carried if said == printed + carried else printed
    sentence = "the prose agrees with the table" if agrees else f"the prose says {said}, the table {printed}"
    return Check("prose", code, column, "holds" if agrees else "fails", sentence, said, right)
