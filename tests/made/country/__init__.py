"""A made country: provinces and cities that report over 2008–2025, with errors planted and a ledger of them.

`country(seed)` makes the numbers (`series`, `tables`), `plant(country, …)` the errors and their ledger, `frames(country)`
the parsed tables of the contract, `found(…)` compares what a warehouse says with the ledger, `write_pages` some of the documents. No number comes from the program: sums, what is
carried over and what is in force are right by construction.
"""

from tests.made.country.bodies import Body, bodies
from tests.made.country.errors import Planted, plant
from tests.made.country.found import Found, found
from tests.made.country.frames import frames, write
from tests.made.country.pages import write_pages
from tests.made.country.series import Country, Report, country, reports_alone

__all__ = [
    "Body",
    "Country",
    "Found",
    "Planted",
    "Report",
    "bodies",
    "country",
    "found",
    "frames",
    "plant",
    "reports_alone",
    "write",
    "write_pages",
]
