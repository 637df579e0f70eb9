"""The table of sites: which system, which encoding, which quirk. `tests.web` documents it, `tests.web.replica.build` makes it."""

from __future__ import annotations

from dataclasses import dataclass

RECENT = (2022, 2023, 2024)
LONG = (2019, 2020, 2021, 2022, 2023, 2024)


@dataclass(frozen=True, slots=True)
class Spec:
    """One site. `declared`: whether its pages name their encoding: `right`, `wrong` or `none`; `header` in the
    Content-Type only. `form`: what carries the reports: `page`, or an attached `pdf`, `docx` or `xlsx`.

    `covers` is `body`, `territory` (departments report in the same list), or `report`: known by single reports only.
    """

    name: str
    family: str
    quirk: str = ""
    years: tuple[int, ...] = RECENT
    pages: int = 1
    encoding: str = "utf-8"
    declared: str = "right"
    validators: str = "both"
    is_zipped: bool = False
    form: str = "page"
    covers: str = "body"
    departments: int = 0


SPECS = (
    Spec("trs", "trs", years=LONG, pages=3),
    Spec("trs-gbk", "trs", pages=2, encoding="gbk", validators="modified"),
    Spec("trs-pdf", "trs", form="pdf"),
    Spec("trs-base", "trs-base"),
    Spec("trs-departments", "trs", pages=2, covers="territory", departments=6),
    Spec("jcms", "jcms"),
    Spec("jcms-proxy", "jcms", years=LONG, pages=3),
    Spec("jcms-gzip", "jcms", pages=2, is_zipped=True, validators="etag"),
    Spec("jcms-docx", "jcms", form="docx"),
    Spec("vsb", "vsb", years=LONG, pages=4),
    Spec("vsb-gbk-wrong", "vsb", pages=2, encoding="gbk", declared="wrong"),
    Spec("vsb-gbk-undeclared", "vsb", encoding="gbk", declared="none"),
    Spec("vsb-pdf", "vsb", form="pdf"),
    Spec("asp", "asp", years=LONG, pages=3),
    Spec("asp-gbk", "asp", pages=2, encoding="gbk", declared="header"),
    Spec("asp-xlsx", "asp", form="xlsx"),
    Spec("ucap", "ucap", years=LONG, pages=4),
    Spec("ucap-posts", "ucap-posts", pages=2, validators="etag"),
    Spec("iframe", "iframe", pages=2),
    Spec("iframe-gbk", "iframe", encoding="gbk"),
    Spec("folders", "folders", years=LONG),
    Spec("folders-lists", "folders-lists"),
    Spec("json", "json"),
    Spec("json-pages", "json", years=LONG, pages=2),
    Spec("registered", "trs", "one of its addresses is dead", covers="report"),
    Spec("neighbour", "ucap", "links the reports of others", encoding="gbk"),
    Spec("moved", "trs", "redirects to a new path"),
    Spec("moved-away", "vsb", "redirects to another host"),
    Spec("loop", "asp", "redirects in a loop"),
    Spec("private", "jcms", "redirects to a private address"),
    Spec("link-local", "ucap", "redirects to a link-local address"),
    Spec("into-closed", "trs", "redirects to what another host's robots.txt closes"),
    Spec("soft-404", "vsb", "says 200 to everything", encoding="gbk"),
    Spec("shell", "ucap", "its list needs a script"),
    Spec("challenge", "trs", "challenges whoever reads an article"),
    Spec("refused", "jcms", "403"),
    Spec("gone", "asp", "410"),
    Spec("rate-limit", "trs", "429 with Retry-After in seconds"),
    Spec("busy", "vsb", "503 with Retry-After as a date"),
    Spec("unavailable", "ucap", "503 for ever"),
    Spec("robots-folder", "trs", "robots.txt closes a folder"),
    Spec("robots-named", "jcms", "robots.txt closes a folder to gongkai"),
    Spec("robots-delay", "ucap", "robots.txt asks for a delay"),
    Spec("robots-missing", "asp", "robots.txt is missing"),
    Spec("robots-broken", "vsb", "robots.txt is a server error"),
    Spec("robots-page", "trs", "robots.txt is a web page"),
    Spec("slow", "jcms", "slow"),
    Spec("drip", "asp", "drips"),
    Spec("cut-first", "trs", "loses the connection once"),
    Spec("cut-always", "vsb", "loses the connection always"),
    Spec("endless", "ucap", "endless, no length"),
    Spec("endless-length", "jcms", "endless, huge length"),
    Spec("bomb", "asp", "gzip bomb"),
    Spec("no-validators", "trs", "cannot answer 304", validators="none"),
    Spec("wrong-type", "ucap", "its PDF is text/html", form="pdf"),
    Spec("empty", "vsb", "an empty body"),
    Spec("long", "trs", "2,000 links"),
    Spec("hostile", "ucap", "hostile titles"),
)
