"""Groups of bodies under which columns of reports are divided: 区政府部门, 镇街, 县(市、区).

Belongs here: telling a group by its name, and whether a body can be of it. Does not belong here: whose a report is
(`same_body`).
"""

from __future__ import annotations

import re
from typing import Literal
from unicodedata import normalize

from pipelines.bodies.divisions import find
from pipelines.harvest.discovery.title_words import COLLECTIVE

BodyKind = Literal["government", "department", "township"]

_TAIL = re.compile(r"(?:政府)?(?:信息公开)?(?:工作)?(?:年度报告|年报|报告)?$")
_YEAR = re.compile(r"(?<!\d)20\d\d(?:年度|年)?")
_GROUP = re.compile(
    r"^(?:各|本|全|省|市|区|县|州|旗|盟|街|直|直属|所属|下属|派出|政府|人民政府|组成|工作|垂直管理|垂管|驻区|驻市|其他|及|和|与|、)*"
    r"(?:部门|单位|机构|委办局|镇乡|乡镇|镇街|街镇|镇办|镇街道|街道|街乡|乡镇街道|镇乡街道|街道乡镇|街乡镇|区县|县区|县市区|园区|开发区|功能区|街道办事处|办事处)+$"
)
_OWN = re.compile(r"^(?:省|市|区|县|州|旗)?(?:人民)?政府$|本级|本机关")
_TOWNSHIPS = re.compile(r"镇|乡|街道|街办|办事处")
_DEPARTMENTS = re.compile(r"部门|单位|机构|委办局|机关")
_DIVISIONS = re.compile(r"区县|县区|县\(?市|市县|各区|各县|园区|开发区|功能区|市\(?县|区\(县")
_OFFICE = re.compile(r"(?:办公厅|办公室|政府办)$")
_TOWNSHIP_END = re.compile(r"(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|办)?$")


def group_of(title: str) -> str | None:
    """The group that a title names, without its year and 年报; None where it names none, or one body."""
    text = "".join(normalize("NFKC", title).split())
    text = _TAIL.sub("", _YEAR.sub("", text)).strip("-_—|>·:")
    bare = re.sub(r"[()、,/]", "", text)
    return text if len(text) <= 20 and (COLLECTIVE.search(text) or _GROUP.match(bare)) else None


def may_hold(group: str, body_name: str) -> bool:
    """Tell whether a body can be of a group: a department of 镇街 never is. What cannot be told may be."""
    text = normalize("NFKC", group)
    kinds: set[BodyKind] = set()
    if _TOWNSHIPS.search(text):
        kinds.add("township")
    if _DEPARTMENTS.search(text):
        kinds.add("department")
    if _DIVISIONS.search(text) or _OWN.search(text):
        kinds.add("government")
    # A government's office reports beside its departments as often as for the government.
    is_office = "department" in kinds and bool(_OFFICE.search(body_name))
    return not kinds or is_office or kind_of_body(body_name) in kinds


def kind_of_body(body_name: str) -> BodyKind:
    """Tell what a body is: a township, a government from the county up (or its office), or a department."""
    if _TOWNSHIP_END.search(body_name):
        return "township"
    found = find(re.sub(r"[(（][^()（）]*[)）]$", "", body_name))
    if found.division is not None and re.fullmatch(r"(?:人民)?(?:政府)?(?:办公厅|办公室|机关)?", found.rest):
        return "government"
    return "department"
