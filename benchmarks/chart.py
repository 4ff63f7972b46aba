"""The chart of the page of benchmarks."""

from collections.abc import Mapping, Sequence
from typing import Any

import vl_convert

LEAST = 1000  #: characters per second where the axis begins


def bars(rates: Mapping[str, float], compared: Sequence[Any]) -> str:
    """Return an SVG of characters per second on a logarithmic axis: our stages, and each pair of ours and theirs."""
    rows = [{"name": name, "rate": rate, "who": "gongbao"} for name, rate in rates.items() if rate < 1e8]
    for one in compared:
        if not one.error:
            rows.append({"name": one.pair.name, "rate": one.theirs, "who": "theirs"})
            rows.append({"name": one.pair.name, "rate": one.ours, "who": "gongbao"})
    names = list(dict.fromkeys(row["name"] for row in rows))
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 520,
        "height": {"step": 12},
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": names, "title": None},
            "yOffset": {"field": "who", "type": "nominal", "sort": ["gongbao", "theirs"]},
            "x": {
                "field": "rate",
                "type": "quantitative",
                "scale": {"type": "log", "domainMin": LEAST},
                "title": "characters per second, one core",
                "axis": {"format": "~s", "tickCount": 8},
            },
            "x2": {"datum": LEAST},  # a bar has to begin somewhere, and a logarithmic axis has no zero
            "color": {
                "field": "who",
                "type": "nominal",
                "title": None,
                "scale": {"domain": ["gongbao", "theirs"], "range": ["#1f5f8b", "#b0a58f"]},
            },
        },
        "config": {"font": "sans-serif", "view": {"stroke": None}},
    }
    return vl_convert.vegalite_to_svg(spec)
