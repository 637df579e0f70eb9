"""One page of a PDF as pdfium sees it → `Page`: glyphs and ruling lines, upright, in points from the top left corner.

The only module that calls pdfium's C functions one by one. Belongs here: what a page draws. Does not belong here: what
it means (`pipelines.read.layout`). pdfium is not thread-safe: one thread a process.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import normalize

import pypdfium2 as pdfium
import pypdfium2.raw as c

from pipelines.read import painted
from pipelines.read import pdfium_calls as calls
from pipelines.read.document import UNREAD, Unreadable
from pipelines.read.layout import struck
from pipelines.read.layout.shapes import Glyph, Page, Rule

#: A drawn shape no thicker than this, in points, is a ruling line.
THIN = 3.0
#: The shortest ruling line, in points; dots of a dotted line are longer together than alone.
SHORT = 0.5
#: No shorter line strikes a character, in points.
SHORTEST_STRIKE = 2.0
#: More characters or drawn objects than any page of a report has.
MAX_CHARACTERS = 100_000
MAX_OBJECTS = 100_000
#: A line, or a cross of two, has no more points.
LONGEST_CROSS = 4
#: The part of a page's height, at its top and at its foot, in which what is drawn is often cut off.
MARGIN = 0.15
#: Form XObjects in form XObjects: none nests deeper.
MAX_DEPTH = 8
#: The direction of text may be off a right angle by this, in degrees; text that is more so is a watermark.
UPRIGHT = 8.0
_Matrix = tuple[float, float, float, float, float, float]
#: Left, bottom, right, top.
Box = tuple[float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: Where pdfium puts a point: made once, since a page has hundreds.
_FLOATS = tuple(ctypes.c_float() for _ in range(2))


@dataclass(slots=True)
class Drawn:
    """A page, how many of its characters have no known meaning, and the boxes of its pictures in points.

    `hidden`: the text is not drawn but lies under a picture, as scanners leave what they read themselves.
    """

    page: Page
    unknown: int = 0
    pictures: list[Picture] = field(default_factory=list)
    hidden: bool = False


class Picture(NamedTuple):
    """Says where a picture stands on the upright page, in points from the top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        """In square points."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)


@dataclass(slots=True)
class _Shapes:
    """Ruling lines and pictures in the page's own coordinates: (at, start, end), bottom left origin.

    `low` and `high`: what reaches lower or higher may be cut off there, and is looked at more closely. `slanted`: lines
    from point to point. `thin`: the paths that are ruling lines, by their place, to be asked for their colour.
    """

    low: float = -math.inf
    high: float = math.inf
    horizontal: list[tuple[float, float, float]] = field(default_factory=list)
    vertical: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    slanted: list[tuple[float, float, float, float]] = field(default_factory=list)
    thin: dict[tuple[float, float, float], int] = field(default_factory=dict)
    painting: painted.Painting = field(default_factory=painted.Painting)
    objects: int = 0


def draw(page: pdfium.PdfPage, number: int, marked: Sequence[Box] = (), layered: bool = False) -> Drawn:
    """Everything on a page but what is `marked` as struck (`struck_by_notes`). Text of a `layered` file may be hidden.

    Raises `Unreadable` for a page with more on it than any report has.
    """
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    shapes = _Shapes(bottom + MARGIN * height, top - MARGIN * height)
    count = c.FPDFPage_CountObjects(page.raw)
    _walk(calls.address(page.raw), count, calls.object_of_page, _IDENTITY, shapes, 0, layered)
    shapes.painting.settle(left, top)
    glyphs, unknown = _glyphs(page, left, top, width, height, shapes.painting)
    drawn = Page(number, width, height, glyphs)
    _add_rules(drawn, shapes, left, top)
    drawn.glyphs = struck.outside(
        drawn.glyphs, [(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in marked]
    )
    pictures = [Picture(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in shapes.pictures]
    for _ in range((page.get_rotation() // 90 + _turns_of_text(glyphs, page.get_rotation())) % 4):
        pictures = [Picture(drawn.height - p.y1, p.x0, drawn.height - p.y0, p.x1) for p in pictures]
        _turn(drawn)
    unpainted, texts = len(shapes.painting.unpainted), len(shapes.painting.texts)
    return Drawn(drawn, unknown, pictures, hidden=bool(pictures) and 2 * unpainted > texts)


def struck_by_notes(page: pdfium.PdfPage) -> list[Box]:
    """The boxes that notes on a page strike out, in its own coordinates. A viewer draws their lines, the page does not."""
    found: list[Box] = []
    quad = c.FS_QUADPOINTSF()
    for i in range(c.FPDFPage_GetAnnotCount(page.raw)):
        note = c.FPDFPage_GetAnnot(page.raw, i)
        if not note:
            continue
        is_seen = not c.FPDFAnnot_GetFlags(note) & (c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW)
        if c.FPDFAnnot_GetSubtype(note) == c.FPDF_ANNOT_STRIKEOUT and is_seen:
            for k in range(min(c.FPDFAnnot_CountAttachmentPoints(note), MAX_OBJECTS)):
                if c.FPDFAnnot_GetAttachmentPoints(note, k, quad):
                    xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                    found.append((min(xs), min(ys), max(xs), max(ys)))
        c.FPDFPage_CloseAnnot(note)
    return found


def _add_rules(page: Page, shapes: _Shapes, left: float, top: float) -> None:
    """Put the ruling lines on a page that is not turned yet; what a line strikes goes, and so does that line."""
    flat = {one: Rule(top - one[0], one[1] - left, one[2] - left) for one in shapes.horizontal}
    upright = {one: Rule(one[0] - left, top - one[2], top - one[1]) for one in shapes.vertical}
    lines = [[rule for rule in rules.values() if rule.end - rule.start > SHORTEST_STRIKE] for rules in (flat, upright)]
    drawn = {rule: shapes.thin[one] for rules in (flat, upright) for one, rule in rules.items() if one in shapes.thin}
    slanted = [(x0 - left, top - y0, x1 - left, top - y1) for x0, y0, x1, y1 in shapes.slanted]
    page.glyphs, strikes = struck.strike(
        page.glyphs, lines[0], lines[1], slanted, lambda rule: rule not in drawn or not _is_pale(drawn[rule])
    )
    page.horizontal = [rule for one in shapes.horizontal if (rule := flat[one]) not in strikes]
    page.vertical = [rule for one in shapes.vertical if (rule := upright[one]) not in strikes]


# --- text


def _glyphs(
    page: pdfium.PdfPage, left: float, top: float, width: float, height: float, painting: painted.Painting
) -> tuple[list[Glyph], int]:
    """The characters of a page that are seen and text of it, and how many have no known meaning.

    Type 3 fonts (PDFs printed by browsers): pdfium's boxes are wrong for them, its matrix is right.
    """
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_CHARACTERS:
            raise Unreadable("too_complex", f"page {page.get_label() or '?'} has {count:,} characters")
        sources = painted.Sources(left, top)
        glyphs, unknown = _characters(textpage.raw, count, left, top, width, height, sources)
        if painting.is_in_doubt:
            glyphs = painted.seen(page, textpage.raw, glyphs, sources, painting)
        return glyphs, unknown
    finally:
        textpage.close()


def _characters(
    raw: Any, count: int, left: float, top: float, width: float, height: float, sources: painted.Sources
) -> tuple[list[Glyph], int]:
    """One pass over the characters; the calls into pdfium are what reading a PDF spends its time on.

    The matrix says where a text object starts. Where the box of its first character is far from there (Type 3 fonts
    of some browsers), the boxes of the whole object are off by as much. `sources` takes where each one is from.
    """
    textpage = calls.address(raw)
    places = (ctypes.c_float * 10)()  # left, top, right, bottom of the box; a to f of the matrix
    to_box, to_matrix = ctypes.addressof(places), ctypes.addressof(places) + 16
    placed: Callable[[], list[float]] = memoryview(places).cast("B").cast("f").tolist  # type: ignore[assignment]
    unicode_of, box_of = c.FPDFText_GetUnicode, calls.loose_box
    matrix_of, size_of = calls.matrix_of_character, calls.size_of_character
    glyphs: list[Glyph] = []
    unknown = 0
    texts = _text(raw, count)
    start = (0.0, 0.0)
    dx = dy = 0.0
    numbers, new = sources.numbers, tuple.__new__
    for i in range(count):
        code = ord(texts[i]) if texts else unicode_of(raw, i)
        if code in _LINE_ENDS:
            continue
        box_of(textpage, i, to_box)
        matrix_of(textpage, i, to_matrix)
        x0, y1, x1, y0, ma, mb, mc, md, me, mf = placed()
        begin = me, mf
        angle = 0 if mb == 0.0 and ma > 0.0 else _angle(ma, mb)
        size = size_of(textpage, i) * (abs(md) if mc == 0.0 else math.hypot(mc, md))
        if not 0.0 < y1 - y0 < 2 * size:
            x0, y0, x1, y1 = _other_box(raw, i, begin, size)
        if begin not in (start, _GENERATED):
            start = begin
            near = x0 - size < begin[0] < x1 + size and y0 - size < begin[1] < y1 + size
            dx, dy = (0.0, 0.0) if near else (begin[0] - x0, begin[1] - 0.2 * size - y0)
        if angle is None:
            continue
        if code in _DOUBTFUL or code >= 0xD800:
            code = _seen(raw, i, code, size, angle) if begin != _GENERATED else 0
            if not code:
                continue
            unknown += code == _UNREAD
        x0, x1, y0, y1 = x0 + dx - left, x1 + dx - left, top - dy - y1, top - dy - y0
        if x1 < 0.0 or x0 > width or y1 < 0.0 or y0 > height:
            continue
        text = normalize("NFKC", chr(code)) if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF else chr(code)
        glyphs.append(new(Glyph, (text, x0, y0, x1, y1, size, None, angle)))
        numbers.append(i)
        if dx or dy:
            sources.moved[i] = dx, dy
    return glyphs, unknown


#: Where a text object starts that pdfium made itself, as the spaces between words that the PDF lacks.
_GENERATED = (0.0, 0.0)


def _text(raw: Any, count: int) -> str:
    """All characters in one call; "" where some have no code or need two, so that places would not match."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if c.FPDFText_GetText(raw, 0, count, buffer) != count + 1:
        return ""
    text = bytes(buffer)[:-2].decode("utf-16-le", errors="surrogatepass")
    return text if len(text) == count else ""


