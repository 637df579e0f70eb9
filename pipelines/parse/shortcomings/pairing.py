"""Tells which promise answers which problem: by what the text says, never by a guess between two that are equally likely."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.themes import FALLBACK
from pipelines.parse.shortcomings.enumeration import LABELLED
from pipelines.parse.shortcomings.theming import Matter, matter


@dataclass(frozen=True, slots=True)
class Said:
    """A problem or a promise: its words, what it is about, its number and style, and the items that it stands in."""

    text: str
    matter: Matter
    number: int
    style: str
    path: tuple[int, ...]


def pairs(problems: Sequence[Said], commitments: Sequence[Said]) -> list[int | None]:
    """For each problem the index of the commitment that answers it.

    Rules in order: equal labels (问题二, 措施二); the same item of a list or the same round of problem and answer; a
    promise that quotes the problem (针对…问题); equal numbers with equal themes; the only promise of the theme, or the
    only one that shares its words. What a rule above the last two has taken is open to no other problem.
    """
    answers = {
        **_by_quotation(problems, commitments),
        **_by_place(problems, commitments),
        **_by_label(problems, commitments),
    }
    taken = set(answers.values())
    free = [j for j in range(len(commitments)) if j not in taken]
    return [answers.get(i, _by_matter(problem, commitments, free)) for i, problem in enumerate(problems)]


def _by_label(problems: Sequence[Said], commitments: Sequence[Said]) -> dict[int, int]:
    """问题二 and 措施二, each of which must be there once."""
    found = {}
    for i, problem in enumerate(problems):
        same = [j for j, c in enumerate(commitments) if c.style in LABELLED and c.number == problem.number]
        rivals = [p for p in problems if p.style == problem.style and p.number == problem.number]
        if problem.style in LABELLED and len(same) == len(rivals) == 1:
            found[i] = same[0]
    return found


def _by_place(problems: Sequence[Said], commitments: Sequence[Said]) -> dict[int, int]:
    """Pairs of one item, from the innermost outward. A lone item is no pair: all stand in it."""
    found: dict[int, int] = {}
    deepest = max((len(said.path) for said in (*problems, *commitments)), default=0)
    for depth in range(deepest, 0, -1):
        groups: dict[tuple[int, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, said in ((0, problems), (1, commitments)):
            for k, one in enumerate(said):
                if len(one.path) >= depth:
                    groups[one.path[:depth]][side].append(k)
        if sum(bool(there and answers) for there, answers in groups.values()) < 2:
            continue
        for there, answers in groups.values():
            if answers and (len(there) == 1 or len(answers) == 1):
                found = {**{i: _best(problems[i], commitments, answers) for i in there}, **found}
    return found


def _best(problem: Said, commitments: Sequence[Said], among: Sequence[int]) -> int:
    """Of several answers to one problem the first of its theme, else the first."""
    return next((j for j in among if commitments[j].matter.theme == problem.matter.theme), among[0])


_REFERENCE = re.compile(
    r"(?:^|[。；，,\s])针对(?!性)(?:部分|个别|一些)?([^，。；]{4,40}?)(?:等)?(?:的)?(?:问题|不足|情况|短板|现象|现状)"
)


def _by_quotation(problems: Sequence[Said], commitments: Sequence[Said]) -> dict[int, int]:
    """Promises that name their problem (针对解读形式单一的问题，…), where they name one more than any other."""
    found: dict[int, int] = {}
    for j, commitment in enumerate(commitments):
        named = _REFERENCE.search(commitment.text[:80])
        if named is None:
            continue
        wanted = _bigrams(named[1])
        shares = {i: len(wanted & _bigrams(problem.text)) / len(wanted) for i, problem in enumerate(problems)}
        best = _only_most(shares) if shares else None
        if best is not None and shares[best] >= 0.4 and best not in found:
            found[best] = j
    return found


def _bigrams(text: str) -> set[str]:
    joined = "".join(text.split())
    return {joined[k : k + 2] for k in range(len(joined) - 1)}


def _by_matter(problem: Said, commitments: Sequence[Said], free: Sequence[int]) -> int | None:
    theme = problem.matter.theme
    same = [j for j in free if commitments[j].matter.theme == theme]
    if theme == FALLBACK or not same:
        return None
    numbered = [j for j in same if problem.number and commitments[j].number == problem.number]
    if len(numbered) == 1:
        return numbered[0]
    if len(same) == 1:
        return same[0]
    return _only_most({j: len(problem.matter.terms & commitments[j].matter.terms) for j in same})


def _only_most(scores: Mapping[int, float]) -> int | None:
    """The one with the highest score, where it is the only one."""
    best = max(scores.values())
    first, *others = [one for one, score in scores.items() if score == best]
    return None if others else first


def said(text: str, number: int, style: str, path: tuple[int, ...]) -> Said:
    """A statement with what it is about; a promise that names its problem is about that."""
    return Said(text, matter(text), number, style, path)
