"""Many cases of one fact as one test: all are looked at, and a failure names each case that failed.

A test of pytest costs some milliseconds before it begins, and more where processes share the tests. Cases that need
nothing made for them are folded; those that change a folder or a patch of their own stay tests.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any

Test = Callable[..., None]


def folded(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Test], Test]:
    """A test's cases, given as to `pytest.mark.parametrize`, in one test. Two of them give every pair.

    Raises `ExceptionGroup` of what failed, each error with a note of its case.
    """
    arguments = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else names
    rows = [dict(zip(arguments, case if len(arguments) > 1 else (case,), strict=True)) for case in cases]

    def fold(test: Test) -> Test:
        @functools.wraps(test)
        def each(**fixtures: Any) -> None:
            assert rows, "there is no case"
            failed = [error for row in rows if (error := _failure(test, {**fixtures, **row}, row))]
            if failed:
                raise ExceptionGroup(f"{len(failed)} of {len(rows)} cases", failed)

        others = [p for name, p in inspect.signature(test).parameters.items() if name not in arguments]
        each.__signature__ = inspect.Signature(others)  # type: ignore[attr-defined]
        return each

    return fold


def _failure(test: Test, given: dict[str, Any], row: dict[str, Any]) -> Exception | None:
    try:
        test(**given)
    except Exception as error:
        error.add_note(f"case: {', '.join(f'{name}={value!r}' for name, value in row.items())}")
        return error
    return None
