"""Pages of made government sites: reports, lists, and the furniture around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from tests.web.situations.situation import Answer

BODY = "永嘉县"
COLUMN = "政府信息公开年报"
_TOP = '<div class="top"><a href="/">首页</a><a href="/zwgk/">政务公开</a><a href="/bsfw/">办事服务</a><a href="/hdjl/">互动交流</a></div>'
_FOOT = '<div class="foot"><p>主办：县政府办公室 <a href="/wzdt/">网站地图</a> <a href="/lxwm/">联系我们</a></p></div>'
_SECTIONS = (
    ("一、总体情况", "本年围绕群众关切推进公开，主动公开政府信息三百余条，收到申请四十五件，均按期答复。"),
    ("二、主动公开政府信息情况", "规章零件，规范性文件三件，行政许可一千余件，行政处罚二百余件。"),
    ("三、收到和处理政府信息公开申请情况", "本年新收申请四十五件，予以公开三十件，其余按规定分别处理。"),
    ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "行政复议两件，行政诉讼一件，结果均为维持。"),
    ("五、存在的主要问题及改进情况", "公开内容的及时性还有不足，下一步将加强培训和检查。"),
    ("六、其他需要报告的事项", "本年没有收取信息处理费。"),
)


def title_of(year: int, body: str = BODY) -> str:
    """The title of a government's report as most lists have it."""
    return f"{body}人民政府{year}年政府信息公开工作年度报告"


def html(title: str, inner: str, head: str = "") -> bytes:
    """A page with a site's furniture."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f'<body>{_TOP}<div class="main">{inner}</div>{_FOOT}</body></html>'
    ).encode()


def page(inner: str, title: str = COLUMN, head: str = "", **more: object) -> Answer:
    """An answer that is such a page."""
    return Answer(html(title, inner, head), **more)  # type: ignore[arg-type]


def report(year: int, body: str = BODY, published: str = "", title: str = "") -> Answer:
    """A report's page; `published` is the day in its head, none where empty."""
    heading = title or title_of(year, body)
    text = "".join(f"<h2>{head}</h2><p>{year}年。{said}</p>" for head, said in _SECTIONS)
    meta = f'<meta name="PubDate" content="{published} 09:00">' if published else ""
    return page(f"<h1>{heading}</h1>{text}", heading, meta)


def links(items: Iterable[tuple[str, str, str]]) -> str:
    """A list of (address, title, date); the date stands behind the link, or nowhere where it is empty."""
    rows = (
        f'<li><a href="{escape(address)}" title="{escape(title)}">{escape(title)}</a>{f"<span>{day}</span>" if day else ""}</li>'
        for address, title, day in items
    )
    return f'<ul class="list">{"".join(rows)}</ul>'


def path_of(year: int, folder: str = "/nb/") -> str:
    """Where a report of a year lies: without a date in its address."""
    return f"{folder}t9{year}01_{year}.html"


def items_of(years: Iterable[int], day: str = "{next}-03-15", folder: str = "/nb/") -> list[tuple[str, str, str]]:
    """The items of reports; `{next}` in `day` is the year after the one that a report is about."""
    return [(path_of(year, folder), title_of(year), day.format(next=year + 1)) for year in years]


def reports_of(years: Iterable[int], folder: str = "/nb/") -> dict[str, Answer]:
    """The pages of reports, by path."""
    return {path_of(year, folder): report(year) for year in years}


def all_to(answer: Answer) -> Mapping[str, Answer]:
    """The same answer to every address, robots.txt too."""
    return {"*": answer}
