"""The site's words in Chinese and English, and how numbers look.

Belongs here: looking up `words/zh.yaml` and `words/en.yaml`, the format of numbers and units. Does not belong here:
names that the dataset itself has (measures, tables, themes), which come from its own dictionaries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh", "en")
#: What stands in `lang` attributes.
TAGS: Mapping[str, str] = {"zh": "zh-Hans", "en": "en"}
SHARE = "share of 1"
#: Stands where there is no value; null is never 0.
NOTHING = "—"
_FOLDER = Path(__file__).with_name("words")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language by `group.key`."""

    language: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: Any) -> str:
        """The words of a key, with `{…}` filled in. Raises `KeyError` for a key that there is not."""
        text = self.entries[key]
        return text.format(**values) if values else text

    def of(self, group: str, code: str | None) -> str:
        """The word for a code of a group; the code itself where it has none."""
        return NOTHING if code is None else self.entries.get(f"{group}.{code}", code)

    def group(self, *names: str) -> dict[str, str]:
        """All entries of some groups, for scripts."""
        return {key: text for key, text in self.entries.items() if key.partition(".")[0] in names}

    def unit(self, unit: str | None) -> str:
        """A unit as it stands behind or above a number."""
        return "" if unit is None else self.entries.get(f"unit.{unit}", unit)

    def value(self, value: float | None, unit: str | None, with_unit: bool = False) -> str:
        """A value for reading: shares in per cent with one decimal, counts with thousands separators."""
        if value is None:
            return NOTHING
        if unit == SHARE:
            return f"{100 * value:,.1f}%"
        number = plain(value)
        if not with_unit or not unit:
            return number
        return f"{number} {self.unit(unit)}"

    def cases(self, row: Mapping[str, Any]) -> str:
        """What a share is read with, of a row of a mart: `275/298, 95%: 88.7%–94.8%`; empty where it is no share."""
        if row["interval_low"] is None:
            return ""
        low, high = (self.value(row[f"interval_{end}"], SHARE) for end in ("low", "high"))
        return f"{plain(row['numerator'])}/{plain(row['denominator'])}, 95%: {low}–{high}"

    def change(self, value: float | None) -> str:
        """A relative change as signed per cent."""
        return NOTHING if value is None else f"{100 * value:+,.1f}%"


def plain(value: float | None) -> str:
    """A number with thousands separators and at most two decimals, without zeros behind them."""
    if value is None:
        return NOTHING
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def words(language: str) -> Words:
    """The words of a language."""
    raw = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    entries = {f"{group}.{key}": str(text) for group, pairs in raw.items() for key, text in pairs.items()}
    return Words(language, entries)
