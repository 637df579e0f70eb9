"""A made province on loopback: portals of a province, its cities and counties in five families of systems, with traps.

    with ProvinceWeb(cities=12, counties=90, departments=40) as web:
        ...  # probe or discover, with web.portals in data/portals.csv
        web.judged(proposals)

Each site has the way 政务公开 → 政府信息公开 → 政府信息公开年报 in its family's layout, a list of its own reports and one
of its departments'. A tenth of the sites is dead, another tenth behind a challenge. Traps stand on every site: a column
of notices with a report's title among them, columns of a department and of a zone, the column of the government above,
and columns of other reports. Belongs here: sites, truth, judge. Does not belong here: any client.
"""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from pipelines.bodies.divisions import Division, divisions, is_holder

#: Hunan: its cities and counties are numbered, so that the first ones are always the same.
PROVINCE = "430000"
YEARS = range(2019, 2026)
FAMILIES = ("trs", "jcms", "json", "years", "frame")
DEPARTMENTS = (
    "教育局", "财政局", "民政局", "司法局", "审计局", "统计局", "水利局", "林业和草原局", "商务局", "应急管理局", "卫生健康局",
    "生态环境局", "农业农村局", "交通运输局", "市场监督管理局", "公安局", "发展和改革局", "科技局", "医疗保障局", "信访局",
)  # fmt: skip
_CHALLENGE = "<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>"
_LETTERS = "信息公开工作年度报告"


@dataclass(slots=True)
class Government:
    """One site: whose, where, in which family, how it answers (`alive`, `dead`, `challenge`), and its right addresses."""

    division: Division
    host: str
    family: str
    answers: str
    own: str = ""
    territories: list[str] = field(default_factory=list)
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """Proposals held against the truth. `lists` of `all_lists` were found, on sites that answer."""

    lists: int
    all_lists: int
    territories: int
    all_territories: int
    portals: int
    all_portals: int
    wrong: tuple[str, ...]


