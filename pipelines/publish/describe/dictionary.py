"""`dictionary.json` and `dictionary.csv`: every table, column, code, measure and indicator, in Chinese and English.

All of it comes from the contract; pages about tables and columns are made from the JSON. Belongs here: its shape. Does
not belong here: any meaning (`expectations`, and `data/` behind it).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from expectations.codes import meanings
from expectations.columns import Column, Table, about, columns
from expectations.crosswalk import crosswalk, form_years, measures
from expectations.duckdb_sql import quoted
from expectations.forms import Form, forms
from expectations.indicators import groups, indicators
from expectations.tables import CHANGES, CORE, DICTIONARIES, MARTS, PARSED, QUALITY, RESULTS
from expectations.themes import themes
from pipelines.publish import dataset

#: The tables by what they are, in the order in which they are explained.
GROUPS = (
    ("comparison", "比较数据", MARTS),
    ("core", "核心数据", CORE),
    ("report", "报告数据", PARSED),
    ("dictionary", "字典", DICTIONARIES),
    ("quality", "质量", (*RESULTS, *QUALITY)),
    ("changes", "版本变化", CHANGES),
)
#: A column with more codes than this has those of a dictionary, which is named instead.
_MOST_CODES = 40
_CSV = (
    *("kind", "table_name", "code", "zh", "en", "description", "type", "unit", "nullable", "codes", "formula"),
    "comparability",
)


def dictionary(version: str) -> dict[str, Any]:
    """The dictionary of a release as JSON."""
    return {
        "name": dataset.NAME,
        "title": dataset.TITLE,
        "title_zh": dataset.TITLE_ZH,
        "version": version,
        "cautions": list(dataset.CAUTIONS),
        "cautions_zh": list(dataset.CAUTIONS_ZH),
        "tables": [_table(model, group, zh) for group, zh, models in GROUPS for model in models],
        "measures": list(_measures()),
        "indicators": list(_indicators()),
        "themes": [
            {"code": t.code, "group": t.group, "zh": t.zh, "en": t.en, "definition": " ".join(t.definition.split())}
            for t in themes().values()
        ],
        "forms": [_form(form) for form in sorted(forms().values(), key=lambda form: form.first_year)],
    }


def example_query(model: type[Table]) -> str:
    """A query that shows what is in a table: its key and what stands behind it, the last rows first."""
    facts = about(model)
    shown = [*facts.key, *(c.name for c in columns(model) if c.name not in facts.key)][: len(facts.key) + 6]
    listed = ", ".join(quoted(name) if not name.isidentifier() else name for name in shown)
    return f"select {listed} from {_place(model)} order by {', '.join(f'{name} desc' for name in facts.key)} limit 20"


def _place(model: type[Table]) -> str:
    """Tell what a table is called in a query: by its file where it is not in the database."""
    name = about(model).name
    folder = {**dict.fromkeys(QUALITY, "quality"), **dict.fromkeys(CHANGES, "changes")}.get(model)
    return f"'{folder}/{name}.parquet'" if folder else name


def _table(model: type[Table], group: str, group_zh: str) -> dict[str, Any]:
    facts = about(model)
    return {
        "name": facts.name,
        "group": group,
        "group_zh": group_zh,
        "zh": facts.zh,
        "description": facts.description,
        "grain": facts.grain,
        "key": list(facts.key),
        "rules": dict(facts.rules),
        "query": example_query(model),
        "columns": [_column(column) for column in columns(model)],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "zh": column.zh,
        "description": column.description,
        "type": column.datapackage,
        "unit": column.unit,
        "nullable": column.nullable,
        "unique": column.unique,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "pattern": column.pattern,
        "codes_of": _dictionary_of(column),
        "codes": []
        if _dictionary_of(column)
        else [{"code": code.code, "zh": code.zh, "en": code.en} for code in meanings(column)],
    }


def _dictionary_of(column: Column) -> str | None:
    """The table whose codes a column holds, where they are too many to be listed with it."""
    if len(column.allowed) <= _MOST_CODES:
        return None
    known: Mapping[str, Any] = {"measures": measures(), "indicators": indicators()}
    return next((table for table, codes in known.items() if column.allowed[-1] in codes), "functions")


def _measures() -> Iterator[dict[str, Any]]:
    """The measures, each with the ways in which forms offer it."""
    for measure in measures().values():
        sides = [" + ".join(side) for side in (measure.numerator, measure.denominator)]
        yield {
            "code": measure.code,
            "group": measure.group,
            "zh": measure.zh,
            "en": measure.en,
            "definition": measure.definition,
            "unit": measure.unit,
            "part_of": measure.part_of,
            "main": measure.main,
            "derivation": f"({sides[0]}) / ({sides[1]})" if measure.derived else None,
            "forms": [
                {
                    "form": line.form,
                    "years": list(form_years(line.form)),
                    "alternative": line.alternative,
                    "formula": line.formula,
                    "comparability": line.comparability,
                    "series": line.series,
                    "reason": line.reason,
                    "source": line.source,
                }
                for line in crosswalk()
                if line.measure == measure.code
            ],
        }


def _indicators() -> Iterator[dict[str, Any]]:
    for indicator in indicators().values():
        group = groups()[indicator.group]
        yield {
            "code": indicator.code,
            "group": group.code,
            "group_zh": group.zh,
            "group_en": group.en,
            "zh": indicator.zh,
            "en": indicator.en,
            "definition": indicator.definition,
            "unit": indicator.unit,
            "part_of": indicator.part_of,
            "main": indicator.main,
        }


def _form(form: Form) -> dict[str, Any]:
    """The rows and columns of a form's tables by code, as the official form prints them."""
    return {
        "form": form.name,
        "first_year": form.first_year,
        "last_year": form.last_year,
        "source": form.source,
        "tables": [
            {
                "name": table.name,
                "section": table.section,
                "rows": [{"code": row.code, "zh": row.official} for row in table.rows],
                "columns": [{"code": column.code, "zh": column.official} for column in table.columns],
            }
            for table in form.tables.values()
        ],
    }


def dictionary_csv(made: Mapping[str, Any]) -> str:
    """The same, flat, for spreadsheets: one line a table, column, measure by form, or indicator."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _CSV, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_lines(made))
    return text.getvalue()


def _lines(made: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for table in made["tables"]:
        said = f"{table['description']} Grain: {table['grain']}."
        yield {
            "kind": "table",
            "table_name": table["name"],
            "code": table["name"],
            "zh": table["zh"],
            "description": said,
        }
        for column in table["columns"]:
            yield {
                "kind": "column",
                "table_name": table["name"],
                "code": column["name"],
                **{name: column[name] for name in ("zh", "description", "type")},
                "unit": column["unit"] or "",
                "nullable": "yes" if column["nullable"] else "no",
                "codes": column["codes_of"] or "; ".join(f"{c['code']} {c['zh']} {c['en']}" for c in column["codes"]),
            }
    for measure in made["measures"]:
        named = {"kind": "measure", **{name: measure[name] for name in ("code", "zh", "en", "unit")}}
        named["description"] = measure["definition"]
        if measure["derivation"]:
            yield {**named, "formula": measure["derivation"]}
        for line in measure["forms"]:
            formula = f"{line['form']}: {line['formula'] or 'none'}"
            yield {**named, "formula": formula, "comparability": f"{line['comparability']}: {line['reason']}"}
    for indicator in made["indicators"]:
        named = {"kind": "indicator", **{name: indicator[name] for name in ("code", "zh", "en", "unit")}}
        yield {**named, "description": indicator["definition"]}
