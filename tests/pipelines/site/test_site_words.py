"""Words and numbers of the site."""

import pytest

from expectations import vocabulary
from pipelines.site.wording import LANGUAGES, NOTHING, words


def test_both_languages_have_the_same_keys_and_the_same_gaps_to_fill() -> None:
    zh, en = (words(language).entries for language in LANGUAGES)
    assert zh.keys() == en.keys()
    gaps = {key: {part.partition("}")[0] for part in text.split("{")[1:]} for key, text in zh.items()}
    assert gaps == {key: {part.partition("}")[0] for part in text.split("{")[1:]} for key, text in en.items()}


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("level", vocabulary.LEVELS),
        ("scope", vocabulary.SCOPES),
        ("identity_from", vocabulary.IDENTITY_FROM),
        ("kind", vocabulary.BODY_KINDS),
        ("grade", vocabulary.GRADES),
        ("state", vocabulary.MEASURE_STATES),
        ("comparability", vocabulary.COMPARABILITIES),
        ("break", vocabulary.BREAKS),
        ("unranked", ("narrative", "too_few")),
        ("form", vocabulary.FORMS),
        ("table", vocabulary.FORM_TABLES),
        ("stage", vocabulary.STAGES),
        ("outcome", vocabulary.COMPARISON_OUTCOMES),
    ],
)
def test_every_code_of_the_dataset_has_a_word(group: str, codes: tuple[str, ...]) -> None:
    for language in LANGUAGES:
        assert [code for code in codes if f"{group}.{code}" not in words(language).entries] == []


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "件", NOTHING),
        (0.0, "件", "0"),
        (0.0, "share of 1", "0.0%"),
        (0.5586, "share of 1", "55.9%"),
        (1.0, "share of 1", "100.0%"),
        (14069.0, "件", "14,069"),
        (0.25, "per request", "0.25"),
        (117.866, "per 100,000 residents", "117.87"),
        (1000.0, "件", "1,000"),
    ],
)
def test_a_number_is_shown_as_it_is_read_and_null_is_no_zero(value: float | None, unit: str, shown: str) -> None:
    assert words("zh").value(value, unit) == shown == words("en").value(value, unit)


def test_a_share_is_read_with_its_cases_and_its_interval() -> None:
    row = {"numerator": 64.0, "denominator": 314.0, "interval_low": 0.16297, "interval_high": 0.25183}
    assert words("en").cases(row) == "64/314, 95%: 16.3%–25.2%"
    assert words("zh").cases({**row, "interval_low": None, "interval_high": None}) == ""


def test_a_sentence_needs_all_of_its_values() -> None:
    assert words("en")("home.newest", year=2025) == "What 2025 shows"
    with pytest.raises(KeyError):
        words("en")("home.newest", count=1)
