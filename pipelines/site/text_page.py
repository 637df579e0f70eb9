"""The page that shows two reports of a body side by side: one file that needs nothing beside it.

Belongs here: drawing. Does not belong here: which sentences are paired (`pipelines.warehouse.texts`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from pipelines.site.pages import environment
from pipelines.site.wording import words

#: What differs is marked number by number and else character by character.
_PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a state and the sentence of either year; None where that year lacks it."""

    state: str
    before: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its heading, how many sentences of each state, its lines in reading order."""

    section: int
    title: str | None
    counts: Mapping[str, int]
    lines: Sequence[Line]

    @property
    def total(self) -> int:
        """Sentences of the later report."""
        return sum(count for state, count in self.counts.items() if state != "gone")

    @property
    def repeated(self) -> int:
        """Those that the report before has too, word for word or nearly so."""
        return self.counts.get("repeated", 0) + self.counts.get("nearly", 0)


def render(name: str, before: int, now: int, parts: Sequence[Part], language: str = "zh") -> str:
    """The page as HTML. `language` is zh or en; the sentences stay as printed."""
    template = environment().get_template("text_comparison.html")
    return template.render(
        t=words(language), lang=language, name=name, before=before, now=now, parts=parts, marked=marked
    )


def marked(line: Line) -> tuple[Markup | None, Markup | None]:
    """Both sentences; of a pair that is not the same, with the characters that differ between <del> and <ins>."""
    if line.before is None or line.now is None:
        return _escaped(line.before), _escaped(line.now)
    was, has = _PIECE.findall(line.before), _PIECE.findall(line.now)
    old, new = Markup(), Markup()
    for action, i, j, k, m in SequenceMatcher(None, was, has, autojunk=False).get_opcodes():
        old += _piece("del", was[i:j], action == "equal")
        new += _piece("ins", has[k:m], action == "equal")
    return old, new


def _piece(tag: str, pieces: Sequence[str], is_plain: bool) -> Markup:
    text = "".join(pieces)
    if is_plain or not text:
        return Markup("{}").format(text)
    return Markup(f"<{tag}>{{}}</{tag}>").format(text)


def _escaped(text: str | None) -> Markup | None:
    return None if text is None else Markup("{}").format(text)
