"""The scripts that stand in a page: their text, the values that they set, and the addresses that they join.

Belongs here: what can be read of a script without running it. Does not belong here: what a value means (`feeds`,
`families`). In doubt there is no value: an address of which one piece is unknown is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_BEGINS = re.compile(r"<script\b", re.IGNORECASE)
_ENDS = re.compile(r"</script", re.IGNORECASE)
_IS_ELSEWHERE = re.compile(r"\bsrc=", re.IGNORECASE)
_MOST_SCRIPTS = 100
_MOST_SCRIPT = 50_000
_MOST_JOINED = 50
_VALUE = re.compile(
    r"([A-Za-z_$]\w{0,40})\s{0,3}[=:]\s{0,3}(?:\"([^\"\n]{0,200})\"|'([^'\n]{0,200})'|(\d{1,12})(?=\s{0,3}(?:[;,}\n]|//|/\*|$)))"
)
_PIECE = r"(?:\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|[A-Za-z_$][\w$.]{0,40}|\d{1,9})"
_JOINED = re.compile(
    rf"[\"'][^\"'\n]{{1,400}}[\"']\s{{0,3}}\+\s{{0,3}}{_PIECE}(?:\s{{0,3}}\+\s{{0,3}}{_PIECE}){{0,20}}"
)
_PIECES = re.compile(_PIECE)
_TEMPLATE = re.compile(r"`([^`\n]{2,600})`")
_HOLE = re.compile(r"\$\{\s{0,3}([A-Za-z_$][\w$.]{0,40})\s{0,3}\}")
#: Names under which scripts ask for a page: the first one is meant.
PAGE_NAME = re.compile(
    r"^(?:p|n|i|pg|pn|page|pageno|pagenum|pageindex|pagenumber|curr?page|currentpage|cur|curr|current|index|num)$"
)


def scripts_in(source: str) -> str:
    """The text of the scripts that stand in the page itself, as far as any list's is, one after the other."""
    return "\n".join(_scripts(source))


def _scripts(source: str) -> Iterator[str]:
    # By hand and not by an expression, which a page of beginnings without ends would keep busy for minutes.
    for piece in _BEGINS.split(source)[1 : _MOST_SCRIPTS + 1]:
        head, _, text = piece.partition(">")
        if not _IS_ELSEWHERE.search(head[:300]):
            yield _ENDS.split(text[:_MOST_SCRIPT], maxsplit=1)[0]


def values_in(script: str) -> dict[str, str]:
    """The texts and numbers that a script gives names to (`var channelId = "f4e1"`, `SID: '175'`); the first one counts."""
    found: dict[str, str] = {}
    for match in _VALUE.finditer(script):
        text = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1], text)
    return found


def joined_in(script: str, values: Mapping[str, str]) -> Iterator[str]:
    """The texts that a script joins from pieces: `"/search/" + channelId + "?page=" + p`, of the first page."""
    for match in list(_JOINED.finditer(script))[:_MOST_JOINED]:
        pieces = [_piece(piece, values) for piece in _PIECES.findall(match[0])]
        if all(piece is not None for piece in pieces):
            yield "".join(piece or "" for piece in pieces)
    for match in list(_TEMPLATE.finditer(script))[:_MOST_JOINED]:
        holes = {hole: _piece(hole, values) for hole in _HOLE.findall(match[1])}
        filled = _HOLE.sub(lambda m, holes=holes: holes[m[1]] or "", match[1])
        if holes and all(value is not None for value in holes.values()) and "${" not in filled:
            yield filled


def _piece(piece: str, values: Mapping[str, str]) -> str | None:
    if piece[0] in "\"'":
        return piece[1:-1]
    if piece.isdigit():
        return piece
    name = piece.rpartition(".")[2]
    return "1" if PAGE_NAME.match(name.lower()) else values.get(name)
