"""Places to look at, for the screen and as JSON. Chinese stands beside English.

Belongs here: layout and wording. Does not belong here: finding and weighing places (`pipelines.ask.review`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from pipelines.ask.review import Item
from pipelines.cli.screen import STYLES

#: What each kind of place is called.
NAMES: Mapping[str, tuple[str, str]] = {
    "not_applied": ("correction not applied", "更正未生效"),
    "conflicting": ("two places differ", "两处不一致"),
    "contradicted": ("a sum fails", "勾稽关系不成立"),
    "unread": ("unread or illegible", "未能读出"),
    "low_confidence": ("recognised with low confidence", "识别置信度低"),
    "unmapped": ("row or column that no form knows", "未归入格式的行或列"),
    "identity": ("body or year in doubt", "机关或年度存疑"),
}


def summary(counts: Mapping[str, int], shown: int) -> Text:
    """How many places there are of each kind, and how many follow."""
    whole = sum(counts.values())
    if not whole:
        return Text("nothing to look at 没有需要复核的数据")
    parts = ", ".join(f"{count:,} {kind} {NAMES[kind][1]}" for kind, count in counts.items())
    return Text(
        f"{whole:,} places to look at 处需要复核: {parts}; the {shown:,} heaviest 按重要程度列出前 {shown:,} 处:"
    )


def item(one: Item, path: str, picture: str | None = None) -> RenderableType:
    """One place: why it is here, what is printed, where it stands, and the id that `--accept` takes."""
    english, chinese = NAMES[one.kind]
    style = STYLES.get(one.kind, "yellow")
    lines = [
        Text.assemble(
            (f"{one.kind} {chinese}", style), f" ({english})  weight 权重 {one.weight}  ", (one.body_name, "bold"),
            f" {one.report_year or ''} {one.level}",
        ),
        Text.assemble("  id 编号        ", (one.id, "bold")),
    ]  # fmt: skip
    lines += [Text(f"  {name:<13}{value}") for name, value in _facts(one, path, picture) if value]
    return Group(*lines)


def _facts(one: Item, path: str, picture: str | None) -> list[tuple[str, str]]:
    labels = " × ".join(label for label in (one.row_label, one.column_label) if label)
    printed = one.raw or ("" if one.kind in ("identity", "not_applied") else "(blank 空白)")
    sure = "" if one.confidence is None else f"  confidence 置信度 {one.confidence:.2f}"
    place = "" if one.grid_row is None else f", grid row 行 {one.grid_row}, column 列 {one.grid_column}"
    return [
        ("row, col 行列", labels),
        ("printed 原文", printed + sure),
        ("sentence 原句", one.sentence),
        ("why 理由", one.says),
        ("place 位置", f"{one.locator}{place}"),
        ("document 文件", ", ".join(filter(None, (one.file_name, one.source_url)))),
        ("bytes 原件", path),
        ("picture 图片", picture or ""),
    ]


def as_json(shown: Sequence[tuple[Item, str, str | None]]) -> str:
    """The places as a list of objects; `archived` is where the bytes lie, `picture` a PNG that was cut, or why there is none."""
    listed = [
        {**asdict(one), "kind_zh": NAMES[one.kind][1], "archived": path, "picture": picture}
        for one, path, picture in shown
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def written(path: Path, place: str, is_used: bool) -> Text:
    """Tell that a correction is in a register, and what comes next; `is_used` tells whether builds here read that register."""
    after = (
        "gongkai build applies it 重新构建后生效"
        if is_used
        else "builds here read it where GONGKAI_CORRECTIONS names it"
    )
    return Text(f"written 已登记: {place} → {path}; {after}")
