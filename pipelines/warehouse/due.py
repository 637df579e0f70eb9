"""Which parts of a model are due: those whose inputs or SQL are not what they were made of.

The inputs of a part are files named by their content, so that a part whose inputs came out as they were is not due.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.files import fingerprint
from pipelines.warehouse.models import BODY, REPORT, WHOLE, YEAR, Model
from pipelines.warehouse.part_store import Key, Part
from pipelines.warehouse.shard_reports import Shards

#: Reports that are worked on at once, as a rule: what they are read into fits in the memory that DuckDB may take.
BATCH = 1_500


@dataclass(frozen=True, slots=True)
class Scope:
    """Some of the keys that a model can have: shards, buckets, years, or everything."""

    unit: str
    keys: frozenset[Key]

    def holds(self, part: Part) -> bool:
        """Tell whether a part is one of these, or covers one of these."""
        if self.unit == WHOLE:
            return True
        if self.unit == YEAR:
            return not part.year or (part.year, "") in self.keys
        if self.unit == BODY:
            return not part.bucket or ("", part.bucket) in self.keys
        return bool(self.keys & {part.key, (part.year, "")}) or self._beside(part)

    def _beside(self, part: Part) -> bool:
        """The part is of a whole year, of a whole bucket or of everything."""
        if part.year and part.bucket:
            return False
        return any(part.year in ("", year) and part.bucket in ("", bucket) for year, bucket in self.keys)


def keys_of(unit: str, shards: Shards) -> list[Key]:
    """The keys that a model of a unit has: a shard each, a bucket each, a year each, or one."""
    if unit == REPORT:
        return sorted(shards.digests)
    if unit == BODY:
        return [("", bucket) for bucket in shards.buckets()]
    if unit == YEAR:
        return [(year, "") for year in shards.years()]
    return [("", "")]


def made_of(
    model: Model, code: str, keys: Sequence[Key], units: Mapping[str, str], parts: Mapping[str, Sequence[Part]]
) -> dict[Key, str]:
    """Of what each part would be made now. Of unit body only what is read whole counts: its bodies are compared."""
    read = [name for name in sorted(model.needs | model.sources) if name in parts]
    if model.unit == BODY:
        read = [name for name in read if units[name] == WHOLE]
    by_key = {name: _by_key(parts[name]) for name in read}
    return {
        key: fingerprint([code, *(f"{name} {file}" for name in read for file in _files(by_key[name], model.unit, key))])
        for key in keys
    }


def _by_key(parts: Sequence[Part]) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = {}
    for part in parts:
        for key in {part.key, (part.year, "*"), ("*", part.bucket), ("*", "*")}:
            found.setdefault(key, []).append(part.file)
    return found


def _files(by_key: Mapping[Key, Sequence[str]], unit: str, key: Key) -> Iterator[str]:
    year, bucket = key
    if unit in (WHOLE, BODY):
        asked: list[Key] = [("*", "*")]
    elif unit == YEAR:
        asked = [(year, "*"), ("", "*")]
    else:
        asked = [key, (year, ""), ("", bucket), ("", "")]
    for each in asked:
        yield from by_key.get(each, ())


def batches(unit: str, due: Sequence[Key], shards: Shards) -> Iterator[list[Key]]:
    """Parts that are made together: as many as have some `BATCH` reports, one at least; buckets one by one."""
    waiting, count = list[Key](), 0
    for key in due:
        reports = sum(n for (y, b), n in shards.reports.items() if key in ((y, b), (y, ""), ("", b)))
        if waiting and (unit == BODY or count + reports > BATCH):
            yield waiting
            waiting, count = [], 0
        waiting.append(key)
        count += reports
    if waiting:
        yield waiting
