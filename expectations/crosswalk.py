"""The crosswalk as data: `data/measures.csv` and `data/crosswalk.csv` read into plain types, and held against the forms.

Belongs here: what a measure is, by which formula each form makes it, and the rules that both files must keep. Does not
belong here: any number (`dbt_like_sql/core/measures_by_report.sql`).

A formula adds up terms with ` + `. A term is a cell `table/row/column` of the form, where a row `denied.*` stands for
all rows that begin with `denied.`, or `figures/<indicator>`, the figure that stands for an indicator of the narrative.
Several lines for one measure and form are alternatives, tried in the file's order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations import vocabulary as words
from expectations.data_files import DATA, CsvRow, DataFileError, checked_csv, refuse
from expectations.forms import Block, FormTable, forms
from expectations.indicators import indicators

MEASURES_FILE = DATA / "measures.csv"
CROSSWALK_FILE = DATA / "crosswalk.csv"
_MEASURE_COLUMNS = (
    "measure", "measure_group", "zh", "en", "unit", "part_of", "is_main", "main_until", "in_comparison", "asked_of", "numerator",
    "denominator", "least_denominator", "comparability", "definition", "reason", "source",
)  # fmt: skip
_CROSSWALK_COLUMNS = ("measure", "form", "formula", "comparability", "reason", "source")

#: What derived measures may divide by besides measures: the residents of the government's territory (`population`).
RESIDENTS = "residents"
SHARE = "share of 1"
#: Units of derived measures, with what the quotient is multiplied by.
SCALES: Mapping[str, int] = {SHARE: 1, "per request": 1, "per 100,000 residents": 100_000}
#: Of whom a measure is asked besides all bodies: those that the 立法法 lets make 规章.
ASKED_OF = ("rule_makers",)
#: A quotient is as comparable as its parts, at best so.
_BEST = ("exact", "approximate")
#: Reports before form 2014 follow none.
_FIRST_YEAR = 2008
_FIGURES = "figures"
_MONEY = frozenset(("元", "万元"))
_PEOPLE = frozenset(("人", "名", "人次"))


class CrosswalkError(DataFileError):
    """A crosswalk or list of measures that contradicts itself, the forms or the indicators; with all that is wrong."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A harmonised quantity. `numerator` and `denominator` name the measures that a derived one is made of.

    Bodies are ranked by a `main` one, for report years up to `main_until`; a `compared` one is a column of
    `comparison_by_year`. `asked_of` names the bodies that it applies to, where that is not all. A derived one says by
    `comparability` how comparable it is at best, why (`reason`) and by what (`source`); with a denominator below
    `least_denominator` it is not ranked.
    """

    code: str
    group: str
    zh: str
    en: str
    unit: str
    definition: str
    part_of: str | None
    main: bool
    compared: bool
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    main_until: int | None = None
    asked_of: str | None = None
    least_denominator: int | None = None
    comparability: str | None = None
    reason: str | None = None
    source: str | None = None

    @property
    def derived(self) -> bool:
        """Tell whether it is a quotient of measures; the others are counted in reports."""
        return bool(self.denominator)


@dataclass(frozen=True, slots=True)
class Term:
    """One addend of a formula: a cell of a statutory table, or the indicator of a figure. `unit` is the official one."""

    table: str | None = None
    row: str | None = None
    column: str | None = None
    indicator: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """Says how one form offers one measure: by which formula, how comparable that is, and why."""

    measure: str
    form: str
    alternative: int
    formula: str
    comparability: str
    reason: str
    source: str
    terms: tuple[Term, ...]

    @property
    def basis(self) -> str:
        """`facts`, `figures`, or `none` where the form offers nothing."""
        if not self.terms:
            return "none"
        return "figures" if self.terms[0].indicator else "facts"

    @property
    def series(self) -> str:
        """Values of a measure with the same series are comparable: all exact ones, and those of the same formula."""
        return "exact" if self.comparability == "exact" else self.formula or "none"


@cache
def measures(path: Path = MEASURES_FILE) -> Mapping[str, Measure]:
    """The measures by code, in the file's order. Raises `CrosswalkError` with all contradictions at once."""
    rows = checked_csv(path, _MEASURE_COLUMNS, _measure_faults, CrosswalkError)
    listed = [_measure(row.values) for row in rows]
    made = {measure.code: measure for measure in listed}
    problems: list[tuple[int | None, str]] = []
    for row, measure in zip(rows, listed, strict=True):
        if made[measure.code] is not measure:
            problems.append((row.number, f"{measure.code} stands twice"))
        problems += [(row.number, problem) for problem in _measure_problems(measure, made)]
    refuse(path, problems, CrosswalkError)
    return made


