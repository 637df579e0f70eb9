"""The registers of governments agree with each other, and one that does not is turned away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from expectations.governments import (
    DATA,
    GovernmentError,
    aliases,
    former_divisions,
    governments,
    is_zone_code,
    zones,
)

FILES = ("governments.csv", "divisions_history.csv", "aliases.csv", "zones.csv")


def test_the_history_knows_the_reforms_of_these_years() -> None:
    known = {(f.name, f.change, f.valid_to, f.successor_code) for f in former_divisions()}
    assert known >= {
        ("南汇区", "merged", 2009, "310115"),
        ("崇文区", "merged", 2010, "110101"),
        ("宣武区", "merged", 2010, "110102"),
        ("襄樊市", "renamed", 2010, "420600"),
        ("卢湾区", "merged", 2011, "310101"),
        ("巢湖市", "abolished", 2011, None),
        ("闸北区", "merged", 2015, "310106"),
        ("莱芜市", "merged", 2019, "370100"),
        ("蓬莱市", "renamed", 2020, "370614"),
        ("江干区", "merged", 2021, "330102"),
    }
    assert len(former_divisions()) > 300


def test_what_goes_on_keeps_its_level_or_is_told() -> None:
    """A county can become a district or a city, never a prefecture: 铜仁市 became 碧江区, not the new 铜仁市."""
    for former in former_divisions():
        if former.goes_on and former.successor_code:
            assert governments()[former.successor_code].level == former.level, former.name


def test_every_autonomous_prefecture_has_a_short_name() -> None:
    named = {code for codes in aliases().values() for code in codes}
    assert {g.code for g in governments().values() if g.name.endswith("自治州")} <= named


def test_zones_and_districts_are_told_apart_by_their_codes() -> None:
    assert is_zone_code("130171")
    assert not any(map(is_zone_code, ("310115", "469027", "110101", "429005")))
    assert all(not is_zone_code(zone.parent_code) for zone in zones().values())


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("governments.csv", "110000,北京市,province,", "11000,北京市,province,", "no code of six digits"),
        ("governments.csv", "110101,东城区,county,", "110102,东城区,county,", "stands twice"),
        ("governments.csv", "110101,东城区,county,", "110101,东城区,ward,", "the level 'ward'"),
        ("governments.csv", "110101,东城区,county,110000", "110101,东城区,county,", "has no parent"),
        ("governments.csv", "110101,东城区,county,110000", "110101,东城区,county,119999", "no parent of"),
        ("governments.csv", "code,name,level", "code,name,rank", "lacks 'level'"),
        ("divisions_history.csv", "310103,卢湾区", "31010,卢湾区", "six digits"),
        ("divisions_history.csv", "310103,卢湾区,county", "310103,卢湾区,ward", "the level is"),
        ("divisions_history.csv", "卢湾区,county,310000,2011", "卢湾区,county,310000,1911", "the year is"),
        ("divisions_history.csv", "2011,merged,310101", "2011,joined,310101", "the change is"),
        ("divisions_history.csv", "2011,merged,310101", "2011,merged,", "has no successor"),
        ("divisions_history.csv", "310101,黄浦区", "310104,黄浦区", "the successor 310104 is 徐汇区"),
        ("divisions_history.csv", "310103,卢湾区", "310101,黄浦区", "still has it"),
        ("divisions_history.csv", "310103,卢湾区", "310119,卢湾区", "stands twice"),
        ("divisions_history.csv", "卢湾区,county,310000", "卢湾区,county,319900", "no parent of"),
        ("aliases.csv", "黔东南州,522600", "黔东南州,522700", "is not 黔东南"),
        ("zones.csv", "辽东湾新区,211100", "辽东湾新区,211199", "no government"),
        ("zones.csv", "两江新区,", "西咸新区,", "stands twice"),
    ],
)
def test_a_register_that_contradicts_itself_is_turned_away(
    tmp_path: Path, file: str, old: str, new: str, complaint: str
) -> None:
    for name in FILES:
        shutil.copy(DATA / name, tmp_path / name)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GovernmentError, match=complaint):
        for load in (governments, former_divisions, aliases, zones):
            load(tmp_path)
