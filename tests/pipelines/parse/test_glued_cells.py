"""Cells that a converter ran together are read where the sums leave one way to cut them, and never else."""

from __future__ import annotations

import pytest

from pipelines.parse import Hints, Report, parse
from pipelines.read import read
from tests.made.cases import folded

HEADS = "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他"
RESULTS = "结果维持结果纠正其他结果尚未审结总计"
#: New, carried in, granted, of no use, total, carried out: 40 + 2 = 41 + 1 for natural persons, 3 + 0 = 3 + 0 for firms.
ROWS = {
    "一、本年新收政府信息公开申请数量": (40, 3, 0, 0, 0, 0, 43),
    "二、上年结转政府信息公开申请数量": (2, 0, 0, 0, 0, 0, 2),
    "三、本年度办理结果（一）予以公开": (31, 3, 0, 0, 0, 0, 34),
    "（四）无法提供1.本机关不掌握相关政府信息": (10, 0, 0, 0, 0, 0, 10),
    "2.没有现成信息需要另行制作": (0, 0, 0, 0, 0, 0, 0),
    "（七）总计": (41, 3, 0, 0, 0, 0, 44),
    "四、结转下年度继续办理": (1, 0, 0, 0, 0, 0, 1),
}
CODES = ("received_new", "carried_in", "granted", "unavailable.not_held", "unavailable.needs_creation", "total_processed", "carried_out")  # fmt: skip


def glued(rows: dict[str, tuple[int, ...]], heads: str = HEADS) -> str:
    return f"三、收到和处理政府信息公开申请情况{heads}" + "".join(
        f"{label}{''.join(map(str, n))}" for label, n in rows.items()
    )


def parsed(text: str, year: int = 2023) -> Report:
    head = f"沭阳县教育局{year}年政府信息公开工作年度报告\n一、总体情况\n公开有序。\n"
    return parse(read(f"{head}{text}\n五、存在的主要问题及改进情况\n无。\n".encode(), "x.txt"), Hints("x.txt"))


def cells(report: Report, table: str = "requests") -> dict[str, tuple[object, ...]]:
    found: dict[str, tuple[object, ...]] = {}
    for fact in report.facts:
        if fact.table == table:
            found[fact.row] = (*found.get(fact.row, ()), fact.value)
    return found


@folded("year", [2021, 2022, 2024])
def test_digits_with_one_cut_are_cells(year: int) -> None:
    report = parsed(glued(ROWS), year)
    assert cells(report) == dict(zip(CODES, ROWS.values(), strict=True))
    assert {f.grade for f in report.facts} == {"verified"}
    assert {(f.grid_row, f.locator) for f in report.facts} == {(None, "line 4")}
    assert [c.place for c in report.checks if c.code == "requests.readings_settled"] == [""]
    assert report.figures == ()


def test_with_spaces_between_it_is_the_same() -> None:
    spaced = glued(ROWS).replace("（", " （").replace("四、结", " 四、结")
    assert cells(parsed(spaced)) == dict(zip(CODES, ROWS.values(), strict=True))


@pytest.mark.parametrize(
    ("label", "numbers"),
    [
        # 1 1 1 1 1 11 16 and 11 1 1 1 1 1 16 and others: many cuts add up.
        ("一、本年新收政府信息公开申请数量", "111111116"),
        # No cut adds up.
        ("一、本年新收政府信息公开申请数量", "403000044"),
        # It adds up and does not balance: 50 + 2 is not 41 + 1.
        ("一、本年新收政府信息公开申请数量", "503000053"),
        # An outcome is more than all outcomes.
        ("三、本年度办理结果（一）予以公开", "9930000102"),
        # Blank cells: fewer digits than columns.
        ("四、结转下年度继续办理", "11"),
    ],
)
def test_where_the_sums_leave_another_way_nothing_is_read(label: str, numbers: str) -> None:
    text = glued({k: n for k, n in ROWS.items() if k != label}) + f"{label}{numbers}"
    report = parsed(text)
    assert not [f for f in report.facts if f.table == "requests"]
    assert report.figures == ()


def test_a_row_that_can_be_cut_in_two_ways_is_left_out() -> None:
    # 1 12 0 0 0 0 13 and 11 2 0 0 0 0 13 both leave room for the other outcomes.
    rows = {
        **ROWS,
        "（七）总计": (41, 13, 0, 0, 0, 0, 54),
        "一、本年新收政府信息公开申请数量": (40, 13, 0, 0, 0, 0, 53),
    }
    rows["2.没有现成信息需要另行制作"] = (1, 12, 0, 0, 0, 0, 13)
    rows["三、本年度办理结果（一）予以公开"] = (0, 0, 0, 0, 0, 0, 0)
    found = cells(parsed(glued(rows)))
    assert "unavailable.needs_creation" not in found
    assert found["total_processed"] == (41, 13, 0, 0, 0, 0, 54)


def test_columns_in_another_order_are_not_read() -> None:
    turned = HEADS.replace("商业企业科研机构", "科研机构商业企业")
    assert cells(parsed(glued(ROWS, turned))) == {}


def test_a_table_without_its_balance_is_not_read() -> None:
    assert cells(parsed(glued({k: n for k, n in ROWS.items() if not k.startswith("二、")}))) == {}


@folded(
    ("digits", "upheld"),
    [("210030000000000", (2, 1, 0, 0, 3)), ("120012110023000000", None), ("000000000000000", (0, 0, 0, 0, 0))],
)
def test_results_of_disputes(digits: str, upheld: tuple[int, ...] | None) -> None:
    text = f"四、政府信息公开行政复议、行政诉讼情况行政复议行政诉讼{RESULTS}未经复议直接起诉复议后起诉{RESULTS}{RESULTS}{digits}"
    found = cells(parsed(text), "disputes")
    assert found.get("reconsideration") == upheld


def test_sentences_that_name_the_labels_are_no_table() -> None:
    text = "三、收到和处理政府信息公开申请情况\n自然人申请40件，商业企业3件；本年新收政府信息公开申请数量43件，结转下年度继续办理1件。"
    report = parsed(text)
    assert report.facts == ()
    assert ("requests_received", 43) in [(f.indicator, f.value) for f in report.figures]
