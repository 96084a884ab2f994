"""What the newest run came to, and what the checks have not looked at since."""

from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.signs import number
from dashboards.sessions.connections import edition
from dashboards.views.findings import is_blocked
from dashboards.views.tables import local
from dashboards.words import (
    CHECKS_LEFT_OUT,
    FACTS_SINCE,
    NO_EDITION,
    OTHER_RECORD,
    RUN_INTERRUPTED,
    RUN_UNDER_WAY,
    plural,
)
from dashboards.words import data_quality as words
from dashboards.words.nouns import CHECK, FACT
from sql.errors import NoEdition
from sql.warehouse.check_results import Results, State


def draw_last_run(results: Results, facts_since: int | None, zone: ZoneInfo) -> None:
    """Say how the newest run ended, which edition boards read, and what is not checked.

    Args:
        results: What every check said last.
        facts_since: How many facts came since the checks looked; None: they saw another record.
        zone: In which zone to say times.
    """
    run = results.run
    began_at = local(run.began_at, zone)
    if run.was_interrupted:
        st.error(RUN_INTERRUPTED.format(began_at=began_at))
    elif run.ended_at is None:
        st.info(RUN_UNDER_WAY.format(began_at=began_at))
    if run.ended_at is not None:
        _draw_edition(results, zone)
        st.caption(_last_run(results, zone))
    not_current = sum(not result.is_current for result in results.checks)
    if not_current and not run.was_interrupted:
        checks, every = plural(not_current, CHECK), number(len(results.checks))
        st.warning(CHECKS_LEFT_OUT.format(checks=checks, all_checks=every))
    if facts_since is None:
        st.warning(OTHER_RECORD)
    elif facts_since:
        st.warning(FACTS_SINCE.format(facts=plural(facts_since, FACT)))


def _draw_edition(results: Results, zone: ZoneInfo) -> None:
    """Say whether the run published an edition, or which one is kept."""
    try:
        built_at = local(edition().about["built_at"], zone)
    except NoEdition:
        if is_blocked(results.checks):
            st.error(words.NOTHING_PUBLISHED_YET)
        else:
            st.info(NO_EDITION)
        return
    if results.run.published:
        st.success(words.RUN_PUBLISHED.format(built_at=built_at))
    elif is_blocked(results.checks):
        st.error(words.RUN_BLOCKED.format(built_at=built_at))
    elif all(result.state is not State.NOT_CHECKED for result in results.checks):
        st.info(words.CHECKS_ALONE.format(built_at=built_at))
    else:
        st.info(words.RUN_PUBLISHED_NOTHING.format(built_at=built_at))


def _last_run(results: Results, zone: ZoneInfo) -> str:
    """Say when the run ended, and of which moments of the record the checks spoke."""
    moments = sorted(
        {local(one.looked_at.record_as_of, zone) for one in results.checks if one.looked_at}
    )
    spoke = dict.fromkeys([moments[0], moments[-1]]) if moments else {}
    of_record = words.OF_RECORD.format(moments=words.MOMENT_TO_MOMENT.join(spoke)) if spoke else ""
    return words.LAST_RUN.format(ended_at=local(results.run.ended_at, zone), of_record=of_record)
