"""The texts that rules rest on: every source cites one that was read, or says what is still to be found."""

from __future__ import annotations

from collections import Counter

import pytest

from expectations.crosswalk import crosswalk, measures
from expectations.references import cited, is_open, pieces, reference, references, source_faults
from expectations.review import FILES, faults, lines


def test_every_measure_and_crosswalk_line_has_a_source_or_says_what_is_missing() -> None:
    assert list(faults()) == []
    assert [line for line in lines() if not line.source] == []
    found = Counter(line.file for line in lines())
    assert found["crosswalk.csv"] == len(crosswalk())
    assert found["measures.csv"] == sum(measure.derived for measure in measures().values())
    # What is counted rests on its lines of the crosswalk.
    assert {m.code for m in measures().values() if not m.derived} == {line.measure for line in crosswalk()}
    assert set(found) == set(FILES)


def test_a_piece_cites_the_text_that_it_names_at_most_length() -> None:
    (law, article) = (reference(f"国务院令第492号{end}") for end in (" 第三十八条", " 第三十二条"))
    assert law and article and (law.reading, article.reading) == ("quoted", "none")
    assert reference("our rule") is None


def test_a_source_of_several_pieces_is_taken_apart_in_both_languages() -> None:
    assert pieces("国务院令第711号 第五十六条；国办公开办函〔2019〕60号") == (
        "国务院令第711号 第五十六条",
        "国办公开办函〔2019〕60号",
    )
    assert [text.cited_as for text in cited(["国办函〔2020〕109号 第四条; 国务院令第711号 第四十二条"])] == [
        "国务院令第711号",
        "国办函〔2020〕109号",
    ]


@pytest.mark.parametrize(
    ("source", "waits"),
    [
        ("needs_source", True),
        ("国办发〔2014〕32号 附表 四; needs_source: where 驳回行政复议请求 goes", True),
        ("国办发〔2014〕32号 附表 四", False),
        # Only a piece that begins so says it.
        ("国办发〔2014〕32号 (once needs_source)", False),
    ],
)
def test_what_is_still_to_be_found_is_told_by_a_piece(source: str, waits: bool) -> None:
    assert is_open(source) is waits


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("行政诉讼法（2014年修正）第六十九条", "is no text that was read"),
        ("somebody said so", "begins with no text of references.csv"),
    ],
)
def test_a_source_that_nobody_read_is_refused(source: str, says: str) -> None:
    assert says in " ".join(source_faults(source))
    assert list(source_faults("行政诉讼法（2017年修正）第六十九条")) == []


def test_every_text_is_cited_somewhere() -> None:
    used = {text.cited_as for text in cited([line.source for line in lines()])}
    assert set(references()) - used == set()