_LINE_ENDS = frozenset([10, 13])
_UNREAD = ord(UNREAD)
#: White space of all kinds, and codes without a shape. A broken font can draw a digit under any of them.
_DOUBTFUL = frozenset(
    code
    for start, end in (
        (0, 0x20),
        (0x7F, 0xA0),
        (0xAD, 0xAD),
        (0x1680, 0x1680),
        (0x2000, 0x200F),
        (0x2028, 0x202F),
        (0x205F, 0x206F),
        (0x3000, 0x3000),
    )
    for code in range(start, end + 1)
)
#: A drawn sign is higher than this part of its font's height, and higher than that if it is no hyphen.
_INK = 0.05
_DASH = 0.3


def _seen(raw: Any, i: int, code: int, size: float, angle: int) -> int:
    """The code of a character that has no shape by its code, or no meaning; 0 for one that is not drawn.

    What is drawn and cannot be told is `UNREAD`: to leave it out would make another number of the rest.
    """
    if code >= 0xF900 and not (code >= 0xF0000 or code in (0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF)):
        return code
    x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
    c.FPDFText_GetCharBox(raw, i, x0, x1, y0, y1)
    height = y1.value - y0.value if angle % 180 == 0 else x1.value - x0.value
    if height <= _INK * size and code != _HYPHEN:
        return 0
    return ord("-") if code in _HYPHENS and height < _DASH * size else _UNREAD


