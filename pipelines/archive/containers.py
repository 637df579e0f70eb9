"""ZIP files of reports: each member that can be a report becomes a document of its own.

A container comes from anywhere, so nothing that it says is believed: its members are counted before its directory is
read, no more is unpacked than the limits allow, one member at a time, and nothing is ever written under a member's
name. What a container held is remembered under its hash, so that it is unpacked once. Belongs here: opening containers.
Does not belong here: which ZIP files are documents (`pipelines.read.zips`) and what members say.
"""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pipelines.archive import by_hash
from pipelines.archive.names import is_decoration, is_report_name, name_of
from pipelines.archive.store import Location
from pipelines.files import read_json, write_json
from pipelines.progress import more
from pipelines.read.document import Unreadable
from pipelines.read.sniff import sniff
from pipelines.steps.fingerprints import containers_version

#: Files in a container, those of containers inside it included.
MAX_MEMBERS = 10_000
#: Bytes of one member, and of all that are taken from one container.
MAX_MEMBER_BYTES = 100 << 20
MAX_TOTAL_BYTES = 1 << 30
#: Deflate reaches 1,032:1 on zeros only; a page gets to 20:1. Small members may be as repetitive as they like.
MAX_RATIO = 300
RATIO_FROM = 1 << 20
#: A container may hold containers, and these none.
MAX_DEPTH = 1

#: Every entry of a directory begins so: there are no more entries than this is found. Members can hold it too (an
#: container that was stored as it is), so the limit is wide; reading so many entries takes about a second.
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 10 * MAX_MEMBERS
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
#: What DOCX, XLSX, OpenDocument and OFD files begin with: most need no second look.
_DOCUMENT_STARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"mimetypeapplication/", b"OFD.xml")
_ENCRYPTED = 0x1 | 0x2000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What file managers leave behind; no one misses it.
_LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})

#: How many members a message lists.
_NAMED = 30

_FETCH = "fetch it again: the download is incomplete or the file is broken"
_UNPACK = "if it is a real ZIP file of reports, unpack it and give the folder"


@dataclass(frozen=True, slots=True)
class Member:
    """A file that was taken out of a container. `name` is its path in there, below that of a container inside."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Holds what was not taken out, and why. `name` is "" for the container as a whole."""

    name: str
    code: str
    message: str
    hint: str | None = None


@dataclass(slots=True)
class Held:
    """Holds what a container held. `ignored` counts files whose suffix no report has."""

    members: list[Member] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)


#: What is done with a member: it is given the bytes and returns their SHA-256.
Keep = Callable[[bytes], str]


def is_container(data: bytes) -> bool:
    """Tell whether a file is a ZIP file of files, not a document that is made as one (DOCX, XLSX, OFD …)."""
    if not data.startswith(_MAGIC):
        return False
    if data[30:].startswith(_DOCUMENT_STARTS):
        return False
    return data.count(_ENTRY) > _MOST_ENTRIES or sniff(data) == "zip"


def held(sha256: str, documents: Location, notes: Path) -> Held:
    """Tell what an archived container holds: as noted in the folder `notes`, else unpacked into the archive `documents`."""
    note = notes / sha256[:2] / f"{sha256}.json"
    known = _noted(note)
    if known is not None and all(by_hash.has(documents, m.sha256, m.size) for m in known.members):
        return known
    found = unpack(by_hash.load(documents, sha256), lambda data: by_hash.keep(documents, data))
    write_json(note, {"version": containers_version(), **asdict(found)})
    return found


def unpack(data: bytes, keep: Keep) -> Held:
    """Take the reports out of a container, one at a time. Never raises for what is in it."""
    opened = _Opened(keep)
    result, taken = opened.open(data, 0)
    return Held(taken, result, dict(sorted(opened.ignored.items())))


