"""The warehouse → a publication: Parquet, one DuckDB file, and what describes them. The work is `pipelines.publish`."""

import time

import dagster as dg

from assets.resources import Gongkai
from assets.warehouse import warehouse
from pipelines import build
from pipelines.progress import Reporter


@dg.asset(deps=[warehouse], group_name="publication", kinds={"parquet", "duckdb"})
def publication(gongkai: Gongkai, reporter: dg.ResourceParam[Reporter]) -> dg.MaterializeResult[None]:
    """The published dataset in a folder of its own; `latest` leads to it only when it is complete."""
    started = time.perf_counter()
    reporter.step("publication", "Parquet, DuckDB and what describes them")
    with gongkai.lock():
        folder = build.publish(gongkai.place)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(folder),
            "files": dg.MetadataValue.int(len(files)),
            "bytes": dg.MetadataValue.int(sum(path.stat().st_size for path in files)),
            "seconds": dg.MetadataValue.float(round(time.perf_counter() - started, 2)),
        }
    )
