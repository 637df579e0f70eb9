"""Charts as SVG, drawn at build time by Vega-Lite through vl-convert: no script on the page, no library in the repository.

Belongs here: specifications and drawing. Does not belong here: which numbers are drawn. A chart carries no words but
numbers and years, so that one drawing serves both languages; its title stands in the page.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pipelines.site.wording import SHARE

Spec = dict[str, Any]

_INK, _SOFT, _LINE, _ACCENT, _BAD, _WARN = "#1b2024", "#565f68", "#e2e6e9", "#17517e", "#a4161a", "#8a4b00"
_CONFIG: Spec = {
    "aria": False,
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None, "clip": False},
    "axis": {
        "domainColor": _SOFT,
        "gridColor": _LINE,
        "tickColor": _SOFT,
        "labelColor": _SOFT,
        "labelFontSize": 11,
        "title": None,
        "tickSize": 4,
    },
}
#: Room for the labels is fixed: a chart is the same whatever fonts the machine has.
_FRAME: Spec = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "autosize": {"type": "none"},
    "padding": {"left": 52, "right": 12, "top": 8, "bottom": 22},
    "config": _CONFIG,
}

_PER_CENT = "format(datum.value, '.0~%')"
_SHORT = "format(datum.value, datum.value < 10000 ? ',' : '~s')"
#: What a drawing says for screen readers (the page says it, once) or says anyway, and places finer than a tenth.
_SPARE = re.compile(r' (?:aria-[a-z]+|role|class|pointer-events|stroke-miterlimit)="[^"]*"| opacity="1"')
_FINE = re.compile(r"(\d+\.\d)\d+")
_EMPTY = re.compile(r'<path aria[^>]*/>|<path d="(?:M0,0h[\d.]+v[\d.]+h-?[\d.]+Z)?"(?: display="none")?/>')


def series(points: Sequence[Mapping[str, Any]], unit: str, first: int, last: int) -> str:
    """The years of one measure of one body as SVG.

    A point has `year`, `value`, `segment`, `kind` (`sound`, `approximate` or `contradicted`), and for a share `low` and
    `high`, its interval, which is drawn as an upright rule; a line joins the points of one segment only. A point that
    follows another across a break has `is_break`.
    """
    spec = copy.deepcopy(_compiled(unit == SHARE))
    breaks = [{"at": point["year"] - 0.5} for point in points if point["is_break"]]
    _fill(spec, {"points": list(points), "breaks": breaks}, {"first": first - 0.4, "last": last + 0.4})
    return _drawn(spec)


def columns(rows: Sequence[Mapping[str, Any]], first: int, last: int) -> str:
    """Stacked columns a year as SVG: `year`, `kind` (`sound` or `contradicted`), `count`."""
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": list(range(first, last + 1))},
        "axis": {"labelAngle": 0, "labelOverlap": True, "grid": False},
    }
    most = max(sum(row["count"] for row in rows if row["year"] == year) for year in range(first, last + 1))
    ticks: Spec = {"values": list(range(most + 1))} if most < 5 else {"tickCount": 4}
    y = {"field": "count", "type": "quantitative", "stack": "zero", "axis": {**ticks, "format": ",d"}}
    colour = {"field": "kind", "type": "nominal", "legend": None, "scale": _range(sound=_ACCENT, contradicted=_BAD)}
    spec = {
        **_FRAME,
        "width": 640,
        "height": 160,
        "data": {"values": list(rows)},
        "mark": {"type": "bar"},
        "encoding": {"x": x, "y": y, "color": colour},
    }
    return _drawn(_vega(spec))


def library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, for the page that draws in the browser."""
    import vl_convert

    return str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))


def _range(**colours: str) -> Spec:
    return {"domain": list(colours), "range": list(colours.values())}


def _series_spec(is_share: bool) -> Spec:
    ends = [{"expr": "first"}, {"expr": "last"}]
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": ends, "nice": False, "zero": False},
        "axis": {"format": "d", "grid": False, "tickMinStep": 1, "tickCount": 6},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "axis": {"labelExpr": _PER_CENT if is_share else _SHORT, "tickCount": 3},
    }
    kind = {"field": "kind", "type": "nominal", "legend": None}
    shape = {**kind, "scale": _range(sound="circle", approximate="circle", contradicted="cross")}
    fill = {**kind, "scale": _range(sound=_ACCENT, approximate="#ffffff", contradicted=_BAD)}
    stroke = {**kind, "scale": _range(sound=_ACCENT, approximate=_ACCENT, contradicted=_BAD)}
    position = {"x": x, "y": y}
    interval = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    intervals = [{"mark": {"type": "rule", "color": _SOFT, "opacity": 0.5}, "encoding": interval}] if is_share else []
    return {
        **_FRAME,
        "width": 250,
        "height": 110,
        "params": [{"name": "first", "value": 0}, {"name": "last", "value": 1}],
        "data": {"name": "points"},
        "layer": [
            {
                "data": {"name": "breaks"},
                "mark": {"type": "rule", "color": _WARN, "strokeDash": [2, 3], "opacity": 0.8},
                "encoding": {"x": {**x, "field": "at"}},
            },
            *intervals,
            {
                "mark": {"type": "line", "strokeWidth": 1.6, "color": _ACCENT},
                "encoding": {**position, "detail": {"field": "segment"}},
            },
            {
                "mark": {"type": "point", "size": 26, "opacity": 1, "strokeWidth": 1.2},
                "encoding": {**position, "shape": shape, "fill": fill, "stroke": stroke},
            },
        ],
    }


@cache
def _compiled(is_share: bool) -> Spec:
    """The chart of a series, compiled once; drawing a body's is then a matter of its data."""
    return _vega(_series_spec(is_share))


def _vega(spec: Spec) -> Spec:
    import vl_convert

    made: Spec = vl_convert.vegalite_to_vega(spec)
    return made


def _drawn(spec: Spec) -> str:
    import vl_convert

    svg = _EMPTY.sub("", _SPARE.sub("", _FINE.sub(r"\1", vl_convert.vega_to_svg(spec))))
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _fill(spec: Spec, data: Mapping[str, Any], signals: Mapping[str, float]) -> None:
    for entry in spec["data"]:
        if entry["name"] in data:
            entry["values"] = data[entry["name"]]
    for signal in spec["signals"]:
        if signal["name"] in signals:
            signal["value"] = signals[signal["name"]]
