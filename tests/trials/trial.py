"""A trial: a source in a format, changed step by step. The same trial makes the same document every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.trials import byte_damage, columns, labels, looks, rows  # noqa: F401  (their operators register themselves)
from tests.trials.formats import RENDERERS
from tests.trials.judge import Verdict, judged
from tests.trials.operator import OPERATORS
from tests.trials.page import Page, sources


@dataclass(frozen=True, slots=True)
class Step:
    """An operator with the seed of its dice."""

    operator: str
    seed: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried. `str` of it is a line that `parsed` reads."""

    source: str
    format: str
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return " | ".join([self.source, self.format, *(f"{step.operator} @{step.seed}" for step in self.steps)])

    @property
    def harmless(self) -> bool:
        """Tell whether nothing may be lost."""
        return all(self.format in OPERATORS[step.operator].harmless for step in self.steps)

    def made(self) -> tuple[Page, bytes] | None:
        """The changed page and its document; None where the page has nothing that a step could change."""
        page = sources()[self.source]
        for step in self.steps:
            change = OPERATORS[step.operator].change
            if change is not None:
                changed = change(random.Random(step.seed), page)
                if changed is None:
                    return None
                page = changed
                if OPERATORS[step.operator].harmless and self.format not in OPERATORS[step.operator].harmless:
                    page = page.telling(opens=page.truth)
        data = RENDERERS[self.format](page.content())
        for step in self.steps:
            damage = OPERATORS[step.operator].damage
            if damage is not None:
                data = damage(random.Random(step.seed), data)
                page = page.telling(opens=page.truth)
        return page, data

    def run(self) -> Verdict | None:
        """What comes of it."""
        made = self.made()
        return judged(made[0], self.format, made[1], harmless=self.harmless) if made else None


def parsed(line: str) -> Trial:
    """The trial that a line names."""
    source, format, *steps = [part.strip() for part in line.split("|")]
    pairs = (step.rpartition(" @") for step in steps)
    return Trial(source, format, tuple(Step(name, int(seed)) for name, _, seed in pairs))


def drawn(dice: random.Random, formats: tuple[str, ...], operators: tuple[str, ...]) -> Trial:
    """A trial at random: one operator, or two."""
    while True:
        format = dice.choice(formats)
        fitting = [name for name in operators if format in OPERATORS[name].formats]
        if fitting:
            names = [dice.choice(fitting) for _ in range(dice.choice([1, 1, 2]))]
            steps = tuple(Step(name, dice.randrange(10**6)) for name in names)
            return Trial(dice.choice(sorted(sources())), format, steps)


def every(seed: int, per_pair: int) -> Iterator[Trial]:
    """Each operator in each of its formats, `per_pair` times, over the sources in turn."""
    names = sorted(sources())
    for o, operator in enumerate(OPERATORS.values()):
        for f, format in enumerate(sorted(operator.formats)):
            for n in range(per_pair):
                source = names[(o + f + n + seed) % len(names)]
                yield Trial(source, format, (Step(operator.name, seed * 1000 + n),))
