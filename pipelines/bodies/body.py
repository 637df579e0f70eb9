"""The reporting organ, as its printed name and the division tree tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """The reporting organ. `government_code` is None where the printed name is unknown or ambiguous: never guessed.

    `function` is a code of `data/functions.yaml`, None where the organ is no department or its name is not known there.
    `accountability` is one of `ACCOUNTABILITIES`, None where `function` is, but for branches (生态环境局洪泽分局), and for
    organs of the state itself.
    `successor_code` is the government that a merged one is part of today. `note` says why a government is not told, or
    what became of it.
    """

    body_id: str
    name: str
    kind: str
    level: str
    government_code: str | None
    government_name: str | None
    province_code: str | None
    province_name: str | None
    function: str | None = None
    accountability: str | None = None
    successor_code: str | None = None
    note: str | None = None
