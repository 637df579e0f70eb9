"""Makers of hostile files: each is small on disk and means harm to the program that reads it.

`HOSTILE` lists them all, with the codes that may stand in quarantine for each. A maker returns bytes and takes a
fraction of a second. Nothing here is a real document. Does not belong here: what the program does with them
(`tests.pipelines.catalogue.test_hostile`).
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

#: Never to be seen in any output: the first words of the file that an external entity points at.
SECRET_FILE = "/etc/passwd"
SECRET = "root:x:0:0"
#: The file that an archive tries to write outside of where it is unpacked.
ESCAPED = "gongkai-escaped.html"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file. `codes` are the quarantine codes of which any one is right."""

    file_name: str
    make: Callable[[], bytes]
    codes: frozenset[str]


# ---------------------------------------------------------------- PDF


def pdf(objects: Mapping[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF file of numbered objects; number `root` is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d /Root %d 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"", times: int = 1) -> bytes:
    """A stream object, deflated `times` over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/Filter [%b]" % (b"/FlateDecode " * times) if times else b""
    return b"<< /Length %d %b %b >>\nstream\n%b\nendstream" % (len(content), filters, entries, content)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORDS = b"BT /F1 12 Tf 72 720 Td (Annual report 1 2 3) Tj ET\n"


def one_page(media_box: bytes = b"0 0 595 842", xobjects: Mapping[str, int] | None = None) -> bytes:
    """Objects 1 to 5 are catalogue, pages, page, content and font; this is the page."""
    named = b" ".join(b"/%b %d 0 R" % (name.encode(), number) for name, number in (xobjects or {}).items())
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> /XObject << %b >> >> >>" % (media_box, named)
    )


def document(
    content: bytes, media_box: bytes = b"0 0 595 842", more: Mapping[int, bytes] | None = None, **xobjects: int
) -> bytes:
    """A PDF of one page. `content` is a stream object; `more` are further objects, `xobjects` those that it draws."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: one_page(media_box, xobjects),
            4: content,
            5: _FONT,
            **(more or {}),
        }
    )


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password."""
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", ownerPassword="owner", strength=128), invariant=1)
    canvas.drawString(72, 720, "Annual report 1 2 3")
    canvas.save()
    return buffer.getvalue()


def many_pages(count: int = 10_000) -> bytes:
    """A PDF of many pages, each with text."""
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 10 + count))
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%b] /Count %d /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> >>"
            % (kids, count),
            4: stream(_WORDS),
            5: _FONT,
            **dict.fromkeys(range(10, 10 + count), page),
        }
    )


def looping_page_tree() -> bytes:
    """The tree of pages is its own child."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 50 /Parent 3 0 R >>",
            3: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 50 /Parent 2 0 R >>",
        }
    )


def false_page_count() -> bytes:
    """A tree that says it has two thousand million pages, and has one."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>",
            3: one_page(),
            4: stream(_WORDS),
            5: _FONT,
        }
    )


def forms_in_forms() -> bytes:
    """The last form sets states that draw nothing: a library takes hours, and little memory."""
    return _nested_forms(b"q Q\n" * 100_000, depth=7, width=10)


def bomb_of_forms() -> bytes:
    """The last form draws a line: no memory holds them all."""
    return _nested_forms(b"0 0 m 9 9 l S", depth=12, width=12)


def _nested_forms(last: bytes, depth: int, width: int) -> bytes:
    """Each form draws the next one `width` times, so that the last is drawn `width ** depth` times."""
    first = 10
    box = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
    more = {first + depth: stream(last, box)}
    for number in range(first, first + depth):
        resources = b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 1)
        more[number] = stream(b"/X Do " * width, box + resources)
    return document(stream(b"/X Do " * width), more=more, X=first)


def form_in_itself() -> bytes:
    """A form that draws itself."""
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>")
    return document(stream(b"/X Do"), more={10: form}, X=10)


def many_operators() -> bytes:
    """A content stream that is deflated twice over: twenty million operators in some kilobytes."""
    return document(_twice(repeated(b"1 0 0 1 0 0 cm q Q\n" * 60_000, 110)))


def _twice(deflated: bytes) -> bytes:
    outer = zlib.compress(deflated, 9)
    return b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (len(outer), outer)


def repeated(block: bytes, times: int, wbits: int = 15) -> bytes:
    """Deflated data that is a block many times over, made without ever holding it: pieces end in a full flush.

    With `wbits` 15 as zlib (the checksum at the end is wrong), with -15 raw.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    data = piece * times + packer.flush(zlib.Z_FINISH)
    return b"\x78\xda" + data + b"\0\0\0\0" if wbits == 15 else data


