"""Tells whether all who are named as the reporting body are the same: in the title, as the maker, as signature, by the source."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from rapidfuzz import fuzz

from pipelines.bodies.body import Body
from pipelines.bodies.naming import body_of
from pipelines.parse.report import Check

#: Names of one organ that are written differently (区市场监管局, 区市场监督管理局) are at least so alike (0-100).
ALIKE = 60.0


def body_agrees(body: Body | None, named: Sequence[tuple[str, str]], context: str, year: int | None) -> Check | None:
    """Compare the body with every other place that names one, as (place, name). None where no other place does."""
    if body is None or not named:
        return None
    for where, name in named:
        if _is_another(body, body_of(name, context, year)):
            message = f"the report is filed under {body.name!r}, but {where} names {name!r}"
            return Check("identification", "body_agrees", "", "fails", message)
    return Check("identification", "body_agrees", "", "holds", f"every place that names a body means {body.name!r}")


def _is_another(one: Body, other: Body) -> bool:
    """Tell whether two bodies are certainly not the same, nor one the office that writes for the other."""
    names = [_plain(body.name) for body in (one, other)]
    if names[0] in names[1] or names[1] in names[0]:
        return False
    if one.government_code and other.government_code and one.government_code != other.government_code:
        return True
    if one.kind != "department" or other.kind != "department":
        return False
    if one.function and other.function:
        return one.function != other.function
    return fuzz.ratio(*names) < ALIKE


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).split()).replace("人民政府", "政府")
