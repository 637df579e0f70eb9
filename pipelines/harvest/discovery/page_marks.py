"""The words and scripts by which pages that are not what was asked for give themselves away.

Belongs here: patterns. Does not belong here: how much of the page they must be of (`answer_kind`).
"""

from __future__ import annotations

import re

_THING = r"(?:页面|网页|网址|地址|文件|栏目|文章|内容|信息|资源|链接|频道|稿件|记录)"
_GONE = r"(?:不存在|不见了|未找到|找不到|没有找到|无法找到|无法访问|走丢|丢失|已?经?被?(?:删除|移除|移走|下线|撤销|关闭)|已过期|已失效|已迁移|暂未发布)"
#: A page that says that there is none.
MISSING = re.compile(
    rf"(?:您|你)?(?:所?(?:访问|查看|浏览|请求|查找|打开|寻找)的?|该|此|本|这个|对不起|抱歉|很遗憾|sorry)[^。]{{0,12}}?{_THING}[^。]{{0,12}}?{_GONE}"
    rf"|^{_THING}{_GONE}|{_THING}(?:不存在或|已被|没有找到|找不到)|找不到(?:该|此|您|相关)?[^。]{{0,6}}{_THING}"
    r"|404.{0,20}(?:not found|错误|页面|未找到)|(?:not found|error|错误).{0,12}404|the (?:requested )?(?:url|page|resource).{0,80}not (?:be )?found",
    re.IGNORECASE,
)
MISSING_TITLE = re.compile(r"404|not found|找不到|不存在|页面丢失|出错了", re.IGNORECASE)
MISSING_PATH = re.compile(r"/(?:404|notfound|not_found|nopage|error|err)(?:[._/-]|$)", re.IGNORECASE)

ERROR = re.compile(
    r"服务器(?:内部)?(?:发生)?(?:错误|异常|繁忙|无响应)|internal server error|server error|http (?:status|error) ?5\d\d|\b50[0234] (?:bad|service|gateway|internal)"
    r"|service (?:temporarily )?unavailable|bad gateway|gateway time-?out|数据库(?:连接|访问|操作)?(?:错误|异常|失败|出错)|系统(?:发生|出现)?(?:错误|异常|繁忙|出错)"
    r"|(?:系统|网站|站点|平台|服务器)(?:正在|升级)?(?:维护|升级)|正在维护|(?:网站|站点)(?:已|暂时|临时){1,2}(?:关闭|停止|下线)|运行时错误|应用程序中的服务器错误"
    r"|error establishing a database|程序(?:错误|异常)|页面(?:发生|出现)错误|请求超时|访问(?:人数|量)过[多大]",
    re.IGNORECASE,
)
TRACE = re.compile(
    r"\bat [\w$.]+\([\w$]+\.java:\d+\)|java\.(?:lang|sql|io|util)\.\w*(?:exception|error)|sqlexception|ora-\d{5}|odbc.{0,40}driver|microsoft ole db|traceback \(most recent"
    r"|fatal error:|stack ?trace|unhandled exception|apache tomcat.{0,30}error report|whitelabel error page|warning: mysql|you have an error in your sql",
    re.IGNORECASE,
)

CHALLENGE = re.compile(
    r"创宇盾|加速乐|云锁|安全狗|网站防火墙|应用防火墙|\bwaf\b|安全验证|安全检[测查]|人机(?:验证|识别|校验)|滑动验证|完成验证|拖动滑块|请输入验证码|验证码后|浏览器安全"
    r"|(?:访问|请求)(?:行为)?(?:已|可能)?被?(?:系统)?(?:拦截|阻断|阻止|拒绝|禁止)|被[^。,，]{0,10}(?:盾|网关|防火墙|卫士|WAF|安全)[^。,，]{0,6}(?:拦截|阻断)|D盾_拦截|玄武盾|访问(?:过于|太)频繁|(?:疑似|异常|恶意|非法)(?:攻击|访问|请求|流量)|checking your browser"
    r"|just a moment|access denied|request (?:blocked|rejected)|are you (?:a )?human|captcha|您的ip|ddos|验证您的|正在(?:检查|验证)您",
    re.IGNORECASE,
)
#: The same by their scripts, which set a cookie and come again.
CHALLENGE_SCRIPT = re.compile(
    r"<(?:meta|script)\b[^<>]{0,300}\sr=[\"']m[\"']|__jsluid|__jsl_clearance|jsl_clearance|acw_sc__v\d|arg1\s{0,3}=\s{0,3}['\"][0-9A-F]{20,}|\$_ts\s{0,3}[=.\[]|cf_chl_|challenge-platform|_cf_chl|cdn-cgi/challenge"
    r"|document\.cookie\s{0,3}=[^;]{0,300};[^<]{0,600}(?:location|reload)|(?:yunsuo|safedog|wzws|__tst_status|_guard)[\w]{0,30}|HWWAFSESID|probe\.js|hcaptcha|recaptcha|geetest",
    re.IGNORECASE,
)
NEEDS_SCRIPT = re.compile(
    r"(?:启用|开启|打开|支持|允许)\s?(?:浏览器的?)?\s?java\s?script|enable java\s?script|java\s?script.{0,20}(?:enabled|禁用)|without javascript",
    re.IGNORECASE,
)
LOGIN = re.compile(r"登录|登陆|login|sign ?in|统一身份认证|密码", re.IGNORECASE)
LOGIN_PATH = re.compile(r"/(?:login|sso|cas|signin|passport|oauth)[./?_-]", re.IGNORECASE)
#: A report says these of itself and of its tables, where 不存在 is the name of a row.
REPORT = re.compile(
    r"政府信息公开工作年度报告|收到和处理政府信息公开申请|主动公开政府信息|总体情况|勾稽关系|本年度?新收"
)
#: A whole address: a piece that a script joins with others is that of a pager.
REDIRECT = re.compile(
    r"(?:window|self|top|document|parent)?\.?location(?:\.href)?\s{0,3}(?:=|\.replace\s{0,3}\(|\.assign\s{0,3}\()\s{0,3}[\"']([^\"'<>]{1,500})[\"'](?!\s{0,3}\+)"
)
REFRESH = re.compile(
    r"^\s{0,5}(\d{1,4}(?:\.\d)?)?\s{0,5}[;,]?\s{0,5}(?:url\s{0,3}=)?\s{0,3}[\"']?([^\"']{1,500})[\"']?\s{0,5}$",
    re.IGNORECASE,
)
