"""The themes of problems and commitments: `data/problem_themes.yaml` read into plain types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations.data_files import read_yaml
from expectations.vocabulary import THEMES

THEMES_FILE = Path(__file__).resolve().parents[1] / "data" / "problem_themes.yaml"
#: The theme of what no term belongs to.
FALLBACK = "other"
_KEYS = {"code", "zh", "en", "definition", "terms"}


class ThemeError(ValueError):
    """The file of themes contradicts itself or the vocabulary."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: code, Chinese and English name, what belongs to it, and the weight of each word that speaks for it."""

    code: str
    zh: str
    en: str
    definition: str
    terms: Mapping[str, int]


@cache
def themes(path: Path = THEMES_FILE) -> Mapping[str, Theme]:
    """All themes by code, in the file's order. Raises `ThemeError`."""
    raw = read_yaml(path)
    if not isinstance(raw, dict) or set(raw) != {"themes"} or not isinstance(raw["themes"], list):
        raise ThemeError(f"{path.name}: a list under `themes` is expected")
    loaded = [_theme(entry) for entry in raw["themes"]]
    codes = tuple(theme.code for theme in loaded)
    if codes != THEMES:
        raise ThemeError(f"{path.name}: the codes {', '.join(codes)} are not those of the vocabulary, in its order")
    _check_terms(loaded)
    return {theme.code: theme for theme in loaded}


def _theme(raw: Any) -> Theme:
    if not isinstance(raw, dict) or set(raw) != _KEYS:
        raise ThemeError(f"a theme has the keys {', '.join(sorted(_KEYS))}, not {raw!r}")
    words = {key: str(raw[key] or "").strip() for key in ("code", "zh", "en", "definition")}
    missing = [key for key, value in words.items() if not value]
    if missing:
        raise ThemeError(f"theme {words['code']!r}: {', '.join(missing)} is empty")
    terms = raw["terms"]
    if not isinstance(terms, dict):
        raise ThemeError(f"theme {words['code']!r}: terms are a mapping of words to weights")
    return Theme(**words, terms={str(term): _weight(words["code"], term, weight) for term, weight in terms.items()})


def _weight(code: str, term: Any, weight: Any) -> int:
    if not isinstance(term, str) or not term.strip() or "".join(term.split()) != term:
        raise ThemeError(f"theme {code!r}: the term {term!r} is empty or has spaces, which texts are read without")
    if not isinstance(weight, int) or isinstance(weight, bool) or not 1 <= weight <= 5:
        raise ThemeError(f"theme {code!r}: the weight of {term} is {weight!r}, not a whole number from 1 to 5")
    return weight


def _check_terms(loaded: list[Theme]) -> None:
    owner: dict[str, str] = {}
    for theme in loaded:
        if bool(theme.terms) == (theme.code == FALLBACK):
            raise ThemeError(f"theme {theme.code!r}: every theme has terms, but {FALLBACK!r}, which has none")
        for term in theme.terms:
            if term in owner:
                raise ThemeError(f"the term {term} belongs to {owner[term]!r} and to {theme.code!r}")
            owner[term] = theme.code
