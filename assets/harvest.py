"""Sites → the archive: the refresh, and what it says of who has published. The work is `pipelines.harvest`."""

import time
from collections import Counter
from datetime import timedelta

import dagster as dg

from assets.markdown import table
from assets.resources import Harvest
from pipelines.harvest import run as harvests
from pipelines.harvest.ledger import opening
from pipelines.harvest.ledger.coverage import coverage, today
from pipelines.harvest.ledger.totals import Closing
from pipelines.harvest.register.calendar import STATES, Standing, report_year_due
from pipelines.progress import Reporter

#: The largest share of addresses that may fail in one refresh before it is called unreliable.
LARGEST_FAILURE = 0.3
#: Rows that a metadata pane shows.
_EXCERPT = 50


@dg.asset(
    group_name="documents",
    kinds={"python"},
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(days=9), warn_window=timedelta(days=8)),
    check_specs=[
        dg.AssetCheckSpec("sites_answer", asset="harvest", description="Most of the addresses gave what they hold."),
        dg.AssetCheckSpec(
            "bodies_published", asset="harvest", description="No body is past a date of the statute without a report."
        ),
    ],
)
def harvest(harvester: Harvest, reporter: dg.ResourceParam[Reporter]) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster reads the annotation and knows the bare class only
    """New and changed reports on the sites of the register, each response archived once. Goes on where a kill stopped it.

    Asks each host for one address at a time and at its pace, never what its robots.txt forbids. What it could not have
    stands in its metadata with the reason, and never stops a run.
    """
    started = time.perf_counter()
    reporter.step("refresh", "the lists and reports of the register")
    registers = harvester.registers()
    found = harvests.run(harvester.place, registers, harvester.asked(), harvester.policy(), on_fetch=reporter.fetched)
    year = report_year_due(today())
    with opening.opened(harvester.place) as ledger:
        standings = coverage(registers.sources, ledger, year, today())
    return dg.MaterializeResult(
        metadata={**_metadata(found), "seconds": dg.MetadataValue.float(round(time.perf_counter() - started, 2))},
        check_results=[_sites_answer(found), _bodies_published(standings, year)],
    )


def _sites_answer(found: Closing) -> dg.AssetCheckResult:
    asked = found.documents + found.lists
    share = asked["failed"] / asked.total() if asked.total() else 0.0
    return dg.AssetCheckResult(
        check_name="sites_answer",
        passed=share <= LARGEST_FAILURE and not found.gave_nothing,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{asked['failed']} of {asked.total()} addresses failed; at most {LARGEST_FAILURE:.0%} are usual",
        metadata={
            "failed_share": dg.MetadataValue.float(round(share, 4)),
            "reasons": dg.MetadataValue.md(_reasons(found)),
        },
    )


def _bodies_published(standings: list[Standing], year: int) -> dg.AssetCheckResult:
    states = Counter(each.state for each in standings)
    due = [each for each in standings if each.state in ("missing", "unread", "unreachable")]
    rows = [
        (body.body_name, body.due.on.isoformat(), body.due.basis, each.state, each.why or "", each.where)
        for each in due[:_EXCERPT]
        for body in (each.expected,)
    ]
    overdue = [each for each in due if each.state == "missing" and each.expected.due.basis == "statute"]
    return dg.AssetCheckResult(
        check_name="bodies_published",
        passed=not overdue,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"reports for {year}: "
        + (", ".join(f"{n} {state}" for state, n in sorted(states.items())) or "none expected"),
        metadata={
            "report_year": dg.MetadataValue.int(year),
            "late": dg.MetadataValue.int(sum(each.is_late for each in standings)),
            **{state: dg.MetadataValue.int(states[state]) for state in STATES},
            "due": dg.MetadataValue.md(table(("body", "due on", "basis", "state", "why", "where"), rows)),
        },
    )


def _metadata(found: Closing) -> dict[str, dg.MetadataValue]:
    fresh = [(each.outcome, each.body_name or "", each.report_year or "", each.url) for each in found.fresh[:_EXCERPT]]
    return {
        "run_id": dg.MetadataValue.text(found.run_id),
        **{outcome: dg.MetadataValue.int(count) for outcome, count in sorted(found.documents.items())},
        "requests": dg.MetadataValue.int(found.requests),
        "bytes": dg.MetadataValue.int(found.bytes),
        "reasons": dg.MetadataValue.md(_reasons(found)),
        "fresh": dg.MetadataValue.md(table(("what", "body", "year", "address"), fresh)),
    }


def _reasons(found: Closing) -> str:
    rows = [(*reason, len(urls), *urls[0]) for reason, urls in sorted(found.reasons.items())]
    return table(("outcome", "code", "addresses", "for example", "why"), rows)
