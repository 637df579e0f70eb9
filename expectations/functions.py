"""Departments by function: `data/functions.yaml` read into plain types.

Source: 《深化党和国家机构改革方案》 (2018) and the reforms of 2008 and 2013, as the names of organs show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations.data_files import read_yaml
from expectations.vocabulary import FUNCTION_FITS

FUNCTIONS_FILE = Path(__file__).resolve().parents[1] / "data" / "functions.yaml"
_YEARS = range(1990, 2101)
_KEYS = {"code", "zh", "en", "eras"}
_ERA_KEYS = {"names", "from", "until", "fit", "note"}


class FunctionError(ValueError):
    """The file of functions contradicts itself or the vocabulary."""


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
    raw = read_yaml(path)
    if not isinstance(raw, dict) or set(raw) != {"functions"} or not isinstance(raw["functions"], list):
        raise FunctionError(f"{path.name}: a list under `functions` is expected")
    loaded = [_function(entry) for entry in raw["functions"]]
    _once((function.code for function in loaded), "code")
    _once((name for function in loaded for era in function.eras for name in era.names), "name")
    return {function.code: function for function in loaded}


@cache
def by_name() -> Mapping[str, tuple[Function, Era]]:
    """The function and era of every name."""
    return {name: (f, era) for f in functions().values() for era in f.eras for name in era.names}


def _once(words: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            raise FunctionError(f"the {what} {word!r} stands twice")
        seen.add(word)


def _function(raw: Any) -> Function:
    if not isinstance(raw, dict) or set(raw) != _KEYS:
        raise FunctionError(f"a function has the keys {', '.join(sorted(_KEYS))}, not {raw!r}")
    code, zh, en = (str(raw[key] or "").strip() for key in ("code", "zh", "en"))
    if not (code and zh and en and isinstance(raw["eras"], list) and raw["eras"]):
        raise FunctionError(f"function {code!r}: a name or the list of eras is empty")
    return Function(code, zh, en, tuple(_era(code, era) for era in raw["eras"]))


def _era(code: str, raw: Any) -> Era:
    if not isinstance(raw, dict) or not {"names", "fit"} <= set(raw) <= _ERA_KEYS:
        raise FunctionError(f"function {code!r}: an era has names, fit, and perhaps from, until, note; not {raw!r}")
    names = raw["names"]
    if not isinstance(names, list) or not names or any(not isinstance(n, str) or len(n) < 2 for n in names):
        raise FunctionError(f"function {code!r}: the names of an era are a list of words, not {names!r}")
    start, end = (_year(code, raw.get(key)) for key in ("from", "until"))
    if start is not None and end is not None and start > end:
        raise FunctionError(f"function {code!r}: an era ends before it begins")
    fit, note = raw["fit"], raw.get("note")
    if fit not in FUNCTION_FITS:
        raise FunctionError(f"function {code!r}: fit is one of {', '.join(FUNCTION_FITS)}, not {fit!r}")
    if fit == "approximate" and not note:
        raise FunctionError(f"function {code!r}: an approximate era has a note that says why")
    return Era(tuple(names), start, end, fit, note)


def _year(code: str, raw: Any) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int) or raw not in _YEARS:
        raise FunctionError(f"function {code!r}: {raw!r} is no year")
    return raw
