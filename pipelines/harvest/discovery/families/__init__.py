"""Systems whose lists are drawn by scripts, one module each: how their data are asked for, by what stands in the page.

A further system is one file with a `FAMILY` and a line in `FAMILIES`; `docs/harvest.md` has the steps. Belongs here:
which there are, and whose a page is. Does not belong here: what a page links by itself (`listing`), and data that a page
names in a way that needs no knowledge of its system (`feeds`).
"""

from __future__ import annotations

from pipelines.harvest.discovery.families import gkmlpt, jpaas, longxun, posted, queried, ucap
from pipelines.harvest.discovery.families.page import Answer, Family, Page

#: In the order in which they are asked; `posted` and `queried`, which know no system, come last.
FAMILIES: tuple[Family, ...] = (jpaas.FAMILY, gkmlpt.FAMILY, ucap.FAMILY, longxun.FAMILY, posted.FAMILY, queried.FAMILY)

#: A page names few; more are menus and banners.
MOST_ASKED = 3


def of_page(page: Page) -> tuple[str, tuple[str, ...]]:
    """The name of the family that a page is of, and the addresses of its list's data; "" and none where it is of none."""
    for family in FAMILIES:
        if family.recognises(page):
            return family.name, family.asks(page)[:MOST_ASKED]
    return "", ()


def continued(page: Page) -> tuple[str, ...]:
    """The addresses of further parts of a list that begins in the page itself."""
    found = (family.continues(page) for family in FAMILIES if family.continues)
    return next((pages for pages in found if pages), ())


def behind(answer: Answer) -> tuple[str, ...]:
    """The addresses of what follows an answer, where only its family knows how it goes on."""
    return next((pages for family in FAMILIES if (pages := family.goes_on(answer))), ())
