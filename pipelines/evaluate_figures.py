"""Extracted figures against gold statements of the narrative: which are right, wrong, missing, or no statement at all.

A gold statement is right where one figure at its quote has its value, its unit and its indicator. The rules and the
format are those of the gold files (`indicator,value,unit,qualifier,quote`); their indicator names are mapped to the
codes of the dictionary in `data/gold_indicators.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from expectations.identities import Number
from expectations.indicators import indicators
from pipelines.parse.report import Figure, Section
from pipelines.settings import PROJECT

GOLD_NAMES = PROJECT / "data" / "gold_indicators.csv"
_CHANGE = re.compile(r"^(?P<base>.+?)_(?:yoy_)?(?P<kind>increase|decrease|gain)(?:_(?:pct|multiple))?$")
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One gold statement."""

    indicator: str
    value: Number
    unit: str
    quote: str


@dataclass(slots=True)
class FigureScore:
    """The score of one report's narrative.

    `right` statements have value, unit and indicator; `wrong` ones a figure at their place that differs; the others
    are `missing`. `invented` figures stand where no statement is; ranks are neither right nor wrong. `unmapped` counts
    figures without indicator among all `figures`.
    """

    key: str
    statements: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0
    figures: int = 0
    unmapped: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Right statements of all statements; 1 where there are none."""
        return self.right / self.statements if self.statements else 1.0

    @property
    def precision(self) -> float:
        """Right figures of all figures that count; 1 where there are none."""
        counted = self.right + self.wrong + self.invented
        return self.right / counted if counted else 1.0

    @property
    def unmapped_share(self) -> float:
        """Figures without indicator of all figures."""
        return self.unmapped / self.figures if self.figures else 0.0


def read_statements(path: Path) -> list[Statement]:
    """The statements of a gold file in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Statement(r["indicator"], Decimal(r["value"]), r["unit"], _WHITE.sub("", r["quote"]))
            for r in csv.DictReader(file)
        ]


def score_figures(
    key: str, gold: Sequence[Statement], figures: Sequence[Figure], sections: Sequence[Section]
) -> FigureScore:
    """Compare one report's figures with its gold statements; each figure answers one statement at most."""
    result = FigureScore(key, statements=len(gold), figures=len(figures))
    result.unmapped = sum(f.indicator is None for f in figures)
    texts = {s.number: _Text.of(s.text) for s in sections}
    open_figures = [f for f in figures if f.aspect != "rank"]
    pairs = [(statement, _at(statement, open_figures, texts)) for statement in gold]
    taken: set[int] = set()
    for wanted in (_is_right, _same_value, lambda *_: True):
        for k, (statement, near) in enumerate(pairs):
            answer = next((f for f in near if id(f) not in taken and wanted(statement, f)), None)
            if answer is None:
                continue
            taken.add(id(answer))
            pairs[k] = (statement, [])
            _count(result, statement, answer)
    answered = result.right + result.wrong
    result.missing = len(gold) - answered
    result.errors += [f"missing: {s.indicator} {s.value} {s.unit} | {s.quote}" for s, near in pairs if near or not _was(s, result)]
    left = [f for f in open_figures if id(f) not in taken]
    result.invented = len(left)
    result.errors += [f"invented: {_told(f)} | {f.subject}" for f in left]
    return result
