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
from pipelines.harvest.discovery.reports import Covers, FoundReport, choose, is_column
from pipelines.harvest.discovery.same_body import is_same
from pipelines.harvest.discovery.titles import judge
from pipelines.harvest.discovery.within import NOWHERE, Within
from pipelines.harvest.ledger.database import Fetch
from pipelines.harvest.ledger.readings import Gap, Reading
from pipelines.harvest.register.sources import Source

#: Pages one after the other on which nothing speaks of reports: then a list is given up for this refresh.
PATIENCE = 5
#: More reports of other bodies than this are a collection, and say nothing of the body's name.
_FEW = 2
_MANY_YEARS = 3
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
    years: set[int] = field(default_factory=set)
    found: int = 0
    requests: int = 0
    barren: int = 0
    is_of_reports: bool = False
    #: The year that the title of the first page names.
    titled: int | None = None
    failure: Fetch | None = None
    nothing: tuple[str, str] | None = None
    first: Fetch | None = None
    unseen: str = ""
    order: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
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
        covers: Covers = "territory" if self.source.covers == "territory" else "body"
        chosen = choose(listing, self.source.body_name, covers, within=within)
        of_others = [turned for turned in chosen.turned_away if turned.code == "other_body"]
        if self.first is None:
            self.first, self.is_of_reports = fetch, is_column(listing)
            self.nothing, self.titled = why_nothing(data, listing), _year_of(listing.title, "")
        self.found += len(chosen.reports) + len(of_others)
        leads = chosen.reports or of_others or chosen.folders
        self.barren = 0 if leads else self.barren + 1
        self.days += [item.published_on for item in listing.items if item.published_on]
        self.doubtful |= _days_of_many_years(chosen.reports)
        for report in chosen.reports:
            self._report(report)
        if self.source.covers != "territory" and within.group is None and len(of_others) <= _FEW:
            years = [(turned.url, judge(turned.title).report_year) for turned in of_others]
            self.gaps += [Gap(url, "other_name", year, year) for url, year in years if year is not None]

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

    def into(self, url: str, listing: Listing, *, is_folder: bool) -> Tally:
        """The tally of a list that this one leads to; `is_folder` says that it is one of the years or bodies looked for."""
        title = next((item.title for item in listing.items if item.url == url), "")
        child = Tally(self.source, url, _year_of(title, url) if is_folder else None, is_folder)
        self.below.append(child)
        return child

    def too_deep(self, url: str, listing: Listing) -> None:
        """A folder that is not gone into, since it lies too far below the first list."""
        year = _year_of(next((item.title for item in listing.items if item.url == url), ""), url)
        self.gaps.append(Gap(url, "too_deep", year, year))

    def is_given_up(self, *, was_nothing: bool) -> bool:
        """Tell whether enough pages were without reports. A column of reports by its name is walked to its end once;
        `was_nothing` says that this was done lately, for nothing."""
        if self.barren < PATIENCE:
            return False
        return was_nothing or self.has_reports or not self.is_of_reports

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
        if self.unseen and self.has_reports:
            found.append(Gap(self.url, "in_part", None, self._seen_down_to()))
        for child in self.below:
            if child.is_folder and not child.is_skipped and not child.has_reports:
                found.append(Gap(child.url, child._state()[0], child.year, child.year))
            found += child._gaps()
        return found

    def _is_of_one_year(self) -> bool:
        """Tell whether the list is that of one year by its address or title, and no other year's reports are on it."""
        named = _year_of("", urlsplit(self.url).path) or self.titled
        held = self.all_years()
        return named is not None and bool(held) and held <= {named, named - 1}

    def _seen_down_to(self) -> int | None:
        """The newest year that may stand on pages that were not seen; None where the newest need not stand first."""
        if len(set(self.order)) > 1 and self.order == sorted(self.order, reverse=True):
            return self.order[-1] - 1
        if len(set(self.days)) > 1 and self.days[0] > self.days[-1]:
            return self.days[-1].year - 1
        return None


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
