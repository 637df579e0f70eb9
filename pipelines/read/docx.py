"""Word documents (DOCX, as Word, WPS and LibreOffice write them) → `Document`.

The body's XML is walked in reading order: what a reader of the page sees is kept, with the automatic numbers in front;
what is deleted, hidden, struck, a field's code, a note or a running head is not. Belongs here: paragraphs, tables,
text boxes and pictures of a body. Does not belong here: the container (`package`), counting (`numbering`), styles
(`docx_styles`), what runs look like (`docx_runs`), binary DOC.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from xml.etree.ElementTree import Element

from pipelines.read import apart, docx_controls, docx_math, grid, metadata
from pipelines.read.cell_pieces import RAISED, joined
from pipelines.read.document import UNREAD, Block, Cell, Document, Heading, NeedsTool, Paragraph, Table, Unreadable
from pipelines.read.docx_ground import Ground
from pipelines.read.docx_runs import Fate, as_read, fate_of, symbol
from pipelines.read.docx_styles import OFF, PLAIN, Look, Style, Styles, list_of, of, of_text, outline
from pipelines.read.furniture import is_page_number
from pipelines.read.html import squeeze
from pipelines.read.layout_tables import PROSE_LENGTH
from pipelines.read.numbering import VAL, Numbering, W
from pipelines.read.package import Package, local, parse

#: Deeper than any document made by a person; each level costs a few frames of the stack.
MAX_DEPTH = 60
#: Shapes of one drawing that are written in two ways, one for old programs.
MAX_SHAPES = 1000
#: A row of one cell with more text than this is prose: the table around it is there for layout.
LONGEST_BANNER = PROSE_LENGTH // 3
#: The publication's fields stand among the first blocks.
FIELD_BLOCKS = 40
#: A picture that covers this share of the page may be a scanned page or table (that of section 4 is wide and low);
#: smaller ones are seals and emblems.
PICTURE_SHARE = 0.1
#: In a document of less text than this, even what lies behind the text may be a scan; else it is a watermark.
LITTLE_TEXT = 200
#: Grid columns narrower than this (twentieths of a point: 5 pt, a digit) come of edges that were meant to be one.
SLIVER = 100
_EMU_PER_POINT = 12700
#: No attribute that we read is larger (in EMU: 2.5 m).
_LARGEST = 100_000_000
_A4 = 595.3 * 841.9

_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_P, _TBL, _TR, _TC, _RUN, _TEXT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t"))
_P_PROPERTIES, _R_PROPERTIES, _DELETED = f"{W}pPr", f"{W}rPr", f"{W}del"
_SDT, _SDT_CONTENT, _BOX, _ALTERNATE = f"{W}sdt", f"{W}sdtContent", f"{W}txbxContent", f"{_MC}AlternateContent"
#: Elements around blocks, rows, cells or runs that add nothing of their own. Not among them: `del` and `moveFrom`.
_AROUND = frozenset(
    f"{W}{name}" for name in ("customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
_NOTES = frozenset((f"{W}footnoteReference", f"{W}endnoteReference"))
#: What of a drawing shows something that no text says.
_INK = frozenset(("blip", "imagedata", "OLEObject", "chart", "relIds", "textpath", "contentPart"))
#: A drawing of fewer square points than this fills a gap.
_GAP = 9.0
_DRAWINGS = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
#: What a run holds besides text.
_SIGNS = {
    f"{W}{name}": sign
    for name, sign in (("tab", "\t"), ("ptab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))
}
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|px|)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}


def read(data: bytes, tools: frozenset[str] = frozenset()) -> Document:
    """Read a document. Pictures that may hold pages or tables are read where `tools` has "ocr".

    Raises `Unreadable`: a `Package`'s codes, `too_deep`, `too_many_cells`, `embedded_document`, `no_text`; and
    `NeedsTool("ocr")` for a document whose content is in pictures.
    """
    package = Package(data)
    main = package.main("word/document.xml")
    root = package.xml(main)
    docx_controls.settle(root)
    walker = _Walker(package, main, root)
    body = root.find(f"{W}body")
    if body is not None:
        walker.flow(body)
    blocks, pictures = walker.blocks_with_pictures(tools)
    if not blocks:
        raise Unreadable("no_text", "the document holds no text", "it may be empty, or its content may be an object")
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        format="docx",
        encoding=None,
        size_bytes=len(data),
        title=walker.title or _core_title(package, blocks),
        metadata=walker.fields,
        blocks=tuple(blocks),
        ocr_page_count=pictures,
    )


def _core_title(package: Package, blocks: list[Block]) -> str | None:
    """The title of the properties where the text begins with it.

    Who writes over last year's document, or another organ's, leaves its title there: it must not speak for the text.
    """
    place = next((place for kind, place in package.relations("").values() if kind == "core-properties"), "")
    node = package.xml(place).find(f"{_DC}title") if place in package else None
    title = squeeze(node.text or "") if node is not None else ""
    begin = "".join(block.text for block in blocks[:FIELD_BLOCKS] if not isinstance(block, Table))
    return title if title and title.replace(" ", "") in begin.replace(" ", "") else None


def _count(printed: str | None, default: int, most: int = grid.MAX_COLSPAN) -> int:
    """A small number of an attribute; `default` where it is none."""
    return (
        min(int(printed), most)
        if printed and printed.isascii() and printed.isdecimal() and len(printed) < 10
        else default
    )


# ---------------------------------------------------------------- the walk


@dataclass(slots=True)
class _Line:
    """A paragraph while it is read: pieces of text, and the text boxes and pictures that are anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: list[_Picture] = field(default_factory=list)
    has_ink: bool = False


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture: its part, and its area in square points as it is printed.

    `is_behind`: it lies behind the text. `is_alone`: there is no text in its paragraph.
    """

    part: str
    area: float
    is_behind: bool
    is_alone: bool = False


@dataclass(slots=True)
class _Placed:
    """A cell of a table that is laid out: its first and last grid column (exclusive), element and merge mark."""

    start: int
    end: int
    node: Element
    merge: str | None


class _Walker:
    """Collects blocks from a body. One walker a document: tables are numbered, lists counted and fields nested over it."""

    def __init__(self, package: Package, main: str, root: Element) -> None:
        self.package = package
        self.blocks: list[Block | _Picture] = []
        self.fields: dict[str, str] = {}
        self.title: str | None = None
        self._relations = package.relations(main)
        self._styles = Styles(self._styles_root())
        self._ground = Ground(root, self._styles, self._styles_part)
        place = self._related("numbering")
        self._numbering = Numbering(self.package.xml(place) if place else None)
        self._tables = 0
        self._carried = ""
        self._open: list[docx_controls.Field] = []
        #: The run that a note's own mark follows in.
        self._noted: Element | None = None
        self._behind: list[Element] = []
        self._page = _A4

    def _related(self, kind: str) -> str | None:
        return next((place for k, place in self._relations.values() if k == kind and place in self.package), None)

    def _styles_part(self) -> bytes:
        place = self._related("styles")
        return self.package.part(place) if place is not None else b""

    def _styles_root(self) -> Element | None:
        place = self._related("styles")
        if place is None:
            return None
        data = self.package.part(place)
        try:
            return parse(of_text(data), place)
        except Unreadable:
            return parse(data, place)

    # --- blocks

    def flow(self, node: Element, depth: int = 0) -> None:
        """Walk what may hold paragraphs and tables."""
        _check(depth)
        for child in node:
            tag = child.tag
            if tag == _P:
                self._paragraph(child, depth)
            elif tag == _TBL:
                self._end_carried()
                self._table(child, depth)
            elif tag == _SDT:
                if not _is_contents(child):
                    self._flow_into(child.find(_SDT_CONTENT), depth)
            elif tag in _AROUND:
                self.flow(child, depth + 1)
            elif tag == _ALTERNATE:
                self._flow_into(_chosen(child), depth)
            elif tag == f"{W}altChunk":
                raise Unreadable(
                    "embedded_document",
                    "the text embeds another document that Word takes in when it opens the file (altChunk)",
                    "open it in Word and save it again",
                )
            elif tag == f"{W}sectPr":
                self._page = _page_area(child) or self._page
        self._end_carried()

    def _end_carried(self) -> None:
        """A paragraph whose end is deleted, with no paragraph behind it to join."""
        text, self._carried = squeeze(self._carried), ""
        if text:
            self.blocks.append(Paragraph(text, f"block {len(self.blocks) + 1}"))

    def _flow_into(self, node: Element | None, depth: int) -> None:
        if node is not None:
            self.flow(node, depth + 1)

    def _paragraph(self, node: Element, depth: int) -> None:
        line = _Line()
        prefix, style, is_joined = self._collect(node, line, depth)
        text = self._carried + apart.in_prose("".join(line.pieces))
        self._carried = text if is_joined else ""
        if not is_joined:
            self._add_text(prefix, text, style, node)
        has_text = bool(text.strip())
        self.blocks.extend(replace(p, is_alone=not has_text) for p in line.pictures)
        self._boxes(line.boxes, depth)

    def _boxes(self, boxes: list[Element], depth: int) -> None:
        for box in boxes:
            kept, self._carried = self._carried, ""
            self.flow(box, depth + 1)
            self._carried = kept

    def _add_text(self, prefix: str, text: str, style: Style, node: Element) -> None:
        if style.name.startswith("toc "):
            return
        properties = node.find(_P_PROPERTIES)
        own = outline(properties) if properties is not None else None
        level = style.outline if own is None else own
        lines = [line for line in map(squeeze, text.split("\n")) if line]
        if lines:
            lines[0] = prefix + lines[0]
        for line in lines:
            if is_page_number(line):
                continue
            locator = f"block {len(self.blocks) + 1}"
            if len(self.blocks) < FIELD_BLOCKS:
                self._note(metadata.from_line(line))
            if style.name == "title":
                self.title = self.title or line
            if level is not None and level < 9 and len(line) <= PROSE_LENGTH:
                self.blocks.append(Heading(line, level + 1, locator))
            else:
                self.blocks.append(Paragraph(line, locator))

    def _note(self, fields: dict[str, str]) -> None:
        for name, value in fields.items():
            self.fields.setdefault(name, value)

    def _collect(self, node: Element, line: _Line, depth: int) -> tuple[str, Style, bool]:
        """Read a paragraph's runs into `line`. Its number, its style, and whether its end is deleted."""
        self._open.clear()
        self._noted = None
        properties = node.find(_P_PROPERTIES)
        style_id = (of(properties, "pStyle") if properties is not None else None) or self._styles.default
        style = self._styles.get(style_id)
        mark = properties.find(_R_PROPERTIES) if properties is not None else None
        is_joined = mark is not None and (mark.find(_DELETED) is not None or mark.find(f"{W}moveFrom") is not None)
        look = style.look.over(self._ground.table_look(node)) if self._styles.has_tables else style.base_look
        self._inline(node, line, depth, look)
        if is_joined:
            return "", style, True
        if properties is not None and (section := properties.find(f"{W}sectPr")) is not None:
            self._page = _page_area(section) or self._page
        if mark is not None and not line.pieces and self._styles.look(mark, PLAIN).hidden:
            return "", style, False
        return self._number(properties, style), style, False

    def _number(self, properties: Element | None, style: Style) -> str:
        list_id, level = list_of(properties) if properties is not None else (None, None)
        if list_id is None:
            list_id = style.list_id
            if level is None and list_id is not None:
                level = style.level
                if level is None and style.base is not None:
                    level = self._numbering.level_of_style(list_id, style.base)
        return self._numbering.number(list_id, level or 0) if list_id and list_id != "0" else ""

    # --- runs

    def _inline(self, node: Element, line: _Line, depth: int, look: Look = PLAIN) -> None:
        _check(depth)
        for child in node:
            tag = child.tag
            if tag == _RUN:
                self._run(child, line, depth, look)
            elif tag == f"{W}fldSimple":
                self._simple_field(child, line, depth, look)
            elif tag in _AROUND:
                self._inline(child, line, depth + 1, look)
            elif tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    self._inline(content, line, depth + 1, look)
            elif tag == _ALTERNATE:
                chosen = _chosen(child)
                if chosen is not None:
                    self._inline(chosen, line, depth + 1, look)
            elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
                self._math(child, line, depth + 1, look)

    def _simple_field(self, node: Element, line: _Line, depth: int, look: Look) -> None:
        count = len(line.pieces)
        self._inline(node, line, depth + 1, look)
        if not "".join(line.pieces[count:]).strip() and docx_controls.is_calculating(node.get(f"{W}instr", "")):
            line.pieces.append(apart.UNFILLED)

    def _run(self, node: Element, line: _Line, depth: int, look: Look) -> None:
        fate = Fate.SHOWN if look is PLAIN else self._fate(look, node)
        for child in node:
            tag = child.tag
            if tag in (_TEXT, f"{_M}t"):
                if child.text:
                    self._text(child.text, fate, look, line, node)
            elif tag == _R_PROPERTIES:
                if len(child) and (own := self._styles.look(child, look)) is not look:
                    look, fate = own, self._fate(own, node)
            elif tag == f"{W}fldChar":
                self._field(child, line, fate)
            elif tag == f"{W}instrText" and self._open:
                self._open[-1].code += child.text or ""
            elif tag in _NOTES:
                self._noted = node if child.get(f"{W}customMarkFollows") not in (None, *OFF) else self._noted
            elif tag == f"{W}sym":
                self._text(symbol(child), fate, PLAIN, line, node)
            elif fate is not Fate.UNSEEN and self._is_result:
                self._sign(child, line, depth, look)
        if self._noted is node and node[-1].tag not in _NOTES:
            self._noted = None

    def _fate(self, look: Look, run: Element) -> Fate:
        return fate_of(look, self._ground.shows(look, run))

    @property
    def _is_result(self) -> bool:
        """Tell whether what comes now is no code of a field."""
        return all(field.is_result for field in self._open)

    def _text(self, text: str, fate: Fate, look: Look, line: _Line, run: Element) -> None:
        if fate is Fate.SHOWN and self._noted is None and not self._open and not look.is_drawn:
            line.pieces.append(text)  # nearly all text of nearly all documents
            return
        if not self._is_result:
            return
        if self._noted is not None:
            if self._noted is run:
                return
            # The mark of a note stands in the run behind its reference, if this is a mark at all.
            self._noted, fate = None, Fate.RAISED if fate is Fate.SHOWN else fate
        for opened in self._open:
            opened.has_text |= fate is not Fate.UNSEEN and bool(text.strip())
        line.pieces.append(as_read(text, fate, bool(look.is_drawn)))

    def _sign(self, node: Element, line: _Line, depth: int, look: Look) -> None:
        """Tell what a run holds besides text."""
        tag = node.tag
        if tag in _SIGNS:
            line.pieces.append(_SIGNS[tag])
        elif tag in _DRAWINGS:
            self._drawing(node, line)
        elif tag == _ALTERNATE and (chosen := _chosen(node)) is not None:
            _check(depth)
            self._run(chosen, line, depth + 1, look)
        elif tag == f"{W}ruby" and (base := node.find(f"{W}rubyBase")) is not None:
            self._inline(base, line, depth + 1, look)

    def _field(self, mark: Element, line: _Line, fate: Fate) -> None:
        """A field is its code, then its result: only the result is printed; a form's list has none of its own."""
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append(docx_controls.Field(value=docx_controls.form_value(mark)))
        elif self._open and kind == "separate":
            self._open[-1].is_result = True
        elif self._open and kind == "end":
            left = self._open.pop().left
            if left and self._is_result and fate is not Fate.UNSEEN:
                line.pieces.append(left)

    def _math(self, node: Element, line: _Line, depth: int, look: Look) -> None:
        """A formula in one line: what is raised in it is a power, and the parts of a fraction have a bar between."""
        _check(depth)
        for child in node:
            name = local(child.tag)
            if name == "r":
                self._run(child, line, depth, look)
            elif name in ("sup", "sub", "deg", "lim"):
                inner = _Line()
                self._math(child, inner, depth + 1, look)
                line.pieces.append(apart.raised("".join(inner.pieces), is_power=True))
            elif name not in ("del", "moveFrom") and not name.endswith("Pr"):
                line.pieces.append(docx_math.before(child))
                inner = _Line()
                self._math(child, inner, depth + 1, look)
                line.pieces.append(docx_math.shown(child, "".join(inner.pieces)))

    def _drawing(self, node: Element, line: _Line) -> None:
        """Note the text boxes and pictures of a drawing; those of a shape's fallback are the same once more."""
        stack = [node]
        alternates = 0
        area, is_behind = _area(node), _is_behind(node)
        if _is_hidden(node):
            return
        line.has_ink |= node.tag == f"{W}object"
        while stack:
            step = stack.pop()
            if step.tag == _BOX:
                line.boxes.append(step)
            elif step.tag == _ALTERNATE:
                # Each is looked through to its end, and one may hold the next.
                alternates += 1
                if alternates > MAX_SHAPES:
                    raise Unreadable("too_complex", f"a drawing has over {MAX_SHAPES:,} alternative shapes")
                chosen = _chosen(step)
                stack += [] if chosen is None else [chosen]
            else:
                line.has_ink |= local(step.tag) in _INK and not 0 < area < _GAP
                if step.tag in (f"{_A}blip", f"{_V}imagedata"):
                    name = step.get(f"{_R}embed") or step.get(f"{_R}id") or ""
                    kind, place = self._relations.get(name, ("", ""))
                    if kind == "image" and place in self.package:
                        line.pictures.append(_Picture(place, area, is_behind))
                stack += reversed(step)

    # --- tables

    def _table(self, node: Element, depth: int) -> None:
        """A data table becomes a block, a header table fields, a layout table whatever its cells hold.

        A report laid out as one table is both: its full-width rows are walked, the rows between are tables.
        """
        _check(depth)
        rows = [_places(row) for row in _rows(node, depth)]
        wide = [i for i, row in enumerate(rows) if len(row) == 1 and row[0].merge is None]
        if len(wide) == len(rows) or _is_layout(node, rows):
            for cell in (cell for row in rows for cell in row if cell.merge != "continue"):
                self.flow(cell.node, depth + 1)
            return
        self._tables += 1
        name = f"table {self._tables}"
        rows = _without_slivers(rows, _widths(node))
        if not any(_length(rows[i][0].node) > LONGEST_BANNER for i in wide):
            self._data_table(rows, name, depth)
            return
        for start, end in pairwise([-1, *wide, len(rows)]):
            if start >= 0:
                self.flow(rows[start][0].node, depth + 1)
            if end > start + 1:
                self._data_table(rows[start + 1 : end], f"{name} from row {start + 1}", depth)

    def _data_table(self, rows: list[list[_Placed]], locator: str, depth: int) -> None:
        outer, self._behind = self._behind, []
        table = grid.placed(self._laid_out(rows, depth), locator)
        behind, self._behind = self._behind, outer
        fields = metadata.from_table(table)
        if fields:
            self._note(fields)
        elif table.width:
            self.blocks.append(table)
        self._boxes(behind, depth)

    def _laid_out(self, rows: list[list[_Placed]], depth: int) -> Iterator[Cell]:
        """The cells of a table at their places. A cell merged over goes on where its neighbour below says so."""
        texts: list[tuple[str, int, int, int]] = []
        spans: list[int] = []
        above: dict[int, tuple[int, int]] = {}
        for i, row in enumerate(rows):
            here: dict[int, tuple[int, int]] = {}
            for cell in row:
                merged = above.get(cell.start)
                if cell.merge == "continue" and merged is not None and merged[1] == cell.end:
                    spans[merged[0]] += 1
                    here[cell.start] = merged
                    continue
                if cell.merge is not None:
                    here[cell.start] = (len(texts), cell.end)
                if len(texts) >= grid.MAX_PLACES:
                    raise Unreadable("too_many_cells", f"a table has over {grid.MAX_PLACES:,} cells")
                texts.append((self._cell_text(cell.node, depth), i, cell.start, cell.end - cell.start))
                spans.append(1)
            above = here
        for (text, i, start, across), down in zip(texts, spans, strict=True):
            yield Cell(text, i, start, down, across)

    def _cell_text(self, node: Element, depth: int) -> str:
        pieces: list[str] = []
        self._gather(node, pieces, depth)
        return joined(apart.in_cell("".join(pieces)))

    def _gather(self, node: Element, pieces: list[str], depth: int) -> None:
        """All text of a cell, a paragraph a line, with that of tables and text boxes inside."""
        _check(depth)
        for child in node:
            tag = child.tag
            if tag == _P:
                self._gather_paragraph(child, pieces, depth)
            elif tag == _TBL:
                for row in _rows(child, depth):
                    for cell in _cells(row):
                        self._gather(cell, pieces, depth + 1)
            elif tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    self._gather(content, pieces, depth + 1)
            elif tag in _AROUND:
                self._gather(child, pieces, depth + 1)
            elif tag == _ALTERNATE and (chosen := _chosen(child)) is not None:
                self._gather(chosen, pieces, depth + 1)

    def _gather_paragraph(self, node: Element, pieces: list[str], depth: int) -> None:
        line = _Line()
        prefix, _, is_joined = self._collect(node, line, depth)
        if prefix:
            pieces += [prefix.strip(), RAISED]
        pieces += line.pieces
        if line.has_ink and not "".join(line.pieces).strip():
            pieces.append(UNREAD)
        if not is_joined:
            pieces.append("\n")
        for box in line.boxes:
            # A table in a box is not this cell's; a line is.
            if next(box.iter(_TBL), None) is not None:
                self._behind.append(box)
            else:
                self._gather(box, pieces, depth + 1)

    # --- pictures

    def blocks_with_pictures(self, tools: frozenset[str]) -> tuple[list[Block], int]:
        """The blocks, with what OCR reads in large pictures in their places; and how many pictures it read.

        Raises `NeedsTool("ocr")` where such a picture may hold what the text lacks: there is no table in it.
        """
        text = [b for b in self.blocks if not isinstance(b, _Picture)]
        has_tables = any(isinstance(b, Table) for b in text)
        is_bare = not has_tables and sum(len(b.text) for b in text if not isinstance(b, Table)) < LITTLE_TEXT
        large = self._large(is_bare)
        if not large or (has_tables and "ocr" not in tools):
            return text, 0
        drawn = {b.part for b in large if _is_drawn(self.package.part(b.part))}
        large = [b for b in large if b.part not in drawn]
        if not large and is_bare:
            raise Unreadable(
                "format_not_supported",
                "the document holds little but drawings of Windows (EMF, WMF), which are neither text nor a picture",
                "open it in Word and save it as PDF",
            )
        if not large:
            return text, 0
        if "ocr" not in tools:
            raise NeedsTool(
                "ocr",
                f"the document has no table in its text but {len(large)} large picture{'s' if len(large) > 1 else ''}",
                "install gongkai[ocr] to read pictures, or find a version with text",
            )
        blocks: list[Block] = []
        count = 0
        for block in self.blocks:
            if not isinstance(block, _Picture):
                blocks.append(block)
            elif block in large:
                count += 1
                blocks += self._seen(block, count, has_tables)
        return blocks, count

    def _large(self, is_bare: bool) -> list[_Picture]:
        """The pictures that stand alone and may be a page or a table; watermarks only where there is nothing else."""
        least = PICTURE_SHARE * self._page
        alone = (b for b in self.blocks if isinstance(b, _Picture) and b.is_alone and b.area >= least)
        return [b for b in alone if is_bare or not b.is_behind]

    def _seen(self, picture: _Picture, number: int, has_tables: bool) -> list[Block]:
        """Tell what OCR sees in a picture. One that cannot be read harms no document that has its tables as text."""
        from pipelines.read import picture as pictures

        try:
            return pictures.blocks_of(self.package.part(picture.part), number)
        except Unreadable:
            if has_tables:
                return []
            raise