#: pdfium's code for a hyphen at the end of a line; and the soft hyphen, which many fonts have for the hard one.
_HYPHEN = 2
_HYPHENS = frozenset([_HYPHEN, 0xAD])


def _other_box(raw: Any, i: int, begin: tuple[float, float], size: float) -> tuple[float, float, float, float]:
    """A character's box where the usual one is no size for a character, as in vertical fonts."""
    x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
    if c.FPDFText_GetCharBox(raw, i, x0, x1, y0, y1) and y1.value - y0.value < 2 * size:
        middle, height, half = (x0.value + x1.value) / 2, (y0.value + y1.value) / 2, size / 2
        return middle - half, height - half, middle + half, height + half
    x, y = begin
    return x, y - 0.2 * size, x + 0.5 * size, y + 0.8 * size


def _angle(a: float, b: float) -> int | None:
    """The direction in which text runs: 0, 90, 180 or 270 degrees; None for one in between."""
    degrees = math.degrees(math.atan2(b, a)) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= UPRIGHT else None


def _turns_of_text(glyphs: list[Glyph], rotation: int) -> int:
    """Quarter turns with the clock that set a page upright whose text lies on its side (beyond its own rotation)."""
    if not glyphs:
        return 0
    angles = Counter((glyph.angle - rotation) % 360 for glyph in glyphs)
    angle, count = angles.most_common(1)[0]
    return angle // 90 if count > 0.8 * len(glyphs) else 0


