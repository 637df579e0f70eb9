"""The texts that rules rest on: `data/references.csv` read into plain types, and what a source in another file cites of them.

A source is written as pieces parted by `; ` or `；`. Each piece begins as a text is cited (`国务院令第711号 第四十二条`), is our
own rule, or says what is still to be found (`needs_source: since when …`). Belongs here: which texts were read, where, and
how far. Does not belong here: what they say, which stands as a reason beside each source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from expectations.data_files import DATA, checked_csv, refuse

REFERENCES_FILE = DATA / "references.csv"
NEEDS_SOURCE = "needs_source"
#: How far a text was read: the whole of it, the parts named, as another text quotes it, or not at all.
READINGS = ("whole", "part", "quoted", "none")
_COLUMNS = ("cited_as", "title_zh", "title_en", "address", "reading", "read")
_OPEN = re.compile(rf"^{NEEDS_SOURCE}(?:: .+)?$")


@dataclass(frozen=True, slots=True)
class Reference:
    """A text, how sources begin that cite it, where it was read (empty: no address to give), and which parts of it."""

    cited_as: str
    title_zh: str
    title_en: str
    address: str
    reading: str
    read: str


@cache
def references(path: Path = REFERENCES_FILE) -> Mapping[str, Reference]:
    """The texts by how they are cited, in the file's order. Raises `expectations.data_files.DataFileError`."""
    rows = checked_csv(path, _COLUMNS, _faults)
    made: dict[str, Reference] = {}
    for row in rows:
        if row.values["cited_as"] in made:
            refuse(path, [(row.number, f"{row.values['cited_as']} stands twice")])
        made[row.values["cited_as"]] = Reference(**row.values)
    return made


def pieces(source: str) -> tuple[str, ...]:
    """The pieces of a source, `needs_source` ones among them."""
    return tuple(piece.strip() for piece in re.split(r"; |；", source) if piece.strip())


def is_open(source: str) -> bool:
    """Tell whether a source says that something of it is still to be found."""
    return any(_OPEN.match(piece) for piece in pieces(source))


def reference(piece: str) -> Reference | None:
    """The text that a piece cites: of those that it begins with, the one that is cited at most length."""
    cited = [text for text in references() if piece.startswith(text)]
    return references()[max(cited, key=len)] if cited else None


def cited(sources: Sequence[str]) -> tuple[Reference, ...]:
    """The texts that some sources cite, each once, in the file's order."""
    found = {text.cited_as for source in sources for piece in pieces(source) if (text := reference(piece))}
    return tuple(text for name, text in references().items() if name in found)


def source_faults(source: str) -> Iterator[str]:
    """Tell where a source cites a text that the file lacks, or rests on nothing that was read and does not say so."""
    texts = [(piece, reference(piece)) for piece in pieces(source) if not _OPEN.match(piece)]
    yield from (f"{piece!r} begins with no text of {REFERENCES_FILE.name}" for piece, text in texts if text is None)
    if not is_open(source) and not any(text and text.reading != "none" for _, text in texts):
        yield f"the source {source!r} is no text that was read; say {NEEDS_SOURCE}: and what is to be found"


def _faults(row: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is empty; it must be given" for name in ("cited_as", "title_zh", "title_en") if not row[name])
    if row["reading"] not in READINGS:
        yield f"reading is {row['reading']!r}; it is one of {', '.join(READINGS)}"
    if (row["reading"] in ("part", "quoted")) != bool(row["read"]):
        yield f"reading is {row['reading']}, and read is {row['read']!r}; it names the parts of a text read in part"
    if row["address"] and not row["address"].startswith(("http://", "https://")):
        yield f"address is {row['address']!r}; it begins with http:// or https://"
