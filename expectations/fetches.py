"""The index of the archive: what every address answered, refresh by refresh."""

from expectations import vocabulary as words
from expectations.columns import Table, column

SHA256 = r"^[0-9a-f]{64}$"
_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"


class Fetches(Table):
    """One row an address and refresh."""

    run_id: str = column("Refresh: when it began (UTC)", zh="批次", pattern=r"^\d{8}T\d{6}\.\d{6}Z$")
    url: str = column("Address that was asked for", zh="网址", pattern=r"^https?://")
    kind: str = column(
        "What the address was asked for as: a list of reports, a report, a document that a report's page links, or the "
        "site's robots.txt",
        zh="类别",
        allowed=words.FETCH_KINDS,
    )
    requested_at: str = column("When the request began that was answered (UTC)", zh="请求时间", pattern=_TIME)
    outcome: str = column(
        "What came of it: content for the first time, other content than before, the same content (a page of other bytes "
        "that says the same but for a counter is that too); gone although it was "
        "there before; sent on to another address; not asked for, or the site asked not to; asked for in vain",
        zh="结果",
        allowed=words.FETCH_OUTCOMES,
    )
    body_name: str = column("Body on whose behalf it was asked for", zh="机关", nullable=True)
    report_year: int = column(
        "Year that the link's title or the register says", zh="报告年度", nullable=True, minimum=2000, maximum=2100
    )
    title: str = column("Text of the link", zh="标题", nullable=True)
    published_on: str = column("Date beside the link", zh="发布日期", nullable=True, pattern=r"^\d{4}-\d\d-\d\d$")
    found_on: str = column("Page that links it; null where the register names it", zh="来源页面", nullable=True)
    code: str = column("Short code of why nothing came of it", zh="原因代码", nullable=True, pattern=r"^[a-z0-9_]+$")
    message: str = column("The reason in a sentence", zh="原因", nullable=True)
    status: int = column("Status of the response", zh="状态码", nullable=True, minimum=100, maximum=999)
    location: str = column("Address that it sent on to", zh="跳转网址", nullable=True)
    sha256: str = column("SHA-256 of the response's body as archived", zh="内容哈希", nullable=True, pattern=SHA256)
    warc_sha256: str = column(
        "SHA-256 of the WARC file that holds it", zh="存档文件哈希", nullable=True, pattern=SHA256
    )
    size_bytes: int = column("Size of the body", zh="大小", unit="bytes", nullable=True, minimum=0)
    content_type: str = column("Content-Type that the site declared", zh="内容类型", nullable=True)
    etag: str = column("ETag that the site gave", zh="ETag", nullable=True)
    last_modified: str = column("Last-Modified that the site gave", zh="Last-Modified", nullable=True)
    holds_files: bool = column("Whether the body is an archive of files", zh="是否压缩包")
    attempts: int = column("Times that it was asked for", zh="请求次数", unit="requests", minimum=0)
    seconds: float = column("How long that took, pauses included", zh="耗时", unit="seconds", minimum=0)

    class Config:
        """Table facts."""

        name = "fetches"
        title = "抓取记录"
        description = (
            "What every address answered in every refresh, and which archived bytes are its content. A body that several "
            "addresses gave is archived once, with the headers of the first."
        )
        unique = ["run_id", "url"]
        metadata = {
            "grain": "one address in one refresh",
            "rules": {
                "content_is_archived": (
                    "outcome not in ('new', 'changed', 'unchanged') or sha256 is not null or size_bytes is null"
                ),
                "what_failed_says_why": "outcome not in ('vanished', 'refused', 'failed') or code is not null",
                "what_is_archived_has_a_file": "(sha256 is null) = (warc_sha256 is null)",
                "sent_on_to_somewhere": "(outcome = 'redirected') = (location is not null)",
            },
        }
