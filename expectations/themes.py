"""The themes of problems and commitments, and their groups: `data/problem_themes.yaml` read into plain types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations.data_files import DATA, DataFileError, read_yaml, refuse_places
from expectations.vocabulary import THEME_GROUPS, THEMES
from expectations.yaml_shape import Fault, Keys, Named, Several, Text, Whole

THEMES_FILE = DATA / "problem_themes.yaml"
#: The theme of what no term belongs to.
FALLBACK = "other"
_GROUP = Keys({"code": Text(THEME_GROUPS), "zh": Text(), "en": Text(), "source": Text()})
_THEME = Keys(
    {
        "code": Text(THEMES),
        "group": Text(THEME_GROUPS),
        "zh": Text(),
        "en": Text(),
        "definition": Text(),
        "terms": Named(Whole(least=1, most=5)),
    }
)
_FILE = Keys({"groups": Several(_GROUP), "themes": Several(_THEME)})


class ThemeError(DataFileError):
    """A file of themes that cannot be used, with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """A field of the form that themes belong to: code, Chinese and English name, and where the form names it."""

    code: str
    zh: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: code, its group, Chinese and English name, what belongs to it, and the weight of each word that speaks for it."""

    code: str
    group: str
    zh: str
    en: str
    definition: str
    terms: Mapping[str, int]


@cache
def themes(path: Path = THEMES_FILE) -> Mapping[str, Theme]:
    """All themes by code, in the file's order. Raises `ThemeError`."""
    raw = _raw(path)["themes"]
    return {entry["code"]: _theme(entry) for entry in raw}


@cache
def theme_groups(path: Path = THEMES_FILE) -> Mapping[str, ThemeGroup]:
    """All groups of themes by code, in the file's order. Raises `ThemeError`."""
    return {entry["code"]: ThemeGroup(**entry) for entry in _raw(path)["groups"]}


def _raw(path: Path) -> Mapping[str, Any]:
    raw: Mapping[str, Any] = read_yaml(path, _FILE, ThemeError)
    refuse_places(path, _contradictions(raw["themes"]), ThemeError)
    refuse_places(path, _wrong_groups(raw["groups"]), ThemeError)
    return raw


def _theme(raw: Mapping[str, Any]) -> Theme:
    words = {key: raw[key].strip() for key in ("code", "group", "zh", "en", "definition")}
    return Theme(**words, terms=raw["terms"])


def _wrong_groups(raw: list[dict[str, Any]]) -> Iterator[Fault]:
    codes = tuple(group["code"] for group in raw)
    if codes != THEME_GROUPS:
        yield ("groups",), f"the codes {', '.join(codes)} are not those of the vocabulary, in its order"


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
