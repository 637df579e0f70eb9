"""`gongkai compare`: two bodies side by side in the terminal. Registered in `pipelines.cli.app`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from pipelines.ask import side_by_side
from pipelines.ask.newest import NothingBuilt, NotThere, database, opened
from pipelines.ask.side_by_side import DOUBTFUL, ComparedMeasure, Point, Side
from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.cli.screen import STYLES
from pipelines.workspace import workspace_at


class Language(StrEnum):
    """The languages of pages."""

    zh = "zh"
    en = "en"


_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_SHARE = "share of 1"
#: Read behind a number, as on the site.
_MARKS = {"contradicted": "✕", "conflicting": "≠", "unverified": "?", "corrected": "✎"}
_LEGEND = (
    "✕ contradicted  ≠ conflicting  ? no check could test it  ✎ corrected by a person  ≈ approximate  ¦ does not compare with the year before  "
    "— no value (never 0). In a sparkline a gap is a missing value or a break; both bodies share one scale."
)


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A body: its id, name, division or division code.")],
    second: Annotated[str | None, typer.Argument(metavar="B", help="The other one; not with --text.")] = None,
    years: Annotated[str | None, typer.Option(help="Such as 2019-2025, or 2021,2023.", show_default="all")] = None,
    measures: Annotated[
        str | None,
        typer.Option(help="Codes with commas between; `gongkai measures` lists them.", show_default="the main ones"),
    ] = None,
    text: Annotated[
        tuple[int, int] | None,
        typer.Option("--text", metavar="YEAR YEAR", help="Compare the texts of A's reports for two years 文本对照."),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option("--html", help="Where --text writes its page.", show_default="compare-BODY-YEAR-YEAR.html"),
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of that page; sentences stay as printed.")] = Language.zh,
    workspace: WorkspaceOption = None,
) -> None:
    """Compare two bodies over the years, or with --text one body's texts of two years.

    Two bodies: values with their marks, and sparklines that break where a series does. Texts: a page with the reports
    sentence beside sentence, numbers set aside.
    """
    if text is not None:
        _compare_texts(first, second, text, page, lang, workspace)
        return
    if second is None:
        screen.stop("compare takes two bodies, or one with --text YEAR YEAR", 2)
    wanted = [code.strip() for code in (measures or "").split(",") if code.strip()]
    chosen = _chosen(years)
    try:
        with opened(database(workspace_at(workspace))) as connection:
            known = side_by_side.measures(connection, wanted)
            sides = [side_by_side.side(connection, name, [m.code for m in known]) for name in (first, second)]
    except NothingBuilt as error:
        screen.stop(str(error), 1)
    except NotThere as error:
        screen.stop(str(error), 2)
    there = sorted({year for side in sides for _, year in side.points})
    shown = [year for year in there if chosen is None or year in chosen]
    if not shown:
        screen.stop(f"neither has a report of {years}; there are: {', '.join(map(str, there))}", 2)
    console = screen.results(screen.WIDE)
    for side in sides:
        console.print(Text(f"{side.name}  {side.body_id}  {side.level}  {side.province or ''}".rstrip()))
    for warning in (*_unlike(sides), *_warnings(sides, shown), *_other_series(known, sides, shown)):
        console.print(Text(warning, style="yellow"))
    console.print(table(known, sides, shown))
    console.print(Text(_LEGEND, style="dim"))


def _compare_texts(
    body: str, second: str | None, years: tuple[int, int], page: Path | None, lang: Language, workspace: Path | None
) -> None:
    if second is not None:
        screen.stop("--text compares the reports of one body; leave the second one out", 2)
    from pipelines.cli.compare_texts import compare_texts

    compare_texts(body, years, page, lang.value, workspace)


def _chosen(years: str | None) -> set[int] | None:
    """The years that a text such as `2019-2021,2024` names; None for no text."""
    if years is None:
        return None
    chosen: set[int] = set()
    for part in years.split(","):
        found = _YEARS.fullmatch(part.strip())
        if found is None:
            screen.stop(f"--years takes years like 2019-2025 or 2021,2023, not {years!r}", 2)
        chosen.update(range(int(found[1]), int(found[2] or found[1]) + 1))
    return chosen


def _unlike(sides: Sequence[Side]) -> Iterator[str]:
    """In what the two bodies differ that keeps them out of one ranking."""
    first, second = sides
    for name in ("level", "kind", "function"):
        one, other = getattr(first, name), getattr(second, name)
        if one != other:
            yield f"the two do not compare: {one or 'none'} against {other or 'none'} ({name})"


def _other_series(measures: Sequence[ComparedMeasure], sides: Sequence[Side], years: Sequence[int]) -> Iterator[str]:
    """Measures and years in which the two count something else."""
    for measure in measures:
        points = [{year: p for year in years if (p := side.points.get((measure.code, year)))} for side in sides]
        both = [year for year in years if all(year in side and side[year].value is not None for side in points)]
        unlike = [str(year) for year in both if points[0][year].series != points[1][year].series]
        if unlike:
            yield f"{measure.code} does not compare in {', '.join(unlike)}: the two are of other series"


def _warnings(sides: Sequence[Side], years: Sequence[int]) -> Iterator[str]:
    """Years in which the two do not speak of the same: the territory, or one organ."""
    for year in years:
        scopes = [{point.scope for (_, at), point in side.points.items() if at == year} for side in sides]
        if all(scopes) and not scopes[0] & scopes[1]:
            said = " against ".join("/".join(sorted(scope)) for scope in scopes)
            yield f"{year} does not compare: {said} (scope)"


def table(measures: Sequence[ComparedMeasure], sides: Sequence[Side], years: Sequence[int]) -> Table:
    """A line for each body under each measure that one of them states."""
    made = Table("measure", "body", header_style="bold")
    made.add_column("trend", no_wrap=True)
    for year in years:
        made.add_column(str(year), justify="right", no_wrap=True)
    span = range(years[0], years[-1] + 1)
    for measure in measures:
        values = [p.value for s in sides for year in years if (p := s.points.get((measure.code, year))) and p.value]
        if not any(_has(side, measure, years) for side in sides):
            continue
        for place, side in enumerate(sides):
            points = [side.points.get((measure.code, year)) if year in years else None for year in span]
            name = f"{measure.zh} {_unit(measure.unit)}\n{measure.code}" if place == 0 else ""
            line = side_by_side.sparkline(points, max(values, default=0))
            cells = [cell(side.points.get((measure.code, year)), measure.unit) for year in years]
            made.add_row(Text(name), Text(side.name), Text(line), *cells, end_section=place == 1)
    return made


def _has(side: Side, measure: ComparedMeasure, years: Sequence[int]) -> bool:
    return any((point := side.points.get((measure.code, year))) and point.value is not None for year in years)


def _unit(unit: str) -> str:
    return "%" if unit == _SHARE else unit


def cell(point: Point | None, unit: str) -> Text:
    """A value with its marks; a dash where there is none."""
    if point is None or point.value is None:
        return Text("—", style="dim")
    number = f"{100 * point.value:.1f}%" if unit == _SHARE else f"{point.value:,.10g}"
    breaks = "¦" if point.break_reason not in (None, "first_report") else ""
    near = "≈" if point.comparability == "approximate" else ""
    style = STYLES[point.grade] if point.grade in DOUBTFUL else ""
    return Text(f"{breaks}{number}{_MARKS.get(point.grade or '', '')}{near}", style=style)
