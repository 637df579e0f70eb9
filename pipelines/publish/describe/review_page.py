"""The page on sources, written from the data: `python -m pipelines.publish.describe.review_page`.

`docs/review.md` counts the lines of the files that say how numbers compare, names what is still to be found, and gives
the texts with their addresses. Belongs here: its Markdown. Does not belong here: any verdict (`expectations.review`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from expectations.references import Reference, references
from expectations.review import FILES, Line, lines
from pipelines.workspace import PROJECT

PAGE = PROJECT / "docs" / "review.md"
_HEAD = """<!-- Written by `make docs-tables` from the files in data/. Change them there. -->

# Sources of the rules 规则的依据

**中文摘要** 本页列出指标、取数、法律变化、国际对照、领导体制和同类组各行的依据，数出尚待补充依据的行数，并给出所读文本的地址。

Each line of these files was held against its source. *Sourced* 有依据: its words were read, and the line says what they say.
*Needs source* 待补: the words for a part of it could not be had; the source says which.
What is counted in reports rests on its lines of `crosswalk.csv`. The page is written from the data.
"""
_READ = {"whole": "whole 全文", "part": "in part 部分", "quoted": "as quoted 转引", "none": "not had 未取得"}


def page() -> str:
    """The Markdown of the page."""
    found = lines()
    return "\n".join((_HEAD, *_counts(found), *_open(found), *_all(found), *_texts()))


def _counts(found: Sequence[Line]) -> Iterator[str]:
    yield from (
        "## Counts 行数\n",
        "| file 文件 | lines 行 | sourced 有依据 | needs source 待补 |",
        "|---|---:|---:|---:|",
    )
    for file in FILES:
        yield _row(f"`{file}`", *_numbers([line for line in found if line.file == file]))
    yield _row("all 合计", *_numbers(found)) + "\n"


def _numbers(found: Sequence[Line]) -> tuple[str, str, str]:
    waiting = sum(line.is_open for line in found)
    return str(len(found)), str(len(found) - waiting), str(waiting)


def _open(found: Sequence[Line]) -> Iterator[str]:
    yield from ("## Still to be found 待补\n", "| file 文件 | line 行 | source 依据 |", "|---|---|---|")
    for file in FILES:
        for same in _alike([line for line in found if line.file == file and line.is_open]):
            yield _row(f"`{file}`", f"{same[0].group}: {_names(same)}", same[0].source)
    yield ""


def _all(found: Sequence[Line]) -> Iterator[str]:
    """A table for each file: lines of one group and source share a row."""
    for file in FILES:
        yield from (f"## `{file}`\n", "| group 组 | verdict 结论 | lines 行 | source 依据 |", "|---|---|---|---|")
        of_file = [line for line in found if line.file == file]
        for same in _alike(of_file):
            verdict = "needs source 待补" if same[0].is_open else "sourced 有依据"
            yield _row(same[0].group, verdict, _names(same), same[0].source)
        yield ""


def _alike(found: Sequence[Line]) -> list[list[Line]]:
    made: dict[tuple[str, str], list[Line]] = {}
    for line in found:
        made.setdefault((line.group, line.source), []).append(line)
    return list(made.values())


def _names(same: Sequence[Line]) -> str:
    return ", ".join(f"`{line.name}`" for line in same)


def _texts() -> Iterator[str]:
    yield from ("## Texts 所读文本\n", "| cited as 引用作 | text 文本 | read 所读 | where 出处 |", "|---|---|---|---|")
    yield from (_row(*_text(text)) for text in references().values())
    yield ""


def _text(text: Reference) -> tuple[str, str, str, str]:
    read = f"{_READ[text.reading]}: {text.read}" if text.read else _READ[text.reading]
    return text.cited_as, f"{text.title_zh} / {text.title_en}", read, f"<{text.address}>" if text.address else "—"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
