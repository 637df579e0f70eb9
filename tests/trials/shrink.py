"""What fails, made smaller while it still fails: fewer steps of a trial, fewer pieces of a document (ddmin)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from tests.trials.judge import judged
from tests.trials.page import Page
from tests.trials.trial import Trial

T = TypeVar("T")
#: Text is cut at its tags and lines.
_PIECES = re.compile(rb"(?=<)|(?<=\n)")
OF_TEXT = frozenset({"html", "text", "pipes", "lines"})


def smallest(items: Sequence[T], fails: Callable[[Sequence[T]], bool], until: float) -> list[T]:
    """A part of a list that still fails, of which no part tried does; `until` is when (monotonic) to stop."""
    kept, parts = list(items), 2
    while len(kept) > 1 and time.monotonic() < until:
        size = -(-len(kept) // parts)
        rest = next(
            (
                shorter
                for k in range(0, len(kept), size)
                if time.monotonic() < until and fails(shorter := [*kept[:k], *kept[k + size :]])
            ),
            None,
        )
        if rest is not None:
            kept, parts = rest, max(parts - 1, 2)
        elif size == 1:
            break
        else:
            parts = min(parts * 2, len(kept))
    return kept


def shrunk(trial: Trial, seconds: float = 20.0) -> tuple[Trial, bytes]:
    """A trial with no more steps than it needs to fail, and its document; a text without what it does not need."""
    until = time.monotonic() + seconds
    steps = smallest(trial.steps, lambda steps: _fails(replace(trial, steps=tuple(steps))), until)
    least = replace(trial, steps=tuple(steps))
    made = least.made()
    assert made is not None
    page, data = made
    if trial.format in OF_TEXT and judged(page, trial.format, data).wrong:
        pieces = [piece for piece in _PIECES.split(data) if piece]
        data = b"".join(smallest(pieces, lambda p: _is_wrong(page, trial.format, b"".join(p)), until))
    return least, data


def _fails(trial: Trial) -> bool:
    verdict = trial.run()
    return verdict is not None and verdict.fails


def _is_wrong(page: Page, format: str, data: bytes) -> bool:
    try:
        return bool(judged(page, format, data).wrong)
    except Exception:
        return False
