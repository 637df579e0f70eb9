"""The year that a folder of an address is of, in the spellings of real sites: 2024n78, c2025niandu5, 201843, 25jdbsc.

Belongs here: years in addresses. Does not belong here: years in titles (`title_years`), which count for more.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from pipelines.harvest.discovery.title_years import FIRST_YEAR, LAST_YEAR

_NUMBERS = re.compile(r"\d+")
#: 25jdbsc, 24nb, 23n, 22nd: two digits and letters that are short for a year or for groups of bodies.
_SHORT = re.compile(r"^([012]\d)(?=(?:n|nb|nd|nian|year|jd|zj|xz|bm|bsc|zf|qzf|szf)[a-z]*\d{0,2}$)", re.IGNORECASE)
_FILE = re.compile(r"[^/]*\.\w{1,6}$")


def year_in_folder(name: str) -> int | None:
    """The year that a folder's name says; None for months and days (202501, 20250114), numbers of columns, and all else."""
    found = {year for match in _NUMBERS.finditer(name) if (year := _year(match[0])) is not None}
    if len(found) == 1:
        return found.pop()
    short = _SHORT.match(name)
    return 2000 + int(short[1]) if short and not found else None


def _year(digits: str) -> int | None:
    """The year at the beginning of a number: 2018 of 2018 and of 201843, where 43 is no month."""
    year, rest = int(digits[:4]), digits[4:]
    if len(digits) < 4 or not FIRST_YEAR <= year <= LAST_YEAR or len(rest) > 2:
        return None
    is_month = len(rest) == 2 and 1 <= int(rest) <= 12
    return None if is_month else year


def year_in_path(url: str) -> int | None:
    """The year of the last folder of an address that says one, among the last three; None where none does."""
    return next((year for name in reversed(_folders(url)[-3:]) if (year := year_in_folder(name)) is not None), None)


def above_the_year(url: str) -> str | None:
    """The folder above those of a year: `/gknb/` of `/gknb/2012nb/qzfbm2012/`; None where no folder is of a year."""
    folders = _folders(url)
    at = next((i for i in range(len(folders) - 1, max(-1, len(folders) - 4), -1) if year_in_folder(folders[i])), None)
    if at is None:
        return None
    while at and year_in_folder(folders[at - 1]):
        at -= 1
    parts = urlsplit(url)
    return (
        urlunsplit((parts.scheme, parts.netloc, "/" + "".join(f"{name}/" for name in folders[:at]), "", ""))
        if at
        else None
    )


def _folders(url: str) -> list[str]:
    return [name for name in _FILE.sub("", urlsplit(url).path).split("/") if name]
