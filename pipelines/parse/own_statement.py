"""A report's own sentences that say whose report of which year it is, where no title does.

For example 现公布甲县2023年政府信息公开工作年度报告, 特编制本机关2023年…, 截止2023年12月31日. A sentence that asks for reports,
or that speaks of another body's, says nothing of this one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from pipelines.bodies.chinese_years import western_years

#: Characters from the start in which a report says what it is.
OPENING = 600
#: What is cited as a rule or a model; its name is no statement.
_CITED = re.compile(r"《[^《》]*(?:条例|通知|办法|规定|意见|格式|要点|方案|函|细则|法)》|[（(][^（）()]*号[)）]")
_OTHERS = re.compile(
    r"参照|对照|借鉴|学习|督促|指导|按时|及时|如期|上一?年|去年|往年|各(?:镇|乡|街道|部门|单位|级|县|区|市|地)|(?<!申)请|应当|须|"
    r"近日|日前|记者|本报讯|显示|汇总.{0,6}通报"
)
_CUE = (
    r"(?:现(?:将|就|把)|现(?:予以?|向社会|依法|主动)*(?:公布|发布|公开|编制|形成)|(?:特|兹|谨)(?:此|向社会)?(?:将|公布|发布|公开|编制|编写|撰写|制作|形成)|"
    r"(?:组织|认真|汇总)?(?:编制|编写|撰写|形成)(?:完成|形成)?了?|本(?:年度)?报告(?:是|为|系)|以下[是为])"
)
#: What may stand behind the report's name in a sentence that gives the report.
_GIVEN = r"(?=\s*(?:$|[。，,；;：:》”]|如下|(?:向社会|予以|进行|依法|主动)*(?:公布|公开|发布|报告|汇报|公示)))"
_REPORT = re.compile(
    rf"{_CUE}[《“]?(?P<title>[^，。；：、,;:《》“”]{{0,60}}?(?:信息|政务)公开(?:工作)?(?:年度|工作)*(?:报告|年报)){_GIVEN}"
)
#: Before the verb: 甲县统计局根据…编制2023年…报告.
_MAKER = re.compile(
    r"^(?P<name>[一-鿿（）()]{3,30}?(?:政府|办公厅|办公室|局|委员会|委|厅|管委会|街道办事处|中心|署))(?:根据|按照|依据|依照)"
)
#: 本报告…汇报甲县2023年政府信息公开工作.
_WORK = re.compile(
    r"(?:(?:本(?:年度)?报告|现)[^。；]{0,60}?(?:汇报|总结|反映|介绍|说明|报告|公布)了?|现[将就把])(?P<title>[一-鿿（）()·\s]{0,40}?20[0-3]\d\s*年度?(?:政府|政务)信息公开(?:工作)?(?:开展)?(?:情况)?)"
    r"(?=[。，,；;：:]|(?:报告|汇报|公布|总结)?如下|$)"
)
_ENDS = re.compile(r"[。!！\n]")
_UNTIL = re.compile(r"(?:截[止至]|截止到|截至到)\s*(20[0-3]\d)\s*年\s*(?:12\s*月\s*(?:31\s*日)?|年?底|年末)")


def title_in_sentence(opening: str) -> str | None:
    """The title that a sentence of the opening gives the report, as printed there but for full-width forms."""
    for sentence in _sentences(opening):
        match = _REPORT.search(sentence) if "报" in sentence else None
        if match and not _OTHERS.search(sentence):
            maker = _MAKER.match(sentence)
            title = match["title"].strip()
            return maker["name"] + title if maker and re.match(r"\s*(?:本|20)", title) else title
    return None


def work_in_sentence(opening: str) -> str | None:
    """What a sentence of the opening says that the report is about: 甲县2023年政府信息公开工作."""
    found = (_WORK.search(sentence) for sentence in _sentences(opening) if not _OTHERS.search(sentence))
    return next((match["title"].strip() for match in found if match), None)


def year_counted_to(opening: str) -> int | None:
    """The one year whose end the opening counts to: 截止2023年12月31日."""
    years = set(_UNTIL.findall(western_years(normalize("NFKC", opening))))
    return int(years.pop()) if len(years) == 1 else None


def _sentences(opening: str) -> tuple[str, ...]:
    return _sentences_of(opening[:OPENING])


@lru_cache(maxsize=16)
def _sentences_of(opening: str) -> tuple[str, ...]:
    text = western_years(normalize("NFKC", opening))
    return tuple(_CITED.sub("", "".join(part.split())) for part in _ENDS.split(text) if part.strip())
