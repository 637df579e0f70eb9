"""Groups of bodies, and who can be of one."""

from __future__ import annotations

import pytest

from pipelines.harvest.discovery.groups import group_of, kind_of_body, may_hold

DEPARTMENT, COUNTY, TOWN = "北京市怀柔区民防局", "北京市怀柔区人民政府", "汉台区河东店镇人民政府"


@pytest.mark.parametrize(
    ("title", "holds"),
    [
        ("区政府部门", (True, False, False)),
        ("2024年区政府部门年报", (True, False, False)),
        ("镇乡街道", (False, False, True)),
        ("镇（街道）", (False, False, True)),
        ("街道办事处", (False, False, True)),
        ("县（市、区）", (False, True, False)),
    ],
)
def test_a_group_holds_bodies_of_its_kind(title: str, holds: tuple[bool, ...]) -> None:
    group = group_of(title)
    assert group is not None
    assert tuple(may_hold(group, body) for body in (DEPARTMENT, COUNTY, TOWN)) == holds


@pytest.mark.parametrize("title", ["高岭镇", "教育局", "区政府", "政府信息公开年报", "2024年", "通知公告"])
def test_one_body_and_all_else_is_no_group(title: str) -> None:
    assert group_of(title) is None


def test_an_office_may_stand_beside_the_departments() -> None:
    assert kind_of_body("沈阳市人民政府办公厅") == "government"
    assert may_hold("市政府部门", "沈阳市人民政府办公厅")
    assert not may_hold("镇街", "沈阳市人民政府办公厅")