def _check(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Unreadable("too_deep", f"the document nests over {MAX_DEPTH} levels, as no office program writes it")


def _is_contents(node: Element) -> bool:
    """Tell whether a content control is a table of contents."""
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(VAL) == "Table of Contents"


def _chosen(node: Element) -> Element | None:
    """The branch of an alternate content that holds text or a picture; both say the same."""
    branches = list(node)
    for branch in branches:
        if any(step.tag in (_TEXT, _BOX, f"{_A}blip", f"{_V}imagedata") for step in branch.iter()):
            return branch
    return branches[0] if branches else None


# ---------------------------------------------------------------- tables


def _rows(node: Element, depth: int) -> Iterator[Element]:
    """The rows of a table that are printed."""
    _check(depth)
    for child in node:
        if child.tag == _TR:
            properties = child.find(f"{W}trPr")
            if properties is None or not _is_gone(properties):
                yield child
        elif child.tag == _SDT:
            content = child.find(_SDT_CONTENT)
            if content is not None:
                yield from _rows(content, depth + 1)
        elif child.tag in _AROUND:
            yield from _rows(child, depth + 1)


def _is_gone(properties: Element) -> bool:
    if properties.find(_DELETED) is not None or properties.find(f"{W}moveFrom") is not None:
        return True
    hidden = properties.find(f"{W}hidden")
    return hidden is not None and hidden.get(VAL) not in OFF


def _cells(row: Element, depth: int = 0) -> Iterator[Element]:
    """The cells of a row that are not deleted."""
    _check(depth)
    for child in row:
        if child.tag == _TC:
            properties = child.find(f"{W}tcPr")
            if properties is None or properties.find(f"{W}cellDel") is None:
                yield child
        elif child.tag == _SDT:
            content = child.find(_SDT_CONTENT)
            if content is not None:
                yield from _cells(content, depth + 1)
        elif child.tag in _AROUND:
            yield from _cells(child, depth + 1)


def _places(row: Element) -> list[_Placed]:
    """A row's cells with the grid columns they cover."""
    properties = row.find(f"{W}trPr")
    start = _count(of(properties, "gridBefore"), 0) if properties is not None else 0
    placed: list[_Placed] = []
    for cell in _cells(row):
        properties = cell.find(f"{W}tcPr")
        span = _count(of(properties, "gridSpan"), 1) if properties is not None else 1
        end = start + max(1, span)
        if properties is not None and placed and _merge(properties, "hMerge") == "continue":
            placed[-1].end = end
        else:
            placed.append(_Placed(start, end, cell, None if properties is None else _merge(properties, "vMerge")))
        start = end
    return placed


def _merge(properties: Element, kind: str) -> str | None:
    """A cell's merge mark: `restart`, `continue` or None."""
    mark = properties.find(f"{W}{kind}")
    if mark is None:
        return None
    return "restart" if mark.get(VAL) in ("restart", "rest") else "continue"


def _widths(node: Element) -> list[int]:
    """Widths of the grid's columns in twentieths of a point; 0 where they are not said."""
    columns = node.findall(f"{W}tblGrid/{W}gridCol")
    return [_count((column.get(f"{W}w") or "").partition(".")[0], 0, 1_000_000) for column in columns]


def _without_slivers(rows: list[list[_Placed]], widths: list[int]) -> list[list[_Placed]]:
    """Columns that come only of edges a hair apart go, where no cell consists of them."""
    slivers = {i for i, width in enumerate(widths) if 0 < width < SLIVER}
    if not slivers:
        return rows
    kept, count = [0], 0
    for i in range(max((cell.end for row in rows for cell in row), default=0)):
        count += i not in slivers
        kept.append(count)
    moved = [[_Placed(kept[c.start], kept[c.end], c.node, c.merge) for c in row] for row in rows]
    return moved if all(c.end > c.start for row in moved for c in row) else rows


def _is_layout(table: Element, rows: list[list[_Placed]]) -> bool:
    """A table whose cells hold a real table, or tables and most of its text, or a cell of prose."""
    inside = [inner for inner in table.iter(_TBL) if inner is not table]
    if any(map(_is_grid, inside)):
        return True
    if inside:
        around = [cell.node for row in rows for cell in row if next(cell.node.iter(_TBL), None) is not None]
        if 2 * sum(map(_length, around)) > _length(table):
            return True
    return len(rows) <= 2 and any(_length(cell.node) > PROSE_LENGTH for row in rows for cell in row)


def _is_grid(table: Element) -> bool:
    """Tell whether a table has three rows and somewhere three columns, which none has that only arranges a cell's text."""
    rows = table.findall(_TR)
    return len(rows) >= 3 and any(len(row.findall(_TC)) >= 3 for row in rows)


def _length(node: Element) -> int:
    """Characters of text, all branches counted: good enough to compare."""
    return sum(len(text.text) for text in node.iter(_TEXT) if text.text)


# ---------------------------------------------------------------- sizes


def _page_area(section: Element) -> float:
    """The page's area in square points; 0 where it is not said."""
    size = section.find(f"{W}pgSz")
    if size is None:
        return 0.0
    return _count(size.get(f"{W}w"), 0, 100_000) * _count(size.get(f"{W}h"), 0, 100_000) / 400


def _is_drawn(data: bytes) -> bool:
    """Tell whether a picture consists of drawing commands of Windows (EMF, WMF, packed or not), which nothing here draws."""
    return data[40:44] == b" EMF" or data[:4] in (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00") or data[:2] == b"\x1f\x8b"


def _is_behind(drawing: Element) -> bool:
    """Tell whether a drawing lies behind the text, as watermarks do."""
    return any(local(step.tag) == "anchor" and step.get("behindDoc") in ("1", "true") for step in drawing)


def _is_hidden(drawing: Element) -> bool:
    return any(
        local(step.tag) == "docPr" and step.get("hidden") in ("1", "true") for inner in drawing for step in inner
    )


def _area(drawing: Element) -> float:
    """Tell what a drawing covers in square points."""
    for step in drawing.iter():
        if local(step.tag) == "extent":
            sides = [_count(step.get(side), 0, _LARGEST) for side in ("cx", "cy")]
            return sides[0] * sides[1] / _EMU_PER_POINT**2
        if step.tag in (f"{_V}shape", f"{_V}rect"):
            sizes = {
                name.lower(): float(n) * _POINTS[unit.lower()] for name, n, unit in _SIZE.findall(step.get("style", ""))
            }
            return sizes.get("width", 0.0) * sizes.get("height", 0.0)
    return 0.0
