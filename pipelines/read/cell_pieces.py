"""The text of a table cell that stands in pieces: lines, raised marks, tab stops.

Belongs here: when pieces are one word or number and when they must stay apart. Does not belong here: what they mean.
"""

from __future__ import annotations

import re

from pipelines.read.html import squeeze

#: Stands around text that is set apart from what it stands in: a raised footnote number, a number struck out.
RAISED = "\v"
_BREAK = re.compile("[\n\t\v]")
_WORD = re.compile(r"[一-鿿]")


def joined(text: str) -> str:
    """The text of a cell: lines of a label join; numbers on lines of their own, raised or behind a tab stay apart."""
    if not _BREAK.search(text):
        return squeeze(text)
    pieces = [piece for piece in map(squeeze, _BREAK.split(text)) if piece]
    if len(pieces) < 2:
        return pieces[0] if pieces else ""
    if not _WORD.search(text):
        return "\n".join(pieces)
    whole = pieces[0]
    for piece in pieces[1:]:
        # 12 and 7件 must never become 127件.
        whole += f"\n{piece}" if piece[0].isdigit() and (whole[-1].isdigit() or whole[-1] in ".,，．") else piece
    return whole
