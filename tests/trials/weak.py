"""What is known to fail yet: operators by format. A pair that is mended is taken out, and none is put in without a reason.

Tables whose rules are not drawn are told by their words' places: labels that are broken over lines in another spelling, or
with spaces in them, lose a grade or a cell of section 2 there.
"""

from __future__ import annotations

_UNRULED = frozenset({"pdf-unruled"})
WEAK: dict[str, frozenset[str]] = {
    # Rows of section 2, in no sum, are lost beside blank labels, and of two alike one is taken without a mark.
    "blank own labels, rows shuffled": _UNRULED | {"lines"},
    "double a row, other numbers": _UNRULED | {"lines"},
    "another year in a banner": _UNRULED,  # the lines over an annex
    "another year in the caption": _UNRULED,
    "glue rows": _UNRULED,
    "space out labels": _UNRULED,
    "spell labels otherwise": _UNRULED,
}


def is_weak(operator: str, format: str) -> bool:
    """Tell whether an operator is known to fail in a format."""
    return format in WEAK.get(operator, ())
