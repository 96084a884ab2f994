"""What a process can keep: its indexes, or why there are none, and what holds anyway."""

from math import ceil

import streamlit as st

from dashboards.reader.parts import percent
from dashboards.reader.signs import number
from dashboards.words import plural
from dashboards.words.nouns import RESULT
from dashboards.words.readings import (
    CAPABILITY,
    CHANCE_BELOW,
    INDEX_BETWEEN,
    INDEXES,
    INDEXES_SAID,
    NO_CAPABILITY,
    NORMALITY_TESTS,
    NOT_NORMAL,
    OUTSIDE_SHARE,
)
from sql.quality.process import Process

NORMAL_FROM = 0.05


def draw_capability(found: Process) -> None:
    """Draw the indexes, each with its interval, or say why there are none."""
    st.markdown(f"## {CAPABILITY}")
    if found.capability is None:
        st.info(NO_CAPABILITY.format(why=found.why_none))
        return
    for place, (name, label) in zip(st.columns(len(INDEXES)), INDEXES.items(), strict=True):
        index = getattr(found.capability, name)
        place.metric(label, "–" if index is None else number(index.value, ".2f"), border=True)
        if index is not None:
            between = {end: number(getattr(index, end), ".2f") for end in ("lower", "upper")}
            place.caption(INDEX_BETWEEN.format(**between))
    st.caption(INDEXES_SAID)
    _draw_distribution(found)


def _draw_distribution(found: Process) -> None:
    """Warn where results are not normal, and say what share lies outside whatever they are."""
    tested, outside = found.normality, found.outside
    if tested and tested.chance < NORMAL_FROM:
        chance = CHANCE_BELOW if tested.chance < 0.001 else number(tested.chance, ".3f")
        st.warning(NOT_NORMAL.format(test=NORMALITY_TESTS[tested.test], chance=chance))
    if outside:
        results = plural(outside.of_count, RESULT)
        share = percent(ceil(outside.at_most_ratio * 1000) / 1000)  # at most: never rounded down
        st.caption(OUTSIDE_SHARE.format(count=number(outside.count), results=results, share=share))
