"""The functions over texts that the SQL models call: what a sentence is, and which ones two texts share, is no SQL.

`sentence_keys(text, names)` → list of keys, equal where two sentences say the same but for numbers and names;
`text_pairs(before, now)` → list of structs, one a sentence of either text (`pipelines.warehouse.texts.alignment.Pair`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.warehouse.texts.alignment import Pair, aligned
from pipelines.warehouse.texts.sentences import sentences

if TYPE_CHECKING:
    import duckdb

_PAIR = (
    "struct(state varchar, sentence varchar, start bigint, previous_sentence varchar, previous_start bigint, "
    "similarity double)[]"
)


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the functions known to a connection; they live as long as it does."""
    connection.create_function("sentence_keys", _keys, ["varchar", "varchar[]"], "varchar[]")
    connection.create_function("text_pairs", _pairs, ["varchar", "varchar"], _PAIR)


def _keys(text: str, names: list[str | None]) -> list[str]:
    return [sentence.key for sentence in sentences(text, [name for name in names if name])]


def _pairs(before: str, now: str) -> list[dict[str, Any]]:
    return [_struct(pair) for pair in aligned(sentences(before), sentences(now))]


def _struct(pair: Pair) -> dict[str, Any]:
    return {
        "state": pair.state,
        "sentence": pair.now.text if pair.now else None,
        "start": pair.now.start if pair.now else None,
        "previous_sentence": pair.before.text if pair.before else None,
        "previous_start": pair.before.start if pair.before else None,
        "similarity": pair.similarity,
    }
