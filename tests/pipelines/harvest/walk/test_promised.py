"""A folder that a link calls a report: it is one, or the list of that year's, as its page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipelines.harvest.walk.test_finding import BODY, page, report
from tests.web.situations.serving import Night, Served
from tests.web.situations.situation import Answer, Row, Situation

NAME = "2025年政府信息公开工作年度报告"
ARTICLE = "/nb/2025/t20260120_11.html"


def night(answers: dict[str, Answer], folder: Path) -> Night:
    root = page(("/nb/2025/", NAME), ("/nb/2024/", NAME.replace("2025", "2024")))
    situation = Situation("promised", (Row("/nb/", BODY),), {"/nb/": root, **answers})
    with Served([situation]) as served:
        return served.refresh(situation, folder)


def with_links(answer: Answer, links: str) -> Answer:
    return Answer(answer.body.replace(b"</body>", f"{links}</body>".encode()))


SIDE = f'<a href="/nb/2024/">{BODY}2024年政府信息公开工作年度报告</a><a href="/nb/2024/">2024年</a>'


@pytest.mark.parametrize("links", ["", SIDE, f'<a href="/nb/2025/a.pdf">{NAME}.pdf</a>'])
def test_a_page_with_the_text_or_without_reports_is_the_report(links: str, tmp_path: Path) -> None:
    answers = {"/nb/2025/": with_links(report(2025), links), "/nb/2024/": report(2024)}
    found = night(answers, tmp_path).named
    assert found == {"/nb/2025/": (BODY, 2025), "/nb/2024/": (BODY, 2024)}


def test_a_short_page_that_only_says_where_the_file_is_is_the_report(tmp_path: Path) -> None:
    short = Answer(f"<html><body><h1>{NAME}</h1><a href='a.pdf'>下载</a>{SIDE}</body></html>".encode())
    assert night({"/nb/2025/": short, "/nb/2024/": report(2024)}, tmp_path).named["/nb/2025/"] == (BODY, 2025)


def test_a_page_that_links_reports_of_the_year_is_their_list(tmp_path: Path) -> None:
    column = page(
        (ARTICLE, f"{BODY}{NAME}"), ("/nb/2025/t20260120_22.html", "永嘉县教育局2025年政府信息公开工作年度报告")
    )
    groups = page(("/nb/2024/zf/", "县政府"), ("/nb/2024/bm/", "县政府部门"))
    inner = page(("/nb/2024/zf/t20250120_33.html", NAME.replace("2025", "2024")))
    answers = {
        "/nb/2025/": column,
        ARTICLE: report(2025),
        "/nb/2024/": groups,
        "/nb/2024/zf/": inner,
        "/nb/2024/zf/t20250120_33.html": report(2024),
    }
    assert night(answers, tmp_path).named == {ARTICLE: (BODY, 2025), "/nb/2024/zf/t20250120_33.html": (BODY, 2024)}
