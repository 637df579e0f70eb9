from pathlib import Path

import pytest
import yaml

from expectations.themes import THEMES_FILE, ThemeError, theme_groups, themes
from expectations.vocabulary import THEME_GROUPS, THEMES


def test_the_file_has_the_themes_of_the_vocabulary_in_its_order():
    assert tuple(themes()) == THEMES


def test_every_theme_but_the_fallback_is_told_by_words():
    assert [code for code, theme in themes().items() if not theme.terms] == ["other"]
    assert all(theme.zh and theme.en and theme.definition for theme in themes().values())


def test_the_groups_are_the_five_fields_of_the_form_and_none():
    # 国办公开办函〔2021〕30号 一（一）: 主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障.
    fields = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]
    assert [group.zh for group in theme_groups().values()] == [*fields, "未归入"]
    assert tuple(theme_groups()) == THEME_GROUPS
    assert {theme.group for theme in themes().values()} == set(THEME_GROUPS)
    assert [code for code, theme in themes().items() if theme.group == "no_field"] == ["other"]
    assert themes()["dispute_resolution"].group == themes()["request_handling"].group == "request_field"


@pytest.fixture
def changed(tmp_path: Path):
    def write(change) -> Path:
        raw = yaml.safe_load(THEMES_FILE.read_text(encoding="utf-8"))
        change(raw["themes"])
        path = tmp_path / "themes.yaml"
        path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda raw: raw.pop(), "not those of the vocabulary"),
        (lambda raw: raw.reverse(), "not those of the vocabulary"),
        (lambda raw: raw[0].update(code="attitude"), "code is 'attitude'; it is one of"),
        (lambda raw: raw[0].pop("definition"), "lacks 'definition'"),
        (lambda raw: raw[0].update(zh=""), "zh is ''"),
        (lambda raw: raw[0].pop("group"), "lacks 'group'"),
        (lambda raw: raw[0].update(group="everything"), "group is 'everything'; it is one of"),
        (lambda raw: raw[0]["terms"].update({"培训": 3}), "belongs to"),
        (lambda raw: raw[0]["terms"].update({"态度": 9}), "态度 is 9; it is a whole number from 1 to 5"),
        (lambda raw: raw[0]["terms"].update({"态度": True}), "态度 is True"),
        (lambda raw: raw[0]["terms"].update({"态 度": 1}), "spaces"),
        (lambda raw: raw[0].update(terms=["态度"]), "mapping"),
        (lambda raw: raw[0].update(terms={}), "every theme has terms"),
        (lambda raw: raw[-1].update(terms={"别的": 1}), "every theme has terms"),
    ],
)
def test_a_file_that_contradicts_itself_is_turned_away(changed, change, complaint):
    with pytest.raises(ThemeError, match=complaint):
        themes(changed(change))


def test_a_file_without_a_list_is_turned_away(tmp_path):
    path = tmp_path / "themes.yaml"
    path.write_text("other: {}", encoding="utf-8")
    with pytest.raises(ThemeError, match="line 1: the file lacks 'groups'"):
        themes(path)


def test_groups_that_are_not_those_of_the_vocabulary_are_turned_away(tmp_path):
    raw = yaml.safe_load(THEMES_FILE.read_text(encoding="utf-8"))
    raw["groups"].reverse()
    path = tmp_path / "themes.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ThemeError, match="not those of the vocabulary"):
        theme_groups(path)
