"""The sections of reports for years before 2019, numbered by what they mean in the form since then.

They follow article 32 of the regulation of 2007 (主动公开, 依申请公开和不予公开, 收费及减免, 复议和诉讼, 问题和改进, 其他), mostly
with an overview before and more behind, up to 九 or 十. A section has the number of the form's since 2019 where it means
the same. All others (收费, 机构和经费, 培训, 回应解读 …) are kept together as section 7, each under its heading, and the text
around the annex as section 8, so that nothing is lost and no section holds what is another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.parse.annex.annex_labels import is_first
from pipelines.parse.report import Section
from pipelines.read.document import Block, Table

#: Section of what has no counterpart since 2019, and of the text around the annex.
OTHER, ANNEX = 7, 8
#: The sections that article 32 asks for; an overview is custom.
REQUIRED = (2, 3, 4, 5, 6)
#: Reports for years before this have these sections.
UNTIL = 2019
LONGEST_HEADING = 45
#: Fewer headings, or fewer that mean something, are a list in the text.
_LEAST = 3
_NUMERALS = {n: i for i, n in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_HEADING = re.compile(r"^(?:第)?(十[一二]|[一二三四五六七八九十])(?:、|[.．]|部分[、:：\s]*)\s*(\S.*)$", re.DOTALL)
_RUN_IN = re.compile(r"^(\S{2,30}?)[。：:\s]\s*(.+)$", re.DOTALL)
#: What a heading's words mean, the first that fits. Fees come before requests (依申请公开收费), reviews before both.
_MEANINGS = (
    (ANNEX, re.compile(r"^附[表件录]|统计表")),
    (4, re.compile(r"复议|诉讼")),
    (5, re.compile(r"问题|不足|改进|打算|下一步|今后")),
    (OTHER, re.compile(r"收费|减免|费用|经费|支出|咨询|主动公开.*申请|申请.*主动公开")),
    (3, re.compile(r"申请|不予公开")),
    (2, re.compile(r"主动公开")),
    (1, re.compile(r"概述|概况|综述|总体|基本情况|(?:^|年度?)(?:政府信息公开)?工作(?:开展|推进)?情况$")),
    (6, re.compile(r"其[他它]|需要(?:说明|报告)")),
)
_CAPTION = re.compile(r"^附[表件录]|政府信息公开(?:工作)?情况统计表")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A numbered heading: its number as printed, its block, its section by meaning, and text behind it in its block."""

    number: int
    block: int
    section: int
    title: str
    rest: str = ""


@dataclass(slots=True)
class _Made:
    title: str | None
    texts: list[str] = field(default_factory=list)


def sections(blocks: Sequence[Block]) -> list[Section] | None:
    """The sections and what stands before them, each number once; None where no such headings are found."""
    chain = _chain(_headings(blocks))
    if chain is None:
        return None
    end = _annex(blocks, chain[-1].block)
    found: dict[int, _Made] = {}
    _take(found, 0, None, [_text(blocks[: chain[0].block])])
    for heading, stop in zip(chain, [*(h.block for h in chain[1:]), end], strict=True):
        _take(found, heading.section, heading.title, [heading.rest, _text(blocks[heading.block + 1 : stop])])
    _take(found, ANNEX, None, [_text(blocks[end:])])
    return [Section(number, made.title, "\n".join(made.texts)) for number, made in sorted(found.items())]


def says_more(older: Sequence[Section], since_2019: Sequence[Section]) -> bool:
    """Tell whether a report has these sections rather than those of the form since 2019: more of them, or others besides."""
    ours, theirs = ({s.number for s in found} & set(range(1, OTHER)) for found in (older, since_2019))
    others = any(s.number == OTHER for s in older)
    return len(ours) > len(theirs) or (others and len(ours) == len(theirs))


def _take(found: dict[int, _Made], number: int, title: str | None, texts: Iterable[str]) -> None:
    """Add a section's text. Behind another of the same number its heading is a line of the text."""
    kept = [text for text in texts if text]
    if number in found:
        found[number].texts += [title, *kept] if title else kept
    elif title or kept:
        found[number] = _Made(title, kept)


def _text(blocks: Iterable[Block]) -> str:
    return "\n".join(block.text for block in blocks if not isinstance(block, Table) and block.text)


def _headings(blocks: Sequence[Block]) -> list[_Heading]:
    found: list[_Heading] = []
    for i, block in enumerate(blocks):
        if isinstance(block, Table):
            continue
        if found and is_first(block.text):
            break
        match = _HEADING.match(block.text.strip())
        if match is None:
            continue
        number, words = _NUMERALS[match[1]], match[2].strip()
        run_in = _RUN_IN.match(words)
        if len(block.text) <= LONGEST_HEADING and "。" not in words.rstrip("。"):
            found.append(_Heading(number, i, section_meant(words), block.text))
        elif run_in and section_meant(run_in[1]) != OTHER:
            start = block.text.index(run_in[1]) + len(run_in[1])
            found.append(_Heading(number, i, section_meant(run_in[1]), block.text[:start], run_in[2]))
    return found


def section_meant(words: str) -> int:
    """The section that a heading's words mean."""
    text = "".join(words.split())
    return next((section for section, pattern in _MEANINGS if pattern.search(text)), OTHER)


def _chain(headings: Sequence[_Heading]) -> list[_Heading] | None:
    """Headings numbered from 一 on that mean most; of two alike (a table of contents, then the report) the last.

    A list inside a section has numbers, too: a heading goes on with the chain that means most.
    """
    chains: list[list[_Heading]] = []
    for heading in headings:
        open_ = [c for c in chains if heading.number in (c[-1].number + 1, c[-1].number + 2)]
        if heading.number == 1:
            chains.append([heading])
        elif open_:
            max(reversed(open_), key=_meant).append(heading)
    best = max(reversed(chains), key=_meant, default=[])
    return best if len(best) >= _LEAST and _meant(best) >= _LEAST else None


def _meant(chain: Sequence[_Heading]) -> int:
    return len({heading.section for heading in chain} - {OTHER, ANNEX})


def _annex(blocks: Sequence[Block], last: int) -> int:
    """The block behind the last heading where the annex begins: its caption, or its first label."""
    for i in range(last + 1, len(blocks)):
        block = blocks[i]
        short = not isinstance(block, Table) and len(block.text) <= LONGEST_HEADING
        if short and not isinstance(block, Table) and (_CAPTION.search(block.text) or is_first(block.text)):
            return i
    return len(blocks)
