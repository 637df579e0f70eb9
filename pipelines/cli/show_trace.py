"""The chain of a measure and the list of measures, for the screen and as Markdown.

Belongs here: layout and wording. Does not belong here: finding the chain (`pipelines.ask.trace`), or any rule
(`expectations.crosswalk`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from expectations.crosswalk import Mapped, Measure, crosswalk, measures
from expectations.vocabulary import FORMS
from pipelines.ask.trace import Row, TracedMeasure
from pipelines.cli.screen import STYLES

#: In the order of time.
_FORMS = ("none", *(form for form in FORMS if form != "none"))
_MARKS = {"exact": "exact", "approximate": "≈", "not_collected": "–"}


def chain(link: TracedMeasure) -> RenderableType:
    """One measure of one report as a tree, down to the literal cell or sentence."""
    row = link.measure
    tree = Tree(
        Text(f"{row['report_id']}  {row['body_name']} {row['report_year']} (form {row['form']}, {row['scope']})")
    )
    for trend in link.trend:
        tree.add(Text(f"trends: {_continued(trend)}, segment {trend['segment']}"))
    for peer in link.peers:
        place = f"rank {peer['value_rank']} of {peer['member_count']} in {peer['group_zh']}"
        tree.add(Text(f"peer_group_comparison: {place}, {peer['missing_count']} not ranked"))
    _grow(tree, link)
    return tree


def _continued(trend: Row) -> str:
    if not trend["is_comparable"]:
        return f"not comparable with the year before ({trend['break_reason']})"
    return f"comparable with {trend['previous_value']:,.10g} the year before"


def _grow(tree: Tree, link: TracedMeasure) -> None:
    row = link.measure
    branch = tree.add(_headline(row))
    branch.add(Text(f"formula: {row['formula'] or 'none'}"))
    branch.add(Text(f"{row['comparability']}, series {row['series']}"))
    for rule in link.rules:
        used = "used" if rule["alternative"] == row["alternative"] else "not used"
        branch.add(Text(f"alternative {rule['alternative']}, {used}: {rule['reason']} [{rule['source']}]"))
    if row["blank_part_count"] and not link.parts:
        branch.add(Text(f"{row['blank_part_count']} parts are blank and added nothing"))
    for part in link.parts:
        _grow(branch, part)
    for evidence in link.evidence:
        _show_evidence(branch, evidence)


def _headline(row: Row) -> Text:
    value = row["state"] if row["value"] is None else f"{row['value']:,.10g} {row['unit']}"
    line = Text(f"{row['measure']} {row['measure_zh']}: ").append(value, "bold")
    return line.append(f" {row['grade']}", STYLES.get(row["grade"], "")) if row["grade"] else line


def _show_evidence(branch: Tree, row: Row) -> None:
    leaf = branch.add(Text(row["id"]).append(f" {row['grade']}", STYLES.get(row["grade"], "")))
    if row["sentence"] is None:
        labels = " × ".join(label for label in (row["row_label"], row["column_label"]) if label)
        leaf.add(Text("cell: ").append(row["raw"] or "(blank)", "bold").append(f"  {labels}"))
        place = "" if row["grid_row"] is None else f", grid row {row['grid_row']}, column {row['grid_column']}"
        leaf.add(Text(f"place: {row['locator']}{place}"))
        if row["verified_by"]:
            leaf.add(Text(f"borne out by: {row['verified_by']}"))
        if row["untested_identities"]:
            leaf.add(Text(f"could not be tested: {row['untested_identities']}"))
    else:
        leaf.add(Text("figure: ").append(row["raw"], "bold").append(f"  section {row['section']}"))
        leaf.add(Text(f"sentence: {row['sentence']}"))
    if row["correction"]:
        leaf.add(Text("corrected to ").append(f"{row['value']:,.10g}", "bold").append(f": {row['correction']}"))
    source = f", {row['source_url']}" if row["source_url"] else ""
    leaf.add(Text(f"document: {row['file_name'] or 'unknown'}{source}, sha256 {row['document_sha256']}"))


def measure_table(codes: Iterable[str]) -> Table:
    """Tell what each form offers of each measure: comparability, then the formula."""
    table = Table(
        "measure", "中文", "unit", *(f"form {form}" for form in _FORMS), title_justify="left", show_lines=True
    )
    for code in codes:
        measure = measures()[code]
        table.add_row(code, measure.zh, measure.unit, *(Text(cell) for cell in _cells(measure)))
    return table


def _cells(measure: Measure) -> list[str]:
    if measure.derived:
        return [f"= {_quotient(measure)}", *[""] * (len(_FORMS) - 1)]
    return [
        "\n".join(f"{_MARKS[line.comparability]} {line.formula}".strip() for line in _lines(measure, form))
        for form in _FORMS
    ]


def _quotient(measure: Measure) -> str:
    return f"({' + '.join(measure.numerator)}) / ({' + '.join(measure.denominator)})"


def _lines(measure: Measure, form: str) -> list[Mapped]:
    return [line for line in crosswalk() if (line.measure, line.form) == (measure.code, form)]


def markdown(codes: Iterable[str]) -> str:
    """The dictionary of measures: a section each, with a line for every form and alternative."""
    return "\n".join(line for code in codes for line in _section(measures()[code]))


def _section(measure: Measure) -> Iterator[str]:
    yield f"## `{measure.code}` {measure.zh}\n"
    whole = f" Part of `{measure.part_of}`." if measure.part_of else ""
    yield f"{measure.en}. {measure.definition} Unit: {measure.unit}.{whole}\n"
    if measure.derived:
        yield f"`{_quotient(measure)}`\n"
        return
    yield "| form | comparability | formula | why | source |\n|---|---|---|---|---|"
    for form in _FORMS:
        for line in _lines(measure, form):
            formula = f"`{line.formula}`" if line.formula else ""
            yield f"| {form} | {line.comparability} | {formula} | {line.reason} | {line.source} |"
    yield ""
