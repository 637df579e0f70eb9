"""Which column a number stands in: the printed headers decide over where it stands."""

from __future__ import annotations

from expectations.forms import forms
from pipelines.parse.header_lines import printed_order
from pipelines.parse.labels import block_columns, columns_of
from pipelines.parse.placing import placed
from tests.made.cases import folded

FORM = forms()["2021"]
REQUESTS = [c.code for c in FORM.tables["requests"].columns]
PRINTED = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def requests(heads: list[str]) -> list[str | None] | None:
    return placed(heads, REQUESTS, columns_of("2021", "requests"))


def changed(**heads: str) -> list[str]:
    """The printed headers with some replaced: `at1="x"` puts x in the second place."""
    return [heads.get(f"at{k}", head) for k, head in enumerate(PRINTED)]


def test_known_headers_in_another_order_are_read_as_printed() -> None:
    heads = ["自然人", "法律服务机构", "科研机构", "社会公益组织", "商业企业", "其他", "总计"]
    assert requests(heads) == [
        "natural_person",
        "legal_service_org",
        "research_institution",
        "public_welfare_org",
        "commercial_enterprise",
        "other_org",
        "total",
    ]


def test_an_unknown_header_among_exchanged_ones_stays_open() -> None:
    heads = ["自然人", "法律服务机构", "科研院所单位", "社会公益组织", "商业企业", "其他", "总计"]
    found = requests(heads)
    assert found is not None
    assert (found[1], found[2], found[4]) == ("legal_service_org", None, "commercial_enterprise")


@folded("head", ["非自然人", "上年自然人", "个人以外"])
def test_a_header_that_says_the_opposite_stays_open_though_all_others_agree(head: str) -> None:
    found = requests(changed(at0=head))
    assert found is not None
    assert found[0] is None
    assert found[1:] == REQUESTS[1:]


@folded(
    "heads",
    [
        PRINTED,
        changed(at1="商业企业单位"),
        changed(at2="科研机构（含高校）"),
        changed(at3="社会公益组"),
        changed(at3=""),
        changed(at0="人", at2="机构"),
        changed(
            at1="法人或其他组织", at2="法人或其他组织", at3="法人或其他组织", at4="法人或其他组织", at5="法人或其他组织"
        ),
        ["科研机构", "社会公益组织", "法律服务机构", "其他", "", "", ""],
    ],
)
def test_headers_that_leave_room_for_the_forms_order(heads: list[str]) -> None:
    assert requests(heads) == REQUESTS


@folded("blank", range(1, 6))
def test_a_blank_header_beside_an_open_one_stays_open(blank: int) -> None:
    """科研机构 is printed as 情况, another header is blank: the two columns may have changed places."""
    found = requests(changed(**{"at2": "情况", f"at{blank}": "" if blank != 2 else "情况"}))
    assert found is not None
    assert [code for k, code in enumerate(found) if k not in (2, blank)] == [
        code for k, code in enumerate(REQUESTS) if k not in (2, blank)
    ]
    assert (found[2], found[blank]) == (None, None)


def test_without_headers_nothing_is_said() -> None:
    assert requests([""] * 7) is None


@folded(
    ("heads", "codes"),
    [
        (["本年制发件数", "上年制发件数", "现行有效件数"], ["issued", None, "in_force"]),
        (["现行有效件数", "本年新出台", "本年废止件数"], ["in_force", None, "repealed"]),
        (["现行有效件数", "本年制发件数", "本年废止件数"], ["in_force", "issued", "repealed"]),
        (["2021年制发件数", "2021年废止件数", "2021年现行有效件数"], [None, None, None]),
        (["制发数", "废止数", "有效数"], ["issued", "repealed", "in_force"]),
    ],
)
def test_the_columns_of_section_2(heads: list[str], codes: list[str | None]) -> None:
    assert placed(heads, ["issued", "repealed", "in_force"], block_columns("2021", "proactive", 0)) == codes


