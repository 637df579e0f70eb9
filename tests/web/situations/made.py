"""The situations: what sites do, by kind, and what a person would call the body whose list it is.

In most of them a report for 2025 is there, or nobody can tell; where it is missing, one of 2024 stands on a list that can
be read. `MISSING` and `LATE` are the neighbours, in which a body is rightly called so.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from tests.web.situations.pages import (
    BODY,
    COLUMN,
    all_to,
    html,
    items_of,
    links,
    page,
    path_of,
    report,
    reports_of,
    title_of,
)
from tests.web.situations.situation import Answer, Row, Situation

PUBLISHED = frozenset({"published"})
MISSING = frozenset({"missing"})
#: Nothing can be said, or more than we read: never `missing`.
UNREAD = frozenset({"unread"})
READ_OR_NOT = frozenset({"published", "unread"})
GONE = frozenset({"unreachable", "unread"})
LIST = "/nb/"
#: Oldest first: the report for 2025 stands on the last page, which only who turns pages sees.
_FIRST, _LAST = (2022, 2023, 2024), (2025,)
_OLD = (2021, 2022, 2023, 2024)
_NEW = (2025, 2024, 2023, 2022)


def _made(
    name: str,
    answers: Mapping[str, Answer],
    states: frozenset[str],
    *,
    is_late: bool = False,
    rows: tuple[Row, ...] = (Row(LIST),),
    most_requests: int = 30,
) -> Situation:
    each = {row.body_name: states for row in rows}
    return Situation(name, rows, answers, states=each, most_requests=most_requests, is_late=is_late)


# --- pagers: the newest report is on the last page


def _paged(name: str, pager: str, second: str, head: str = "", second_answer: Answer | None = None) -> Situation:
    last = links(items_of(_LAST))
    answers = {
        LIST: page(links(items_of(_FIRST)) + pager, head=head),
        second: second_answer or page(last),
        **reports_of((*_FIRST, *_LAST)),
    }
    return _made(f"pager: {name}", answers, READ_OR_NOT)


def _store(groups: str, years: tuple[int, ...]) -> str:
    records = "".join(f"<record><![CDATA[{links([item])}]]></record>" for item in items_of(years))
    return f"<datastore><nextgroup><![CDATA[{groups}]]></nextgroup><recordset>{records}</recordset></datastore>"


_NEXT_GROUP = "/module/dataproxy.jsp?page=1&path='/'&columnid=3&unitid=80&webname='永嘉县'"
_PACKED = base64.b64encode(
    '<div><a href="index_1.html">下一页</a><a href="index_1.html">尾页</a></div>'.encode()
).decode()
_POSTED = (
    '<form action="/nb/" method="post"><input type="hidden" name="__VIEWSTATE" value="x1">'
    "<a href=\"javascript:__doPostBack('Pager1','2')\">2</a><a href=\"javascript:__doPostBack('Pager1','2')\">下一页</a></form>"
)
_RESULTS = [{"title": title, "url": path, "pubDate": day} for path, title, day in items_of(_NEW)]
_SEARCH = json.dumps({"data": {"results": _RESULTS}}, ensure_ascii=False)

PAGERS = (
    _paged(
        "TRS with comments",
        "<script>var currentPage = 0;//从0开始\nvar countPage = 2//共多少页\n</script>",
        "/nb/index_1.html",
    ),
    _paged(
        "createPageHTML, pages first", "<script>createPageHTML(2, 0, 'index', 'html');</script>", "/nb/index_1.html"
    ),
    _paged(
        "createPageHTML, records first",
        "<script>createPageHTML(4, 2, 0, 'index', 'html');</script>",
        "/nb/index_1.html",
    ),
    _paged("pageControl", '<script>pageControl(2, 0, "index", "shtml", 3, "nav");</script>', "/nb/index_1.shtml"),
    _paged("numbers", '<a href="/nb/?p=1">1</a><a href="/nb/?p=2">2</a><a href="/nb/?p=2">下一页</a>', "/nb/?p=2"),
    _paged("a call of no known name", "<script>turnLeaves('nb', 4, 3);</script><span>共2页</span>", "/nb/leaf/2"),
    _paged("without any address", '<a href="javascript:void(0)" class="n">下一页</a><a href="#">尾页</a>', "/nb/p/2"),
    _paged(
        "packed", f"<script>document.write(window.atob('{_PACKED}'))</script><span>共2页</span>", "/nb/index_1.html"
    ),
    _paged("ASP", _POSTED, "POST /nb/ __EVENTARGUMENT=2"),
    _paged("ASP that does not heed its form", _POSTED, "/nb/never"),
    _paged("a further page that fails", "<a href='index_1.html'>下一页</a>", "/nb/index_1.html", "", Answer(b"", 403)),
    _paged(
        "a further page behind a challenge",
        "<a href='index_1.html'>下一页</a>",
        "/nb/index_1.html",
        "",
        Answer(b"<script>$_ts=window['$_ts'];</script>", 412),
    ),
    _made(
        "pager: records with quotes in the next address",
        {
            LIST: page(
                f'<script type="text/xml">{_store(f"<a href={chr(34)}{_NEXT_GROUP}{chr(34)}></a>", _FIRST)}</script>'
            ),
            _NEXT_GROUP: Answer(_store("", _LAST).encode()),
            **reports_of((*_FIRST, *_LAST)),
        },
        READ_OR_NOT,
    ),
)

# --- lists whose data a script asks for


def _drawn(name: str, script: str, answers: Mapping[str, Answer], states: frozenset[str] = READ_OR_NOT) -> Situation:
    return _made(f"data: {name}", {LIST: page(f'<div id="list"></div>{script}'), **answers, **reports_of(_NEW)}, states)


def _json(value: str, **more: object) -> Answer:
    return Answer(value.encode(), content_type="application/json", **more)  # type: ignore[arg-type]


_UNIT = "/api-gateway/front/page/build/unit"
_UNIT_ANSWER = json.dumps({"success": True, "data": {"html": links(items_of(_NEW))}})
_UNIT_SCRIPT = (
    f"""<script src="/s.js" url="{_UNIT}" querydata="{{'webId':'8d82','pageId':'c52d','tagId':'右侧列表'}}"></script>"""
)

DATA = (
    _drawn(
        "jpaas",
        _UNIT_SCRIPT,
        {f"{_UNIT}?webId=8d82&pageId=c52d&tagId=右侧列表": _json(_UNIT_ANSWER, needs={"Referer": "/nb/"})},
    ),
    _drawn("jpaas whose gateway refuses", _UNIT_SCRIPT, {_UNIT: Answer(b"", 403)}, UNREAD),
    _drawn(
        "an address joined in a script",
        '<script>var id="f4e1";$.ajax({url:"/common/search/"+id+"?page="+p,success:d})</script>',
        {},
    ),
    _drawn(
        "a post whose fields stand there",
        '<script>$.post("/q",{page:1,size:15,c:"nb"},draw)</script>',
        {"/q": _json(_SEARCH, method="POST")},
    ),
    _drawn(
        "a post whose fields are made elsewhere",
        '<script>$.post("/q", params(), draw)</script>',
        {"/q": _json(_SEARCH, method="POST")},
        UNREAD,
    ),
    _drawn("an app", '<div id="app"></div><script src="/app.js"></script>', {}, UNREAD),
    _drawn("data-url", '<ul data-url="/nb/list.json"></ul>', {"/nb/list.json": _json(_SEARCH)}),
    _drawn("data that are gone", '<ul data-url="/nb/list.json"></ul><script>$.getJSON(u)</script>', {}, UNREAD),
    _drawn(
        "data that say no",
        '<ul data-url="/nb/list.json"></ul>',
        {"/nb/list.json": _json('{"code":500,"msg":"系统繁忙","data":null}')},
        UNREAD,
    ),
)

# --- years, groups, bodies

_YEARS = links([(f"/nb/{year}n/", f"{year}年", "") for year in (2025, 2024, 2023)])


def _folders(name: str, of_2025: Answer, states: frozenset[str], **more: Answer) -> Situation:
    answers = {LIST: page(_YEARS), "/nb/2025n/": of_2025, **reports_of((2024, 2023)), **more}
    for year in (2024, 2023):
        answers[f"/nb/{year}n/"] = page(links(items_of([year])), f"{year}年_{COLUMN}")
    return _made(f"folders: {name}", answers, states)


_GROUP = {
    "/nb/2025n/bm/": page(links([("/nb/2025n/bm/t9202501_7.html", "永嘉县", "2026-03-12")]), "区政府部门_2025年"),
    "/nb/2025n/bm/t9202501_7.html": report(2025),
}

_DEEP = {
    "/nb/2025n/a/": page(links([("/nb/2025n/a/2025nb/", "2025年", "")]), "县政府部门"),
    "/nb/2025n/a/2025nb/": page(links([("/nb/2025n/a/2025nb/c/", "2025年度", "")]), "2025年"),
    "/nb/2025n/a/2025nb/c/": page(links(items_of([2025])), "2025年度"),
    path_of(2025): report(2025),
}

FOLDERS = (
    _folders(
        "the newest drawn by a script", page("<div id='app'></div><script>new Vue({})</script>", "2025年"), UNREAD
    ),
    _folders("the newest closed", Answer(b"", 403), UNREAD),
    _folders("the newest behind a challenge", Answer(b"<script>$_ts=window['$_ts'];</script>", 412), UNREAD),
    _folders("the newest broken", Answer(b"", 500), UNREAD),
    _folders("a group below", page(links([("/nb/2025n/bm/", "县政府及部门", "")]), "2025年"), READ_OR_NOT, **_GROUP),
    _folders(
        "pictures only", page("<img src='/a.png'><a href='/nb/2025n/x.html'><img src='/b.png'></a>", "2025年"), UNREAD
    ),
    _folders(
        "the newest deeper than is gone",
        page(links([("/nb/2025n/a/", "县政府部门", "")]), "2025年"),
        READ_OR_NOT,
        **_DEEP,
    ),
    _made(
        "folders: the list of one old year",
        {"/nb/2024nb/": page(links(items_of([2024])), f"2024年_{COLUMN}"), **reports_of([2024])},
        UNREAD,
        rows=(Row("/nb/2024nb/"),),
    ),
    _made(
        "folders: one old year by its title",
        {"/zw/c1188/": page(links(items_of([2024])), "2024年政府信息公开年报"), **reports_of([2024])},
        UNREAD,
        rows=(Row("/zw/c1188/"),),
    ),
    _made(
        "folders: a list that ended years ago",
        {LIST: page(links(items_of((2018, 2017)))), **reports_of((2018, 2017))},
        UNREAD,
    ),
    _made(
        "folders: the list of others",
        {LIST: page(links([(path_of(y), title_of(y, "文成县"), "") for y in _OLD])), **reports_of(_OLD)},
        UNREAD,
    ),
)

# --- lists that are gone or closed

_NOT_THERE = page("<p>您访问的页面不存在或已删除</p>", "页面不存在")
_RUISHU = b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=8;</script></head><body></body></html>"
_JSL = b"<script>document.cookie='__jsl_clearance_s=1|-1|x';location.href=location.pathname</script>"
_ALIYUN = html(
    "405", "<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><i>errors.aliyun.com</i>"
)
_ACW = b"<html><script>var arg1='3A5B0C7D9E1F2A4B6C8D0E1F2A3B4C5D6E7F8091';function setCookie(){document.cookie='acw_sc__v2=1'}</script></html>"
_WALL = html("安全验证", "<p>为了您的访问安全，请完成安全验证后继续访问</p>").replace(b"<a href", b"<b data")
_COOKIE = {"Location": LIST, "Set-Cookie": "guard=1; path=/"}
_AROUND = {"Location": "/guard?to=/nb/", "Set-Cookie": "guard=1; path=/"}
_FORBIDS_ALL = Answer(b"User-agent: *\nDisallow: /\n", content_type="text/plain")
_OPEN = {LIST: page(links(items_of(_NEW))), **reports_of(_NEW)}

CLOSED = (
    _made("gone: 404", {}, GONE),
    _made("gone: says so with 200", {LIST: _NOT_THERE}, GONE),
    _made(
        "gone: to the first page", {LIST: Answer(b"", 302, headers={"Location": "/"}), "/": page("<p>首页</p>")}, GONE
    ),
    _made("gone: 503", {LIST: Answer(b"", 503)}, GONE),
    _made("gone: an empty answer", {LIST: Answer(b"")}, GONE),
    _made("challenge: 412", all_to(Answer(_RUISHU, 412)), UNREAD, most_requests=4),
    _made("challenge: 202", {LIST: Answer(_RUISHU, 202)}, UNREAD, most_requests=4),
    _made("challenge: 521", all_to(Answer(_JSL, 521)), UNREAD, most_requests=4),
    _made("challenge: 405", {LIST: Answer(_ALIYUN, 405)}, UNREAD, most_requests=4),
    _made("challenge: 200 with a script", all_to(Answer(_ACW)), UNREAD, most_requests=4),
    _made("challenge: 200 with words", {LIST: Answer(_WALL)}, UNREAD, most_requests=4),
    _made("cookie: a redirect to itself", {LIST: Answer(b"", 302, headers=_COOKIE)}, UNREAD, most_requests=4),
    _made(
        "cookie: a redirect there and back",
        {LIST: Answer(b"", 302, headers=_AROUND), "/guard": Answer(b"", 302, headers=_COOKIE)},
        UNREAD,
        most_requests=5,
    ),
    _made("robots: all is forbidden", {"/robots.txt": _FORBIDS_ALL, **_OPEN}, UNREAD, most_requests=1),
    _made(
        "robots: the list is forbidden", {"/robots.txt": Answer(b"User-agent: *\nDisallow: /nb/\n"), **_OPEN}, UNREAD
    ),
    _made("login", {LIST: page("<form><input type='password'>请登录</form>", "统一身份认证登录")}, UNREAD),
    _made("report: listed, and not to be had", _OPEN | {path_of(2025): Answer(b"", 403)}, UNREAD),
    _made("report: listed, behind a challenge", _OPEN | {path_of(2025): Answer(_RUISHU, 412)}, UNREAD),
)

# --- columns of other things


def _notices(pages: int, title: str, folder: str = LIST, *, at: int = 0) -> dict[str, Answer]:
    """A list over many pages of other things; page `at` holds the body's reports as well."""
    found = {}
    for number in range(pages):
        items = [(f"/gg/t9{number:03}{n:02}_1.html", f"关于事项{n}的公告", f"2026-0{1 + n % 9}-11") for n in range(15)]
        items += items_of(_NEW, folder=folder) if at and number == at else []
        pager = f"<script>createPageHTML({pages}, {number}, 'index', 'html');</script>"
        found[f"{folder}index_{number}.html" if number else folder] = page(links(items) + pager, title)
    return found | (reports_of(_NEW, folder) if at else {})


