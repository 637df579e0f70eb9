"""`CITATION.cff`: how to cite a release (Citation File Format 1.2.0)."""

from __future__ import annotations

import yaml

from pipelines.publish import dataset
from pipelines.publish.versions import day_of


def citation(version: str) -> str:
    """The file of a release."""
    said = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it with its version.",
        "type": "dataset",
        "title": dataset.TITLE,
        "abstract": dataset.DESCRIPTION,
        "authors": [{"name": dataset.CREATOR}],
        "version": version,
        "date-released": day_of(version).isoformat(),
        "license": dataset.LICENSE_ID,
        "keywords": list(dataset.KEYWORDS),
    }
    return str(yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=120))
