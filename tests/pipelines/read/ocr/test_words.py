from __future__ import annotations

from collections.abc import Sequence

import pytest

pytest.importorskip("cv2", reason="reading pictures needs the extra gongkai[ocr]")

from pipelines.read.document import UNREAD
from pipelines.read.ocr import words
from pipelines.read.ocr.engine import Word
from pipelines.read.ocr.raster import Grey, Pixels
from pipelines.read.ocr.text_pieces import Piece
from tests.pipelines.read.ocr.drawn import SCALE, Sheet

CELL = Pixels(0, 0, 100, 60)
INK = Pixels(20, 20, 60, 40)


class Engine:
    """Answers in order, as an engine that was asked twice would."""

    def __init__(self, *answers: Word) -> None:
        self.answers, self.asked = list(answers), 0

    def texts(self, images: Sequence[Grey]) -> list[Word]:
        self.asked += len(images)
        return [self.answers.pop(0) for _ in images]


def read(engine: Engine, spots: int = 2, cell: Pixels | None = CELL) -> list[tuple[str, float | None]]:
    drawn = Sheet(60, 30)
    drawn.words("88", 8, 8)
    piece = Piece(INK, INK, cell, spots)
    return [(g.text, g.confidence) for g in words.read(drawn.pixels, [piece], SCALE, engine.texts)]


def test_a_sure_reading_is_taken_as_it_is() -> None:
    engine = Engine(Word("88", 0.99))
    assert read(engine) == [("88", 0.99)]
    assert engine.asked == 1


def test_an_unsure_reading_of_a_cell_is_read_again_and_the_better_counts() -> None:
    assert read(Engine(Word("88", 0.7), Word("88", 0.98))) == [("88", 0.98)]
    assert read(Engine(Word("", 0.0), Word("88", 0.98))) == [("88", 0.98)]


def test_readings_that_differ_are_disputed_whichever_is_taken() -> None:
    assert read(Engine(Word("86", 0.7), Word("88", 0.98))) == [("88", 0.5)]
    assert read(Engine(Word("86", 0.94), Word("88", 0.6))) == [("86", 0.5)]


def test_digits_that_are_more_or_fewer_than_spots_of_ink_are_read_again() -> None:
    assert read(Engine(Word("8", 0.99), Word("88", 0.98))) == [("8", 0.5)]


def test_signs_that_are_printed_alike_are_no_dispute() -> None:
    assert read(Engine(Word("（一）公开", 0.9), Word("(一)公开", 0.8))) == [("（一）公开", 0.9)]
    assert read(Engine(Word("1.5", 0.9), Word("15", 0.8))) == [("1.5", 0.5)]


def test_ink_in_a_cell_that_says_nothing_is_never_blank() -> None:
    assert read(Engine(Word("", 0.0), Word("", 0.0))) == [(UNREAD, 0.0)]
    assert read(Engine(Word("7", 0.2), Word("7", 0.3))) == [(UNREAD, 0.0)]


def test_a_character_in_doubt_does_not_lose_the_words_around_it() -> None:
    assert read(Engine(Word("政府信息", 0.2)), cell=None) == [("政府信息", 0.2)]
    assert read(Engine(Word("r", 0.2)), cell=None) == []