@cache
def crosswalk(path: Path = CROSSWALK_FILE, measures_path: Path = MEASURES_FILE) -> Sequence[Mapped]:
    """The crosswalk in the file's order. Raises `CrosswalkError` with all contradictions at once."""
    known = measures(measures_path)
    problems: list[tuple[int | None, str]] = []
    mapped: list[Mapped] = []
    seen: Counter[tuple[str, str]] = Counter()
    for row in checked_csv(path, _CROSSWALK_COLUMNS, _crosswalk_faults, CrosswalkError):
        place = (row.values["measure"], row.values["form"])
        seen[place] += 1
        line = Mapped(*place, seen[place], *_texts(row.values), terms=_terms(row, problems))
        problems += [(row.number, problem) for problem in _line_problems(line, known)]
        mapped.append(line)
    counted = [measure.code for measure in known.values() if not measure.derived]
    problems += [(None, f"{m} has no line for form {f}") for m in counted for f in words.FORMS if (m, f) not in seen]
    refuse(path, problems, CrosswalkError)
    return mapped


def groups() -> tuple[str, ...]:
    """The groups of measures, each once, in the file's order."""
    return tuple(dict.fromkeys(measure.group for measure in measures().values()))


def form_years(form: str) -> tuple[int, int | None]:
    """The first and the last report year of a form; those before form 2014 follow `none`."""
    if form != "none":
        return forms()[form].first_year, forms()[form].last_year
    return _FIRST_YEAR, min(f.first_year for f in forms().values()) - 1


def _measure_faults(row: Mapping[str, str]) -> Iterator[str]:
    if not row["measure"] or not row["measure_group"]:
        yield "measure or measure_group is empty; both must be given"
    for name in ("is_main", "in_comparison"):
        if row[name] not in ("yes", "no"):
            yield f"{name} is {row[name]!r}; it is yes or no"
    for name in ("main_until", "least_denominator"):
        if row[name] and not (row[name].isascii() and row[name].isdigit()):
            yield f"{name} is {row[name]!r}; it is a whole number or empty"
    if row["asked_of"] and row["asked_of"] not in ASKED_OF:
        yield f"asked_of is {row['asked_of']!r}; it is empty or one of {', '.join(ASKED_OF)}"


def _crosswalk_faults(row: Mapping[str, str]) -> Iterator[str]:
    if row["form"] not in words.FORMS:
        yield f"form is {row['form']!r}; it is one of {', '.join(words.FORMS)}"


def _texts(row: Mapping[str, str]) -> tuple[str, str, str, str]:
    return row["formula"], row["comparability"], row["reason"], row["source"]


def _measure(row: Mapping[str, str]) -> Measure:
    return Measure(
        code=row["measure"],
        group=row["measure_group"],
        zh=row["zh"],
        en=row["en"],
        unit=row["unit"],
        definition=row["definition"],
        part_of=row["part_of"] or None,
        main=row["is_main"] == "yes",
        compared=row["in_comparison"] == "yes",
        numerator=_split(row["numerator"]),
        denominator=_split(row["denominator"]),
        main_until=_whole(row["main_until"]),
        asked_of=row["asked_of"] or None,
        least_denominator=_whole(row["least_denominator"]),
        comparability=row["comparability"] or None,
        reason=row["reason"] or None,
        source=row["source"] or None,
    )


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _split(formula: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in formula.split(" + ") if term.strip())


