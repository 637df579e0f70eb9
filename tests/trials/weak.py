"""What is known to fail yet: operators by format. A pair that is mended is taken out, and none is put in without a reason.

Tables whose rules are not drawn are told by their words' places: their heads are broken over lines, so that exchanged
columns cannot be told there.
"""

from __future__ import annotations

_UNRULED = frozenset({"pdf-unruled"})
_LOOSE = _UNRULED | {"lines"}
WEAK: dict[str, frozenset[str]] = {
    "another year in a banner": _LOOSE | {"pipes"},
    "another year in a header": _LOOSE,
    "another year in the caption": _LOOSE,
    "blank own labels, rows shuffled": _LOOSE | {"pdf"},
    "double a row, other numbers": _LOOSE,
    "exchange columns, both headers unknown": _LOOSE,
    "exchange columns, headers known": _UNRULED,
    "exchange columns, one header unknown": _UNRULED,
    "exchange procedures": _UNRULED | {"pipes"},
    "exchange rows": _UNRULED,
    "exchange rows, labels damaged": _UNRULED,
    "glue rows": _UNRULED,
    "last year's label": _UNRULED,
    "merge down": frozenset({"lines", "pipes"}),
    "negate a label": _UNRULED,
    "scale the unit in the caption": _LOOSE | {"pipes"},
    "scale the unit of a header": _LOOSE,
    "shuffle columns, some headers unknown": _LOOSE | {"pdf"},
    "space out labels": _UNRULED,
    "spell labels otherwise": frozenset({"lines"}),
    "two labels in one cell": frozenset({"pdf"}),
}


def is_weak(operator: str, format: str) -> bool:
    """Tell whether an operator is known to fail in a format."""
    return format in WEAK.get(operator, ())
