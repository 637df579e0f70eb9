"""What is known of a list from the way that led to it: the year, the group and the body of the folders above it.

Belongs here: what is handed down, and what a link means that says less than a title: 高岭镇 in the folder of 2025, 区政府部门
below a year. Does not belong here: titles that say themselves what they are (`titles`, `reports`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from pipelines.bodies.chinese_years import western_years
from pipelines.harvest.discovery import addresses
from pipelines.harvest.discovery.folder_years import year_in_path
from pipelines.harvest.discovery.groups import group_of
from pipelines.harvest.discovery.listing import Listing, ListLink
from pipelines.harvest.discovery.title_bodies import organ_before
from pipelines.harvest.discovery.title_years import FIRST_YEAR, LAST_YEAR

_YEARS = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
#: Folders of reports: there a year in a folder's name is theirs, and not that of a column's making.
_COLUMN = re.compile(r"nb|ndbg|nianbao|niandu|annual|bsc", re.IGNORECASE)
_DATE = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
#: What stands in titles of news and notices, and in no body's name.
_NO_NAME = re.compile(r"关于|[的了是《》“”:：?？!！]|\d")
_LONGEST_NAME = 30
_LIST_PAGE = re.compile(r"/[a-z]*(?:list|column|channel|class|lanmu|index|more)\w*\.\w{2,5}$", re.IGNORECASE)
_FEWEST_ALIKE = 2
_TAIL = re.compile(r"(?:政府)?(?:信息公开)?(?:工作)?(?:年度报告|年报)$")


@dataclass(frozen=True, slots=True)
class Within:
    """The folders that led to a list: their year, their group of bodies, their one body; each None where none says it.

    `in_column` says that one of them was a column of annual reports.
    """

    year: int | None = None
    group: str | None = None
    body: str | None = None
    in_column: bool = False

    def at(self, *, year: int | None = None, group: str | None = None, body: str | None = None) -> Within:
        """The same one folder further down."""
        return Within(year or self.year, group or self.group, body or self.body, self.in_column)


NOWHERE = Within()
#: What is known of the list above a group's: many bodies share it, and a report there that names nobody may be anyone's.
SHARED = Within(group="the bodies that share the list")


@dataclass(frozen=True, slots=True)
class Folder:
    """A list inside a list: its address, and what is known of it."""

    url: str
    within: Within


@dataclass(frozen=True, slots=True)
class Bare:
    """A link that says only whose: a group or one body.

    `place_year` is the year of the place where it stands; `year` is the same, None where the day of publication denies it.
    """

    name: str
    place_year: int | None
    year: int | None
    is_group: bool


def own_year(listing: Listing, within: Within) -> int | None:
    """The year that all of a list is of: by the link that led there and its page's title, else by its folder's name.

    None where none says one, or two say different ones.
    """
    said = _year_in(listing.title)
    if within.year and said and within.year != said:
        return None
    return within.year or said or (year_in_path(listing.url) if _COLUMN.search(listing.url) else None)


def bare_name(item: ListLink, listing: Listing, year: int | None) -> Bare | None:
    """Tell what a link names that says nothing of reports; None where that is neither a group nor a body."""
    if addresses.site_of(item.url) != addresses.site_of(listing.url):
        return None
    near = _year_in(item.heading) or year
    group = group_of(item.title)
    if group is not None:
        near = _year_in(item.title) or near
        return Bare(group, near, near, True)
    text = _TAIL.sub("", "".join(item.title.split()))
    name = organ_before(text, "") if len(text) <= _LONGEST_NAME and not _NO_NAME.search(text) else None
    return Bare(name, near, _on_time(near, item.published_on), False) if name else None


def place_year(item: ListLink, year: int | None) -> int | None:
    """The year of the place where a link stands whose title names none: its heading's, else that of all of the list."""
    return _on_time(_year_in(item.heading) or year, item.published_on)


def _on_time(year: int | None, published_on: date | None) -> int | None:
    """The year, unless what stands there was published in another than the one after: then it is in doubt."""
    return None if year and published_on and published_on.year != year + 1 else year


def _year_in(text: str) -> int | None:
    found = {
        int(year) for year in _YEARS.findall(_DATE.sub("", western_years(text))) if FIRST_YEAR <= int(year) <= LAST_YEAR
    }
    return found.pop() if len(found) == 1 else None


def leads_on(url: str) -> bool:
    """Tell whether an address can be a list's: no document's, and no article's by more than a parameter of a list's page."""
    if addresses.is_document(url):
        return False
    return not addresses.is_article(url) or (bool(_LIST_PAGE.search(urlsplit(url).path)) and "?" in url)


def is_below(url: str, listing_url: str) -> bool:
    """Tell whether an address lies in a list's own folder, deeper down."""
    folder = urlsplit(listing_url).path.rpartition("/")[0] + "/"
    path = urlsplit(url).path
    return path.startswith(folder) and len(path) > len(folder)


def is_beside(url: str, listing_url: str) -> bool:
    """Tell whether an address is of the same form as a list's: /col/col124/ beside /col/col123/."""
    one, two = (_form(each) for each in (url, listing_url))
    return one == two and "0" in one


def _form(url: str) -> str:
    parts = urlsplit(url)
    return re.sub(r"\d+", "0", parts.path.rpartition("/")[0] + ("?" + parts.query if parts.query else ""))


def followed(folders: list[Folder], listing: Listing) -> tuple[Folder, ...]:
    """The folders to go into: those below the list where there are any, since menus name the same groups elsewhere."""
    below = [each for each in folders if is_below(each.url, listing.url)]
    chosen = below or [each for each in folders if is_beside(each.url, listing.url)]
    return tuple({addresses.page_key(each.url): each for each in chosen}.values())


def of_the_list(items: list[ListLink], listing: Listing) -> list[ListLink]:
    """The links of bare names that are the list's: those below its folder where there are any, else those of one form.

    Menus and footers name bodies too, one here and one there.
    """
    below = [item for item in items if is_below(item.url, listing.url)]
    if below:
        return below
    forms = Counter(_form(item.url.rpartition("/")[0] + "/") for item in items)
    commonest, count = forms.most_common(1)[0] if forms else ("", 0)
    alike = [item for item in items if _form(item.url.rpartition("/")[0] + "/") == commonest]
    return alike if count >= _FEWEST_ALIKE else []