GENERAL = (
    _made("general: notices", _notices(60, "公示公告", "/gggs/"), UNREAD, rows=(Row("/gggs/"),), most_requests=6),
    _made("general: notices at an address of reports", _notices(60, "公示公告"), UNREAD, most_requests=11),
    _made(
        "general: a front page",
        {"/": page(links([(f"/zw/t9{n:05}_1.html", f"要闻{n}", "") for n in range(20)]), BODY)},
        UNREAD,
        rows=(Row("/"),),
    ),
    _made("general: reports far down a column of reports", _notices(9, COLUMN, at=7), PUBLISHED),
    _made("general: a column of reports without any", _notices(9, COLUMN), UNREAD, most_requests=10),
    _made("general: under construction", {LIST: page("<p>栏目建设中</p>")}, UNREAD),
)

# --- dates


def _dated(name: str, items: list[tuple[str, str, str]], *, is_late: bool = False, **own: str) -> Situation:
    pages = {path: report(year, published=own.get(f"page{year}", "")) for path, year in ((path_of(y), y) for y in _NEW)}
    return _made(f"date: {name}", {LIST: page(links(items)), **pages}, PUBLISHED, is_late=is_late)


DATES = (
    _dated("in time by the list", items_of(_NEW)),
    _dated("on the last day", items_of(_NEW, "{next}-03-31")),
    _dated("late by the list", items_of(_NEW, "{next}-04-01"), is_late=True),
    _dated("in time by the page", items_of(_NEW, ""), page2025="2026-03-02"),
    _dated("late by the page", items_of(_NEW, ""), is_late=True, page2025="2026-06-02"),
    _dated("nowhere", items_of(_NEW, "")),
    _dated("in time by the page, dated anew on the list", items_of(_NEW, "{next}-06-20"), page2025="2026-03-02"),
    _dated("late by both", items_of(_NEW, "{next}-06-20"), is_late=True, page2025="2026-06-02"),
    _dated("the day of a move", items_of(_NEW, "2026-07-01"), page2025="2026-07-01"),
    _dated("in the year itself", items_of(_NEW, "2025-12-31")),
    _made(
        "date: a township is nobody's to call late",
        {
            LIST: page(links([("/nb/t9202501_1.html", title_of(2025, "永嘉县桥下镇"), "2026-08-01")])),
            "/nb/t9202501_1.html": report(2025, "永嘉县桥下镇"),
        },
        PUBLISHED,
        rows=(Row(LIST, "永嘉县桥下镇", level="township"),),
    ),
)

