"""The control chart of readings on the screen: its points, what signals, and what it can keep."""

from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards.reader.signs import number
from dashboards.views.capability_shown import draw_capability
from dashboards.views.chart_shown import show_chart
from dashboards.views.control_charts import control, thinned
from dashboards.views.tables import chosen_rows, table
from dashboards.words import plural
from dashboards.words.nouns import POINT, RESULT
from dashboards.words.readings import (
    LEFT_OUT,
    LIMITS_FROM,
    MIXED,
    MIXED_OF,
    NO_CHART,
    NO_SIGNALS,
    POINT_IS,
    POINTS,
    RULE_WORDS,
    RULES,
    RULES_OFTEN,
    SIGNALS,
    SPREADS,
    THINNED,
)
from sql.quality.capability import Tolerance
from sql.quality.charts import NotDrawable
from sql.quality.gathering import Gathered
from sql.quality.process import Process, process_of
from sql.quality.run_rules import RUN_RULES

# Nelson's 1, 5 and 6 are Western Electric's 1, 2 and 3: each pattern is offered once.
OFFERED = [name for name in RUN_RULES if name in RULE_WORDS]
COLUMNS = ["lot_code", "happened_at", "value", "results_count", "signals"]


def draw_control(results: pl.DataFrame, unit: str, zone: ZoneInfo) -> str | None:
    """Draw the control chart of results, or say why there is none; return the lot of a point."""
    by = st.segmented_control(
        POINT_IS,
        list(POINTS),
        default=Gathered.SINGLE.value,
        required=True,
        format_func=POINTS.__getitem__,
        key="readings_point",
    )
    rules = st.pills(
        RULES,
        OFFERED,
        selection_mode="multi",
        default=OFFERED[:4],
        format_func=RULE_WORDS.__getitem__,
        key="readings_rules",
        help=RULES_OFTEN,
    )
    try:
        found = process_of(
            results,
            by=Gathered(by),
            rules=[RUN_RULES[name] for name in rules],
            tolerances=_tolerances(results),
            zone=zone,
        )
    except NotDrawable as why:
        st.info(NO_CHART.format(why=why))
        return None
    for column, several in MIXED_OF.items():
        if results[column].n_unique() > 1:
            st.caption(MIXED.format(of=several))
    located, every = thinned(found.location)
    if every > 1:
        st.caption(THINNED.format(points=plural(found.location.height, POINT), every=every))
    lot = show_chart(control(located, unit, zone), key="readings_control")
    st.caption(
        LIMITS_FROM.format(
            center=number(found.baseline.center, ",.4g"), sigma=number(found.baseline.sigma, ".4g")
        )
    )
    if found.left_out_count:
        st.caption(LEFT_OUT.format(results=plural(found.left_out_count, RESULT)))
    st.markdown(f"## {SPREADS[found.spread_is]}")
    show_chart(control(thinned(found.spread)[0], unit, zone, is_small=True))
    signalling = _draw_signals(found, zone)
    draw_capability(found)
    return lot or signalling


def _tolerances(results: pl.DataFrame) -> set[Tolerance]:
    """Return the limits that the results had to keep, each once."""
    return {Tolerance(*both) for both in results.select("lower_bound", "upper_bound").iter_rows()}


def _draw_signals(found: Process, zone: ZoneInfo) -> str | None:
    """List the points that signal, the newest first, each with why; return the lot of a row."""
    st.markdown(f"## {SIGNALS}")
    flagged = found.location.filter(pl.col("signals").list.len() > 0).reverse()
    if flagged.is_empty():
        st.caption(NO_SIGNALS)
        return None
    rows = [
        {**row, "signals": "; ".join(RULE_WORDS[name] for name in row["signals"])}
        for row in flagged.to_dicts()
    ]
    chosen = table(rows, COLUMNS, zone, key="readings_signals", select="rerun")
    places = chosen_rows(chosen, len(rows))
    return rows[places[0]]["lot_code"] if places else None
