"""What the official forms say, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.forms import FormError, form_for, forms
from pipelines.parse.labels import columns_of, key, rows_of


@pytest.mark.parametrize(
    ("year", "form"),
    [
        (2008, None),
        (2013, None),
        (2014, "2014"),
        (2018, "2014"),
        (2019, "2019"),
        (2020, "2019"),
        (2021, "2021"),
        (2030, "2021"),
    ],
)
def test_form_in_force(year: int, form: str | None) -> None:
    found = form_for(year)
    assert (found.name if found else None) == form


def test_the_form_of_2021() -> None:
    tables = forms()["2021"].tables
    assert forms()["2021"].sections[1].official == "总体情况"
    assert len(forms()["2021"].sections) == 6
    assert len(tables["requests"].expected_rows([])) == 25
    assert [c.official for c in tables["requests"].columns] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert sum(len(b.rows) * len(b.columns) for b in tables["proactive"].blocks) == 10
    assert len(tables["disputes"].rows) * len(tables["disputes"].columns) == 15


def test_the_form_of_2019() -> None:
    tables = forms()["2019"].tables
    assert len(tables["requests"].expected_rows([])) == 23
    assert sum(len(b.rows) * len(b.columns) for b in tables["proactive"].blocks) == 22
    assert "other" in tables["requests"].expected_rows([])


def test_the_annex_of_2014_has_58_rows() -> None:
    assert len(forms()["2014"].tables["statistics"].rows) == 58


def test_either_the_single_row_other_or_its_three_are_expected() -> None:
    table = forms()["2021"].tables["requests"]
    three = {"other.clarification_overdue", "other.fee_overdue", "other.other"}
    assert three <= set(table.expected_rows(["other.fee_overdue"]))
    assert set(table.expected_rows(["other"])) & {"other", *three} == {"other"}


@pytest.mark.parametrize(
    ("form", "table"), [(f, t) for f in ("2019", "2021") for t in ("proactive", "requests", "disputes")]
)
def test_every_known_spelling_means_its_row_or_column(form: str, table: str) -> None:
    """But for a spelling that two rows share without their numbers (其他), which only the numbered one tells apart."""
    for labels, lexicon in (
        (forms()[form].tables[table].rows, rows_of(form, table)),
        (forms()[form].tables[table].columns, columns_of(form, table)),
    ):
        for label in labels:
            assert lexicon.code(label.official) == label.code
            for spelling in label.spellings:
                assert lexicon.code(spelling) in (label.code, None) or key(spelling) == "其他"


def test_a_form_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "form_x.yaml").write_text(
        "form: x\nreport_years: [2030, null]\nsource: s\ntables:\n  t:\n    layout: list\n    columns: {v: {label: 数}}\n"
        "    rows: {a: {label: 甲}}\n    identities: {i: {per: column, left: [a], right: [b], says: s}}\n",
        encoding="utf-8",
    )
    with pytest.raises(FormError, match="'b'"):
        forms(tmp_path)
