"""The reporting organ: what kind it is, whose, and a stable id, from its printed name."""

from __future__ import annotations

import hashlib
import re

from pipelines.parse.divisions import Division, divisions, resolve
from pipelines.parse.report import Body

_OFFICE = re.compile(r"^(?:人民)?政府(?:办公厅|办公室|办)$")
_GOVERNMENT = re.compile(r"^(?:人民)?政府(?:机关)?$|^$|^行政公署$|^革命委员会$")
_TOWNSHIP = re.compile(
    r"(?:镇|乡|街道|苏木|街道办事处|地区办事处|街道办|镇政府|乡政府|[镇乡]人民政府)(?:办公室|党政办|党政办公室)?$"
)
_ZONE = re.compile(
    r"(?:开发区|高新区|高新技术产业园区|新区|园区|示范区|保税区|度假区|风景区|自贸区|合作区)(?:管理委员会|管委会)?(?:办公室)?$"
)
_STATE = re.compile(r"^(?:国务院|国家|中国(?![（(]))|^[一-鿿]{2,10}部$|^[一-鿿]{2,12}总局$|^审计署$|^中国人民银行$")
_STRANGE_DIVISION = re.compile(r"^[一-鿿]{1,8}[区县市旗州盟](?:人民政府.*)?$")
_ORGAN = re.compile(r"[局委厅办院署队所站馆会心]$|部门$|部$")


def body_of(name: str, context: str = "") -> Body:
    """Tell the body. An unknown or ambiguous division leaves the government empty and the level `unresolved`."""
    division, rest = resolve(name, context)
    if division and _STRANGE_DIVISION.match(rest) and not _ZONE.search(rest):
        # 上海市卢湾区: a division that the tree does not know (renamed, merged) is not an organ of the one above it.
        division, rest = None, name
    kind = _kind(rest if division else name, division)
    level = _level(kind, name, division)
    return Body(
        body_id=_body_id(name, kind, rest, division),
        name=name,
        kind=kind,
        level=level,
        government_code=division.code if division else None,
        government_name=division.name if division else None,
        province_code=division.province_code if division else None,
        province_name=divisions()[division.province_code].name if division else None,
    )


def _kind(rest: str, division: Division | None) -> str:
    for pattern, kind in (
        (_OFFICE, "government_office"),
        (_TOWNSHIP, "township"),
        (_ZONE, "development_zone"),
    ):
        if pattern.search(rest):
            return kind
    if _GOVERNMENT.search(rest):
        return "government" if division else "unresolved"
    if division is None and re.search(r"(?:人民政府|[省市县区州盟旗])$", rest):
        return "government"
    return "department" if _ORGAN.search(rest) or division or _STATE.search(rest) else "unresolved"


def _level(kind: str, name: str, division: Division | None) -> str:
    if kind == "township":
        return "township"
    if division is None:
        return "state" if _STATE.search(name) else "unresolved"
    return division.level


def _body_id(name: str, kind: str, rest: str, division: Division | None) -> str:
    """The government's code for a government; with a short hash of the organ's name for any other body."""
    if division and kind == "government":
        return division.code
    digest = hashlib.sha256((rest if division else name).encode()).hexdigest()[:8]
    return f"{division.code if division else 'x'}-{digest}"
