"""The tables of the growing register: what a look at each address gave, what is proposed, and what is covered."""

from expectations import register_words as words
from expectations.columns import Table, column
from expectations.vocabulary import BODY_KINDS

_ADDRESS = r"^https?://"
_DAY = r"^\d{4}-\d\d-\d\d$"


class Probes(Table):
    """One row an address: the last look at it."""

    url: str = column("Address that was looked at", zh="网址", pattern=_ADDRESS)
    probed_on: str = column("Day of the look (in China)", zh="探测日期", pattern=_DAY)
    state: str = column("What the look gave", zh="探测结果", allowed=words.PROBE_STATES)
    code: str = column("Short code of why it gave no list", zh="原因代码", nullable=True, pattern=r"^[a-z0-9_]+$")
    reason: str = column("The reason in a sentence", zh="说明")
    newest_year: int = column(
        "Newest year that a report or a year's folder on it is about",
        zh="最新年度",
        nullable=True,
        minimum=2000,
        maximum=2100,
    )
    reports: int = column("Reports that it links", zh="报告链接数", unit="reports", minimum=0)
    bodies: str = column("Bodies that these name, with ； between them; the first twenty", zh="列出机关", nullable=True)
    body_count: int = column("How many bodies they name", zh="列出机关数", unit="bodies", minimum=0)
    family: str = column("System that made the page, as far as it shows", zh="建站系统", nullable=True)
    landed_url: str = column("Address that it sent on to", zh="跳转网址", nullable=True, pattern=_ADDRESS)

    class Config:
        """Table facts."""

        name = "probes"
        title = "网址探测"
        description = "What a single look at each address of the register gave. An address without a row is unprobed."
        unique = ["url"]
        metadata = {
            "grain": "one address, the last look at it",
            "rules": {
                "read_has_something": "state <> 'read' or reports > 0 or newest_year is not null",
                "dead_says_why": "state not in ('dead', 'unreached', 'challenge', 'forbidden') or code is not null",
            },
        }


class Proposals(Table):
    """One row a proposed address."""

    body_name: str = column("Body whose list or portal it would be", zh="机关")
    province: str = column("Its province, short; empty where the register has none", zh="省份", nullable=True)
    old_url: str = column("Address of the register that it would replace", zh="原网址", nullable=True, pattern=_ADDRESS)
    proposed_url: str = column("Proposed address", zh="建议网址", pattern=_ADDRESS)
    how_found: str = column("How it was found", zh="发现方式")
    evidence_url: str = column("Page that shows it", zh="依据网址", pattern=_ADDRESS)
    confidence: str = column("How sure this is", zh="把握", allowed=words.CONFIDENCES)
    proposed_on: str = column("Day of the proposal (in China)", zh="日期", pattern=_DAY)
    kind: str = column("A list of reports, or a government's portal", zh="类别", allowed=words.PROPOSAL_KINDS)
    level: str = column("Its level in the register; empty: as in the row that is replaced", zh="层级", nullable=True)
    covers: str = column(
        "Whose reports of a list count; empty: as in the row that is replaced",
        zh="覆盖范围",
        nullable=True,
        allowed=words.COVERS,
    )
    evidence: str = column("What that page shows, literally", zh="依据", nullable=True)
    state: str = column("How it stands", zh="状态", allowed=words.PROPOSAL_STATES)
    decided_on: str = column("Day on which it was accepted or refused", zh="处理日期", nullable=True, pattern=_DAY)
    decided_by: str = column("The rule or the person that decided", zh="处理依据", nullable=True)

    class Config:
        """Table facts."""

        name = "proposals"
        title = "网址建议"
        description = "Addresses that were found and wait for a person, or for a stated rule, to accept them."
        unique = ["province", "body_name", "kind", "proposed_url"]
        metadata = {
            "grain": "one proposed address of one body",
            "rules": {
                "a_portal_covers_nobody": "kind = 'list' or covers is null",
                "decided_has_a_day": "(state = 'open') = (decided_on is null)",
            },
        }


class RegisterCoverage(Table):
    """One row a province and kind of body at a level: how far the register reaches."""

    province: str = column("Province, short; 全国 for all", zh="省份")
    level: str = column("Level of the government, or of the government that a department is of", zh="层级")
    body_kind: str = column("Kind of body", zh="机关类别", allowed=BODY_KINDS)
    bodies: int = column(
        "Bodies: of governments all in the division tree, of others those that the register or a report names",
        zh="机关数",
        unit="bodies",
        minimum=0,
    )
    with_portal: int = column("Of these, with a portal that is known", zh="有门户", unit="bodies", minimum=0)
    with_list: int = column(
        "Of these, with a list of their own or of their government's territory", zh="有目录", unit="bodies", minimum=0
    )
    list_unprobed: int = column("With a list that was never looked at", zh="目录未探测", unit="bodies", minimum=0)
    list_probed: int = column(
        "With a list that was looked at, and none that is confirmed", zh="目录已探测", unit="bodies", minimum=0
    )
    list_confirmed: int = column("With a list that is confirmed", zh="目录已确认", unit="bodies", minimum=0)
    with_report: int = column("Of these, with a report of the year", zh="有当年报告", unit="bodies", minimum=0)
    report_year: int = column("The year", zh="报告年度", minimum=2000, maximum=2100)

    class Config:
        """Table facts."""

        name = "register_coverage"
        title = "登记覆盖"
        description = "What share of the country the register reaches, and of whom a report of the year was found."
        unique = ["report_year", "province", "level", "body_kind"]
        metadata = {
            "grain": "one kind of body at one level of one province in one year",
            "rules": {
                "states_make_the_lists": "with_list = list_unprobed + list_probed + list_confirmed",
                "no_more_than_there_are": "with_list <= bodies and with_portal <= bodies and with_report <= bodies",
            },
        }
