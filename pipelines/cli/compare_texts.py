"""`gongkai compare BODY --text 2023 2024`: two reports of one body, sentence beside sentence, on a page and in short here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from pipelines.ask import texts
from pipelines.ask.newest import NothingBuilt, NotThere, database, opened
from pipelines.ask.texts import TwoTexts
from pipelines.cli import screen
from pipelines.files import write_atomically
from pipelines.site.pages import slug
from pipelines.site.text_page import Line, Part, render
from pipelines.warehouse.texts.alignment import Pair, aligned, in_reading_order
from pipelines.warehouse.texts.sentences import sentences
from pipelines.workspace import workspace_at

_STATES = ("repeated", "nearly", "changed", "new", "gone")


def compare_texts(body: str, years: tuple[int, int], page: Path | None, language: str, workspace: Path | None) -> None:
    """Write the page of a body's reports for two years and print how many sentences of each section are repeated."""
    before, now = sorted(years)
    if before == now:
        screen.stop(f"--text takes two different years, not {before} twice", 2)
    try:
        with opened(database(workspace_at(workspace))) as connection:
            found = texts.two_texts(connection, body, before, now)
    except NothingBuilt as error:
        screen.stop(str(error), 1)
    except NotThere as error:
        screen.stop(str(error), 2)
    target = page or Path(f"compare-{slug(found.body_id)}-{before}-{now}.html")
    parts = _parts(found)
    try:
        write_atomically(target, render(found.name, before, now, parts, language).encode())
    except OSError as error:
        screen.stop(f"the page cannot be written to {target}: {error.strerror or error}", 1)
    console = screen.results()
    console.print(Text(f"{found.name}  {found.body_id}  {before} → {now}"))
    console.print(summary(parts))
    console.print(f"page 对照页: {target}", soft_wrap=True, markup=False)


def _parts(found: TwoTexts) -> list[Part]:
    """The sections that have sentences in either year."""
    made = []
    for number in sorted(found.before.keys() | found.now.keys()):
        old, new = found.before.get(number, (None, "")), found.now.get(number, (None, ""))
        pairs = aligned(sentences(old[1]), sentences(new[1]))
        if pairs:
            counts = Counter[str](pair.state for pair in pairs)
            made.append(Part(number, new[0] or old[0], counts, list(map(_line, in_reading_order(pairs)))))
    return made


def _line(pair: Pair) -> Line:
    return Line(pair.state, pair.before.text if pair.before else None, pair.now.text if pair.now else None)


def summary(parts: Sequence[Part]) -> Table:
    """A line a section, and one for the whole: sentences by state, and the share that is repeated."""
    made = Table("section 章节", header_style="bold")
    for heading in ("same 相同", "nearly 近似", "reworded 改写", "new 新增", "gone 删去", "repeated 重复占比"):
        made.add_column(heading, justify="right")
    totals: Counter[str] = Counter()
    for part in parts:
        totals.update(part.counts)
        made.add_row(Text(f"{part.section} {part.title or ''}".strip()), *_cells(part.counts))
    made.add_section()
    made.add_row("whole 全文", *_cells(totals))
    return made


def _cells(counts: Mapping[str, int]) -> list[str]:
    total = sum(counts.get(state, 0) for state in _STATES if state != "gone")
    repeated = counts.get("repeated", 0) + counts.get("nearly", 0)
    share = f"{repeated / total:.1%} ({repeated}/{total})" if total else "—"
    return [*(str(counts.get(state, 0)) for state in _STATES), share]
