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
from expectations.vocabulary import ACCOUNTABILITIES, FUNCTION_FITS
from expectations.yaml_shape import Fault, Keys, Several, Text, Whole

FUNCTIONS_FILE = DATA / "functions.yaml"
_YEAR = Whole(1990, 2100)
#: What stands for the source of a rule of which no text was had.
NEEDS_SOURCE = "needs_source"
_ANSWERS = Text(ACCOUNTABILITIES)
_ERA = Keys(
    {"names": Several(Text(), least=1), "fit": Text(FUNCTION_FITS)},
    {"from": _YEAR, "until": _YEAR, "note": Text(), "accountability": _ANSWERS, "accountability_source": Text()},
)
_FUNCTION = Keys(
    {"code": Text(), "zh": Text(), "en": Text(), "accountability": _ANSWERS, "eras": Several(_ERA, least=1)},
    {"accountability_source": Text(), "parents": Several(Text(), least=1), "tails": Several(Text(), least=1)},
)
_FILE = Keys({"functions": Several(_FUNCTION)})


class FunctionError(DataFileError):
    """A file of functions that cannot be used, with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class Era:
    """Names of one function's organ over some years, without the organ's ending.

    `start` and `end` are years, None where open. `fit` is `exact` where the organ's tasks are the function,
    `approximate` where it had a part of it or tasks of another one; then `note` says which. `accountability` is one of
    `ACCOUNTABILITIES`, and `accountability_source` the rule that says so, None where it is local.
    """

    names: tuple[str, ...]
    start: int | None
    end: int | None
    fit: str
    note: str | None
    accountability: str
    accountability_source: str | None


@dataclass(frozen=True, slots=True)
class Function:
    """One function of government: its code, Chinese and English name, and the eras of its organ's name.

    `parents` are organs of the state whose local organs bear their name first, `tails` what follows a place in names.
    """

    code: str
    zh: str
    en: str
    eras: tuple[Era, ...]
    parents: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()


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
        place = ("functions", index)
        if entry["code"] in codes:
            yield (*place, "code"), f"the code {entry['code']!r} stands twice"
        codes.add(entry["code"])
        yield from ((place, says) for says in _source_faults(entry))
        for number, era in enumerate(entry["eras"]):
            yield from (((*place, "eras", number), says) for says in (*_era_faults(era, names), *_source_faults(era)))


def _source_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    """Tell where an organ that does not answer to its government alone has no source, or `needs_source`, for it."""
    if raw.get("accountability", "local") != "local" and not raw.get("accountability_source"):
        yield f"the accountability is {raw['accountability']}; it has a source, or {NEEDS_SOURCE}"


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
    eras = tuple(_era(era, raw) for era in raw["eras"])
    return Function(raw["code"], raw["zh"], raw["en"], eras, tuple(raw.get("parents", ())), tuple(raw.get("tails", ())))


def _era(raw: Mapping[str, Any], function: Mapping[str, Any]) -> Era:
    """An era; where it says nothing of whom it answers to, its function does."""
    answers = raw if "accountability" in raw else function
    return Era(
        names=tuple(raw["names"]),
        start=raw.get("from"),
        end=raw.get("until"),
        fit=raw["fit"],
        note=raw.get("note"),
        accountability=answers["accountability"],
        accountability_source=answers.get("accountability_source"),
    )
