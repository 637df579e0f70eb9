"""How much of a text was written before, and what was written otherwise, on texts small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.conformance import failures
from expectations.tables import model_of
from tests.made.parsed import Parsed, Warehouse

KEPT = "政务公开栏目由专人每日巡查。依申请公开事项全部登记在册。政策文件与解读材料同步发布。"
CITY = {"level": "prefecture", "province_code": "330000", "province_name": "浙江省", "body_kind": "government"}


def told(parsed: Parsed, report_id: str, name: str, sections: dict[int, str], **values: object) -> None:
    """A report with the texts of its sections."""
    parsed.report(report_id, body_name=f"{name}人民政府", government_name=name, **{**CITY, **values})
    for section, text in sections.items():
        parsed.add(
            "sections",
            report_id=report_id,
            report_year=int(report_id[-4:]),
            section=section,
            text=text,
            character_count=len(text),
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    parsed = Parsed()
    told(
        parsed,
        "hang-2022",
        "杭州市",
        {1: KEPT + "杭州市共受理申请20件。", 6: "没有其他需要说明的事情。"},
        government_code="330100",
    )
    told(
        parsed,
        "hang-2024",
        "杭州市",
        # Three kept; one with another number; one new. Section 6 is gone, section 5 is new.
        {1: KEPT + "杭州市共受理申请31件。" + "首次开通盲文查阅专区服务。", 5: "一是基层人手偏紧，培训不足。"},
        government_code="330100",
    )
    told(
        parsed,
        "ning-2024",
        "宁波市",
        {1: "宁波市共受理申请7件。" + "海铁联运收费目录已经上网。"},
        government_code="330200",
    )
    told(
        parsed,
        "office-2024",
        "宁波市",
        {1: "海铁联运收费目录已经上网。"},
        government_code="330200",
        body_kind="government_office",
    )
    told(
        parsed,
        "jiang-2024",
        "常州市",
        {1: KEPT},
        government_code="320400",
        province_code="320000",
        province_name="江苏省",
    )
    for year in (2023, 2024):
        told(
            parsed,
            f"same-{year}",
            "平凉市",
            {1: KEPT},
            government_code="620800",
            province_code="620000",
            province_name="甘肃省",
        )
    return parsed.build(Path(tmp_path_factory.mktemp("texts")), "+text_reuse +text_changes")


def test_the_share_of_a_report_adds_up_its_sections(made: Warehouse) -> None:
    whole = made.row("text_reuse", report_id="hang-2024", part="whole")
    # Six sentences, four of them repeated.
    assert (whole["repeated_share_numerator"], whole["repeated_share_denominator"]) == (4, 6)
    assert whole["repeated_share"] == pytest.approx(4 / 6)
    assert (whole["new_count"], whole["gone_count"], whole["changed_count"]) == (2, 1, 0)
    assert (whole["previous_report_id"], whole["previous_report_year"]) == ("hang-2022", 2022)
    first = made.row("text_reuse", report_id="hang-2024", part="1")
    assert (first["repeated_share_numerator"], first["repeated_share_denominator"], first["new_count"]) == (4, 5, 1)


def test_a_first_report_repeats_nothing_and_says_so_with_null(made: Warehouse) -> None:
    row = made.row("text_reuse", report_id="ning-2024", part="whole")
    assert (row["repeated_share"], row["repeated_share_denominator"], row["new_count"]) == (None, None, None)


def test_a_text_in_which_nothing_changed_is_repeated_whole(made: Warehouse) -> None:
    row = made.row("text_reuse", report_id="same-2024", part="whole")
    assert (row["repeated_share"], row["repeated_share_numerator"], row["new_count"]) == (1, 3, 0)
    assert made.table("text_changes").filter(report_id="same-2024").is_empty()


def test_peers_are_of_one_province_and_names_are_set_aside(made: Warehouse) -> None:
    row = made.row("text_reuse", report_id="hang-2024", part="whole")
    # Of its six sentences one is that of 宁波市 but for name and number. 常州市 has three of them, in another province.
    assert (row["peer_count"], row["shared_with_peers_share_numerator"]) == (1, 1)
    assert (row["nearest_report_id"], row["shared_with_nearest_share_numerator"]) == ("ning-2024", 1)
    assert row["shared_with_nearest_share"] == pytest.approx(1 / 6)


def test_an_office_is_no_peer_of_its_government(made: Warehouse) -> None:
    row = made.row("text_reuse", report_id="office-2024", part="whole")
    assert (row["peer_count"], row["shared_with_peers_share_numerator"], row["nearest_report_id"]) == (1, 0, None)


def test_a_report_with_neither_predecessor_nor_peer_has_no_row(made: Warehouse) -> None:
    assert made.table("text_reuse").filter(report_id="jiang-2024").is_empty()


def test_changes_name_the_sentences_and_their_places(made: Warehouse) -> None:
    rows = (
        made.table("text_changes")
        .filter(report_id="hang-2024")
        .select("section", "ordinal", "text_state", "sentence", "previous_sentence")
    )
    assert rows.rows() == [
        (1, 1, "new", "首次开通盲文查阅专区服务。", None),
        (5, 1, "new", "一是基层人手偏紧，培训不足。", None),
        (6, 1, "gone", None, "没有其他需要说明的事情。"),
    ]
    # Behind three sentences of 14, 14 and 14 characters and one of 12.
    assert made.row("text_changes", report_id="hang-2024", section=1, ordinal=1)["sentence_start"] == len(KEPT) + 12


@pytest.mark.parametrize("name", ["text_reuse", "text_changes"])
def test_the_tables_keep_their_contract(made: Warehouse, name: str) -> None:
    assert failures(model_of(name), made.table(name)) == []
