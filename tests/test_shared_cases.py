"""Every right value that the three EXPECTED.md of ../shared/cases name. The files are no part of the repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from pipelines.harvest.fetch import robots
from pipelines.parse import Hints, Report, parse
from pipelines.parse.report import Fact
from pipelines.read import read
from pipelines.workspace import PROJECT
from tests.made.cases import folded

CASES = PROJECT.parent / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="../shared with the cases is not there")

Key = tuple[str, str, str]
APPLICANTS = (
    *("natural_person", "commercial_enterprise", "research_institution", "public_welfare_org"),
    *("legal_service_org", "other_org", "total"),
)  # fmt: skip
RESULTS = ("upheld", "corrected", "other", "pending", "total")
NO_REQUESTS = (0, 0, 0, 0, 0, 0, 0)


def report_of(path: str) -> Report:
    file: Path = CASES / path
    return parse(read(file.read_bytes(), file.name), Hints(file.name))


def facts_of(report: Report) -> dict[Key, Fact]:
    return {(f.table, f.row, f.column): f for f in report.facts}


def row(table: str, code: str, columns: Sequence[str], values: Sequence[object]) -> dict[Key, object]:
    return {(table, code, column): value for column, value in zip(columns, values, strict=True)}


def requests(rows: Mapping[str, Sequence[object]]) -> dict[Key, object]:
    return {k: v for code, values in rows.items() for k, v in row("requests", code, APPLICANTS, values).items()}


def proactive(rows: Mapping[str, Sequence[object]]) -> dict[Key, object]:
    names = {
        **dict.fromkeys(("regulations", "normative_documents"), ("issued", "repealed", "in_force")),
        **dict.fromkeys(("licensing", "penalty", "coercion"), ("decisions",)),
        "fees": ("amount_10k_yuan",),
    }
    return {k: v for code, values in rows.items() for k, v in row("proactive", code, names[code], values).items()}


def values_of(report: Report, wanted: Mapping[Key, object]) -> dict[Key, object]:
    found = facts_of(report)
    return {key: None if (f := found.get(key)) is None or f.value is None else float(f.value) for key in wanted}


def is_marked(report: Report, key: Key) -> bool:
    """Whether a cell is said to be in doubt: no number, a grade that says so, or a check that fails at its place."""
    fact = facts_of(report).get(key)
    if fact is None or fact.value is None or fact.grade in ("contradicted", "conflicting"):
        return any(c.outcome == "fails" and c.code.startswith(key[0]) for c in report.checks)
    places = {"", key[1], f"{key[1]}/{key[2]}"}
    return any(c.outcome == "fails" and c.code.startswith(f"{key[0]}.") and c.place in places for c in report.checks)


def right_or_marked(report: Report, wanted: Mapping[Key, object]) -> list[Key]:
    """The cells that are neither right nor marked, and those that are verified and wrong."""
    found = facts_of(report)
    wrong = []
    for key, value in wanted.items():
        fact = found.get(key)
        is_right = fact is not None and fact.value == value
        if not is_right and (
            not is_marked(report, key) or (fact and fact.value is not None and fact.grade == "verified")
        ):
            wrong.append(key)
    return wrong


def figures(report: Report) -> list[tuple[str | None, float]]:
    return [(f.indicator, float(f.value)) for f in report.figures if f.indicator]


def unmapped(report: Report) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for fact in report.facts:
        if fact.row.startswith("unmapped."):
            found.setdefault(fact.row_label, []).append(fact.value)
    return found


# ---------------------------------------------------------------- real/


M01 = requests(
    {
        "received_new": (40, 1, 0, 0, 0, 0, 41),
        "carried_in": NO_REQUESTS,
        "granted": (13, 0, 0, 0, 0, 0, 13),
        "partially_granted": (9, 1, 0, 0, 0, 0, 10),
        "unavailable.not_held": (18, 0, 0, 0, 0, 0, 18),
        "unavailable.needs_creation": NO_REQUESTS,
        "total_processed": (40, 1, 0, 0, 0, 0, 41),
        "carried_out": NO_REQUESTS,
    }
) | {
    **row("disputes", "reconsideration", RESULTS, (2, 1, 0, 0, 3)),
    **row("disputes", "litigation_direct", RESULTS, (0,) * 5),
    **row("disputes", "litigation_after_reconsideration", RESULTS, (0,) * 5),
}
M12 = proactive(
    {
        "regulations": (0, 0, 0),
        "normative_documents": (3, 1, 101),
        "licensing": (858,),
        "penalty": (40,),
        "coercion": (1,),
        "fees": (12.5,),
    }
) | requests(
    {
        "received_new": (5, 1, 0, 0, 0, 0, 6),
        "carried_in": (1, 0, 0, 0, 0, 0, 1),
        "granted": (4, 1, 0, 0, 0, 0, 5),
        "partially_granted": (1, 0, 0, 0, 0, 0, 1),
    }
)
BLANKS = (None,) * 5
CREATED = ("created", "disclosed", "total_disclosed")
LICENSED = ("items_previous_year", "items_change", "decisions")


def statistics(rows: Mapping[str, object], column: str = "value") -> dict[Key, object]:
    return {("statistics", code, column): value for code, value in rows.items()}


M03 = statistics(
    {
        "proactive.total": 812,
        "channel.website": 800,
        "channel.gazette": 12,
        "requests.received": 3,
        "requests.received_in_person": 1,
        "requests.received_online": 0,
        "requests.received_by_letter_or_fax": 2,
        "requests.answered": 3,
        "answers.granted": 2,
        "answers.partially_granted": 0,
        "answers.denied": 0,
        "answers.other": 1,
        "reconsideration.total": 1,
        "litigation.total": 0,
        "proactive.normative_documents": None,
        "requests.received_by_letter": None,
    }
)
M04 = statistics({"answers.denied": 0, "requests.received": 5, "channel.website": 640}) | statistics(
    {
        "answers.denied": 2,
        "requests.received": 24,
        "channel.website": 2300,
        "requests.answered": 24,
        "answers.granted": 19,
        "answers.partially_granted": 3,
    },
    "cumulative",
)
M05 = statistics(
    {
        "proactive.total": 543,
        "channel.website": 543,
        "channel.gazette": 0,
        "requests.received": 1,
        "requests.received_in_person": 0,
        "requests.received_online": 0,
        "requests.received_by_letter_or_fax": 1,
        "requests.answered": 1,
        "answers.granted": 1,
        "answers.partially_granted": 0,
        "answers.denied": 0,
        "answers.other": 0,
    }
)


@folded(
    ("file", "wanted"),
    [
        ("m01_glued_tables.txt", M01),
        (
            "m02_amount_after_count.txt",
            row("proactive", "procurement", ("projects", "amount_yuan"), (4, 98760)),
        ),
        ("m03_local_annex_2015.html", M03),
        ("m04_local_annex_2013.html", M04),
        ("m05_local_annex_one_line.txt", M05),
        ("m12_pipes_without_leading.txt", M12),
        (
            "m13_cell_a_line_bar.txt",
            proactive({"regulations": (None,) * 3, "normative_documents": (2, 1, 17), "licensing": (7,)})
            | requests({"received_new": (4, *BLANKS, 4), "carried_in": (0, *BLANKS, 0)}),
        ),
        (
            "m14_bar_on_its_line.txt",
            proactive({"regulations": (0, 0, 0), "normative_documents": (2, 1, 9), "licensing": (910,)})
            | requests({"received_new": (3, 0, 0, 0, 0, 0, 3)}),
        ),
        (
            "m15_long_labels_and_added_row.txt",
            row("proactive", "regulations", CREATED, (0, 0, 0))
            | row("proactive", "normative_documents", CREATED, (31, 4, 42))
            | row("proactive", "licensing", LICENSED, (8, -1, 20)),
        ),
        (
            "m16_old_form_in_2021.txt",
            row("proactive", "normative_documents", CREATED, (1, 1, 4))
            | row("proactive", "licensing", LICENSED, (33, 0, 12))
            | row("proactive", "other_services", LICENSED, (4, 0, 16))
            | row("proactive", "procurement", ("projects", "amount_yuan"), (2, 8040)),
        ),
        (
            "m21_traditional_first_block_bare.txt",
            proactive({"regulations": (0, 0, 0), "normative_documents": (1, 0, 2), "penalty": (4,), "coercion": (0,)}),
        ),
        (
            "m23_mixed_pipe_rows.txt",
            requests(
                {
                    "received_new": (2, *BLANKS, 2),
                    "carried_in": (None, *BLANKS, 0),
                    "granted": (1, *BLANKS, 1),
                    "partially_granted": (1, *BLANKS, 1),
                }
            ),
        ),
    ],
)
def test_cells_of_real_layouts(file: str, wanted: dict[Key, object]) -> None:
    assert values_of(report_of(f"real/{file}"), wanted) == wanted


def test_cells_of_local_annexes_are_verified_by_their_sums() -> None:
    three = facts_of(report_of("real/m03_local_annex_2015.html"))
    for code in (
        "requests.answered",
        "answers.granted",
        "answers.partially_granted",
        "answers.denied",
        "answers.other",
    ):
        for column in ("value", "cumulative"):
            assert three["statistics", code, column].grade == "verified"
    four = facts_of(report_of("real/m04_local_annex_2013.html"))
    for code in ("requests.answered", "answers.granted", "answers.partially_granted", "answers.denied"):
        assert four["statistics", code, "cumulative"].grade == "verified"


@folded(
    ("file", "wanted"),
    [
        ("m01_glued_tables.txt", [("items_disclosed", 2310)]),
        ("m02_amount_after_count.txt", [("items_disclosed", 30)]),
        ("m03_local_annex_2015.html", [("requests_received", 3)]),
        ("m06_catalogue_counts.txt", [("items_disclosed", 310), ("items_disclosed", 280)]),
        ("m07_service_hall.txt", [("platform_departments", 11), ("items_disclosed", 1200)]),
        ("m10_field_lines.txt", [("items_disclosed", 645)]),
        ("m11_one_line_sections.txt", [("items_disclosed", 645)]),
        ("m12_pipes_without_leading.txt", [("items_disclosed", 20)]),
        (
            "m24_closed_and_opened_accounts.txt",
            [("websites_closed", 1), ("new_media_accounts_closed", 4), ("new_media_accounts_closed", 3)],
        ),
    ],
)
def test_figures_of_real_layouts(file: str, wanted: list[tuple[str, float]]) -> None:
    assert figures(report_of(f"real/{file}")) == wanted


def test_what_an_office_counts_is_the_office_s() -> None:
    report = report_of("real/m06_catalogue_counts.txt")
    scopes = {f.value: f.scope for f in report.figures}
    assert (scopes[310], scopes[280]) == ("not_stated", "organ")


def test_spending_and_tax_relief_are_no_fees() -> None:
    found = {code for code, _ in figures(report_of("real/m08_spending_and_tax_relief.txt"))}
    assert not {code for code in found if code and code.startswith("processing_fees")}


def test_two_channels_named_together_are_no_channel() -> None:
    found = figures(report_of("real/m09_by_post_and_net.txt"))
    assert ("requests_received", 73) in found and "requests_online" not in dict(found)


def test_rows_of_a_report_s_own_stay_unmapped() -> None:
    (found,) = unmapped(report_of("real/m15_long_labels_and_added_row.txt")).items()
    assert found[0].startswith("其他主动公开文件") and found[1] == [5, 5, 6]


@folded(
    ("file", "body", "year", "told_by"),
    [
        ("m10_field_lines.txt", "青岭市东湖区人民政府", 2021, "title"),
        ("m11_one_line_sections.txt", "青岭市东湖区人民政府", 2021, "title"),
        ("m16_old_form_in_2021.txt", "青岭市东湖区水利局", 2021, "title"),
        ("m17_title_in_first_sentence.txt", "青岭市东湖区人民政府", 2025, "first_sentence"),
        ("m18_body_in_first_sentence.txt", "青岭市人民政府地方志办公室", 2023, "first_sentence"),
        ("m19_year_in_text.txt", "东湖区柳河镇人民政府", 2023, "text"),
        ("m21_traditional_first_block_bare.txt", "青嶺市東湖區柳河鎮", 2022, "first_sentence"),
    ],
)
def test_identity_of_real_layouts(file: str, body: str, year: int, told_by: str) -> None:
    report = report_of(f"real/{file}")
    assert (report.body.name, report.report_year, report.identity_from) == (body, year, told_by)


def test_figures_of_the_report_whose_title_stands_in_its_first_sentence() -> None:
    found = dict(figures(report_of("real/m17_title_in_first_sentence.txt")))
    wanted = {
        "requests_received": 89,
        "requests_answered": 88,
        "requests_carried_out": 1,
        "reconsiderations": 13,
        "litigations": 1,
    }
    assert {code: found.get(code) for code in wanted} == wanted


def test_sections_of_real_layouts() -> None:
    one_line = report_of("real/m11_one_line_sections.txt")
    assert [s.number for s in one_line.sections if s.number] == [1, 2, 3, 4, 5, 6]
    assert (len(one_line.problems), len(one_line.commitments)) == (1, 1)
    turned = report_of("real/m20_therefore_we_improve.html")
    assert (len(turned.problems), len(turned.commitments)) == (3, 2)
    assert turned.problems[2].text == "宣传力度还不够，查阅点利用率不高"


def test_a_zone_is_in_its_province_and_an_old_form_is_told_by_its_columns() -> None:
    assert report_of("real/m22_zone_body.txt").body.province_code == "350000"
    assert report_of("real/m16_old_form_in_2021.txt").form == "2019"


# ---------------------------------------------------------------- made/


CONTROL = (
    proactive(
        {
            "regulations": (3, 2, 43),
            "normative_documents": (19, 14, 220),
            "licensing": (605,),
            "penalty": (173,),
            "coercion": (8,),
            "fees": (19.5,),
        }
    )
    | requests(
        {
            "received_new": (4, 1, 0, 0, 2, 0, 7),
            "carried_in": (1, 0, 0, 0, 0, 0, 1),
            "granted": (1, 1, 0, 0, 1, 0, 3),
            "partially_granted": (1, 0, 0, 0, 0, 0, 1),
            "denied.deliberative_process": (1, 0, 0, 0, 0, 0, 1),
            "unavailable.not_held": (1, 0, 0, 0, 1, 0, 2),
            "total_processed": (4, 1, 0, 0, 2, 0, 7),
            "carried_out": (1, 0, 0, 0, 0, 0, 1),
        }
    )
    | row("disputes", "reconsideration", RESULTS, (2, 1, 0, 0, 3))
    | row("disputes", "litigation_direct", RESULTS, (1, 0, 0, 1, 2))
    | row("disputes", "litigation_after_reconsideration", RESULTS, (0, 1, 0, 0, 1))
)
MADE = (
    *("01-html-hidden-twin.html", "02-html-struck-raised-hidden.html", "03a-columns-divs.html"),
    *("03b-columns-one-unknown-header.html", "03c-columns-text.txt", "03d-columns-pdf-without-rules.pdf"),
    *("04a-rows-exchanged-old-words.html", "06a-pdf-invisible-zero.pdf", "06b-pdf-covered-struck-white-clipped.pdf"),
    *("09a-excel-format-literal-dot.xlsx", "09b-excel-format-decimals-and-thousands.xlsx"),
    *("10-docx-raised-struck-unseen.docx", "12-html-form-controls-and-pictures.html"),
    *("13-title-and-signature-of-two-bodies.html", "15-one-number-merged-over-two-rows.html"),
)  # fmt: skip


def test_the_control_is_read_as_it_stands() -> None:
    report = report_of("made/00-control.html")
    assert values_of(report, CONTROL) == CONTROL
    assert (report.report_year, report.form) == (2023, "2021")
    assert {f.value for k, f in facts_of(report).items() if k not in CONTROL} == {0}


@folded("file", MADE)
def test_every_cell_is_right_or_marked(file: str) -> None:
    assert right_or_marked(report_of(f"made/{file}"), CONTROL) == []


def test_figures_of_what_is_struck_and_of_chinese_numerals() -> None:
    assert figures(report_of("made/02-html-struck-raised-hidden.html")) == [("items_disclosed", 560)]
    report = report_of("made/11-narrative-numerals.html")
    found = [(f.value, f.value_to, f.qualifier) for f in report.figures]
    assert {value for value, _, _ in found} >= {27, 23000, 15000}
    assert {(value, to) for value, to, _ in found} >= {(6, 7), (3, 5)}
    assert not {value for value, _, _ in found} & {10, 67, 20000, 50000, 3000}
    (received,) = [f for f in report.figures if f.indicator == "requests_received"]
    assert (received.value, received.grade) == (27, "contradicted")


def test_last_year_is_no_repeal() -> None:
    found = facts_of(report_of("made/03e-column-last-year-taken-for-repealed.html"))
    assert not [key for key in found if key[0] == "proactive" and key[2] == "repealed"]


def test_labels_that_say_the_opposite_are_unknown() -> None:
    report = report_of("made/04b-labels-that-say-the-opposite.html")
    found = facts_of(report)
    for code in ("granted", "unavailable.not_held", "not_processed.duplicate"):
        assert ("requests", code, "total") not in found
    assert not [k for k in found if k[2] == "natural_person"]
    assert not [k for k in found if k[0] == "disputes" and k[2] in ("upheld", "pending")]


def test_another_year_is_not_this_one() -> None:
    of_table = report_of("made/05a-table-of-another-year.html")
    assert [c for c in of_table.checks if c.code == "requests.year_agrees" and c.outcome == "fails"]
    assert not [f for f in of_table.facts if f.table == "requests" and f.grade == "verified"]
    wrong = {("proactive", "regulations", "issued"), ("proactive", "fees", "amount_10k_yuan")}
    wrong |= {("proactive", "licensing", "decisions"), ("requests", "received_new", "total")}
    found = facts_of(report_of("made/05b-headers-of-another-year.html"))
    assert {key for key in wrong if key in found and found[key].value is not None} == set()


@folded("file", ["07a-tenths-of-requests.html", "07b-negative-requests.html"])
def test_requests_are_whole_and_not_negative(file: str) -> None:
    report = report_of(f"made/{file}")
    key = ("requests", "received_new", "total")
    assert facts_of(report)[key].value is None and is_marked(report, key)


def test_cells_that_are_no_plain_count_have_no_value() -> None:
    report = report_of("made/07c-cells-that-are-no-plain-count.html")
    for code, raw in (("licensing", "1.605"), ("penalty", "增173"), ("coercion", "8 12")):
        key = ("proactive", code, "decisions")
        assert (facts_of(report)[key].value, facts_of(report)[key].raw) == (None, raw)
        assert is_marked(report, key)


@folded(
    ("file", "row_code", "column", "value", "unit"),
    [
        ("08a-units-qianyuan-wanjian.html", "fees", "amount_10k_yuan", 19.5, "千元"),
        ("08a-units-qianyuan-wanjian.html", "licensing", "decisions", 605, "万件"),
        ("08b-unit-baiwanyuan.html", "fees", "amount_10k_yuan", 19.5, "百万元"),
        ("08c-unit-usd.html", "fees", "amount_10k_yuan", 19.5, "美元"),
        ("09a-excel-format-literal-dot.xlsx", "fees", "amount_10k_yuan", 19.5, "万元"),
        ("09b-excel-format-decimals-and-thousands.xlsx", "fees", "amount_10k_yuan", 19.5, "万元"),
    ],
)
def test_units_are_whole(file: str, row_code: str, column: str, value: float, unit: str) -> None:
    fact = facts_of(report_of(f"made/{file}"))["proactive", row_code, column]
    assert (float(fact.value or 0), fact.unit) == (value, unit)


def test_a_formula_without_its_value_and_a_picture_are_unread() -> None:
    for file in ("09c-excel-formula-never-calculated.xlsx", "12-html-form-controls-and-pictures.html"):
        report = report_of(f"made/{file}")
        unread = [(f.table, f.row, f.column) for f in report.facts if "\ufffd" in f.raw]
        assert unread and all(is_marked(report, key) for key in unread)


def test_two_bodies_fail_a_check() -> None:
    report = report_of("made/13-title-and-signature-of-two-bodies.html")
    assert [c.outcome for c in report.checks if c.code == "body_agrees"] == ["fails"]


@folded("file", ["14a-robots-utf16.txt", "14b-robots-html-comment.txt", "14c-robots-agent-with-version.txt"])
def test_robots_forbid(file: str) -> None:
    rules = robots.read(200, (CASES / "made" / file).read_bytes())
    assert not rules.allows("https://www.example.gov.cn/zwgk/a.html")


def test_one_number_over_two_rows_is_neither_s() -> None:
    report = report_of("made/15-one-number-merged-over-two-rows.html")
    for code in ("unavailable.not_held", "unavailable.needs_creation"):
        assert is_marked(report, ("requests", code, "total"))


# ---------------------------------------------------------------- broken/


@folded(
    ("file", "total"),
    [
        ("truncated_2019_7_2440.html", 1276),
        ("truncated_2021_7_2014.html", 1547),
        ("truncated_demo-city-2021_2877.html", 409),
    ],
)
def test_the_row_that_is_cut_gets_no_number_of_the_row_before(file: str, total: int) -> None:
    report = report_of(f"broken/{file}")
    found = {(row_code, f.value) for (_, row_code, column), f in facts_of(report).items() if column == "total"}
    assert ("received_new", total) in found
    assert not [f for f in report.facts if f.row == "carried_in" and f.value is not None]


def test_rows_without_labels_of_their_own_are_unknown() -> None:
    report = report_of("broken/all_row_labels_blank.html")
    assert {f.row.split(".")[0] for f in report.facts if f.table == "requests"} == {"unmapped"}
    assert [c for c in report.checks if c.code == "requests.rows_known" and c.outcome == "fails"]


def test_two_labels_in_one_cell_verify_neither_row() -> None:
    report = report_of("broken/two_labels_in_one_cell_16.html")
    either = [f for f in report.facts if f.row in ("not_processed.duplicate", "not_processed.published_material")]
    assert not [f for f in either if f.grade == "verified" and f.value]
    assert [c for c in report.checks if c.code == "requests.rows_known" and c.outcome == "fails"]


def test_a_stray_row_of_zeros_is_never_the_results() -> None:
    kept = facts_of(report_of("broken/disputes_zero_row_and_footnote.html"))
    wrong = [
        f for k, f in kept.items() if k[0] == "disputes" and k[2] != "other" and f.value == 0 and f.grade == "verified"
    ]
    assert len({f.row for f in wrong if f.column == "total"}) == 0
    before = facts_of(report_of("broken/disputes_stray_zero_row_before.html"))
    assert before["disputes", "litigation_direct", "total"].grade == "conflicting"
    third = facts_of(report_of("broken/disputes_zero_table_then_real_wrong_sum.html"))
    assert third["disputes", "litigation_direct", "total"].grade in ("conflicting", "contradicted")
