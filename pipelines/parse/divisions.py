"""The division tree (GB/T 2260) and which of its nodes a printed name begins with. Never a guess: one node or none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GOVERNMENTS = Path(__file__).resolve().parents[2] / "data" / "governments.csv"
#: Endings that prose leaves off: 江苏, 广西, 内蒙古.
_SUFFIX = re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$")


@dataclass(frozen=True, slots=True)
class Division:
    """A node of the tree: its six-digit code, full name, level, and the nodes above it, nearest first."""

    code: str
    name: str
    level: str
    above: tuple[str, ...]

    @property
    def province_code(self) -> str:
        """The code of its province."""
        return self.code[:2] + "0000"


@cache
def divisions() -> Mapping[str, Division]:
    """All divisions by code, from `data/governments.csv`."""
    with GOVERNMENTS.open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}

    def above(code: str) -> tuple[str, ...]:
        parent = rows[code]["parent_code"]
        return (parent, *above(parent)) if parent else ()

    return {code: Division(code, row["name"], row["level"], above(code)) for code, row in rows.items()}


@cache
def _by_name() -> Mapping[str, tuple[Division, ...]]:
    """Divisions by full name; provinces also by their short name, prefectures too where no other has it."""
    found: dict[str, list[Division]] = {}
    for division in divisions().values():
        found.setdefault(division.name, []).append(division)
        short = _SUFFIX.sub("", division.name)
        if division.level != "county" and len(short) >= 2 and short != division.name:
            found.setdefault(short, []).append(division)
    return {name: tuple(nodes) for name, nodes in found.items()}


@cache
def _longest() -> int:
    return max(map(len, _by_name()))


def resolve(name: str, context: str = "") -> tuple[Division | None, str]:
    """The division that a body's name begins with, and the rest of the name.

    `江苏省淮安市洪泽区人民政府` goes down the tree; a bare `洪泽区` is taken where only one division has the name, or
    where only one of several has a province or prefecture that `context` (title, site, publisher) names.
    """
    here: Division | None = None
    rest = name
    while rest:
        step = _step(rest, here, context)
        if step is None:
            break
        here, rest = step
    return here, rest


def _step(rest: str, here: Division | None, context: str) -> tuple[Division, str] | None:
    """The longest name at the beginning that fits below `here`."""
    names = _by_name()
    for length in range(min(len(rest), _longest()), 1, -1):
        nodes = names.get(rest[:length], ())
        if here is not None:
            nodes = tuple(n for n in nodes if here.code in n.above)
        if not nodes:
            continue
        node = nodes[0] if len(nodes) == 1 else _named_in(nodes, context)
        if node is None:
            return None
        if rest[:length] != node.name and not _may_be_short(rest[length:]):
            continue
        return node, rest[length:]
    return None


def _may_be_short(after: str) -> bool:
    """A short name counts only where a division or an organ of government follows, not inside a longer name."""
    return after[:1] not in ("省", "市", "县", "区", "镇", "乡", "路", "街") or after[:3] in ("市人民", "省人民")


def _named_in(nodes: Iterable[Division], context: str) -> Division | None:
    """The one of several namesakes whose prefecture or province the context names."""
    tree = divisions()
    fitting = [n for n in nodes if any(_SUFFIX.sub("", tree[code].name) in context for code in n.above)]
    return fitting[0] if len(fitting) == 1 else None
