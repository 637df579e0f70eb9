"""The statutory forms as data: `data/forms/form_*.yaml` read into plain types. No code spells out a row label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from expectations.data_files import DATA, DataFileError, read_yaml, refuse_places
from expectations.identities import Identity
from expectations.yaml_shape import Fault, Keys, Named, Place, Several, Shape, Text, Whole

FORMS_FOLDER = DATA / "forms"
LAYOUTS = ("blocks", "matrix", "list")

_TEXTS = Several(Text())
_SIDE = Several(Text(), least=1)
_LABEL: Mapping[str, Shape] = {"label": Text()}
_SPELT = Named(Keys(_LABEL, {"also": _TEXTS}))
_ROWS = Named(Keys(_LABEL, {"also": _TEXTS, "unit": Text(), "under": _TEXTS, "instead_of": _TEXTS}))
_COLUMNS = Named(Keys(_LABEL, {"also": _TEXTS, "under": Text()}))
_BLOCK = Keys({**_LABEL, "rows": _ROWS, "columns": _COLUMNS}, {"unit": Text(), "units": Named(Text(may_lack=True))})
_IDENTITY = Keys({"per": Text(("row", "column")), "left": _SIDE, "right": _SIDE, "says": Text()})
_TABLE: Mapping[str, Shape] = {
    "like": Text(),
    "section": Whole(1, 6),
    "layout": Text(LAYOUTS),
    "unit": Text(),
    "note": Text(),
    "headings": _TEXTS,
    "blocks": Several(_BLOCK, least=1),
    "rows": _ROWS,
    "columns": _COLUMNS,
    "optional_columns": _SPELT,
    "groups": _SPELT,
    "identities": Named(_IDENTITY),
    "expected_instead": Named(_TEXTS),
}
_YEARS = Several(Whole(2008, 2100, may_lack=True), least=2)
_FORM = Keys(
    {"form": Text(), "report_years": _YEARS, "source": Text(), "tables": Named(Keys({}, _TABLE))},
    {"like": Text(), "sections": _SPELT},
)


class FormError(DataFileError):
    """A form file that cannot be used, with all that is wrong about it."""


class _Contradiction(Exception):
    """Something in a table that contradicts the rest of it, and where in the table it stands."""

    def __init__(self, place: Place, says: str) -> None:
        super().__init__(says)
        self.place = place


@dataclass(frozen=True, slots=True)
class Label:
    """One row, column, group or section: its code, its official spelling first, then the other known ones.

    `under` are the codes of the groups that a row stands in; `instead_of` the rows that it replaces where a report
    has it; `unit` the official unit, None where the form leaves it to the document.
    """

    code: str
    spellings: tuple[str, ...]
    under: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    unit: str | None = None

    @property
    def official(self) -> str:
        """The spelling of the official form."""
        return self.spellings[0]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with columns of its own (the items of article 20 in section 2)."""

    label: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class FormTable:
    """A statutory table. `blocks` holds one block for a matrix, several for section 2."""

    name: str
    section: int | None
    layout: str
    blocks: tuple[Block, ...]
    groups: tuple[Label, ...] = ()
    headings: tuple[str, ...] = ()
    note: str | None = None
    identities: tuple[Identity, ...] = ()
    #: Rows that a report of this form need not have because it has others: {row: the rows that may stand for it}.
    expected_instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Columns that some reports have beside those of the form (累计 in the annex of 2014); none is ever missing.
    optional_columns: tuple[Label, ...] = ()
    #: All rows in the form's order.
    rows: tuple[Label, ...] = field(init=False, compare=False, repr=False)
    #: The columns of a matrix; for a table of blocks those of all blocks, each code once.
    columns: tuple[Label, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Gather rows and columns once: each report asks for them dozens of times."""
        object.__setattr__(self, "rows", tuple(row for block in self.blocks for row in block.rows))
        columns = {column.code: column for block in self.blocks for column in block.columns}
        object.__setattr__(self, "columns", tuple(columns.values()))

    def expected_rows(self, present: Sequence[str]) -> list[str]:
        """The rows that a report must have, given those it has (single row （六）其他处理 or the three under it)."""
        replaced = {code for row in self.rows if row.code in present for code in row.instead_of}
        for code, others in self.expected_instead.items():
            if code not in present and any(other in present for other in others):
                replaced.add(code)
        optional = {row.code for row in self.rows if row.instead_of and row.code not in self.expected_instead}
        if self.expected_instead:
            optional |= {code for others in self.expected_instead.values() for code in others}
        return [r.code for r in self.rows if r.code not in replaced and (r.code in present or r.code not in optional)]

    def variants(self) -> list[list[str]]:
        """The whole sets of rows that a report may have: with the single row （六）其他处理, or with the three under it."""
        hints = [[], *([row.code] for row in self.rows if row.instead_of), *map(list, self.expected_instead.values())]
        found = [self.expected_rows(hint) for hint in hints]
        return [rows for i, rows in enumerate(found) if rows not in found[:i]]


@dataclass(frozen=True, slots=True)
class Form:
    """A generation of the annual report: its years, its sections and its tables."""

    name: str
    first_year: int
    last_year: int | None
    source: str
    sections: Mapping[int, Label]
    tables: Mapping[str, FormTable]

    def covers(self, year: int) -> bool:
        """Tell whether reports about `year` follow this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@cache
def forms(folder: Path = FORMS_FOLDER) -> Mapping[str, Form]:
    """All forms by name, newest first. Raises `FormError`."""
    raw = {path: read_yaml(path, _FORM, FormError) for path in sorted(folder.glob("form_*.yaml"))}
    by_name = {form["form"]: form for form in raw.values()}
    loaded = []
    for path, form in raw.items():
        refuse_places(path, _unlike(form, by_name), FormError)
        try:
            loaded.append(_form(form, by_name))
        except _Contradiction as wrong:
            refuse_places(path, [(wrong.place, str(wrong))], FormError)
    return {form.name: form for form in sorted(loaded, key=lambda f: f.first_year, reverse=True)}


def form_for(year: int) -> Form | None:
    """The form that is in force for reports about a year; None before 2014."""
    return next((form for form in forms().values() if form.covers(year)), None)


def _unlike(raw: Mapping[str, Any], by_name: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Forms that are named as like and are not there, and tables that lack what no other form gives them."""
    known = ", ".join(by_name)
    first, *others = raw["report_years"]
    if first is None or len(others) != 1:
        yield ("report_years",), f"report_years is {raw['report_years']!r}; it is the first year and the last or null"
    if raw.get("like", raw["form"]) not in by_name:
        yield ("like",), f"like is {raw['like']!r}; it is one of {known}"
    for name, table in raw["tables"].items():
        like = table.get("like", raw["form"])
        if like not in by_name or name not in by_name[like]["tables"]:
            yield ("tables", name, "like"), f"like is {like!r}; it is a form with the table {name}: {known}"
            continue
        whole = _inherit(name, table, by_name)
        if "layout" not in whole or not ("blocks" in whole or {"rows", "columns"} <= set(whole)):
            yield ("tables", name), f"table {name} lacks layout, or rows and columns, or blocks of them"


def _form(raw: Mapping[str, Any], by_name: Mapping[str, Mapping[str, Any]]) -> Form:
    base = by_name[raw["like"]] if "like" in raw else raw
    first, last = raw["report_years"]
    sections = raw.get("sections", base.get("sections", {}))
    return Form(
        name=raw["form"],
        first_year=first,
        last_year=last,
        source=raw["source"],
        sections={int(number): _label(str(number), entry) for number, entry in sections.items()},
        tables={name: _table(name, _inherit(name, table, by_name)) for name, table in raw["tables"].items()},
    )


def _inherit(name: str, table: Mapping[str, Any], by_name: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    if "like" not in table:
        return table
    return {**by_name[table["like"]]["tables"][name], **table}


def _table(name: str, raw: Mapping[str, Any]) -> FormTable:
    blocks = raw.get("blocks") or [{"label": "", "columns": raw["columns"], "rows": raw["rows"]}]
    made = tuple(_block(block, raw.get("unit")) for block in blocks)
    codes = [row.code for block in made for row in block.rows]
    if len(codes) != len(set(codes)):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        raise _Contradiction(("tables", name, "rows", twice[-1]), f"table {name!r} has a row code twice: {twice}")
    columns = [column.code for block in made for column in block.columns]
    return FormTable(
        name=name,
        section=raw.get("section"),
        layout=raw["layout"],
        blocks=made,
        groups=tuple(_label(code, entry) for code, entry in raw.get("groups", {}).items()),
        headings=tuple(raw.get("headings", ())),
        note=raw.get("note"),
        identities=tuple(
            _identity((name, code), entry, codes, columns) for code, entry in raw.get("identities", {}).items()
        ),
        expected_instead={k: tuple(v) for k, v in raw.get("expected_instead", {}).items()},
        optional_columns=tuple(_label(code, entry) for code, entry in raw.get("optional_columns", {}).items()),
    )


def _block(raw: Mapping[str, Any], default_unit: str | None) -> Block:
    unit = raw.get("unit", default_unit)
    units = raw.get("units", {})
    return Block(
        label=raw["label"],
        rows=tuple(_label(code, entry, unit) for code, entry in raw["rows"].items()),
        columns=tuple(_label(code, entry, units.get(code, unit)) for code, entry in raw["columns"].items()),
    )


def _label(code: str, raw: Mapping[str, Any], unit: str | None = None) -> Label:
    under = raw.get("under", ())
    return Label(
        code=code,
        spellings=(raw["label"], *raw.get("also", ())),
        under=(under,) if isinstance(under, str) else tuple(under),
        instead_of=tuple(raw.get("instead_of", ())),
        unit=raw.get("unit", unit),
    )


def _identity(place: tuple[str, str], raw: Mapping[str, Any], rows: list[str], columns: list[str]) -> Identity:
    table, code = place
    known = rows if raw["per"] == "column" else columns
    return Identity(
        code=code,
        per=raw["per"],
        left=_expand(raw["left"], known, ("tables", table, "identities", code, "left")),
        right=_expand(raw["right"], known, ("tables", table, "identities", code, "right")),
        says=raw["says"],
    )


def _expand(names: Sequence[str], known: Sequence[str], place: Place) -> tuple[str, ...]:
    """Codes as listed, `denied.*` standing for all that begin with `denied.`."""
    out: list[str] = []
    for name in names:
        found = (
            [k for k in known if k.startswith(name[:-1])] if name.endswith(".*") else [k for k in known if k == name]
        )
        if not found:
            raise _Contradiction(place, f"an identity names {name!r}; it is one of {', '.join(known)}")
        out += found
    return tuple(out)
