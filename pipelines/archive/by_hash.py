"""The archive: every document and every response ever had, kept once under the hash of its bytes, never changed.

A document that was given as a file lies as it is under `ab/<sha256>`; a response of a site lies under
`ab/<sha256>.warc.gz`, where the hash is that of its body, together with what was asked and what else was answered.
Belongs here: keeping, loading and verifying bytes. Does not belong here: where documents come from
(`pipelines.catalogue.folder`, `pipelines.harvest.walk.refresh`) or what they say.
"""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass, field

from pipelines.archive import warc
from pipelines.archive.response import Response
from pipelines.archive.store import Location, Store, store

_WARC = ".warc.gz"
_OBJECT = re.compile(r"^([0-9a-f]{2})/(\1[0-9a-f]{62})(\.warc\.gz)?$")
#: Two threads that bring the same body at once keep it one after the other: the first one's headers stay.
_WRITERS = tuple(threading.Lock() for _ in range(256))
#: The index of fetches, which lies beside the objects (`pipelines.harvest.ledger.index`).
INDEX = "index"


class ArchiveError(Exception):
    """The archive does not hold the bytes that it should."""


def name_of(sha256: str, *, response: bool = False) -> str:
    """The name in the archive: `ab/<sha256>`, for a response with `.warc.gz`."""
    return f"{sha256[:2]}/{sha256}{_WARC if response else ''}"


def keep(archive: Location, data: bytes) -> str:
    """Keep a document and return its SHA-256. Keeping it again does nothing, but for mending what is cut or damaged."""
    sha256, place = hashlib.sha256(data).hexdigest(), store(archive)
    if place.size(name_of(sha256)) != len(data) and not _has_response(place, sha256):
        place.put(name_of(sha256), data)
    return sha256


def _has_response(place: Store, sha256: str) -> bool:
    """Tell whether a whole response with a body of this hash lies there."""
    name = name_of(sha256, response=True)
    return place.size(name) is not None and _is_whole(place.get(name), sha256, response=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """Says where a response went: the hash of its body, that of the WARC file, and whether it was there already."""

    sha256: str
    warc_sha256: str
    known: bool


def keep_response(archive: Location, response: Response) -> Kept:
    """Keep a response under the hash of its body. One with the same body that is there stays as it is, unless damaged."""
    sha256 = hashlib.sha256(response.body).hexdigest()
    name, place = name_of(sha256, response=True), store(archive)
    with _WRITERS[int(sha256[:2], 16)]:
        if place.size(name) is not None:
            there = place.get(name)
            if _is_whole(there, sha256, response=True):
                return Kept(sha256, hashlib.sha256(there).hexdigest(), known=True)
        data = warc.compose(response)
        place.put(name, data)
    return Kept(sha256, hashlib.sha256(data).hexdigest(), known=False)


def has(archive: Location, sha256: str, size: int) -> bool:
    """Tell whether a document of so many bytes lies there; that they are its bytes, `load` and `verify` prove."""
    place = store(archive)
    return place.size(name_of(sha256)) == size or place.size(name_of(sha256, response=True)) is not None


def load(archive: Location, sha256: str) -> bytes:
    """The bytes of a document, proved by their hash. Raises `ArchiveError` where they are missing or others."""
    place = store(archive)
    try:
        data = place.get(name_of(sha256))
    except FileNotFoundError:
        return load_response(archive, sha256).body
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ArchiveError(f"the archived document {sha256} holds other bytes; remove it and give the document again")
    return data


def load_response(archive: Location, sha256: str) -> Response:
    """A response, proved by the hash of its body. Raises `ArchiveError`."""
    try:
        response = warc.read(store(archive).get(name_of(sha256, response=True)))
    except FileNotFoundError as error:
        raise ArchiveError(f"the archive has no document {sha256}") from error
    except warc.WarcError as error:
        raise ArchiveError(f"the archived response {sha256}: {error}; remove it and fetch the address again") from error
    if hashlib.sha256(response.body).hexdigest() != sha256:
        raise ArchiveError(f"the archived response {sha256} holds another body; remove it and fetch the address again")
    return response


def responses(archive: Location) -> list[str]:
    """The hashes of the bodies of all archived responses, in order."""
    found = (_OBJECT.match(name) for name in store(archive).names())
    return [match[2] for match in found if match and match[3]]


@dataclass(slots=True)
class VerifiedArchive:
    """Holds what a look through the whole archive found. `damaged` are names of objects that hold other bytes than they should,
    `strange` names of what is none of ours; empty is good."""

    documents: int = 0
    responses: int = 0
    bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)


def verify(archive: Location) -> VerifiedArchive:
    """Prove every object of the archive by its hash."""
    found, place = VerifiedArchive(), store(archive)
    for name in place.names():
        if name.startswith(f"{INDEX}/"):
            continue  # `pipelines.harvest.ledger.index` proves its own
        match = _OBJECT.match(name)
        if match is None:
            found.strange.append(name)
            continue
        found.responses += bool(match[3])
        found.documents += not match[3]
        try:
            data = place.get(name)
        except OSError:  # the disk is damaged, or it is not ours to read
            found.damaged.append(name)
            continue
        found.bytes += len(data)
        if not _is_whole(data, match[2], response=bool(match[3])):
            found.damaged.append(name)
    return found


def _is_whole(data: bytes, sha256: str, *, response: bool) -> bool:
    try:
        body = warc.read(data).body if response else data
    except warc.WarcError:
        return False
    return hashlib.sha256(body).hexdigest() == sha256
