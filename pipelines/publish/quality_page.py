"""`quality.html`: how complete a release is and how far it can be trusted, on one page that needs no network.

Belongs here: the layout. Does not belong here: counting (`quality`), or the gates' full list (`pipelines.steps.gate_page`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from jinja2 import Environment

from expectations.columns import about, columns
from expectations.tables import QUALITY, TABLES
from pipelines.publish import dataset
from pipelines.steps.gate_page import STYLE

_TEMPLATE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quality of {{ version }} 数据质量</title>
<style>
{{ style }}
.wide { overflow-x: auto; } .wide table { min-width: 34rem; } .wide th, .wide td { overflow-wrap: break-word; } .key { display: grid; gap: .5rem;
  grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); margin: 1rem 0; padding: 0; list-style: none; }
.key li { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .7rem; }
.key b { display: block; font-size: 1.35rem; }
</style>
</head>
<body>
<h1>Quality of {{ version }} <small lang="zh">数据质量</small></h1>
<p class="soft">{{ title }}</p>
{% if accepted %}<p class="bad">This release was accepted though its gate found something: {{ accepted }}</p>{% endif %}
<ul class="key">
{% for fact in facts %}<li><b>{{ fact.value }}</b>{{ fact.en }} <span class="soft" lang="zh">{{ fact.zh }}</span></li>
{% endfor %}</ul>
<h2>Gates <small lang="zh">关口</small></h2>
<p class="{{ 'bad' if failing else 'good' }}">{% if failing %}{{ failing | length }} of {{ count }} expectations are not met:
{% else %}All {{ count }} expectations are met.{% endif %} <a href="gates.html">All of them</a></p>
{% if failing %}<ul>{% for r in failing %}<li>{{ r.table_name }}: {{ r.message }}</li>{% endfor %}</ul>{% endif %}
{% for table in tables %}
<h2>{{ table.name }} <small lang="zh">{{ table.zh }}</small></h2>
<p class="soft">{{ table.description }} <a href="{{ table.name }}.csv">CSV</a>, <a href="{{ table.name }}.parquet">Parquet</a></p>
{% if table.rows %}<div class="wide" tabindex="0" role="region" aria-label="{{ table.name }}">
<table>
<thead><tr>{% for c in table.columns %}<th scope="col"{% if c.number %} class="n"{% endif %}>{{ c.name }}<br>\
<span class="soft" lang="zh">{{ c.zh }}</span></th>{% endfor %}</tr></thead>
<tbody>
{% for row in table.rows %}<tr>{% for cell in row %}<td{% if table.columns[loop.index0].number %} class="n"{% endif %}>\
{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody>
</table></div>{% else %}<p>None. 无。</p>{% endif %}
{% endfor %}
<h2>Do not assume <small lang="zh">使用须知</small></h2>
<ul>{% for caution in cautions %}<li>{{ caution }}</li>{% endfor %}</ul>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class _Fact:
    value: str
    en: str
    zh: str


def render(version: str, accepted: str | None, frames: Mapping[str, pl.DataFrame], gate_results: pl.DataFrame) -> str:
    """The page of a release: headline counts, gates, and each quality table with the newest year first."""
    page = Environment(autoescape=True, trim_blocks=True).from_string(_TEMPLATE)
    return page.render(
        version=version,
        title=dataset.TITLE,
        style=STYLE,
        accepted=accepted,
        facts=_facts(frames),
        count=gate_results.height,
        failing=gate_results.filter(~pl.col("success")).to_dicts(),
        tables=[_table(about(model).name, frames[about(model).name]) for model in QUALITY],
        cautions=[f"{en} {zh}" for en, zh in zip(dataset.CAUTIONS, dataset.CAUTIONS_ZH, strict=True)],
    )


def _facts(frames: Mapping[str, pl.DataFrame]) -> Sequence[_Fact]:
    coverage, failed = frames["coverage_by_year"], frames["failed_checks_by_code"]
    facts = frames["grades_by_year"].filter(pl.col("table_name") == "facts")
    verified = int(facts.filter(pl.col("grade") == "verified")["row_count"].sum())
    whole = int(facts["row_count"].sum())
    return (
        _Fact(f"{int(coverage['present_count'].sum()):,}", "reports", "报告"),
        _Fact(f"{whole:,}", "facts", "数据项"),
        _Fact(f"{verified / whole:.1%}" if whole else "–", "of facts verified", "已验证"),
        _Fact(f"{int(failed['failed_count'].sum()):,}", "failing checks", "未通过校验"),
        _Fact(f"{int(frames['quarantine_by_reason']['document_count'].sum()):,}", "documents turned away", "隔离文件"),
    )


def _table(name: str, frame: pl.DataFrame) -> dict[str, Any]:
    facts = about(TABLES[name])
    declared = columns(TABLES[name])
    ordered = (
        frame.sort("report_year", descending=True, maintain_order=True) if "report_year" in frame.columns else frame
    )
    return {
        "name": name,
        "zh": facts.zh,
        "description": facts.description,
        "columns": [{"name": c.name, "zh": c.zh, "number": c.polars in (pl.Int64, pl.Float64)} for c in declared],
        "rows": [[_shown(value, c.name) for value, c in zip(row, declared, strict=True)] for row in ordered.rows()],
    }


def _shown(value: object, column: str) -> str:
    if isinstance(value, float):
        return f"{value:.1%}"
    if isinstance(value, int) and column != "report_year":
        return f"{value:,}"
    return "" if value is None else str(value)
