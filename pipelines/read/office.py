"""Binary Word and WPS documents, Word 2003 XML, RTF and OpenDocument text → `Document`, converted by LibreOffice.

Belongs here: what is converted, and what is said where it cannot be. Does not belong here: LibreOffice itself
(`pipelines.read.libreoffice`) and the reading of what it makes (`docx`).
"""

from __future__ import annotations

from pipelines.read import docx
from pipelines.read.document import Document, NeedsTool, Unreadable
from pipelines.read.libreoffice.converter import ConversionError, own_converter
from pipelines.read.libreoffice.find import office

MAX_BYTES = 100_000_000
_NAMES = {"doc": "a Word or WPS document", "rtf": "an RTF document", "odt": "an OpenDocument text"}
#: The formats that LibreOffice opens.
CONVERTED = frozenset(_NAMES)
#: What would help where LibreOffice is missing (`pipelines.workers.tools` has the commands for each system).
INSTALL = "install LibreOffice Writer (Debian, Ubuntu: apt install libreoffice-writer-nogui), see `gongkai doctor`; then build again"
_HELP = {
    "conversion_failed": "open it in Word or WPS and save it as DOCX; `gongkai doctor` says whether LibreOffice works here",
    "timed_out": "open it in Word or WPS and save it as DOCX, or try again while the machine is less busy: gongkai build --retry",
}


def read(data: bytes, format: str, tools: frozenset[str]) -> Document:
    """Read a document of the formats `doc`, `rtf` and `odt`; its identity (hash, format, size) is the caller's matter.

    Raises `NeedsTool("libreoffice")`, `Unreadable` (`too_large`, `conversion_failed`, `timed_out`) and all that
    `docx.read` raises.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"{_NAMES[format]} has {len(data):,} bytes, over the limit of {MAX_BYTES:,}")
    installed = office() if "libreoffice" in tools else None
    if installed is None:
        raise NeedsTool(
            "libreoffice", f"{_NAMES[format]}, which LibreOffice must convert, and it is not there", INSTALL
        )
    try:
        converted = own_converter(installed).to_docx(data, f".{format}")
    except ConversionError as why:
        raise Unreadable(why.code, str(why), _HELP[why.code]) from why
    return docx.read(converted, tools)
