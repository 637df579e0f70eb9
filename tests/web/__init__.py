"""A replica of the web that reports are published on: 58 made government sites on loopback addresses, and their judge.

    with ReplicaWeb(seed=1) as web:
        web.write_sources(folder / "sources.csv")
        ...  # a refresh, in this process or another
        assert {each.sha256 for each in web.expected()} <= archived
        assert web.broken_rules(min_gap=0.05) == []

It knows nothing of the program's harvest, and is written from what is demanded of one. Site n stands at 127.0.1.n, all at
one port. Nothing is rendered before it is asked for; `web.warm()` makes everything, so that no measured answer waits.

Lists come from eight families of systems:

| family | list | articles |
|---|---|---|
| trs | `index.html`, `index_1.html` …, their number in a script | `./202501/t20250114_3301001.html`; `trs-base`: relative to `<base>`, with `../` |
| jcms | records in CDATA; the next ones by `dataproxy.jsp` in `<nextgroup>` | `/art/2025/1/20/art_1200006_6001.html` |
| vsb | `xxgknb.htm`, then `xxgknb/2.htm`, `xxgknb/1.htm`: counting down | `info/1010/2001.htm`; files by `download.jsp` and Content-Disposition |
| asp | `list.aspx?id=14`, `&page=2` | `content.aspx?id=14001` |
| ucap | `list.shtml`, `list_2.shtml`; `ucap-posts`: `index_2.html` | `content_17001.shtml`; `post_18001.html` |
| iframe | in an iframe, paged inside it | `../detail/2025/01900001.html` |
| folders | a table of years; `folders-lists`: of lists by year | `2024/index.html` is the report |
| json | JSON behind `data-url`, with its number of pages | addresses in the data |

| site | what is special (else UTF-8, ETag and Last-Modified, reports of 2022 to 2024 as pages) |
|---|---|
| trs | three pages, 2019 to 2024; one report is in the registry too |
| trs-gbk | GBK, two pages, Last-Modified only |
| trs-pdf, vsb-pdf, jcms-docx, asp-xlsx | a page hands on the report as a file |
| trs-base | `<base>` and `../` |
| trs-departments | covers the territory: six departments report in the city's list |
| jcms, asp, ucap, folders, json, vsb, jcms-proxy, json-pages, iframe | the families, one to four pages |
| jcms-gzip | pages packed with gzip, ETag only |
| vsb-gbk-wrong, vsb-gbk-undeclared, asp-gbk, iframe-gbk | GBK that says UTF-8, says nothing, says so in page and header, in the page |
| ucap-posts | the variant with posts; ETag only |
| folders-lists | a year leads to a list |
| registered | no list: three addresses of reports, one of which is 404 |
| neighbour | GBK; links the newest reports of `trs` and `jcms` |
| moved | 301 to a new path, every report |
| moved-away | 302 to another host (`robots-missing`) |
| loop | 302 there and back |
| private, link-local | 302 to 10.0.0.1, to 169.254.169.254 |
| into-closed | 302 to a folder that the robots.txt of `robots-folder` closes |
| soft-404 | 200 for everything; one report is a page that says it is missing; no end of list pages |
| shell | the list is drawn by a script |
| challenge | every article is a challenge to the browser |
| refused, gone | 403, 410 for the newest report |
| rate-limit | 429 with `Retry-After: 1` for a third request in four seconds |
| busy | 503 with Retry-After as a date one to two seconds ahead, for the first two requests |
| unavailable | 503 for ever, the newest report |
| robots-folder, robots-named | the newest report in a folder closed to all, to gongkai |
| robots-delay | Crawl-delay 0.3 |
| robots-missing, robots-broken, robots-page | robots.txt is 404 (all is open), 500 (all is closed), a web page (all is open) |
| slow | 0.5 s an answer |
| drip | the newest report comes by a byte every 0.2 s, for ever |
| cut-first, cut-always | the connection is lost half-way: once an address; always, the newest report |
| endless, endless-length | the newest report has no end: chunked; behind a length of 2 GB |
| bomb | the newest report unpacks to 300 MB |
| no-validators | neither ETag nor Last-Modified: `answers_304` is false |
| wrong-type | PDF declared as text/html |
| empty | the newest report is 200 without a byte |
| long | one page of 2,000 links |
| hostile | titles that do harm; reports titled in full-width and Chinese digits, with spaces inside, cut off |

Beside each report stand interpretations, pictures, notices, templates, website statements, reports on other subjects or
of a department: `web.unwanted()`. Robots.txt closes `/admin/` at two of three of the other sites and is 404 at the third.

Belongs here: the sites, what can happen to them, and the judge of a client's manners. Does not belong here: any client.
"""

from tests.web.replica.hits import Hit
from tests.web.replica.reports import Changed
from tests.web.replica.rules import Rule, broken_rules
from tests.web.replica.site import Document, Site
from tests.web.replica.whole import Expected, ReplicaWeb

__all__ = ["Changed", "Document", "Expected", "Hit", "ReplicaWeb", "Rule", "Site", "broken_rules"]
