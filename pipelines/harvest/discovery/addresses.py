"""Addresses on pages: made absolute, and what their form says of what is behind them.

Belongs here: addresses one by one. Does not belong here: how the pages of a list follow each other (`paging`), and the
columns of reports (`report_column`).
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

#: Longer addresses are data.
LONGEST = 2000

_NO_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*:(?!//)|#)", re.IGNORECASE)
_BROKEN = re.compile(r"[\"<>{}`\x00-\x1f\x7f]|\$\{|undefined|^[^?]*'|^[^']*'(?:[^']*'[^']*')*[^']*$")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?(?::\d{1,5})?", re.ASCII)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|rtf|odt|ofd|xlsx?|et|ods|zip|rar|7z|jpe?g|png|tiff?)$", re.IGNORECASE)
_MEDIA = re.compile(r"\.(?:css|js|ico|gif|mp[34]|swf|svg|woff2?|json|xml|apk|exe)$", re.IGNORECASE)
_ARTICLE = re.compile(
    r"/t?_?\d{5,}(?:_\w+)?\.[sj]?html?$|/art/\d{4}/|/content[_/-]|/post_\d|/info/\d+/\d+\.htm|[0-9a-f]{24,}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-|/\d{4}[-/]?\d{2}[-/]\d{1,2}/|/c\d\d_\d+|/(?:show|detail|view|article|infodetail)[_/.]?|AnnualReport\.jsp\?"
    r"|[?&](?:id|infoid|articleid|aid|newsid|contentid)=",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"/$|/(?:index|list|default|node)[_-]?\d*\.\w+$|/col/col\d+|/[^/.]*$", re.IGNORECASE)
_HOME = re.compile(
    r"^/?(?:(?:index|default|home|main|portal/index|web/index|cn/index)(?:\.(?:[sj]?html?|jsp|aspx?|php|do|action))?)?/?$",
    re.IGNORECASE,
)


def split(url: str) -> SplitResult | None:
    """The parts of an http address; None where it is none."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises for ports that are none
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc) else None


def absolute(base: str, href: str | None) -> str | None:
    """The address that a link on a page means, without its fragment; None for scripts, mail, anchors and what is broken."""
    if not href or len(href) > LONGEST or not split(base):
        return None
    href = re.sub(r"[\t\r\n]", "", href.strip()).replace("\\", "/")
    if not href or _BROKEN.search(href) or (_NO_ADDRESS.match(href)):
        return None
    try:
        joined = urljoin(base, href)
    except ValueError:
        return None
    parts = split(joined)
    if parts is None or not joined.isprintable():
        return None
    path = re.sub(r"^(?:/\.\.)+(?=/)", "", parts.path) or "/"
    return urlunsplit(
        (parts.scheme, parts.netloc.lower(), path.replace(" ", "%20"), parts.query.replace(" ", "%20"), "")
    )


def page_key(url: str) -> str:
    """The same for addresses that lead to the same page: without scheme, fragment and a trailing index page."""
    parts = split(url)
    if parts is None:
        return url
    path = re.sub(r"/(?:index|default)\.[sj]?html?$", "/", parts.path or "/")
    return urlunsplit(("", parts.netloc.lower().removeprefix("www."), path, parts.query, ""))


def site_of(url: str) -> str:
    """The host, with a port that is not the usual one; "" where the address is none."""
    parts = split(url)
    return re.sub(r":(?:80|443)$", "", parts.netloc.lower()) if parts else ""


def is_root(url: str) -> bool:
    """Tell whether an address is a site's home page."""
    parts = split(url)
    return parts is not None and not parts.query and bool(_HOME.match(parts.path))


def is_document(url: str) -> bool:
    """Tell whether an address names a file of a format in which reports are published."""
    parts = split(url)
    return parts is not None and bool(_DOCUMENT.search(parts.path))


def is_media(url: str) -> bool:
    """Tell whether an address names something that is neither a page nor a document."""
    parts = split(url)
    return parts is not None and bool(_MEDIA.search(parts.path))


def is_article(url: str) -> bool:
    """Tell whether an address looks like that of one article or document, by the forms of the usual systems."""
    parts = split(url)
    if parts is None:
        return False
    return is_document(url) or bool(_ARTICLE.search(parts.path + ("?" + parts.query if parts.query else "")))


def is_folder(url: str) -> bool:
    """Tell whether an address looks like that of a list or a folder."""
    parts = split(url)
    return parts is not None and not is_article(url) and bool(_FOLDER.search(parts.path))
