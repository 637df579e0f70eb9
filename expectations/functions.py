"""Departments by function: `data/functions.yaml` read into plain types.

Source: 《深化党和国家机构改革方案》 (2018) and the reforms of 2008 and 2013, as the names of organs show them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations.data_files import DATA, DataFileError, read_yaml, refuse_places
from expectations.vocabulary import FUNCTION_FITS
from expectations.yaml_shape import Fault, Keys, Several, Text, Whole

FUNCTIONS_FILE = DATA / "functions.yaml"
_YEAR = Whole(1990, 2100)
_ERA = Keys(
    {"names": Several(Text(), least=1), "fit": Text(FUNCTION_FITS)}, {"from": _YEAR, "until": _YEAR, "note": Text()}
)
_FUNCTION = Keys({"code": Text(), "zh": Text(), "en": Text(), "eras": Several(_ERA, least=1)})
_FILE = Keys({"functions": Several(_FUNCTION)})


class FunctionError(DataFileError):
    """A file of functions that cannot be used, with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class Era:
    """Names of one function's organ over some years, without the organ's ending.

    `start` and `end` are years, None where open. `fit` is `exact` where the organ's tasks are the function,
    `approximate` where it had a part of it or tasks of another one; then `note` says which.
    """

    names: tuple[str, ...]
    start: int | None
    end: int | None
    fit: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Function:
    """One function of government: its code, Chinese and English name, and the eras of its organ's name."""

    code: str
    zh: str
    en: str
    eras: tuple[Era, ...]


@cache
def functions(path: Path = FUNCTIONS_FILE) -> Mapping[str, Function]:
    """All functions by code, in the file's order. Raises `FunctionError`."""
    raw = read_yaml(path, _FILE, FunctionError)["functions"]
    refuse_places(path, _contradictions(raw), FunctionError)
    return {entry["code"]: _function(entry) for entry in raw}


@cache
def by_name() -> Mapping[str, tuple[Function, Era]]:
    """The function and era of every name."""
    return {name: (f, era) for f in functions().values() for era in f.eras for name in era.names}


def _contradictions(raw: list[dict[str, Any]]) -> Iterator[Fault]:
    codes: set[str] = set()
    names: set[str] = set()
    for index, entry in enumerate(raw):
        if entry["code"] in codes:
            yield ("functions", index, "code"), f"the code {entry['code']!r} stands twice"
        codes.add(entry["code"])
        for number, era in enumerate(entry["eras"]):
            yield from ((("functions", index, "eras", number), says) for says in _era_faults(era, names))


def _era_faults(era: Mapping[str, Any], known: set[str]) -> Iterator[str]:
    """Tell what is wrong with an era, whose names come to be `known`."""
    for name in era["names"]:
        if len(name) < 2:
            yield f"the name {name!r} has one character; leave out the ending of an organ only"
        if name in known:
            yield f"the name {name!r} stands twice"
        known.add(name)
    if era.get("from", 0) > era.get("until", _YEAR.most):
        yield f"the era ends in {era['until']}, before it begins in {era['from']}"
    if era["fit"] == "approximate" and not era.get("note"):
        yield "the era is approximate; it has a note that says why"


def _function(raw: Mapping[str, Any]) -> Function:
    return Function(raw["code"], raw["zh"], raw["en"], tuple(_era(era) for era in raw["eras"]))


def _era(raw: Mapping[str, Any]) -> Era:
    return Era(tuple(raw["names"]), raw.get("from"), raw.get("until"), raw["fit"], raw.get("note"))
