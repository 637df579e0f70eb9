"""The narrative of one report on the terminal: its figures with their sentences, and its problems with their answers.

Belongs here: layout. Does not belong here: the tables and checks (`pipelines.cli.show_report`).
"""

from __future__ import annotations

from collections import Counter

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from expectations.identities import Number
from expectations.indicators import indicators
from pipelines.cli.screen import STYLES
from pipelines.parse.report import Commitment, Figure, Report

#: Characters of a sentence that are shown before a number and after it.
_BEFORE, _AFTER = 18, 8
#: Words that stand behind the number that they qualify.
_BEHIND = ("余", "多")
_CHANGES = {"increase": "↑", "decrease": "↓"}
_FIGURES = "文字数据 figures of the narrative"
_PROBLEMS = "五、存在的主要问题及改进情况 problems and what will be done"
_ROWS = ["", "on grey11"]


def narrative(parsed: Report) -> RenderableType:
    """Figures and problems; where there are none, a line that says so."""
    return Group(_figures(parsed), _summary(parsed), _problems(parsed))


def _figures(parsed: Report) -> RenderableType:
    if not parsed.figures:
        return Text(f"{_FIGURES}: none was found", style="yellow")
    out = Table(title=_FIGURES, title_justify="left", title_style="bold", row_styles=_ROWS)
    out.add_column("section", justify="right")
    out.add_column("indicator", max_width=44, overflow="fold")
    out.add_column("value", justify="right", no_wrap=True)
    out.add_column("scope", no_wrap=True)
    out.add_column("grade", no_wrap=True)
    out.add_column("sentence", overflow="fold")
    section = None
    for figure in parsed.figures:
        here = figure.number.section
        shown = Text(figure.grade, style=STYLES[figure.grade])
        out.add_row("" if here == section else str(here), *_cells(figure, parsed), shown, _snippet(figure))
        section = here
    return out


def _cells(figure: Figure, parsed: Report) -> tuple[Text, Text, str]:
    return (
        _name(figure, parsed),
        Text(_value(figure), style=STYLES[figure.grade]),
        figure.scope.replace("not_stated", "").replace("_", " "),
    )


def _name(figure: Figure, parsed: Report) -> Text:
    """The indicator's Chinese name, indented below its whole; for a statement that no indicator covers its subject."""
    name = Text("  " * _depth(figure, parsed))
    if figure.indicator is None:
        return name.append(f"? {figure.subject}", style="yellow")
    return name.append(indicators()[figure.indicator].zh)


def _depth(figure: Figure, parsed: Report) -> int:
    depth, at = 0, figure
    while at.part_of is not None and depth < len(parsed.figures):
        depth, at = depth + 1, parsed.figures[at.part_of]
    return depth


def _value(figure: Figure) -> str:
    """`6,000余 篇`, `累计 647 次`, `↑ 29 %`, `share 33.9 %`, `3–5 次`."""
    number = _printed(figure.value) + ("" if figure.value_to is None else f"–{_printed(figure.value_to)}")
    behind = figure.qualifier in _BEHIND
    parts = (
        figure.aspect if figure.aspect in ("share", "rank") else "",
        _CHANGES[figure.change.kind] if figure.change else "",
        "" if behind else figure.qualifier,
        number + (figure.qualifier if behind else ""),
        figure.unit,
    )
    return " ".join(filter(None, parts))


def _printed(value: Number) -> str:
    return f"{value:,}"


def _snippet(figure: Figure) -> Text:
    """The words around the number, which stands out; white space of the document's layout is left out."""
    start, end = (place - figure.sentence.start for place in (figure.number.start, figure.number.end))
    said = figure.sentence_text
    before, number, after = ("".join(part.split()) for part in (said[:start], said[start:end], said[end:]))
    text = Text("…" if len(before) > _BEFORE else "", style="dim")
    text.append(before[-_BEFORE:]).append(number, style="not dim bold").append(after[:_AFTER])
    return text.append("…" if len(after) > _AFTER else "")


def _summary(parsed: Report) -> Text:
    """Tell how many figures there are, how far they can be trusted, and how many the dictionary does not know."""
    if not parsed.figures:
        return Text("")
    grades = Counter(figure.grade for figure in parsed.figures)
    line = Text(f"{len(parsed.figures)} figures: ")
    line.append(Text(", ").join(Text(f"{grades[g]} {g}", style=STYLES[g]) for g in STYLES if grades[g]))
    unknown = sum(figure.indicator is None for figure in parsed.figures)
    return line.append(f"; {unknown} that the dictionary does not know (?)\n" if unknown else "\n")


def _problems(parsed: Report) -> RenderableType:
    if not (parsed.problems or parsed.commitments):
        return Text(f"{_PROBLEMS}: none was found\n", style="yellow")
    out = Table(title=_PROBLEMS, title_justify="left", title_style="bold", row_styles=_ROWS)
    out.add_column("theme", no_wrap=True)
    out.add_column("problem", overflow="fold")
    out.add_column("what will be done", overflow="fold")
    for problem in parsed.problems:
        answer = None if problem.commitment is None else parsed.commitments[problem.commitment]
        themes = " + ".join(filter(None, (problem.theme, problem.second_theme)))
        out.add_row(themes, Text(problem.text), Text(answer.text) if answer else Text("—", style="dim"))
    for commitment in _unpaired(parsed):
        out.add_row(commitment.theme, "", Text(commitment.text))
    return out


def _unpaired(parsed: Report) -> list[Commitment]:
    """The promises that answer no problem in particular."""
    paired = {problem.commitment for problem in parsed.problems}
    return [promise for index, promise in enumerate(parsed.commitments) if index not in paired]