def _turn(page: Page) -> None:
    """Turn a page by a quarter with the clock."""
    height = page.height
    page.glyphs = [
        g._replace(x0=height - g.y1, y0=g.x0, x1=height - g.y0, y1=g.x1, angle=(g.angle - 90) % 360)
        for g in page.glyphs
    ]
    flat = [Rule(rule.at, height - rule.end, height - rule.start) for rule in page.vertical]
    page.vertical = [Rule(height - rule.at, rule.start, rule.end) for rule in page.horizontal]
    page.horizontal = flat
    page.width, page.height = page.height, page.width


# --- shapes


def _walk(
    container: int, number: int, get: Callable[[int, int], int], outer: _Matrix, to: _Shapes, depth: int, is_faint: bool
) -> None:
    """Collect what a page or a form XObject on it draws; of one that `is_faint`, text may be unseen."""
    to.objects += max(number, 0)
    if to.objects > MAX_OBJECTS:
        raise Unreadable("too_complex", f"a page draws over {MAX_OBJECTS:,} objects")
    texts = to.painting.texts
    addresses = [get(container, i) for i in range(number)]
    for address, kind in zip(addresses, map(calls.kind_of, addresses), strict=True):
        if kind == c.FPDF_PAGEOBJ_TEXT:
            texts.append(address)
            if is_faint:
                to.painting.faint.add(address)
        elif kind == c.FPDF_PAGEOBJ_PATH:
            _path(address, outer, to)
        elif kind == c.FPDF_PAGEOBJ_IMAGE:
            _picture(address, outer, to)
        elif kind == c.FPDF_PAGEOBJ_SHADING:
            _shading(address, outer, to)
        elif kind == c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            form = calls.pointer(address)
            inner = _times(_matrix(form), outer)
            cut = is_faint or c.FPDFPageObj_HasTransparency(form) or calls.clip_paths(calls.clip_of(address)) > 0
            count = c.FPDFFormObj_CountObjects(form)
            _walk(address, count, calls.object_of_form, inner, to, depth + 1, bool(cut))


