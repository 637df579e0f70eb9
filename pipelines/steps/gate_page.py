"""The results of a gate as one HTML page that needs no network: what fails first, then table by table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from jinja2 import Environment

from expectations.columns import about
from expectations.tables import TABLES

#: What pages of this program look like, light and dark.
STYLE = """\
:root { --ink: #1d2329; --soft: #5b6670; --line: #d9dee3; --bad: #a4161a; --good: #1b6e3c; --paper: #fff; --band: #f5f7f8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ec; --soft: #9aa5af; --line: #39424a; --bad: #ff8a8a; --good: #7fd6a2; --paper: #14181c; --band: #1d2329; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 64rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; } h2 small { color: var(--soft); }
p { margin: .25rem 0 .75rem; } .soft { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { font-weight: 600; background: var(--band); } td.n, th.n { text-align: right; white-space: nowrap; }
td.state { white-space: nowrap; font-weight: 600; } summary { cursor: pointer; }"""
_TEMPLATE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
{{ style }}
</style>
</head>
<body>
<h1>{{ title }}</h1>
<p class="{{ 'bad' if failing else 'good' }}">
{% if failing %}{{ failing | length }} of {{ count }} expectations are not met.
{% else %}All {{ count }} expectations are met.{% endif %}</p>
{% if failing %}
<h2>Not met</h2>
{{ rows(failing, True) }}
{% endif %}
{% for table in tables %}
<h2>{{ table.name }} {% if table.zh %}<small lang="zh">{{ table.zh }}</small>{% endif %}</h2>
<p class="soft">{{ table.grain }}{% if table.grain %}. {% endif %}{{ table.met }} of {{ table.results | length }} met.</p>
<details{% if table.met < table.results | length %} open{% endif %}><summary>Expectations</summary>
{{ rows(table.results, False) }}
</details>
{% endfor %}
</body>
</html>
"""
_ROWS = """\
{% macro rows(results, with_table) %}
<table>
<thead><tr><th scope="col">State</th>{% if with_table %}<th scope="col">Table</th>{% endif %}\
<th scope="col">Expectation</th><th scope="col" class="n">Rows</th><th scope="col" class="n">Not met</th>\
<th scope="col">What is expected</th></tr></thead>
<tbody>
{% for r in results %}<tr><td class="state {{ 'good' if r.success else 'bad' }}">{{ 'met' if r.success else 'not met' }}</td>\
{% if with_table %}<td>{{ r.table_name }}</td>{% endif %}<td>{{ r.expectation }}</td>\
<td class="n">{{ '' if r.element_count is none else r.element_count }}</td>\
<td class="n">{{ '' if r.unexpected_count is none else r.unexpected_count }}</td><td>{{ r.message }}</td></tr>
{% endfor %}</tbody>
</table>
{% endmacro %}
"""


@dataclass(frozen=True, slots=True)
class _TableResults:
    name: str
    zh: str
    grain: str
    met: int
    results: list[dict[str, Any]]


def render(results: pl.DataFrame, title: str = "Gate results") -> str:
    """The page for a frame of the contract's `gate_results`. The same results give the same page."""
    rows = results.sort(about(TABLES["gate_results"]).key).rows(named=True)
    tables = [_table(name, [r for r in rows if r["table_name"] == name]) for name in _names(rows)]
    page = Environment(autoescape=True, trim_blocks=True).from_string(_ROWS + _TEMPLATE)
    return page.render(
        title=title,
        style=STYLE,
        count=len(rows),
        failing=[r for r in rows if not r["success"]],
        tables=sorted(tables, key=lambda t: t.met == len(t.results)),
    )


def _names(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(str(row["table_name"]) for row in rows))


def _table(name: str, rows: list[dict[str, Any]]) -> _TableResults:
    facts = about(TABLES[name]) if name in TABLES else None
    ordered = sorted(rows, key=lambda r: bool(r["success"]))
    return _TableResults(
        name, facts.zh if facts else "", facts.grain if facts else "", sum(bool(r["success"]) for r in rows), ordered
    )
