"""What answers are: pages and documents, and what only stands in their place."""

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.harvest.discovery.answer_kind import AnswerKind, kind_of
from tests.made.cases import folded

URL = "http://www.jia.gov.cn/zwgk/zfxxgknb/202501/t20250120_301.html"
NAV = "".join(f'<a href="/n{n}/">栏目第{n}个名称</a>' for n in range(60))
FOOT = "<div>主办：甲市人民政府办公室　承办：甲市数据局　网站标识码：1234567890　备案号：甲123456号　地址：甲市乙路1号　邮编：100000</div>"
PARAGRAPH = (
    "<p>"
    + "2024年，本机关认真贯彻条例，围绕重点工作主动公开信息，规范办理依申请公开，完善平台建设，加强监督保障。" * 3
    + "</p>"
)
REPORT = f"""<p>一、总体情况</p>{PARAGRAPH}<p>二、主动公开政府信息情况</p><table><tr><td>规章</td><td>3</td></tr></table>
<p>三、收到和处理政府信息公开申请情况</p><table><tr><td>（四）无法提供</td><td>1.本机关不掌握相关政府信息</td><td>0</td></tr>
<tr><td>2.没有现成信息需要另行制作</td><td>0</td></tr><tr><td>政府信息不存在</td><td>12</td></tr></table>{PARAGRAPH}"""


def told(body: str, head: str = "", status: int = 200, requested: str = URL, final: str | None = None) -> AnswerKind:
    html = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return kind_of(status, "text/html", html.encode(), requested, final or requested)


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n1 0 obj\n",
        archive(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"{\\rtf1 a}",
    ],
)
def test_documents_by_their_bytes_whatever_the_server_says(data: bytes) -> None:
    assert kind_of(200, "text/html", data, URL, URL).kind == "document"


@folded(
    "body",
    [
        REPORT,
        NAV + REPORT + FOOT,
        NAV
        + "<ul>"
        + "".join(f"<li><a href='/a{n}.html'>甲局{2000 + n}年报告</a>2025-01-20</li>" for n in range(10))
        + "</ul>"
        + FOOT,
        NAV + "<div>暂无数据</div>" + FOOT,
        "<div>甲市政府信息公开年报</div><div>暂无数据</div><p>" + "欢迎访问甲市政府信息公开平台。" * 6 + "</p>",
        "<img src='1.jpg'><img src='2.jpg'>",
        "<iframe src='list.jsp'></iframe>",
        "<script type='text/xml'><datastore><recordset><record><![CDATA[<li><a href='a'>b</a></li>]]></record></recordset></datastore></script>",
        "<script>document.write(\"<a href='/a/1.html'>甲局报告</a>\")</script>",
        NAV + f"<form><input type='password'>登录</form>{PARAGRAPH}{PARAGRAPH}",
        NAV
        + "<p>"
        + "我市开展网站安全检测，访问被拦截的异常请求明显减少，服务器错误率下降，系统维护水平提高。" * 12
        + "</p>",
        REPORT + "<script>if(0){location.href='/m/'}</script>",
        f"<div id='app'>{REPORT}</div>",
    ],
)
def test_pages(body: str) -> None:
    assert told(body).kind == "page", told(body).reason


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("404 Not Found", ""),
        ("<h1>404</h1><p>您访问的页面不存在或已删除</p>", ""),
        (NAV + "<div>抱歉，您访问的页面不存在或已删除！</div>" + FOOT, ""),
        ("<p>对不起，您要查看的信息已被删除。</p>", ""),
        ("<p>您所访问的栏目不存在</p>", ""),
        ("<p>页面找不到了，5秒后返回首页</p>", ""),
        ("<p>该信息不存在</p>", ""),
        (NAV + "<p>返回首页</p>", "<title>404-页面不存在</title>"),
        ("<p>文章不存在或未审核</p>", ""),
        ("<p>The requested URL /a.html was not found on this server.</p>", "<title>Object not found</title>"),
    ],
)
def test_soft_404(body: str, head: str) -> None:
    assert told(body, head).kind == "soft_404", told(body, head).reason


