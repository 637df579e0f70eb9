"""What a person should look at, most consequential first: the list of `gongkai review`.

The weight of a place is a product of four plain numbers:

- use: 4 where the cell or figure makes a measure that comparisons show, 2 where it makes another measure, else 1;
- level of the body: 4 state and province, 3 prefecture, 2 county, 1 township and unknown;
- size: the digits of the number; without one, the digits of the requests that the report received; at least 1;
- sums: how many identities fail at the cell; 1 for all other kinds. Where a row and a column fail, the cell in both is
  the first to look at.

Of equal weight, the order is that of the ids. Belongs here: asking the warehouse. Does not belong here: words on the
screen (`pipelines.cli.show_review`), the register (`pipelines.ask.registry`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from expectations.forms import forms
from expectations.identities import Identity
from pipelines.ask.newest import NotThere

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]

#: The kinds in the order in which a place of several is counted.
KINDS = ("not_applied", "conflicting", "contradicted", "unread", "low_confidence", "unmapped", "identity")
#: OCR that is less sure than this is looked at, unless arithmetic bears the number out.
LOW_CONFIDENCE = 0.9
#: `identity_from` of a report whose body or year nothing better than the running text, or the source, tells.
WEAK_IDENTITY = ("text", "source")
LEVELS = {"state": 4, "province": 4, "prefecture": 3, "county": 2}
_PAGE = re.compile(r"page (\d+)")

_REPORT = """
    r.report_id, r.report_year, r.body_id, r.body_name, r.level, r.government_name, r.government_code,
    d.document_sha256, d.file_name, d.source_url, d.format
"""
#: The requests that each report received: the size of what has no number.
_RECEIVED = """
    received as (
        select report_id, max(value) as received from facts
        where form_table = 'requests' and form_row = 'received_new' and form_column = 'total' group by report_id
    )
"""
_FACTS = f"""
with {_RECEIVED}, used as (
    select t.form, t.form_table, t.form_row, t.form_column, max(if(m.in_comparison or m.is_main, 4, 2)) as use
    from crosswalk_terms as t join measures as m using (measure) where t.basis = 'facts' group by all
), told as (
    select report_id, regexp_extract(check_code, '^[^.]+') || '/' || place as place,
        string_agg(message, '; ' order by check_id) as message, bool_or(check_code like '%.cell_readable') as is_unread
    from checks
    where outcome = 'fails' and (check_code like '%.cell_readable' or check_code like '%.tables_agree') group by all
), elsewhere as (
    select report_id, min(message) as message from checks
    where check_code = 'documents_agree' and outcome = 'fails' group by report_id
)
select f.fact_id as id, f.form, f.form_table, f.form_row, f.form_column, f.row_label, f.column_label, f.raw, f.value,
    f.grade, f.confidence, f.locator, f.grid_row, f.grid_column, coalesce(u.use, 1) as use, n.received,
    coalesce(x.message, case f.grade
        when 'conflicting' then e.message
        when 'contradicted' then 'the text above its table names another year'
        else 'OCR is not sure, and no sum bears it out'
    end) as message,
    case
        when f.grade = 'conflicting' then 'conflicting'
        when f.grade = 'contradicted' then 'contradicted'
        when x.is_unread then 'unread'
        else 'low_confidence'
    end as kind,{_REPORT}
from facts as f join reports as r using (report_id) join documents as d on d.document_sha256 = f.document_sha256
left join used as u
    on u.form = f.form and u.form_table = f.form_table and u.form_row = f.form_row and u.form_column = f.form_column
left join received as n on n.report_id = f.report_id
left join told as x on x.report_id = f.report_id and x.place = f.form_table || '/' || f.form_row || '/' || f.form_column
left join elsewhere as e on e.report_id = f.report_id
where f.grade in ('conflicting', 'contradicted')
    or (f.grade <> 'corrected' and (x.is_unread or (f.confidence < $low and f.grade <> 'verified')))
"""
#: One line for a row, or for a column of a known row, that no form knows and that holds a number.
_UNMAPPED = f"""
with {_RECEIVED}, unknown as (
    select facts.*, if(form_row like 'unmapped.%', form_row, '') as odd_row,
        if(form_row like 'unmapped.%', '', column_label) as odd_column
    from facts where form_row like 'unmapped.%' or form_column like 'unmapped.%'
)
select min_by(f.fact_id, f.fact_id) as id, min(f.form) as form, f.form_table, min_by(f.form_row, f.fact_id) as form_row,
    min_by(f.form_column, f.fact_id) as form_column, min_by(f.row_label, f.fact_id) as row_label,
    min_by(f.column_label, f.fact_id) as column_label, string_agg(f.raw, ' | ' order by f.fact_id) as raw,
    max(f.value) as value, null as grade, min(f.confidence) as confidence, min_by(f.locator, f.fact_id) as locator,
    min_by(f.grid_row, f.fact_id) as grid_row, min_by(f.grid_column, f.fact_id) as grid_column, 1 as use,
    max(n.received) as received, 'unmapped' as kind,
    if(f.odd_row <> '', 'no form knows the row', 'no form knows the column') as message,{_REPORT}
