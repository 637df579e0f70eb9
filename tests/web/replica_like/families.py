"""Lists that a script draws, by the system whose script it is. The page holds all that the request needs."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

from tests.web.replica_like.frame import Entry, Kind, Made, lines, parts
from tests.web.situations.situation import Answer, Row


def _hex(made: Made, length: int = 32) -> str:
    return made.rng.randbytes(length // 2).hex()


def _jpaas(count: int) -> Callable[[Made], None]:
    def make(made: Made) -> None:
        folder, body = "/zfxxgk/zfxxgknb/", f"{made.county}人民政府"
        pages = parts(made.reports(folder + "art/", body, form="{y}/art_{n}.html"), -(-12 // count))
        unit, menu = (
            {
                "parseType": "bulidstatic",
                "webId": _hex(made),
                "tplSetId": _hex(made),
                "pageType": "column",
                "tagId": tag,
                "pageId": _hex(made),
            }
            for tag in (made.rng.choice(("右侧列表", "信息列表", "ajax分页")), "左侧导航")
        )
        gateway = "/api-gateway/jpaas-publish-server/front/page/build/unit"
        scripts = "".join(
            f"<script src='/script/unitbuild.js' url='{gateway}' queryData=\"{json.dumps(each, ensure_ascii=False).replace(chr(34), chr(39))}\"></script>"
            for each in (menu, unit)
        )
        made.page(folder + "index.html", "政府信息公开年报", f"<div id='list'></div>{scripts}")
        for number, entries in enumerate(pages, 1):
            total = f'<div class="page" totalpage="{count}"></div>' if count > 1 else ""
            answer = json.dumps({"success": True, "data": {"html": lines(entries) + total}}, ensure_ascii=False)
            asked = dict(unit)
            if number > 1:
                asked["paramJson"] = json.dumps({"pageNo": number, "pageSize": len(pages[0])}, separators=(",", ":"))
            made.json(f"{gateway}?{urlencode(asked)}", answer, {"Referer": folder})
        made.rows.append(Row(folder + "index.html", body, made.place.name))

    return make


def _gkmlpt(*, by_fragment: bool) -> Callable[[Made], None]:
    def make(made: Made) -> None:
        short, site, column = (
            made.rng.choice(("zsdyz", "sgqj", "mzmx")),
            made.rng.randrange(100, 10**6),
            made.rng.randrange(100, 9999),
        )
        body, root = f"{made.county}人民政府", f"/{short}/gkmlpt"
        entries = made.reports(f"{root}/content/2/", body, form="{n}/post_{n}.html")
        name = "年度公开" if by_fragment else "政府信息公开年报"
        tree = [
            {"id": 3, "name": "机构职能", "children": []},
            {"id": 4, "name": "法定主动公开", "children": [{"id": column, "name": name}]},
        ]
        config = f"window._CONFIG = {{ SITE_NAME: '{made.place.name}', SID: '{site}', TREE: {json.dumps(tree, ensure_ascii=False)} }};"
        made.page(f"{root}/annualreport", "政府信息公开平台", "<div id='app'></div>", f"<script>{config}</script>")
        articles = [
            {"id": n, "title": e.title, "url": e.path, "display_publish_time": 1_700_000_000}
            for n, e in enumerate(entries)
        ]
        made.json(
            f"{root}/api/all/{column}?page=1&sid={site}",
            json.dumps({"total": len(entries), "articles": articles}, ensure_ascii=False),
        )
        made.rows.append(Row(f"{root}/annualreport" + (f"#{column}" if by_fragment else ""), body, made.place.name))

    return make


def _results(entries: list[Entry], total: int) -> str:
    rows = [{"title": e.title, "url": e.path, "publishedTimeStr": f"{e.day} 09:00:00", "subTitle": ""} for e in entries]
    return json.dumps({"data": {"total": total, "rows": len(entries), "results": rows}}, ensure_ascii=False)


def _ucap(*, by_field: bool) -> Callable[[Made], None]:
    def make(made: Made) -> None:
        folder, channel, search = (
            f"/{made.rng.choice(('hebwcs', 'klmys'))}/c111341/",
            _hex(made),
            made.rng.choice(("common/search", "searchList")),
        )
        body = f"{made.county}人民政府"
        entries = made.reports(folder, body, form="{m}/c01_{n}.shtml")
        query = "_isAgg=true&_isJson=true&_pageSize=6&_template=index&_channelName=&page="
        given = f"<input type='hidden' id='cid' value='{channel}'>" if by_field else ""
        value = "$('#cid').val()" if by_field else f'"{channel}"'
        script = f"<script>var channelId = {value};\nfunction load(p){{ $.ajax({{url:'/{search}/'+channelId+'?{query}'+p, success: draw}}); }} load(1);</script>"
        made.page(folder + "list.shtml", "政府信息公开年报", f"<ul id='ul'></ul>{given}{script}")
        for number, each in enumerate(parts(entries, 6), 1):
            made.json(f"/{search}/{channel}?{query}{number}", _results(each, len(entries)))
        made.rows.append(Row(folder + "list.shtml", body, made.place.name))

    return make


def _longxun(*, is_drawn: bool) -> Callable[[Made], None]:
    """The first part is drawn into the page, or is asked for as the others are."""

    def make(made: Made) -> None:
        organ, category, site = (made.rng.randrange(10**3, 10**7) for _ in range(3))
        body = f"{made.county}人民政府"
        pages = parts(made.reports(f"/public/{organ}/", body, form="{n}.html"), 5)
        label = {
            "labelName": "publicInfoList",
            "siteId": str(site),
            "pageSize": "5",
            "pageIndex": "1",
            "action": "list",
            "organId": str(organ),
            "type": "4",
            "catId": str(category),
            "file": "/xxgk/publicInfoList_newest2020",
        }
        stated = ", ".join(f"{name}: '{value}'" for name, value in label.items())
        script = f"<script>Ls.ajax({{ {stated} }}); Ls.page('#p', {{pageCount:{len(pages)}}});</script>"
        made.page(
            f"/public/column/{organ}?type=4&action=list&catId={category}",
            "政府信息公开年报",
            (lines(pages[0]) if is_drawn else "<div id='l'></div>") + script,
        )
        for number, each in enumerate(pages, 1):
            query = urlencode({"IsAjax": "1", "dataType": "html"} | label | {"pageIndex": str(number)})
            more = f"<script>var o = {{pageCount:{len(pages)}}}</script>"
            made.answers[f"/site/label/8888?{query}"] = Answer((lines(each) + more).encode())
        made.rows.append(Row(f"/public/column/{organ}?type=4&action=list&catId={category}", body, made.place.name))

    return make


def _posted(*, by_ajax: bool) -> Callable[[Made], None]:
    def make(made: Made) -> None:
        folder, body, code = "/ncx/zfxxgknb/", f"{made.county}人民政府", _hex(made, 8)
        entries = made.reports(folder, body, form="c{n}/content.html")
        if by_ajax:
            script = f"var code = '{code}'; $.ajax({{ url: '/queryList', type: 'post', dataType: 'json', data: {{ channelId: code, pageNo: page, pageSize: 6 }}, success: draw }});"
        else:
            script = f'$.post("/queryList",{{pageNo:1,pageSize:6,"channelCode[]":"{code}",sort:"sortNum"}},draw);'
        made.page(folder + "index.html", "政府信息公开年报", f"<div id='list'></div><script>{script}</script>")
        for number, each in enumerate(parts(entries, 6), 1):
            rows = [
                {"source": {"title": e.title, "urls": json.dumps({"common": e.path}), "pubDate": e.day}} for e in each
            ]
            answer = json.dumps({"data": {"total": len(entries), "results": rows}}, ensure_ascii=False)
            made.json(f"POST /queryList pageNo={number} {code}", answer)
        made.rows.append(Row(folder + "index.html", body, made.place.name))

    return make


KINDS = (
    Kind("family-jpaas", _jpaas(1)),
    Kind("family-jpaas-parts", _jpaas(2)),
    Kind("family-gkmlpt", _gkmlpt(by_fragment=False)),
    Kind("family-gkmlpt-fragment", _gkmlpt(by_fragment=True)),
    Kind("family-ucap", _ucap(by_field=False)),
    Kind("family-ucap-field", _ucap(by_field=True)),
    Kind("family-longxun", _longxun(is_drawn=False)),
    Kind("family-longxun-drawn", _longxun(is_drawn=True)),
    Kind("family-posted", _posted(by_ajax=False)),
    Kind("family-posted-ajax", _posted(by_ajax=True)),
)
