"""pdfium's functions that are called once an object or a character, on plain addresses.

pypdfium2 wraps each address in a pointer object, which costs more than the call itself. `address` gives the plain one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as c

_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int


def address(pointer: Any) -> int:
    """The address that a pointer of pypdfium2 holds; 0 for none."""
    return ctypes.cast(pointer, _ADDRESS).value or 0


def pointer(of: int) -> Any:
    """The pointer to a page object that pypdfium2's own functions take."""
    return ctypes.cast(of, c.FPDF_PAGEOBJECT)


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(function))


object_of_page = _plain(c.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
object_of_form = _plain(c.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
kind_of = _plain(c.FPDFPageObj_GetType, _INT, _ADDRESS)
render_mode = _plain(c.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)
object_of_character = _plain(c.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
clip_of = _plain(c.FPDFPageObj_GetClipPath, _ADDRESS, _ADDRESS)
clip_paths = _plain(c.FPDFClipPath_CountPaths, _INT, _ADDRESS)
set_active = _plain(c.FPDFPageObj_SetIsActive, _INT, _ADDRESS, _INT)
_bounds = _plain(c.FPDFPageObj_GetBounds, _INT, *[_ADDRESS] * 5)
_draw_mode = _plain(c.FPDFPath_GetDrawMode, _INT, *[_ADDRESS] * 3)
_fill = _plain(c.FPDFPageObj_GetFillColor, _INT, *[_ADDRESS] * 5)
_stroke = _plain(c.FPDFPageObj_GetStrokeColor, _INT, *[_ADDRESS] * 5)

loose_box = _plain(c.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
matrix_of_character = _plain(c.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS)
size_of_character = _plain(c.FPDFText_GetFontSize, ctypes.c_double, _ADDRESS, _INT)

#: Where pdfium puts the sides of a box, how a path is drawn, and the parts of a colour: made once, since a page has hundreds.
#: A view gives the numbers of such a place at once, which is many times faster than one by one.
_SIDES = (ctypes.c_float * 4)()
_sides = memoryview(_SIDES).cast("B").cast("f").tolist
_LEFT, _BOTTOM, _RIGHT, _TOP = (ctypes.addressof(_SIDES) + 4 * k for k in range(4))
_MODE = (ctypes.c_int * 2)()
_modes = memoryview(_MODE).cast("B").cast("i").tolist
_FILLED, _STROKED = (ctypes.addressof(_MODE) + 4 * k for k in range(2))
_COLOUR = ctypes.create_string_buffer(16)
_RED, _GREEN, _BLUE, _ALPHA = (ctypes.addressof(_COLOUR) + 4 * k for k in range(4))


def bounds(of: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of the box around an object, where pdfium knows one."""
    if not _bounds(of, _LEFT, _BOTTOM, _RIGHT, _TOP):
        return None
    left, bottom, right, top = _sides()
    return left, bottom, right, top


def draw_mode(of: int) -> tuple[int, int]:
    """Tell how a path is filled (0 not at all), and whether its outline is drawn."""
    _draw_mode(of, _FILLED, _STROKED)
    filled, stroked = _modes()
    return filled, stroked


def fill_colour(of: int) -> bytes:
    """The colour with which an object is filled, as `rgba` reads it."""
    _fill(of, _RED, _GREEN, _BLUE, _ALPHA)
    return _COLOUR.raw


def stroke_colour(of: int) -> bytes:
    """The colour with which an object's outline is drawn, as `rgba` reads it."""
    _stroke(of, _RED, _GREEN, _BLUE, _ALPHA)
    return _COLOUR.raw


def rgba(colour: bytes) -> tuple[int, int, int, int]:
    """Red, green, blue and how opaque, each 0-255."""
    red, green, blue, alpha = memoryview(colour).cast("I")
    return red, green, blue, alpha
