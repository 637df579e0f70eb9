"""Extracted figures against gold statements of the narrative: which are right, wrong, missing, or no statement at all.

A gold statement is right where one figure at its quote has its value, its unit and its indicator. The rules and the
format are those of the gold files (`indicator,value,unit,qualifier,quote`); where their indicator names differ from
the codes of the dictionary, `data/gold_indicators.csv` maps them.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from expectations.identities import Number
from expectations.indicators import Indicator, indicators
from pipelines.parse.report import Figure, Section
from pipelines.workspace import PROJECT

GOLD_NAMES = PROJECT / "data" / "gold_indicators.csv"
#: requests_received_yoy_decrease_pct, requests_denied_pct: names that say what kind of statement about which indicator.
_CHANGE = re.compile(r"^(?P<base>.+?)_(?:yoy_)?(?P<change>increase|decrease)(?:_pct|_multiple)?$")
_SHARE = re.compile(r"^(?P<base>.+?)(?:_share)?_pct$")
_WHITE = re.compile(r"\s+")

#: Indicator code, aspect and kind of change.
Meaning = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One gold statement, with the meanings that its indicator's name may have."""

    name: str
    meanings: frozenset[Meaning]
    value: Number
    unit: str
    quote: str


@dataclass(slots=True)
class FigureScore:
    """The score of one report's narrative.

    `right` statements have value, unit and indicator; `wrong` ones have a figure at their quote that differs; the
    others are `missing`. `invented` figures stand where no statement is. Ranks are neither right nor wrong. `unmapped`
    counts the figures without indicator among all `figures`. `notes` tells each error.
    """

    key: str
    statements: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0
    figures: int = 0
    unmapped: int = 0
    notes: list[str] = field(default_factory=list)

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

    def add(self, other: FigureScore) -> None:
        """Add another score's counts."""
        for name in ("statements", "right", "wrong", "missing", "invented", "figures", "unmapped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def read_names(path: Path = GOLD_NAMES) -> dict[str, frozenset[Meaning]]:
    """The reviewed map of gold names: `gold,indicator,aspect,change`, several lines where a name has several meanings."""
    names: dict[str, set[Meaning]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names[row["gold"]].add((row["indicator"], row["aspect"], row["change"]))
    return {name: frozenset(meanings) for name, meanings in names.items()}


def meanings_of(name: str, names: Mapping[str, frozenset[Meaning]]) -> frozenset[Meaning]:
    """Tell what a gold name means: what the map says, or the code itself, its share or its change."""
    if name in names:
        return names[name] | _rates(names[name])
    found: set[Meaning] = {(name, "amount", "")}
    if match := _CHANGE.match(name):
        found |= {(code, "change", match["change"]) for code, *_ in meanings_of(match["base"], names)}
    elif match := _SHARE.match(name):
        found |= {(code, "share", "") for code, *_ in meanings_of(match["base"], names)}
    return frozenset(found | _rates(found))


def _rates(meanings: Iterable[Meaning]) -> frozenset[Meaning]:
    """A rate of the dictionary is stated as a share: 合格率为98%."""
    known = indicators()
    return frozenset((c, "share", "") for c, aspect, _ in meanings if aspect == "amount" and _unit(known, c) == "%")


def _unit(known: Mapping[str, Indicator], code: str) -> str:
    return known[code].unit if code in known else ""


def read_statements(path: Path, names: Mapping[str, frozenset[Meaning]]) -> list[GoldStatement]:
    """The statements of a gold file in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            GoldStatement(
                row["indicator"],
                meanings_of(row["indicator"], names),
                Decimal(row["value"]),
                row["unit"],
                _WHITE.sub("", row["quote"]),
            )
            for row in csv.DictReader(file)
        ]


def score_figures(
    key: str, gold: Sequence[GoldStatement], figures: Sequence[Figure], sections: Sequence[Section]
) -> FigureScore:
    """Compare one report's figures with its gold statements. Each figure answers one statement at most."""
    result = FigureScore(key, statements=len(gold), figures=len(figures))
    result.unmapped = sum(figure.indicator is None for figure in figures)
    text = _Compact.of(sections)
    counted = [figure for figure in figures if figure.aspect != "rank"]
    answers = _answers(gold, counted, text)
    for statement, answer in zip(gold, answers, strict=True):
        if answer is None:
            result.missing += 1
            result.notes.append(f"missing: {statement.name} {statement.value}{statement.unit} | {statement.quote}")
        elif _is_right(statement, answer):
            result.right += 1
        else:
            result.wrong += 1
            wanted = f"{statement.name} {statement.value}{statement.unit}"
            result.notes.append(f"wrong: {wanted} read as {_told(answer)} | {statement.quote}")
    taken = {id(answer) for answer in answers if answer is not None}
    for figure in counted:
        if id(figure) not in taken:
            result.invented += 1
            result.notes.append(f"invented: {_told(figure)} | {figure.subject} {figure.raw}")
    return result


def _answers(gold: Sequence[GoldStatement], figures: Sequence[Figure], text: _Compact) -> list[Figure | None]:
    """A figure for each statement: first those that are right, then those with its value, then any at its quote."""
    near = [[figure for figure in figures if text.is_at(statement.quote, figure)] for statement in gold]
    answers: list[Figure | None] = [None] * len(gold)
    taken: set[int] = set()
    for fits in (_is_right, _has_value, _has_number):
        for k, statement in enumerate(gold):
            if answers[k] is None:
                answers[k] = next((f for f in near[k] if id(f) not in taken and fits(statement, f)), None)
                taken |= {id(answers[k])} - {id(None)}
    return answers


def _is_right(statement: GoldStatement, figure: Figure) -> bool:
    meaning = (figure.indicator or "", figure.aspect, figure.change.kind if figure.change else "")
    return _has_value(statement, figure) and figure.unit == statement.unit and meaning in statement.meanings


def _has_value(statement: GoldStatement, figure: Figure) -> bool:
    return figure.value == statement.value


def _has_number(statement: GoldStatement, figure: Figure) -> bool:
    """Tell whether the quote, and so the statement, is about this number and no other."""
    return len(re.findall(r"\d[\d,，.]*", statement.quote)) <= 1


def _told(figure: Figure) -> str:
    kind = "" if figure.aspect == "amount" else f" ({figure.aspect})"
    return f"{figure.indicator or 'unmapped'}{kind} {figure.value}{figure.unit}"


@dataclass(frozen=True, slots=True)
class _Compact:
    """All text without white space, and where each character of each section stands in it."""

    text: str
    places: Mapping[tuple[int, int], int]

    @classmethod
    def of(cls, sections: Iterable[Section]) -> _Compact:
        pieces: list[str] = []
        places: dict[tuple[int, int], int] = {}
        for section in sections:
            for i, character in enumerate(section.text):
                if not character.isspace():
                    places[section.number, i] = len(pieces)
                    pieces.append(character)
        return cls("".join(pieces), places)

    def is_at(self, quote: str, figure: Figure) -> bool:
        """Tell whether a figure's number begins within a quote, at any place that the quote stands."""
        place = self.places[figure.number.section, figure.number.start]
        start = self.text.find(quote, max(0, place - len(quote)))
        return 0 <= start <= place < start + len(quote)


def total(scores: Iterable[FigureScore]) -> FigureScore:
    """All counts together."""
    whole = FigureScore("total")
    for each in scores:
        whole.add(each)
    return whole


def as_json(scores: Iterable[FigureScore]) -> dict[str, Any]:
    """`{"reports": [...], "total": {...}}`, each with recall, precision and the unmapped share."""
    listed = list(scores)
    return {"reports": [_row(each) for each in listed], "total": _row(total(listed))}


def _row(score: FigureScore) -> dict[str, Any]:
    shares = {name: round(getattr(score, name), 4) for name in ("recall", "precision", "unmapped_share")}
    return {**asdict(score), **shares}
