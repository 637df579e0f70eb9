"""The pages and evidence of bodies, written some bodies at a time, in several processes where there are many.

Belongs here: dividing the work, and drawing. Does not belong here: what stands on a page (`body_data`, `evidence_data`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from expectations.themes import themes
from pipelines.site import body_data, charts, evidence_data
from pipelines.site.evidence_data import write_evidence
from pipelines.site.lending import Files, rows_of
from pipelines.site.measures import measures
from pipelines.site.pages import Site, slug, write
from pipelines.site.release_data import ReleaseData, Row, opened
from pipelines.site.wording import LANGUAGES, SHARE, Words

#: Bodies whose data is held at once. So many are worth a process of their own, too.
CHUNK = 48


def body_files(site: Site, source: ReleaseData, ids: Sequence[str]) -> dict[str, Files]:
    """The files of each body, each with the fingerprint of the rows that it is made of."""
    shown = rows_of(source, body_data.QUERIES.values(), body_data.SHARED)
    proved = rows_of(source, evidence_data.QUERIES.values(), ())
    wanted: dict[str, Files] = {}
    for body in ids:
        name = slug(body)
        pages = {site.out / one / "body" / f"{name}.html": ("body", one, body, shown[body]) for one in LANGUAGES}
        evidence = {site.out / "data" / "evidence" / f"{name}.js": ("evidence", body, proved[body])}
        wanted[body] = {**pages, **evidence}
    return wanted


def write_bodies(site: Site, database: Path, ids: Sequence[str], processes: int) -> None:
    """Write `body/<id>.html` in both languages and `data/evidence/<id>.js` for all bodies."""
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    if len(chunks) < 2 or processes < 2:
        for chunk in chunks:
            write_chunk(site, database, chunk)
        return
    with ProcessPoolExecutor(min(processes, len(chunks)), mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(write_chunk, site, database, chunk) for chunk in chunks]:
            done.result()


def write_chunk(site: Site, database: Path, ids: Sequence[str]) -> None:
    """Write what belongs to some bodies."""
    with opened(database, threads=1) as source:
        write_evidence(source, ids, site.out)
        for page in body_data.pages(source, ids, measures(source)):
            name = slug(page["body"]["body_id"])
            write(
                site,
                f"body/{name}.html",
                "body",
                "bodies",
                drawings=list(_drawings(page["charts"])),
                repeated=_repeated(page.pop("repeats")),
                prefix=f"#{name}/",
                theme=theme,
                compare=compare,
                peer_name=peer_name,
                **page,
            )


def _drawings(drawn: Sequence[body_data.Chart]) -> Iterator[tuple[body_data.Chart, Markup]]:
    for chart in drawn:
        # Made of numbers alone, by a library: the one thing on a page that is not escaped.
        yield chart, Markup(charts.series(chart.points, chart.measure.unit, chart.first, chart.last))


def _repeated(repeats: tuple[Sequence[Row], int, int] | None) -> Markup | None:
    """The chart of repeated sentences."""
    if repeats is None:
        return None
    points, first, last = repeats
    return Markup(charts.series(points, SHARE, first, last))


def theme(code: str, language: str) -> str:
    """The name of a theme of problems."""
    known = themes().get(code)
    return code if known is None else known.zh if language == "zh" else known.en


def compare(peer: Row) -> str:
    """The state of the comparison page that shows a field of peers."""
    state: dict[str, Any] = {name: peer[name] for name in ("measure", "year", "level", "scope", "kind")}
    if peer["group_kind"] == "province":
        state["province"] = peer["group_code"].partition("/")[0]
    elif peer["group_kind"] == "peer_group":
        state["group"] = peer["group_code"]
    if peer["body_function"]:
        state["function"] = peer["body_function"]
    return "#" + urlencode(state)


def peer_name(peer: Row, t: Words) -> str:
    """The name of a field of peers: a level, a level of a province, or a group of governments."""
    if peer["group_kind"] == "peer_group":
        return str(peer["group_zh"])
    place, _, level = str(peer["group_zh"]).rpartition(" ")
    return f"{place} {t.of('level', level)}".strip()
