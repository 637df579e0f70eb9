"""Every table of the dataset by name and layer: the one list that the gates and generators walk."""

from collections.abc import Mapping

from expectations import (
    between_reports,
    body_tables,
    comparison_by_year,
    comparisons,
    corrected,
    due_tables,
    former_names,
    harmonised,
    international_tables,
    narrative,
    narrative_marts,
    parsed,
    releases,
    revisions,
    small_numbers,
    texts,
    warehouse,
)
from expectations.columns import Table, about

PARSED: tuple[type[Table], ...] = (
    parsed.Documents,
    parsed.Reports,
    parsed.Sections,
    parsed.Facts,
    parsed.Checks,
    narrative.Figures,
    narrative.Problems,
    narrative.Commitments,
    revisions.Revisions,
    parsed.Quarantine,
)
#: Kept by hand in `data/`, the same for every year.
DICTIONARIES: tuple[type[Table], ...] = (
    narrative.Indicators,
    narrative.Themes,
    body_tables.Governments,
    body_tables.Functions,
    harmonised.Measures,
    harmonised.Crosswalk,
    harmonised.CrosswalkTerms,
    harmonised.DerivedTerms,
    harmonised.Population,
    harmonised.TerritoryChanges,
    harmonised.PeerGroups,
    harmonised.LegalBreaks,
    due_tables.DueRules,
    international_tables.InternationalCrosswalk,
)
#: What the warehouse derives; the parsed tables stand in its core under their own names.
CORE: tuple[type[Table], ...] = (
    body_tables.Bodies,
    corrected.Corrections,
    harmonised.RowTotals,
    harmonised.StandingFigures,
    harmonised.MeasuresByReport,
    comparisons.PeerMemberships,
    between_reports.CrossYearChecks,
    between_reports.HierarchyChecks,
)
MARTS: tuple[type[Table], ...] = (
    comparison_by_year.ComparisonByYear,
    comparisons.Trends,
    comparisons.PeerGroupComparison,
    comparisons.OutcomeStructure,
    comparisons.ApplicantStructure,
    comparisons.DisputeOutcomes,
    small_numbers.RefusalGrounds,
    comparisons.Coverage,
    due_tables.PublicationDays,
    comparisons.QualityScoreboard,
    comparisons.FormBreaks,
    narrative_marts.NarrativeByYear,
    narrative_marts.IndicatorByYear,
    narrative_marts.IndicatorCoverage,
    narrative_marts.UnmappedStatements,
    narrative_marts.ProblemThemesByYear,
    narrative_marts.ProblemsOverYears,
    small_numbers.RepeatedProblems,
    texts.TextReuse,
    texts.TextChanges,
    warehouse.CheckTestability,
    warehouse.FailedChecks,
    former_names.ComparisonByYearFormerNames,
    international_tables.CommonMeasures,
)
#: Every table of the warehouse, in the order in which they are gated and published.
WAREHOUSE: tuple[type[Table], ...] = (*PARSED, *DICTIONARIES, *CORE, *MARTS)
#: Kept beside the data: what the gates found.
RESULTS: tuple[type[Table], ...] = (warehouse.GateResults,)

#: What a release says of its quality, beside the gates' results.
QUALITY: tuple[type[Table], ...] = (
    releases.CoverageByYear,
    releases.GradesByYear,
    releases.FailedChecksByCode,
    releases.QuarantineByReason,
    releases.CorrectionsByStatus,
)
#: What changed since the release before.
CHANGES: tuple[type[Table], ...] = (releases.Changes,)
#: Raised where a table or column is taken away, renamed or given another type: without that the release gate stays
#: closed. Kept in every release.
SCHEMA_VERSION = 2

TABLES: Mapping[str, type[Table]] = {about(model).name: model for model in (*WAREHOUSE, *RESULTS, *QUALITY, *CHANGES)}


def model_of(name: str) -> type[Table]:
    """The model of a table; a `KeyError` lists the tables there are."""
    if name not in TABLES:
        raise KeyError(f"no table {name!r}; there are: {', '.join(sorted(TABLES))}")
    return TABLES[name]
