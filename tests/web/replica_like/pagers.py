"""Lists over several pages, by the pager that turns them. Each form of call was seen in a crawler's source or a saved page."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import quote, quote_plus

from tests.web.replica_like.frame import Entry, Kind, Made, lines, parts
from tests.web.situations.situation import Answer, Row

#: (number of pages, present one counted from 0, records, file's name, suffix) → what stands in the page.
Pager = Callable[[int, int, int, str, str], str]


def _script(text: str) -> str:
    return f"<script>{text}</script>"


def _links(count: int, now: int, name: str, suffix: str) -> str:
    return f'共{count}页 <a href="{name}_{now + 1}.{suffix}">下一页</a>' if now + 1 < count else f"共{count}页"


#: Pages that are called index.html, index_1.html, …
FROM_0: dict[str, Pager] = {
    "trs-comments": lambda n, i, r, name, ext: _script(
        f"var currentPage = {i};//所在页从0开始\nvar prevPage = currentPage-1//上一页\nvar countPage = {n}//共多少页\ndraw();"
    ),
    "createPageHTML-pages": lambda n, i, r, name, ext: _script(f'createPageHTML({n}, {i}, "{name}", "{ext}");'),
    "createPageHTML-records": lambda n, i, r, name, ext: _script(f"createPageHTML({r}, {n}, {i}, '{name}', '{ext}');"),
    "createPageHTML-records-behind": lambda n, i, r, name, ext: _script(
        f"createPageHTML({n}, {r}, {i}, '{name}', '{ext}');"
    ),
    "createPageHTML-size": lambda n, i, r, name, ext: _script(f"createPageHTML({n}, {i}, 4, '{name}', '{ext}');"),
    "pageControl": lambda n, i, r, name, ext: _script(f'pageControl({n}, {i}, "{name}", "{ext}", {r}, \'pages-nav\');'),
    "pageDec": lambda n, i, r, name, ext: _script(f"pageDec({n},{i},'{name}','{ext}')"),
    "element": lambda n, i, r, name, ext: f'<div id="pageDec" pagesize="{-(-r // n)}" pagecount="{n}"></div>',
    "base64": lambda n, i, r, name, ext: (
        f'<div id="pages">{base64.b64encode(quote_plus(_links(n, i, name, ext)).encode()).decode()}</div>'
        + _script("$('#pages').html(decodeURIComponent(window.atob($('#pages').text())))")
    ),
    "laypage": lambda n, i, r, name, ext: _script(
        f'laypage({{cont: \'page\', pages: {n}, curr: {i + 1}, jump: function(o, first){{ if(!first) location.href = "{name}_" + (o.curr-1) + ".{ext}"; }} }});'
    ),
}
#: Pages that are called list.shtml, list_2.shtml, …
FROM_1: dict[str, Pager] = {
    "createPageHTML-element": lambda n, i, r, name, ext: _script(
        f"createPageHTML('page_div',{n}, {i + 1},'{name}','{ext}',{r});"
    ),
    "kkpager": lambda n, i, r, name, ext: _script(
        f"kkpager.init({{pno: {i + 1}, total: {n}, totalRecords: {r}, hrefFormer: '{name}', hrefLatter: '.{ext}'}});"
    ),
    "pagination-hole": lambda n, i, r, name, ext: _script(
        f"$('#p').pagination({r}, {{items_per_page: {-(-r // n)}, current_page: {i + 1}, pageCount: {n}, link_to: '{name}___id__.{ext}'}});"
    ),
}


def _static(pager: Pager, first: int) -> Callable[[Made], None]:
    """A list of static pages with a pager; the second page has the number `first`."""

    def make(made: Made) -> None:
        folder, body = f"/zwgk/{made.rng.choice(('xxgknb', 'zfxxgk/ndbg', 'gknb'))}/", f"{made.county}人民政府"
        name, ext = made.rng.choice((("index", "html"), ("list", "shtml"), ("index", "shtml")))
        entries = made.reports(folder, body)
        pages = parts(entries, made.rng.choice((4, 5)))
        for at, each in enumerate(pages):
            path = f"{folder}{name}{f'_{at - 1 + first}' if at else ''}.{ext}"
            made.page(path, "政府信息公开年报", lines(each) + pager(len(pages), at, len(entries), name, ext))
        made.rows.append(Row(f"{folder}{name}.{ext}", body, made.place.name))

    return make


def _postback(made: Made) -> None:
    """ASP.NET: the next page comes by sending the form back, with what its hidden fields hold."""
    path, body = "/xxgk/list.aspx", f"{made.county}人民政府"
    pages = parts(made.reports("/xxgk/", body, form="show_{n}.html"), 4)
    state = base64.b64encode(made.rng.randbytes(made.rng.choice((40, 3000)))).decode()

    def form(now: int, entries: list[Entry]) -> str:
        turns = "".join(
            f"<a href=\"javascript:__doPostBack('AspNetPager1','{n}')\">{n}</a>"
            for n in range(1, len(pages) + 1)
            if n != now
        )
        hidden = f'<input type="hidden" name="__VIEWSTATE" value="{state}"><input type="hidden" name="__EVENTTARGET" value="">'
        return f'<form method="post" action="list.aspx?cid=7">{hidden}{lines(entries)}<div>{turns}</div></form>'

    made.page(f"{path}?cid=7", "政府信息公开年报", form(1, pages[0]))
    first = made.answers[f"{path}?cid=7"]
    made.answers[f"{path}?cid=7"] = Answer(first.body, method="GET")
    for number, entries in enumerate(pages[1:], 2):
        key = f"POST {path}?cid=7 __EVENTARGUMENT={number} __VIEWSTATE={quote(state, safe='')}"
        made.page(key, "政府信息公开年报", form(number, entries))
    made.rows.append(Row(f"{path}?cid=7", body, made.place.name))


def _jpage(made: Made) -> None:
    """Older jpage: the address of the next records has quotes in it."""
    column, unit = made.rng.randrange(10**4, 10**5), made.rng.randrange(10**4, 10**5)
    body = f"{made.county}人民政府"
    pages = parts(made.reports("/art/", body, form="{y}/3/11/art_{n}.html"), 5)

    def store(at: int) -> str:
        query = f"page={at + 1}&webid=60&path='/'&columnid={column}&unitid={unit}&webname='{made.place.name}'"
        ahead = (
            f'<nextgroup><![CDATA[<a href="/module/jslib/jquery/jpage/dataproxy.jsp?{query}"></a>]]></nextgroup>'
            if at + 1 < len(pages)
            else ""
        )
        records = "".join(f"<record><![CDATA[{lines([e])}]]></record>" for e in pages[at])
        return f"<datastore>{ahead}<recordset>{records}</recordset></datastore>"

    start = f"/col/col{column}/index.html"
    made.page(start, "政府信息公开年报", f'<div id="{unit}"><script type="text/xml">{store(0)}</script></div>')
    for at in range(1, len(pages)):
        query = f"page={at}&webid=60&path='/'&columnid={column}&unitid={unit}&webname='{made.place.name}'"
        made.answers[f"/module/jslib/jquery/jpage/dataproxy.jsp?{query}"] = Answer(store(at).encode())
    made.rows.append(Row(start, body, made.place.name))


KINDS = (
    *(Kind(f"pager-{name}", _static(pager, 1)) for name, pager in FROM_0.items()),
    *(Kind(f"pager-{name}", _static(pager, 2)) for name, pager in FROM_1.items()),
    Kind("pager-postback", _postback),
    Kind("pager-jpage-quotes", _jpage),
)
