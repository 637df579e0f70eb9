"""Statements without marks: sentences, and the clauses that a sentence lists."""

from __future__ import annotations

import re

from pipelines.parse.shortcomings.cues import COMMITMENT, PROBLEM, UNSET, announces, cue, generic, lacking, promising
from pipelines.parse.shortcomings.reading_state import Walk
from pipelines.parse.shortcomings.sentences import (
    Stretch,
    clauses,
    is_heading,
    is_narrow,
    paragraph_end,
    sentences,
    skip_preamble,
    without_tail,
)


def prose(walk: Walk, start: int, end: int, path: tuple[int, ...], before_list: bool) -> None:
    """Text without marks. What leads to a list in the list's own mode says nothing of its own."""
    mark = len(walk.found)
    for a, b in _units(walk.text, start, end):
        if before_list and b == end and walk.text[a:b].rstrip().endswith(("：", ":")):
            _lead_in(walk, a, b)
        else:
            _sentence(walk, a, b, path)
    if before_list:
        while len(walk.found) > mark and walk.found[-1].mode == walk.mode:
            walk.found.pop()


def _lead_in(walk: Walk, start: int, end: int) -> None:
    """A sentence whose colon announces a list."""
    found = walk.cue(start, end, inside=False)
    if found or lacking(walk.text[start:end]):
        walk.turn(found.mode if found else PROBLEM)
        walk.listed = False


def _units(text: str, start: int, end: int) -> list[Stretch]:
    """Sentences; a heading that tells a shortcoming takes its paragraph with it."""
    found: list[Stretch] = []
    for a, b in sentences(text, start, end):
        if found and a < found[-1][1]:
            continue
        line = text[a:b].rstrip()
        if is_heading(text, a + len(line)) and not is_narrow(text) and not cue(line) and lacking(line):
            found.append((a, paragraph_end(text, b, end)))
        else:
            found.append((a, b))
    return found


def _sentence(walk: Walk, start: int, end: int, path: tuple[int, ...]) -> None:
    found = walk.cue(start, end, inside=False)
    begin: int | None = start
    if found and not (found.mode == PROBLEM and walk.mode == COMMITMENT and promising(walk.text[start:end])):
        if found.mode != walk.mode or found.mode == PROBLEM:
            walk.turn(found.mode)
        walk.listed = False
        begin = None if found.content is None else start + found.content
        walk.told = found.mode == PROBLEM and begin is not None and _is_told(walk.text, start, begin)
        if found.mode == PROBLEM and begin is None:
            walk.told = walk.text[start:end].rstrip().endswith(("：", ":"))
    if begin is not None and not generic(walk.text[begin:end]):
        _take(walk, begin, end, path, announced=found is not None)


def _is_told(text: str, start: int, begin: int) -> bool:
    return begin > start and (text[begin - 1] not in "，," or announces(text[start:begin]))


def _take(walk: Walk, start: int, end: int, path: tuple[int, ...], announced: bool) -> None:
    said = walk.text[start:end]
    mode = walk.mode
    if mode == UNSET:
        mode = COMMITMENT if promising(said) and not walk.found else PROBLEM
    if mode == COMMITMENT and (announced or (_ADDS.match(said.strip()) if walk.listed else _says_more(said))):
        _promise(walk, start, end, path)
    elif mode == PROBLEM and (lacking(said) or walk.told):
        _problems(walk, start, end, path)
    if said.rstrip().endswith("。") or "\n" in said[len(said.rstrip()) :]:
        walk.told = False


#: What stands below the text: who signs, the date, an annex, who is to be asked.
_BELOW = re.compile(r"[^，。；]{0,45}")
_DATED = re.compile(r"(?:20|二[〇○零0])\S{2}\s*年\s*\S{1,3}\s*月|(?:局|委员会|厅|办公室|政府|办事处|公司)$")


def _says_more(said: str) -> bool:
    """Tell whether a sentence among promises is one: not a signature or a date below the text."""
    said = said.strip().rstrip("。")
    below = (_BELOW.fullmatch(said) and _DATED.search(said)) or said.startswith(
        ("附件", "附：", "联系", "电话", "（此件")
    )
    return promising(said) or (not below and len(said) >= _SHORTEST)


#: No promise is shorter.
_SHORTEST = 6
_ADDS = re.compile(r"(?:此外|另外|同时|还将|并将|再)")
#: What a sentence begins with that tells the aim of the promise before it.
_AIM = re.compile(r"(?:确保|力争|力求|真正|从而|以此|以便|使|让|切实(?:做到|保障)|实现|做到)")


def _promise(walk: Walk, start: int, end: int, path: tuple[int, ...]) -> None:
    last = walk.found[-1] if walk.found else None
    if last and last.mode == COMMITMENT and last.style == "" and _AIM.match(walk.text[start:end].strip()):
        walk.found.pop()
        start = last.start
    walk.add(COMMITMENT, *without_tail(walk.text, start, end), path)


def _problems(walk: Walk, start: int, end: int, path: tuple[int, ...]) -> None:
    """One sentence of problems: its clauses where they are listed, and no semicolon lists them already."""
    full_stop = walk.text.find("。", start)
    stretch = walk.text[start : full_stop if full_stop >= 0 else len(walk.text)]
    before = walk.text[max(0, start - 1) : start]
    if not walk.told or "；" in stretch or ";" in stretch or before in ("；", ";"):
        walk.add(PROBLEM, *without_tail(walk.text, skip_preamble(walk.text, start, end), end), path)
        return
    for a, b in clauses(walk.text, start, end):
        begin, stop = without_tail(walk.text, a, b)
        walk.add(PROBLEM, begin, stop, path)
