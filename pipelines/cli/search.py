"""`gongkai search`: the sentences of all reports that hold a word. Registered in `pipelines.cli.app`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import islice
from typing import Annotated

import typer
from rich.text import Text

from pipelines.ask import texts
from pipelines.ask.newest import NothingBuilt, NotThere, database, opened
from pipelines.ask.texts import FoundSection
from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.cli.query import write_csv
from pipelines.warehouse.texts.sentences import sentences
from pipelines.workspace import workspace_at


def search(
    term: Annotated[str, typer.Argument(metavar="词", help="A word or phrase, as printed.")],
    body: Annotated[str | None, typer.Option(help="Only this body: its id, name, division or code.")] = None,
    year: Annotated[int | None, typer.Option(help="Only reports about this year.", min=2008, max=2100)] = None,
    limit: Annotated[int, typer.Option(help="Sentences shown; --csv prints all.", min=1)] = 50,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all as CSV, safe for spreadsheets.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Search the sentences of all reports 全文检索: each with its body, year, section and place there."""
    if not term.strip():
        screen.stop("the word to search for is empty", 2)
    try:
        with opened(database(workspace_at(workspace))) as connection:
            found = _sentences(texts.search(connection, term.strip(), body, year), term.strip())
            shown = list(found if as_csv else islice(found, limit + 1))
    except NothingBuilt as error:
        screen.stop(str(error), 1)
    except NotThere as error:
        screen.stop(str(error), 2)
    if as_csv:
        write_csv([f.name for f in fields(FoundSentence)], [astuple(sentence) for sentence in shown])
    else:
        _print(shown, term.strip(), limit)


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence that holds the term. `start` is its first character's place in the section's text, from 0."""

    report_id: str
    body_name: str
    report_year: int
    section: int
    title: str | None
    sentence: str
    start: int
    file_name: str | None
    source_url: str | None


def _sentences(sections: Iterable[FoundSection], term: str) -> Iterator[FoundSentence]:
    for s in sections:
        for sentence, start in _holding(s.text, term):
            place = (s.report_id, s.body_name, s.report_year, s.section, s.title)
            yield FoundSentence(*place, sentence, start, s.file_name, s.source_url)


def _holding(text: str, term: str) -> Iterator[tuple[str, int]]:
    """The sentences with the term; the line where no sentence has it, as a heading or a term across two sentences."""
    wanted = term.casefold()
    found = [(s.text, s.start) for s in sentences(text) if wanted in s.text.casefold()]
    if found:
        yield from found
        return
    start = 0
    for line in text.split("\n"):
        if wanted in line.casefold():
            yield line.strip(), start + len(line) - len(line.lstrip())
        start += len(line) + 1


def _print(found: Sequence[FoundSentence], term: str, limit: int) -> None:
    console = screen.results()
    for sentence in found[:limit]:
        heading = f"{sentence.body_name} {sentence.report_year} · {sentence.title or f'section {sentence.section}'} · {sentence.start}"
        console.print(Text(heading, style="dim"), soft_wrap=True)
        printed = Text(f"  {sentence.sentence}")
        printed.highlight_words([term], style="bold", case_sensitive=False)
        console.print(printed, soft_wrap=True)
    if not found:
        console.print(Text(f"no sentence holds {term} 没有含“{term}”的句子"))
    elif len(found) > limit:
        console.print(Text(f"… more than {limit}; --limit shows more, --csv all 只显示前 {limit} 句"), style="dim")