def _matrix(shape: Any) -> _Matrix:
    m = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(shape, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _at(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _bounds(address: int, outer: _Matrix) -> Box | None:
    """The box around a shape."""
    box = calls.bounds(address)
    if box is None:
        return None
    x0, y0, x1, y1 = box
    if outer is _IDENTITY:
        return box
    corners = [_at(outer, x, y) for x in (x0, x1) for y in (y0, y1)]
    return (
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )


def _visible(address: int, outer: _Matrix, to: _Shapes) -> Box | None:
    """The box around what is to be seen of a shape; None for nothing.

    Browsers draw the rows that a page break cuts in full on both pages, down to where the page would end without its
    margins and up to where it would begin, and cut off what is too much.
    """
    box = _bounds(address, outer)
    if box is None or (box[1] > to.low and box[3] < to.high):
        return box
    x0, y0, x1, y1 = box
    path = c.FPDFPageObj_GetClipPath(calls.pointer(address))
    for k in range(c.FPDFClipPath_CountPaths(path) if path else 0):
        points = [
            _at(outer, *_point(c.FPDFClipPath_GetPathSegment(path, k, n)))
            for n in range(min(c.FPDFClipPath_CountPathSegments(path, k), MAX_OBJECTS))
        ]
        if points:
            x0, x1 = max(x0, min(x for x, _ in points)), min(x1, max(x for x, _ in points))
            y0, y1 = max(y0, min(y for _, y in points)), min(y1, max(y for _, y in points))
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def _point(segment: Any) -> tuple[float, float]:
    """Tell where a segment of a path ends."""
    x, y = _FLOATS
    c.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _picture(address: int, outer: _Matrix, to: _Shapes) -> None:
    """A picture; one that is as thin as a line serves as one."""
    box = _visible(address, outer, to)
    if box is not None and not _thin(box, to):
        to.pictures.append(box)
        to.painting.area(box, None)


def _shading(address: int, outer: _Matrix, to: _Shapes) -> None:
    """An area whose colour goes over into another."""
    box = _bounds(address, outer)
    if box is not None:
        to.painting.area(box, None)


def _thin(box: Box, to: _Shapes) -> bool:
    x0, y0, x1, y1 = box
    if y1 - y0 <= THIN and x1 - x0 > max(SHORT, 2 * (y1 - y0)):
        to.horizontal.append(((y0 + y1) / 2, x0, x1))
    elif x1 - x0 <= THIN and y1 - y0 > max(SHORT, 2 * (x1 - x0)):
        to.vertical.append(((x0 + x1) / 2, y0, y1))
    else:
        return x1 - x0 <= THIN and y1 - y0 <= THIN
    return True


def _path(address: int, outer: _Matrix, to: _Shapes) -> None:
    """A drawn path: a thin one is a ruling line; of a larger one that is stroked, its straight sides are."""
    box = _visible(address, outer, to)
    if box is None:
        return
    flat, upright = len(to.horizontal), len(to.vertical)
    if _thin(box, to):
        if len(to.horizontal) > flat:
            to.thin[to.horizontal[-1]] = address
        elif len(to.vertical) > upright:
            to.thin[to.vertical[-1]] = address
        return
    fill, stroke = calls.draw_mode(address)
    shape = calls.pointer(address)
    count = c.FPDFPath_CountSegments(shape)
    if fill or (stroke and _is_thick(shape)):
        to.painting.area(box, calls.fill_colour(address) if fill else calls.stroke_colour(address))
    if not stroke and (not fill or count <= 5):
        return  # a filled area, as of a cell's background
    matrix = _times(_matrix(shape), outer)
    is_line = count <= LONGEST_CROSS and not _is_curved(shape, count)
    for points in _outlines(shape, matrix):
        if stroke:
            _sides(points, box, to)
            to.slanted += [(*a, *b) for a, b in pairwise(points) if is_line and _is_slanted(a, b)]
        else:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            _thin((min(xs), min(ys), max(xs), max(ys)), to)


def _is_pale(address: int) -> bool:
    """Tell whether a ruling line is nearly white, as a background between two rows."""
    fill, _ = calls.draw_mode(address)
    return painted.is_pale(calls.fill_colour(address) if fill else calls.stroke_colour(address))


def _is_thick(shape: Any) -> bool:
    """Tell whether a line is so thick that it covers what is under it."""
    width = _FLOATS[0]
    return bool(c.FPDFPageObj_GetStrokeWidth(shape, width)) and width.value > THIN


def _is_curved(shape: Any, count: int) -> bool:
    kinds = (c.FPDFPathSegment_GetType(c.FPDFPath_GetPathSegment(shape, k)) for k in range(count))
    return any(kind == c.FPDF_SEGMENT_BEZIERTO for kind in kinds)


def _is_slanted(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) > 1 and abs(a[1] - b[1]) > 1


def _outlines(shape: Any, matrix: _Matrix) -> list[list[tuple[float, float]]]:
    """The parts of a path, each a list of points."""
    parts: list[list[tuple[float, float]]] = []
    count = c.FPDFPath_CountSegments(shape)
    if count > MAX_OBJECTS:
        raise Unreadable("too_complex", f"a page draws a path of {count:,} segments")
    for k in range(count):
        segment = c.FPDFPath_GetPathSegment(shape, k)
        if not parts or c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO:
            parts.append([])
        parts[-1].append(_at(matrix, *_point(segment)))
        if c.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    return parts


def _sides(points: list[tuple[float, float]], box: Box, to: _Shapes) -> None:
    """The straight sides of an outline, as far as they are to be seen: in the box, give or take a point."""
    left, bottom, right, top = box
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) <= 1 and abs(y0 - y1) > SHORT:
            low, high = max(min(y0, y1), bottom), min(max(y0, y1), top)
            if low < high and left - 1 <= x0 <= right + 1:
                to.vertical.append(((x0 + x1) / 2, low, high))
        elif abs(y0 - y1) <= 1 and abs(x0 - x1) > SHORT:
            start, end = max(min(x0, x1), left), min(max(x0, x1), right)
            if start < end and bottom - 1 <= y0 <= top + 1:
                to.horizontal.append(((y0 + y1) / 2, start, end))