class ProvinceWeb:
    """The sites, served from one thread, and their log of (time, host, path)."""

    def __init__(self, *, cities: int, counties: int, departments: int, seed: int = 1, troubled: float = 0.1) -> None:
        self._random = random.Random(seed)
        self.sites = self._made(cities, counties, troubled)
        self._departments = departments
        self.log: list[tuple[float, str, str]] = []
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def _made(self, cities: int, counties: int, troubled: float) -> list[Government]:
        every = [each for each in divisions().values() if PROVINCE in each.above and not is_holder(each)]
        towns = [each for each in every if each.level == "prefecture"][:cities]
        kept = {each.code for each in towns}
        below = [each for each in every if each.level == "county" and each.above[0] in kept][:counties]
        found = [divisions()[PROVINCE], *towns, *below]
        sites = [
            Government(each, f"127.43.{number // 250}.{number % 250 + 1}", FAMILIES[number % len(FAMILIES)], "alive")
            for number, each in enumerate(found)
        ]
        bad = self._random.sample(sites[1:], 2 * round(troubled * len(sites)))
        for number, each in enumerate(bad):
            each.answers = ("dead", "challenge")[number % 2]
        return sites

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result()
        for each in self.sites:
            _Pages(each, self).make()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        self._server = await asyncio.start_server(self._answer, self.sites[0].host, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self._by_host = {f"{each.host}:{self.port}": each for each in self.sites}
        others = [each.host for each in self.sites[1:]]
        self._others = await asyncio.start_server(self._answer, others, self.port) if others else self._server

    async def _close(self) -> None:
        for server in (self._server, self._others):
            server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            host = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: "))
            self.log.append((time.monotonic(), host, path))
            writer.write(self._said(self._by_host[host], path))
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _said(self, site: Government, path: str) -> bytes:
        if path == "/robots.txt":
            return _response("404 Not Found", "text/plain", b"")
        if site.answers == "dead":
            return _response("404 Not Found", "text/html", b"<html><body>404</body></html>")
        if site.answers == "challenge":
            return _response("412 Precondition Failed", "text/html", _CHALLENGE.encode())
        kind, body = site.pages.get(path, ("", b""))
        return _response("200 OK", kind, body) if kind else _response("404 Not Found", "text/html", b"")

    def url(self, site: Government, path: str = "/") -> str:
        return f"http://{site.host}:{self.port}{path}"

    def departments_of(self, division: Division) -> list[str]:
        """The names of a government's departments, with its own name before them."""
        return [f"{division.name}{DEPARTMENTS[n % len(DEPARTMENTS)]}" for n in range(self._departments)]

    def below(self, site: Government) -> list[Government]:
        return [each for each in self.sites if each.division.above[:1] == (site.division.code,)]

    # --- the judge

    def judged(self, found: Iterable[tuple[str, str, str | None, str]]) -> Judged:
        """Hold proposals, as (division code, kind, covers, url), against the truth."""
        by_code = {each.division.code: each for each in self.sites}
        right: Counter[str] = Counter()
        wrong = []
        for code, kind, covers, url in set(found):
            site = by_code.get(code)
            what = kind if kind == "portal" else str(covers)
            truth = (
                {"portal": [self.url(site)], "body": [site.own], "territory": site.territories}[what] if site else []
            )
            if url in truth:
                right[what] += 1
                right["body"] += what == "territory" and site is not None and site.own == url
            else:
                wrong.append(f"{code} {kind} {covers} {url}")
        alive = [each for each in self.sites if each.answers == "alive"]
        return Judged(
            right["body"], len(alive), right["territory"], sum(len(each.territories) for each in alive), right["portal"], len(self.sites) - 1,
            tuple(sorted(wrong)),
        )  # fmt: skip

    def requests(self) -> Mapping[str, int]:
        """How often each host was asked, by its own log."""
        return Counter(host.partition(":")[0] for _, host, _ in self.log)

    def shortest_pause(self) -> float:
        """The shortest time between two requests to one host, in seconds."""
        last: dict[str, float] = {}
        shortest = float("inf")
        for when, host, _ in self.log:
            shortest = min(shortest, when - last.get(host, float("-inf")))
            last[host] = when
        return shortest


class _Pages:
    """Makes the pages of one site."""

    def __init__(self, site: Government, web: ProvinceWeb) -> None:
        self._site, self._web, self._name = site, web, site.division.name

    def make(self) -> None:
        getattr(self, f"_{self._site.family}")()

    def _put(self, path: str, title: str, body: str) -> None:
        # One family writes GBK, and leaves it to the page to say so.
        charset, kind = ("gbk", "text/html") if self._site.family == "frame" else ("utf-8", "text/html; charset=utf-8")
        html = f"<html><head><meta charset='{charset}'><title>{title}</title></head><body>{body}</body></html>"
        self._site.pages[path] = (kind, html.encode(charset))

    def _home(self, way: str, name: str = "政务公开") -> None:
        """A home page: the way down, news, traps, and the sites below."""
        news = _links((f"/news/t20260101_{n}.html", f"{self._name}召开第{n}次常务会议") for n in range(10001, 10013))
        traps = _links([("/tzgg/", "通知公告"), ("/qynb/", "企业年报公示"), ("/wznb/", "政府网站工作年度报表")])
        below = _links((self._web.url(each), each.division.name) for each in self._web.below(self._site))
        lower = (
            f"<div>县市区</div>{below}"
            if self._site.family in ("trs", "jcms", "json")
            else _links([("/link/", "友情链接")])
        )
        self._put("/link/", f"友情链接-{self._name}人民政府", below)
        self._put("/", f"{self._name}人民政府门户网站", _links([(way, name)]) + news + traps + lower)
        notices = [(f"/tzgg/t20260101_{n}.html", f"关于开展第{n}号工作的通知") for n in range(20001, 20021)]
        notices.append(("/tzgg/t20260315_20099.html", f"{self._name}人民政府2025年政府{_LETTERS}"))
        self._put("/tzgg/", f"通知公告-{self._name}人民政府门户网站", _links(notices))

    def _traps(self) -> str:
        """On the page above the column: the column of the government above, and a department's own with bare titles."""
        bare = _links((f"/jyj/nb/t20260101_{year}.html", f"{year}年政府{_LETTERS}") for year in YEARS)
        self._put("/jyj/nb/", f"政府信息公开年报-{self._name}教育局", bare)
        above = next((s for s in self._web.sites if s.division.code in self._site.division.above[:1]), None)
        # A zone's column on the same host, under the title that the government's own has; an organ's pages.
        self._put("/gxq/nb/", "政府信息公开年报", bare)
        self._put("/sjj/", "信息公开", _links([("/gxq/nb/", "政府信息公开年报")]))
        links = [
            ("/jyj/nb/", "教育局政府信息公开年报"),
            ("/gxq/nb/", "高新区政府信息公开年报"),
            ("/sjj/", "审计局政府信息公开"),
        ]
        if above is not None:
            links.append((f"http://{above.host}:{self._web.port}/zwgk/zfxxgk/xxgknb/", "上级政府信息公开年报"))
        return _links(
            [*links, ("/zwgk/zn/", "政府信息公开指南"), ("/zwgk/zd/", "政府信息公开制度"), ("/zwgk/ysq/", "依申请公开")]
        )

    def _own(self, folder: str) -> list[tuple[str, str]]:
        """The government's own reports; every second site leaves its name out of their titles."""
        named = f"{self._name}人民政府" if int(self._site.division.code) % 2 else ""
        return [(f"{folder}t{year + 1}0320_{year}.html", f"{named}{year}年政府{_LETTERS}") for year in reversed(YEARS)]

    def _organs(self, folder: str) -> list[tuple[str, str]]:
        names = dict.fromkeys(self._web.departments_of(self._site.division))
        return [(f"{folder}t20260120_{n}.html", f"{name}2025年政府{_LETTERS}") for n, name in enumerate(names, 30001)]

    def _below(self, path: str) -> list[tuple[str, str]]:
        """A list of the reports of the governments below, each on its own host; none where there are fewer than two."""
        below = self._web.below(self._site)
        if len(below) < 2:
            return []
        links = [
            (f"{self._web.url(b)}r/t20260320_2025.html", f"{b.division.name}人民政府2025年政府{_LETTERS}")
            for b in below
        ]
        self._put(path, f"县市区-政府信息公开年报-{self._name}人民政府", _links(links))
        self._site.territories.append(self._web.url(self._site, path))
        return [(path, "县市区政府")]

    def _truth(self, own: str, territory: str) -> None:
        self._site.own = self._web.url(self._site, own)
        self._site.territories.append(self._web.url(self._site, territory))

    # --- the families

    def _trs(self) -> None:
        self._home("/zwgk/")
        self._put("/zwgk/", f"政务公开-{self._name}人民政府", _links([("/zwgk/zfxxgk/", "政府信息公开")]))
        below = self._below("/zwgk/zfxxgk/xxgknb/xq/")
        groups = _links([("/zwgk/zfxxgk/xxgknb/zf/", "本级"), ("/zwgk/zfxxgk/xxgknb/bm/", "部门"), *below])
        self._put(
            "/zwgk/zfxxgk/", "政府信息公开", self._traps() + _links([("/zwgk/zfxxgk/xxgknb/", "政府信息公开年报")])
        )
        self._put("/zwgk/zfxxgk/xxgknb/", f"政府信息公开年报-{self._name}人民政府", groups + _links(self._own("zf/")))
        self._put("/zwgk/zfxxgk/xxgknb/zf/", f"政府信息公开年报-{self._name}人民政府", _links(self._own("")))
        self._put("/zwgk/zfxxgk/xxgknb/bm/", f"部门-政府信息公开年报-{self._name}人民政府", _links(self._organs("")))
        self._truth("/zwgk/zfxxgk/xxgknb/", "/zwgk/zfxxgk/xxgknb/bm/")

    def _jcms(self) -> None:
        self._home("/col/col1001/index.html", "政府信息公开")
        column = [
            ("/col/col1003/index.html", "政府信息公开工作年度报告"),
            ("/col/col1004/index.html", "部门信息公开年报"),
        ]
        self._put("/col/col1001/index.html", f"{self._name}人民政府 政府信息公开", self._traps() + _links(column))
        self._put(
            "/col/col1003/index.html", f"{self._name}人民政府 政府信息公开工作年度报告", _records(self._own("/art/"))
        )
        self._put("/col/col1004/index.html", f"{self._name}人民政府 部门信息公开年报", _records(self._organs("/art/")))
        self._truth("/col/col1003/index.html", "/col/col1004/index.html")

    def _json(self) -> None:
        self._home("/zwgk/")
        self._put("/zwgk/", f"政务公开-{self._name}人民政府", self._traps() + _links([("/nb/", "政府信息公开年报")]))
        script = "<div id='list' data-url='/api/nb.json'></div>" + _links(
            [("/nb/bm/", "部门"), *self._below("/nb/xq/")]
        )
        self._put("/nb/", f"政府信息公开年报-{self._name}人民政府", script)
        records = [{"title": title, "url": url} for url, title in self._own("/nb/content/")]
        self._site.pages["/api/nb.json"] = ("application/json", json.dumps({"data": records}).encode())
        self._put("/nb/bm/", f"部门-政府信息公开年报-{self._name}人民政府", _links(self._organs("")))
        self._truth("/nb/", "/nb/bm/")

    def _years(self) -> None:
        self._home("/c100/list.shtml", "信息公开")
        self._put(
            "/c100/list.shtml",
            f"信息公开-{self._name}人民政府",
            self._traps() + _links([("/c101/list.shtml", "信息公开年报")]),
        )
        folders = [(f"/c101/{year}nb/", f"{year}年") for year in reversed(YEARS)]
        self._put("/c101/list.shtml", f"信息公开年报-{self._name}人民政府", _links(folders))
        own = self._own("")[0]
        for year in YEARS:
            self._put(
                f"/c101/{year}nb/", f"{year}年-信息公开年报-{self._name}人民政府", _links([own, *self._organs("")])
            )
        self._truth("/c101/list.shtml", "/c101/list.shtml")

    def _frame(self) -> None:
        self._home("/list.aspx?id=1")
        self._put(
            "/list.aspx?id=1", f"政务公开-{self._name}人民政府", _links([("/list.aspx?id=2", "法定主动公开内容")])
        )
        inner = [("/list.aspx?id=14", "政府信息公开年度报告"), ("/list.aspx?id=15", "部门年报")]
        self._put("/list.aspx?id=2", "法定主动公开内容", self._traps() + _links(inner))
        self._put(
            "/list.aspx?id=14",
            f"政府信息公开年度报告-{self._name}人民政府",
            "<iframe src='/frame.aspx?id=14'></iframe>",
        )
        self._put("/frame.aspx?id=14", "政府信息公开年度报告", _links(self._own("/content/")))
        self._put("/list.aspx?id=15", f"部门年报-{self._name}人民政府", _links(self._organs("/content/")))
        self._truth("/list.aspx?id=14", "/list.aspx?id=15")


def _links(pairs: Iterable[tuple[str, str]]) -> str:
    return "<ul>" + "".join(f"<li><a href='{url}'>{title}</a></li>" for url, title in pairs) + "</ul>"


def _records(pairs: Iterable[tuple[str, str]]) -> str:
    records = "".join(f"<record><![CDATA[<li><a href='{url}'>{title}</a></li>]]></record>" for url, title in pairs)
    return f"<script type='text/xml'><datastore><recordset>{records}</recordset></datastore></script>"


def _response(status: str, kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body
