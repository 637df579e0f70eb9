"""The themes of problems and commitments: `data/problem_themes.yaml` read into plain types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations.data_files import DATA, DataFileError, read_yaml, refuse_places
from expectations.vocabulary import THEMES
from expectations.yaml_shape import Fault, Keys, Named, Several, Text, Whole

THEMES_FILE = DATA / "problem_themes.yaml"
#: The theme of what no term belongs to.
FALLBACK = "other"
_THEME = Keys(
    {"code": Text(THEMES), "zh": Text(), "en": Text(), "definition": Text(), "terms": Named(Whole(least=1, most=5))}
)
_FILE = Keys({"themes": Several(_THEME)})


class ThemeError(DataFileError):
    """A file of themes that cannot be used, with all that is wrong about it."""


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
    raw = read_yaml(path, _FILE, ThemeError)["themes"]
    refuse_places(path, _contradictions(raw), ThemeError)
    return {entry["code"]: _theme(entry) for entry in raw}


def _theme(raw: Mapping[str, Any]) -> Theme:
    words = {key: raw[key].strip() for key in ("code", "zh", "en", "definition")}
    return Theme(**words, terms=raw["terms"])


def _contradictions(raw: list[dict[str, Any]]) -> Iterator[Fault]:
    codes = tuple(theme["code"] for theme in raw)
    if codes != THEMES:
        yield ("themes",), f"the codes {', '.join(codes)} are not those of the vocabulary, in its order"
    owner: dict[str, str] = {}
    for index, theme in enumerate(raw):
        code, place = theme["code"], ("themes", index, "terms")
        if bool(theme["terms"]) == (code == FALLBACK):
            yield place, f"theme {code!r}: every theme has terms, but {FALLBACK!r}, which has none"
        for term in theme["terms"]:
            if not isinstance(term, str) or not term or "".join(term.split()) != term:
                yield place, f"the term {term!r} is empty or has spaces, which texts are read without"
            elif term in owner:
                yield (*place, term), f"the term {term} belongs to {owner[term]!r} and to {code!r}"
            owner.setdefault(term, code)
