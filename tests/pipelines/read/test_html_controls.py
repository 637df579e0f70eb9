"""Fields of a form and pictures in cells: what a person reads there is read, or said to be unread."""

from __future__ import annotations

from pipelines.read.document import UNREAD
from pipelines.read.html import read
from tests.made.cases import folded

PROSE = "本机关认真贯彻落实条例，主动公开政府信息。" * 4


def cell(inner: str) -> str:
    """The text of a number's cell, which holds `inner`."""
    rows = f"<tr><td>行政许可</td><td>{inner}</td></tr><tr><td>行政处罚</td><td>8</td></tr>"
    (table,) = read(f"<p>{PROSE}</p><table>{rows}</table>".encode()).tables
    found = table.grid[0][1]
    assert found is not None
    return found.text


@folded(
    "field",
    [
        '<input type="text" value="605" readonly>',
        "<input value=605>",
        '<input type="NUMBER" value=" 605 ">',
        "<select><option>170</option><option selected>605</option></select>",
        "<select><option>605</option><option>170</option></select>",
        "<textarea>605</textarea>",
        "<p><span><input value='605'></span></p>",
    ],
)
def test_a_field_shows_its_number(field: str) -> None:
    assert cell(field) == "605"


def test_a_unit_may_stand_behind_a_field() -> None:
    assert cell('<input value="605">件') == "605件"


@folded(
    "field",
    [
        '<input type="hidden" value="605">',
        '<input type="submit" value="5">',
        '<input type="checkbox" value="1">',
        '<input value="请输入关键字">',
        "<select><option>友情链接</option></select>",
        '<input value="605" style="display:none">',
        '<input value="">',
    ],
)
def test_a_field_that_shows_no_number_is_blank(field: str) -> None:
    assert cell(field) == ""


@folded("picture", ['<img src="8.png" alt="8">', "<p><img src=a.jpg width=40></p>"])
def test_a_picture_in_a_cell_is_unread(picture: str) -> None:
    assert cell(picture) == UNREAD


@folded(
    "picture",
    ["<img src=/images/spacer.gif>", "<img src=x.gif width=1 height=1>", "<img src=x.png style='display:none'>"],
)
def test_a_picture_that_shows_nothing_leaves_the_cell_blank(picture: str) -> None:
    assert cell(picture) == ""


def test_a_picture_beside_a_number_says_nothing_of_it() -> None:
    assert cell("605<img src=icon.png>") == "605"
