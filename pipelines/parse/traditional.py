"""Reports in traditional characters: parsed as if simplified, and kept as printed.

A character stands for a character, so every place stays the same. Only a document with 開 (of 公開) is folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from expectations.traditional import simplified
from pipelines.parse.report import Fact, Figure, Report, Section, Span
from pipelines.read.document import Block, Document, Table

#: Every report in traditional characters has this character, and hardly a text in simplified ones.
_SIGN = "開"


@dataclass(frozen=True, slots=True)
class Printed:
    """A document's texts, as printed and folded: both run together, of one length, and whole text by whole text."""

    printed: str
    folded: str
    whole: dict[str, str]

    def of(self, text: str) -> str:
        """The printed text of what was read of the folded one, line by line. Text from elsewhere stays as it is."""
        return "\n".join(self._line(line) for line in text.split("\n"))

    def _line(self, line: str) -> str:
        at = -1 if line in self.whole else self.folded.find(line)
        return self.whole.get(line, line) if at < 0 else self.printed[at : at + len(line)]


def is_traditional(document: Document) -> bool:
    """Tell whether a document has to be folded."""
    return any(_SIGN in block.text for block in document.blocks if not isinstance(block, Table))


def fold(text: str) -> str:
    """A text in simplified characters, as long as before."""
    return text.translate(simplified())


def folded(document: Document) -> tuple[Document, Printed]:
    """The document in simplified characters, and what it prints."""
    texts = [text for block in document.blocks for text in _texts(block)]
    made = [fold(text) for text in texts]
    whole = {after: before for after, before in zip(made, texts, strict=True) if after != before}
    fields = {fold(name): fold(value) for name, value in document.metadata.items()}
    blocks = tuple(_block(block) for block in document.blocks)
    title = fold(document.title) if document.title else document.title
    return replace(document, blocks=blocks, metadata=fields, title=title), Printed("".join(texts), "".join(made), whole)


def _texts(block: Block) -> Iterable[str]:
    return (cell.text for cell in block.cells()) if isinstance(block, Table) else (block.text,)


def _block(block: Block) -> Block:
    if not isinstance(block, Table):
        return replace(block, text=fold(block.text))
    made = {id(cell): cell._replace(text=fold(cell.text)) for cell in block.cells()}
    grid = tuple(tuple(None if cell is None else made[id(cell)] for cell in row) for row in block.grid)
    return replace(block, grid=grid)


def as_printed(report: Report, printed: Printed) -> Report:
    """A report of a folded document with every literal text as the document prints it. Ids stay those of the folded name."""
    sections = tuple(Section(s.number, s.title and printed.of(s.title), printed.of(s.text)) for s in report.sections)
    before, after = ({s.number: s.text for s in found} for found in (report.sections, sections))

    def at(span: Span, text: str) -> str:
        """The text of a place where it is literal there, else found by its words."""
        literal = before[span.section][span.start : span.end] == text
        return after[span.section][span.start : span.end] if literal else printed.of(text)

    for fact in report.facts:
        _print_fact(fact, printed)
    for figure in report.figures:
        _print_figure(figure, at(figure.number, figure.raw), at(figure.sentence, figure.sentence_text), printed)
    return replace(
        report,
        body=replace(report.body, name=printed.of(report.body.name)),
        title=report.title and printed.of(report.title),
        sections=sections,
        problems=tuple(replace(p, text=at(p.span, p.text)) for p in report.problems),
        commitments=tuple(replace(c, text=at(c.span, c.text)) for c in report.commitments),
    )


def _print_fact(fact: Fact, printed: Printed) -> None:
    fact.raw = printed.of(fact.raw)
    fact.row_label = printed.of(fact.row_label)
    fact.column_label = printed.of(fact.column_label)


def _print_figure(figure: Figure, raw: str, sentence: str, printed: Printed) -> None:
    figure.raw, figure.sentence_text, figure.subject = raw, sentence, printed.of(figure.subject)
