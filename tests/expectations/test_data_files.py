"""A mistake in any data file: one sentence with the file, the line and what is allowed there."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from expectations import (
    codes,
    corrections,
    crosswalk,
    every_file,
    forms,
    functions,
    governments,
    indicators,
    international,
    legal_breaks,
    peers,
    references,
    themes,
    traditional,
)
from expectations.data_files import DATA, DataFileError


def _indicators(path: Path) -> Any:
    original = indicators.INDICATORS_FILE
    caches = (indicators._content, indicators.groups, indicators.indicators)
    try:
        indicators.INDICATORS_FILE = path
        for made in caches:
            made.cache_clear()
        return indicators.indicators()
    finally:
        indicators.INDICATORS_FILE = original
        for made in caches:
            made.cache_clear()


#: How each file is read. Those that lie in a folder together are read with it.
READERS: dict[str, Callable[[Path], Any]] = {
    "codes.csv": codes.written,
    "corrections.csv": corrections.read,
    "measures.csv": crosswalk.measures,
    "crosswalk.csv": crosswalk.crosswalk,
    "governments.csv": lambda path: governments.governments(path.parent),
    "divisions_history.csv": lambda path: governments.former_divisions(path.parent),
    "aliases.csv": lambda path: governments.aliases(path.parent),
    "zones.csv": lambda path: governments.zones(path.parent),
    "traditional.csv": traditional.simplified,
    "population.csv": peers.population,
    "peer_groups.csv": peers.peer_groups,
    "legal_breaks.csv": legal_breaks.legal_breaks,
    "international_crosswalk.csv": international.concepts,
    "references.csv": references.references,
    "forms/form_2021.yaml": lambda path: forms.forms(path.parent),
    "functions.yaml": functions.functions,
    "problem_themes.yaml": themes.themes,
    "indicators.yaml": _indicators,
}


def broken(tmp_path: Path, file: str, old: str, new: str) -> tuple[str, str]:
    """What reading says of a copy in which `old` stands as `new`, and how its place begins."""
    for folder in (DATA, DATA / "forms"):
        for path in folder.glob("*.[cy]*"):
            copy = tmp_path / path.relative_to(DATA)
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(path, copy)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(DataFileError) as told:
        READERS[file](path)
    said = str(told.value)
    assert said.startswith(f"{path}: ")
    return said, f"line {line}: "


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("codes.csv", ",html,网页,Web page", ",html,,Web page", "zh is empty"),
        ("measures.csv", ",件,,yes,", ",件,,maybe,", "is_main is 'maybe'; it is yes or no"),
        ("crosswalk.csv", ",2014,", ",2015,", "form is '2015'; it is one of 2014, 2019, 2021, none"),
        ("crosswalk.csv", ",exact,", ",equal,", "'equal', which is none of exact, approximate, not_collected"),
        ("governments.csv", ",东城区,county", ",东城区,ward", "'ward'; it is one of province, prefecture, county"),
        ("divisions_history.csv", "2011,merged,310101", "2011,joined,310101", "it is one of renamed, moved, merged"),
        ("aliases.csv", "黔东南州,522600", "黔东南州,522700", "in the tree it is 黔南布依族苗族自治州"),
        ("zones.csv", "辽东湾新区,211100", "辽东湾新区,211199", "it is a code of governments.csv"),
        ("population.csv", "110000,北京市,2010,1", "110000,北京市,2010,x", "it is a whole number of residents"),
        ("peer_groups.csv", ",210100,", ",999999,", "no government '999999'"),
        ("legal_breaks.csv", "2024-01-01,break", "2024-01-01,stop", "kind is 'stop'; it is one of break, note"),
        ("legal_breaks.csv", "2015-05-01,", "2015-13-01,", "it is written 2024-01-01"),
        ("legal_breaks.csv", "note,lawsuits_upheld", "note,lawsuits_uphold", "no measure 'lawsuits_uphold'"),
        ("legal_breaks.csv", "note,group:documents", "note,group:papers", "'group:papers' names no group of measures"),
        ("legal_breaks.csv", "note,requests_un", "note,requests_other requests_un", "stands in another line of 2021-01-01"),
        ("international_crosswalk.csv", ",equal,", ",same,", "'same'; it is one of equal, near, none"),
        ("international_crosswalk.csv", ",requests_carried_in,", ",requests_carried,", "'requests_carried', which is no m"),
        ("international_crosswalk.csv", 'of No Records",yes', 'of No Records",no', "says otherwise"),
        ("legal_breaks.csv", "20号的目录,yes", "20号的目录,no", "stands in both"),
        ("references.csv", ",whole,", ",all,", "reading is 'all'; it is one of whole, part, quoted, none"),
        ("references.csv", "data.html,part,names", "data.html,whole,names", "it names the parts of a text read in part"),
        ("references.csv", "https://www.foia.gov/data.html", "www.foia.gov/data.html", "it begins with http:// or https://"),
        ("traditional.csv", "億,亿", "億,亿元", "simplified is '亿元', not one character"),
        ("forms/form_2021.yaml", "layout: matrix", "layout: grid", "layout is 'grid'; it is one of blocks, matrix, list"),
        ("functions.yaml", "fit: exact", "fit: good", "fit is 'good'; it is one of exact, approximate"),
        ("problem_themes.yaml", "code: awareness\n", "code: awarenesss\n", "code is 'awarenesss'; it is one of awareness, "),
        ("indicators.yaml", "tier: general", "tier: odd", "it is one of specific, general, fallback"),
        ("indicators.yaml", "unless: 申请", "unles: 申请", "has 'unles'; its keys are code, group"),
        ("indicators.yaml", "{disclose}", "{tell}", "{tell}; under words are account, disclose"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_its_line_and_what_is_allowed(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    said, place = broken(tmp_path, file, old, new)
    (sentence,) = [line.strip() for line in said.splitlines() if says in line]
    assert sentence.startswith(place)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("codes.csv", "column,code,zh,en", "column,code,zh", "lacks 'en'; it is to be column,code,zh,en"),
        ("measures.csv", "measure_group", "group", "lacks 'measure_group'; has besides 'group'"),
        ("crosswalk.csv", "comparability", "comparable", "lacks 'comparability'"),
        ("governments.csv", "parent_code", "parent", "lacks 'parent_code'"),
        ("divisions_history.csv", "valid_to", "until", "lacks 'valid_to'"),
        ("aliases.csv", "full_name", "name", "lacks 'full_name'; has twice 'name'"),
        ("zones.csv", "source", "origin", "lacks 'source'"),
        ("population.csv", "population", "people", "lacks 'population'"),
        ("peer_groups.csv", "group_zh", "zh", "lacks 'group_zh'"),
        ("legal_breaks.csv", "needs_source", "open", "lacks 'needs_source'"),
        ("international_crosswalk.csv", "uk_field", "uk_line", "lacks 'uk_field'"),
        ("references.csv", "address", "url", "lacks 'address'"),
        ("traditional.csv", "traditional,", "trad,", "lacks 'traditional'"),
        ("forms/form_2021.yaml", "source: 国办", "from: 国办", "the file lacks 'source'"),
        ("functions.yaml", "- code: price\n    zh: 物价", "- code: price", "functions 2 lacks 'zh'"),
        ("problem_themes.yaml", "    definition:", "    defined:", "themes 1 lacks 'definition'"),
        ("indicators.yaml", "  definition:", "  meaning:", "indicators 1 lacks 'definition'"),
    ],
)
def test_a_missing_column_or_key_is_told(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    said, _ = broken(tmp_path, file, old, new)
    (sentence,) = [line.strip() for line in said.splitlines() if says in line]
    assert sentence.startswith("line ")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        # The register of corrections holds no line yet: `test_corrections` breaks lines of it.
        *((name, ",", ',"', ) for name in READERS if name.endswith(".csv") and name != "corrections.csv"),
        *((name, ": ", ": [", ) for name in READERS if name.endswith(".yaml")),
    ],
)  # fmt: skip
def test_a_broken_file_is_told(tmp_path: Path, file: str, old: str, new: str) -> None:
    said, _ = broken(tmp_path, file, f"\n{_line_with(file, old)}", "\n" + _line_with(file, old).replace(old, new, 1))
    assert "1 problem" in said
    assert "no CSV from here on" in said or "no YAML from here on" in said or "fields; " in said


def _line_with(file: str, text: str) -> str:
    """A line behind the first that has a text, and is no comment."""
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()[1:]
    return next(line for line in lines if text in line and not line.startswith("#"))


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "functions.yaml"
    path.write_text(
        "functions:\n  - code: a\n    zh: 1\n    accountability: local\n    eras:\n      - {names: [甲乙], fit: good}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFileError) as told:
        functions.functions(path)
    assert told.value.problems == (
        "line 2: functions 1 lacks 'en'; it has the keys code, zh, en, accountability, eras"
        " and perhaps accountability_source, parents, tails",
        "line 3: zh is 1; it is a text, in quotes where it looks like a number",
        "line 6: fit is 'good'; it is one of exact, approximate",
    )


def test_a_file_that_is_not_there_or_not_utf_8_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="there is no such file"):
        themes.themes(tmp_path / "none.yaml")
    (tmp_path / "gbk.csv").write_bytes("column,code,zh,en\n,x,网页,W\n".encode("gbk"))
    with pytest.raises(DataFileError, match="is not UTF-8"):
        codes.written(tmp_path / "gbk.csv")


def test_the_error_comes_whole_out_of_a_worker() -> None:
    error = crosswalk.CrosswalkError("x.csv", ["line 2: a", "line 3: b"])
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy)) == (crosswalk.CrosswalkError, "x.csv: 2 problems\n  line 2: a\n  line 3: b")


def test_the_projects_own_files_have_no_mistake() -> None:
    every_file.read_all()
    # 31 provinces and 17 cities in 2020; the provinces and two cities in 2010.
    assert len(peers.population()) == 48 + 33
