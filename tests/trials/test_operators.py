"""Each operator in each of its formats, over the sources in turn: nothing wrong is verified, nothing is lost for nothing.

A small selection, the same each time. `python -m benchmarks.fuzz --every 10` runs many more.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.made.cases import folded
from tests.trials.judge import Verdict
from tests.trials.operator import OPERATORS
from tests.trials.trial import Step, Trial, every, parsed
from tests.trials.weak import WEAK, is_weak

pytestmark = pytest.mark.long(seconds=20)

SEED = 1
#: Formats that take long to make: every other operator is tried in them.
SLOW = ("docx", "pdf", "pdf-unruled", "xlsx")
TRIALS = [
    trial
    for n, trial in enumerate(every(SEED, 1))
    if not is_weak(trial.steps[0].operator, trial.format) and (trial.format not in SLOW or n % 2)
]


@cache
def verdict_of(trial: Trial) -> Verdict:
    """What comes of a trial; nothing where there was nothing to change."""
    return trial.run() or Verdict("nothing to change")


@folded("trial", TRIALS)
def test_what_the_page_says_is_read_or_nothing(trial: Trial) -> None:
    assert verdict_of(trial).wrong == ()


@folded("trial", [trial for trial in TRIALS if trial.harmless and trial.format not in SLOW])
def test_a_harmless_change_loses_nothing(trial: Trial) -> None:
    assert verdict_of(trial).lost == ()


@folded("trial", [trial for trial in TRIALS if trial.format not in SLOW])
def test_what_is_in_doubt_is_said(trial: Trial) -> None:
    assert verdict_of(trial).unmarked == ()


@folded("name", sorted(OPERATORS))
def test_every_operator_changes_something(name: str) -> None:
    """On some report of the sample, in some format: an operator that never does would pass every trial."""
    trials = [t for t in every(SEED, 10) if t.steps[0].operator == name and (t.format not in SLOW or t.format == "pdf")]
    assert any(_changes(trial) for trial in trials)


def _changes(trial: Trial) -> bool:
    made = trial.made()
    return made is not None and made[1] != Trial(trial.source, trial.format, ()).made()[1]  # type: ignore[index]


def test_a_line_makes_the_same_trial_again() -> None:
    trial = Trial("huaian-2024", "html", (Step("hide beside", 12), Step("glue rows", 34)))
    assert parsed(str(trial)) == trial
    assert trial.made() == trial.made()


def test_weak_pairs_are_pairs_of_the_bench() -> None:
    for name, formats in WEAK.items():
        assert formats <= OPERATORS[name].formats
