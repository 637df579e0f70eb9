"""From a line of the plan to a site: its column, its articles and files, its ledger. Nothing is rendered yet."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from tests.web.replica.columns import COLUMN_NAME, DECOYS, Column, Entry, decoys, fillers, published, report_title
from tests.web.replica.families import FAMILIES
from tests.web.replica.furniture import Look, article, attachment, document
from tests.web.replica.plan import Spec
from tests.web.replica.reports import DEPARTMENTS, file, inner, place_of, reports_of, template
from tests.web.replica.resources import fixed
from tests.web.replica.rules import ROBOTS
from tests.web.replica.site import UNWANTED, Document, Site

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CHARSETS = {"right": {"utf-8": "utf-8", "gbk": "gb2312"}, "wrong": {"utf-8": "gb2312", "gbk": "utf-8"}}
_CHARSETS["header"] = _CHARSETS["right"]
#: Entries of a list of one page, beside reports.
_DECOYS_OF_A_PAGE, _FILLERS_OF_A_PAGE = 2, 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site stands and who reports there."""

    number: int
    host: str
    body_name: str
    seed: int


def build(spec: Spec, place: Place) -> Site:
    """A site without its quirk, and without its list: both come when all sites are there."""
    dice = random.Random(f"{place.seed}-{spec.name}")
    charset = _CHARSETS.get(spec.declared, {}).get(spec.encoding)
    departments = [f"{place_of(place.body_name)}{each}" for each in DEPARTMENTS[: spec.departments]]
    site = Site(
        name=spec.name,
        host=place.host,
        bodies=[place.body_name, *departments],
        family=spec.family.partition("-")[0],
        encoding=spec.encoding,
        quirk=spec.quirk,
        look=Look(place.body_name, f"http://{place.host}", charset),
        maker=FAMILIES[spec.family](place.number),
        column=Column(COLUMN_NAME),
        dice=dice,
        covers=spec.covers,
        form=spec.form,
        answers_304=spec.validators != "none",
        validators=spec.validators,
        is_zipped=spec.is_zipped,
        says_charset=spec.declared == "header",
    )
    for name in site.bodies:
        for year, report in reports_of(name, place.seed).items():
            site.reports[name, year] = report
    if place.number % 3:
        site.routes[ROBOTS] = fixed(200, b"User-agent: *\nDisallow: /admin/\n", "text/plain")
    _fill(site, spec)
    return site


def _fill(site: Site, spec: Spec) -> None:
    """Everything that the column holds, oldest year first."""
    government = site.bodies[0]
    for year in spec.years:
        for name in site.bodies:
            add_report(site, name, year)
        for entry in _beside(site, government, year, spec):
            add_other(site, entry)
    wanted = spec.pages * site.column.per_page - site.dice.randint(1, 5) if spec.pages > 1 else 0
    missing = max(wanted - len(site.column.entries), _FILLERS_OF_A_PAGE)
    for entry in fillers(government, spec.years, site.dice, missing):
        add_other(site, entry)


def add_report(site: Site, name: str, year: int) -> Entry:
    """Publish a report: in the column, as a page, and as a file where a page only hands it on."""
    title = report_title(name, year, site.dice)
    entry = Entry(title, "report", year, name, published(name, year, site.dice))
    _enter(site, entry)
    report = site.reports[name, year]
    carrier = Document(site.address + entry.path, name, year)
    site.documents.append(carrier)
    form = site.form
    if form == "page":
        _article(site, entry, lambda: inner(report))
    else:
        carrier.holds_report = False
        path = site.maker.file(entry, form)
        named = f"{title}.{form}"
        site.attach(path, lambda: file(report, form), entry.published, named, MEDIA_TYPES[form])
        href = path if path.startswith("/system") else _beside_page(path, entry.path)
        _article(site, entry, lambda: attachment(escape(href), named))
        carrier = Document(site.address + path, name, year, "attachment")
        site.documents.append(carrier)
    site.carriers[name, year] = carrier
    return entry


def add_other(site: Site, entry: Entry) -> None:
    """Publish what is no report of the site's bodies."""
    _enter(site, entry)
    if not entry.is_elsewhere:
        site.documents.append(
            Document(site.address + entry.path, entry.body_name, entry.year, fate=UNWANTED, why=entry.kind)
        )
        _article(site, entry, lambda: _text(site, entry))


def _enter(site: Site, entry: Entry) -> None:
    entry.serial = max((each.serial for each in site.column.entries), default=0) + site.dice.randint(1, 3)
    entry.path = entry.path or site.maker.article(entry)
    site.column.entries.append(entry)


def _beside_page(path: str, page: str) -> str:
    """A file in the page's own folder goes by its name alone."""
    folder, _, name = path.rpartition("/")
    return f"./{name}" if page.rpartition("/")[0] == folder else path


def _article(site: Site, entry: Entry, text: Callable[[], str]) -> None:
    """A page around a text that is made when it is asked for."""

    def make() -> str:
        main = article(entry.title, str(entry.published), site.look.site_name, text())
        return document(site.look, entry.title, main, ("政务公开", COLUMN_NAME, "正文"))

    site.publish(entry.path, make, entry.published)


def _beside(site: Site, name: str, year: int, spec: Spec) -> Iterator[Entry]:
    """What is published beside the report of a year: more of it where there is room."""
    day = next(e.published for e in site.column.entries if e.year == year and e.body_name == name)
    # One kind more a year than there is room for would open one more page.
    room = (spec.pages * site.column.per_page - 8) // len(spec.years) - len(site.bodies) - 1
    many = min(max(room, 1), len(DECOYS)) if spec.pages > 1 else _DECOYS_OF_A_PAGE
    first = year * many + site.maker.number * 3
    kinds = [DECOYS[(first + n) % len(DECOYS)][0] for n in range(many)]
    yield from decoys(name, year, day, kinds)
    if spec.covers == "body":
        other = f"{place_of(name)}{site.dice.choice(DEPARTMENTS)}"
        yield Entry(report_title(other, year, site.dice), "other body", year, other, day - datetime.timedelta(days=2))


def _text(site: Site, entry: Entry) -> str:
    """What stands in a page that is no report of the site's."""
    if entry.kind == "other body":
        return inner(reports_of(entry.body_name, 0)[entry.year])
    if entry.kind == "template":
        return template(entry.year)
    if entry.kind not in _SAID:
        return "<p>本文为测试文字，与年度报告无关。</p>"
    received = site.reports[site.bodies[0], entry.year].cells["requests", "received_new", "total"]
    return f"<p>{_SAID[entry.kind].format(year=entry.year, received=received)}</p><p>本文为测试文字。</p>"


_SAID = {
    "interpretation": "本文解读{year}年度报告的主要内容：全年收到政府信息公开申请{received}件。",
    "picture": '<img src="/images/{year}.jpg" alt="图解">用图片说明：申请{received}件。',
    "notice": "各单位应于1月31日前公布{year}年度报告，并按要求报送。",
    "statement": "网站名称、首页网址、信息发布总数等见下表（{year}年度）。",
    "other subject": "{year}年，依法行政工作稳步推进。",
    "news": "记者获悉，{year}年度报告已经公布，共收到申请{received}件。",
    "call": "现就{year}年度报告征集意见，请于30日内反馈。",
}
