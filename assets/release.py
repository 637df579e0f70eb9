"""The warehouse → a release: built beside the others, held against the one before, and only then put in its place.

Belongs here: the two assets and the blocking check between them. The work is `pipelines.publish`.
"""

import time

import dagster as dg

from assets.check_result import check_result
from assets.resources import Gongkai
from assets.warehouse import warehouse
from pipelines.progress import Reporter
from pipelines.publish import release_steps


@dg.asset(deps=[warehouse], group_name="release", kinds={"parquet", "duckdb", "csv", "excel"})
def release_candidate(gongkai: Gongkai, reporter: dg.ResourceParam[Reporter]) -> dg.MaterializeResult[None]:
    """The next release, written whole under a hidden name beside the others, with what changed since the last one."""
    started = time.perf_counter()
    reporter.step("release", "Parquet, DuckDB, CSV, XLSX, what changed, and what describes them")
    with gongkai.lock():
        folder = release_steps.build_candidate(
            gongkai.place, gongkai.accept_release, str(gongkai.source_path.resolve())
        )
    files = [path for path in folder.rglob("*") if path.is_file()]
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(folder),
            "files": dg.MetadataValue.int(len(files)),
            "bytes": dg.MetadataValue.int(sum(path.stat().st_size for path in files)),
            "seconds": dg.MetadataValue.float(round(time.perf_counter() - started, 2)),
        }
    )


@dg.asset_check(asset=release_candidate, blocking=True)
def release_gate(gongkai: Gongkai) -> dg.AssetCheckResult:
    """The release loses nothing, breaks no column and is not worse than the one before, or was accepted with a reason."""
    with gongkai.lock():
        return check_result(release_steps.gate_candidate(gongkai.place))


@dg.asset(deps=[release_candidate], group_name="release", kinds={"parquet", "duckdb"})
def release(gongkai: Gongkai) -> dg.MaterializeResult[None]:
    """The release that readers open: the gated candidate in a folder of its own, to which `latest` leads now."""
    with gongkai.lock():
        folder = release_steps.release(gongkai.place)
    return dg.MaterializeResult(
        metadata={"path": dg.MetadataValue.path(folder), "version": dg.MetadataValue.text(folder.name)}
    )