# --- names

_RENAMED = [(path_of(2025), "永嘉市人民政府2025年政府信息公开工作年度报告", "2026-03-01"), *items_of((2024, 2023))]
_NAMELESS = [(path_of(2025), "政府信息公开工作年度报告", ""), *items_of((2024, 2023))]

_SPOKEN = [("/nb/t99_1.html", "一图读懂永嘉县2025年政府信息公开工作年度报告", "2026-03-20"), *items_of((2024, 2023))]
_ODD = [(path_of(2025), "永嘉县2025年政府信息公开工作情况", "2026-03-20"), *items_of((2024, 2023))]
NAMES = (
    _made(
        "name: only an interpretation of the newest", {LIST: page(links(_SPOKEN)), **reports_of((2024, 2023))}, UNREAD
    ),
    _made("name: the newest in other words", {LIST: page(links(_ODD)), **reports_of((2025, 2024, 2023))}, READ_OR_NOT),
    _made(
        "name: another in the newest title",
        {LIST: page(links(_RENAMED)), **reports_of((2025, 2024, 2023))},
        READ_OR_NOT,
    ),
    _made(
        "name: no year in the newest title",
        {LIST: page(links(_NAMELESS)), **reports_of((2025, 2024, 2023))},
        READ_OR_NOT,
    ),
)

