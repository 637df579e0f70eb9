"""OOXML packages (DOCX, XLSX): a ZIP of XML parts, opened under limits and parsed without entities.

Belongs here: what can be wrong with the container, parts and their relationships. Does not belong here: what the parts
say (`docx`, `xlsx`), ZIP archives of several documents.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from functools import lru_cache
from xml.etree import ElementTree

from pipelines.read.document import Unreadable

MAX_BYTES = 200_000_000
#: A report has some 15 parts, with many pictures some 100.
MAX_MEMBERS = 10_000
#: Uncompressed bytes of one part, and of all that is read. The XML of a report has 0.1 to 2 MB.
MAX_PART_BYTES = 64_000_000
MAX_READ_BYTES = 200_000_000
#: Deflate reaches 1,032:1 on zeros only; repetitive XML of long tables gets to about 60:1.
MAX_RATIO = 300
#: Small parts may be as repetitive as they like.
RATIO_FROM = 1_000_000
#: Opening and closing tags of one part: what its tree costs in memory (100 to 150 bytes each).
MAX_TAGS = 2_000_000

#: The strict variant of the standard names the same things under other addresses.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = "download it again: the file is cut off or damaged"


class Package:
    """An opened package. Parts are named from the root, without the leading slash."""

    def __init__(self, data: bytes) -> None:
        """Open a package. Raises `Unreadable` (`too_large`, `damaged`, `encrypted`, `zip_bomb`)."""
        if len(data) > MAX_BYTES:
            raise Unreadable("too_large", f"the file has {len(data):,} bytes, over the limit of {MAX_BYTES:,}")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("damaged", f"the ZIP container cannot be opened: {error}", _BROKEN) from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise Unreadable("zip_bomb", f"the ZIP container has {len(members):,} members, over {MAX_MEMBERS:,}")
        # Names are compared without case, as the standard says; some programs write backslashes.
        self._members = {m.filename.replace("\\", "/").lstrip("/").casefold(): m for m in members}
        self._read = 0

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._members

    def part(self, name: str) -> bytes:
        """The bytes of a part. Raises `Unreadable` (`damaged`, `encrypted`, `zip_bomb`)."""
        member = self._members.get(name.casefold())
        if member is None:
            raise Unreadable("damaged", f"the file lacks its part {name}", _BROKEN)
        if member.flag_bits & 1:
            raise Unreadable("encrypted", f"the part {name} is encrypted", "a version without a password is needed")
        self._measure(member, name)
        try:
            # Read by size, no more is ever unpacked than is declared (plain `read` unpacks first and cuts then); what
            # declares too little fails its checksum.
            with self._zip.open(member) as stream:
                data = stream.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("damaged", f"the part {name} cannot be unpacked: {error}", _BROKEN) from error
        self._read += len(data)
        return data

    def _measure(self, member: zipfile.ZipInfo, name: str) -> None:
        size = member.file_size
        if size > MAX_PART_BYTES or self._read + size > MAX_READ_BYTES:
            raise Unreadable("zip_bomb", f"the part {name} unpacks to {size:,} bytes, over the limit")
        if size > RATIO_FROM and size > MAX_RATIO * max(member.compress_size, 1):
            raise Unreadable(
                "zip_bomb", f"the part {name} unpacks from {member.compress_size:,} to {size:,} bytes: no report does"
            )

    def xml(self, name: str) -> ElementTree.Element:
        """The tree of a part, in the names of the transitional standard. Raises `Unreadable` as `parse` does."""
        return parse(self.part(name), name)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Tell what a part refers to inside the package: its identifier → the kind's last word, and the part's name.

        `name` "" stands for the package itself.
        """
        folder, leaf = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{leaf}.rels")
        found: dict[str, tuple[str, str]] = {}
        for node in self.xml(rels).iter(_RELATIONSHIP) if rels in self else ():
            target = node.get("Target", "")
            if node.get("TargetMode") != "External" and target:
                place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[node.get("Id", "")] = (node.get("Type", "").rpartition("/")[2], place)
        return found

    def main(self, usual: str) -> str:
        """The name of the main part: what the package says, else the `usual` one. Raises `Unreadable("damaged")`."""
        named = [place for kind, place in self.relations("").values() if kind == "officeDocument"]
        place = next((place for place in named if place in self), usual)
        if place not in self:
            raise Unreadable("damaged", f"the file lacks its main part {usual}", _BROKEN)
        return place


class _Builder(ElementTree.TreeBuilder):
    """Builds a tree and refuses a document type: no office program writes one, and entities live there."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Unreadable("xml_entities", f"a part declares the document type {name!r}, which may define entities")


def parse(data: bytes, name: str) -> ElementTree.Element:
    """The tree of an XML part; no entity is ever resolved and nothing is fetched.

    Raises `Unreadable`: `xml_entities` for a document type, `too_large` for over `MAX_TAGS` tags, `damaged`.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = _as_utf8(data, name)
    if data.count(b"<") > MAX_TAGS:
        raise Unreadable("too_large", f"the part {name} has over {MAX_TAGS:,} tags")
    if b"purl.oclc.org/ooxml" in data:
        data = _STRICT.sub(_TRANSITIONAL, data)
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(data)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unreadable("damaged", f"the part {name} is no well-formed XML: {error}", _BROKEN) from error
    return root


def _as_utf8(data: bytes, name: str) -> bytes:
    """A part in UTF-16; its declaration of the encoding is dropped with it."""
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise Unreadable("damaged", f"the part {name} is not in the encoding that it says: {error}", _BROKEN) from error
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]