COLUMNS = FORM.tables["requests"].columns
FIXED = ["natural_person", "total"]


@folded(
    "lines",
    [
        ["申请人情况 自然人 法人或其他组织 总计", "商业企业 科研机构 社会公益组织 法律服务机构 其他"],
        ["自然人 法人或其他组织 总计 商业企业 科研机构 社会公益组织 法律服务机构 其他"],
        ["商业 科研 社会公益 法律服务 其他", "企业 机构 组织 机构"],
        ["本机关不掌握其他机构的信息"],
        [],
    ],
)
def test_a_line_of_headers_in_the_forms_order_changes_nothing(lines: list[str]) -> None:
    assert printed_order(lines, COLUMNS, FIXED) is None


def test_a_line_of_headers_in_another_order_is_read() -> None:
    line = "申请人情况 自然人 法律服务机构 科研机构 社会公益组织 商业企业 其他 总计"
    assert printed_order([line], COLUMNS, FIXED) == [
        "natural_person",
        "legal_service_org",
        "research_institution",
        "public_welfare_org",
        "commercial_enterprise",
        "other_org",
        "total",
    ]


def test_some_headers_in_another_order_leave_the_columns_open() -> None:
    found = printed_order(["自然人 法律服务机构 研究所 公益组织 商业企业 总计"], COLUMNS, FIXED)
    assert found == ["natural_person", None, None, None, None, None, "total"]


def test_a_lost_cell_of_the_head_leaves_the_moved_columns_open() -> None:
    found = requests(["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "", "总计"])
    assert found == [None, None, None, None, None, None, "total"]


def test_results_in_another_order_are_read_where_they_stand_over_each_procedure() -> None:
    columns = FORM.tables["disputes"].columns
    line = "结果纠正 结果维持 其他结果 尚未审结 总计"
    turned = ["corrected", "upheld", "other", "pending", "total"]
    assert printed_order([line], columns, ["total"]) == turned
    assert printed_order([" ".join([line] * 3)], columns, ["total"]) == turned
    assert printed_order(["结果维持 结果纠正 其他结果 尚未审结 总计 " * 3], columns, ["total"]) is None


@folded(
    "heads",
    [
        ["自然人", "商业企业", "科研机构社会公益组织", "法律服务机构", "其他", "", "总计"],
        ["自然人", "商业企业", "社会公益组织", "法律服务机构", "其他", "法人或其他g组织", "总计"],
        ["（四）无法提供", "自然人", "法律服务机构", "其他", "", "", ""],
    ],
)
def test_headers_that_moved_together_leave_open_what_they_moved_over(heads: list[str]) -> None:
    """A cell or a span of the head is lost: what follows stands over its neighbour's numbers."""
    found = requests(heads)
    assert found is not None
    assert all(code is None or code == place for code, place in zip(found, REQUESTS, strict=True))


def test_one_known_header_that_moved_is_believed() -> None:
    """科研机构 stands before 商业企业, which is printed as 其它群体: no cell is lost, every column has a head."""
    found = requests(changed(at1="科研机构", at2="其它群体"))
    assert found is not None
    assert found[1] == "research_institution"


#: A head that lacks the column of the labels: what stands over the numbers is one to the left.
MOVED = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计", ""]


def test_a_moved_head_is_the_forms_where_what_it_lacks_may_stand_before() -> None:
    for before in (("自然人",), ("（本列数据的勾稽关系）",), ()):
        assert placed(MOVED, REQUESTS, columns_of("2021", "requests"), before) == REQUESTS


def test_a_moved_head_is_open_where_a_known_header_stands_before_in_anothers_place() -> None:
    heads = ["科研机构", "社会公益组织", "法律服务机构", "其他", "总计", "", ""]
    found = placed(heads, REQUESTS, columns_of("2021", "requests"), ("甲类", "自然人"))
    assert found == [None] * 7
