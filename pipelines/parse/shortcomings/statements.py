"""The statements of section 5: each problem and each promise as a stretch of the text, with where it stands.

The tree of lists is walked from left to right. What a stretch is depends on the words that announced it (`cues`); a list
inherits the mode of its lead-in, an item can turn from its problem to the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.parse.shortcomings.cues import (
    COMMITMENT,
    PAST,
    PROBLEM,
    UNSET,
    cue,
    is_bare_heading,
    lacking,
    nothing,
    promising,
)
from pipelines.parse.shortcomings.enumeration import LABELLED, Enumeration, Item, outline, split
from pipelines.parse.shortcomings.reading_state import Statement, Walk
from pipelines.parse.shortcomings.sentences import Stretch, paragraph_end, sentences, trim
from pipelines.parse.shortcomings.unmarked import prose


def statements(text: str, year: int | None = None) -> list[Statement]:
    """The problems and promises of a text in order. `year` is the year that the report is about."""
    walk = Walk(text, year)
    if not nothing(text):
        _block(walk, 0, len(text), outline(text), ())
    return walk.found


def _block(walk: Walk, start: int, end: int, lists: Sequence[Enumeration], path: tuple[int, ...]) -> None:
    """Text with lists in it."""
    waiting = list(lists)
    while waiting:
        found = waiting.pop(0)
        prose(walk, start, found.start, path, before_list=found.items[0].mark.number != 2)
        waiting[:0] = _settle(walk, found)
        _list(walk, found, path)
        start = found.end
    prose(walk, start, end, path, before_list=False)


def _settle(walk: Walk, found: Enumeration) -> list[Enumeration]:
    """End a list's last item where the text goes on without the list; returns the lists that stand behind that.

    The last item ends at the turn to another mode where no item before it turns, and with its paragraph where no item
    before it has several.
    """
    last = found.items[-1]
    others = found.items[:-1]
    cut = last.end
    if not _is_container(walk, last) and not any(
        paragraph_end(walk.text, item.body, item.end) < item.end for item in others
    ):
        cut = min(cut, paragraph_end(walk.text, last.body, last.end))
    if not others or not any(_turn_of(walk, item) for item in others):
        cut = min(cut, _turn_of(walk, last) or cut)
    return split(last, cut)


def _turn_of(walk: Walk, item: Item) -> int | None:
    """Tell where an item turns from problem to promise or back, behind its first sentence; None where it does not."""
    mode = walk.mode if walk.mode != UNSET else PROBLEM
    for i, (start, end) in enumerate(sentences(walk.text, item.body, item.end)):
        found = walk.cue(start, end, inside=i > 0)
        if i == 0:
            mode = found.mode if found else mode
        elif found and found.mode != mode:
            return start
    return None


def _list(walk: Walk, found: Enumeration, path: tuple[int, ...]) -> None:
    """Every item, each beginning in the mode of the list."""
    mode = _mode_of(walk, found)
    for item in found.items:
        walk.mode = {"problem": PROBLEM, "measure": COMMITMENT}.get(found.style, mode)
        _item(walk, item, (*path, item.start))
    walk.listed = True


def _mode_of(walk: Walk, found: Enumeration) -> str:
    """The mode that the items begin in: as announced; by their own words where a second list was not announced."""
    if walk.mode in (COMMITMENT, PAST) or (walk.mode == PROBLEM and not walk.listed):
        return walk.mode
    said = [walk.text[item.body : item.end] for item in found.items]
    promises = sum(promising(s) for s in said)
    return COMMITMENT if 2 * promises > len(said) else PROBLEM


def _item(walk: Walk, item: Item, path: tuple[int, ...]) -> None:
    """An item: a heading over a part of its own, or a statement that may turn into its answer.

    A list inside a statement is part of it; one that a turn leads to, or whose marks say what it counts, is not.
    """
    if _is_container(walk, item):
        _block(walk, item.body, item.end, item.lists, path)
        return
    mode, begun = walk.mode, item.body
    for piece in _pieces(walk.text, item):
        if isinstance(piece, Enumeration):
            if begun < piece.start and piece.style not in LABELLED:
                continue
            walk.add(mode, begun, piece.start, path, item)
            walk.mode, begun = mode, piece.end
            _list(walk, piece, path)
            continue
        found = walk.cue(*piece, inside=True)
        if found and (found.mode != mode or (piece[0] == item.body and found.content)):
            walk.add(mode, begun, piece[0], path, item)
            # Without a content of its own it leads to what comes next.
            mode, begun = found.mode, piece[1] if found.content is None else piece[0] + found.content
    walk.add(mode, begun, item.end, path, item)


def _pieces(text: str, item: Item) -> Iterator[Stretch | Enumeration]:
    """The sentences and the inner lists of an item in order."""
    start = item.body
    for inner in item.lists:
        yield from sentences(text, start, inner.start)
        yield inner
        start = inner.end
    yield from sentences(text, start, item.end)


#: What the title of a part ends with: 政策解读方面存在的问题.
_TITLE = re.compile("(?:问题|不足|短板|差距|困难|方面|措施|举措|情况|打算|计划|思路|如下)$")


def _is_container(walk: Walk, item: Item) -> bool:
    """Tell whether an item's first sentence is a heading: 主要问题, or the matter that an inner list speaks of."""
    lines = sentences(walk.text, item.body, item.lists[0].start if item.lists else item.end)
    if not lines:
        return False
    start, end = lines[0]
    head = walk.text[start:end].strip()
    name = re.split("[：:]", head, maxsplit=1)[0].strip("。；; \n")
    found = walk.cue(start, end, inside=False)
    if found and trim(walk.text, start + len(name), item.end)[0] < item.end:
        if is_bare_heading(name) and (found.content is None or len(name) < len(head)):
            return cue(name + "：", walk.year) is not None
        if found.content is None and (_TITLE.search(name) or found.mode in (PAST, UNSET)):
            return True
    directly = bool(item.lists) and not walk.text[end : item.lists[0].start].strip()
    return directly and len(name) <= 14 and not lacking(name) and not promising(name)
