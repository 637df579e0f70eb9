"""What a walk over one list saw, for one body: reports by year, what it could not see, and so how far the list was read.

Belongs here: counting along the walk, and the reading that comes of it. Does not belong here: walking
(`pipelines.harvest.walk.refresh`), why a page shows nothing (`pipelines.harvest.discovery.nothing_found`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from pipelines.harvest.discovery.listing import Listing
from pipelines.harvest.discovery.nothing_found import why_nothing
from pipelines.harvest.discovery.pages_said import pages_said
from pipelines.harvest.discovery.reports import Chosen, Covers, FoundReport, Turned, choose, is_column, is_titled_column
from pipelines.harvest.discovery.same_body import is_same
from pipelines.harvest.discovery.title_words import OTHER_HARD
from pipelines.harvest.discovery.titles import judge
from pipelines.harvest.discovery.unlinked import years_unlinked
from pipelines.harvest.discovery.within import NOWHERE, Within
from pipelines.harvest.ledger.database import Fetch
from pipelines.harvest.ledger.readings import Gap, Reading
from pipelines.harvest.register.sources import Source

#: Pages one after the other on which nothing speaks of reports: then a list is given up for this refresh. One whose
#: address alone says that it is of reports (`/nb/`) is given more of them, one whose title says so all, once.
PATIENCE, PATIENCE_BY_ADDRESS = 5, 10
#: More reports of other bodies than this are a collection, and say nothing of the body's name.
_FEW = 2
_MANY_YEARS = 3
#: Titles that may be those of reports, in words of their own.
_SPEAKS = re.compile(r"(?:信息|政务)公开.{0,12}(?:年报|报告|总结|情况)|(?:年报|年度报告)")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
#: States by what was answered; every other failure is `dead`.
_BY_CODE = {
    "challenge": "challenge",
    "wants_cookie": "wants_cookie",
    "forbidden": "forbidden",
    "robots_disallowed": "forbidden",
    "login": "forbidden",
    "script_shell": "script",
    "empty": "empty",
}


@dataclass(slots=True)
class Tally:
    """Holds what was seen of a list. `year` is that of the folder that led to it, None where none did."""

    source: Source
    url: str
    year: int | None = None
    is_folder: bool = False
    #: It was walked before for the same body: nothing is said of it here.
    is_skipped: bool = False
    #: Its first page is what it was when all of its pages were looked at, and the others were left alone.
    is_as_before: bool = False
    years: set[int] = field(default_factory=set)
    found: int = 0
    requests: int = 0
    barren: int = 0
    is_of_reports: bool = False
    #: Reports of other bodies stand on it: the list is shared.
    is_shared: bool = False
    is_titled_so: bool = False
    #: The year that the title of the first page names.
    titled: int | None = None
    failure: Fetch | None = None
    nothing: tuple[str, str] | None = None
    first: Fetch | None = None
    unseen: str = ""
    order: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    #: The folders of years, groups and bodies on it, looked for or not, with the year of each as far as it is known.
    folders: dict[str, int | None] = field(default_factory=dict)
    #: Pages that were looked at, and of how many the first one speaks.
    pages: int = 0
    said: int = 1
    #: Days beside reports of several years: on such a day a site was moved, and nothing was published.
    doubtful: set[date] = field(default_factory=set)
    below: list[Tally] = field(default_factory=list)

    # --- along the walk

    def lacked(self, fetch: Fetch) -> None:
        """A page of the list that could not be had: the first of them, or a further one."""
        self.requests += 1
        if self.first is None:
            self.first = self.failure = fetch
        else:
            self.unseen = self.unseen or f"a further page could not be had: {fetch.code}"

    def page(self, fetch: Fetch, data: bytes, listing: Listing, within: Within = NOWHERE) -> None:
        """A page of the list; `within` is what the folders say that led to it."""
        self.requests += 1
        self.pages += 1
        covers: Covers = "territory" if self.source.covers == "territory" else "body"
        chosen = choose(listing, self.source.body_name, covers, within=within)
        if self.first is None:
            self._first_page(fetch, data, listing, within)
        of_others = [turned for turned in chosen.turned_away if turned.code == "other_body"]
        self.found += len(chosen.reports) + len(of_others)
        self.is_shared = self.is_shared or bool(of_others)
        self.barren = 0 if chosen.reports or of_others or chosen.folders else self.barren + 1
        self.days += [item.published_on for item in listing.items if item.published_on]
        self.doubtful |= _days_of_many_years(chosen.reports)
        self.folders |= {folder.url: folder.within.year or _year_of("", folder.url) for folder in chosen.folders}
        for report in chosen.reports:
            self._report(report)
        if covers == "body" and within.group is None and len(of_others) <= _FEW:
            self.gaps += _gaps_of((turned.url, turned.title) for turned in of_others)
        self._spoken_of(chosen, listing)
        if self.is_of_reports or chosen.reports:
            self._unlinked(data, chosen)

    def _first_page(self, fetch: Fetch, data: bytes, listing: Listing, within: Within) -> None:
        self.first, self.titled = fetch, _year_of(listing.title, "")
        self.is_titled_so = within.in_column or is_titled_column(listing)
        self.is_of_reports = self.is_titled_so or is_column(listing)
        self.nothing = why_nothing(data, listing, in_column=self.is_titled_so)
        self.said = pages_said(data)

    def _spoken_of(self, chosen: Chosen, listing: Listing) -> None:
        """Links that speak of the body's report of a year under a title that is none: it is somewhere."""
        made_of_it = [turned for turned in chosen.turned_away if self._is_made_of_it(turned)]
        known = {report.url for report in chosen.reports} | {turned.url for turned in chosen.turned_away}
        known |= self.folders.keys()
        odd = [item for item in listing.items if item.url not in known and _SPEAKS.search(item.title)]
        titles = [(each.url, each.title) for each in made_of_it] + [(item.url, item.title) for item in odd]
        self.gaps += _gaps_of(titles, "spoken_of")

    def _unlinked(self, data: bytes, chosen: Chosen) -> None:
        """Years that the page speaks of and to which nothing leads: the report is there, or behind a tab."""
        linked = {report.report_year for report in chosen.reports} | {_year_of("", url) for url in self.folders}
        linked |= {folder.within.year for folder in chosen.folders}
        linked |= {judge(turned.title).report_year for turned in chosen.turned_away}
        self.gaps += [Gap(self.url, "spoken_of", year, year) for year in sorted(years_unlinked(data) - linked)]

    def _is_made_of_it(self, turned: Turned) -> bool:
        """Tell whether what was turned away was made of a report, or may be one under a title of few words."""
        if turned.code == "other_report":
            return self.is_titled_so and bool(_SPEAKS.search(turned.title)) and not OTHER_HARD.search(turned.title)
        return turned.code in ("interpretation", "summary_table")

    def _report(self, report: FoundReport) -> None:
        if not is_same(report.body_name, self.source.body_name, report.report_year):
            return
        if report.report_year is not None:
            self.years.add(report.report_year)
            self.order.append(report.report_year)
            return
        year = report.published_on.year - 1 if report.published_on else None
        self.gaps.append(Gap(report.url, "year_unknown", year, year))

    def took(self, year: int | None) -> None:
        """The page turned out to be a report itself."""
        self.found += 1
        if year is not None:
            self.years.add(year)

    def stopped(self, why: str) -> None:
        """The list has further pages that were not looked at."""
        self.unseen = self.unseen or why

    def repeated(self) -> None:
        """The last page showed what was seen before. Behind the second page that is the end of a list; the second page
        itself was asked for in a way that the site does not heed."""
        self.pages -= 1
        if self.pages == 1:
            self.stopped("its second page showed the first one again")

    def into(self, url: str) -> Tally:
        """The tally of a list that this one leads to."""
        child = Tally(self.source, url, self.folders.get(url), url in self.folders)
        self.below.append(child)
        return child

    def is_given_up(self, *, was_nothing: bool) -> bool:
        """Tell whether enough pages were without reports; `was_nothing` says that lately none of them had any."""
        if was_nothing or self.has_reports or not self.is_of_reports:
            return self.barren >= PATIENCE
        return not self.is_titled_so and self.barren >= PATIENCE_BY_ADDRESS

    # --- what came of it

    @property
    def has_reports(self) -> bool:
        """Tell whether reports were found on the list or below it."""
        return bool(self.found) or any(child.has_reports for child in self.below)

    def reading(self, run_id: str, read_at: str) -> Reading:
        """The reading that the walk comes to."""
        state, code, message = self._state()
        return Reading(
            run_id,
            self.url,
            self.source.body_name,
            self.source.province,
            read_at,
            state,
            code,
            message,
            tuple(sorted(self.all_years())),
            (*self._gaps(), *([Gap(self.url, "one_year")] if self._is_of_one_year() else [])),
            self._requests(),
        )

    def _state(self) -> tuple[str, str, str]:
        if self.has_reports:
            return "read", "", ""
        if self.failure is not None:
            code = self.failure.code or "unknown"
            return _BY_CODE.get(code, "dead"), code, self.failure.message or ""
        for child in self._inner():
            state, code, message = child._state()
            if child.is_folder or state not in ("dead", "empty", "general"):
                return ("empty" if state == "dead" else state), code, f"it leads to {child.url}: {message}"
        state, message = self.nothing or ("empty", "nothing was seen of it")
        return state, "", message

    def _inner(self) -> list[Tally]:
        """The lists below, those of years and bodies first."""
        return sorted((child for child in self.below if not child.is_skipped), key=lambda child: not child.is_folder)

    def all_years(self) -> set[int]:
        """The years of the body's reports on the list and below it."""
        return self.years.union(*(child.all_years() for child in self.below))

    def _requests(self) -> int:
        return self.requests + sum(child._requests() for child in self.below)

    def _gaps(self) -> list[Gap]:
        found = [*self.gaps]
        is_whole = not self.unseen and self.pages >= self.said
        if not is_whole and self.has_reports:
            found.append(Gap(self.url, "in_part", None, self._seen_down_to()))
        for url in self.folders.keys() - {child.url for child in self.below}:
            found.append(Gap(url, "not_gone_into", self.folders[url], self.folders[url]))
        for child in self.below:
            if child.is_folder and not child.is_skipped and not child.has_reports:
                state = child._state()[0]
                found.append(Gap(child.url, "in_part" if state == "dead" else state, child.year, child.year))
            found += child._gaps()
        return found

    def _is_of_one_year(self) -> bool:
        """Tell whether the list is that of one year by its address or title, and no other year's reports are on it."""
        named = _year_of("", urlsplit(self.url).path) or self.titled
        held = self.all_years()
        return named is not None and bool(held) and held <= {named, named - 1}

    def _seen_down_to(self) -> int | None:
        """The newest year that may stand on pages that were not seen; None where the newest need not stand first."""
        order, days = self.order, self.days
        for child in self.below if not order else ():
            order, days = [*order, *child.order], [*days, *child.days]
        if len(set(order)) > 1 and order == sorted(order, reverse=True):
            return order[-1] - 1
        if len(set(days)) > 1 and days == sorted(days, reverse=True):
            return days[-1].year - 1
        return None


def _gaps_of(titles: Iterable[tuple[str, str]], why: str = "other_name") -> list[Gap]:
    """Gaps of what stands on a list as (address, title), as far as the titles name a year."""
    years = [(url, judge(title).report_year or _year_of(title, "")) for url, title in titles]
    return [Gap(url, why, year, year) for url, year in years if year is not None]


def _days_of_many_years(reports: Iterable[FoundReport]) -> set[date]:
    """The days that stand beside the reports of three years or more."""
    years: defaultdict[date, set[int]] = defaultdict(set)
    for report in reports:
        if report.published_on and report.report_year:
            years[report.published_on].add(report.report_year)
    return {day for day, those in years.items() if len(those) >= _MANY_YEARS}


def _year_of(title: str, url: str) -> int | None:
    """The year that a folder's title names, else its address; None where they name none or several."""
    for text in (title, url):
        years = {int(year) for year in _YEAR.findall(text)}
        if len(years) == 1:
            return years.pop()
    return None
