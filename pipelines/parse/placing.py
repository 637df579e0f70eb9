"""Tells which column of the form each number of a row stands in: the printed headers decide over where it stands.

Where all headers are known, they are believed, in whatever order. Where one is not, its place says what it is only if every
known header stands where the form has it and the unknown one leaves room for that. Else the column stays undecided: None is
better than a number under another applicant's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from pipelines.parse.contrary import says_another
from pipelines.parse.labels import Lexicon, annual_forms, key, similarity

#: How like a label an unknown header must be to stand for the column of its place.
LIKENESS = 50.0
#: A longer text above numbers is a sentence, and no header.
LONGEST_HEADER = 24


def placed(
    heads: Sequence[str], order: Sequence[str], lexicon: Lexicon, before: Sequence[str] | None = None
) -> list[str | None] | None:
    """The code of each column by its header, None where nothing decides it; None at all where no header is printed.

    `order` are the form's codes; with fewer or more headers than that, place says nothing. `before`: the headers left of
    the numbers, where they are known; of a head that is moved against its numbers, none may be
    known to be another than the form's first.
    """
    found = _placed(tuple(heads), tuple(order), lexicon, None if before is None else tuple(before))
    return list(found) if found is not None else None


@lru_cache(maxsize=4096)
def _placed(
    heads: tuple[str, ...], order: tuple[str, ...], lexicon: Lexicon, before: tuple[str, ...] | None
) -> list[str | None] | None:
    """The same, worked out once for all rows under the same headers."""
    texts = _headers(heads)
    codes = _distinct([lexicon.code(text) if text else None for text in texts])
    if not any(texts):
        return None
    if all(codes):
        return codes
    same_width = len(heads) == len(order)
    agree = same_width and all(code in (None, place) for code, place in zip(codes, order, strict=False))
    is_header_row = 2 * sum(code is not None for code in codes) >= len(codes)
    if agree:
        return _by_place(codes, texts, order, lexicon, is_header_row)
    if same_width and _is_moved(codes, texts, order, lexicon):
        # All moved alike: the head lacks the column of the labels. Else a cell of the head is lost, and nothing tells which.
        moved = {k - order.index(code) for k, code in enumerate(codes) if code}
        is_sure = len(moved) == 1 and _begins_the_form(before, -min(moved), order, lexicon)
        return list(order) if is_sure else [c if c == o else None for c, o in zip(codes, order, strict=True)]
    left = [code for code in order if code not in codes]
    open_ = [k for k, code in enumerate(codes) if code is None]
    if (
        same_width
        and len(left) == len(open_) == 1
        and texts[open_[0]]
        and _may_be(texts[open_[0]], left[0], lexicon, True)
    ):
        codes[open_[0]] = left[0]
    return codes


def _by_place(
    codes: Sequence[str | None], texts: Sequence[str], order: Sequence[str], lexicon: Lexicon, is_header_row: bool
) -> list[str | None]:
    """Known headers stand where the form has them: the others are those of their places, where they leave room for that.

    A blank header leaves room for every column. Where another header stays undecided, the two may have changed places.
    """
    decided = [
        code or (place if _may_be(text, place, lexicon, is_header_row) else None)
        for code, text, place in zip(codes, texts, order, strict=True)
    ]
    if all(decided) or not is_header_row:
        return decided
    return [found if text else None for found, text in zip(decided, texts, strict=True)]


def named(codes: Sequence[str | None]) -> list[str]:
    """Codes for facts: a column that nothing decides is the document's own."""
    return [code or f"unmapped.{k}" for k, code in enumerate(codes, 1)]


def _headers(heads: Sequence[str]) -> list[str]:
    """The headers without texts over several columns (法人或其他组织) and without sentences: they name no column."""
    plain = [key(head) for head in heads]
    return [
        head
        if 0 < len(plain[k]) <= LONGEST_HEADER and plain.count(plain[k]) == 1 and plain[k] not in _group_names()
        else ""
        for k, head in enumerate(heads)
    ]


@cache
def _group_names() -> frozenset[str]:
    tables = [table for form in annual_forms() for table in form.tables.values()]
    return frozenset(key(heading) for table in tables for heading in table.headings)


def _is_moved(codes: Sequence[str | None], texts: Sequence[str], order: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether the head is moved against the numbers: the known headers keep the form's order, but not its places.

    Between them are gaps (a piece of a header, 机构 on a line below 科研, is one, too), or several headers moved together.
    """
    places = [order.index(code) for code in codes if code in order]
    if places != sorted(places):
        return False
    gaps = [key(text) for code, text in zip(codes, texts, strict=True) if code is None]
    pieces = all(any(gap in spelling for spelling, _ in lexicon.spellings) for gap in gaps)
    moved = [k - order.index(code) for k, code in enumerate(codes) if code in order]
    return pieces or "" in gaps or any(moved.count(step) > 1 for step in moved if step)


def _begins_the_form(before: Sequence[str] | None, missing: int, order: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether the headers left of the numbers can be those of the form's first columns, which the moved head lacks.

    Pieces of headers say nothing (企业, on a line below 商业); a known one in another's place speaks against it.
    """
    if before is None or missing <= 0:
        return True
    left = zip(reversed(before), reversed(order[:missing]), strict=False)
    return all(lexicon.code(text) in (None, code) for text, code in left)


def _distinct(codes: Sequence[str | None]) -> list[str | None]:
    return [code if code is not None and codes.count(code) == 1 else None for code in codes]


def _may_be(text: str, code: str, lexicon: Lexicon, is_header_row: bool) -> bool:
    """Tell whether a header that is not known leaves room for a code: none is printed, or it is more like it than any other.

    In a row of headers that are mostly unknown, unlike words say nothing: a title stands above them.
    """
    bare = key(text)
    if any(bare in spelling for spelling, other in lexicon.spellings if other == code):
        return True  # nothing, or a piece of the header that stands on two lines: 自然 / 人
    scores: dict[str, float] = {}
    turned: dict[str, bool] = {}
    for spelling, other in lexicon.spellings:
        score = similarity(bare, spelling)
        if score > scores.get(other, -1.0):
            scores[other], turned[other] = score, says_another(bare, spelling)
    own = scores.get(code, 0.0)
    if any(turned[other] and score >= LIKENESS for other, score in scores.items()):
        return False
    return (own >= LIKENESS and own >= max(scores.values(), default=0.0)) or not is_header_row