from unknown as f join reports as r using (report_id) join documents as d on d.document_sha256 = f.document_sha256
left join received as n on n.report_id = f.report_id
group by f.form_table, f.odd_row, f.odd_column, {_REPORT}
having max(f.value) is not null
"""
_FIGURES = f"""
with {_RECEIVED}, used as (
    select t.form, t.indicator, max(if(m.in_comparison or m.is_main, 4, 2)) as use
    from crosswalk_terms as t join measures as m using (measure) where t.basis = 'figures' group by all
)
select f.figure_id as id, r.form, null as form_table, f.indicator, f.raw, f.value, f.grade, f.sentence,
    concat('section ', f.section) as locator, coalesce(u.use, 1) as use, n.received, 'contradicted' as kind,
    'the table, a sum or a share says another number' as message,{_REPORT}
from figures as f join reports as r using (report_id) join documents as d on d.document_sha256 = f.document_sha256
left join used as u on u.form = r.form and u.indicator = f.indicator
left join received as n on n.report_id = f.report_id
where f.grade = 'contradicted'
"""
_IDENTITY = f"""
with {_RECEIVED}, failing as (
    select report_id, string_agg(message, '; ' order by check_id) as message
    from checks where kind = 'identification' and outcome = 'fails' group by report_id
)
select r.report_id || '/identity' as id, r.form, r.title as raw, 4 as use, n.received, 'identity' as kind,
    concat_ws('; ', if({{weak}}, 'body or year taken from: ' || {{from_}}, null), x.message) as message,{_REPORT}
from reports as r join documents as d on d.document_sha256 = r.document_sha256
left join received as n on n.report_id = r.report_id
left join failing as x on x.report_id = r.report_id
where x.report_id is not null or {{weak}}
"""
_NOT_APPLIED = f"""
with {_RECEIVED}
select c.correction_id as id, r.form, c.form_table, c.form_row, c.form_column, c.indicator, c.printed_now as raw,
    c.corrected_value as value, c.sentence, 2 as use, n.received, 'not_applied' as kind,
    concat(c.correction_status, ': the register says that ', if(c.printed_text = '', 'a blank', c.printed_text), ' is printed and ',
        c.corrected_value, ' is right; ', c.reason) as message,
    r.report_id, r.report_year, r.body_id, r.body_name, r.level, r.government_name, r.government_code,
    c.document_sha256, d.file_name, d.source_url, d.format
from corrections as c left join documents as d using (document_sha256) left join reports as r on r.report_id = c.report_id
left join received as n on n.report_id = c.report_id
where c.correction_status <> 'applied'
"""
_FAILING = """
select report_id, form, check_code, place, message from checks where kind = 'identity' and outcome = 'fails'
"""


@dataclass(frozen=True, slots=True)
class Item:
    """A place that a person should look at. `raw` is its literal text, `says` why it is here, `weight` how much it matters.

    `correctable` tells whether a correction can name it: a fact or a figure. `page` is known of documents with pages.
    """

    id: str
    kind: str
    weight: int
    says: str
    body_name: str
    level: str
    report_id: str
    report_year: int | None
    raw: str
    value: float | None
    row_label: str
    column_label: str
    sentence: str
    locator: str
    page: int | None
    grid_row: int | None
    grid_column: int | None
    confidence: float | None
    grade: str | None
    form_table: str | None
    form_row: str | None
    form_column: str | None
    indicator: str | None
    document_sha256: str
    file_name: str
    source_url: str | None
    format: str | None
    correctable: bool


def items(
    connection: duckdb.DuckDBPyConnection,
    body: str | None = None,
    year: int | None = None,
    kinds: Collection[str] = (),
) -> list[Item]:
    """The places of some body (its id, name, division or division code), year and kinds (none: all), the heaviest first.

    Raises `NotThere` where the body is not.
    """
    if body is not None and not _rows(connection, _KNOWN, body=body):
        raise NotThere(f'no body has the id, name or code {body!r}; `gongkai query "from bodies"` lists them')
    failing = _failing(connection)
    rows = (
        row
        for row in _found(connection)
        if (body is None or body in (row["body_id"], row["body_name"], row["government_name"], row["government_code"]))
        and (year is None or row["report_year"] == year)
        and (not kinds or row["kind"] in kinds)
    )
    made = (_item(row, failing.get(row["id"], [])) for row in rows)
    return sorted(made, key=lambda item: (-item.weight, item.id))


_KNOWN = """
select 1 from reports where $body in (body_id, body_name, government_name, government_code) limit 1
"""


def item_of(connection: duckdb.DuckDBPyConnection, place_id: str) -> Item:
    """The place of a fact or a figure, whether or not it is on the list. Raises `NotThere`."""
    rows = _rows(connection, _ONE_FACT, id=place_id) or _rows(connection, _ONE_FIGURE, id=place_id)
    if not rows:
        raise NotThere(f"no fact or figure has the id {place_id!r}; `gongkai review` lists ids")
    return _item(rows[0], _failing(connection).get(place_id, []))


_ONE_FACT = f"""
select f.*, f.fact_id as id, 1 as use, null as received, 'low_confidence' as kind, null as message,{_REPORT}
from facts as f join reports as r using (report_id) join documents as d on d.document_sha256 = f.document_sha256
where f.fact_id = $id
"""
_ONE_FIGURE = f"""
select f.*, f.figure_id as id, concat('section ', f.section) as locator, 1 as use, null as received,
    'contradicted' as kind, null as message,{_REPORT}
