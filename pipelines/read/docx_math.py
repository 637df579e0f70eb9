"""The parts of a formula (OMML) that are no text: bars of fractions, roots, brackets, strokes.

Belongs here: which sign stands where. Does not belong here: the walk through a formula (`docx`).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from pipelines.read import apart
from pipelines.read.package import local

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL = f"{_M}val"
_OFF = frozenset(("0", "false", "off"))
#: What begins anew in a formula: the lower part of a fraction, a place of a matrix.
_BEFORE = {"den": "/", "mr": "\n", "rad": "√"}


def before(node: Element) -> str:
    """The sign that stands before a part of a formula."""
    name = local(node.tag)
    if name == "nary":
        sign = node.find(f"{_M}naryPr/{_M}chr")
        return "∫" if sign is None else sign.get(_VAL, "")
    return _BEFORE.get(name, "")


def shown(node: Element, text: str) -> str:
    """Tell what a part of a formula shows of its `text`: in brackets, on lines of its own, nothing of a phantom, or struck."""
    name = local(node.tag)
    if name == "d":
        signs = [node.find(f"{_M}dPr/{_M}{kind}Chr") for kind in ("beg", "end")]
        begin, end = (usual if sign is None else sign.get(_VAL, "") for sign, usual in zip(signs, "()", strict=True))
        return f"{begin}{text}{end}"
    if name == "phant" and _says(node, "phantPr", "show", _OFF):
        return ""
    if name == "borderBox" and any("strike" in local(sign.tag) for sign in node.iterfind(f"{_M}borderBoxPr/*")):
        return apart.INK
    return text


def _says(node: Element, properties: str, name: str, values: frozenset[str]) -> bool:
    sign = node.find(f"{_M}{properties}/{_M}{name}")
    return sign is not None and sign.get(_VAL) in values