# --- what stands on a list and leads nowhere

_TWO = links(items_of((2024, 2023)))


def _nowhere(name: str, inner: str) -> Situation:
    return _made(f"nowhere: {name}", {LIST: page(inner), **reports_of((2024, 2023))}, UNREAD)


NOWHERE = (
    _nowhere("the newest title as mere text", f"<ul><li>{title_of(2025)}</li></ul>{_TWO}"),
    _nowhere("the newest behind a script", f"<a href='javascript:;' onclick='show(7)'>{title_of(2025)}</a>{_TWO}"),
    _nowhere("a tab of the year", f"<ul><li onclick='turn(2025)'>2025年</li><li>2024年</li></ul>{_TWO}"),
    _nowhere("a document shown in the page", f"<h2>2025年</h2><embed src='/nb/1.pdf'>{_TWO}"),
    _nowhere(
        "pages of numbers without an address",
        links(items_of((2023, 2024))) + '<div class="pagination"><a class="cur">1</a><a data-p="2">2</a></div>',
    ),
)

# --- neighbours: a body that is rightly said to be missing

_LACKS = {LIST: page(links(items_of((2024, 2023, 2022)))), **reports_of((2024, 2023, 2022))}


_ORGANS = ("教育局", "公安局", "民政局", "司法局", "财政局", "水利局", "商务局")
_TERRITORY = [
    *[
        (f"/nb/t92025{n:02}_1.html", f"永嘉县{organ}2025年政府信息公开工作年度报告", f"2026-01-{30 - n}")
        for n, organ in enumerate(_ORGANS)
    ],
    *items_of((2024, 2023)),
]


