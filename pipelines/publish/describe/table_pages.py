"""The pages of the documentation about tables, written from the dictionary: `python -m pipelines.publish.describe.table_pages`.

`docs/tables/` gets one page a group of tables and an index. Belongs here: their Markdown. Does not belong here: any
meaning of a table or column (`expectations`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.publish.describe.dictionary import GROUPS, dictionary
from pipelines.workspace import PROJECT

FOLDER = PROJECT / "docs" / "tables"
_TITLES = {
    "comparison": "Comparison tables",
    "core": "Core tables",
    "report": "Tables of reports",
    "dictionary": "Dictionaries",
    "quality": "Quality tables",
    "changes": "Changes between releases",
}
_WARNING = "<!-- Written by `make docs-tables` from the contract in expectations/. Change it there. -->\n"


def pages() -> dict[str, str]:
    """The Markdown of each page by its file name, `index.md` among them."""
    tables = dictionary("")["tables"]
    of_group = {group: [table for table in tables if table["group"] == group] for group, _, _ in GROUPS}
    made = {f"{group}.md": _page(_title(group, zh), of_group[group]) for group, zh, _ in GROUPS}
    return {"index.md": _index(of_group), **made}


def write(folder: Path = FOLDER) -> None:
    """Write every page into a folder, and remove pages of groups that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _title(group: str, zh: str) -> str:
    return f"{_TITLES[group]} {zh}"


def _index(of_group: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    lines = [
        _WARNING,
        "# Tables 数据表\n",
        "**中文摘要** 本页列出数据集的全部表。每张表的每一列都有类型、单位、中文名称和说明。各页由契约自动生成。\n",
        "Every table of a release stands here with what one row is. A name leads to its columns.\n",
    ]
    for group, zh, _ in GROUPS:
        lines.append(f"## {_title(group, zh)}\n")
        lines.append("| table | 中文 | one row is |\n|---|---|---|")
        lines += [
            f"| [`{t['name']}`]({group}.md#{t['name']}) | {_cell(t['zh'])} | {_cell(t['grain'])} |"
            for t in of_group[group]
        ]
        lines.append("")
    return "\n".join(lines)


def _page(title: str, tables: Sequence[Mapping[str, Any]]) -> str:
    names = "、".join(table["zh"] for table in tables)
    summary = f"**中文摘要** 本页说明以下各表的列：{names}。每列给出类型、单位、中文名称、说明和可取的代码。\n"
    sections = [line for table in tables for line in _section(table)]
    return "\n".join([_WARNING, f"# {title}\n", summary, *sections])


def _section(table: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {table['name']}\n"
    yield f"**{table['zh']}**. {table['description']}\n"
    yield f"One row is {table['grain']}. Key: {', '.join(f'`{name}`' for name in table['key'])}.\n"
    yield "| column | 中文 | type | unit | meaning |\n|---|---|---|---|---|"
    yield from (_row(column) for column in table["columns"])
    yield ""
    yield from _codes(table["columns"])


def _row(column: Mapping[str, Any]) -> str:
    kind = column["type"] + (", or null" if column["nullable"] else "")
    cells = (f"`{column['name']}`", column["zh"], kind, column["unit"] or "", column["description"])
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _codes(columns: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The codes of closed lists, a line a column; a long list is named by the table that holds it."""
    for column in columns:
        if column["codes_of"]:
            yield f"- Codes of `{column['name']}`: those of the table `{column['codes_of']}`."
        elif column["codes"]:
            yield f"- Codes of `{column['name']}`: {'; '.join(_code(code) for code in column['codes'])}."
    yield ""


def _code(code: Mapping[str, str]) -> str:
    meaning = " ".join(part for part in (code["zh"], code["en"]) if part)
    return f"`{code['code']}` {meaning}".rstrip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
