"""Names the products that stand before a site and want a browser, or a person, instead of an answer.

They are named and left alone: nothing here solves, breaks or imitates one. Belongs here: whose page it is. Does not
belong here: pages that only say so in words (`pipelines.harvest.discovery.page_marks`).
"""

from __future__ import annotations

import re

#: Statuses by which such products answer in the place of the site.
STATUSES = frozenset({202, 400, 403, 405, 412, 418, 429, 468, 493, 503, 521})
#: A challenge is short beside a page of a site; what stands further behind is the site's.
_LONGEST = 200_000
#: In order: the marks of one product are not those of another.
_VENDORS = (
    (
        "瑞数",
        re.compile(
            r"\$_ts\s{0,3}[=.\[]|\$_ts\b.{0,200}\.nsd|\b_\$[a-z0-9A-Z]{2}\(\)\s{0,3};.{0,200}\$_ts"
            r"|<(?:meta|script)\b[^<>]{0,300}\sr=[\"']m[\"']",
            re.DOTALL,
        ),
    ),
    ("加速乐", re.compile(r"__jsl_clearance|__jsluid|加速乐|创宇盾|365cyd|yunaq\.com", re.IGNORECASE)),
    (
        "阿里云",
        re.compile(
            r"acw_sc__v\d|errors\.aliyun\.com|aliyun_waf|block_traceid|aliyunwaf|由于您访问的URL有可能对网站造成安全威胁|g\.alicdn\.com/sd/",
            re.IGNORECASE,
        ),
    ),
    ("华为云", re.compile(r"HWWAFSES|huaweicloud[^\"'<>]{0,60}waf|hwclouds?-waf", re.IGNORECASE)),
    (
        "腾讯云",
        re.compile(
            r"waf\.tencent|tencent[ -]?(?:cloud )?waf|qcloud[^\"'<>]{0,40}waf|/_waf_[\w-]*captcha", re.IGNORECASE
        ),
    ),
    ("网宿", re.compile(r"wzws[_-]?(?:cid|waf|sid)|wangsu[^\"'<>]{0,40}waf|wswaf", re.IGNORECASE)),
    ("云锁", re.compile(r"yunsuo_?(?:session|autojump)|security_session_(?:verify|mid_verify)|云锁", re.IGNORECASE)),
    ("安恒", re.compile(r"明御|玄武盾|dbappsecurity|安恒(?:信息|云)", re.IGNORECASE)),
    ("D盾", re.compile(r"D盾")),
    ("长亭", re.compile(r"safeline|chaitin|雷池", re.IGNORECASE)),
    (
        "F5",
        re.compile(r"The requested URL was rejected\. Please consult with your administrator|/TSPD/", re.IGNORECASE),
    ),
    ("安全狗", re.compile(r"safedog[-_.]|网站防火墙-安全狗|安全狗", re.IGNORECASE)),
    (
        "奇安信",
        re.compile(r"qaxwaf|wangzhan\.qianxin\.com|wangzhan\.360|webscan\.360|奇安信|360网站卫士", re.IGNORECASE),
    ),
    ("百度云加速", re.compile(r"yunjiasu[-_.]|su\.baidu\.com", re.IGNORECASE)),
    ("深信服", re.compile(r"sangfor[-_ ]?(?:waf|af)|safe\.sangfor", re.IGNORECASE)),
    (
        "Cloudflare",
        re.compile(r"cf_chl_|_cf_chl|/cdn-cgi/challenge|challenge-platform|cf-browser-verification", re.IGNORECASE),
    ),
)


def vendor_of(text: str) -> str | None:
    """Tell whose product made a page, by the marks that only its pages bear; None where none is known.

    `text` is the source of a page which is known to be no page of the site: a site's own page may name a product too.
    """
    return next((name for name, marks in _VENDORS if marks.search(text[:_LONGEST])), None)


def refusal_of(status: int, body: bytes) -> str | None:
    """Tell in a sentence that an answer with a status of failure is a challenge, with its vendor; None where it is none."""
    if status not in STATUSES:
        return None
    vendor = vendor_of(body[:_LONGEST].decode("utf-8", "replace"))
    return wants_browser(vendor) if vendor else None


def wants_browser(vendor: str | None) -> str:
    """The sentence of a challenge."""
    return f"the site wants a browser ({vendor or 'a product that is not known'})"
