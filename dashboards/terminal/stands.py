"""`lotline stands`: where a lot stands, or stood at a moment."""

from datetime import datetime

import click

from dashboards.terminal.parameters import MOMENT, TEXT
from dashboards.terminal.printing import FORMATS, print_rows
from dashboards.terminal.saying import NoAnswer, say
from sql.record.opening import open_to_read
from sql.settings import settings

COLUMNS = ("place", "at_least_kg", "at_most_kg", "place_code")


@click.command()
@click.argument("lot", type=TEXT)
@click.option("--at", type=MOMENT, default=None, help="Where it stood at this time, ISO 8601.")
@click.option("--as-of", "as_of", type=MOMENT, default=None, help="As was known at this time.")
@click.option("--format", "form", type=FORMATS, default="table")
def stands(lot: str, at: datetime | None, as_of: datetime | None, form: str) -> None:
    """Say where LOT stands, by its own code: at least and at most so much at each place.

    In kilograms, and of a lot kept in a unit of its own in that.
    A row without a place is what nobody said where it is; at most nothing: nobody knows how much.
    """
    from dashboards.terminal.gone_lots import why_gone
    from dashboards.words.places import NOT_YET
    from sql.genealogy.stand_rows import stand_rows
    from sql.genealogy.standing_places import lot_stood

    with open_to_read(settings()).snapshot(as_of=as_of) as snapshot:
        found = lot_stood(snapshot, lot.strip(), at=at)
        gone = "" if found is not None else why_gone(snapshot, lot.strip())
    if found is None:
        then = "" if as_of is None else f" as known on {as_of.isoformat()}"
        raise NoAnswer(
            f"Lot {lot.strip()} is not in the record{then}. {gone}`lotline trace` finds lots by "
            "whatever else is on their labels."
        )
    rows = stand_rows(found.places or {}, found.counts)
    print_rows(rows, form, COLUMNS)
    if found.places is None:
        made = found.lot["happened_at"].astimezone(settings().zone)
        say(NOT_YET.format(lot=found.lot["lot_code"], made=f"{made:%Y-%m-%d %H:%M}"), err=True)
