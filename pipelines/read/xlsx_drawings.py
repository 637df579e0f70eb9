"""Pictures, shapes and controls that lie on the cells of an XLSX sheet → the cells that they fill.

Belongs here: anchors of a drawing and of the sheet's own controls. Does not belong here: what a picture shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pipelines.read.package import Package, local
from pipelines.read.xlsx_styles import number

_ANCHORS = frozenset(("twoCellAnchor", "oneCellAnchor", "anchor"))
#: What an anchor holds that says something; lines, arrows and empty shapes do not.
_SAYING = frozenset(("pic", "graphicFrame", "blip", "control", "object"))
#: An object of one anchor is no larger than a cell up to this height (EMU: 40 pt).
_CELL_HEIGHT = 40 * 12_700
#: An object may reach so far into the next row or column (EMU: 4 pt).
_OVERLAP = 4 * 12_700

_Corner = tuple[int, int, int, int]


def filled(package: Package, place: str, root: Element) -> set[tuple[int, int]]:
    """The rows and columns, from 0, of the cells of a sheet in which a picture, a text box or a control stands."""
    anchors = [
        node for part in _drawings(package, place) for node in part if local(node.tag) in _ANCHORS and _says(node)
    ]
    anchors += [node for kind in ("controls", "oleObjects") for node in _controls(root, kind)]
    return {cell for anchor in anchors if (cell := _cell(anchor)) is not None}


def _drawings(package: Package, place: str) -> Iterator[Element]:
    for kind, target in package.relations(place).values():
        if kind == "drawing" and target in package:
            yield package.xml(target)


def _controls(root: Element, kind: str) -> Iterator[Element]:
    """The anchors of the sheet's form controls or embedded objects, which may stand among alternatives."""
    for child in root:
        if local(child.tag) in (kind, "AlternateContent"):
            yield from (n for group in child.iter() if local(group.tag) == kind for n in group.iter() if _is_anchor(n))


def _is_anchor(node: Element) -> bool:
    return local(node.tag) == "anchor"


def _says(anchor: Element) -> bool:
    names = {local(node.tag) for node in anchor.iter()}
    if any(local(n.tag) == "cNvPr" and n.get("hidden") in ("1", "true") for n in anchor.iter()):
        return False
    return bool(names & _SAYING) or any(local(n.tag) == "t" and (n.text or "").strip() for n in anchor.iter())


def _cell(anchor: Element) -> tuple[int, int] | None:
    """The cell that an anchored object stands in; None for one that covers several."""
    corners = {local(node.tag): _corner(node) for node in anchor if local(node.tag) in ("from", "to")}
    begin, end = corners.get("from"), corners.get("to")
    if begin is None:
        return None
    row, column, *_ = begin
    if end is not None:
        is_in = _is_within(row, end[0], end[2]) and _is_within(column, end[1], end[3])
        return (row, column) if is_in else None
    size = next((node for node in anchor if local(node.tag) == "ext"), None)
    return (row, column) if size is not None and number(size.get("cy"), _CELL_HEIGHT + 1) <= _CELL_HEIGHT else None


def _is_within(first: int, last: int, reach: int) -> bool:
    return last == first or (last == first + 1 and reach <= _OVERLAP)


def _corner(node: Element) -> _Corner:
    """Row, column, and how far into them a corner stands."""
    said = {local(child.tag): number((child.text or "").strip().lstrip("-")) for child in node}
    return said.get("row", 0), said.get("col", 0), said.get("rowOff", 0), said.get("colOff", 0)