@pytest.mark.parametrize(
    ("requested", "final", "expected"),
    [
        (URL, "http://www.jia.gov.cn/", "soft_404"),
        (URL, "https://www.jia.gov.cn/index.html", "soft_404"),
        (URL, "http://www.jia.gov.cn/404.html", "soft_404"),
        (URL, "https://www.jia.gov.cn/zwgk/zfxxgknb/202501/t20250120_301.html", "page"),
        (URL, "http://zwgk.jia.gov.cn/nb/t20250120_301.html", "page"),
        ("http://www.jia.gov.cn/", "http://www.jia.gov.cn/index.html", "page"),
    ],
)
def test_redirects(requested: str, final: str, expected: str) -> None:
    assert told(NAV + REPORT + FOOT, requested=requested, final=final).kind == expected


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<h1>HTTP Status 500 - Internal Server Error</h1>", ""),
        ("<pre>java.lang.NullPointerException\n at cn.gov.A.b(A.java:12)\n</pre>" + "<p>x</p>" * 300, ""),
        ("<p>“/”应用程序中的服务器错误。</p>", ""),
        ("<p>数据库连接失败，请稍后再试</p>", ""),
        ("<p>网站正在维护升级，敬请谅解。</p>", ""),
        ("<center>nginx</center>", "<title>502 Bad Gateway</title>"),
        ("<p>系统繁忙，请稍后再试</p>", ""),
        ("<p>Microsoft OLE DB Provider for ODBC Drivers 错误</p>", ""),
    ],
)
def test_error_pages(body: str, head: str) -> None:
    assert told(body, head).kind == "error_page", told(body, head).reason


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>您的请求已被创宇盾拦截</p>", ""),
        ("<p>请完成安全验证后继续访问</p>", ""),
        ("<p>请输入验证码</p><input>", "<title>安全验证</title>"),
        ("<p>当前访问疑似恶意攻击，已被阻断</p>", ""),
        ("<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>", ""),
        ("<script>var arg1='A1B2C3D4E5F60718293A4B5C6D7E8F9012345678';setCookie('acw_sc__v2',arg1)</script>", ""),
        ("", "<script>$_ts=window['$_ts'];</script>"),
        ("<p>Checking your browser before accessing</p>", "<title>Just a moment...</title>"),
    ],
)
def test_challenges(body: str, head: str) -> None:
    assert told(body, head).kind == "challenge", told(body, head).reason
    assert told(body, head, status=403).kind == "challenge"


@pytest.mark.parametrize(
    ("body", "head", "moved_to"),
    [
        ('<div id="app"></div><script src="/static/js/app.js"></script>', "", None),
        ("<noscript>请启用JavaScript后访问</noscript><div id='root'></div>", "", None),
        ("<script>location.href='/zwgk/nb/';</script>", "", "http://www.jia.gov.cn/zwgk/nb/"),
        ("<script>window.location.replace('http://xxgk.jia.gov.cn/')</script>", "", "http://xxgk.jia.gov.cn/"),
        (
            "",
            '<meta http-equiv="refresh" content="0;url=../nb/index.html">',
            "http://www.jia.gov.cn/zwgk/zfxxgknb/nb/index.html",
        ),
        ("正在跳转", "<META HTTP-EQUIV='Refresh' CONTENT='0; URL=/nb/'>", "http://www.jia.gov.cn/nb/"),
        ("<script>load('x.js')</script>", "", None),
    ],
)
def test_shells(body: str, head: str, moved_to: str | None) -> None:
    page = told(body, head)
    assert (page.kind, page.moved_to) == ("script_shell", moved_to), page.reason


def test_a_list_that_reloads_itself_is_a_page() -> None:
    assert told(NAV + PARAGRAPH, f'<meta http-equiv="refresh" content="300;url={URL}">') == AnswerKind(
        "page", "a page with text"
    )


def test_logins() -> None:
    form = "<form>用户登录<input name='u'><input type='password'><button>登录</button></form>"
    assert told(form).kind == "login"
    assert told(form, final="http://www.jia.gov.cn/sso/login?back=1").kind == "login"
    assert told("", status=401).kind == "login"


@pytest.mark.parametrize("data", [b"", b" \r\n ", b"<html><body></body></html>", b"\xef\xbb\xbf"])
def test_empty(data: bytes) -> None:
    assert kind_of(200, None, data, URL, URL).kind == "empty"


@pytest.mark.parametrize(
    ("status", "kind"), [(404, "soft_404"), (410, "soft_404"), (500, "error_page"), (403, "error_page")]
)
def test_failures_by_status(status: int, kind: str) -> None:
    assert told(NAV + REPORT, status=status).kind == kind
    assert kind_of(status, None, b"%PDF-1.4", URL, URL).kind == kind


def test_gbk_is_read() -> None:
    assert (
        kind_of(200, "text/html", "<html><p>您访问的页面不存在</p></html>".encode("gbk"), URL, URL).kind == "soft_404"
    )


def test_answers_in_json_are_pages() -> None:
    assert kind_of(200, "application/json", b'{"articles": []}', URL, URL).kind == "page"


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 200_000,
        b"<script>" + b"document.cookie=a;" * 100_000,
        b"<script>" + b"location.href='" * 100_000,
        "您访问的页面".encode() * 200_000,
        b"<pre>" + b"at aaaaaaaaaaaaaaaaaaaaaaa" * 100_000,
        b"<meta http-equiv=refresh content='" + b"0;url=" * 200_000 + b"'>",
        b"<a href=x.html>2024</a>" * 100_000,
    ],
)
def test_hostile_pages_are_bounded(data: bytes) -> None:
    started = time.process_time()
    assert kind_of(200, None, data, URL, URL).reason
    assert time.process_time() - started < 10


@given(st.integers(100, 599), st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_nothing_raises(status: int, data: bytes, url: str) -> None:
    for body in (data, b"<html><body>" + data):
        page = kind_of(status, None, body, url, URL)
        assert page.reason
        assert page.moved_to is None or page.moved_to.startswith(("http://", "https://"))
