"""`lotline trace`: one lot, live from the record."""

from datetime import datetime

import click

from dashboards.terminal.parameters import MOMENT, TEXT
from dashboards.terminal.printing import FORMATS, print_exactly, print_rows
from dashboards.terminal.visible import visible
from sql.record.opening import open_to_read
from sql.settings import settings
from sql.vocabulary import Direction

TRACE_COLUMNS = [
    "direction",
    "steps",
    "lot_code",
    "lot_type",
    "product_code",
    "share",
    "suspect_kg",
    "weight_kg",
    "on_hand_kg",
    "disposition",
]


@click.command()
@click.argument("lot_code", type=TEXT)
@click.option(
    "--direction", type=click.Choice([way.value for way in Direction]), default=Direction.BOTH.value
)
@click.option(
    "--as-of",
    "as_of",
    type=MOMENT,
    default=None,
    help="As was known at this time, ISO 8601 with offset.",
)
@click.option("--format", "form", type=FORMATS, default="table")
def trace(lot_code: str, direction: str, as_of: datetime | None, form: str) -> None:
    """Trace a lot through the record, live.

    LOT is its code, or whatever else finds it: a supplier's lot, a delivery document, a scan.
    """
    from dashboards.terminal import trace_text
    from dashboards.terminal.json_text import json_text
    from dashboards.views.verdicts import lines
    from sql.genealogy.lot_choice import lot_meant
    from sql.genealogy.trace import trace as trace_lot
    from sql.genealogy.whereabouts import whereabouts
    from sql.warehouse.open_findings import open_findings

    if not lot_code.strip():
        raise click.BadParameter("a lot's code, or what else finds it, is needed")
    known = open_findings(settings().home)
    then = "" if as_of is None else f" as known on {as_of.isoformat()}"
    with open_to_read(settings()).snapshot(as_of=as_of) as snapshot:
        meant = lot_meant(snapshot, lot_code.strip())
        if meant.lot_code is None:
            raise click.ClickException(trace_text.choices(lot_code, meant, then))
        if said := trace_text.found_by(meant):
            click.echo(visible(said), err=True)
        found = trace_lot(snapshot, meant.lot_code, Direction(direction), known)
        where = None if found is None else whereabouts(snapshot, found.lots)
    if found is None or where is None:
        raise click.ClickException(f"Lot {meant.lot_code} is not in the record{then}.")
    if form == "json":
        print_exactly(f"{json_text(trace_text.whole(found, where), indent=2)}\n")
        return
    print_rows([{name: row[name] for name in TRACE_COLUMNS} for row in found.lots], form)
    if form == "table":
        click.echo(visible("\n".join(lines(found.verdict)), kept="\n"))
        trace_text.print_to_do(found, where, Direction(direction))
