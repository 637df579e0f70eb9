"""Tells whether two revisions of a page say the same: many a page is other bytes each time it is sent, by a counter or a token.

Belongs here: comparing what a reader sees. Does not belong here: what follows (`pipelines.harvest.walk.outcome`). In doubt they
differ: a page that is parsed once more costs little, and a revised number that is passed over is lost.
"""

from __future__ import annotations

import re

from pipelines.harvest.discovery.page_trees import MOST_BYTES, text_of, tree_of

#: A page with less text may say it in pictures or by its scripts.
_LEAST = 200
#: What a page says of its visitors and of today, not of the report. A number of visits within a sentence or a table is the
#: report's own: only the words of a page's furniture are meant, with their colon, at the beginning of a piece of text.
_FURNITURE = re.compile(
    r"您是第\s*\d+\s*位(?:访客|访问者|来访者|浏览者)"
    r"|(?:^|(?<=[\s|\[【（(]))(?:浏览|点击|阅读)(?:次数|人次|量|数)\s*[:：]\s*\d[\d,]*"
    r"|今天是\s*\d{4}年\d{1,2}月\d{1,2}日(?:\s*星期[一二三四五六日天])?",
    re.MULTILINE,
)
_LEADS = (("a", "href"), ("img", "src"), ("iframe", "src"), ("frame", "src"), ("embed", "src"), ("object", "data"))
_CHINESE = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-f]{3}", re.IGNORECASE)
#: What differs each time a page is sent.
_TOKEN = re.compile(r"csrf|token|nonce", re.IGNORECASE)


def says_the_same(before: bytes, after: bytes) -> bool:
    """Tell whether two pages show the same text, links and pictures, but for counters and the day. False for what is no page."""
    if not (_is_page(before) and _is_page(after)):
        return False
    said = _said(after)
    return said is not None and said == _said(before)


def _is_page(data: bytes) -> bool:
    return len(data) <= MOST_BYTES and data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _said(data: bytes) -> tuple[str, ...] | None:
    """Title, text, declared facts, links and pictures; None where there is hardly any text."""
    tree = tree_of(text_of(data))
    leads = [node.attributes.get(name) or "" for tag, name in _LEADS for node in tree.css(f"{tag}[{name}]")]
    declared = [
        f"{node.attributes.get('name')}={node.attributes.get('content')}"
        for node in tree.css("meta[name]")
        if not _TOKEN.search(node.attributes.get("name") or "")
    ]
    # Some sites write the text itself by a script, or keep it in a field.
    declared += [text for node in tree.css("script") if _CHINESE.search(text := node.text())]
    declared += [value for node in tree.css("input[value]") if _CHINESE.search(value := node.attributes["value"] or "")]
    title = "".join(node.text() for node in tree.css("title")[:1])
    tree.strip_tags(["script", "style", "template", "title"])
    text = _FURNITURE.sub("", tree.body.text(separator="\n") if tree.body else "")
    plain = " ".join(text.split())
    return (title, plain, *declared, *leads) if len(plain) >= _LEAST else None
