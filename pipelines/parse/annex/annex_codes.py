"""Lines of an annex → codes of the form: in order under their headings, as labels repeat (被依法纠错数, 其他情形数).

All lines are aligned at once, so that a missing or an added line moves none of the others. Lines that stand out of the
form's order are told by their label, or by the heading above them, or stay without a code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipelines.parse.annex.annex_labels import FormLabel, entries, scores
from pipelines.parse.row_codes import best_monotone

Codes = list[str | None]


def aligned(labels: Sequence[str], failing: Callable[[Codes], int]) -> Codes:
    """The code of each line, row or heading; None where no form knows it.

    Where several alignments fit the labels alike, the one that breaks fewest sums counts (`failing` tells how many), and
    of those the one whose rows stand nearest behind their heading.
    """
    every = entries()
    order = [entry.code for entry in every]
    fits = [scores(label) for label in labels]
    late, best = best_monotone(fits, order)
    reverse, _ = best_monotone(fits[::-1], order[::-1])
    candidates = [reverse[::-1], late]
    for codes in candidates:
        _out_of_order(codes, fits, {entry.code: entry for entry in every})
    if candidates[0] == candidates[1] or not best:
        return candidates[0]
    return min(candidates, key=failing)


def _out_of_order(codes: Codes, fits: Sequence[dict[str, float]], known: dict[str, FormLabel]) -> None:
    """Give lines that the order leaves over the one code that their known spelling has, or has under their heading."""
    taken = {code for code in codes if code}
    heading: str | None = None
    for i, fit in enumerate(fits):
        if codes[i] is None:
            sure = [code for code, score in fit.items() if score >= 100.0 and code not in taken]
            below = [code for code in sure if heading and heading in known[code].under]
            one = sure if len(fit) == 1 else below
            if len(one) == 1:
                codes[i] = one[0]
                taken.add(one[0])
        code = codes[i]
        if code and not known[code].under:
            heading = code
