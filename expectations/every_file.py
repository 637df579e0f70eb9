"""Every data file read once, so that a mistake in one is told before any work begins."""

from __future__ import annotations


def read_all() -> None:
    """Read the files. Raises `expectations.data_files.DataFileError` with all that is wrong about the first one."""
    from expectations import (
        codes,
        corrections,
        crosswalk,
        forms,
        functions,
        governments,
        indicators,
        international,
        peers,
        references,
        themes,
    )

    for read in (
        forms.forms,
        indicators.indicators,
        governments.former_divisions,
        governments.aliases,
        governments.zones,
        functions.functions,
        themes.themes,
        crosswalk.crosswalk,
        codes.written,
        peers.population,
        peers.peer_groups,
        corrections.corrections,
        international.concepts,
        references.references,
    ):
        read()
