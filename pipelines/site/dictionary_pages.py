"""The pages of the dictionary: every table and column of the contract, every measure with what each form offers of it.

Belongs here: turning the contract into rows of these pages. Does not belong here: any description of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expectations.columns import Column, Table, about, columns
from expectations.tables import CORE, DICTIONARIES, MARTS, PARSED, RESULTS
from pipelines.site.measures import measures
from pipelines.site.pages import Site, write
from pipelines.site.release_data import ReleaseData, by

#: In the order in which a reader needs them.
_LAYERS: Mapping[str, tuple[type[Table], ...]] = {
    "marts": MARTS,
    "core": CORE,
    "parsed": PARSED,
    "dictionaries": DICTIONARIES,
    "results": RESULTS,
}
_CROSSWALK = "select * from crosswalk order by measure, form_first_year, form, alternative"
_BREAKS = "select * from form_breaks order by measure, report_year"
#: A change in the course of a year touches two years: it is told once.
_LAWS = """
select distinct measure, legal_date, legal_kind, reason_zh, reason_en, source from legal_breaks
order by measure, legal_date
"""


def write_dictionary(site: Site, source: ReleaseData) -> None:
    """Write the index, a page for each table and a page for each measure."""
    known = measures(source)
    layers = {name: [about(model) for model in models] for name, models in _LAYERS.items()}
    write(site, "dictionary.html", "dictionary", "dictionary", layers=layers, measures=known)
    for models in _LAYERS.values():
        for model in models:
            facts = about(model)
            listed = [_column(column) for column in columns(model)]
            write(site, f"table/{facts.name}.html", "table", "dictionary", table=facts, columns=listed)
    offers, breaks = by(source.rows(_CROSSWALK), "measure"), by(source.rows(_BREAKS), "measure")
    laws = by(source.rows(_LAWS), "measure")
    names = {measure.code: measure for measure in known}
    for measure in known:
        told = {"offers": offers, "breaks": breaks, "changes": laws}
        own = {name: rows.get(measure.code, []) for name, rows in told.items()}
        write(site, f"measure/{measure.code}.html", "measure", "dictionary", measure=measure, names=names, **own)


def _column(column: Column) -> dict[str, Any]:
    allowed = ", ".join(column.allowed)
    return {
        "name": column.name,
        "zh": column.zh,
        "description": column.description,
        "type": column.duckdb,
        "unit": column.unit,
        "nullable": column.nullable,
        "allowed": allowed
        if len(allowed) <= 400
        else f"{allowed[:400].rpartition(', ')[0]}, … ({len(column.allowed)})",
    }
