"""Office packages from the XML that a test is about: what office programs write and libraries cannot be told to."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:r="{OFFICE}"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return buffer.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """A part of relationships: identifier → kind and target."""
    lines = (f'<Relationship Id="{k}" Type="{OFFICE}/{kind}" Target="{to}"/>' for k, (kind, to) in targets.items())
    return f'{_XML}<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def docx(
    body: str, *, numbering: str = "", styles: str = "", parts: Mapping[str, bytes] | None = None, title: str = ""
) -> bytes:
    """A Word document of what stands in `w:body`, `w:numbering` and `w:styles`; `parts` are pictures, by identifier."""
    targets = {"s": ("styles", "styles.xml"), "n": ("numbering", "numbering.xml")}
    targets |= {key: ("image", f"media/{key}.png") for key in parts or {}}
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations({"d": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"{_XML}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(targets),
        "word/styles.xml": f"{_XML}<w:styles {_NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"{_XML}<w:numbering {_NAMESPACES}>{numbering}</w:numbering>",
    }
    if title:
        made["_rels/.rels"] = relations(
            {"d": ("officeDocument", "word/document.xml"), "c": ("metadata/core-properties", "docProps/core.xml")}
        )
        made["docProps/core.xml"] = (
            f'{_XML}<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
            "<dc:creator>某人</dc:creator></p>"
        )
    return package(made | {f"word/media/{key}.png": part for key, part in (parts or {}).items()})


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, span: int = 1, merge: str = "", properties: str = "") -> str:
    """A cell of a text, or of blocks; `merge` is `restart` or `continue`."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merges = f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>" if merge else ""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{spans}{merges}{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; plain texts become cells."""
    made = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def levels(*formats: tuple[str, str], abstract: str = "0", suffix: str = "nothing", more: str = "") -> str:
    """An abstract list: a format and a text (`%1、`) a level."""
    made = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(formats)
    )
    return f'<w:abstractNum w:abstractNumId="{abstract}">{made}</w:abstractNum>'


def num(list_id: str, abstract: str = "0", overrides: str = "") -> str:
    """A list of an abstract list."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def numbered(list_id: str, level: int = 0) -> str:
    """The paragraph property that puts a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


# ---------------------------------------------------------------- spreadsheets


def xlsx(*sheets: str, strings: str = "", styles: str = "", states: Mapping[int, str] | None = None) -> bytes:
    """A workbook of what stands in each `worksheet`, in `sst` and in `styleSheet`. Sheets are named 表1, 表2 …"""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    targets = {f"s{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in range(len(sheets))}
    targets |= {"t": ("sharedStrings", "sharedStrings.xml"), "y": ("styles", "styles.xml")}
    named = "".join(
        f'<sheet name="表{i + 1}" sheetId="{i + 1}" r:id="s{i}" state="{(states or {}).get(i, "visible")}"/>'
        for i in range(len(sheets))
    )
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations({"d": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'{_XML}<workbook {space} xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(targets),
        "xl/sharedStrings.xml": f"{_XML}<sst {space}>{strings}</sst>",
        "xl/styles.xml": f"{_XML}<styleSheet {space}>{styles}</styleSheet>",
    }
    made |= {
        f"xl/worksheets/sheet{i}.xml": f"{_XML}<worksheet {space}>{sheet}</worksheet>" for i, sheet in enumerate(sheets)
    }
    return package(made)


def rows(*lines: str) -> str:
    """Rows of cells from the top, in `sheetData`."""
    return "<sheetData>{}</sheetData>".format("".join(f'<row r="{i}">{line}</row>' for i, line in enumerate(lines, 1)))


def c(reference: str, value: str, kind: str = "", style: int = 0) -> str:
    """A cell with a stored value: a text where it is no number and `kind` says nothing."""
    if not kind and not value.replace(".", "").isdecimal():
        return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{reference}" s="{style}" t="{kind or "n"}"><v>{value}</v></c>'
