"""The steps from warehouse to release: a candidate beside the others, its gate, and `latest`, which moves last.

Belongs here: order and freshness. Does not belong here: how a release is made (`pipelines.publish`).
"""

from __future__ import annotations

from pathlib import Path

from pipelines.files import fingerprint, read_json, write_atomically, write_json
from pipelines.steps.fingerprints import folder_hash, release_version
from pipelines.steps.stamps import NotGatedError, is_open, keep_verdict, made_of, stamp_path
from pipelines.steps.verdicts import Verdict
from pipelines.warehouse.warehouse_steps import standing_results
from pipelines.workspace import Workspace

# What a build without changes does not need is imported where it is used.

#: Why a release may have lost what the one before had.
ANOTHER_SOURCE = "made from another source than the release before"


def is_fresh(workspace: Workspace) -> bool:
    """Tell whether the newest release is what this warehouse would give. What it was made of, it says itself."""
    said = read_json(workspace.releases / "latest" / "release.json") or {}
    return said.get("made_of") == _inputs(workspace)


def build_candidate(workspace: Workspace, accepted: str = "", source: str = "") -> Path:
    """Build the next release beside the others; the folder of the candidate.

    `accepted` is the reason why it may be released though its gate finds something; it is kept in the release. `source`
    is where the documents come from: where that is another than that of the release before, the two have nothing to
    lose to each other, and that is the reason. Raises `NotGatedError` where there is no gated warehouse.
    """
    accepted = accepted.strip() or (ANOTHER_SOURCE if _is_another(workspace, source) else "")
    if made_of(workspace, "warehouse") is None or not workspace.warehouse.is_file():
        raise NotGatedError("there is no gated warehouse to release; build warehouse first")
    from expectations.tables import model_of
    from pipelines.parquet import read_parquet
    from pipelines.publish import content, release

    inputs = _inputs(workspace)
    stamp_path(workspace, "release").unlink(missing_ok=True)
    folder = release.unnamed(workspace.releases, inputs)
    if folder is None:
        results = read_parquet(model_of("gate_results"), [standing_results(workspace)])
        order = content.Ordered(
            workspace.warehouse,
            results,
            inputs,
            accepted or None,
            workspace.web if workspace.web.is_dir() else None,
        )
        folder = content.build(order, workspace.releases)
    write_json(stamp_path(workspace, "release"), {"folder": folder.name, "source": source})
    return folder


def gate_candidate(workspace: Workspace) -> Verdict:
    """Say what the candidate's comparison with the release before found; keep it as a table and as a page.

    What it found does not close the gate where the candidate was built with a reason to accept it. Raises
    `FileNotFoundError` where there is no candidate.
    """
    from expectations.tables import model_of
    from pipelines.parquet import read_parquet, write_parquet
    from pipelines.publish import content, release, release_gate
    from pipelines.steps import gate_page
    from pipelines.steps.gate_results import verdict

    candidate = _candidate(workspace)
    results = read_parquet(model_of("gate_results"), [candidate / content.GATE_RESULTS])
    found = results.filter(results["layer"] == release_gate.LAYER)
    write_parquet(model_of("gate_results"), found, workspace.gates / "release_gate.parquet")
    release_page = workspace.gates / "release_gate.html"
    write_atomically(release_page, gate_page.render(found, "Release gate").encode())
    accepted = release.about(candidate)["accepted"] or ""
    return keep_verdict(workspace, verdict("release_gate", found, release_page, accepted))


def release(workspace: Workspace) -> Path:
    """Put the gated candidate among the releases and let `latest` name it; its folder.

    Raises `NotGatedError` where the candidate has not passed its gate.
    """
    from pipelines.publish import release as releases

    if not is_open(workspace, "release_gate"):
        raise NotGatedError("the candidate has not passed release_gate; build release_candidate first")
    stamp = read_json(stamp_path(workspace, "release")) or {}
    folder = releases.promote(workspace.releases, _candidate(workspace))
    write_json(stamp_path(workspace, "released"), {"folder": folder.name, "source": stamp.get("source", "")})
    stamp_path(workspace, "release").unlink()
    return folder


def _is_another(workspace: Workspace, source: str) -> bool:
    """Tell whether the release that `latest` names was made from another source; false where that is not known."""
    said = read_json(stamp_path(workspace, "released")) or {}
    latest = workspace.releases / "latest"
    is_known = bool(source and said.get("source")) and latest.exists() and latest.resolve().name == said.get("folder")
    return is_known and said["source"] != source


def _candidate(workspace: Workspace) -> Path:
    stamp = read_json(stamp_path(workspace, "release"))
    if stamp is None or not (workspace.releases / stamp["folder"]).is_dir():
        raise FileNotFoundError(f"there is no whole candidate in {workspace.releases}; build it first")
    return workspace.releases / str(stamp["folder"])


def _inputs(workspace: Workspace) -> str:
    """The fingerprint of the warehouse, of what makes a release of it, and of what `make web` built for its site."""
    return fingerprint([release_version(), made_of(workspace, "warehouse") or "none", folder_hash(workspace.web)])
