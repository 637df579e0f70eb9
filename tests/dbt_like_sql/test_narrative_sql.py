"""What the SQL makes of figures and problems, on cases small enough to work out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.columns import about, columns
from expectations.conformance import failures
from expectations.indicators import indicators
from expectations.tables import WAREHOUSE, model_of
from expectations.vocabulary import THEMES
from tests.made.parsed import Parsed, Warehouse
from tests.made.rows import Row

RECEIVED = "requests_received"


def reports(*report_ids: str, **values: object) -> Parsed:
    parsed = Parsed()
    for report_id in report_ids:
        parsed.report(report_id, **values)
    return parsed


def chosen(warehouse: Warehouse, report_id: str, indicator: str = RECEIVED) -> Row:
    return warehouse.row("indicator_by_year", report_id=report_id, indicator=indicator)


# --- indicator_by_year: which figure stands for an indicator


def test_the_first_of_equal_figures_stands_and_nothing_is_added_up(tmp_path: Path) -> None:
    parsed = reports("a-2024")
    first = parsed.figure("a-2024", RECEIVED, 100)
    parsed.figure("a-2024", RECEIVED, 120)
    row = chosen(parsed.when_asked(tmp_path), "a-2024")
    assert (row["figure_id"], row["normalised_value"], row["normalised_unit"]) == (first, 100, "件")
    assert (row["figure_count"], row["others_agree"]) == (2, False)


def test_figures_that_say_the_same_agree(tmp_path: Path) -> None:
    parsed = reports("a-2024")
    for _ in range(2):
        parsed.figure("a-2024", RECEIVED, 100)
    row = chosen(parsed.when_asked(tmp_path), "a-2024")
    assert (row["figure_count"], row["others_agree"]) == (2, True)


#: The scope of a report → the scopes of figures from the one that is taken first to the last.
PREFERRED = {
    "territory": ("territory", "not_stated", "own_level", "organ"),
    "organ": ("organ", "not_stated", "territory", "own_level"),
    "not_stated": ("territory", "own_level", "not_stated", "organ"),
}


@pytest.mark.parametrize("scope", PREFERRED)
def test_the_reports_own_scope_comes_first_and_then_the_widest(tmp_path: Path, scope: str) -> None:
    order = PREFERRED[scope]
    parsed = reports(*(f"b{n}-2024" for n in range(4)), scope=scope)
    for n in range(4):
        for said in reversed(order[n:]):
            parsed.figure(f"b{n}-2024", RECEIVED, order.index(said), scope=said)
    warehouse = parsed.when_asked(tmp_path)
    rows = [chosen(warehouse, f"b{n}-2024") for n in range(4)]
    assert [row["scope"] for row in rows] == list(order)
    # Figures of other scopes may say what they like.
    assert all(row["others_agree"] for row in rows)


def test_a_whole_before_a_part_a_number_before_a_range_and_the_surer_reading(tmp_path: Path) -> None:
    parsed = reports("part-2024", "range-2024", "sure-2024")
    parsed.figure("part-2024", RECEIVED, 1, part_of_figure_id="part-2024/figures/2")
    parsed.figure("part-2024", RECEIVED, 9, confidence=0.5)
    parsed.figure("range-2024", RECEIVED, 1, value_to=3)
    parsed.figure("range-2024", RECEIVED, 9, confidence=0.5)
    parsed.figure("sure-2024", RECEIVED, 1, confidence=0.5)
    parsed.figure("sure-2024", RECEIVED, 9, confidence=0.9)
    warehouse = parsed.when_asked(tmp_path)
    for name in ("part", "range", "sure"):
        assert chosen(warehouse, f"{name}-2024")["normalised_value"] == 9, name


def test_only_amounts_that_can_be_compared_stand_for_an_indicator(tmp_path: Path) -> None:
    parsed = reports("a-2024")
    for aspect in ("share", "change", "rank"):
        parsed.figure("a-2024", RECEIVED, 5, aspect=aspect)
    parsed.figure("a-2024", RECEIVED, None)
    parsed.figure("a-2024", "unmapped", 7)
    assert parsed.when_asked(tmp_path).table("indicator_by_year").is_empty()


# --- narrative_by_year


def test_the_wide_table_has_the_main_indicators_in_the_order_of_the_dictionary(tmp_path: Path) -> None:
    main = [code for code, indicator in indicators().items() if indicator.main]
    table = reports("a-2024").when_asked(tmp_path).table("narrative_by_year")
    assert table.columns[-len(main) :] == main
    assert [c.name for c in columns(model_of("narrative_by_year"))] == table.columns
    units = {c.name: c.unit for c in columns(model_of("narrative_by_year"))}
    assert [units[code] for code in main] == [indicators()[code].unit for code in main]


def test_a_report_has_one_row_with_what_it_states_and_nulls(tmp_path: Path) -> None:
    parsed = reports("a-2024", "b-2024")
    parsed.figure("a-2024", RECEIVED, 120)
    parsed.figure("a-2024", "portal_items", 0)
    parsed.figure("a-2024", "unmapped", 3)
    warehouse = parsed.when_asked(tmp_path)
    a, b = (warehouse.row("narrative_by_year", report_id=f"{name}-2024") for name in "ab")
    assert (a[RECEIVED], a["portal_items"], a["requests_answered"], a["figure_count"]) == (120, 0, None, 3)
    assert (b[RECEIVED], b["portal_items"], b["figure_count"]) == (None, None, 0)


def test_what_is_contradicted_or_said_twice_is_shown_and_named(tmp_path: Path) -> None:
    parsed = reports("a-2024", "b-2024")
    parsed.figure("a-2024", RECEIVED, 120, grade="contradicted")
    parsed.figure("a-2024", "portal_items", 5, grade="contradicted")
    parsed.figure("a-2024", "portal_items", 6)
    parsed.figure("b-2024", RECEIVED, 1, grade="verified")
    warehouse = parsed.when_asked(tmp_path)
    a, b = (warehouse.row("narrative_by_year", report_id=f"{name}-2024") for name in "ab")
    assert (a["portal_items"], a["contradicted_indicators"]) == (5, "portal_items requests_received")
    assert a["differing_indicators"] == "portal_items"
    assert (b["contradicted_indicators"], b["differing_indicators"]) == (None, None)


# --- indicator_coverage


def test_coverage_counts_reports_and_the_indicators_that_none_states(tmp_path: Path) -> None:
    parsed = reports("a-2024", "b-2024", "c-2024", "d-2024", "a-2023")
    parsed.figure("a-2024", RECEIVED, 1)
    parsed.figure("a-2024", RECEIVED, 2, grade="contradicted")
    parsed.figure("b-2024", RECEIVED, 5, aspect="change")
    warehouse = parsed.when_asked(tmp_path)
    row = warehouse.row("indicator_coverage", report_year=2024, indicator=RECEIVED)
    assert (row["report_count"], row["stating_report_count"], row["stating_share"]) == (4, 2, 0.5)
    assert (row["figure_count"], row["contradicted_figure_count"]) == (3, 1)
    silent = warehouse.row("indicator_coverage", report_year=2023, indicator=RECEIVED)
    assert (silent["report_count"], silent["stating_share"], silent["figure_count"]) == (1, 0, 0)
    assert warehouse.table("indicator_coverage").height == 2 * len(indicators())


# --- unmapped_statements


def test_unknown_statements_are_ranked_by_the_reports_that_state_them(tmp_path: Path) -> None:
    parsed = reports("a-2024", "b-2024")
    for _ in range(3):
        parsed.figure("b-2024", "unmapped", 1, subject="茶话会", unit="场")
    tea = parsed.figure("a-2024", "unmapped", 1, subject="展板", unit="块", sentence="制作展板1块。")
    parsed.figure("b-2024", "unmapped", 2, subject="展板", unit="块")
    parsed.figure("b-2024", "unmapped", 2, subject="展板", unit="")
    parsed.figure("b-2024", RECEIVED, 2, subject="申请", unit="件")
    rows = parsed.when_asked(tmp_path).table("unmapped_statements").to_dicts()
    assert [(r["subject"], r["unit"], r["report_count"], r["figure_count"]) for r in rows] == [
        ("展板", "块", 2, 2),
        ("茶话会", "场", 1, 3),
        ("展板", "", 1, 1),
    ]
    assert [r["frequency_rank"] for r in rows] == [1, 2, 3]
    assert (rows[0]["figure_id"], rows[0]["sentence"]) == (tea, "制作展板1块。")


# --- problem_themes_by_year


def theme(warehouse: Warehouse, name: str, level: str = "county") -> tuple[object, ...]:
    row = warehouse.row("problem_themes_by_year", report_year=2024, level=level, theme=name)
    counts = ("report_count", "naming_report_count", "naming_share", "problem_count", "answered_problem_count")
    return tuple(row[count] for count in counts)


def test_themes_are_counted_among_the_reports_that_have_a_section_5(tmp_path: Path) -> None:
    parsed = reports("a-2024", "b-2024", "c-2024", "d-2024").report("p-2024", level="province")
    for body in "abd":
        parsed.add("sections", report_id=f"{body}-2024", report_year=2024, section=5)
    parsed.add("sections", report_id="c-2024", report_year=2024, section=1)
    parsed.problem("a-2024", "platform", "x", commitment_id="a-2024/commitments/1")
    parsed.problem("a-2024", "platform", "y")
    parsed.problem("b-2024", "platform", "z")
    parsed.problem("b-2024", "other", "z")
    # A report whose problems were found elsewhere counts too.
    parsed.problem("p-2024", "new_media", "z")
    warehouse = parsed.when_asked(tmp_path)
    assert theme(warehouse, "platform") == (3, 2, 2 / 3, 3, 1)
    assert theme(warehouse, "other") == (3, 1, 1 / 3, 1, 0)
    assert theme(warehouse, "awareness") == (3, 0, 0, 0, 0)
    assert theme(warehouse, "new_media", "province") == (1, 1, 1, 1, 0)


def test_a_second_theme_is_mentioned_and_a_field_counts_each_report_once(tmp_path: Path) -> None:
    parsed = reports("a-2024", "b-2024", "c-2024")
    for body in "abc":
        parsed.add("sections", report_id=f"{body}-2024", report_year=2024, section=5)
    parsed.problem("a-2024", "platform", "x", second_theme="staff_and_training")
    parsed.problem("a-2024", "new_media", "y")
    parsed.problem("b-2024", "staff_and_training", "z")
    warehouse = parsed.when_asked(tmp_path)
    counts = ("theme_group", "naming_report_count", "mentioning_report_count", "group_report_count")

    def row(name: str) -> tuple[object, ...]:
        found = warehouse.row("problem_themes_by_year", report_year=2024, level="county", theme=name)
        return tuple(found[count] for count in counts)

    # `a` names two themes of the platforms' field and is one report of it; as a second theme it names staff, too.
    assert row("platform") == row("new_media") == ("platform_field", 1, 1, 1)
    assert row("staff_and_training") == ("support_field", 1, 2, 2)
    assert row("supervision") == ("support_field", 0, 0, 2)
    assert row("other") == ("no_field", 0, 0, 0)
    assert failures(model_of("problem_themes_by_year"), warehouse.table("problem_themes_by_year")) == []


def test_every_theme_has_its_row(tmp_path: Path) -> None:
    parsed = reports("a-2024")
    parsed.add("sections", report_id="a-2024", report_year=2024, section=5)
    table = parsed.when_asked(tmp_path).table("problem_themes_by_year")
    assert sorted(table["theme"]) == sorted(THEMES)


# --- problems_over_years

FORM_OF_READING = "政策解读形式单一，图文解读较少"


def states(warehouse: Warehouse, report_id: str) -> dict[str, tuple[object, object]]:
    """State and counterpart of each problem in the rows of a report."""
    table = warehouse.table("problems_over_years").filter(report_id=report_id)
    return {row["problem_id"]: (row["state"], row["previous_problem_id"]) for row in table.to_dicts()}


def test_problems_are_new_repeated_or_no_longer_named(tmp_path: Path) -> None:
    parsed = reports("a-2022", "a-2023", "b-2023")
    before = parsed.problem("a-2022", "interpretation", FORM_OF_READING)
    gone = parsed.problem("a-2022", "platform", "政府网站栏目设置不合理")
    again = parsed.problem("a-2023", "interpretation", "一是解读形式还不够丰富，图文类解读较少")
    new = parsed.problem("a-2023", "staff_and_training", "人员变动频繁")
    alone = parsed.problem("b-2023", "staff_and_training", "人员变动频繁")
    warehouse = parsed.when_asked(tmp_path)
    assert states(warehouse, "a-2022") == {before: ("first_report", None), gone: ("first_report", None)}
    assert states(warehouse, "a-2023") == {
        again: ("repeated", before),
        new: ("new", None),
        gone: ("no_longer_named", None),
    }
    assert states(warehouse, "b-2023") == {alone: ("first_report", None)}
    resolved = warehouse.row("problems_over_years", report_id="a-2023", problem_id=gone)
    assert (resolved["report_year"], resolved["text"]) == (2023, "政府网站栏目设置不合理")
    assert (resolved["previous_report_id"], resolved["previous_report_year"]) == ("a-2022", 2022)
    assert resolved["similarity"] == 0


def test_problems_that_share_a_theme_first_or_second_are_compared(tmp_path: Path) -> None:
    parsed = reports("a-2022", "a-2023", "b-2022", "b-2023")
    text = "人手少，解读材料晚了半个月"
    before = parsed.problem("a-2022", "staff_and_training", text, second_theme="interpretation")
    again = parsed.problem("a-2023", "interpretation", text)
    other = parsed.problem("b-2022", "staff_and_training", text)
    new = parsed.problem("b-2023", "interpretation", text)
    warehouse = parsed.when_asked(tmp_path)
    assert states(warehouse, "a-2023") == {again: ("repeated", before)}
    # Two that share no theme are not compared, however alike they are.
    assert set(states(warehouse, "b-2023")) == {new, other}
    assert states(warehouse, "b-2023")[new] == ("new", None)
    row = warehouse.row("problems_over_years", report_id="a-2022", problem_id=before)
    assert (row["theme"], row["second_theme"]) == ("staff_and_training", "interpretation")


def test_similarity_is_of_the_pairs_of_characters_that_are_left(tmp_path: Path) -> None:
    parsed = reports("a-2022", "a-2023")
    # 形式单一图文少 → 形式 式单 单一 一图 图文 文少; 形式单一视频少 → 形式 式单 单一 一视 视频 频少: three of six and six.
    parsed.problem("a-2022", "interpretation", "形式单一，图文少")
    now = parsed.problem("a-2023", "interpretation", "2.解读形式单一，视频少（2023）")
    row = parsed.when_asked(tmp_path).row("problems_over_years", report_id="a-2023", problem_id=now)
    assert (row["state"], row["similarity"]) == ("repeated", 0.5)


def test_a_report_without_problems_is_passed_over(tmp_path: Path) -> None:
    parsed = reports("a-2021", "a-2022", "a-2023")
    before = parsed.problem("a-2021", "interpretation", FORM_OF_READING)
    again = parsed.problem("a-2023", "interpretation", FORM_OF_READING)
    warehouse = parsed.when_asked(tmp_path)
    assert states(warehouse, "a-2022") == {}
    assert states(warehouse, "a-2023") == {again: ("repeated", before)}
    row = warehouse.row("problems_over_years", report_id="a-2023", problem_id=again)
    assert (row["previous_report_year"], row["similarity"]) == (2021, 1)


def test_the_closest_counterpart_is_named_and_two_problems_can_share_one(tmp_path: Path) -> None:
    parsed = reports("a-2022", "a-2023")
    parsed.problem("a-2022", "interpretation", "解读质量有待提高，形式单一")
    closest = parsed.problem("a-2022", "interpretation", FORM_OF_READING)
    one, two = (parsed.problem("a-2023", "interpretation", text) for text in (FORM_OF_READING, "解读形式单一、图文少"))
    found = states(parsed.when_asked(tmp_path), "a-2023")
    assert (found[one], found[two]) == (("repeated", closest), ("repeated", closest))


SAME = [
    ("interpretation", "解读形式单一，图文解读和视频解读占比偏低", "政策解读形式还不够丰富，图文、视频类解读较少"),
    ("interpretation", "解读形式比较单一", "政策解读质量有待提高，解读形式单一"),
    ("proactive_scope", "公开内容与群众需求还有差距", "主动公开的内容与公众需求存在一定差距"),
    ("staff_and_training", "人员变动频繁，业务能力有待提升", "工作人员业务能力参差不齐，人员流动频繁"),
    ("awareness", "部分单位对政府信息公开工作重视程度不够", "个别部门对政务公开工作的重视程度不够"),
    ("request_handling", "依申请公开办理的规范性有待加强", "依申请公开答复的规范性、准确性还需进一步提高"),
    ("interpretation", "政策解读有待加强", "政策解读工作还不够"),
    (
        "interpretation",
        "政策解读质量不高，解读内容照搬照抄文件原文，缺少群众看得懂的图文、视频等形式，解读的针对性和可读性不强",
        "政策解读工作质量有待提升。部分解读材料存在照抄照搬文件现象，形式较为单一，通俗性、可读性不强",
    ),
]
ANOTHER = [
    ("platform", "政府网站栏目设置不合理", "政府网站信息更新不及时"),
    ("interpretation", "政策解读形式单一", "政策解读不够及时"),
    ("proactive_scope", "主动公开内容不够全面", "主动公开时效性有待提高"),
    ("request_handling", "依申请公开答复不规范", "依申请公开受理渠道不畅通"),
    ("interpretation", "政策解读形式单一", "政策解读有待加强"),
]


@pytest.mark.parametrize(("pairs", "state"), [(SAME, "repeated"), (ANOTHER, "new")])
def test_other_wordings_of_one_matter_are_told_from_other_matters_of_one_theme(
    tmp_path: Path, pairs: list[tuple[str, str, str]], state: str
) -> None:
    parsed = Parsed()
    for n, (name, before, now) in enumerate(pairs):
        parsed.report(f"b{n}-2022").report(f"b{n}-2023")
        parsed.problem(f"b{n}-2022", name, before)
        parsed.problem(f"b{n}-2023", name, now)
    warehouse = parsed.when_asked(tmp_path)
    found = [states(warehouse, f"b{n}-2023")[f"b{n}-2023/problems/1"][0] for n in range(len(pairs))]
    assert found == [state] * len(pairs)


def test_the_same_words_of_two_themes_are_two_problems(tmp_path: Path) -> None:
    parsed = reports("a-2022", "a-2023")
    parsed.problem("a-2022", "proactive_scope", "主动公开的深度和广度有待进一步拓展")
    now = parsed.problem("a-2023", "interpretation", "政策解读的深度和广度有待进一步拓展")
    row = parsed.when_asked(tmp_path).row("problems_over_years", report_id="a-2023", problem_id=now)
    assert (row["state"], row["similarity"]) == ("new", 0)


# --- all of it


def test_marts_keep_the_contract(tmp_path: Path) -> None:
    parsed = reports("a-2022", "a-2023", "b-2023")
    for report_id in ("a-2022", "a-2023"):
        parsed.figure(report_id, RECEIVED, 5)
        parsed.figure(report_id, "unmapped", 5)
        parsed.problem(report_id, "interpretation", FORM_OF_READING)
        parsed.problem(report_id, "platform", f"{report_id[0]}栏目{'少' if '2022' in report_id else '多'}")
    warehouse = parsed.build(tmp_path)
    for model in WAREHOUSE:
        table = warehouse.table(about(model).name)
        assert failures(model, table) == [], about(model).name
        assert table.equals(table.sort(about(model).key)), about(model).name


# --- what never stands for the body


def test_an_owner_a_share_a_change_and_the_year_before_stand_for_no_body(tmp_path: Path) -> None:
    parsed = reports("a-2024", "b-2024")
    parsed.figure("a-2024", RECEIVED, 233, owner="东湖县")
    parsed.figure("a-2024", RECEIVED, 31, time="last_year")
    parsed.figure("a-2024", RECEIVED, 12, aspect="share", unit="%")
    parsed.figure("a-2024", RECEIVED, 5, aspect="change", change_kind="increase", change_base="previous_year")
    whole = parsed.figure("b-2024", RECEIVED, 1420)
    parsed.figure("b-2024", RECEIVED, 5000, owner="东湖县")
    warehouse = parsed.when_asked(tmp_path)
    assert warehouse.table("indicator_by_year").filter(report_id="a-2024").is_empty()
    assert warehouse.row("narrative_by_year", report_id="a-2024")[RECEIVED] is None
    row = chosen(warehouse, "b-2024")
    assert (row["figure_id"], row["normalised_value"], row["others_agree"]) == (whole, 1420, True)
    assert warehouse.row("narrative_by_year", report_id="b-2024")[RECEIVED] == 1420


def test_what_was_carried_in_from_the_year_before_stands(tmp_path: Path) -> None:
    parsed = reports("a-2024")
    figure = parsed.figure("a-2024", "requests_carried_in", 34, time="last_year")
    assert chosen(parsed.when_asked(tmp_path), "a-2024", "requests_carried_in")["figure_id"] == figure
