"""Tells what the dataset is called, who stands behind it and under which licence, in Chinese and English: said once.

Belongs here: words that every description of a release repeats (Data Package, DCAT, Croissant, CITATION.cff, README).
Does not belong here: anything about a table or column (`expectations`).
"""

from __future__ import annotations

NAME = "gongkai"
TITLE = "gongkai: annual reports on open government information of Chinese public bodies (政府信息公开工作年度报告)"
TITLE_ZH = "公开：政府信息公开工作年度报告比较数据集"
DESCRIPTION = (
    "Every Chinese government body publishes an annual report on open government information: statutory tables and a "
    "narrative. This dataset has every cell and every number of the narrative as printed, with its place in the document "
    "and a grade that says how far it can be trusted, and comparisons over bodies and years made of them."
)
DESCRIPTION_ZH = (
    "各级行政机关每年公布政府信息公开工作年度报告，包括法定统计表和文字部分。本数据集逐格收录统计表和文字数据的原值、出处与可信等级，"
    "并据此编制各机关、各年度的比较数据。"
)
CREATOR = "gongkai contributors"
LICENSE_ID = "CC-BY-4.0"
LICENSE_TITLE = "Creative Commons Attribution 4.0 International"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
KEYWORDS = ("open government information", "government transparency", "China", "政府信息公开", "年度报告")
#: What a reader must not assume of any table.
CAUTIONS = (
    "Numbers stand as the documents print them. Nothing is corrected in silence: what a person put right is graded "
    "`corrected`, and what is printed stays beside it (`printed_value`).",
    "A null is not a zero: the report does not say it, or not legibly.",
    "A contradicted number fails the form's own arithmetic; it is marked (see the grade columns) and not repaired.",
    "Reports of different scope (column `scope`) must not be compared, nor values of different `series`.",
)
CAUTIONS_ZH = (
    "数值按原文收录，程序不作修改；人工更正的数值标为“corrected”（已更正），原文数值见 `printed_value`。",
    "空值不是零：报告未写明，或无法辨认。",
    "“contradicted”（矛盾）的数值不符合报表自身的勾稽关系，只作标记，不予更正。",
    "统计范围（scope）不同的报告不可比较，可比序列（series）不同的数值不可比较。",
)
#: The DuckDB file of a release.
DATABASE = "gongkai.duckdb"