def _lacking(name: str, answers: Mapping[str, Answer], **more: object) -> Situation:
    return _made(f"missing: {name}", answers, MISSING, **more)  # type: ignore[arg-type]


LACKING = (
    _lacking("a plain list without it", _LACKS),
    _lacking(
        "newest first, with a pager that leads nowhere",
        {
            LIST: page(links(items_of((2024, 2023, 2022))) + '<a href="#">下一页</a><a href="#">尾页</a>'),
            **reports_of(_OLD),
        },
    ),
    _lacking(
        "oldest first, on one page of one",
        {LIST: page(links(items_of(_OLD)) + "<span>共1页</span><a href='#'>下一页</a>"), **reports_of(_OLD)},
    ),
    _lacking(
        "newest first, over two pages",
        {
            LIST: page(links(items_of((2024, 2023))) + "<a href='index_1.html'>下一页</a>"),
            "/nb/index_1.html": page(links(items_of((2022, 2021)))),
            **reports_of(_OLD),
        },
    ),
    _lacking(
        "newest first, a further page fails",
        {
            LIST: page(links(items_of((2024, 2023))) + "<a href='index_1.html'>下一页</a>"),
            "/nb/index_1.html": Answer(b"", 403),
            **reports_of(_OLD),
        },
    ),
    _lacking(
        "no folder of the year",
        {
            LIST: page(links([(f"/nb/{year}n/", f"{year}年", "") for year in (2024, 2023)])),
            **{f"/nb/{year}n/": page(links(items_of([year])), f"{year}年_{COLUMN}") for year in (2024, 2023)},
            **reports_of((2024, 2023)),
        },
    ),
    _lacking(
        "in a list of a territory, over two pages",
        {
            LIST: page(links(_TERRITORY[:6]) + "<a href='index_1.html'>下一页</a><span>共2页</span>"),
            "/nb/index_1.html": page(links(_TERRITORY[6:]) + "<span>共2页</span>"),
            **{path: report(2025, "永嘉县") for path, _, _ in _TERRITORY},
        },
        rows=(Row(LIST, covers="territory"),),
    ),
    _lacking(
        "the year in the furniture",
        _LACKS
        | {
            LIST: page(
                "<p>今天是2025年12月31日</p>"
                + links(items_of((2024, 2023, 2022)))
                + "<form><select name='y'><option>2025</option></select><button>搜索</button></form><p>Copyright © 2025</p>"
            )
        },
    ),
    _lacking(
        "news of the site beside it",
        _LACKS
        | {
            LIST: page(
                links(items_of((2024, 2023, 2022)))
                + links([(f"/xw/t9{n:05}_1.html", f"要闻{n}", "2026-05-01") for n in range(6)])
            )
        },
    ),
    _lacking(
        "an interpretation of the year before it",
        _LACKS
        | {
            LIST: page(
                links(
                    [
                        ("/nb/t99_1.html", "一图读懂2024年政府信息公开工作年度报告", "2025-04-01"),
                        *items_of((2024, 2023, 2022)),
                    ]
                )
            )
        },
    ),
)

SITUATIONS = (*PAGERS, *DATA, *FOLDERS, *CLOSED, *GENERAL, *DATES, *NAMES, *NOWHERE, *LACKING)