def many_rules(count: int = 5_000_000) -> bytes:
    """Five million ruling lines, all different enough to be a table."""
    lines = b"".join(b"%d %d m %d %d l S\n" % (x, y, x + 9, y) for x in range(0, 500, 10) for y in range(0, 800, 8))
    return document(_twice(repeated(lines, count // 5_000)))


def gigantic_page() -> bytes:
    """A page a million inches wide and high that holds a picture only: whoever draws it needs all memory there is."""
    picture = stream(
        bytes(8), b"/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    return document(stream(b"72000000 0 0 72000000 0 0 cm /P Do"), b"0 0 72000000 72000000", {10: picture}, P=10)


def gigantic_picture_in_pdf() -> bytes:
    """A page with a picture of 60,000 x 60,000 pixels that deflates to nothing."""
    entries = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    data = repeated(bytes(1 << 20), 3434)
    picture = b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (len(data), entries, data)
    return document(stream(b"595 0 0 842 0 0 cm /P Do"), more={10: picture}, P=10)


def deep_arrays(depth: int = 1_000_000) -> bytes:
    """A page box that is arrays in arrays."""
    return document(stream(_WORDS), media_box=b"[" * depth + b"]" * depth)


def earlier_versions_loop() -> bytes:
    """The table of objects names itself as the one before it, and there are no pages elsewhere."""
    whole = pdf({1: b"<< /Type /Catalog /Pages 1 0 R >>"})
    start = whole.rindex(b"xref\n0")
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def truncated(whole: bytes, share: float) -> bytes:
    """The first part of a file."""
    return whole[: int(len(whole) * share)]


# ---------------------------------------------------------------- ZIP and what is made of it


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive: what its headers say of it, and its bytes as they stand there."""

    name: str
    data: bytes
    size: int
    crc: int = 0
    flags: int = 0
    method: int = 8


def entry(name: str, content: bytes, flags: int = 0) -> Entry:
    """An honest entry."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Entry(name, packer.compress(content) + packer.flush(), len(content), zlib.crc32(content), flags)


def archive(entries: Iterable[Entry], copies: int = 1) -> bytes:
    """A ZIP file. With `copies` the directory names each entry so often, always at the same place: they overlap."""
    out, directory, count = bytearray(), bytearray(), 0
    for each in entries:
        name = each.name.encode()
        fields = struct.pack("<HHHHHIII", 20, each.flags, each.method, 0, 0x21, each.crc, len(each.data), each.size)
        sizes = struct.pack("<HH", len(name), 0)
        line = struct.pack("<IH", 0x02014B50, 20) + fields + sizes + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name
        directory += line * copies
        count += copies
        out += struct.pack("<I", 0x04034B50) + fields + sizes + name + each.data
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory) + end


_MEGABYTE = 1 << 20


def zip_of_zips(levels: int = 6, width: int = 10) -> bytes:
    """Ten archives in an archive, six levels deep; at the bottom pages of 100 MB: 100 TB."""
    inner = archive([Entry("page.html", repeated(b" " * _MEGABYTE, 100, -15), 100 * _MEGABYTE)])
    for _ in range(levels):
        packed = entry("", inner)
        inner = archive(Entry(f"{n}.zip", packed.data, packed.size, packed.crc) for n in range(width))
    return inner


def overlapping_zip() -> bytes:
    """Ten thousand names for one page of 100 MB."""
    return archive([Entry("page.html", repeated(b" " * _MEGABYTE, 100, -15), 100 * _MEGABYTE)], copies=10_000)


def lying_zip() -> bytes:
    """A page that says it has 1,000 bytes and unpacks to 2 GB."""
    return archive([Entry("page.html", repeated(b" " * _MEGABYTE, 2_000, -15), 1_000)])


def encrypted_zip() -> bytes:
    """An archive whose only file needs a password."""
    return archive([entry("report.html", random.Random(1).randbytes(900), flags=1)])


def zip_of_many(count: int = 60_000) -> bytes:
    """Sixty thousand tiny pages."""
    page = entry("", b"<html><body><p>1</p></body></html>")
    return archive(Entry(f"{n}.html", page.data, page.size, page.crc) for n in range(count))


def zip_of_hostile_names() -> bytes:
    """Names that lead out of the folder, are absolute or hold control characters; no report among them."""
    page = b"<html><body><p>nothing</p></body></html>"
    return archive(entry(name, page) for name in (f"{'../' * 20}tmp/{ESCAPED}", f"/{ESCAPED}", "a\x00b.html", "CON"))


_TYPES = b"""<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/%b" ContentType="application/vnd.openxmlformats-officedocument.%b.main+xml"/>%b
</Types>"""
_RELATIONSHIP = b"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%b</Relationships>"""
_TARGET = b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%b" Target="%b"/>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def docx(body: Entry | bytes, doctype: bytes = b"") -> bytes:
    """A DOCX of a body: the XML inside `w:body`, or a whole entry for the document's part."""
    part = b"word/document.xml"
    if isinstance(body, bytes):
        head = b'<?xml version="1.0" encoding="UTF-8"?>%b<w:document xmlns:w="%b"><w:body>' % (doctype, _WORD.encode())
        body = entry(part.decode(), head + body + b"</w:body></w:document>")
    return archive(
        [
            entry("[Content_Types].xml", _TYPES % (part, b"wordprocessingml.document", b"")),
            entry("_rels/.rels", _RELATIONSHIP % (_TARGET % (b"officeDocument", part))),
            body,
        ]
    )


def laughs(levels: int = 10, width: int = 10) -> bytes:
    """A document type whose last entity is ten thousand million words."""
    lines = [b'<!ENTITY l0 "lol">']
    lines += [b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * width) for n in range(1, levels)]
    return b"<!DOCTYPE w:document [%b]>" % b"".join(lines)


def _paragraph(text: bytes) -> bytes:
    return b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>" % text


def billion_laughs_docx() -> bytes:
    """A DOCX whose text is the entity of `laughs`."""
    return docx(_paragraph(b"&l9;"), laughs())


def quadratic_docx() -> bytes:
    """A DOCX with one entity of 200 KB that is used 50,000 times: no nesting, little repetition, and 10 GB."""
    words = random.Random(4).randbytes(100_000).hex().encode()
    return docx(_paragraph(b"&a;" * 50_000), b'<!DOCTYPE w:document [<!ENTITY a "%b">]>' % words)


def external_entity_docx() -> bytes:
    """A DOCX whose text is a file of the machine that reads it."""
    return docx(
        _paragraph(b"&file;"), b'<!DOCTYPE w:document [<!ENTITY file SYSTEM "file://%b">]>' % SECRET_FILE.encode()
    )


def nested_tables_docx(depth: int = 20_000) -> bytes:
    """A DOCX of tables in tables. Each says when it was made, as Word's do: it is no bomb by its size."""
    dice = random.Random(5)
    rows = b"".join(b'<w:tbl><w:tr w:rsidR="%08X"><w:tc>' % dice.getrandbits(32) for _ in range(depth))
    return docx(rows + _paragraph(b"1") + b"</w:tc></w:tr></w:tbl>" * depth)


def tables_in_tables_docx() -> bytes:
    """The same, no deeper than someone might make it, and no report."""
    return nested_tables_docx(20)


def repeated_tables_docx(depth: int = 1_000_000) -> bytes:
    """Tables in tables without end, that are all the same: 41 MB in 100 KB."""
    return docx(b"<w:tbl><w:tr><w:tc>" * depth + _paragraph(b"1") + b"</w:tc></w:tr></w:tbl>" * depth)


def bomb_docx() -> bytes:
    """A DOCX whose document is 4 GB of empty paragraphs."""
    return docx(Entry("word/document.xml", repeated(b"<w:p/>" * 170_000, 4_000, -15), 4_080_000_000))


def wide_table_docx() -> bytes:
    """A DOCX with cells that say they span two thousand million columns."""
    span = b'<w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr>'
    return docx(b"<w:tbl>%b</w:tbl>" % (b"<w:tr><w:tc>%b%b</w:tc></w:tr>" % (span, _paragraph(b"1")) * 20))


def xlsx(sheet: Entry | bytes) -> bytes:
    """An XLSX of one sheet: the XML inside `worksheet`, or a whole entry for the sheet's part."""
    name = "xl/worksheets/sheet1.xml"
    if isinstance(sheet, bytes):
        sheet = entry(name, b'<?xml version="1.0"?><worksheet xmlns="%b">%b</worksheet>' % (_SHEET.encode(), sheet))
    book = (
        b'<?xml version="1.0"?><workbook xmlns="%b" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    override = (
        b'<Override PartName="/xl/worksheets/sheet1.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    )
    return archive(
        [
            entry("[Content_Types].xml", _TYPES % (b"xl/workbook.xml", b"spreadsheetml.sheet", override)),
            entry("_rels/.rels", _RELATIONSHIP % (_TARGET % (b"officeDocument", b"xl/workbook.xml"))),
            entry("xl/workbook.xml", book % _SHEET.encode()),
            entry("xl/_rels/workbook.xml.rels", _RELATIONSHIP % (_TARGET % (b"worksheet", b"worksheets/sheet1.xml"))),
            sheet,
        ]
    )


def bomb_xlsx() -> bytes:
    """An XLSX whose sheet is 4 GB of rows."""
    head = b'<?xml version="1.0"?><worksheet xmlns="%b"><sheetData>' % _SHEET.encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    rows = repeated(b"<row><c><v>1</v></c></row>" * 40_000, 4_000, -15)
    return xlsx(Entry("xl/worksheets/sheet1.xml", begin + rows, 4_160_000_000))


def far_cell_xlsx() -> bytes:
    """An XLSX with one cell in the last row and column, and the whole sheet merged: 17 thousand million places."""
    return xlsx(
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
        b'<c r="XFD1048576"><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )


def laughing_xlsx() -> bytes:
    """An XLSX whose sheet holds the entity of `laughs`."""
    body = b'<worksheet xmlns="%b"><sheetData><row><c t="str"><v>&l9;</v></c></row></sheetData></worksheet>'
    sheet = b'<?xml version="1.0"?>' + laughs().replace(b"w:document", b"worksheet") + body % _SHEET.encode()
    return xlsx(entry("xl/worksheets/sheet1.xml", sheet))


# ---------------------------------------------------------------- pictures and others


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG with one bit a pixel."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def gigantic_png(side: int = 30_000) -> bytes:
    """A PNG of 900 million pixels in 100 KB."""
    return png(side, side, zlib.compress(bytes(side * (side // 8 + 1)), 1))


def cut_png() -> bytes:
    """A PNG of sensible size that ends in the midst of its data."""
    return png(1000, 1000, zlib.compress(random.Random(1).randbytes(1000 * 126)))[:5000]


def lying_tiff() -> bytes:
    """A TIFF whose header tells of 4,000 million pixels and of data far behind the end of the file."""
    tags = (
        (256, 4, 1, 65_000),
        (257, 4, 1, 65_000),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 0x7FFFFFF0),
        (277, 3, 1, 1),
        (278, 4, 1, 65_000),
        (279, 4, 1, 0x7FFFFFFF),
    )
    lines = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\x00" + struct.pack("<IH", 8, len(tags)) + lines + struct.pack("<I", 0)


def nested_rtf(depth: int = 1_000_000) -> bytes:
    """An RTF of groups in groups."""
    return b"{\\rtf1\\ansi " + b"{\\b " * depth + b"1" + b"}" * depth + b"}"


def broken_doc() -> bytes:
    """The first bytes of an old Word file, and then noise."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(2).randbytes(20_000)


def error_page() -> bytes:
    """What a server sends in place of a file that is gone."""
    return (
        "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>您访问的页面不存在</h1>"
        "<p>请检查网址是否正确，或返回首页。</p></body></html>"
    ).encode()


def noise(size: int = 20_000) -> bytes:
    """Random bytes."""
    return random.Random(3).randbytes(size)


def noise_in_pdf() -> bytes:
    """Random bytes behind a PDF's first line."""
    return b"%PDF-1.7\n" + noise()


# ---------------------------------------------------------------- all of them

#: What the program says when it was stopped from outside: right for what makes a library work for ever.
STOPPED = ("timed_out", "out_of_memory", "crashed")


def _as(file_name: str, make: Callable[[], bytes], *codes: str) -> Hostile:
    return Hostile(file_name, make, frozenset(codes))


#: Files with nothing or only line ends in them, of different sizes: the same bytes would be one document.
_SUFFIXES = (".html", ".txt", ".md", ".pdf", ".doc", ".docx", ".wps", ".rtf", ".xls", ".xlsx", ".zip", ".jpg", ".png")

HOSTILE: tuple[Hostile, ...] = (
    _as("encrypted.pdf", encrypted_pdf, "encrypted"),
    _as("ten-thousand-pages.pdf", many_pages, "too_many_pages"),
    _as("page-tree-loop.pdf", looping_page_tree, "damaged", "no_text"),
    _as("false-page-count.pdf", false_page_count, "too_many_pages", "damaged", "not_a_report"),
    _as("forms-in-forms.pdf", forms_in_forms, "timed_out"),
    _as("bomb-of-forms.pdf", bomb_of_forms, *STOPPED),
    _as("form-in-itself.pdf", form_in_itself, "no_text"),
    _as("many-operators.pdf", many_operators, *STOPPED, "too_complex", "no_text"),
    _as("many-rules.pdf", many_rules, *STOPPED, "too_complex"),
    _as("gigantic-page.pdf", gigantic_page, "needs_ocr", "too_large", "no_text"),
    _as("gigantic-picture.pdf", gigantic_picture_in_pdf, "needs_ocr", "too_large", "no_text", *STOPPED),
    _as("deep-arrays.pdf", deep_arrays, "damaged", "not_a_report"),
    _as("earlier-versions-loop.pdf", earlier_versions_loop, "damaged", "no_text"),
    _as("noise-in.pdf", noise_in_pdf, "damaged"),
    _as("nested.zip", zip_of_zips, "zip_bomb", "too_deep", "too_large"),
    _as("overlapping.zip", overlapping_zip, "zip_bomb", "too_many_files", "damaged", "too_large"),
    _as("lying.zip", lying_zip, "zip_bomb", "too_large", "damaged"),
    _as("encrypted.zip", encrypted_zip, "encrypted"),
    _as("many.zip", zip_of_many, "zip_bomb", "too_many_files"),
    _as("hostile-names.zip", zip_of_hostile_names, "not_a_report"),
    _as("laughs.docx", billion_laughs_docx, "xml_entities"),
    _as("quadratic.docx", quadratic_docx, "xml_entities"),
    _as("external-entity.docx", external_entity_docx, "xml_entities"),
    _as("deep-tables.docx", nested_tables_docx, "damaged", "too_deep"),
    _as("repeated-tables.docx", repeated_tables_docx, "zip_bomb", "too_large"),
    _as("tables-in-tables.docx", tables_in_tables_docx, "not_a_report"),
    _as("bomb.docx", bomb_docx, "zip_bomb", "too_large"),
    _as("wide-table.docx", wide_table_docx, "too_many_cells", "not_a_report"),
    _as("bomb.xlsx", bomb_xlsx, "zip_bomb", "too_large"),
    _as("far-cell.xlsx", far_cell_xlsx, "too_many_cells", "not_a_report"),
    _as("laughs.xlsx", laughing_xlsx, "xml_entities"),
    _as("gigantic.png", gigantic_png, "needs_ocr", "too_large"),
    _as("cut.png", cut_png, "needs_ocr", "damaged"),
    _as("lying-tiff.jpg", lying_tiff, "needs_ocr", "too_large", "damaged"),
    _as("nested.rtf", nested_rtf, "needs_libreoffice"),
    _as("broken.doc", broken_doc, "needs_libreoffice", "damaged"),
    _as("error-page.pdf", error_page, "not_a_report"),
    _as("noise.html", noise, "format_not_supported"),
    *(_as(f"empty{suffix}", partial(bytes.__mul__, b"\n", size), "empty") for size, suffix in enumerate(_SUFFIXES)),
)
