"""Tables of bars, in which a merged cell stands in its first place and the others are blank."""

from __future__ import annotations

from pipelines.parse.labelled_rows import rows
from pipelines.parse.statutory import KNOWN
from pipelines.read import read
from pipelines.read.document import Table

HEAD = [
    "|  |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |",
    "|  |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |",
]


def table_of(lines: list[str]) -> Table:
    found = read("\n".join(lines).encode(), "made").blocks[0]
    assert isinstance(found, Table)
    return found


def test_blanks_in_the_columns_of_labels_are_part_of_a_label() -> None:
    """Only the third row has a label in the third column: in the others it is blank, and no value."""
    body = [
        "| 一、本年新收政府信息公开申请数量 |  |  | 12 | 3 | 0 | 0 | 1 | 0 | 16 |",
        "| 三、本年度办理结果 | （一）予以公开 |  | 5 | 1 | 0 | 0 | 0 | 0 | 6 |",
        "|  | （三）不予公开 | 1.属于国家秘密 | 2 | 0 |  | 0 | 0 | 0 | 2 |",
    ]
    found = [[value.raw for value in row.values] for row in rows(table_of([*HEAD, *body]), KNOWN)]
    assert found == [
        ["12", "3", "0", "0", "1", "0", "16"],
        ["5", "1", "0", "0", "0", "0", "6"],
        ["2", "0", "", "0", "0", "0", "2"],
    ]


def test_a_group_beside_blank_labels_is_no_label_of_a_row() -> None:
    body = [
        "|  | （三）不予公开 | 1.属于国家秘密 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
        "|  | （六）其他处理 |  | 7 | 0 | 0 | 0 | 0 | 0 | 7 |",
        "|  |  |  | 4 | 0 | 0 | 0 | 0 | 0 | 4 |",
    ]
    assert [row.label for row in rows(table_of([*HEAD, *body]), KNOWN)] == ["1.属于国家秘密", "", ""]


def test_a_year_or_unit_alone_in_its_row_is_a_banner() -> None:
    body = ["| 单位：万件 |  |  |", "| 类别 | 结果维持 | 总计 |", "| 行政复议 | 3 | 3 |"]
    assert [row.context for row in rows(table_of(body), KNOWN)] == ["单位：万件"]
