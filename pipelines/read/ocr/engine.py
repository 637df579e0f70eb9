"""The OCR engine: rapidocr with the models in its wheel. Made once a process, silent, without a network."""

from __future__ import annotations

import multiprocessing
import os
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import cv2
import numpy as np

from pipelines.read.ocr.raster import Grey, Pixels, resized

#: Finding lines needs less than reading them: at this many pixels an inch it takes a tenth of the time of 200.
DETECTION_DPI = 110.0
#: Pictures recognised together; more wait for the longest of them.
BATCH = 6
#: More lines than any page has.
MOST_LINES = 3000


class Word(NamedTuple):
    """Holds what was read, and the probability of its least certain character (0-1); ("", 0.0) where nothing was."""

    text: str
    confidence: float


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": _threads(),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.max_candidates": MOST_LINES,
            "Rec.rec_batch_num": BATCH,
        }
    )


def _threads() -> int:
    """As many as OMP_NUM_THREADS says; else one in a worker, as workers share the processors already, or two."""
    if asked := os.environ.get("OMP_NUM_THREADS", ""):
        return int(asked)
    return 1 if multiprocessing.parent_process() is not None else min(2, os.cpu_count() or 1)


@cache
def _recogniser() -> Any:
    return _engine()._load_rec_model()


def boxes(image: Grey, dpi: float) -> list[Pixels]:
    """Tell where lines of text stand in a picture, roughly: their letters and a small margin around them."""
    factor = min(1.0, DETECTION_DPI / dpi)
    small = cv2.cvtColor(resized(image, factor), cv2.COLOR_GRAY2BGR)
    found = _engine()(small, use_det=True, use_cls=False, use_rec=False).boxes
    if found is None:
        return []
    height, width = image.shape
    listed = []
    for corners in np.asarray(found, dtype=float) / factor:
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        box = Pixels(max(0, int(x0)), max(0, int(y0)), min(width, int(x1) + 1), min(height, int(y1) + 1))
        if box.width > 0 and box.height > 0:
            listed.append(box)
    return listed


def texts(images: Sequence[Grey]) -> list[Word]:
    """Tell what each picture of one line says, literally."""
    from rapidocr.ch_ppocr_rec import TextRecInput

    if not images:
        return []
    coloured = [cv2.cvtColor(image, cv2.COLOR_GRAY2BGR) for image in images]
    read = _recogniser()(TextRecInput(img=coloured, return_word_box=True))
    found = []
    for text, info in zip(read.txts, read.word_results, strict=True):
        found.append(Word(text.strip(), _least_certain(text, info.confs) if text.strip() else 0.0))
    return found


def _least_certain(text: str, probabilities: Sequence[float]) -> float:
    """The lowest probability of a character. Beside words a comma of another width does not count; in a number it does."""
    has_words = any(unicodedata.category(c) == "Lo" for c in text)
    counted = [
        p for c, p in zip(text, probabilities, strict=False) if not has_words or unicodedata.category(c)[0] in "LN"
    ]
    return float(min(counted or probabilities))