def _measure_problems(measure: Measure, made: Mapping[str, Measure]) -> Iterator[str]:
    if not (measure.zh and measure.en and measure.unit and measure.definition):
        yield f"{measure.code} is not described"
    if measure.part_of and measure.part_of not in made:
        yield f"{measure.code} is a part of {measure.part_of}, which there is not"
    if bool(measure.numerator) != bool(measure.denominator):
        yield f"{measure.code} has only one side of a quotient"
    if measure.derived != (measure.unit in SCALES):
        yield f"{measure.code} is {'' if measure.derived else 'not '}derived, and its unit is {measure.unit}"
    yield from _derivation_problems(measure)
    for part in (*measure.numerator, *measure.denominator):
        if part != RESIDENTS and part not in made:
            yield f"{measure.code} is made of {part}, which there is not"
        elif part in made and made[part].derived:
            yield f"{measure.code} is made of {part}, which is derived itself"


def _derivation_problems(measure: Measure) -> Iterator[str]:
    said = (measure.comparability, measure.reason, measure.source)
    if not measure.derived:
        if any(said) or measure.least_denominator is not None:
            yield f"{measure.code} is counted: the crosswalk says how comparable it is"
        return
    if measure.comparability not in _BEST:
        yield f"{measure.code} is {measure.comparability!r} at best; it is one of {', '.join(_BEST)}"
    if not (measure.source and measure.reason and measure.reason.endswith(".")):
        yield f"{measure.code} gives no reason in a sentence, or no source"
    if measure.unit == SHARE and measure.least_denominator is None:
        yield f"{measure.code} is a share without a least_denominator"


def _terms(line: CsvRow, problems: list[tuple[int | None, str]]) -> tuple[Term, ...]:
    """The terms of a line, wildcards spelt out; what they name and there is not goes to `problems`."""
    row = line.values
    found: list[Term] = []
    for name in _split(row["formula"]):
        terms = list(_expanded(name, row["form"]))
        if not terms:
            problems.append((line.number, f"{row['measure']} of form {row['form']} names {name}, which there is not"))
        found += terms
    return tuple(found)


def _expanded(name: str, form: str) -> Iterator[Term]:
    parts = name.split("/")
    if parts[0] == _FIGURES and len(parts) == 2:
        known = indicators().get(parts[1])
        if known is not None:
            yield Term(indicator=known.code, unit=known.unit)
    elif len(parts) == 3 and form in forms() and parts[0] in forms()[form].tables:
        table = forms()[form].tables[parts[0]]
        for block in table.blocks:
            yield from _cells(table, block, parts[1], parts[2])


def _cells(table: FormTable, block: Block, row_code: str, column_code: str) -> Iterator[Term]:
    for column in block.columns:
        for row in block.rows:
            matches = row.code.startswith(row_code[:-1]) if row_code.endswith(".*") else row.code == row_code
            if matches and column.code == column_code:
                unit = row.unit if table.layout == "list" else column.unit
                yield Term(table.name, row.code, column.code, unit=unit)


def _line_problems(line: Mapped, known: Mapping[str, Measure]) -> Iterator[str]:
    place = f"{line.measure} of form {line.form}"
    measure = known.get(line.measure)
    if measure is None:
        yield f"{line.measure} is no measure"
    elif measure.derived:
        yield f"{line.measure} is derived and has a line of its own"
    if line.comparability not in words.COMPARABILITIES:
        yield f"{place} is {line.comparability!r}, which is none of {', '.join(words.COMPARABILITIES)}"
    if (line.comparability == "not_collected") != (not line.formula):
        yield f"{place} is {line.comparability} and its formula is {line.formula or 'empty'}"
    if line.comparability == "not_collected" and line.alternative > 1:
        yield f"{place} is not collected by one line and by another it is"
    if not line.reason.endswith(".") or not line.source:
        yield f"{place} gives no reason in a sentence, or no source"
    if len({term.indicator is None for term in line.terms}) > 1:
        yield f"{place} adds up facts and figures"
    if _stands_twice(line.terms):
        yield f"{place} counts one term twice"
    for term in line.terms if measure else ():
        if measure and _kind(term.unit) != _kind(measure.unit):
            yield f"{place} is in {measure.unit}, but {term.indicator or term.row} in {term.unit}"


def _stands_twice(terms: Iterable[Term]) -> bool:
    return any(count > 1 for count in Counter(terms).values())


def _kind(unit: str | None) -> str:
    """Tell what a unit counts. Measure words of things (件, 条, 次 …) stand for each other; money and people do not."""
    if unit is None:
        return "nothing"
    return "money" if unit in _MONEY else "people" if unit in _PEOPLE else "rate" if unit == "%" else "things"
