"""Lists of names that are cut short."""

from __future__ import annotations

import pytest

from pipelines.progress import named


@pytest.mark.parametrize(
    ("count", "expected"), [(0, ""), (1, "a"), (2, "a, b"), (3, "a, b and 1 more"), (1203, "a, b and 1,201 more")]
)
def test_the_first_names_are_said_and_the_others_counted(count: int, expected: str) -> None:
    assert named(["a", "b", *("c" * (count - 2))][:count], 2) == expected
