"""Products that stand before a site are named, and a site's own refusal is not taken for one."""

from __future__ import annotations

import pytest

from pipelines.harvest.fetch.challenges import refusal_of, vendor_of

RUISHU = "<html><head><meta id='9DhefwqGPrzGxEp9hPaoag' content='x'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=8;</script></head></html>"
JIASULE = "<script>document.cookie=('_')+('_')+('j')+('s')+('l');document.cookie='__jsl_clearance_s=1|-1|x';location.href=location.pathname</script>"
ALIYUN = """<html><head><title>405</title></head><body><div data-spm="a3c0e"><a href="//errors.aliyun.com/images">
<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p></div></body></html>"""


@pytest.mark.parametrize(
    ("status", "page", "vendor"),
    [
        (412, RUISHU, "瑞数"),
        (202, RUISHU, "瑞数"),
        (521, JIASULE, "加速乐"),
        (405, ALIYUN, "阿里云"),
        (418, "<html><script>var HWWAFSESID='1'</script></html>", "华为云"),
        (412, "<meta id='9Dhe' content='kx8f' r='m'><script src='/4Q/d.js' r='m'></script>", "瑞数"),
        (403, "<p>您的请求存在威胁，已被明御安全网关阻断</p>", "安恒"),
        (403, "<title>D盾_拦截提示</title>", "D盾"),
        (468, "<script src='/.safeline/static/x.js'></script>", "长亭"),
        (403, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", "Cloudflare"),
    ],
)
def test_a_product_is_named_by_its_marks(status: int, page: str, vendor: str) -> None:
    assert vendor_of(page) == vendor
    assert refusal_of(status, page.encode()) == f"the site wants a browser ({vendor})"


@pytest.mark.parametrize(
    ("status", "page"),
    [
        (403, "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>"),
        (405, "Method Not Allowed"),
        (403, "<html><meta name='referrer' content='m'><h1>403 Forbidden</h1></html>"),
        (412, "<h1>412 Precondition Failed</h1>"),
        (521, ""),
        # What is gone is gone, whoever stands before it.
        (404, JIASULE),
        (500, RUISHU),
    ],
)
def test_a_sites_own_refusal_is_none_of_them(status: int, page: str) -> None:
    assert refusal_of(status, page.encode()) is None