def one_of(data: bytes, member: str = "") -> tuple[str, bytes]:
    """The name and bytes of one report in a container: the one named, or the only one.

    Raises `Unreadable`: `several_reports` where there are more than one, `no_such_member`, or why there is none.
    """
    found = unpack(data, lambda content: hashlib.sha256(content).hexdigest())
    names = [each.name for each in found.members]
    if not names:
        why = found.refused[0]
        raise Unreadable(why.code, f"{why.name}: {why.message}" if why.name else why.message, why.hint)
    if not member and len(names) > 1:
        raise Unreadable("several_reports", f"the ZIP file holds {_listed(names)}", "name one of them with --member")
    chosen = next((each for each in found.members if each.name == (member or each.name)), None)
    if chosen is None:
        raise Unreadable(
            "no_such_member", f"no {member} in the ZIP file, which holds {_listed(names)}", "name one of these"
        )
    kept: list[bytes] = []

    def keep(content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 == chosen.sha256 and not kept:
            kept.append(content)
        return sha256

    unpack(data, keep)
    return chosen.name, kept[0]


def _listed(names: list[str]) -> str:
    others = more(names, _NAMED)
    lines = "".join(f"\n  {name}" for name in [*names[:_NAMED], *([f"… {others}"] if others else [])])
    return f"{len(names)} {'report' if len(names) == 1 else 'reports'}:{lines}"


def _noted(note: Path) -> Held | None:
    """Tell what is noted of a container; None where nothing is, or by another version of this module."""
    content: dict[str, Any] = read_json(note) or {}
    try:
        if content["version"] != containers_version():
            return None
        members = [Member(**member) for member in content["members"]]
        return Held(members, [Refusal(**refusal) for refusal in content["refused"]], content["ignored"])
    except (KeyError, TypeError):
        return None


class _Refused(Exception):
    """A member or a container that is not opened."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def of(self, name: str) -> Refusal:
        return Refusal(name, self.code, self.message, self.hint)


class _Opened:
    """One container while it is unpacked: what it and the containers inside it may still take."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._bytes = 0
        self._members = 0
        self.ignored: Counter[str] = Counter()

    def open(self, data: bytes, depth: int) -> tuple[list[Refusal], list[Member]]:
        """Tell what is refused and what is taken of one container; names are those within it."""
        refused: list[Refusal] = []
        taken: list[Member] = []
        try:
            with _directory(data) as opened:
                for member in self._reports(opened):
                    self._take(opened, member, depth, refused, taken)
        except _Refused as why:
            return [why.of("")], []
        if not taken:
            return [_together(refused)] if _alike(refused) else refused, []
        return refused, taken

    def _reports(self, opened: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
        """The members that can be reports, in the order of their names."""
        files = [member for member in opened.infolist() if not member.is_dir()]
        self._members += len(files)
        if self._members > MAX_MEMBERS:
            raise _Refused("too_many_files", f"the ZIP file holds over {MAX_MEMBERS:,} files", _UNPACK)
        wanted = [(name_of(member), member) for member in files]
        wanted = [(name, member) for name, member in wanted if self._is_report(name, member.file_size)]
        _refuse_overlaps(opened, files)
        yield from (member for _, member in sorted(wanted, key=lambda pair: (pair[0], pair[1].header_offset)))

    def _is_report(self, name: str, size: int) -> bool:
        parts = name.split("/")
        if not name or any(part.startswith(".") or part.lower() in _LITTER for part in parts):
            return False
        report = is_report_name(parts[-1])
        if report is None:
            self.ignored[PurePosixPath(parts[-1]).suffix.lower()] += 1
        if report and is_decoration(name, size):
            self.ignored["small pictures of saved pages"] += 1
            return False
        return bool(report)

    def _take(
        self,
        opened: zipfile.ZipFile,
        member: zipfile.ZipInfo,
        depth: int,
        refused: list[Refusal],
        taken: list[Member],
    ) -> None:
        name = name_of(member)
        try:
            data = self._read(opened, member)
            if not is_container(data):
                taken.append(Member(name, self._keep(data), len(data)))
                return
            if depth >= MAX_DEPTH:
                raise _Refused("too_deep", "a ZIP file inside a ZIP file inside a ZIP file", _UNPACK)
        except _Refused as why:
            refused.append(why.of(name))
            return
        inner_refused, inner_taken = self.open(data, depth + 1)
        refused += [Refusal(_joined(name, r.name), r.code, r.message, r.hint) for r in inner_refused]
        taken += [Member(_joined(name, m.name), m.sha256, m.size) for m in inner_taken]

    def _read(self, opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """The bytes of one member. No more than the directory declares is unpacked; a wrong declaration fails."""
        self._refuse_by_entry(member)
        try:
            with opened.open(member) as file:
                # With a size, or the standard library would unpack all that is there before it looks at the size.
                data = file.read(member.file_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
            raise _Refused("damaged", f"it cannot be unpacked: {error}", _FETCH) from error
        self._bytes += len(data)
        if not data:
            raise _Refused("empty", "the file holds no bytes", "fetch the ZIP file again")
        return data

    def _refuse_by_entry(self, member: zipfile.ZipInfo) -> None:
        """Turn a member away by what the directory says of it."""
        size, packed = member.file_size, max(member.compress_size, 1)
        if member.flag_bits & _ENCRYPTED:
            raise _Refused("encrypted", "a password protects it", "unpack it with the password and give the files")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _Refused("link", "it is a link to another file, not a document", "pack the file that it leads to")
        if member.compress_type not in _METHODS:
            method = f"it is packed by method {member.compress_type}, not by deflate"
            raise _Refused("format_not_supported", method, "unpack it and give the files in it")
        if size > RATIO_FROM and size > MAX_RATIO * packed:
            raise _Refused("zip_bomb", f"it unpacks from {packed:,} to {size:,} bytes: no report does", _UNPACK)
        if size > MAX_MEMBER_BYTES:
            raise _Refused("too_large", f"{size:,} bytes, more than {MAX_MEMBER_BYTES >> 20} MB", _UNPACK)
        if self._bytes + size > MAX_TOTAL_BYTES:
            limit = MAX_TOTAL_BYTES >> 20
            raise _Refused("too_large", f"the ZIP file unpacks to more than {limit} MB; this is beyond it", _UNPACK)


def _directory(data: bytes) -> zipfile.ZipFile:
    """Open a container. Raises `_Refused`."""
    if data.count(_ENTRY) > _MOST_ENTRIES:
        raise _Refused("too_many_files", f"the ZIP file holds over {_MOST_ENTRIES:,} files", _UNPACK)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    # A hostile directory can make the standard library trip in other ways than its own error.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, OverflowError) as error:
        raise _Refused("damaged", f"the ZIP file cannot be opened: {error}", _FETCH) from error


def _refuse_overlaps(opened: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> None:
    """Members whose packed bytes overlap: many names for the same bytes, which only a bomb has."""
    spans = sorted((member.header_offset, member.header_offset + 30 + member.compress_size) for member in files)
    ends = [start for start, _ in spans[1:]] + [opened.start_dir]
    if any(end > following for (_, end), following in zip(spans, ends, strict=False)):
        raise _Refused(
            "zip_bomb", "its files overlap: many names stand for the same bytes", "it is no ZIP file of reports"
        )


def _alike(refused: list[Refusal]) -> bool:
    """Tell whether there is nothing to say of single files: there are none, or all are turned away for the same reason."""
    return len({refusal.code for refusal in refused}) <= 1


def _together(refused: list[Refusal]) -> Refusal:
    """One refusal for a whole container that gave nothing."""
    if not refused:
        return Refusal(
            "", "empty_archive", "the ZIP file holds no file that could be a report", "check that it is the right file"
        )
    first = refused[0]
    if len(refused) == 1:
        return Refusal("", first.code, f"its only report {first.name}: {first.message}", first.hint)
    return Refusal(
        "", first.code, f"all {len(refused):,} reports in it, e.g. {first.name}: {first.message}", first.hint
    )


def _joined(container_name: str, name: str) -> str:
    return f"{container_name}/{name}" if name else container_name
