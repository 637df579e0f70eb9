"""The publication's own fields (索引号, 发布机构, 公开日期 …), in a header table or a line of the page."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.read.document import Table

#: Names under which sites print the fields, and the name we keep them under.
FIELDS = {
    "索引号": "索引号",
    "信息索引号": "索引号",
    "索取号": "索引号",
    "索引编号": "索引号",
    "发布机构": "发布机构",
    "发文机关": "发布机构",
    "发文单位": "发布机构",
    "发布单位": "发布机构",
    "信息发布机构": "发布机构",
    "公开主体": "发布机构",
    "公开责任部门": "发布机构",
    "公开日期": "公开日期",
    "发布日期": "公开日期",
    "发布时间": "公开日期",
    "公开时间": "公开日期",
    "发文日期": "公开日期",
    "成文日期": "成文日期",
    "生成日期": "成文日期",
    "名称": "名称",
    "信息名称": "名称",
    "标题": "名称",
    "文号": "文号",
    "发文字号": "文号",
    "主题分类": "主题分类",
    "信息分类": "主题分类",
    "组配分类": "主题分类",
    "主题词": "主题词",
    "关键词": "主题词",
    "有效性": "有效性",
    "公开方式": "公开方式",
    "公开范围": "公开范围",
    "公开时限": "公开时限",
    "体裁分类": "体裁分类",
    "来源": "来源",
    "信息来源": "来源",
}
#: A header table has no more rows than this.
TALLEST = 12
#: A line of fields is no longer than this; prose with a colon is.
LONGEST_LINE = 200
_NAMES = "|".join(sorted(FIELDS, key=len, reverse=True))
_FIELD = re.compile(rf"(?<![\w一-鿿])[\[【〔]?({_NAMES})[\]】〕]?\s*[:：]\s*")
_SPACES = re.compile(r"[\s\u3000:：\[\]【】]+")


def from_table(table: Table) -> dict[str, str]:
    """The fields of a header table; {} where it is not one (under two known names)."""
    found: dict[str, str] = {}
    if table.height > TALLEST:
        return found
    for row in table.grid:
        cells = [c for j, c in enumerate(row) if c is not None and (j == 0 or row[j - 1] is not c)]
        for here, after in pairwise(cells):
            name = FIELDS.get(_SPACES.sub("", here.text))
            if name and _SPACES.sub("", after.text) not in FIELDS:
                found.setdefault(name, after.text.strip())
        for cell in cells:
            for key, value in from_line(cell.text).items():
                found.setdefault(key, value)
    return found if len(found) >= 2 else {}


def from_line(text: str) -> dict[str, str]:
    """The fields of a line such as `索引号：X 发布日期：2025-01-20 来源：市政府办公室`."""
    if len(text) > LONGEST_LINE or ("：" not in text and ":" not in text):
        return {}
    parts = _FIELD.split(text)
    pairs = zip(parts[1::2], parts[2::2], strict=False)
    return {FIELDS[name]: value.strip(" \u3000|｜;；") for name, value in pairs if value.strip()}
