"""The pages of the documentation: what they name is there, and what is generated is current."""

from __future__ import annotations

import csv
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from assets.command import app
from pipelines.publish.describe import review_page, table_pages
from pipelines.workspace import PROJECT

DOCS = PROJECT / "docs"
PAGES = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
NAMES = [page.relative_to(PROJECT).as_posix() for page in PAGES]


def fenced(text: str, language: str) -> list[str]:
    """The lines of all fenced blocks of a language."""
    return [line for block in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


def prose(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def commands(text: str) -> list[list[str]]:
    """Every `gongkai …` of a page, of shell blocks and of inline code, as words without comments."""
    said = [*fenced(text, "sh"), *re.findall(r"`([^`\n]+)`", prose(text))]
    parts = [part.strip() for line in said for part in re.split(r"&&|\|(?![^\"']*[\"'])", line.partition("   #")[0])]
    calls = [part.removeprefix(".venv/bin/") for part in parts]
    return [shlex.split(call, comments=True) for call in calls if call.startswith("gongkai ")]


def problems(words: list[str]) -> list[str]:
    """What a command line names that there is not: a command, or an option of it."""
    command: Any = typer.main.get_command(app)
    rest = words[1:]
    # typer carries a click of its own: its groups are told by what they hold.
    while hasattr(command, "commands") and rest:
        found = command.commands.get(rest[0])
        if found is None:
            return [f"{' '.join(words)}: no command {rest[0]!r}"]
        command, rest = found, rest[1:]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    return [f"{' '.join(words)}: no option {word}" for word in rest if word.startswith("--") and word not in known]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the site makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = [
        re.sub(r"[^\w\s-]", "", heading.encode("ascii", "ignore").decode()).strip().lower() for heading in headings
    ]
    return {re.sub(r"[-\s]+", "-", heading) for heading in plain}


def test_the_readme_is_short_and_begins_with_the_two_commands() -> None:
    lines = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 150
    first = fenced("\n".join(lines), "sh")[:2]
    assert [line.split("#")[0].strip() for line in first] == ["make build", "make test"]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text(encoding="utf-8")))
    for link in links:
        if re.match(r"https?://", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_no_page_names_a_place_of_one_machine(page: Path) -> None:
    assert (
        re.findall(r"(?<![\w.…/:])/(?:work|home|root|tmp|Users|usr|opt|var)/", page.read_text(encoding="utf-8")) == []
    )


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_is_there_with_its_options(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [problem for words in commands(text) for problem in problems(words)] == []


def test_a_command_that_there_is_not_is_found() -> None:
    assert problems(["gongkai", "sources", "ad", "X"]) == ["gongkai sources ad X: no command 'ad'"]
    assert problems(["gongkai", "build", "--yaer", "2024"]) == ["gongkai build --yaer 2024: no option --yaer"]
    assert len([words for page in PAGES for words in commands(page.read_text(encoding="utf-8"))]) > 50


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_target_of_make_is_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    said = [*fenced(text, "sh"), *re.findall(r"`([^`\n]+)`", prose(text))]
    named = [word for line in said if line.startswith("make ") for word in line.partition("#")[0].split()[1:]]
    assert [word for word in named if "=" not in word and word not in targets] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    """Paths in inline code that begin with a folder of the repository; made ones of recipes stand in none."""
    made = re.compile(r"[<…*]|levels|2027|grades_by_level")
    roots = ("expectations", "pipelines", "assets", "dbt_like_sql", "data/", "tests", "benchmarks", "docs/")
    named = re.findall(r"`([\w/.-]+/[\w/.-]*)`", prose(page.read_text(encoding="utf-8")))
    paths = [name for name in named if name.startswith(roots) and not made.search(name)]
    inside_a_release = {"data/", "data/comparison_by_year/"}
    assert [path for path in paths if path not in inside_a_release and not (PROJECT / path).exists()] == []


def test_every_page_has_a_chinese_summary_and_a_place_in_the_navigation() -> None:
    config = (PROJECT / "zensical.toml").read_text(encoding="utf-8")
    tomllib.loads(config)
    for page in DOCS.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert "**中文摘要** " in text[:600], page
        assert f'"{page.relative_to(DOCS).as_posix()}"' in config, page


def test_the_pages_of_tables_are_those_of_the_contract() -> None:
    """Where this fails, `make docs-tables` writes them again."""
    written = {page.name: page.read_text(encoding="utf-8") for page in table_pages.FOLDER.glob("*.md")}
    assert written == table_pages.pages()


def test_the_page_on_sources_is_the_data_and_its_counts_are_right() -> None:
    """Where this fails, `make docs-tables` writes it again."""
    text = review_page.PAGE.read_text(encoding="utf-8")
    assert text == review_page.page()
    table = text.split("## Counts", 1)[1].split("##", 1)[0]
    counted = {
        name: [int(n) for n in rest]
        for name, *rest in re.findall(r"^\| `?([\w.]+)`?.* \| (\d+) \| (\d+) \| (\d+) \|$", table, re.M)
    }
    with (PROJECT / "data" / "crosswalk.csv").open(encoding="utf-8", newline="") as file:
        sources = [row["source"] for row in csv.DictReader(file)]
    waiting = sum("needs_source" in source for source in sources)
    assert counted["crosswalk.csv"] == [len(sources), len(sources) - waiting, waiting]
    assert counted["all"] == [
        sum(numbers) for numbers in zip(*(n for k, n in counted.items() if k != "all"), strict=True)
    ]


def test_an_example_line_of_a_data_file_has_its_columns() -> None:
    text = (DOCS / "contributing.md").read_text(encoding="utf-8")
    for name, start in (("measures", "lawsuit_rate,"), ("crosswalk", "leader_press_conferences,")):
        with (PROJECT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        lines = [line for line in fenced(text, "text") if line.startswith(start)]
        assert lines
        assert {len(row) for row in csv.reader(lines)} == {len(head)}


def test_the_floors_of_the_page_are_those_of_the_contract() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers")
    rows = re.findall(r"^\| \d+ \| (.+) \|$", (DOCS / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE)
    floors = [sorted(room.removeprefix("pipelines.") for room in layer.split(" | ")) for layer in layers]
    assert [sorted(re.findall(r"`(\w+)`", row)) for row in rows] == floors
