"""Which bodies yielded nothing in their due season: their lists are looked at anew.

Nothing else belongs here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipelines.harvest.ledger.coverage import coverage
from pipelines.harvest.ledger.database import Ledger
from pipelines.harvest.register.calendar import body_of_source, report_year_due
from pipelines.harvest.register.sources import Source

#: States of a report that was due and did not come.
_CAME = frozenset({"published", "not_yet_due", "ended"})


def barren(sources: Sequence[Source], ledger: Ledger, today: date) -> set[tuple[str, str]]:
    """The bodies (province, name) whose report of the newest year was due by today and did not come."""
    year = report_year_due(today)
    none_came = {each.expected.body_id for each in coverage(sources, ledger, year, today) if each.state not in _CAME}
    return {
        source.body
        for source in sources
        if body_of_source(source.body_name, source.province, year).body_id in none_came
    }
