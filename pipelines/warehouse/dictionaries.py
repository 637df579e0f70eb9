"""The dictionaries that are kept by hand, as tables of the warehouse: what `expectations` reads, row by row.

Belongs here: which column says what. Does not belong here: the dictionaries' own rules (`expectations.indicators`,
`expectations.governments`, `expectations.functions`, `expectations.crosswalk`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from expectations import harmonised, international_tables
from expectations.body_tables import Functions, Governments
from expectations.columns import Table, about, polars_schema
from expectations.corrected import Corrections
from expectations.corrections import Correction
from expectations.crosswalk import crosswalk, form_years, measures
from expectations.due_dates import due_rules
from expectations.due_tables import DueRules
from expectations.functions import functions
from expectations.governments import Former, Government, former_divisions, governments, is_zone_code
from expectations.indicators import groups, indicators
from expectations.international import concepts
from expectations.legal_breaks import legal_breaks
from expectations.narrative import Indicators, Themes
from expectations.peers import county_groups, peer_groups, residents_by_year
from expectations.territories import territory_changes
from expectations.themes import theme_groups, themes

Rows = Iterator[dict[str, Any]]
#: The columns of `corrections` that tell what became of a line; the others are the line itself.
_DERIVED = frozenset({"correction_status", "report_id", "place_id", "printed_now"})


def frames() -> Mapping[str, pl.DataFrame]:
    """Every dictionary of the contract by its table's name, in the dictionary's own order."""
    made: list[tuple[type[Table], Rows]] = [
        (Indicators, _indicator_rows()),
        (Themes, _theme_rows()),
        (Governments, _government_rows()),
        (Functions, _function_rows()),
        (harmonised.Measures, _measure_rows()),
        (harmonised.Crosswalk, _crosswalk_rows()),
        (harmonised.CrosswalkTerms, _crosswalk_term_rows()),
        (harmonised.DerivedTerms, _derived_term_rows()),
        (harmonised.Population, _population_rows()),
        (harmonised.TerritoryChanges, _territory_rows()),
        (harmonised.PeerGroups, _peer_group_rows()),
        (harmonised.LegalBreaks, _legal_break_rows()),
        (DueRules, _due_rule_rows()),
        (international_tables.InternationalCrosswalk, _international_rows()),
    ]
    return {about(model).name: _frame(model, rows) for model, rows in made}


def register(lines: Sequence[Correction]) -> pl.DataFrame:
    """The lines of the register of corrections: columns of the table `corrections` as far as a line says them."""
    schema = {name: kind for name, kind in polars_schema(Corrections).items() if name not in _DERIVED}
    rows = [
        {
            "correction_id": "/".join(line.place),
            "document_sha256": line.document_sha256,
            "kind": line.kind,
            "form_table": line.form_table or None,
            "form_row": line.form_row or None,
            "form_column": line.form_column or None,
            "indicator": line.indicator or None,
            "sentence": line.sentence or None,
            "printed_text": line.printed,
            "corrected_value": float(line.value),
            "reason": line.reason,
            "evidence": line.evidence,
            "corrected_by": line.by,
            "corrected_on": datetime.date.fromisoformat(line.on),
        }
        for line in lines
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _frame(model: type[Table], rows: Rows) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=polars_schema(model), orient="row")


def _indicator_rows() -> Rows:
    for ordinal, indicator in enumerate(indicators().values(), 1):
        group = groups()[indicator.group]
        yield {
            "indicator": indicator.code,
            "ordinal": ordinal,
            "indicator_group": group.code,
            "group_zh": group.zh,
            "group_en": group.en,
            "indicator_zh": indicator.zh,
            "indicator_en": indicator.en,
            "definition": indicator.definition,
            "unit": indicator.unit,
            "part_of_indicator": indicator.part_of,
            "is_main": indicator.main,
        }


def _theme_rows() -> Rows:
    for ordinal, theme in enumerate(themes().values(), 1):
        group = theme_groups()[theme.group]
        yield {
            "theme": theme.code,
            "ordinal": ordinal,
            "theme_zh": theme.zh,
            "theme_en": theme.en,
            "definition": " ".join(theme.definition.split()),
            "theme_group": group.code,
            "group_zh": group.zh,
            "group_en": group.en,
            "source": group.source,
        }


def _government_rows() -> Rows:
    """The tree of today, then the former divisions. A former parent has the name of its time."""
    names = {former.code: former.name for former in former_divisions()}
    names |= {node.code: node.name for node in governments().values()}
    for node in governments().values():
        yield {**_division(node, names), **_change(None)}
    for former in former_divisions():
        yield {**_division(former, names), **_change(former)}


def _division(node: Government | Former, names: Mapping[str, str]) -> dict[str, Any]:
    province = node.code[:2] + "0000"
    return {
        "government_code": node.code,
        "government_name": node.name,
        "level": node.level,
        "is_zone": is_zone_code(node.code),
        "parent_government_code": node.parent_code,
        "parent_government_name": names[node.parent_code] if node.parent_code else None,
        "province_code": province,
        "province_name": names[province],
    }


def _change(former: Former | None) -> dict[str, Any]:
    return {
        "valid_to": former.valid_to if former else None,
        "change": former.change if former else None,
        "government_successor_code": former.successor_code if former else None,
    }


def _function_rows() -> Rows:
    for function in functions().values():
        for era in function.eras:
            for name in era.names:
                yield {
                    "organ_name": name,
                    "body_function": function.code,
                    "function_zh": function.zh,
                    "function_en": function.en,
                    "valid_from": era.start,
                    "valid_until": era.end,
                    "fit": era.fit,
                    "note": era.note,
                    "accountability": era.accountability,
                    "accountability_source": era.accountability_source,
                }


def _measure_rows() -> Rows:
    for ordinal, measure in enumerate(measures().values(), 1):
        sides = [" + ".join(side) for side in (measure.numerator, measure.denominator)]
        yield {
            "measure": measure.code,
            "ordinal": ordinal,
            "measure_group": measure.group,
            "measure_zh": measure.zh,
            "measure_en": measure.en,
            "definition": measure.definition,
            "unit": measure.unit,
            "part_of_measure": measure.part_of,
            "is_main": measure.main,
            "in_comparison": measure.compared,
            "is_derived": measure.derived,
            "derivation": f"({sides[0]}) / ({sides[1]})" if measure.derived else None,
            "main_until": measure.main_until,
            "asked_of": measure.asked_of,
            "least_denominator": measure.least_denominator,
            "best_comparability": measure.comparability,
            "derivation_reason": measure.reason,
            "derivation_source": measure.source,
        }


def _crosswalk_rows() -> Rows:
    for line in crosswalk():
        first, last = form_years(line.form)
        yield {
            "measure": line.measure,
            "form": line.form,
            "alternative": line.alternative,
            "form_first_year": first,
            "form_last_year": last,
            "basis": line.basis,
            "formula": line.formula,
            "comparability": line.comparability,
            "series": line.series,
            "reason": line.reason,
            "source": line.source,
        }


def _crosswalk_term_rows() -> Rows:
    for line in crosswalk():
        for ordinal, term in enumerate(line.terms, 1):
            yield {
                "measure": line.measure,
                "form": line.form,
                "alternative": line.alternative,
                "term": ordinal,
                "basis": line.basis,
                "form_table": term.table,
                "form_row": term.row,
                "form_column": term.column,
                "indicator": term.indicator,
            }


def _derived_term_rows() -> Rows:
    for measure in measures().values():
        for side, parts in (("numerator", measure.numerator), ("denominator", measure.denominator)):
            for ordinal, part in enumerate(parts, 1):
                yield {"measure": measure.code, "side": side, "term": ordinal, "part_measure": part}


def _population_rows() -> Rows:
    for row in residents_by_year():
        yield {
            "government_code": row.code,
            "government_name": row.name,
            "report_year": row.year,
            "resident_count": row.count,
            "is_interpolated": row.interpolated,
            "source": row.source,
        }


def _territory_rows() -> Rows:
    for change in territory_changes():
        yield {
            "government_code": change.code,
            "government_name": change.name,
            "change_year": change.year,
            "changed_division": change.division,
            "source": change.source,
        }


def _peer_group_rows() -> Rows:
    for row in (*peer_groups(), *county_groups()):
        yield {
            "peer_group": row.group,
            "peer_group_zh": row.group_zh,
            "government_code": row.code,
            "government_name": row.name,
        }


def _legal_break_rows() -> Rows:
    for line in legal_breaks():
        for year in line.years:
            for measure in line.measures:
                yield {
                    "measure": measure,
                    "report_year": year,
                    "legal_date": line.since,
                    "legal_kind": line.kind,
                    "reason_zh": line.reason_zh,
                    "reason_en": line.reason_en,
                    "source": line.source,
                    "needs_source": line.needs_source,
                }


def _due_rule_rows() -> Rows:
    for rule in due_rules():
        yield {
            "body_kind": rule.body_kind,
            "is_of_zone": rule.is_of_zone,
            "is_vertical": rule.is_vertical,
            "has_own_report": rule.has_own_report,
            "first_report_year": rule.first_year,
            "last_report_year": rule.last_year,
            "due_month": rule.due.on.month,
            "due_day": rule.due.on.day,
            "due_basis": rule.due.basis,
            "source": rule.source,
        }


def _international_rows() -> Rows:
    for ordinal, concept in enumerate(concepts(), 1):
        for other in concept.others:
            yield {
                "concept": concept.code,
                "system": other.system,
                "ordinal": ordinal,
                "concept_zh": concept.zh,
                "concept_en": concept.en,
                "measure": concept.measure,
                "our_source": concept.our_source,
                "their_field": other.field,
                "relation": other.relation,
                "reason_zh": other.reason_zh,
                "reason_en": other.reason_en,
                "source": other.source,
                "needs_source": other.needs_source,
            }
