"""Folded cases are all looked at, and each that fails is named."""

from __future__ import annotations

import pytest

from tests.made.cases import folded


def test_every_case_is_looked_at_and_each_failure_named() -> None:
    seen = []

    @folded("more", [10, 20])
    @folded(("one", "two"), [(1, 1), (1, 2), (3, 4)])
    def equal(one: int, two: int, more: int) -> None:
        seen.append((one, two, more))
        assert one == two

    with pytest.raises(ExceptionGroup) as caught:
        equal()
    assert seen == [(1, 1, 10), (1, 2, 10), (3, 4, 10), (1, 1, 20), (1, 2, 20), (3, 4, 20)]
    assert [error.__notes__ for error in caught.value.exceptions] == [["case: more=10"], ["case: more=20"]]
    inner = caught.value.exceptions[0]
    assert isinstance(inner, ExceptionGroup)
    assert inner.message == "2 of 3 cases"
    assert [error.__notes__ for error in inner.exceptions] == [["case: one=1, two=2"], ["case: one=3, two=4"]]


def test_no_case_is_no_test() -> None:
    @folded("one", [])
    def nothing(one: int) -> None:
        raise AssertionError(one)

    with pytest.raises(AssertionError, match="there is no case"):
        nothing()
