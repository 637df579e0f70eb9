"""The page around a text: navigation, breadcrumb, title, source and date, counter, footer. Sentences are our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_NAVIGATION = (
    ("首页", "/"),
    ("机构概况", "/jggk/"),
    ("新闻中心", "/xwzx/"),
    ("政务公开", "/zwgk/"),
    ("互动交流", "/hdjl/"),
)


@dataclass(slots=True)
class Look:
    """How a site's pages look. `charset` is what they say of themselves, None where they say nothing.

    `visits` is printed at the foot of every page.
    """

    site_name: str
    address: str = ""
    charset: str | None = "utf-8"
    base: str | None = None
    visits: int = 10_000


def document(look: Look, title: str, main: str, breadcrumb: Sequence[str] = (), head: str = "") -> str:
    """A whole page. `main` and `head` are markup, all else is text."""
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={look.charset}">' if look.charset else ""
    base = f'<base href="{look.base}">' if look.base else ""
    links = "".join(f'<li><a href="{address}">{name}</a></li>' for name, address in _NAVIGATION)
    trail = "&gt;".join(f"<span>{escape(step)}</span>" for step in ("首页", *breadcrumb))
    return (
        f"<!DOCTYPE html>\n<html>\n<head>\n{charset}{base}<title>{escape(title)}</title>{head}\n</head>\n<body>\n"
        f'<div class="top"><h2>{escape(look.site_name)}</h2><ul class="nav">{links}</ul></div>\n'
        f'<div class="crumbs">您所在的位置：{trail}</div>\n<div class="main">\n{main}\n</div>\n'
        f'<div class="footer"><p>主办：{escape(look.site_name)}　<a href="/wzdt/">网站地图</a></p>'
        f'<p>您是第 <b id="visits">{look.visits}</b> 位访客</p></div>\n</body>\n</html>\n'
    )


def article(title: str, published: str, source: str, text: str) -> str:
    """An article: title, line of source and date, the text as markup."""
    return (
        f'<div class="article"><h1>{escape(title)}</h1>\n<p class="info">发布时间：{published}　来源：{escape(source)}　'
        f'字体：[大 中 小]</p>\n<div class="content">\n{text}\n</div>\n<p class="share">打印本页　关闭窗口</p></div>'
    )


def attachment(address: str, name: str) -> str:
    """The text of an article that only hands on a file."""
    return f'<p>详见附件。</p><p>附件：<a href="{address}" target="_blank">{escape(name)}</a></p>'
