"""The summaries of a source's documents for `pipelines.catalogue.attachments`: read one by one, where they are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping

from pipelines.catalogue import documents
from pipelines.catalogue.attachments import SourceDocuments
from pipelines.catalogue.examine import DocumentJob
from pipelines.catalogue.record import Summary


class Linked(Mapping[str, Summary]):
    """The summaries of the wanted documents by the keys they were found with. `pages` are the keys of those that link others."""

    def __init__(self, rows: sqlite3.Connection, jobs: Mapping[str, DocumentJob]) -> None:
        self._rows, self._jobs = rows, jobs
        self._keys: dict[str, str] = {}
        self._read: dict[str, Summary] = {}
        found = rows.execute("select key from temp.wanted join documents using (key) where links <> '[]' order by key")
        self.pages = [str(key) for (key,) in found.fetchall() if key in jobs]

    def __getitem__(self, key: str) -> Summary:
        if key not in self._read:
            self._read[key] = documents.entry(self._rows, self._keys.get(key, key)).summary
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._jobs)

    def __len__(self) -> int:
        return len(self._jobs)

    def __contains__(self, key: object) -> bool:
        return key in self._jobs

    def are_told(self, keys: Mapping[str, str]) -> None:
        """Read some documents under other keys from now on."""
        self._keys.update(keys)
        self._read.clear()

    def documents(self, names: Mapping[str, str]) -> SourceDocuments:
        """The documents of the source with what they link. `names` gives the key of every name."""
        return SourceDocuments(names, {key: job.hints for key, job in self._jobs.items()}, self, self.pages)
