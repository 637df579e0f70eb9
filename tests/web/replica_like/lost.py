"""Lists that are not where the register has them: of an old year, under another name, moved, dead."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.replica_like.folders import SPELLINGS, YEARS
from tests.web.replica_like.frame import Kind, Made, lines
from tests.web.situations.situation import Answer, Row

COLUMN = "/gk/zfxxgknb/"


def _old_year(*, has_group: bool) -> Callable[[Made], None]:
    """The register has the folder of 2023, or a group of it; the newest report is in that of 2025."""

    def make(made: Made) -> None:
        body = f"{made.county}教育局"
        spelling = made.rng.choice(SPELLINGS[:-1])
        folders = {year: f"{COLUMN}{spelling(year)}/" for year in YEARS}
        for year, path in folders.items():
            inner = f"{path}bm{year}/" if has_group else path
            made.page(inner, f"{year}年", lines(made.reports(inner, body, [year])))
            if has_group:
                made.page(path, f"{year}年", f'<ul><li><a href="{inner}">县政府部门</a></li></ul>')
        links = "".join(f'<li><a href="{path}">{year}年</a></li>' for year, path in folders.items())
        made.page(COLUMN, "政府信息公开年报", f"<ul>{links}</ul>")
        made.rows.append(Row(folders[2023] + ("bm2023/" if has_group else ""), body, made.place.name))

    return make


def _other_name(made: Made) -> None:
    """The folder is closed or missing; the list has a file's name."""
    folder, name = made.rng.choice(
        (("/hebwcs/c111341/", "list.shtml"), (COLUMN, "index.shtml"), (COLUMN, "index.html"), (COLUMN, "list.shtml"))
    )
    body = f"{made.county}人民政府"
    made.page(folder + name, "政府信息公开年报", lines(made.reports(folder, body)))
    if made.rng.random() < 0.5:
        made.answers[folder] = Answer(b"<h1>403 Forbidden</h1>", 403)
    made.rows.append(Row(folder, body, made.place.name))


def _moved(made: Made) -> None:
    """The list redirects to a new place."""
    body, new = f"{made.county}人民政府", "/zwgk/nb/"
    made.page(new, "政府信息公开年报", lines(made.reports(new, body)))
    made.answers[COLUMN] = Answer(b"", 301, headers={"Location": new})
    made.rows.append(Row(COLUMN, body, made.place.name))


def _by_breadcrumb(*, only_year: bool) -> Callable[[Made], None]:
    """The list is gone; a report of an old year, which the register has, names the column in its breadcrumb."""

    def make(made: Made) -> None:
        body, new = f"{made.county}人民政府", f"/xxgk/nb{made.rng.randrange(2, 9)}/list.html"
        entries = made.reports("/xxgk/nb/", body, YEARS)
        made.page(new, "政府信息公开年报", lines(entries))
        crumb = f'<div class="position">您的位置：<a href="/">首页</a> &gt; <a href="{new}">政府信息公开年报</a></div>'
        for entry, year in zip(entries, YEARS, strict=True):
            made.report(entry.path, body, year, crumb)
        made.rows += [
            Row(COLUMN, body, made.place.name),
            Row(entries[1].path, body, made.place.name, kind="report", report_year=2024),
        ]
        made.year = 2025 if only_year else None
        if only_year:
            # Its own page is read for the breadcrumb; that of 2023 is not asked for.
            del made.named[entries[2].path]

    return make


KINDS = (
    Kind("lost-old-year", _old_year(has_group=False)),
    Kind("lost-old-year-group", _old_year(has_group=True)),
    Kind("lost-other-name", _other_name),
    Kind("lost-moved", _moved),
    Kind("lost-breadcrumb", _by_breadcrumb(only_year=False)),
    Kind("lost-breadcrumb-year", _by_breadcrumb(only_year=True)),
)
