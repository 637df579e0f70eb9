"""Which government and body an owner's printed name is: 东湖县 below the reporting city, 市住建局 of its own level.

Never a guess: a name that means several divisions, a level (市级) or several organs (各部门) has no code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.bodies.body import Body
from pipelines.bodies.divisions import divisions
from pipelines.bodies.naming import body_of
from pipelines.parse.report import Figure

#: Names of several, or of a level.
_NO_NAME = re.compile(
    r"[、（）]|和|及|与|^各|其他|其余|所属|下属|[省市州县区镇乡村]级|[省市州县区]直|本级|部门|单位$|^(?:乡镇|街道|社区|村)$"
)
#: The reporting level itself: 市政府, 县住建局.
_OWN = re.compile(r"^(?P<level>[省市州县区旗盟])(?P<organ>[一-鿿]{2,})$")
_PLACE = re.compile(r"^(?P<place>[一-鿿]{1,8}?(?:自治县|自治州|[市县区旗州盟省]))(?P<organ>.*)$")


@dataclass(frozen=True, slots=True)
class Owner:
    """Holds who an owner is; None where its name does not tell."""

    code: str | None
    body_id: str | None


_NOBODY = Owner(None, None)


def resolve(figures: Sequence[Figure], body: Body) -> None:
    """Fill in who the owners of a report's figures are. A department that reports is no owner of its own amounts."""
    if body.kind == "department":
        _clear(figures, body.name)
    if body.government_code is None:
        return
    for figure in figures:
        if figure.owner:
            who = _who(figure.owner, body.government_code)
            figure.owner_code, figure.owner_body = who.code, who.body_id


def _clear(figures: Sequence[Figure], name: str) -> None:
    """Take the body's own name from its amounts and what is said of them; a part of a list by owner keeps it."""
    own: set[int] = set()
    for index, figure in enumerate(figures):
        if figure.owner and name.endswith(figure.owner) and (figure.part_of is None or figure.part_of in own):
            figure.owner = ""
            own.add(index)


@cache
def _who(name: str, government: str) -> Owner:
    if _NO_NAME.search(name):
        return _NOBODY
    place = _PLACE.match(name)
    below = _below(place["place"], government) if place else None
    if place and below:
        return _named(below, place["organ"])
    own = _OWN.match(name)
    return _named(government, own["organ"]) if own else _NOBODY


def _below(name: str, government: str) -> str | None:
    """The code of the one division below a government that bears a name, or of the government itself."""
    tree = divisions()
    if tree[government].name == name:
        return government
    found = [d.code for d in tree.values() if d.name == name and government in d.above]
    return found[0] if len(found) == 1 else None


def _named(code: str, organ: str) -> Owner:
    tree = divisions()
    path = "".join(tree[c].name for c in (*reversed(tree[code].above), code))
    body = body_of(path + ("人民政府" if organ in ("", "政府") else organ))
    return Owner(code, body.body_id if body.government_code == code else None)
