"""What the warehouse found of the errors planted in a country: recall by kind, and what it says of clean reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.made.country.errors import Planted
from tests.made.country.series import Country


@dataclass(frozen=True, slots=True)
class Found:
    """By kind of error: how many were planted, how many a rule can see, and those of them that no rule saw.

    `false_alarms` are checks that fail or flag, and facts that are contradicted, of reports that are clean: neither
    they nor what they are compared with hold an error. `outcomes` counts the checks by table, code and outcome.
    """

    planted: Counter[str]
    visible: Counter[str]
    missed: tuple[Planted, ...]
    false_alarms: tuple[str, ...]
    outcomes: Counter[tuple[str, str, str]]

    @property
    def recall(self) -> float:
        """The share of the visible errors that were seen."""
        return 1 - len(self.missed) / self.visible.total()


def found(warehouse: Path, country: Country, ledger: Sequence[Planted]) -> Found:
    """Compare the checks of a warehouse with the ledger."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        told = _told(connection)
        alarms = _false_alarms(connection, country, {planted.report_id for planted in ledger})
        outcomes = Counter(
            {
                (table, code, outcome): count
                for table in ("checks", "cross_year_checks", "hierarchy_checks")
                for code, outcome, count in connection.execute(
                    f"select check_code, outcome, count(*) from {table} group by all"
                ).fetchall()
            }
        )
    visible = [planted for planted in ledger if planted.seen_by]
    return Found(
        Counter(planted.kind for planted in ledger),
        Counter(planted.kind for planted in visible),
        tuple(planted for planted in visible if not told.issuperset(planted.seen_by)),
        tuple(alarms),
        outcomes,
    )


def _told(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Every check that fails or is flagged, of whatever table."""
    told = "union all ".join(
        f"select check_id from {table} where outcome in ('fails', 'flagged') "
        for table in ("checks", "cross_year_checks", "hierarchy_checks")
    )
    return {check_id for (check_id,) in connection.execute(told).fetchall()}


def _false_alarms(connection: duckdb.DuckDBPyConnection, country: Country, planted: set[str]) -> list[str]:
    alarms = [
        f"{check_id}: {message}"
        for check_id, message, report_id, previous, code in connection.execute(
            "select check_id, message, report_id, previous_report_id, check_code from cross_year_checks "
            "where outcome in ('fails', 'flagged') order by all"
        ).fetchall()
        if report_id not in planted and (code == "years.jump" or previous not in planted)
    ]
    alarms += [
        check_id
        for check_id, report_id in connection.execute(
            "select check_id, report_id from checks where outcome = 'fails' union all "
            "select fact_id, report_id from facts where grade = 'contradicted' order by all"
        ).fetchall()
        if report_id not in planted
    ]
    return alarms + [
        check_id
        for check_id, report_id in connection.execute(
            "select check_id, report_id from hierarchy_checks where outcome = 'fails' order by all"
        ).fetchall()
        if not planted.intersection(_territory(country, report_id))
    ]


def _territory(country: Country, report_id: str) -> set[str]:
    """The reports of a province and its cities of one year."""
    whole = country.reports[report_id]
    parts = [body for body in country.bodies if body.province_code == whole.body.province_code]
    return {country.of(body, whole.year).report_id for body in parts}
