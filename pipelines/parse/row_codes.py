"""Rows as printed → row codes of a form: by label first, then by place between rows that are sure."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.forms import FormTable
from pipelines.parse.contrary import says_another
from pipelines.parse.labels import Lexicon, holds_another, key, similarity

#: How unlike a label may be and still be taken for the one row that fits the gap between two sure rows.
GAP_LIKENESS = 50.0


def by_label(labels: Sequence[tuple[str, ...]], lexicon: Lexicon) -> list[str | None]:
    """The code of each row by its own label, else by its last two labels joined; a code that repeats stays as it is."""
    return [_code(names, lexicon) for names in labels]


def _code(names: tuple[str, ...], lexicon: Lexicon) -> str | None:
    if not names:
        return None
    return lexicon.code(names[-1]) or (lexicon.known("".join(names[-2:])) if len(names) > 1 else None)


def fill_gaps(codes: Sequence[str | None], labels: Sequence[str], table: FormTable) -> list[str | None]:
    """Give rows without a code the one that their place leaves over.

    Between two sure rows, as many rows without a code as the form has rows there are taken in order, provided that
    no label speaks against it: a label that is like none of them is a row of the document's own and stays unmapped. Of
    several rows without any label nothing tells which is which. Where no row is sure, nothing is told by place.
    """
    filled = list(codes)
    if not any(codes):
        return filled
    order = table.expected_rows([c for c in codes if c])
    i = 0
    while i < len(filled):
        if filled[i] is not None:
            i += 1
            continue
        end = next((k for k in range(i, len(filled)) if filled[k] is not None), len(filled))
        gap = _gap(order, filled[i - 1] if i else None, filled[end] if end < len(filled) else None)
        blank = sum(not key(label) for label in labels[i:end])
        if len(gap) == end - i and blank <= 1 and all(_may_be(labels[i + k], gap[k], table) for k in range(len(gap))):
            filled[i:end] = gap
        i = end
    return filled


def _gap(order: list[str], before: str | None, after: str | None) -> list[str]:
    """The form's rows between two codes; none where the document's order is not the form's."""
    start = order.index(before) + 1 if before in order else 0
    end = order.index(after) if after in order else len(order)
    return order[start:end] if (before is None or before in order) and (after is None or after in order) else []


def _may_be(label: str, code: str, table: FormTable) -> bool:
    """Tell whether a printed label leaves room for a code: it is empty, shares the bare spelling, or is somewhat like it."""
    bare = key(label)
    if not bare:
        return True
    known = [(key(s), row.code) for row in table.rows for s in row.spellings]
    if holds_another(bare, code, known) or _is_nearer(bare, code, known):
        return False
    spellings = [s for row in table.rows if row.code == code for s in row.spellings]
    return any(
        bare == key(s) or (similarity(bare, key(s)) >= GAP_LIKENESS and not says_another(bare, key(s)))
        for s in spellings
    )


def _is_nearer(bare: str, code: str, known: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a label is more like that of another row, and like enough to be told by place: 口复申请 is not 反复申请."""
    own = max((similarity(bare, s) for s, other in known if other == code), default=0.0)
    others = max((similarity(bare, s) for s, other in known if other != code), default=0.0)
    return others > own and others >= GAP_LIKENESS


def in_order(codes: Sequence[str], table: FormTable) -> bool:
    """Tell whether codes stand in the form's order."""
    order = {row.code: i for i, row in enumerate(table.rows)}
    places = [order[c] for c in codes]
    return places == sorted(places)


def best_monotone(scores: Sequence[dict[str, float]], order: Sequence[str]) -> tuple[list[str | None], float]:
    """For each row the code that makes the best sum of scores with codes in the form's order (dynamic programming)."""
    width = len(order)
    best = [[0.0] * (width + 1) for _ in range(len(scores) + 1)]
    for i, row in enumerate(scores, 1):
        for j in range(1, width + 1):
            take = row.get(order[j - 1], 0.0)
            best[i][j] = max(best[i - 1][j], best[i][j - 1], best[i - 1][j - 1] + take if take else 0.0)
    codes: list[str | None] = [None] * len(scores)
    i, j = len(scores), width
    while i and j:
        take = scores[i - 1].get(order[j - 1], 0.0)
        if take and best[i][j] == best[i - 1][j - 1] + take:
            codes[i - 1] = order[j - 1]
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return codes, best[len(scores)][width]
