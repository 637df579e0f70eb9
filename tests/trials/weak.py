"""What is known to fail yet: operators by format. A pair that is mended is taken out, and none is put in without a reason.

Tables whose rules are not drawn are told by their words' places: their heads are broken over lines, so that exchanged
columns cannot be told there.
"""

from __future__ import annotations

WEAK: dict[str, frozenset[str]] = {}


def is_weak(operator: str, format: str) -> bool:
    """Tell whether an operator is known to fail in a format."""
    return format in WEAK.get(operator, ())
