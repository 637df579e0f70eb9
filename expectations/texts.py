"""Marts of texts over the years: how much of a report repeats the one before or is its peers', and what it says otherwise."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as words
from expectations.columns import Table, column
from expectations.crosswalk import SHARE

TEXT_PARTS = (*map(str, range(10)), "whole")
TEXT_STATES = ("nearly", "changed", "new", "gone")


def _share(description: str, zh: str) -> Any:
    return column(description, zh=zh, unit=SHARE, nullable=True, minimum=0, maximum=1)


def _count(description: str, zh: str) -> Any:
    return column(description, zh=zh, unit="sentences", nullable=True, minimum=0)


def _cases(description: str, zh: str, minimum: int = 0) -> Any:
    return column(description, zh=zh, nullable=True, minimum=minimum)


class TextReuse(Table):
    """Mart: how much of a text was written before, by the body itself or by its peers."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    part: str = column("Number of the section, or `whole` for the whole report", zh="章节或全文", allowed=TEXT_PARTS)
    previous_report_id: str = column("Report before of the body", zh="上一报告编号", nullable=True)
    previous_report_year: int = column("Its year", zh="上一报告年度", nullable=True, minimum=2008, maximum=2100)
    repeated_share: float = _share(
        "Sentences that the same section of the report before has too, word for word or nearly so (a likeness of 0.8), "
        "of all; numbers are set aside. Null without a report before",
        "与上次报告重复的句子占比",
    )
    repeated_share_numerator: int = _cases("Sentences repeated", "与上次报告重复的句子占比：分子")
    repeated_share_denominator: int = _cases("Sentences", "与上次报告重复的句子占比：分母", 1)
    repeated_share_low: float = _share(
        "Lower end of its Wilson interval (95 %)", "与上次报告重复的句子占比：95%区间下限"
    )
    repeated_share_high: float = _share("Upper end of that interval", "与上次报告重复的句子占比：95%区间上限")
    nearly_count: int = _count("Of the repeated ones, those that are not word for word", "近似重复句数")
    changed_count: int = _count("Sentences that were reworded: a likeness of 0.6 to 0.8", "改写句数")
    new_count: int = _count("Sentences without a counterpart in the report before", "新增句数")
    gone_count: int = _count(
        "Sentences of the report before without a counterpart, in the whole report also those of sections that it lacks",
        "删去句数",
    )
    peer_count: int = column(
        "Other bodies of the same year, level and province with a text; of provinces, other provinces",
        zh="同类机关数",
        unit="bodies",
        nullable=True,
        minimum=0,
    )
    shared_with_peers_share: float = _share(
        "Sentences that at least one peer has too, word for word but for numbers and names of places, of all. It grows "
        "with the number of peers. Null without peers",
        "与同类机关相同的句子占比",
    )
    shared_with_peers_share_numerator: int = _cases("Sentences shared", "与同类机关相同的句子占比：分子")
    shared_with_peers_share_denominator: int = _cases("Sentences", "与同类机关相同的句子占比：分母", 1)
    shared_with_peers_share_low: float = _share(
        "Lower end of its Wilson interval (95 %)", "与同类机关相同的句子占比：95%区间下限"
    )
    shared_with_peers_share_high: float = _share("Upper end of that interval", "与同类机关相同的句子占比：95%区间上限")
    nearest_report_id: str = column(
        "Report of the peer that shares most sentences which at most 50 bodies write; only for the whole report, null "
        "where no peer shares one",
        zh="最相似同类报告编号",
        nullable=True,
    )
    shared_with_nearest_share: float = _share("Sentences that this peer has too, of all", "与最相似报告相同的句子占比")
    shared_with_nearest_share_numerator: int = _cases("Sentences shared with it", "与最相似报告相同的句子占比：分子")
    shared_with_nearest_share_denominator: int = _cases("Sentences", "与最相似报告相同的句子占比：分母", 1)
    shared_with_nearest_share_low: float = _share(
        "Lower end of its Wilson interval (95 %)", "与最相似报告相同的句子占比：95%区间下限"
    )
    shared_with_nearest_share_high: float = _share(
        "Upper end of that interval", "与最相似报告相同的句子占比：95%区间上限"
    )

    class Config:
        """Table facts."""

        name = "text_reuse"
        title = "文本重复"
        description = (
            "How much of a report's text the body wrote in its report before, section by section, and how much its peers "
            "write too (templates within a province). What was reworded stands in `text_changes`. To repeat is not to do "
            "badly: no ranking."
        )
        unique = ["report_id", "part"]
        metadata = {
            "grain": "one section of one report that has sentences, and the whole report (`whole`); only with a "
            "report before it or peers",
            "rules": {
                "the_parts_are_no_more_than_the_whole": "repeated_share_numerator is null or repeated_share_numerator + "
                "changed_count + new_count = repeated_share_denominator",
            },
        }


class TextChanges(Table):
    """Mart: the sentences that differ from the report before."""

    report_id: str = column("Report", zh="报告编号")
    report_year: int = column("Year that the report is about", zh="报告年度", minimum=2008, maximum=2100)
    body_id: str = column("Stable id of the reporting body", zh="机关编号")
    body_name: str = column("Body as the document prints it", zh="机关名称")
    level: str = column("Level of the body in the state", zh="行政层级", allowed=words.LEVELS)
    previous_report_id: str = column("Report before of the body", zh="上一报告编号")
    previous_report_year: int = column("Its year", zh="上一报告年度", minimum=2008, maximum=2100)
    section: int = column("Number of the section in both reports", zh="章节序号", minimum=0, maximum=9)
    ordinal: int = column("Place among the section's changes, from 1", zh="序号", minimum=1)
    text_state: str = column(
        "`nearly`: a word or two differ; `changed`: reworded; `new`: without counterpart; `gone`: only in the report before",
        zh="变化",
        allowed=TEXT_STATES,
    )
    sentence: str = column("Sentence as printed; null where it is gone", zh="句子", nullable=True)
    sentence_start: int = column(
        "Its first character in the section's `text`, from 0", zh="句子起始位置", nullable=True, minimum=0
    )
    previous_sentence: str = column("Its counterpart in the report before", zh="上次报告的句子", nullable=True)
    previous_sentence_start: int = column(
        "First character of that in the `text` of the report before",
        zh="上次报告句子起始位置",
        nullable=True,
        minimum=0,
    )
    similarity: float = column(
        "Likeness of the two, numbers set aside: 1 less the insertions and deletions, of all characters; 0 without "
        "counterpart",
        zh="相似度",
        minimum=0,
        maximum=1,
    )

    class Config:
        """Table facts."""

        name = "text_changes"
        title = "文本变化"
        description = (
            "What a report says otherwise than the body's report before: sentences that are new, gone or reworded, section "
            "by section. Sentences that only give other numbers are not changed."
        )
        unique = ["report_id", "section", "ordinal"]
        metadata = {
            "grain": "one sentence that is new, gone, or reworded against the same section of the body's report before"
        }
