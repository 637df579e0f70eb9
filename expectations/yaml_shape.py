"""Tells what a YAML file that is kept by hand may hold: keys, lists, words, numbers; and every place that is unlike it.

A library for this takes longer to import than all files take to be read, in every worker process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

#: The keys and indices that lead to a value: `("indicators", 3, "unit")`.
Place = tuple[str | int, ...]
#: A place and what is wrong there.
Fault = tuple[Place, str]


class Shape(Protocol):
    """Holds what a value may be."""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """All places in the value that are unlike the shape, each with a sentence."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is not empty, one of `words` where any are given, or nothing where that `may_lack`."""

    words: Sequence[str] = ()
    may_lack: bool = False

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """The place itself where it holds no such text."""
        if value is None and self.may_lack:
            return
        if not isinstance(value, str) or not value.strip():
            yield place, f"{_name(place)} is {value!r}; it is a text, in quotes where it looks like a number"
        elif self.words and value not in self.words:
            yield place, f"{_name(place)} is {value!r}; it is one of {', '.join(self.words)}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, or nothing where that `may_lack`."""

    least: int
    most: int
    may_lack: bool = False

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """The place itself where it holds no such number."""
        if value is None and self.may_lack:
            return
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            yield place, f"{_name(place)} is {value!r}; it is a whole number from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class YesNo:
    """`true` or `false`."""

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """The place itself where it holds neither."""
        if not isinstance(value, bool):
            yield place, f"{_name(place)} is {value!r}; it is true or false"


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values of one shape, `least` or more."""

    each: Shape
    least: int = 0

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """The place itself where it holds no list, else all places in the list."""
        if not isinstance(value, list) or len(value) < self.least:
            yield place, f"{_name(place)} is {_short(value)}; it is a list" + " that is not empty" * bool(self.least)
            return
        for index, one in enumerate(value):
            yield from self.each.faults(one, (*place, index))


@dataclass(frozen=True, slots=True)
class Named:
    """Values of one shape by names of any kind."""

    each: Shape

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """The place itself where it holds no names, else all places under them."""
        if not isinstance(value, dict):
            yield place, f"{_name(place)} is {_short(value)}; it is a mapping of names"
            return
        for name, one in value.items():
            yield from self.each.faults(one, (*place, name))


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping with these keys, each with a shape of its own, and no others."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def faults(self, value: Any, place: Place) -> Iterator[Fault]:
        """Keys that are missing or unknown, and all places under the others."""
        if not isinstance(value, dict):
            yield place, f"{_name(place)} is {_short(value)}; it has the keys {self._listed()}"
            return
        for key in self.required:
            if key not in value:
                yield place, f"{_name(place)} lacks {key!r}; it has the keys {self._listed()}"
        for key, one in value.items():
            shape = self.required.get(key) or self.optional.get(key)
            if shape is None:
                yield (*place, key), f"{_name(place)} has {key!r}; its keys are {self._listed()}"
            else:
                yield from shape.faults(one, (*place, key))

    def _listed(self) -> str:
        perhaps = f" and perhaps {', '.join(self.optional)}" if self.optional else ""
        return f"{', '.join(self.required)}{perhaps}"


def _name(place: Place) -> str:
    """The last name that leads to a place, with its number where it is one of a list: `indicators 4`, from 1."""
    if not place:
        return "the file"
    if isinstance(place[-1], int) and len(place) > 1 and isinstance(place[-2], str):
        return f"{place[-2]} {place[-1] + 1}"
    return str(place[-1])


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
