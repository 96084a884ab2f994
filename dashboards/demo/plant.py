"""A demo plant that makes frozen kebab rods, for people to look around in.

`demo_plant` lets the plant work day by day (`demo_floor`) and writes what happened in the import
folder's shape. The same seed and moment give the same plant. What goes wrong in it on purpose is
told in `demo_incidents`; `incidents(frames)` names those lots:

warm_receipt, bad_supplier_lot, held_mix, late_record, yield_out, over_consumption

No lot is made here, and nothing is imported.
"""

from datetime import date, datetime, timedelta
from random import Random

import polars

from dashboards.demo.closing import add_reference, cut, last_shift_moment, name_lots
from dashboards.demo.floor import FRIDAY, Floor
from dashboards.demo.frames import frames
from dashboards.demo.incidents import incidents
from dashboards.demo.site_time import local_date

__all__ = ["demo_plant", "incidents"]


def demo_plant(
    *, until: datetime, working_days: int = 60, seed: int = 20260115
) -> dict[str, polars.DataFrame]:
    """Make up a plant's last working days, as frames in the import folder's shape.

    Args:
        until: Nothing is later; the last working day is its day or the weekday before.
        working_days: Mondays to Fridays to work; all incidents need 35 or more.
        seed: Another seed is another plant.

    Returns:
        Frames by file name without `.csv`; every value is text or null.

    Raises:
        ValueError: `until` has no zone, or there is no day to work.

    """
    if until.tzinfo is None:
        raise ValueError("until needs a zone: 18:00 is not the same moment everywhere")
    if working_days < 1:
        raise ValueError(f"working_days must be 1 or more, not {working_days}")
    days = _working_days(local_date(until), working_days)
    floor = Floor(Random(seed), days, until)
    for index in range(working_days):
        floor.work(index)
    floor.start_a_wave_and_stop(last_shift_moment(days, until))
    book = floor.shift.book
    name_lots(book)
    add_reference(book, until)
    cut(book, until)
    return frames(book, days, until)


def _working_days(last: date, count: int) -> list[date]:
    """List the last weekdays up to a day, oldest first."""
    days: list[date] = []
    while len(days) < count:
        if last.weekday() <= FRIDAY:
            days.insert(0, last)
        last -= timedelta(days=1)
    return days