from figures as f join reports as r using (report_id) join documents as d on d.document_sha256 = f.document_sha256
where f.figure_id = $id
"""


def _found(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    yield from _rows(connection, _NOT_APPLIED)
    yield from _rows(connection, _FACTS, low=LOW_CONFIDENCE)
    yield from _rows(connection, _FIGURES)
    yield from _rows(connection, _UNMAPPED)
    yield from _rows(connection, _identity_query(connection))


def _identity_query(connection: duckdb.DuckDBPyConnection) -> str:
    """The question for reports whose identity is weak; a warehouse without `identity_from` knows failing checks only."""
    columns = {str(row[0]) for row in connection.execute("describe reports").fetchall()}
    listed = ", ".join(f"'{source}'" for source in WEAK_IDENTITY)
    weak, source = (
        (f"r.identity_from in ({listed})", "r.identity_from") if "identity_from" in columns else ("false", "''")
    )
    return _IDENTITY.format(weak=weak, from_=source)


def _failing(connection: duckdb.DuckDBPyConnection) -> Mapping[str, list[str]]:
    """What the failing identities say, by the ids of the facts in them."""
    found: dict[str, list[str]] = {}
    for row in _rows(connection, _FAILING):
        table, identity = _identities(row["form"]).get(row["check_code"], ("", None))
        if identity is not None:
            for form_row, form_column in identity.cells(row["place"], (*identity.left, *identity.right)):
                fact_id = f"{row['report_id']}/{table}/{form_row}/{form_column}"
                found.setdefault(fact_id, []).append(row["message"])
    return found


@cache
def _identities(form: str) -> Mapping[str, tuple[str, Identity]]:
    tables = forms()[form].tables if form in forms() else {}
    return {f"{name}.{one.code}": (name, one) for name, table in tables.items() for one in table.identities}


@cache
def _labels(form: str, table: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The official labels of rows and columns of a table by code: for places whose own label is not printed."""
    known = forms()[form].tables.get(table) if form in forms() else None
    if known is None:
        return {}, {}
    columns = (*known.columns, *known.optional_columns)
    return {row.code: row.official for row in known.rows}, {column.code: column.official for column in columns}


def _item(row: Row, failing: list[str]) -> Item:
    page = _PAGE.search(row.get("locator") or "")
    optional = ("confidence", "grade", "form_table", "form_row", "form_column", "indicator", "grid_row", "grid_column")
    texts = ("body_name", "level", "report_id", "raw", "row_label", "column_label", "sentence", "locator", "file_name")
    rows, columns = _labels(row.get("form") or "", row.get("form_table") or "")
    row = {
        **row,
        "row_label": row.get("row_label") or rows.get(row.get("form_row") or ""),
        "column_label": row.get("column_label") or columns.get(row.get("form_column") or ""),
    }
    given: Row = {name: row.get(name) or "" for name in texts} | {name: row.get(name) for name in optional}
    return Item(
        id=row["id"],
        kind=row["kind"],
        weight=weight(row, len(failing)),
        says="; ".join(failing) or row["message"] or "",
        report_year=row["report_year"],
        value=row.get("value"),
        page=int(page[1]) if page else None,
        document_sha256=row["document_sha256"],
        source_url=row["source_url"],
        format=row["format"],
        correctable=row["kind"] not in ("identity", "not_applied", "unmapped"),
        **given,
    )


def weight(row: Row, failing: int) -> int:
    """How much a place matters: use × level × digits × failing identities (see above)."""
    number = row.get("value") if row.get("value") is not None else row["received"]
    digits = len(str(int(abs(number)))) if number is not None else 1
    return int(row["use"]) * LEVELS.get(row["level"] or "", 1) * digits * max(failing, 1)


def counts(found: Collection[Item]) -> dict[str, int]:
    """How many places there are of each kind, in the order of `KINDS`."""
    counted = Counter(item.kind for item in found)
    return {kind: counted[kind] for kind in KINDS if counted[kind]}


def _rows(connection: duckdb.DuckDBPyConnection, query: str, **values: Any) -> list[Row]:
    asked = connection.execute(query, values) if values else connection.execute(query)
    names = [column[0] for column in asked.description or ()]
    return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]
