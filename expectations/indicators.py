"""The dictionary of the narrative's indicators, `data/indicators.yaml`, read into plain types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DICTIONARY = Path(__file__).resolve().parents[1] / "data" / "indicators.yaml"


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators that belong together."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `part_of` is the code of its whole; `main` ones are columns of the wide mart."""

    code: str
    group: str
    zh: str
    en: str
    definition: str
    unit: str
    part_of: str | None = None
    main: bool = False


@cache
def _content() -> Any:
    return yaml.safe_load(DICTIONARY.read_text(encoding="utf-8"))


@cache
def groups() -> Mapping[str, Group]:
    """The groups by code, in the dictionary's order."""
    return {raw["code"]: Group(**raw) for raw in _content()["groups"]}


@cache
def indicators() -> Mapping[str, Indicator]:
    """The indicators by code, in the dictionary's order."""
    return {raw["code"]: Indicator(**raw) for raw in _content()["indicators"]}
